package dev.airlock.engine.compile.jvm;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The code of one JVM method: knows about how large it is, and whether anything came after the last frame. Code that does not
 * fit into a method ends in a {@link CodeTooLargeException} at once: some operators become thousands of times as many bytes as
 * they are, which would use up the memory before the method is complete.
 */
public final class JvmCode extends MethodVisitor {
    /** A method has at most so many bytes of code (JVM specification, section 4.7.3). */
    private static final int LARGEST = 65_535;

    /** Each label may have a frame with all locals, so 65,535 bytes of code can have hundreds of megabytes of frames. */
    private static final long MOST_FRAMES = 64L << 20;

    private static final String FLOAT_CONSTANTS = "dev/airlock/engine/runtime/FloatConstants";

    /** About how many bytes so far; never fewer than there are. */
    private int size;

    /** The bytes of frames, which are no code of the method but of its class. */
    private long frameSize;

    private boolean sinceFrame = true;

    public JvmCode(MethodVisitor target) {
        super(Opcodes.ASM9, target);
    }

    public int size() {
        return size;
    }

    /** Returns about how many bytes of the class file the method takes, its frames included. */
    public long sizeInFile() {
        return size + frameSize;
    }

    /** Puts something between two frames that would lie at the same place. */
    public void separateFrames() {
        if (!sinceFrame) {
            visitInsn(Opcodes.NOP);
        }
        sinceFrame = false;
    }

    /** What jumps to a label behind a frame must not find that frame, so there is something between them as well. */
    @Override
    public void visitLabel(Label label) {
        if (!sinceFrame) {
            visitInsn(Opcodes.NOP);
        }
        super.visitLabel(label);
    }

    private void added(int bytes) {
        size += bytes;
        sinceFrame = true;
        if (size > LARGEST) {
            throw new CodeTooLargeException();
        }
    }

    public void pushInt(int value) {
        if (value >= -1 && value <= 5) {
            visitInsn(Opcodes.ICONST_0 + value);
        } else if (value == (byte) value) {
            visitIntInsn(Opcodes.BIPUSH, value);
        } else if (value == (short) value) {
            visitIntInsn(Opcodes.SIPUSH, value);
        } else {
            visitLdcInsn(value);
        }
    }

    public void pushLong(long value) {
        if (value == 0 || value == 1) {
            visitInsn(value == 0 ? Opcodes.LCONST_0 : Opcodes.LCONST_1);
        } else if (value == (short) value) {
            pushInt((int) value);
            visitInsn(Opcodes.I2L);
        } else {
            visitLdcInsn(value);
        }
    }

    public void pushFloat(int bits) {
        float value = Float.intBitsToFloat(bits);
        if (bits == 0 || value == 1) {
            pushKnown(bits == 0 ? "floatZero" : "floatOne", "F");
        } else if (value == 2) {
            visitInsn(Opcodes.FCONST_2);
        } else if (Float.isNaN(value)) {
            // A constant of the class file may lose the bits of a NaN.
            pushInt(bits);
            invokeStatic("java/lang/Float", "intBitsToFloat", "(I)F");
        } else {
            visitLdcInsn(value);
        }
    }

    public void pushDouble(long bits) {
        double value = Double.longBitsToDouble(bits);
        if (bits == 0 || value == 1) {
            pushKnown(bits == 0 ? "doubleZero" : "doubleOne", "D");
        } else if (Double.isNaN(value)) {
            pushLong(bits);
            invokeStatic("java/lang/Double", "longBitsToDouble", "(J)D");
        } else {
            visitLdcInsn(value);
        }
    }

    private void pushKnown(String name, String type) {
        visitFieldInsn(Opcodes.GETSTATIC, FLOAT_CONSTANTS, name, type);
    }

    /** @param kind I, J, F, D or L */
    public void load(char kind, int local) {
        visitVarInsn(
                switch (kind) {
                    case 'I' -> Opcodes.ILOAD;
                    case 'J' -> Opcodes.LLOAD;
                    case 'F' -> Opcodes.FLOAD;
                    case 'D' -> Opcodes.DLOAD;
                    default -> Opcodes.ALOAD;
                },
                local);
    }

    public void store(char kind, int local) {
        visitVarInsn(
                switch (kind) {
                    case 'I' -> Opcodes.ISTORE;
                    case 'J' -> Opcodes.LSTORE;
                    case 'F' -> Opcodes.FSTORE;
                    case 'D' -> Opcodes.DSTORE;
                    default -> Opcodes.ASTORE;
                },
                local);
    }

    public void pushDefault(char kind) {
        switch (kind) {
            case 'I' -> visitInsn(Opcodes.ICONST_0);
            case 'J' -> visitInsn(Opcodes.LCONST_0);
            case 'F' -> pushFloat(0);
            case 'D' -> pushDouble(0);
            default -> visitInsn(Opcodes.ACONST_NULL);
        }
    }

    public void pop(char kind) {
        visitInsn(kind == 'J' || kind == 'D' ? Opcodes.POP2 : Opcodes.POP);
    }

    /** Makes a long of an int without a sign. */
    public void extendUnsigned() {
        visitInsn(Opcodes.I2L);
        visitLdcInsn(0xFFFF_FFFFL);
        visitInsn(Opcodes.LAND);
    }

    /** Makes a long smaller than another if it was before without signs. */
    public void flipSign() {
        visitLdcInsn(Long.MIN_VALUE);
        visitInsn(Opcodes.LXOR);
    }

    public void invokeStatic(String owner, String name, String descriptor) {
        visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
    }

    public void invokeVirtual(String owner, String name, String descriptor) {
        visitMethodInsn(Opcodes.INVOKEVIRTUAL, owner, name, descriptor, false);
    }

    public void getField(String owner, String name, String descriptor) {
        visitFieldInsn(Opcodes.GETFIELD, owner, name, descriptor);
    }

    @Override
    public void visitFrame(int type, int numLocal, Object @Nullable [] local, int numStack, Object @Nullable [] stack) {
        // An item is a tag, and for objects the index of a class.
        frameSize += 7 + 3L * (numLocal + numStack);
        if (frameSize > MOST_FRAMES) {
            throw new CodeTooLargeException();
        }
        super.visitFrame(type, numLocal, local, numStack, stack);
    }

    @Override
    public void visitInsn(int opcode) {
        added(1);
        super.visitInsn(opcode);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        added(3);
        super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitVarInsn(int opcode, int local) {
        added(local < 4 ? 1 : local < 256 ? 2 : 4);
        super.visitVarInsn(opcode, local);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        added(3);
        super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        added(3);
        super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        added(3);
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        // A jump further than 32 KiB takes up to 8.
        added(size > 24_000 ? 8 : 3);
        super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitLdcInsn(Object value) {
        added(3);
        super.visitLdcInsn(value);
    }

    @Override
    public void visitIincInsn(int local, int increment) {
        added(local < 256 ? 3 : 6);
        super.visitIincInsn(local, increment);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
        added(16 + 4 * labels.length);
        super.visitTableSwitchInsn(min, max, otherwise, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
        added(12 + 8 * labels.length);
        super.visitLookupSwitchInsn(otherwise, keys, labels);
    }
}
