package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.error.ExitException;
import dev.airlock.error.Trap;
import dev.airlock.wasi.Output;
import dev.airlock.wasi.WasiCtx;
import dev.airlock.wasi.preview1.WasiPreview1;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTest {
    private final List<CallEvent> events = new ArrayList<>();

    private Linker linker() {
        return new Linker()
                .function("wasi_snapshot_preview1", "proc_exit", (IntConsumer) code -> {
                    throw new ExitException(code);
                })
                .trace(events::add);
    }

    private List<String> lines() {
        return events.stream()
                .map(e -> e.text().replaceAll(" <[0-9]+\\.[0-9] µs>$", ""))
                .toList();
    }

    @Test
    void aHostFunctionIsToldByItsNumbers() {
        Instance guest = linker().function("env", "callback", (IntUnaryOperator) x -> x * 2)
                .instantiate(Guests.module("wat/callback"));
        guest.function("call").call(-21);
        assertThat(events).hasSize(1);
        CallEvent event = events.get(0);
        assertThat(event.guest()).isEqualTo("callback.wasm");
        assertThat(event.module()).isEqualTo("env");
        assertThat(event.name()).isEqualTo("callback");
        assertThat(event.arguments()).containsExactly("-21");
        assertThat(event.result()).isEqualTo("-42");
        assertThat(event.thrown()).isNull();
        assertThat(event.nanos()).isNotNegative();
        assertThat(event.toString()).matches("env\\.callback\\(-21\\) = -42 <[0-9]+\\.[0-9] µs>");
    }

    @Test
    void whatEndsTheGuestIsToldToo() {
        var cause = new IllegalStateException("no\n\u001b[31m" + "x".repeat(1000));
        Instance guest = linker().function("env", "callback", (IntUnaryOperator) x -> {
                    throw cause;
                })
                .instantiate(Guests.module("wat/callback"));
        assertThatThrownBy(() -> guest.function("call").call(1)).isInstanceOf(Trap.class);
        assertThat(events.get(0).thrown()).isSameAs(cause);
        assertThat(lines().get(0))
                .startsWith("callback(1) = ? no\\u{a}\\u{1b}[31mxxx")
                .endsWith("… (1008 characters)");
    }

    @Test
    void aNestedCallComesFirst() {
        Instance guest = linker().function(
                        "env",
                        "callback",
                        (Caller caller, int n) ->
                                n == 0 ? 0 : n + (int) caller.function("call").call(n - 1)[0])
                .instantiate(Guests.module("wat/callback"));
        guest.function("call").call(2);
        assertThat(lines()).containsExactly("callback(0) = 0", "callback(1) = 1", "callback(2) = 3");
    }

    @Test
    void whatATracerThrowsEndsTheGuest() {
        Instance guest = linker().function("env", "callback", (IntUnaryOperator) x -> x)
                .trace(event -> {
                    throw new IllegalStateException("enough seen");
                })
                .instantiate(Guests.module("wat/callback"));
        assertThatThrownBy(() -> guest.function("call").call(1))
                .isInstanceOf(Trap.class)
                .hasMessageContaining("enough seen");
    }

    @Test
    void aFunctionOfAnotherInstanceIsToldToo() {
        Instance provider = new Linker().instantiate(Guests.module("wat/provider"));
        Instance guest =
                new Linker().trace(events::add).instance("env", provider).instantiate(Guests.module("wat/imports"));
        assertThat(guest.function("call_mul").call(6, 7)).containsExactly(42);
        guest.function("call_log").call(1, 2);
        assertThat(lines()).containsExactly("mul(6, 7) = 42", "log(1, 2)");
    }

    private int echo(Path folder, String... args) {
        Linker linker = new Linker().trace(events::add);
        WasiPreview1.addTo(
                linker,
                WasiCtx.builder()
                        .programName("echo")
                        .args(List.of(args))
                        .stdout(Output.discard())
                        .preopenedDir(folder, "/")
                        .build());
        try (Instance instance = linker.instantiate(Guests.module("c/echo"))) {
            instance.function("_start").call();
            return 0;
        } catch (ExitException e) {
            return e.exitCode();
        }
    }

    @Test
    void wasiIsToldInWords(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("in.txt"), "hello");
        assertThat(echo(folder, "read", "in.txt")).isZero();
        assertThat(lines())
                .contains("fd_prestat_get(fd=3) = prestat=a directory, 1 bytes of name")
                .contains("fd_prestat_get(fd=4) = EBADF")
                .contains("fd_write(fd=1, iovs=5 bytes) = size=5")
                .contains("fd_close(fd=4) = ESUCCESS")
                .anyMatch(line -> line.startsWith("path_open(fd=3, dirflags=SYMLINK_FOLLOW, path=\"in.txt\", oflags=0,"
                                + " fs_rights_base=FD_READ|")
                        && line.endsWith("fdflags=0) = fd=4"))
                .anyMatch(line -> line.startsWith("fd_read(fd=4, iovs=4096 bytes) = size=5"));
        events.clear();
        assertThat(echo(folder, "exit", "3")).isEqualTo(3);
        assertThat(lines()).endsWith("proc_exit(rval=3) = ? the guest exited with code 3");
    }

    @Test
    void aGuestCannotDriveATerminal(@TempDir Path folder) {
        assertThat(echo(folder, "read", "\u001b[2J\u202eevil\"\\\n")).isEqualTo(1);
        assertThat(lines())
                .anyMatch(line ->
                        line.contains("path=\"\\u{1b}[2J\\u{202e}evil\\\"\\\\\\u{a}\"") && line.endsWith(" = ENOENT"));
        assertThat(lines()).noneMatch(line -> line.chars().anyMatch(Character::isISOControl));
        events.clear();
        assertThat(echo(folder, "read", "y".repeat(3_000))).isEqualTo(1);
        assertThat(lines())
                .anyMatch(line -> line.startsWith("path_open") && line.contains("… (3000 bytes)"))
                .allMatch(line -> line.length() < 2_000);
    }
}
