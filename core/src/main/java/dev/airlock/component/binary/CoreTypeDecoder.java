package dev.airlock.component.binary;

import dev.airlock.type.AbstractHeapType;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.GlobalType;
import dev.airlock.type.MemoryType;
import dev.airlock.type.TableType;
import dev.airlock.wit.Feature;

/** Reads the types of core functions and core modules (Binary, "Type Definitions"; core specification, section 5.3). */
final class CoreTypeDecoder {
    private static final int FUNC = 0x60;
    private static final int MODULE = 0x50;

    private CoreTypeDecoder() {}

    static CoreDefType defType(BinaryReader in) {
        if (in.peek("a core type") == MODULE) {
            in.next("a core type");
            return new CoreDefType.Module(in.vector("declarations", () -> decl(in)));
        }
        return new CoreDefType.Func(funcType(in));
    }

    /** Reads a function type, alone or as a subtype without supertypes. */
    private static CoreFuncType funcType(BinaryReader in) {
        int offset = in.position();
        int opcode = in.next("a core type");
        if (opcode == 0x00) {
            int sub = in.position();
            if (in.next("0x50, for a type that may have subtypes,") != 0x50) {
                throw in.expected(sub, "a core type after 0x00: 0x50, for a type that may have subtypes");
            }
            noSupertypes(in);
            opcode = in.next("a core type");
        } else if (opcode == 0x4f) {
            noSupertypes(in);
            opcode = in.next("a core type");
        }
        return switch (opcode) {
            case FUNC ->
                new CoreFuncType(in.vector("parameters", () -> valType(in)), in.vector("results", () -> valType(in)));
            case 0x4e, 0x5e, 0x5f -> throw in.error(offset, Feature.GC_TYPES.needed());
            default -> throw in.expected(in.position() - 1, "a core type: 0x60 func, 0x50 module");
        };
    }

    private static void noSupertypes(BinaryReader in) {
        int offset = in.position();
        if (in.u32("the number of supertypes") != 0) {
            throw in.error(offset, "a type with supertypes " + Feature.GC_TYPES.needed());
        }
    }

    static CoreValType valType(BinaryReader in) {
        int offset = in.position();
        int code = in.next("a core value type");
        return switch (code) {
            case 0x7f -> CoreValType.I32;
            case 0x7e -> CoreValType.I64;
            case 0x7d -> CoreValType.F32;
            case 0x7c -> CoreValType.F64;
            case 0x7b -> CoreValType.V128;
            case 0x63, 0x64 -> CoreValType.ref(code == 0x63, heapType(in));
            default -> CoreValType.ref(true, abstractType(in, offset, code, "a core value type"));
        };
    }

    private static AbstractHeapType heapType(BinaryReader in) {
        int offset = in.position();
        int code = in.next("a heap type");
        if ((code & 0x40) == 0 || code >= 0x80) {
            // An index is a positive number, and has a byte of that form.
            throw in.error(offset, "a reference to a type that is defined " + Feature.GC_TYPES.needed());
        }
        return abstractType(in, offset, code, "a heap type");
    }

    /** Core specification, section 5.3.3. */
    private static AbstractHeapType abstractType(BinaryReader in, int offset, int code, String what) {
        return switch (code) {
            case 0x74 -> AbstractHeapType.NOEXN;
            case 0x73 -> AbstractHeapType.NOFUNC;
            case 0x72 -> AbstractHeapType.NOEXTERN;
            case 0x71 -> AbstractHeapType.NONE;
            case 0x70 -> AbstractHeapType.FUNC;
            case 0x6f -> AbstractHeapType.EXTERN;
            case 0x6e -> AbstractHeapType.ANY;
            case 0x6d -> AbstractHeapType.EQ;
            case 0x6c -> AbstractHeapType.I31;
            case 0x6b -> AbstractHeapType.STRUCT;
            case 0x6a -> AbstractHeapType.ARRAY;
            case 0x69 -> AbstractHeapType.EXN;
            default -> throw in.expected(offset, what);
        };
    }

    private static CoreDefType.Decl decl(BinaryReader in) {
        int offset = in.position();
        return switch (in.next("a declaration")) {
            case 0x00 ->
                new CoreDefType.ImportDecl(
                        offset, in.name("an import's module"), in.name("an import's name"), desc(in));
            case 0x01 -> {
                if (in.peek("a core type") == MODULE) {
                    throw in.error(in.position(), Feature.MODULE_LINKING.needed());
                }
                yield new CoreDefType.TypeDecl(offset, funcType(in));
            }
            case 0x02 -> alias(in, offset);
            case 0x03 -> new CoreDefType.ExportDecl(offset, in.name("an export's name"), desc(in));
            default -> throw in.expected(offset, "a declaration: 0x00 import, 0x01 type, 0x02 alias, 0x03 export");
        };
    }

    private static CoreDefType.Decl alias(BinaryReader in, int offset) {
        int sort = in.position();
        if (in.next("0x10, for a type,") != 0x10) {
            throw in.expected(sort, "the sort of the alias: a type, 0x10");
        }
        int target = in.position();
        if (in.next("0x01, for outer,") != 0x01) {
            throw in.expected(target, "the target of the alias: outer, 0x01");
        }
        return new CoreDefType.AliasDecl(offset, in.index("an enclosing component or type"), in.index("a core type"));
    }

    private static CoreDefType.Desc desc(BinaryReader in) {
        int offset = in.position();
        return switch (in.next("the type of an import or export")) {
            case 0x00 -> new CoreDefType.FuncDesc(in.index("a core type"));
            case 0x01 -> {
                CoreValType element = valType(in);
                Limits limits = limits(in, Limits.MOST);
                if (limits.shared) {
                    throw in.error(offset, "a table that is shared " + Feature.SHARED_THREADS.needed());
                }
                yield new CoreDefType.PlainDesc(
                        new TableType(element, limits.min, limits.max < 0 ? TableType.NO_MAXIMUM : limits.max));
            }
            case 0x02 -> {
                Limits limits = limits(in, Limits.MOST_PAGES);
                yield new CoreDefType.PlainDesc(
                        new MemoryType(limits.min, limits.max < 0 ? MemoryType.NO_MAXIMUM : limits.max, limits.shared));
            }
            case 0x03 -> {
                CoreValType value = valType(in);
                yield new CoreDefType.PlainDesc(new GlobalType(value, in.flag("whether a global can be set")));
            }
            case 0x04 -> {
                int attribute = in.position();
                if (in.next("0x00, for an exception,") != 0x00) {
                    throw in.expected(attribute, "the attribute of a tag: an exception, 0x00");
                }
                yield new CoreDefType.TagDesc(in.index("a core type"));
            }
            default ->
                throw in.expected(
                        offset,
                        "what a core module may import or export: 0x00 func, 0x01 table, 0x02 memory, 0x03 global, 0x04 tag");
        };
    }

    /** @param max negative if none is declared */
    private record Limits(long min, long max, boolean shared) {
        private static final long MOST = 0xFFFF_FFFFL;
        private static final long MOST_PAGES = 65_536;
    }

    private static Limits limits(BinaryReader in, long most) {
        int offset = in.position();
        int flags = in.next("limits");
        if (flags > 0x0f) {
            throw in.expected(offset, "the start of limits");
        }
        if ((flags & 0x08) != 0) {
            throw in.error(offset, Feature.CUSTOM_PAGE_SIZES.needed());
        }
        if ((flags & 0x04) != 0) {
            throw in.error(offset, Feature.MEMORY64.needed());
        }
        long min = in.u32("the lower limit");
        long max = (flags & 0x01) != 0 ? in.u32("the upper limit") : -1;
        if (min > most || max > most) {
            throw in.error(offset, "invalid: a limit of " + Math.max(min, max) + ", at most " + most + " is allowed");
        }
        if (max >= 0 && min > max) {
            throw in.error(offset, "invalid: the lower limit, " + min + ", is above the upper limit, " + max);
        }
        boolean shared = (flags & 0x02) != 0;
        if (shared && max < 0) {
            throw in.error(offset, "invalid: a shared memory or table needs an upper limit");
        }
        return new Limits(min, max, shared);
    }
}
