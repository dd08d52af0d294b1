package dev.airlock.engine.binary;

import dev.airlock.error.ModuleException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The names that a module imports and exports, read from those two sections alone: nothing is validated or compiled, so that
 * a large module takes no time.
 *
 * @param imports in order
 * @param exportedFunctions in order
 */
public record ModuleOutline(List<Import> imports, Set<String> exportedFunctions) {
    private static final int IMPORTS = 2;
    private static final int EXPORTS = 7;

    /** The two names of an import. */
    public record Import(String module, String name) {}

    /**
     * Reads a core module.
     *
     * @param module how errors name it
     * @throws ModuleException if the bytes are not a module, are cut short, or have a malformed import or export section
     */
    public static ModuleOutline read(String module, byte[] bytes) {
        var imports = new ArrayList<Import>();
        var functions = new LinkedHashSet<String>();
        ModuleHeader.check(module, bytes);
        var sections = new ByteInput(module, bytes, ModuleHeader.SIZE, bytes.length);
        while (sections.hasMore()) {
            int start = sections.at();
            int id = sections.u8();
            int size = sections.u32();
            int from = sections.skip(size, "a section");
            try {
                var in = new Leb128(bytes, from, sections.at());
                if (id == IMPORTS) {
                    readImports(in, imports);
                } else if (id == EXPORTS) {
                    readExports(in, functions);
                }
            } catch (IndexOutOfBoundsException e) {
                throw new ModuleException(
                        module,
                        start,
                        "malformed " + (id == IMPORTS ? "import" : "export") + " section: " + e.getMessage(),
                        e);
            }
        }
        return new ModuleOutline(List.copyOf(imports), functions);
    }

    private static void readImports(Leb128 in, List<Import> imports) {
        for (int left = in.unsigned32(); left > 0; left--) {
            imports.add(new Import(in.name(), in.name()));
            int kind = in.next();
            switch (kind) {
                case 0 -> in.skipNumber();
                case 1 -> {
                    skipValueType(in);
                    skipLimits(in);
                }
                case 2 -> skipLimits(in);
                case 3 -> {
                    skipValueType(in);
                    in.next();
                }
                case 4 -> {
                    in.next();
                    in.skipNumber();
                }
                default ->
                    throw new IndexOutOfBoundsException(
                            "an import of the unknown kind " + kind + " at byte " + in.position());
            }
        }
    }

    private static void readExports(Leb128 in, Set<String> functions) {
        for (int left = in.unsigned32(); left > 0; left--) {
            String name = in.name();
            if (in.next() == 0) {
                functions.add(name);
            }
            in.skipNumber();
        }
    }

    /** One byte, or a reference's with the type that it refers to (core specification, section 5.3.4). */
    private static void skipValueType(Leb128 in) {
        int type = in.next() & 0xff;
        if (type == 0x63 || type == 0x64) {
            in.skipNumber();
        }
    }

    /** With the bits of the proposals for threads, 64-bit memories and custom page sizes. */
    private static void skipLimits(Leb128 in) {
        int flags = in.next();
        in.skipNumber();
        if ((flags & 1) != 0) {
            in.skipNumber();
        }
        if ((flags & 8) != 0) {
            in.skipNumber();
        }
    }
}
