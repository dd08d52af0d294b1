package dev.airlock.wasi.preview1;

import dev.airlock.engine.Caller;
import dev.airlock.engine.HostModule;
import dev.airlock.engine.TraceText;
import dev.airlock.memory.Memory;
import dev.airlock.wasi.preview1.Call.Kind;
import dev.airlock.wasi.preview1.Call.Param;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Describes a call for a trace: paths and flags by name, buffers by length, results by value. */
record CallDescription(Call call) implements HostModule.CallReader {
    private static final String[] CLOCKS = {"REALTIME", "MONOTONIC", "PROCESS_CPUTIME_ID", "THREAD_CPUTIME_ID"};
    private static final String[] ADVICE = {
        "NORMAL", "SEQUENTIAL", "RANDOM", "WILLNEED", "DONTNEED", "NOREUSE",
    };
    private static final int MOST_OF_A_PATH = 256;
    private static final int MOST_PIECES = 1_024;

    @Override
    public List<String> arguments(Caller caller, long[] args) {
        var shown = new ArrayList<String>();
        for (Param param : call.params()) {
            if (!param.kind().isOut()) {
                shown.add(param.name() + "=" + argument(param, caller, args));
            }
        }
        return shown;
    }

    private static String argument(Param param, Caller caller, long[] args) {
        long value = args[param.index()];
        return switch (param.kind()) {
            case FD, U32 -> Integer.toUnsignedString((int) value);
            case U64 -> Long.toUnsignedString(value);
            case S64 -> Long.toString(value);
            case CLOCKID -> oneOf(CLOCKS, (int) value);
            case ADVICE -> oneOf(ADVICE, (int) value);
            // Preview 1 changed the meaning of this number.
            case WHENCE -> Integer.toUnsignedString((int) value);
            case FDFLAGS -> flags(Flags.FDFLAGS, (int) value);
            case FSTFLAGS -> flags(Flags.FSTFLAGS, (int) value);
            case LOOKUPFLAGS -> flags(Flags.LOOKUPFLAGS, (int) value);
            case OFLAGS -> flags(Flags.OFLAGS, (int) value);
            case RIFLAGS -> flags(Flags.RIFLAGS, (int) value);
            case SDFLAGS -> flags(Flags.SDFLAGS, (int) value);
            case RIGHTS -> flags(Rights.NAMES, value);
            case STRING -> path(HostModule.memory(caller), (int) value, (int) args[param.index() + 1]);
            case BUFFER -> pointer(value) + "[" + Integer.toUnsignedString((int) args[param.index() + 1]) + "]";
            case IOVECS -> pieces(HostModule.memory(caller), (int) value, (int) args[param.index() + 1]);
            case POINTER, OUT_U16, OUT_U32, OUT_U64, OUT_FDSTAT, OUT_FILESTAT, OUT_PRESTAT -> pointer(value);
        };
    }

    private static String pointer(long value) {
        return "0x" + Integer.toHexString((int) value);
    }

    private static String oneOf(String[] names, int number) {
        return Integer.compareUnsigned(number, names.length) < 0 ? names[number] : Integer.toUnsignedString(number);
    }

    private static String flags(String[] names, long bits) {
        if (bits == 0) {
            return "0";
        }
        var shown = new StringJoiner("|");
        for (int i = 0; i < names.length; i++) {
            if ((bits >>> i & 1) != 0) {
                shown.add(names[i]);
            }
        }
        long unknown = bits & -(1L << names.length);
        return unknown == 0
                ? shown.toString()
                : shown.add("0x" + Long.toHexString(unknown)).toString();
    }

    private static boolean isInside(Memory memory, int pointer, long length) {
        return Integer.toUnsignedLong(pointer) + length <= memory.dataSize();
    }

    private static String path(Memory memory, int pointer, int length) {
        if (!isInside(memory, pointer, Integer.toUnsignedLong(length))) {
            return pointer(pointer) + "[" + Integer.toUnsignedString(length) + "]";
        }
        if (Integer.compareUnsigned(length, MOST_OF_A_PATH) <= 0) {
            return TraceText.quoted(new String(memory.read(pointer, length), StandardCharsets.UTF_8));
        }
        return TraceText.quoted(new String(memory.read(pointer, MOST_OF_A_PATH), StandardCharsets.UTF_8)) + "… ("
                + Integer.toUnsignedString(length) + " bytes)";
    }

    /** Returns the number of pieces and their bytes in total. */
    private static String pieces(Memory memory, int pointer, int count) {
        if (Integer.compareUnsigned(count, MOST_PIECES) > 0 || !isInside(memory, pointer, count * 8L)) {
            return pointer(pointer) + "[" + Integer.toUnsignedString(count) + "]";
        }
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += memory.readUnsignedInt(pointer + 8 * i + 4);
        }
        return total + " bytes" + (count == 1 ? "" : " in " + count);
    }

    @Override
    public String result(Caller caller, long[] args, long[] results) {
        int errno = (int) results[0];
        if (errno != 0) {
            return Errno.name(errno);
        }
        var shown = new StringJoiner(", ");
        for (Param param : call.params()) {
            if (param.kind().isOut()) {
                shown.add(
                        param.name() + "=" + value(param.kind(), HostModule.memory(caller), (int) args[param.index()]));
            }
        }
        return shown.length() == 0 ? Errno.ESUCCESS.name() : shown.toString();
    }

    /**
     * Returns the result that a function has written at a pointer. The pointer is valid, since otherwise the function
     * would have failed.
     */
    private static String value(Kind kind, Memory memory, int pointer) {
        return switch (kind) {
            case OUT_U16 -> Integer.toString(memory.readUnsignedShort(pointer));
            case OUT_U32 -> Long.toString(memory.readUnsignedInt(pointer));
            case OUT_U64 -> Long.toUnsignedString(memory.readLong(pointer));
            case OUT_FDSTAT ->
                oneOf(TYPES, memory.readUnsignedByte(pointer)) + " "
                        + flags(Flags.FDFLAGS, memory.readUnsignedShort(pointer + 2));
            case OUT_FILESTAT -> oneOf(TYPES, memory.readUnsignedByte(pointer + 16));
            case OUT_PRESTAT -> "a directory, " + memory.readUnsignedInt(pointer + 4) + " bytes of name";
            default -> pointer(pointer);
        };
    }

    private static final String[] TYPES = {
        "UNKNOWN",
        "BLOCK_DEVICE",
        "CHARACTER_DEVICE",
        "DIRECTORY",
        "REGULAR_FILE",
        "SOCKET_DGRAM",
        "SOCKET_STREAM",
        "SYMBOLIC_LINK"
    };
}
