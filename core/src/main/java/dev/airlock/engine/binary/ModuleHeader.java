package dev.airlock.engine.binary;

import dev.airlock.error.ModuleException;

/** The first eight bytes of a file (core specification, section 5.5.16), and what the file may be if they are others. */
final class ModuleHeader {
    static final int SIZE = 8;
    private static final int CORE_MODULE = 1;
    private static final int COMPONENT = 0x0001_000d;

    private ModuleHeader() {}

    static void check(String module, byte[] bytes) {
        byte[] magic = {0, 'a', 's', 'm'};
        if (bytes.length == 0) {
            throw new ModuleException(module, 0, "empty: a WebAssembly module was expected", null);
        }
        for (int i = 0; i < magic.length; i++) {
            if (i == bytes.length) {
                throw new ModuleException(
                        module, i, "cut short inside the four bytes that every module starts with", null);
            }
            if (bytes[i] != magic[i]) {
                throw new ModuleException(
                        module,
                        i,
                        "not WebAssembly: the first four bytes have to be 00 61 73 6d (\\0asm)" + looksLike(bytes),
                        null);
            }
        }
        if (bytes.length < SIZE) {
            throw new ModuleException(module, bytes.length, "cut short inside the version", null);
        }
        int version = (bytes[4] & 0xff) | (bytes[5] & 0xff) << 8 | (bytes[6] & 0xff) << 16 | (bytes[7] & 0xff) << 24;
        if (version == COMPONENT) {
            throw new ModuleException(
                    module,
                    4,
                    "a WebAssembly component, which is no core module: component.Component compiles those",
                    null);
        }
        if (version != CORE_MODULE) {
            throw new ModuleException(
                    module, 4, "version 1 was expected, this is " + Integer.toUnsignedString(version), null);
        }
    }

    private static String looksLike(byte[] bytes) {
        if (bytes[0] == '(') {
            return "; this looks like the text format, to be assembled first";
        }
        if (bytes.length > 1 && bytes[0] == 'P' && bytes[1] == 'K') {
            return "; this looks like a zip archive";
        }
        if (bytes.length > 3 && bytes[0] == 0x7f && bytes[1] == 'E' && bytes[2] == 'L' && bytes[3] == 'F') {
            return "; this looks like a native program";
        }
        return "";
    }
}
