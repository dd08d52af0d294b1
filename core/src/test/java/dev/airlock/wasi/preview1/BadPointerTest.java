package dev.airlock.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.wasi.Input;
import dev.airlock.wasi.Output;
import dev.airlock.wasi.WasiCtx;
import dev.airlock.wasi.preview1.Call.Param;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls each function with each of its pointers out of bounds, one at a time: the answer is EFAULT, and nothing has
 * happened.
 */
class BadPointerTest {
    private static final int PATH = 1024;
    private static final int OTHER = 1100;
    private static final int IOVECS = 1200;
    private static final int BUFFER = 1300;
    private static final int SUBSCRIPTION = 1400;
    private static final int OUT = 1500;
    private static final int FILE = 4;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Arguments with which each function would succeed, or fail for another reason than its pointers. */
    private static final Map<Call, long[]> GOOD = Map.ofEntries(
            Map.entry(Call.ARGS_GET, args(OUT, BUFFER)),
            Map.entry(Call.ARGS_SIZES_GET, args(OUT, OUT + 4)),
            Map.entry(Call.ENVIRON_GET, args(OUT, BUFFER)),
            Map.entry(Call.ENVIRON_SIZES_GET, args(OUT, OUT + 4)),
            Map.entry(Call.CLOCK_RES_GET, args(0, OUT)),
            Map.entry(Call.CLOCK_TIME_GET, args(0, 0, OUT)),
            Map.entry(Call.FD_FDSTAT_GET, args(FILE, OUT)),
            Map.entry(Call.FD_FILESTAT_GET, args(FILE, OUT)),
            Map.entry(Call.FD_PREAD, args(FILE, IOVECS, 1, 0, OUT)),
            Map.entry(Call.FD_PRESTAT_GET, args(3, OUT)),
            Map.entry(Call.FD_PRESTAT_DIR_NAME, args(3, BUFFER, 5)),
            Map.entry(Call.FD_PWRITE, args(FILE, IOVECS, 1, 0, OUT)),
            Map.entry(Call.FD_READ, args(FILE, IOVECS, 1, OUT)),
            Map.entry(Call.FD_READDIR, args(3, BUFFER, 50, 0, OUT)),
            Map.entry(Call.FD_SEEK, args(FILE, 1, 0, OUT)),
            Map.entry(Call.FD_TELL, args(FILE, OUT)),
            Map.entry(Call.FD_WRITE, args(1, IOVECS, 1, OUT)),
            Map.entry(Call.PATH_CREATE_DIRECTORY, args(3, OTHER, 3)),
            Map.entry(Call.PATH_FILESTAT_GET, args(3, 0, PATH, 4, OUT)),
            Map.entry(Call.PATH_FILESTAT_SET_TIMES, args(3, 0, PATH, 4, 0, 0, Flags.MTIM)),
            Map.entry(Call.PATH_LINK, args(3, 0, PATH, 4, 3, OTHER, 3)),
            Map.entry(Call.PATH_OPEN, args(3, 0, OTHER, 3, Flags.CREAT, Rights.FD_READ, 0, 0, OUT)),
            Map.entry(Call.PATH_READLINK, args(3, PATH, 4, BUFFER, 50, OUT)),
            Map.entry(Call.PATH_REMOVE_DIRECTORY, args(3, PATH, 4)),
            Map.entry(Call.PATH_RENAME, args(3, PATH, 4, 3, OTHER, 3)),
            Map.entry(Call.PATH_SYMLINK, args(PATH, 4, 3, OTHER, 3)),
            Map.entry(Call.PATH_UNLINK_FILE, args(3, PATH, 4)),
            Map.entry(Call.POLL_ONEOFF, args(SUBSCRIPTION, BUFFER, 1, OUT)),
            Map.entry(Call.RANDOM_GET, args(BUFFER, 10)),
            Map.entry(Call.SOCK_ACCEPT, args(FILE, 0, OUT)),
            Map.entry(Call.SOCK_RECV, args(FILE, IOVECS, 1, 0, OUT, OUT + 4)),
            Map.entry(Call.SOCK_SEND, args(FILE, IOVECS, 1, 0, OUT)));

    private static long[] args(long... args) {
        return args;
    }

    private static boolean isPointer(Param param) {
        return switch (param.kind()) {
            case POINTER, STRING, BUFFER, IOVECS -> true;
            default -> param.kind().isOut();
        };
    }

    /** Returns the fewest bytes behind a pointer. */
    private static int least(Param param) {
        return switch (param.kind()) {
            case OUT_U16 -> 2;
            case OUT_U64, IOVECS, OUT_PRESTAT -> 8;
            case OUT_FDSTAT -> 24;
            case OUT_FILESTAT -> 64;
            case STRING -> 3;
            case BUFFER -> 5;
            default -> 4;
        };
    }

    @TestFactory
    Stream<DynamicTest> everyBadPointerIsEfault() {
        var tests = new ArrayList<DynamicTest>();
        for (Call call : Call.values()) {
            List<Param> pointers =
                    call.params().stream().filter(BadPointerTest::isPointer).toList();
            assertThat(GOOD.containsKey(call)).as(call + " is in the table").isEqualTo(!pointers.isEmpty());
            for (Param pointer : pointers) {
                for (long bad : new long[] {
                    Door.SIZE - least(pointer) + 1,
                    Door.SIZE - 1,
                    Door.SIZE,
                    Integer.MAX_VALUE,
                    Integer.MIN_VALUE,
                    -least(pointer),
                    -1
                }) {
                    tests.add(DynamicTest.dynamicTest(
                            call.lowerCase() + " " + pointer.name() + " " + bad, () -> check(call, pointer, bad)));
                }
            }
        }
        return tests.stream();
    }

    /** The length is too large, and the pointer valid. */
    @TestFactory
    Stream<DynamicTest> everyBadLengthIsEfault() {
        var tests = new ArrayList<DynamicTest>();
        for (Call call : Call.values()) {
            for (Param pair : call.params()) {
                if (pair.kind().isPair()) {
                    for (long length : new long[] {Door.SIZE, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
                        tests.add(DynamicTest.dynamicTest(
                                call.lowerCase() + " " + pair.name() + " " + length,
                                () -> check(call, new Param(pair.name(), pair.kind(), pair.index() + 1), length)));
                    }
                }
            }
        }
        return tests.stream();
    }

    private void check(Call call, Param at, long bad) throws IOException {
        Files.writeString(folder.resolve("file"), "0123456789");
        Map<String, String> before = picture();
        out.reset();
        try (Door door = Door.of(WasiCtx.builder()
                .programName("abc")
                .env("b", "c")
                .stdin(Input.text("x"))
                .stdout(Output.stream(out))
                .preopenedDir(folder, "/data"))) {
            assertThat(door.open("file", 0, Rights.FD_READ | Rights.FD_WRITE, 0))
                    .isEqualTo(FILE);
            door.text(PATH, "file");
            door.text(OTHER, "new");
            door.iovecs(IOVECS, BUFFER, 5);
            door.memory().fill(SUBSCRIPTION, 48, (byte) 0);
            long[] args = GOOD.get(call).clone();
            args[at.index()] = bad;
            byte[] memory = door.memory().read(0, Door.SIZE);

            assertThat(door.call(call.lowerCase(), args)).isEqualTo(Errno.EFAULT);

            assertThat(door.memory().read(0, Door.SIZE)).as("memory").isEqualTo(memory);
            assertThat(picture()).as("the folder").isEqualTo(before);
            assertThat(out.size()).as("output").isZero();
            assertThat(door.call("fd_fdstat_get", 5, 0))
                    .as("no further descriptor")
                    .isEqualTo(Errno.EBADF);
            door.run("fd_tell", FILE, 0);
            assertThat(door.memory().readLong(0)).as("the position").isZero();
        }
    }

    private Map<String, String> picture() throws IOException {
        var picture = new TreeMap<String, String>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                picture.put(
                        file.getFileName().toString(),
                        Files.getLastModifiedTime(file) + (Files.isRegularFile(file) ? Files.readString(file) : ""));
            }
        }
        return picture;
    }
}
