package dev.airlock.engine;

import dev.airlock.codegen.Generated;
import dev.airlock.engine.code.EndiveTypes;
import dev.airlock.error.SignatureException;
import dev.airlock.shape.UserTypes;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Makes the way from a guest to a Java method: out of Endive's array of raw bits into typed parameters, and back. */
final class HostAdapters {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private static final String CALLER = Type.getDescriptor(Caller.class);

    /** One generated class for each functional interface; its instances differ in the lambda. */
    private static final ClassValue<MethodHandle> BY_SHAPE = new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> shape) {
            Method method = Signatures.functionOf(shape);
            return generate(accessible(method), Signatures.takesCaller(method), Signatures.hostType(method));
        }
    };

    private HostAdapters() {}

    /** Returns a lambda, seen through its functional interface. */
    static HostCall ofLambda(Class<?> shape, Object lambda) {
        return make(BY_SHAPE.get(shape), lambda);
    }

    /** Returns a method of an object. */
    static HostCall ofMethod(Method method, CoreFuncType type, Object target) {
        return make(generate(accessible(method), Signatures.takesCaller(method), type), target);
    }

    /** {@code (Caller, core parameters…) -> core result}. */
    static HostCall ofHandle(MethodHandle handle, CoreFuncType type) {
        return make(generate(MethodHandles.dropArguments(handle, 0, Object.class), true, type), HostAdapters.class);
    }

    /** Returns a maker of functions that differ in their target, from {@code (Object target, core parameters…) -> core result}. */
    static MethodHandle ofTarget(MethodHandle handle, CoreFuncType type) {
        return generate(handle, false, type);
    }

    /** Returns a function by such a maker. */
    static HostCall bind(MethodHandle maker, Object target) {
        return make(maker, target);
    }

    private static HostCall make(MethodHandle constructor, Object target) {
        try {
            return (HostCall) (Object) constructor.invokeExact(target);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("a generated class cannot be made", e);
        }
    }

    private static MethodHandle generate(MethodHandle target, boolean takesCaller, CoreFuncType type) {
        if (type.params().contains(CoreValType.EXTERNREF) || type.results().contains(CoreValType.EXTERNREF)) {
            throw new SignatureException(type + ": host functions with externref in their type are"
                    + " not supported yet; exported functions with it are");
        }
        MethodType called = target.type().changeParameterType(0, Object.class);
        ClassWriter writer = Generated.newClass(HostAdapters.class, "HostAdapter", HostCall.class);
        String self = HostAdapters.class.getPackageName().replace('.', '/') + "/HostAdapter";
        writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, "target", "Ljava/lang/Object;", null, null);
        Generated.constructor(writer, self);
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, "call", "(" + CALLER + "[J)[J", null, null);
        code.visitCode();
        Generated.pushHandle(code);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitFieldInsn(Opcodes.GETFIELD, self, "target", "Ljava/lang/Object;");
        if (takesCaller) {
            code.visitVarInsn(Opcodes.ALOAD, 1);
        }
        for (int i = 0; i < type.params().size(); i++) {
            code.visitVarInsn(Opcodes.ALOAD, 2);
            code.visitLdcInsn(i);
            code.visitInsn(Opcodes.LALOAD);
            fromLong(code, EndiveTypes.carrier(type.params().get(i)));
        }
        Generated.invokeHandle(code, called);
        results(code, called.returnType());
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
        return Generated.constructorOf(Generated.define(LOOKUP, writer, target.asType(called)));
    }

    static MethodHandle accessible(Method method) {
        try {
            Class<?> declaring = method.getDeclaringClass();
            if (declaring.getClassLoader() == null) {
                return MethodHandles.publicLookup().unreflect(method);
            }
            return UserTypes.lookup(declaring).unreflect(method);
        } catch (IllegalAccessException e) {
            throw new SignatureException(
                    Signatures.show(method) + " of "
                            + method.getDeclaringClass().getName()
                            + " cannot be reached: " + UserTypes.advice(method.getDeclaringClass()),
                    e);
        }
    }

    private static void fromLong(MethodVisitor code, Class<?> carrier) {
        if (carrier == int.class) {
            code.visitInsn(Opcodes.L2I);
        } else if (carrier == float.class) {
            code.visitInsn(Opcodes.L2I);
            code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Float", "intBitsToFloat", "(I)F", false);
        } else if (carrier == double.class) {
            code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Double", "longBitsToDouble", "(J)D", false);
        }
    }

    private static void results(MethodVisitor code, Class<?> type) {
        if (type == long[].class) {
            return;
        }
        String name = "results";
        String descriptor = type == void.class ? "()[J" : "(" + Type.getDescriptor(type) + ")[J";
        code.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(HostAdapters.class), name, descriptor, false);
    }

    private static final long[] NO_RESULTS = {};

    // Called by generated code.

    static long[] results() {
        return NO_RESULTS;
    }

    static long[] results(int value) {
        return new long[] {value};
    }

    static long[] results(long value) {
        return new long[] {value};
    }

    static long[] results(float value) {
        return new long[] {Float.floatToRawIntBits(value)};
    }

    static long[] results(double value) {
        return new long[] {Double.doubleToRawLongBits(value)};
    }
}
