package dev.airlock.abi.canonical;

import dev.airlock.abi.form.Budget;
import dev.airlock.abi.form.Form;
import dev.airlock.codegen.MethodCode;
import dev.airlock.memory.LinearMemory;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The bytecode of the steps by which values come out of a guest. */
final class LiftingEmitter {
    private static final Class<?> OPERATIONS = LiftingOperations.class;

    private final MethodCode to;
    private final MethodVisitor code;
    private final SideCode at;

    LiftingEmitter(MethodCode to, SideCode at) {
        this.to = to;
        this.code = to.code();
        this.at = at;
    }

    void emit(LiftingStep step) {
        if (step instanceof LiftingStep.View s) {
            at.pushMemory();
            to.store(s.memory());
        } else if (step instanceof LiftingStep.NewBudget s) {
            code.visitTypeInsn(Opcodes.NEW, Type.getInternalName(Budget.class));
            code.visitInsn(Opcodes.DUP);
            to.load(s.memory());
            code.visitMethodInsn(
                    Opcodes.INVOKESPECIAL,
                    Type.getInternalName(Budget.class),
                    "<init>",
                    CanonicalCompiler.descriptor(void.class, LinearMemory.class),
                    false);
            to.store(s.budget());
        } else if (step instanceof LiftingStep.CheckArea s) {
            to.load(s.memory());
            to.load(s.pointer());
            code.visitLdcInsn(s.size());
            code.visitLdcInsn(s.align());
            code.visitLdcInsn(s.what());
            to.call(
                    OPERATIONS,
                    "checkLifted",
                    void.class,
                    LinearMemory.class,
                    int.class,
                    int.class,
                    int.class,
                    String.class);
        } else if (step instanceof LiftingStep.CheckList s) {
            to.load(s.memory());
            to.load(s.pointer());
            to.load(s.count());
            code.visitLdcInsn(s.size());
            code.visitLdcInsn(s.align());
            code.visitLdcInsn(s.each());
            at.budget(s.budget());
            at.flag(s.nested());
            code.visitLdcInsn(s.what());
            to.call(
                    OPERATIONS,
                    "checkList",
                    void.class,
                    LinearMemory.class,
                    int.class,
                    int.class,
                    int.class,
                    int.class,
                    long.class,
                    Budget.class,
                    boolean.class,
                    String.class);
        } else if (step instanceof LiftingStep.CheckLifted s) {
            to.load(s.memory());
            code.visitLdcInsn(s.heap());
            at.budget(s.budget());
            code.visitLdcInsn(s.what());
            to.call(OPERATIONS, "checkLifted", void.class, LinearMemory.class, long.class, Budget.class, String.class);
        } else if (step instanceof LiftingStep.Get s) {
            get(s);
        } else if (step instanceof LiftingStep.DecodeText s) {
            to.load(s.memory());
            to.load(s.pointer());
            to.load(s.count());
            at.encoding(s.encoding());
            at.budget(s.budget());
            at.flag(s.nested());
            code.visitLdcInsn(s.what());
            to.call(
                    OPERATIONS,
                    "decodeText",
                    String.class,
                    LinearMemory.class,
                    int.class,
                    int.class,
                    StringEncoding.class,
                    Budget.class,
                    boolean.class,
                    String.class);
            to.store(s.value());
        } else if (step instanceof LiftingStep.DecodeArray s) {
            decodeArray(s);
        } else if (step instanceof LiftingStep.Slice s) {
            to.load(s.memory());
            to.load(s.pointer());
            to.load(s.count());
            code.visitLdcInsn(s.size());
            to.call(Slice.class, "of", Slice.class, LinearMemory.class, int.class, int.class, int.class);
            to.store(s.block());
        } else if (step instanceof LiftingStep.Transcode s) {
            transcode(s);
        } else if (step instanceof LiftingStep.LiftHandle s) {
            at.context();
            code.visitLdcInsn(at.functions().resource().applyAsInt(s.resource()));
            to.load(s.handle());
            at.context(s.own() ? "liftOwn" : "liftBorrow", Object.class, int.class, int.class);
            to.store(s.representation());
        } else if (step instanceof LiftingStep.Resource s) {
            at.context();
            code.visitLdcInsn(at.functions().resource().applyAsInt(s.resource()));
            to.load(s.representation());
            at.flag(s.own());
            to.pushConstant(s.value().type(), Class.class);
            at.context("toJava", Object.class, int.class, Object.class, boolean.class, Class.class);
            to.store(s.value());
        } else {
            throw new IllegalStateException("no step of the canonical ABI: " + step);
        }
    }

    private void transcode(LiftingStep.Transcode step) {
        to.load(step.memory());
        to.load(step.pointer());
        to.load(step.count());
        at.encoding(step.from());
        at.encoding(step.to());
        at.budget(step.budget());
        at.flag(step.nested());
        code.visitLdcInsn(step.what());
        to.call(
                Transcoded.class,
                "of",
                Transcoded.class,
                LinearMemory.class,
                int.class,
                int.class,
                StringEncoding.class,
                StringEncoding.class,
                Budget.class,
                boolean.class,
                String.class);
        String transcoded = Type.getInternalName(Transcoded.class);
        code.visitInsn(Opcodes.DUP);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, transcoded, "units", "()I", false);
        to.store(step.units());
        to.store(step.block());
    }

    private void get(LiftingStep.Get step) {
        to.load(step.memory());
        at.sum(step.pointer(), step.offset());
        Class<?> core = step.core().type();
        if (core == int.class && step.width() < 4) {
            to.call(OPERATIONS, step.width() == 1 ? "getByte" : "getShort", int.class, LinearMemory.class, int.class);
        } else {
            String method = core == int.class
                    ? "readInt"
                    : core == long.class ? "readLong" : core == float.class ? "readFloat" : "readDouble";
            code.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL,
                    Type.getInternalName(LinearMemory.class),
                    method,
                    CanonicalCompiler.descriptor(core, int.class),
                    false);
        }
        to.store(step.core());
    }

    private void decodeArray(LiftingStep.DecodeArray step) {
        to.load(step.memory());
        to.load(step.pointer());
        to.load(step.count());
        at.budget(step.budget());
        at.flag(step.nested());
        code.visitLdcInsn(step.what());
        Class<?> array = step.form() == Form.Elements.BOOLS
                ? boolean[].class
                : step.form().held();
        to.call(
                OPERATIONS,
                LiftingOperations.decoder(step.form()),
                array,
                LinearMemory.class,
                int.class,
                int.class,
                Budget.class,
                boolean.class,
                String.class);
        to.store(step.value());
    }
}
