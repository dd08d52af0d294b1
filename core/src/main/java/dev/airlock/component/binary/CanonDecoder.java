package dev.airlock.component.binary;

import dev.airlock.component.binary.CanonOptions.StringEncoding;
import dev.airlock.error.ModuleException;
import dev.airlock.wit.Feature;
import org.jspecify.annotations.Nullable;

/** Reads canonical definitions (Binary, "Canonical Definitions"). */
final class CanonDecoder {
    private static final int I32 = 0x7f;
    private static final int I64 = 0x7e;

    private CanonDecoder() {}

    static Canon canon(BinaryReader in) {
        int offset = in.position();
        int opcode = in.next("a canonical function");
        return switch (opcode) {
            case 0x00 -> {
                func(in, "lifted");
                yield new Canon.Lift(in.index("a core func"), options(in), in.index("a type"));
            }
            case 0x01 -> {
                func(in, "lowered");
                yield new Canon.Lower(in.index("a func"), options(in));
            }
            case 0x02 -> new Canon.ResourceNew(in.index("a type"));
            case 0x03 -> new Canon.ResourceDrop(in.index("a type"));
            case 0x04 -> new Canon.ResourceRep(in.index("a type"));
            case 0x09 -> new Canon.TaskReturn(TypeDecoder.resultList(in), options(in));
            case 0x0a -> new Canon.ContextGet(contextSlot(in));
            case 0x0b -> new Canon.ContextSet(contextSlot(in));
            case 0x40, 0x41, 0x42 -> throw in.error(offset, Feature.SHARED_THREADS.needed());
            default -> {
                BuiltIn kind = BuiltIn.of(opcode);
                if (kind == null) {
                    throw in.expected(offset, "a canonical function");
                }
                yield builtIn(in, kind);
            }
        };
    }

    private static void func(BinaryReader in, String what) {
        int offset = in.position();
        if (in.next("0x00, for a func,") != 0x00) {
            throw in.expected(offset, "what can be " + what + ": a func, 0x00");
        }
    }

    private static int contextSlot(BinaryReader in) {
        int type = in.position();
        int opcode = in.next("the type of a context slot");
        if (opcode == I64) {
            throw in.error(type, "a context slot of type i64 " + Feature.MEMORY64.needed());
        }
        if (opcode != I32) {
            throw in.expected(type, "the type of a context slot: i32, 0x7f");
        }
        int offset = in.position();
        long slot = in.u32("the number of a context slot");
        if (slot > 1) {
            throw in.error(offset, "invalid: the context slots are 0 and 1, found " + slot);
        }
        return (int) slot;
    }

    private static Canon builtIn(BinaryReader in, BuiltIn kind) {
        boolean flag = false;
        int type = -1;
        int table = -1;
        CanonOptions options = CanonOptions.NONE;
        switch (kind.immediates()) {
            case NONE -> {}
            case ASYNC -> flag = in.flag("async");
            case CANCELLABLE -> flag = in.flag("cancellable");
            case CANCELLABLE_MEMORY -> {
                flag = in.flag("cancellable");
                options = CanonOptions.ofMemory(in.index("a core memory"));
            }
            case STREAM, FUTURE -> type = in.index("a type");
            case STREAM_ASYNC, FUTURE_ASYNC -> {
                type = in.index("a type");
                flag = in.flag("async");
            }
            case STREAM_OPTIONS, FUTURE_OPTIONS -> {
                type = in.index("a type");
                options = options(in);
            }
            case OPTIONS -> options = options(in);
            case CORE_TYPE_TABLE -> {
                type = in.index("a core type");
                table = in.index("a core table");
            }
        }
        return new Canon.BuiltInFunc(kind, flag, type, table, options);
    }

    private static CanonOptions options(BinaryReader in) {
        var read = new Options();
        in.vector("canonical options", () -> read.read(in));
        return new CanonOptions(
                read.encoding == null ? StringEncoding.UTF8 : read.encoding,
                read.memory,
                read.realloc,
                read.postReturn,
                read.async,
                read.callback);
    }

    /** Reads canonical options; each may occur once. */
    private static final class Options {
        private @Nullable StringEncoding encoding;
        private @Nullable Integer memory;
        private @Nullable Integer realloc;
        private @Nullable Integer postReturn;
        private boolean async;
        private @Nullable Integer callback;

        private boolean read(BinaryReader in) {
            int offset = in.position();
            int opcode = in.next("a canonical option");
            switch (opcode) {
                case 0x00, 0x01, 0x02 -> {
                    if (encoding != null) {
                        throw twice(in, offset, "string-encoding");
                    }
                    encoding = StringEncoding.values()[opcode];
                }
                case 0x03 -> {
                    if (memory != null) {
                        throw twice(in, offset, "memory");
                    }
                    memory = in.index("a core memory");
                }
                case 0x04 -> {
                    if (realloc != null) {
                        throw twice(in, offset, "realloc");
                    }
                    realloc = in.index("a core func");
                }
                case 0x05 -> {
                    if (postReturn != null) {
                        throw twice(in, offset, "post-return");
                    }
                    postReturn = in.index("a core func");
                }
                case 0x06 -> {
                    if (async) {
                        throw twice(in, offset, "async");
                    }
                    async = true;
                }
                case 0x07 -> {
                    if (callback != null) {
                        throw twice(in, offset, "callback");
                    }
                    callback = in.index("a core func");
                }
                default ->
                    throw in.expected(
                            offset,
                            "a canonical option: 0x00 utf8, 0x01 utf16, 0x02 latin1+utf16, 0x03 memory, 0x04 realloc,"
                                    + " 0x05 post-return, 0x06 async, 0x07 callback");
            }
            return true;
        }

        private static ModuleException twice(BinaryReader in, int offset, String option) {
            return in.error(offset, "invalid: the canonical option \"" + option + "\" is given twice");
        }
    }
}
