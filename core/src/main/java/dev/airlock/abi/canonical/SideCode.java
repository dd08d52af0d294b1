package dev.airlock.abi.canonical;

import dev.airlock.codegen.MethodCode;
import dev.airlock.codegen.Register;
import dev.airlock.memory.LinearMemory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Bytecode that has to do with the guest at hand: of two, the one that {@link #turn} said last. */
final class SideCode {
    private static final String CONTEXT = Type.getInternalName(CanonicalContext.class);

    private final Sides sides;
    private final MethodCode to;
    private final MethodVisitor code;
    private CanonicalFunctions functions;
    private int context;
    private int callee = -1;

    SideCode(Sides sides, MethodCode to) {
        this.sides = sides;
        this.to = to;
        this.code = to.code();
        this.functions = sides.caller();
    }

    CanonicalFunctions functions() {
        return functions;
    }

    void turn(CanonicalStep.Side side) {
        boolean calls = side == CanonicalStep.Side.CALLEE;
        context = calls ? callee : 0;
        functions = calls ? sides.callee() : sides.caller();
    }

    /** Before the steps. */
    void prepare() {
        if (sides.calleeOf() != null) {
            callee = to.newSlot(CanonicalContext.class);
            MethodType type = MethodType.methodType(CanonicalContext.class, CanonicalContext.class);
            to.pushConstant(sides.calleeOf().asType(type), MethodHandle.class);
            context();
            to.invoke(type);
            code.visitVarInsn(Opcodes.ASTORE, callee);
        }
    }

    void context() {
        code.visitVarInsn(Opcodes.ALOAD, context);
    }

    void context(String method, Class<?> result, Class<?>... params) {
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, CONTEXT, method, CanonicalCompiler.descriptor(result, params), false);
    }

    void pushMemory() {
        MethodType type = MethodType.methodType(LinearMemory.class, CanonicalContext.class);
        to.pushConstant(Objects.requireNonNull(functions.memory(), "no memory").asType(type), MethodHandle.class);
        context();
        to.invoke(type);
    }

    void handle(MethodHandle handle, MethodType type, boolean withContext, List<Register> args) {
        MethodType exact = withContext ? type.insertParameterTypes(0, CanonicalContext.class) : type;
        to.pushConstant(handle.asType(exact), MethodHandle.class);
        if (withContext) {
            context();
        }
        args.forEach(to::load);
        to.invoke(exact);
    }

    void flag(boolean value) {
        code.visitInsn(value ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
    }

    void budget(@Nullable Register budget) {
        if (budget == null) {
            code.visitInsn(Opcodes.ACONST_NULL);
        } else {
            to.load(budget);
        }
    }

    void sum(Register base, int offset) {
        to.load(base);
        if (offset != 0) {
            code.visitLdcInsn(offset);
            code.visitInsn(Opcodes.IADD);
        }
    }

    void encoding(StringEncoding encoding) {
        code.visitFieldInsn(
                Opcodes.GETSTATIC,
                Type.getInternalName(StringEncoding.class),
                encoding.name(),
                Type.getDescriptor(StringEncoding.class));
    }

    void mayLeave(boolean may) {
        context();
        flag(may);
        context("mayLeave", void.class, boolean.class);
    }
}
