package dev.airlock.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.engine.Caller;
import dev.airlock.engine.Engine;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.error.ExitException;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LimitException;
import dev.airlock.error.LinkException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.wasi.preview1.WasiPreview1;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WasiCtxTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private WasiCtx.Builder ctx(String... args) {
        return WasiCtx.builder()
                .programName("echo")
                .args(List.of(args))
                .stdout(Output.stream(out))
                .stderr(Output.stream(err));
    }

    /** Runs echo.wasm by its _start. */
    private int run(WasiCtx.Builder builder) {
        Linker linker = new Linker();
        WasiPreview1.addTo(linker, builder.build());
        try (Instance instance = linker.instantiate(Guests.module("c/echo"))) {
            instance.function("_start").call();
            return 0;
        } catch (ExitException e) {
            return e.exitCode();
        }
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aGuestGetsNothingByDefault() {
        Linker linker = new Linker();
        WasiPreview1.addTo(linker, WasiCtx.builder().build());
        try (Instance instance = linker.instantiate(Guests.module("c/echo"))) {
            assertThatThrownBy(() -> instance.function("_start").call())
                    .as("the usage: no argument at all")
                    .isInstanceOfSatisfying(
                            ExitException.class, e -> assertThat(e.exitCode()).isEqualTo(2));
        }
        assertThat(run(ctx("env"))).isZero();
        assertThat(run(ctx("cat"))).isZero();
        assertThat(out()).isEmpty();
        assertThat(err()).isEmpty();
    }

    @Test
    void aGuestWithoutFoldersReadsNone(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "secret");
        for (String path : List.of(secret.toString(), "/etc/passwd", ".", "..", "secret.txt", "/")) {
            assertThat(run(ctx("read", path))).as(path).isEqualTo(1);
            assertThat(run(ctx("ls", path))).as(path).isEqualTo(1);
            assertThat(run(ctx("write", path, "x"))).as(path).isEqualTo(1);
        }
        assertThat(out()).isEmpty();
        assertThat(err()).contains("/etc/passwd: ");
        assertThat(secret).hasContent("secret");
    }

    @Test
    void argumentsArriveUnchanged() {
        assertThat(run(ctx("args", "", "ü€😀", " two words ", "", "a=b", "'\"\\", "-x")))
                .isZero();
        assertThat(out()).isEqualTo("echo\nargs\n\nü€😀\n two words \n\na=b\n'\"\\\n-x\n");
    }

    @Test
    void manyArgumentsArrive() {
        List<String> many =
                IntStream.range(0, 5000).mapToObj(i -> "argument " + i).toList();
        assertThat(run(ctx("args").args(many))).isZero();
        assertThat(out().lines().skip(2)).isEqualTo(many);
    }

    @Test
    void aLongArgumentArrives() {
        String large = "ab".repeat(50_000);
        assertThat(run(ctx("args", large))).isZero();
        assertThat(out()).isEqualTo("echo\nargs\n" + large + "\n");
    }

    @Test
    void theEnvironmentHasOnlyTheGivenVariables() {
        assertThat(run(ctx("env")
                        .env("B", "2")
                        .env("A", "")
                        .env("ÄÖ", "ü€😀")
                        .env("C", "x=y=z")
                        .env("B", "3")
                        .env("SPACE", " a b ")))
                .isZero();
        assertThat(out()).isEqualTo("A=\nB=3\nC=x=y=z\nSPACE= a b \nÄÖ=ü€😀\n");
    }

    @Test
    void textsWithNulAndBadVariableNamesAreRefused() {
        WasiCtx.Builder builder = WasiCtx.builder();
        assertThatThrownBy(() -> builder.arg("a\0b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an argument has a NUL character in it");
        assertThatThrownBy(() -> builder.env("A", "\0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the value of A has a NUL character in it");
        assertThatThrownBy(() -> builder.env("A\0", "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the name of a variable has a NUL character in it");
        assertThatThrownBy(() -> builder.env("", "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the name of a variable must not be empty or contain '='");
        assertThatThrownBy(() -> builder.env("A=B", "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(": A=B");
        assertThatThrownBy(() -> builder.preopenedDir(Path.of("."), "\0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the name of a folder has a NUL character in it");
        assertThatThrownBy(() -> builder.preopenedDir(null, "/"))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("host");
        assertThatThrownBy(() -> builder.stdin(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("input");
    }

    @Test
    void aContextDoesNotChangeWithItsBuilder() {
        WasiCtx.Builder builder = ctx("args");
        WasiCtx built = builder.build();
        builder.arg("later").env("LATER", "1");
        Linker linker = new Linker();
        WasiPreview1.addTo(linker, built);
        try (Instance instance = linker.instantiate(Guests.module("c/echo"))) {
            instance.function("_start").call();
        }
        assertThat(out()).isEqualTo("echo\nargs\n");
    }

    @Test
    void oneContextServesManyInstances() {
        WasiCtx built = ctx("cat").stdin(Input.text("again ")).build();
        Linker linker = new Linker();
        WasiPreview1.addTo(linker, built);
        for (int i = 0; i < 3; i++) {
            try (Instance instance = linker.instantiate(Guests.module("c/echo"))) {
                instance.function("_start").call();
            }
        }
        assertThat(out()).isEqualTo("again again again ");
    }

    @Test
    void aFolderIsReadWrittenAndListed(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("in.txt"), "some text\n");
        Files.createDirectory(folder.resolve("sub"));
        Files.writeString(folder.resolve("sub/ünïcode.txt"), "deep");
        assertThat(run(ctx("read", "/data/in.txt").preopenedDir(folder, "/data")))
                .isZero();
        assertThat(out()).isEqualTo("some text\n");
        out.reset();
        assertThat(run(ctx("write", "/data/out.txt", "written ü").preopenedDir(folder, "/data")))
                .isZero();
        assertThat(folder.resolve("out.txt")).hasContent("written ü");
        assertThat(run(ctx("ls", "/data").preopenedDir(folder, "/data"))).isZero();
        assertThat(out()).isEqualTo("in.txt\nout.txt\nsub\n");
        out.reset();
        assertThat(run(ctx("ls", "/data/sub").preopenedDir(folder, "/data"))).isZero();
        assertThat(out()).isEqualTo("ünïcode.txt\n");
        out.reset();
        assertThat(run(ctx("read", "/data/sub/../sub/ünïcode.txt").preopenedDir(folder, "/data")))
                .isZero();
        assertThat(out()).isEqualTo("deep");
        assertThat(err()).isEmpty();
    }

    @Test
    void aMissingFileIsReportedByTheGuest(@TempDir Path folder) {
        assertThat(run(ctx("read", "/data/none.txt").preopenedDir(folder, "/data")))
                .isEqualTo(1);
        assertThat(err()).isEqualTo("/data/none.txt: No such file or directory\n");
    }

    @Test
    void aFolderWithManyFilesIsListedWhole(@TempDir Path folder) throws IOException {
        var names = new ArrayList<String>();
        for (int i = 0; i < 300; i++) {
            names.add(String.format(Locale.ROOT, "a file with a rather long name, number %04d.txt", i));
            Files.createFile(folder.resolve(names.get(i)));
        }
        assertThat(run(ctx("ls", "/d").preopenedDir(folder, "/d"))).isZero();
        assertThat(out().lines()).isEqualTo(names);
    }

    @Test
    void severalFoldersAreSeparate(@TempDir Path one, @TempDir Path two) throws IOException {
        Files.writeString(one.resolve("f"), "one");
        Files.writeString(two.resolve("f"), "two");
        assertThat(run(ctx("read", "/b/f").preopenedDir(one, "/a").preopenedDir(two, "/b")))
                .isZero();
        assertThat(run(ctx("read", "/a/f").preopenedDir(one, "/a").preopenedDir(two, "/b")))
                .isZero();
        assertThat(out()).isEqualTo("twoone");
    }

    @Test
    void aGuestDoesNotClimbOutOfItsFolder(@TempDir Path folder) throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Files.writeString(folder.resolve("secret"), "secret");
        for (String path : List.of("/data/../secret", "/data/../../secret", "/secret", "/data//../secret")) {
            assertThat(run(ctx("read", path).preopenedDir(inner, "/data")))
                    .as(path)
                    .isEqualTo(1);
            assertThat(run(ctx("write", path, "x").preopenedDir(inner, "/data")))
                    .as(path)
                    .isEqualTo(1);
        }
        assertThat(out()).isEmpty();
        assertThat(folder.resolve("secret")).hasContent("secret");
    }

    @Test
    void aLinkDoesNotLeadOutOfTheFolder(@TempDir Path folder) throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(inner.resolve("relative"), Path.of("../secret"));
        Files.createSymbolicLink(inner.resolve("absolute"), secret.toAbsolutePath());
        Files.createSymbolicLink(inner.resolve("up"), folder.toAbsolutePath());
        for (String path : List.of("/data/relative", "/data/absolute", "/data/up/secret")) {
            assertThat(run(ctx("read", path).preopenedDir(inner, "/data")))
                    .as(path)
                    .isEqualTo(1);
            assertThat(run(ctx("write", path, "x").preopenedDir(inner, "/data")))
                    .as(path)
                    .isEqualTo(1);
        }
        assertThat(run(ctx("ls", "/data/up").preopenedDir(inner, "/data"))).isEqualTo(1);
        assertThat(out()).isEmpty();
        assertThat(secret).hasContent("secret");
    }

    @Test
    void nothingIsCreatedOutsideTheFolderThroughALink(@TempDir Path folder) throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Files.createSymbolicLink(inner.resolve("dangling"), Path.of("../made"));
        Files.createSymbolicLink(
                inner.resolve("absolute"), folder.resolve("made").toAbsolutePath());
        Files.createSymbolicLink(inner.resolve("up"), folder.toAbsolutePath());
        for (String path : List.of("/data/dangling", "/data/absolute", "/data/../made")) {
            assertThat(run(ctx("write", path, "x").preopenedDir(inner, "/data")))
                    .as(path)
                    .isEqualTo(1);
        }
        assertThat(folder.resolve("made")).doesNotExist();
    }

    @Test
    void nothingIsCreatedOutsideTheFolderThroughALinkedFolder(@TempDir Path folder) throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(inner.resolve("absolute"), outside.toAbsolutePath());
        Files.createSymbolicLink(inner.resolve("relative"), Path.of("../outside"));
        for (String path : List.of("/data/absolute/made", "/data/relative/made")) {
            assertThat(run(ctx("write", path, "x").preopenedDir(inner, "/data")))
                    .as(path)
                    .isEqualTo(1);
            assertThat(outside).isEmptyDirectory();
        }
    }

    /**
     * Exports mkdir and unlink, which take a path in memory and call the WASI functions of the same purpose with
     * descriptor 3.
     */
    private static final byte[] MAKING_AND_DELETING = HexFormat.ofDelimiter(" ")
            .parseHex("00 61 73 6d 01 00 00 00 01 0e 02 60 03 7f 7f 7f 01 7f 60 02 7f 7f 01 7f"
                    + " 02 5a 02 16 77 61 73 69 5f 73 6e 61 70 73 68 6f 74 5f 70 72 65 76 69 65"
                    + " 77 31 15 70 61 74 68 5f 63 72 65 61 74 65 5f 64 69 72 65 63 74 6f 72 79"
                    + " 00 00 16 77 61 73 69 5f 73 6e 61 70 73 68 6f 74 5f 70 72 65 76 69 65 77"
                    + " 31 10 70 61 74 68 5f 75 6e 6c 69 6e 6b 5f 66 69 6c 65 00 00 03 03 02 01"
                    + " 01 05 03 01 00 01 07 1b 03 06 6d 65 6d 6f 72 79 02 00 05 6d 6b 64 69 72"
                    + " 00 02 06 75 6e 6c 69 6e 6b 00 03 0a 17 02 0a 00 41 03 20 00 20 01 10 00"
                    + " 0b 0a 00 41 03 20 00 20 01 10 01 0b");

    private static int call(Instance guest, String function, String path) {
        int length = guest.memory().writeString(0, path);
        return (int) guest.function(function).call(0, length)[0];
    }

    private static Instance makingAndDeleting(Path folder) {
        Linker linker = new Linker();
        WasiPreview1.addTo(
                linker, WasiCtx.builder().preopenedDir(folder, "/data").build());
        return linker.instantiate(Engine.create().compile("files.wasm", MAKING_AND_DELETING));
    }

    @Test
    void foldersAreCreatedAndFilesDeletedInside(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        try (Instance guest = makingAndDeleting(folder)) {
            assertThat(call(guest, "mkdir", "made")).isZero();
            assertThat(folder.resolve("made")).isDirectory();
            assertThat(call(guest, "unlink", "file")).isZero();
            assertThat(file).doesNotExist();
            assertThat(call(guest, "unlink", "../file")).isNotZero();
            assertThat(call(guest, "mkdir", "../made-outside")).isNotZero();
        }
    }

    @Test
    void nothingIsCreatedOrDeletedOutsideThroughALinkedFolder(@TempDir Path folder) throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path victim = Files.createFile(outside.resolve("victim"));
        Files.createSymbolicLink(inner.resolve("link"), Path.of("../outside"));
        try (Instance guest = makingAndDeleting(inner)) {
            assertThat(call(guest, "unlink", "link/victim")).isNotZero();
            assertThat(victim).exists();
            assertThat(call(guest, "mkdir", "link/made")).isNotZero();
            assertThat(outside.resolve("made")).doesNotExist();
        }
    }

    @Test
    void aMissingFolderIsNamed(@TempDir Path folder) throws IOException {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> run(ctx("cat").preopenedDir(none, "/data")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot give the folder /data to the guest: there is no folder " + none);
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> run(ctx("cat").preopenedDir(file, "/data")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot give the folder /data to the guest: there is no folder " + file);
    }

    @Test
    void aMissingInputFileIsNamed(@TempDir Path folder) {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> run(ctx("cat").stdin(Input.file(none))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("a standard stream of the guest cannot be opened")
                .hasRootCauseMessage(none.toString());
    }

    @Test
    void aStreamThatThrowsOnReadIsAnErrorOfTheGuest() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("no more paper");
            }
        };
        assertThat(run(ctx("cat").stdin(Input.stream(broken)))).isEqualTo(1);
        assertThat(err()).startsWith("read: ");
    }

    @Test
    void aStreamThatThrowsOnWriteIsAnErrorOfTheGuest() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no more paper");
            }
        };
        assertThat(run(ctx("flood", "10").stdout(Output.stream(broken)))).isEqualTo(1);
        assertThat(err()).startsWith("write: ");
    }

    @Test
    void aConsumerThatThrowsIsATrapWithItsCause() {
        var cause = new IllegalStateException("enough");
        assertThatThrownBy(() -> run(ctx("args").stdout(Output.lines(line -> {
                    throw cause;
                }))))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.HOST_FUNCTION))
                .hasCause(cause)
                .hasMessageStartingWith(
                        "host function wasi_snapshot_preview1.fd_write threw IllegalStateException: enough");
    }

    @Test
    void linesComeWhileTheGuestRuns() {
        var lines = new ArrayList<String>();
        assertThat(run(ctx("args", "", "last").stdout(Output.lines(lines::add))))
                .isZero();
        assertThat(lines).containsExactly("echo", "args", "", "last");
        lines.clear();
        assertThat(run(ctx("cat").stdin(Input.text("a\r\n\nno end")).stdout(Output.lines(lines::add))))
                .isZero();
        assertThat(lines).containsExactly("a", "", "no end");
    }

    @Test
    void aLineThatIsTooLongIsALimitException() {
        assertThatThrownBy(() -> run(ctx("flood", "101").stdout(Output.lines(100, line -> {}))))
                .isInstanceOf(LimitException.class)
                .hasMessage("over the limit of 100 bytes in a line of output: the guest asked for 101");
        assertThat(run(ctx("flood", "100")
                        .stdout(Output.lines(100, line -> out.writeBytes(line.getBytes(StandardCharsets.UTF_8))))))
                .isZero();
        assertThat(out()).isEqualTo("x".repeat(100));
    }

    @Test
    void aLastLineWithoutEndIsPassedOnAlsoAfterAnExit() {
        var lines = new ArrayList<String>();
        assertThat(run(ctx("read", "none").stderr(Output.lines(lines::add)))).isEqualTo(1);
        assertThat(lines).hasSize(1);
        lines.clear();
        assertThatThrownBy(() -> run(ctx("bad").stderr(Output.lines(10, lines::add))))
                .isInstanceOf(LimitException.class);
    }

    @Test
    void definitionsOfTheLinkerTakePrecedence() {
        Linker linker = new Linker();
        WasiPreview1.addTo(linker, ctx("time").build());
        linker.function("wasi_snapshot_preview1", "clock_time_get", Clock.class, (caller, id, precision, result) -> {
            caller.memory().writeLong(result, 1_609_459_100L * 1_000_000_000L);
            return 0;
        });
        try (Instance instance = linker.instantiate(Guests.module("c/echo"))) {
            assertThatThrownBy(() -> instance.function("_start").call())
                    .as("it is before 2021 there")
                    .isInstanceOfSatisfying(
                            ExitException.class, e -> assertThat(e.exitCode()).isEqualTo(1));
        }
        assertThat(run(ctx("time"))).as("and after 2020 here").isZero();
    }

    private interface Clock {
        int get(Caller caller, int id, long precision, int result);
    }

    /** Returns a module that imports one function of WASI, of the type {@code (i32, i32) -> i32}. */
    private static Module importing(String name) {
        byte[] letters = name.getBytes(StandardCharsets.US_ASCII);
        byte[] host = "wasi_snapshot_preview1".getBytes(StandardCharsets.US_ASCII);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 1, 7, 1, 0x60, 2, 0x7f, 0x7f, 1, 0x7f});
        bytes.writeBytes(new byte[] {2, (byte) (host.length + letters.length + 5), 1, (byte) host.length});
        bytes.writeBytes(host);
        bytes.write(letters.length);
        bytes.writeBytes(letters);
        bytes.writeBytes(new byte[] {0, 0});
        return Engine.create().compile("importing.wasm", bytes.toByteArray());
    }

    @Test
    void anUnknownFunctionIsReportedWithTheNearestName() {
        Linker linker = new Linker();
        WasiPreview1.addTo(linker, ctx().build());
        assertThat(linker.instantiate(importing("args_get")).module().name()).isEqualTo("importing.wasm");
        assertThatThrownBy(() -> linker.instantiate(importing("args_gets")))
                .isInstanceOf(LinkException.class)
                .hasMessage("importing.wasm: 1 import cannot be linked\n"
                        + "  wasi_snapshot_preview1.args_gets is not defined: it has to be func (i32, i32) -> i32"
                        + " (did you mean \"wasi_snapshot_preview1.args_get\"?)");
        assertThatThrownBy(() -> linker.instantiate(importing("fd_write")))
                .isInstanceOf(LinkException.class)
                .hasMessage("importing.wasm: 1 import cannot be linked\n"
                        + "  wasi_snapshot_preview1.fd_write has to be func (i32, i32) -> i32,"
                        + " but func (i32, i32, i32, i32) -> i32 is defined");
    }

    @Test
    void aLaterContextReplacesAnEarlierOne() {
        Linker linker = new Linker();
        WasiPreview1.addTo(linker, ctx("env").build());
        WasiPreview1.addTo(linker, ctx("args").build());
        try (Instance instance = linker.instantiate(Guests.module("c/echo"))) {
            instance.function("_start").call();
        }
        assertThat(out()).isEqualTo("echo\nargs\n");
    }

    @Test
    void aFileIsCompleteWhenTheInstanceIsClosed(@TempDir Path folder) {
        Path file = folder.resolve("out");
        assertThat(run(ctx("flood", "100000").stdout(Output.file(file)))).isZero();
        assertThat(file).hasSize(100_000);
    }

    @Test
    void anExitIsNotATrapAndEndsTheInstance() {
        Linker linker = new Linker();
        WasiPreview1.addTo(linker, ctx("exit", "7").build());
        try (Instance instance = linker.instantiate(Guests.module("c/echo"))) {
            assertThatThrownBy(() -> instance.function("_start").call())
                    .isInstanceOf(ExitException.class)
                    .hasMessage("the guest exited with code 7");
            assertThatThrownBy(() -> instance.function("_start").call())
                    .isInstanceOf(InstanceStateException.class)
                    .hasMessage("this instance of echo.wasm cannot be entered: it has exited with code 7");
        }
    }
}
