package dev.airlock.engine;

import dev.airlock.codegen.Generated;
import dev.airlock.engine.runtime.FuncRef;
import dev.airlock.engine.runtime.InstanceState;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Makes the ways into a guest function that code takes which does not know the function: that of other guests, by a reference,
 * and that of {@link Func#call}, by arrays. One method serves all functions of a module with the same shape.
 */
final class GuestEntries {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private static final String REFERENCE = Type.getInternalName(FuncRef.class);
    private static final String STATE_TYPE = Type.getInternalName(InstanceState.class);
    private static final String STATE = Type.getDescriptor(InstanceState.class);
    private static final String SPILL = "Ldev/airlock/engine/runtime/Spill;";
    private static final String INSTANCE = Type.getInternalName(Instance.class);
    private static final String RECORDED = Type.getInternalName(RecordedCall.class);
    private static final String SPILLED = Type.getInternalName(Spilled.class);

    private GuestEntries() {}

    private record ReferenceKey(CallShape shape) {}

    private record ArrayKey(CallShape shape) {}

    /**
     * {@code (P..., FuncRef self, InstanceState caller) -> R}: calls a function of the reference's owner. A caller of another
     * compartment passes the owner's gate, and the results in the spill are copied to the caller's.
     *
     * @param direct {@code (P..., InstanceState) -> R}
     */
    static MethodHandle byReference(Module module, CallShape shape, MethodHandle direct) {
        MethodHandle any = FuncCompiler.once(module, new ReferenceKey(shape), () -> generateByReference(shape));
        return MethodHandles.insertArguments(any, 0, direct);
    }

    private static MethodHandle generateByReference(CallShape shape) {
        MethodType called = shape.direct().appendParameterTypes(InstanceState.class);
        MethodType own = shape.direct()
                .insertParameterTypes(0, MethodHandle.class)
                .appendParameterTypes(FuncRef.class, InstanceState.class);
        ClassWriter writer = Generated.newClass(GuestEntries.class, "Reference");
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "call", own.toMethodDescriptorString(), null, null);
        int self = slots(own) - 2;
        int caller = self + 1;
        int owner = caller + 1;
        int callee = owner + 1;
        int before = callee + 1;
        int recorded = before + 1;
        int result = recorded + 1;
        Label start = new Label();
        Label end = new Label();
        Label failed = new Label();
        Label crossing = new Label();
        code.visitCode();
        code.visitTryCatchBlock(start, end, failed, "java/lang/Throwable");
        code.visitVarInsn(Opcodes.ALOAD, self);
        code.visitFieldInsn(Opcodes.GETFIELD, REFERENCE, "owner", STATE);
        code.visitVarInsn(Opcodes.ASTORE, owner);
        spill(code, owner);
        spill(code, caller);
        code.visitJumpInsn(Opcodes.IF_ACMPNE, crossing);
        call(code, shape, called, owner);
        Generated.returnResult(code, own.returnType());
        code.visitLabel(crossing);
        code.visitVarInsn(Opcodes.ALOAD, owner);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, INSTANCE, "of", "(" + STATE + ")L" + INSTANCE + ";", false);
        code.visitVarInsn(Opcodes.ASTORE, callee);
        code.visitVarInsn(Opcodes.ALOAD, callee);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, INSTANCE, "enter", "()I", false);
        code.visitVarInsn(Opcodes.ISTORE, before);
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitVarInsn(Opcodes.ASTORE, recorded);
        code.visitLabel(start);
        code.visitVarInsn(Opcodes.ALOAD, callee);
        code.visitVarInsn(Opcodes.ALOAD, self);
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                RECORDED,
                "across",
                "(L" + INSTANCE + ";L" + REFERENCE + ";)L" + RECORDED + ";",
                false);
        code.visitVarInsn(Opcodes.ASTORE, recorded);
        if (shape.isWide()) {
            copy(code, caller, owner, shape.parameterNumbers(), shape.parameterReferences());
        }
        call(code, shape, called, owner);
        if (own.returnType() != void.class) {
            code.visitVarInsn(Type.getType(own.returnType()).getOpcode(Opcodes.ISTORE), result);
        }
        if (shape.resultNumbers() + shape.resultReferences() > 0) {
            copy(code, owner, caller, shape.resultNumbers(), shape.resultReferences());
        }
        FuncCompiler.endRecorded(code, recorded);
        code.visitLabel(end);
        exit(code, callee, before);
        if (own.returnType() != void.class) {
            code.visitVarInsn(Type.getType(own.returnType()).getOpcode(Opcodes.ILOAD), result);
        }
        Generated.returnResult(code, own.returnType());
        code.visitLabel(failed);
        code.visitVarInsn(Opcodes.ASTORE, result);
        FuncCompiler.endRecorded(code, recorded);
        code.visitVarInsn(Opcodes.ALOAD, callee);
        code.visitVarInsn(Opcodes.ALOAD, result);
        code.visitVarInsn(Opcodes.ILOAD, before);
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                INSTANCE,
                "leaveToGuest",
                "(Ljava/lang/Throwable;I)Ljava/lang/Throwable;",
                false);
        exit(code, callee, before);
        code.visitInsn(Opcodes.ATHROW);
        code.visitMaxs(0, 0);
        code.visitEnd();
        return defined(writer, own);
    }

    private static void spill(MethodVisitor code, int state) {
        code.visitVarInsn(Opcodes.ALOAD, state);
        code.visitFieldInsn(Opcodes.GETFIELD, STATE_TYPE, "spill", SPILL);
    }

    private static void call(MethodVisitor code, CallShape shape, MethodType called, int owner) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        Generated.loadParameters(code, shape.direct(), 1);
        code.visitVarInsn(Opcodes.ALOAD, owner);
        Generated.invokeHandle(code, called);
    }

    private static void copy(MethodVisitor code, int from, int to, int numbers, int references) {
        code.visitVarInsn(Opcodes.ALOAD, from);
        code.visitVarInsn(Opcodes.ALOAD, to);
        code.visitLdcInsn(numbers);
        code.visitLdcInsn(references);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, SPILLED, "copy", "(" + STATE + STATE + "II)V", false);
    }

    private static void exit(MethodVisitor code, int callee, int before) {
        code.visitVarInsn(Opcodes.ALOAD, callee);
        code.visitVarInsn(Opcodes.ILOAD, before);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, INSTANCE, "exit", "(I)V", false);
    }

    /** Returns what calls any function of a shape that has numbers only. */
    static ArrayCall byArrays(Module module, CallShape shape) {
        return FuncCompiler.once(module, ArrayCall.class, new ArrayKey(shape), () -> generateByArrays(shape));
    }

    private static ArrayCall generateByArrays(CallShape shape) {
        MethodType own = MethodType.methodType(long[].class, MethodHandle.class, InstanceState.class, long[].class);
        MethodType called = shape.direct().appendParameterTypes(InstanceState.class);
        ClassWriter writer = Generated.newClass(GuestEntries.class, "Arrays", ArrayCall.class);
        Generated.constructor(writer);
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, "call", own.toMethodDescriptorString(), null, null);
        code.visitCode();
        if (shape.isWide()) {
            code.visitVarInsn(Opcodes.ALOAD, 3);
            code.visitVarInsn(Opcodes.ALOAD, 2);
            code.visitMethodInsn(Opcodes.INVOKESTATIC, SPILLED, "pass", "([J" + STATE + ")V", false);
        }
        if (!shape.results().isEmpty()) {
            code.visitLdcInsn(shape.results());
        }
        code.visitVarInsn(Opcodes.ALOAD, 1);
        for (int i = 0; i < called.parameterCount() - 1; i++) {
            code.visitVarInsn(Opcodes.ALOAD, 3);
            code.visitLdcInsn(i);
            code.visitInsn(Opcodes.LALOAD);
            RawBits.fromLong(code, called.parameterType(i));
        }
        code.visitVarInsn(Opcodes.ALOAD, 2);
        Generated.invokeHandle(code, called);
        if (shape.results().isEmpty()) {
            code.visitInsn(Opcodes.ICONST_0);
            code.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_LONG);
        } else {
            RawBits.toLong(code, called.returnType());
            code.visitVarInsn(Opcodes.ALOAD, 2);
            code.visitMethodInsn(
                    Opcodes.INVOKESTATIC, SPILLED, "numbers", "(Ljava/lang/String;J" + STATE + ")[J", false);
        }
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
        MethodHandles.Lookup made = Generated.define(LOOKUP, writer, GuestEntries.class);
        try {
            return (ArrayCall) made.findConstructor(made.lookupClass(), MethodType.methodType(void.class))
                    .asType(MethodType.methodType(ArrayCall.class))
                    .invokeExact();
        } catch (Throwable e) {
            throw new LinkageError("a generated class lacks its constructor", e);
        }
    }

    private static int slots(MethodType type) {
        return (Type.getArgumentsAndReturnSizes(type.toMethodDescriptorString()) >> 2) - 1;
    }

    private static MethodHandle defined(ClassWriter writer, MethodType type) {
        MethodHandles.Lookup made = Generated.define(LOOKUP, writer, GuestEntries.class);
        try {
            return made.findStatic(made.lookupClass(), "call", type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a generated class lacks its method", e);
        }
    }
}
