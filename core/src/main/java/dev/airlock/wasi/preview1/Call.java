package dev.airlock.wasi.preview1;

import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The functions of preview 1. Each has its parameters as in the witx, followed by the pointers to its results. */
enum Call {
    ARGS_GET("argv:pointer", "argv_buf:pointer"),
    ARGS_SIZES_GET("argc:out_u32", "argv_buf_size:out_u32"),
    ENVIRON_GET("environ:pointer", "environ_buf:pointer"),
    ENVIRON_SIZES_GET("count:out_u32", "environ_buf_size:out_u32"),
    CLOCK_RES_GET("id:clockid", "resolution:out_u64"),
    CLOCK_TIME_GET("id:clockid", "precision:u64", "time:out_u64"),
    FD_ADVISE("fd:fd", "offset:u64", "len:u64", "advice:advice"),
    FD_ALLOCATE("fd:fd", "offset:u64", "len:u64"),
    FD_CLOSE("fd:fd"),
    FD_DATASYNC("fd:fd"),
    FD_FDSTAT_GET("fd:fd", "stat:out_fdstat"),
    FD_FDSTAT_SET_FLAGS("fd:fd", "flags:fdflags"),
    FD_FDSTAT_SET_RIGHTS("fd:fd", "fs_rights_base:rights", "fs_rights_inheriting:rights"),
    FD_FILESTAT_GET("fd:fd", "stat:out_filestat"),
    FD_FILESTAT_SET_SIZE("fd:fd", "size:u64"),
    FD_FILESTAT_SET_TIMES("fd:fd", "atim:u64", "mtim:u64", "fst_flags:fstflags"),
    FD_PREAD("fd:fd", "iovs:iovecs", "offset:u64", "size:out_u32"),
    FD_PRESTAT_GET("fd:fd", "prestat:out_prestat"),
    FD_PRESTAT_DIR_NAME("fd:fd", "path:buffer"),
    FD_PWRITE("fd:fd", "iovs:iovecs", "offset:u64", "size:out_u32"),
    FD_READ("fd:fd", "iovs:iovecs", "size:out_u32"),
    FD_READDIR("fd:fd", "buf:buffer", "cookie:u64", "size:out_u32"),
    FD_RENUMBER("fd:fd", "to:fd"),
    FD_SEEK("fd:fd", "offset:s64", "whence:whence", "position:out_u64"),
    FD_SYNC("fd:fd"),
    FD_TELL("fd:fd", "position:out_u64"),
    FD_WRITE("fd:fd", "iovs:iovecs", "size:out_u32"),
    PATH_CREATE_DIRECTORY("fd:fd", "path:string"),
    PATH_FILESTAT_GET("fd:fd", "flags:lookupflags", "path:string", "stat:out_filestat"),
    PATH_FILESTAT_SET_TIMES("fd:fd", "flags:lookupflags", "path:string", "atim:u64", "mtim:u64", "fst_flags:fstflags"),
    PATH_LINK("old_fd:fd", "old_flags:lookupflags", "old_path:string", "new_fd:fd", "new_path:string"),
    PATH_OPEN(
            "fd:fd",
            "dirflags:lookupflags",
            "path:string",
            "oflags:oflags",
            "fs_rights_base:rights",
            "fs_rights_inheriting:rights",
            "fdflags:fdflags",
            "fd:out_u32"),
    PATH_READLINK("fd:fd", "path:string", "buf:buffer", "size:out_u32"),
    PATH_REMOVE_DIRECTORY("fd:fd", "path:string"),
    PATH_RENAME("fd:fd", "old_path:string", "new_fd:fd", "new_path:string"),
    PATH_SYMLINK("old_path:string", "fd:fd", "new_path:string"),
    PATH_UNLINK_FILE("fd:fd", "path:string"),
    POLL_ONEOFF("in:pointer", "out:pointer", "nsubscriptions:u32", "events:out_u32"),
    PROC_EXIT("rval:u32"),
    PROC_RAISE("sig:u32"),
    SCHED_YIELD,
    RANDOM_GET("buf:buffer"),
    SOCK_ACCEPT("fd:fd", "flags:fdflags", "fd:out_u32"),
    SOCK_RECV("fd:fd", "ri_data:iovecs", "ri_flags:riflags", "size:out_u32", "ro_flags:out_u16"),
    SOCK_SEND("fd:fd", "si_data:iovecs", "si_flags:u32", "size:out_u32"),
    SOCK_SHUTDOWN("fd:fd", "how:sdflags");

    private static final Map<String, Call> BY_NAME =
            Stream.of(values()).collect(Collectors.toMap(Call::lowerCase, call -> call));

    private final String[] params;

    Call(String... params) {
        this.params = params;
    }

    /** The kinds of parameters. Those of two numbers are a pointer and a length, or a pointer and a count. */
    enum Kind {
        FD,
        U32,
        U64,
        S64,
        CLOCKID,
        ADVICE,
        WHENCE,
        FDFLAGS,
        FSTFLAGS,
        LOOKUPFLAGS,
        OFLAGS,
        RIFLAGS,
        SDFLAGS,
        RIGHTS,
        POINTER,
        STRING,
        BUFFER,
        IOVECS,
        OUT_U16,
        OUT_U32,
        OUT_U64,
        OUT_FDSTAT,
        OUT_FILESTAT,
        OUT_PRESTAT;

        boolean isOut() {
            return ordinal() >= OUT_U16.ordinal();
        }

        boolean isPair() {
            return this == STRING || this == BUFFER || this == IOVECS;
        }

        private boolean isLong() {
            return this == U64 || this == S64 || this == RIGHTS;
        }
    }

    /**
     * A parameter.
     *
     * @param index the index of its first number among the function's parameters
     */
    record Param(String name, Kind kind, int index) {}

    List<Param> params() {
        var list = new ArrayList<Param>();
        int index = 0;
        for (String text : params) {
            int colon = text.indexOf(':');
            Kind kind = Kind.valueOf(text.substring(colon + 1).toUpperCase(Locale.ROOT));
            list.add(new Param(text.substring(0, colon), kind, index));
            index += kind.isPair() ? 2 : 1;
        }
        return list;
    }

    /** Returns the type that guests import. */
    CoreFuncType type() {
        var types = new ArrayList<CoreValType>();
        for (Param param : params()) {
            types.add(param.kind().isLong() ? CoreValType.I64 : CoreValType.I32);
            if (param.kind().isPair()) {
                types.add(CoreValType.I32);
            }
        }
        return new CoreFuncType(types, this == PROC_EXIT ? List.of() : List.of(CoreValType.I32));
    }

    String lowerCase() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Map<String, Call> byName() {
        return BY_NAME;
    }
}
