package dev.airlock.engine;

import dev.airlock.codegen.Generated;
import dev.airlock.engine.runtime.FuncRef;
import dev.airlock.engine.runtime.InstanceState;
import dev.airlock.engine.runtime.Spill;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Calls between methods of hosts, whose parameters are their own, and functions of guests that are passed theirs in the
 * {@link Spill}.
 */
final class SpilledParameters {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final String STATE = Type.getInternalName(InstanceState.class);
    private static final String SPILL = Type.getInternalName(Spill.class);

    private SpilledParameters() {}

    /**
     * Returns {@code (P..., InstanceState) -> R} for a function of a guest.
     *
     * @param direct the function's own; returned as it is if its parameters are not in the spill
     */
    static MethodHandle put(CallShape shape, MethodHandle direct) {
        if (!shape.isWide()) {
            return direct;
        }
        MethodType own = shape.ofHost().direct().appendParameterTypes(InstanceState.class);
        ClassWriter writer = Generated.newClass(SpilledParameters.class, "Put");
        MethodVisitor code = begin(writer, own);
        int state = (Type.getArgumentsAndReturnSizes(own.toMethodDescriptorString()) >> 2) - 2;
        spill(code, state);
        code.visitLdcInsn(shape.parameterNumbers());
        code.visitLdcInsn(shape.parameterReferences());
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, SPILL, "reserve", "(II)V", false);
        int numbers = 0;
        int references = 0;
        int local = 0;
        for (int i = 0; i < own.parameterCount() - 1; i++) {
            Type type = Type.getType(own.parameterType(i));
            boolean isReference = type.getSort() == Type.OBJECT;
            array(code, state, isReference);
            code.visitLdcInsn(isReference ? references++ : numbers++);
            code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), local);
            if (isReference) {
                code.visitInsn(Opcodes.AASTORE);
            } else {
                RawBits.toLong(code, own.parameterType(i));
                code.visitInsn(Opcodes.LASTORE);
            }
            local += type.getSize();
        }
        Generated.pushHandle(code);
        code.visitVarInsn(Opcodes.ALOAD, state);
        Generated.invokeHandle(code, direct.type());
        return end(writer, code, own, direct);
    }

    /**
     * Returns {@code (P..., FuncRef self, InstanceState caller) -> R} as guests call it.
     *
     * @param host the same with all parameters; returned as it is if guests pass them so
     */
    static MethodHandle taken(CallShape shape, MethodHandle host) {
        if (!shape.isWide() || shape.ofHost().isWide()) {
            return host;
        }
        MethodType own = MethodType.methodType(host.type().returnType(), FuncRef.class, InstanceState.class);
        ClassWriter writer = Generated.newClass(SpilledParameters.class, "Taken");
        MethodVisitor code = begin(writer, own);
        int numbers = 0;
        int references = 0;
        Generated.pushHandle(code);
        for (int i = 0; i < host.type().parameterCount() - 2; i++) {
            boolean isReference = !host.type().parameterType(i).isPrimitive();
            array(code, 1, isReference);
            code.visitLdcInsn(isReference ? references++ : numbers++);
            code.visitInsn(isReference ? Opcodes.AALOAD : Opcodes.LALOAD);
            if (!isReference) {
                RawBits.fromLong(code, host.type().parameterType(i));
            }
        }
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        Generated.invokeHandle(code, host.type());
        return end(writer, code, own, host);
    }

    private static MethodVisitor begin(ClassWriter writer, MethodType own) {
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "call", own.toMethodDescriptorString(), null, null);
        code.visitCode();
        return code;
    }

    private static void spill(MethodVisitor code, int state) {
        code.visitVarInsn(Opcodes.ALOAD, state);
        code.visitFieldInsn(Opcodes.GETFIELD, STATE, "spill", "L" + SPILL + ";");
    }

    private static void array(MethodVisitor code, int state, boolean isReference) {
        spill(code, state);
        code.visitFieldInsn(
                Opcodes.GETFIELD, SPILL, isReference ? "r" : "n", isReference ? "[Ljava/lang/Object;" : "[J");
    }

    private static MethodHandle end(ClassWriter writer, MethodVisitor code, MethodType own, MethodHandle called) {
        Generated.returnResult(code, own.returnType());
        code.visitMaxs(0, 0);
        code.visitEnd();
        MethodHandles.Lookup made = Generated.define(LOOKUP, writer, called);
        try {
            return made.findStatic(made.lookupClass(), "call", own);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a generated class lacks its method", e);
        }
    }
}
