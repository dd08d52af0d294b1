package dev.airlock.abi.canonical;

import dev.airlock.abi.Step;
import dev.airlock.codegen.MethodCode;
import dev.airlock.codegen.Register;
import dev.airlock.memory.LinearMemory;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The bytecode of the steps by which values go into a guest. */
final class LoweringEmitter {
    private static final Class<?> OPERATIONS = LoweringOperations.class;
    private static final String IMAGE = Type.getInternalName(Image.class);

    private final String function;
    private final MethodCode to;
    private final MethodVisitor code;
    private final SideCode at;
    private final Consumer<List<Step>> steps;

    /** @param steps emits what is done once there is a pointer or handle */
    LoweringEmitter(String function, MethodCode to, SideCode at, Consumer<List<Step>> steps) {
        this.function = function;
        this.to = to;
        this.code = to.code();
        this.at = at;
        this.steps = steps;
    }

    void emit(LoweringStep step) {
        if (step instanceof LoweringStep.EncodeText s) {
            encodeText(s);
        } else if (step instanceof LoweringStep.EncodeArray s) {
            encodeArray(s);
        } else if (step instanceof LoweringStep.Stage s) {
            to.load(s.count());
            code.visitLdcInsn(s.size());
            code.visitLdcInsn(s.name());
            to.call(Image.class, "of", Image.class, int.class, int.class, String.class);
            to.store(s.image());
        } else if (step instanceof LoweringStep.Offset s) {
            to.load(s.base());
            to.load(s.index());
            code.visitLdcInsn(s.size());
            code.visitInsn(Opcodes.IMUL);
            code.visitInsn(Opcodes.IADD);
            to.store(s.to());
        } else if (step instanceof LoweringStep.Put s) {
            put(s);
        } else if (step instanceof LoweringStep.Attach s) {
            to.load(s.image());
            at.sum(s.base(), s.offset());
            to.load(s.block());
            to.load(s.count());
            code.visitLdcInsn(s.align());
            image("attach", int.class, Object.class, int.class, int.class);
        } else if (step instanceof LoweringStep.AttachHandle s) {
            to.load(s.image());
            at.sum(s.base(), s.offset());
            to.load(s.representation());
            code.visitLdcInsn(at.functions().resource().applyAsInt(s.resource()));
            at.flag(s.own());
            image("attachHandle", int.class, Object.class, int.class, boolean.class);
        } else if (step instanceof LoweringStep.Place s) {
            place(s);
        } else if (step instanceof LoweringStep.PlaceAt s) {
            placeAt(s);
        } else if (step instanceof LoweringStep.Represent s) {
            at.context();
            code.visitLdcInsn(at.functions().resource().applyAsInt(s.resource()));
            to.load(s.value());
            at.flag(s.own());
            code.visitLdcInsn(s.value().path());
            at.context("fromJava", Object.class, int.class, Object.class, boolean.class, String.class);
            to.store(s.representation());
        } else if (step instanceof LoweringStep.LowerHandle s) {
            lowerHandle(s);
        } else {
            throw new IllegalStateException("no step of the canonical ABI: " + step);
        }
    }

    private void encodeText(LoweringStep.EncodeText step) {
        to.load(step.value());
        at.context();
        at.encoding(step.encoding());
        code.visitLdcInsn(step.value().path());
        to.call(
                OPERATIONS,
                "encodeText",
                Object.class,
                String.class,
                CanonicalContext.class,
                StringEncoding.class,
                String.class);
        to.store(step.bytes());
        to.load(step.bytes());
        at.encoding(step.encoding());
        to.call(OPERATIONS, "countText", int.class, Object.class, StringEncoding.class);
        to.store(step.count());
    }

    private void encodeArray(LoweringStep.EncodeArray step) {
        to.load(step.value());
        String name = step.value().path();
        switch (step.form()) {
            case BYTES -> {
                code.visitLdcInsn(name);
                to.call(OPERATIONS, "encodeBytes", byte[].class, Object.class, String.class);
            }
            case BOOLS -> {
                code.visitLdcInsn(name);
                to.call(OPERATIONS, "encodeBools", byte[].class, boolean[].class, String.class);
            }
            case SHORTS, INTS, LONGS, FLOATS, DOUBLES, CHARS -> {
                code.visitLdcInsn(step.form().width());
                code.visitLdcInsn(name);
                to.call(OPERATIONS, "limited", Object.class, Object.class, int.class, String.class);
                code.visitTypeInsn(
                        Opcodes.CHECKCAST, Type.getInternalName(step.elements().type()));
            }
        }
        to.store(step.elements());
        to.load(step.elements());
        code.visitInsn(Opcodes.ARRAYLENGTH);
        to.store(step.count());
    }

    private void put(LoweringStep.Put step) {
        to.load(step.image());
        at.sum(step.base(), step.offset());
        to.load(step.core());
        Class<?> core = step.core().type();
        if (core == float.class) {
            image("putFloat", int.class, float.class);
        } else if (core == double.class) {
            image("putDouble", int.class, double.class);
        } else if (core == long.class) {
            image("putLong", int.class, long.class);
        } else {
            image(step.width() == 1 ? "putByte" : step.width() == 2 ? "putShort" : "putInt", int.class, int.class);
        }
    }

    private void pushRealloc() {
        to.pushConstant(
                Objects.requireNonNull(at.functions().realloc(), "no realloc").asType(CanonicalOperations.REALLOC),
                MethodHandle.class);
    }

    private void place(LoweringStep.Place step) {
        Label nothing = new Label();
        if (step.optional()) {
            to.load(step.block());
            code.visitJumpInsn(Opcodes.IFNULL, nothing);
        }
        Class<?> block = step.block().type();
        if (block == Transcoded.class) {
            placeText(step);
            code.visitLabel(nothing);
            return;
        }
        int size = to.newSlot(int.class);
        to.load(step.block());
        if (block == byte[].class) {
            code.visitInsn(Opcodes.ARRAYLENGTH);
        } else {
            to.call(OPERATIONS, "size", int.class, Object.class);
        }
        code.visitVarInsn(Opcodes.ISTORE, size);
        int memory = memory();
        code.visitVarInsn(Opcodes.ALOAD, memory);
        at.mayLeave(false);
        pushRealloc();
        at.context();
        code.visitInsn(Opcodes.ICONST_0);
        code.visitInsn(Opcodes.ICONST_0);
        code.visitLdcInsn(step.align());
        code.visitVarInsn(Opcodes.ILOAD, size);
        to.invoke(CanonicalOperations.REALLOC);
        at.mayLeave(true);
        code.visitVarInsn(Opcodes.ILOAD, size);
        code.visitLdcInsn(step.align());
        code.visitLdcInsn(function);
        to.call(OPERATIONS, "allocated", int.class, LinearMemory.class, int.class, int.class, int.class, String.class);
        to.store(step.pointer());
        if (block == Image.class || block == Object.class) {
            fill(step.pointer(), step.block(), memory);
        } else {
            code.visitVarInsn(Opcodes.ALOAD, memory);
            to.load(step.pointer());
            to.load(step.block());
            to.call(OPERATIONS, "copy", void.class, LinearMemory.class, int.class, block);
        }
        steps.accept(step.then());
        code.visitLabel(nothing);
    }

    private void placeText(LoweringStep.Place step) {
        to.load(step.block());
        pushRealloc();
        at.pushMemory();
        at.context();
        code.visitLdcInsn(function);
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                Type.getInternalName(Transcoded.class),
                "place",
                CanonicalCompiler.descriptor(
                        int.class, MethodHandle.class, LinearMemory.class, CanonicalContext.class, String.class),
                false);
        to.store(step.pointer());
        steps.accept(step.then());
    }

    private void fill(Register pointer, Register block, int memory) {
        if (at.functions().realloc() == null) {
            code.visitInsn(Opcodes.ACONST_NULL);
        } else {
            pushRealloc();
        }
        code.visitVarInsn(Opcodes.ALOAD, memory);
        at.context();
        to.load(pointer);
        to.load(block);
        code.visitLdcInsn(function);
        to.call(
                OPERATIONS,
                "fill",
                void.class,
                MethodHandle.class,
                LinearMemory.class,
                CanonicalContext.class,
                int.class,
                Object.class,
                String.class);
    }

    private int memory() {
        int slot = to.newSlot(LinearMemory.class);
        at.pushMemory();
        code.visitVarInsn(Opcodes.ASTORE, slot);
        return slot;
    }

    private void placeAt(LoweringStep.PlaceAt step) {
        int memory = memory();
        code.visitVarInsn(Opcodes.ALOAD, memory);
        to.load(step.pointer());
        code.visitLdcInsn(step.size());
        code.visitLdcInsn(step.align());
        code.visitLdcInsn("the return area of " + function);
        to.call(
                CanonicalOperations.class,
                "checkArea",
                void.class,
                LinearMemory.class,
                int.class,
                int.class,
                int.class,
                String.class);
        fill(step.pointer(), step.image(), memory);
    }

    private void lowerHandle(LoweringStep.LowerHandle step) {
        Label nothing = new Label();
        if (step.optional()) {
            to.load(step.representation());
            code.visitJumpInsn(Opcodes.IFNULL, nothing);
        }
        at.context();
        code.visitLdcInsn(at.functions().resource().applyAsInt(step.resource()));
        to.load(step.representation());
        at.context(step.own() ? "lowerOwn" : "lowerBorrow", int.class, int.class, Object.class);
        to.store(step.handle());
        steps.accept(step.then());
        code.visitLabel(nothing);
    }

    private void image(String method, Class<?>... params) {
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, IMAGE, method, CanonicalCompiler.descriptor(void.class, params), false);
    }
}
