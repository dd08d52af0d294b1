package dev.airlock.engine;

import dev.airlock.codegen.Generated;
import dev.airlock.codegen.Handles;
import dev.airlock.engine.code.EndiveTypes;
import dev.airlock.error.SignatureException;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Makes the way from Java into a guest function: through the instance's gate, straight to the compiled method, and out
 * again with every failure translated. No box, no array.
 *
 * <p>What is generated belongs to the module: all its instances share it.
 */
final class FuncCompiler {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private static final String INSTANCE = Type.getInternalName(Instance.class);
    private static final String RECORDED = Type.getInternalName(RecordedCall.class);
    private static final String INTO =
            "(" + Type.getDescriptor(Instance.class) + "Ljava/lang/String;)" + Type.getDescriptor(RecordedCall.class);

    private FuncCompiler() {}

    private record ShapeKey(int function, Class<?> shape) {}

    /** {@code (Object instance) -> Object}: makes an implementation of an interface that calls a function. */
    static MethodHandle implementation(Module module, int function, Class<?> shape, Method method) {
        return once(module, new ShapeKey(function, shape), () -> {
            MethodHandle invoker = invoker(module, function);
            return Generated.implementing(
                    shape,
                    List.of(new Generated.Implementation(
                            method.getName(),
                            invoker.type().dropParameterTypes(0, 1),
                            invoker.asType(invoker.type().changeParameterType(0, Object.class)))));
        });
    }

    /** {@code (Instance, P...) -> R} with the carriers of the function's type. */
    static MethodHandle invoker(Module module, int function) {
        return once(module, function, () -> gated(inside(module, function), module.callName(function)));
    }

    /** Two threads may make the same at once, and one of them keeps it: no lock is held while classes load. */
    static MethodHandle once(Module module, Object key, Supplier<MethodHandle> maker) {
        Object known = module.shapes().get(key);
        if (known == null) {
            Object made = maker.get();
            Object earlier = module.shapes().putIfAbsent(key, made);
            known = earlier == null ? made : earlier;
        }
        return (MethodHandle) known;
    }

    /**
     * Puts the gate around a way into a guest.
     *
     * @param inside {@code (Object instance, P...) -> R}, to be run by a thread that has entered
     * @param name the function's, for the flight recorder
     * @return {@code (Instance, P...) -> R}, which enters, and leaves with every failure translated
     */
    static MethodHandle gated(MethodHandle inside, String name) {
        MethodType type = inside.type().changeParameterType(0, Instance.class);
        ClassWriter writer = Generated.newClass(Instance.class, "Invoke");
        MethodVisitor code =
                writer.visitMethod(Opcodes.ACC_STATIC, "invoke", type.toMethodDescriptorString(), null, null);
        int before = Type.getArgumentsAndReturnSizes(type.toMethodDescriptorString()) >> 2;
        int recorded = before + 1;
        int result = before + 2;
        Label start = new Label();
        Label end = new Label();
        Label failed = new Label();
        code.visitCode();
        code.visitTryCatchBlock(start, end, failed, "java/lang/Throwable");
        call(code, "enter", "()I");
        code.visitVarInsn(Opcodes.ISTORE, before);
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitVarInsn(Opcodes.ASTORE, recorded);
        code.visitLabel(start);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitLdcInsn(name);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, RECORDED, "into", INTO, false);
        code.visitVarInsn(Opcodes.ASTORE, recorded);
        Generated.pushHandle(code);
        Generated.loadParameters(code, type, 0);
        Generated.invokeHandle(code, inside.type());
        Type resultType = Type.getType(type.returnType());
        if (type.returnType() != void.class) {
            code.visitVarInsn(resultType.getOpcode(Opcodes.ISTORE), result);
        }
        endRecorded(code, recorded);
        code.visitLabel(end);
        exit(code, before);
        if (type.returnType() != void.class) {
            code.visitVarInsn(resultType.getOpcode(Opcodes.ILOAD), result);
        }
        Generated.returnResult(code, type.returnType());
        code.visitLabel(failed);
        code.visitVarInsn(Opcodes.ASTORE, result);
        endRecorded(code, recorded);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, result);
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, INSTANCE, "leave", "(Ljava/lang/Throwable;)Ljava/lang/Throwable;", false);
        exit(code, before);
        code.visitInsn(Opcodes.ATHROW);
        code.visitMaxs(0, 0);
        code.visitEnd();
        MethodHandles.Lookup made = Generated.define(LOOKUP, writer, inside);
        try {
            return made.findStatic(made.lookupClass(), "invoke", type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a generated class lacks its method", e);
        }
    }

    /** {@code (Object instance, P...) -> R}: a function for those who have entered already. */
    static MethodHandle inside(Module module, int function) {
        return once(module, new InsideKey(function), () -> {
            MethodHandle target = target(module, function);
            int params = target.type().parameterCount() - 2;
            MethodHandle withInstance = MethodHandles.filterArguments(target, params, MEMORY_OF, ENDIVE_OF);
            int[] order = new int[params + 2];
            for (int i = 0; i < params; i++) {
                order[i] = i + 1;
            }
            MethodType type =
                    target.type().dropParameterTypes(params, params + 2).insertParameterTypes(0, Object.class);
            return MethodHandles.permuteArguments(withInstance, type, order);
        });
    }

    private record InsideKey(int function) {}

    private static final MethodHandle MEMORY_OF =
            ours("memoryOf", MethodType.methodType(run.endive.runtime.Memory.class, Object.class));
    private static final MethodHandle ENDIVE_OF =
            ours("endiveOf", MethodType.methodType(run.endive.runtime.Instance.class, Object.class));

    private static MethodHandle ours(String name, MethodType type) {
        return Handles.own(MethodHandles.lookup(), name, type);
    }

    // By handle, above.

    static run.endive.runtime.@Nullable Memory memoryOf(Object instance) {
        return ((Instance) instance).firstMemory();
    }

    static run.endive.runtime.Instance endiveOf(Object instance) {
        return ((Instance) instance).endive();
    }

    private static void call(MethodVisitor code, String method, String descriptor) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, INSTANCE, method, descriptor, false);
    }

    private static void endRecorded(MethodVisitor code, int recorded) {
        Label unrecorded = new Label();
        code.visitVarInsn(Opcodes.ALOAD, recorded);
        code.visitJumpInsn(Opcodes.IFNULL, unrecorded);
        code.visitVarInsn(Opcodes.ALOAD, recorded);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, RECORDED, "end", "()V", false);
        code.visitLabel(unrecorded);
    }

    private static void exit(MethodVisitor code, int before) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ILOAD, before);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, INSTANCE, "exit", "(I)V", false);
    }

    /** Returns the compiled method; if it cannot be called directly, a handle of the same type that calls Endive's entry by arrays. */
    private static MethodHandle target(Module module, int function) {
        CoreFuncType type = module.functionType(function);
        if (!module.hasTailCalls()) {
            MethodHandle direct = module.code().function(function, type);
            if (direct != null) {
                return direct;
            }
        }
        return byArrays(function, type);
    }

    private static MethodHandle byArrays(int function, CoreFuncType type) {
        if (type.params().contains(CoreValType.EXTERNREF) || type.results().contains(CoreValType.EXTERNREF)) {
            throw new SignatureException(
                    "a function with externref in its type cannot be called in a module with tail calls: " + type);
        }
        MethodHandle call = Handles.own(
                LOOKUP,
                "callByArrays",
                MethodType.methodType(long[].class, int.class, run.endive.runtime.Instance.class, long[].class));
        call = MethodHandles.insertArguments(call, 0, function);
        call = MethodHandles.filterReturnValue(call, RawBits.results(type));
        call = call.asCollector(long[].class, type.params().size());
        for (int i = 0; i < type.params().size(); i++) {
            call = MethodHandles.filterArguments(
                    call,
                    i + 1,
                    RawBits.toLong(EndiveTypes.carrier(type.params().get(i))));
        }
        // From (Instance, P...) to (P..., Memory, Instance).
        int count = type.params().size();
        MethodType wanted = call.type()
                .dropParameterTypes(0, 1)
                .appendParameterTypes(run.endive.runtime.Memory.class, run.endive.runtime.Instance.class);
        int[] order = new int[count + 1];
        order[0] = count + 1;
        for (int i = 0; i < count; i++) {
            order[i + 1] = i;
        }
        return MethodHandles.permuteArguments(call, wanted, order);
    }

    // By handle, above.
    static long[] callByArrays(int function, run.endive.runtime.Instance instance, long[] args) {
        return instance.getMachine().call(function, args);
    }
}
