package dev.airlock.abi.canonical;

import dev.airlock.codegen.Register;
import dev.airlock.memory.linear.LinearMemory;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The bytecode that asks a guest for room and fills it. */
final class Room {
    private Room() {}

    /** Emits {@code realloc}, its check, and the copy of a block. */
    static void place(LoweringStep.Place step, CanonicalCode code) {
        MethodVisitor asm = code.asm();
        Class<?> block = step.block().type();
        int size = code.newSlot(int.class);
        code.load(step.block());
        if (block == byte[].class) {
            asm.visitInsn(Opcodes.ARRAYLENGTH);
        } else {
            code.call(LoweringOperations.class, "size");
        }
        asm.visitVarInsn(Opcodes.ISTORE, size);
        int memory = code.memory();
        asm.visitVarInsn(Opcodes.ALOAD, memory);
        code.mayLeave(false);
        code.pushRealloc();
        code.pushContext();
        asm.visitInsn(Opcodes.ICONST_0);
        asm.visitInsn(Opcodes.ICONST_0);
        code.push(step.align());
        asm.visitVarInsn(Opcodes.ILOAD, size);
        code.invoke(CanonicalOperations.REALLOC);
        code.mayLeave(true);
        asm.visitVarInsn(Opcodes.ILOAD, size);
        code.push(step.align());
        code.push(code.name());
        code.call(LoweringOperations.class, "allocated");
        code.store(step.pointer());
        if (block == Image.class || block == Object.class) {
            fill(step.pointer(), step.block(), memory, code);
        } else {
            asm.visitVarInsn(Opcodes.ALOAD, memory);
            code.load(step.pointer());
            code.load(step.block());
            code.call(LoweringOperations.class, "copy", void.class, LinearMemory.class, int.class, block);
        }
    }

    /** Emits the same for a string of another guest, which may shrink on the way. */
    static void placeText(LoweringStep.Place step, CanonicalCode code) {
        code.load(step.block());
        code.pushRealloc();
        code.pushMemory();
        code.pushContext();
        code.push(code.name());
        code.call(Transcoded.class, "place");
        code.store(step.pointer());
    }

    /** Emits the copy of an image to where the guest wants it. */
    static void placeAt(LoweringStep.PlaceAt step, CanonicalCode code) {
        int memory = code.memory();
        code.asm().visitVarInsn(Opcodes.ALOAD, memory);
        code.load(step.pointer());
        code.push(step.size());
        code.push(step.align());
        code.push("the return area of " + code.name());
        code.call(CanonicalOperations.class, "checkArea");
        fill(step.pointer(), step.image(), memory, code);
    }

    private static void fill(Register pointer, Register block, int memory, CanonicalCode code) {
        if (code.functions().realloc() == null) {
            code.asm().visitInsn(Opcodes.ACONST_NULL);
        } else {
            code.pushRealloc();
        }
        code.asm().visitVarInsn(Opcodes.ALOAD, memory);
        code.pushContext();
        code.load(pointer);
        code.load(block);
        code.push(code.name());
        code.call(LoweringOperations.class, "fill");
    }
}
