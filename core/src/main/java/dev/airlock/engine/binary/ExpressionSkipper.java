package dev.airlock.engine.binary;

import dev.airlock.engine.binary.ModuleDefinition.Range;

/**
 * Finds where a constant expression ends (core specification, section 5.4.10). It knows the operators that may be in one
 * (section 3.3.14); validation reads it again.
 */
final class ExpressionSkipper {
    private final ByteInput in;

    ExpressionSkipper(ByteInput in) {
        this.in = in;
    }

    /** Returns the range of the operators, with the {@code end}. */
    Range skip() {
        int from = in.at();
        skipItem();
        return new Range(from, in.at());
    }

    /** Skips one expression, of which there may be many. */
    void skipItem() {
        for (int i = 0; ; i++) {
            in.heed(i);
            int at = in.at();
            int opcode = in.u8();
            switch (opcode) {
                case 0x0B -> {
                    return;
                }
                case 0x41 -> in.s32();
                case 0x42 -> in.s64();
                case 0x43 -> in.fixed32();
                case 0x44 -> in.fixed64();
                case 0x23, 0xD2 -> in.u32();
                case 0xD0 -> TypeDecoder.heapType(in);
                case 0x6A, 0x6B, 0x6C, 0x7C, 0x7D, 0x7E -> {}
                case 0xFB -> aggregate(at);
                case 0xFD -> vector(at);
                default -> throw notConstant(at, opcode);
            }
        }
    }

    private void aggregate(int at) {
        int number = in.u32();
        switch (number) {
            case 0, 1, 6, 7 -> in.u32();
            case 8 -> {
                in.u32();
                in.u32();
            }
            case 26, 27, 28 -> {}
            default -> throw notConstant(at, 0xFB);
        }
    }

    private void vector(int at) {
        if (in.u32() != 12) {
            throw notConstant(at, 0xFD);
        }
        in.fixed64();
        in.fixed64();
    }

    private dev.airlock.error.ModuleException notConstant(int at, int opcode) {
        return in.error(
                at, "constant expression required: operator 0x" + Integer.toHexString(opcode) + " is not constant");
    }
}
