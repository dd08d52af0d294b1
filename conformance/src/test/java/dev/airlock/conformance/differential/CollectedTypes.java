package dev.airlock.conformance.differential;

import dev.airlock.conformance.WasmBytes;

/** The garbage-collected types of a generated module: one recursion group, first in its type section. */
final class CollectedTypes {
    static final int STRUCT = 0;
    static final int SUBSTRUCT = 1;
    static final int BYTES = 2;
    static final int LONGS = 3;
    static final int REFERENCES = 4;
    static final int FUNCTIONS = 5;
    static final int COUNT = 6;

    /** The fields of the structs: letters as elsewhere; b and s are packed in 8 and 16 bits. All are mutable. */
    static final String FIELDS = "ibldsfvQ";

    static final String SUBFIELDS = FIELDS + "l";

    /** Letters of nullable references to the types above, in order. */
    private static final String CONCRETE = "STBLRP";

    private static final int NULLABLE = 0x63;

    /** The letters of all garbage-collected types that values have. */
    String letters() {
        return CONCRETE + "NQJ";
    }

    boolean isConcrete(char letter) {
        return CONCRETE.indexOf(letter) >= 0;
    }

    int index(char letter) {
        return CONCRETE.indexOf(letter);
    }

    static char letter(int type) {
        return CONCRETE.charAt(type);
    }

    /** The element's letter of an array type. */
    static char element(int type) {
        return switch (type) {
            case BYTES -> 'b';
            case LONGS -> 'l';
            case REFERENCES -> 'Q';
            default -> 'F';
        };
    }

    void valueType(WasmBytes out, char letter) {
        switch (letter) {
            case 'N' -> out.raw(0x6E);
            case 'Q' -> out.raw(0x6D);
            case 'J' -> out.raw(0x6C);
            default -> {
                int index = index(letter);
                if (index < 0) {
                    throw new IllegalArgumentException("unknown type: " + letter);
                }
                out.raw(NULLABLE).s(index);
            }
        }
    }

    /** Writes the recursion group, and returns how many types it has. */
    int write(WasmBytes out) {
        out.raw(0x4E).u(COUNT);
        out.raw(0x50).u(0).raw(0x5F);
        fields(out, FIELDS);
        out.raw(0x50).u(1).u(STRUCT).raw(0x5F);
        fields(out, SUBFIELDS);
        for (int array = BYTES; array < COUNT; array++) {
            out.raw(0x5E);
            field(out, element(array));
        }
        return COUNT;
    }

    private void fields(WasmBytes out, String letters) {
        out.u(letters.length());
        for (char letter : letters.toCharArray()) {
            field(out, letter);
        }
    }

    private void field(WasmBytes out, char letter) {
        switch (letter) {
            case 'i' -> out.raw(WasmBytes.I32);
            case 'l' -> out.raw(WasmBytes.I64);
            case 'f' -> out.raw(WasmBytes.F32);
            case 'd' -> out.raw(WasmBytes.F64);
            case 'v' -> out.raw(WasmBytes.V128);
            case 'b' -> out.raw(0x78);
            case 's' -> out.raw(0x77);
            case 'F' -> out.raw(WasmBytes.FUNCREF);
            default -> valueType(out, letter);
        }
        out.raw(1);
    }

    /** The letter that a field has on the operand stack. */
    static char unpacked(char field) {
        return field == 'b' || field == 's' ? 'i' : field;
    }
}
