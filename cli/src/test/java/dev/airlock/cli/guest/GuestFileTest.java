package dev.airlock.cli.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.engine.binary.ModuleOutline.Import;
import dev.airlock.error.ModuleException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestFileTest {
    private static final Path GUESTS = Path.of(System.getProperty("airlock.guests", "../guests"));

    @TempDir
    private Path folder;

    private void refused(String name, byte[] bytes, String what) throws IOException {
        Path file = Files.write(folder.resolve(name), bytes);
        assertThatThrownBy(() -> GuestFile.read(file.toFile()))
                .isInstanceOf(ModuleException.class)
                .hasMessage(file + ": " + what.replace("FILE", file.toString()));
    }

    @Test
    void guestsAreDistinguished() {
        GuestFile module = GuestFile.read(GUESTS.resolve("c/kit.wasm").toFile());
        assertThat(module.name()).isEqualTo("kit.wasm");
        assertThat(module.bytes()).hasSize(14_707);
        assertThat(module.isComponent()).isFalse();
        assertThat(GuestFile.read(GUESTS.resolve("components/c/kit.wasm").toFile())
                        .isComponent())
                .isTrue();
    }

    @Test
    void compressedGuestsAreRefusedWithTheWayToUnpackThem() throws IOException {
        var gzip = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(gzip)) {
            Files.copy(GUESTS.resolve("c/kit.wasm"), out);
        }
        refused(
                "kit.wasm.gz",
                gzip.toByteArray(),
                "this is compressed by gzip: unpack it first, as in 'gunzip -c FILE | airlock run -'");
        refused(
                "kit.zst",
                new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0},
                "this is compressed by zstd: unpack it first, as in 'unzstd -c FILE | airlock run -'");
        refused(
                "kit.zip",
                new byte[] {'P', 'K', 3, 4},
                "this is a zip archive: unpack it, and name the .wasm file in it");
    }

    @Test
    void textFormatIsRefusedWithTheWayToAssembleIt() throws IOException {
        String wasm = folder.resolve("a.wasm").toString();
        for (String text : List.of("(module)", ";; a comment\n(module)", "  (module $x\n)")) {
            refused(
                    "a.wat",
                    text.getBytes(StandardCharsets.UTF_8),
                    "this is WebAssembly as text: assemble it first, as in 'wasm-tools parse FILE -o " + wasm
                            + "' or 'wat2wasm FILE -o " + wasm + "'");
        }
        refused(
                "a.wat",
                ";; a comment\n(component)".getBytes(StandardCharsets.UTF_8),
                "this is WebAssembly as text: assemble it first, as in 'wasm-tools parse FILE -o " + wasm + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<!DOCTYPE html><html> | this is a web page: download the file itself, not a page about it",
                "version https://git-lfs.github.com/spec/v1 | this is a Git LFS pointer, not the file itself: get it with 'git lfs pull'",
                "!<arch> | this is an archive of object files: link it to a .wasm file",
                "hello | this is not WebAssembly, which starts with the bytes 00 61 73 6d (\\0asm)",
                "'' | this is empty",
            })
    void otherFilesAreNamed(String contents, String what) throws IOException {
        refused("guest.wasm", contents.getBytes(StandardCharsets.UTF_8), what);
    }

    @Test
    void aNativeProgramIsRecognized() throws IOException {
        refused(
                "guest",
                new byte[] {0x7f, 'E', 'L', 'F', 2},
                "this is a native program or library, or code that another runtime compiled ahead of time: give Airlock the .wasm"
                        + " file from which it was made");
    }

    @Test
    void truncatedModulesAreLeftToTheDecoder() throws IOException {
        Path file = Files.write(folder.resolve("cut.wasm"), new byte[] {0, 'a', 's'});
        assertThat(GuestFile.read(file.toFile()).bytes()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"https://example.com/a.wasm", "http://example.com/a", "oci://ghcr.io/a/b:1", "file:///tmp/a.wasm"})
    void anAddressIsNotFetched(String url) {
        String shown = url.startsWith("file:") ? "file://tmp/a.wasm" : url;
        assertThatThrownBy(() -> GuestFile.read(new File(url)))
                .isInstanceOf(ModuleException.class)
                .hasMessageStartingWith(shown + ": this is an address, and Airlock reads files: download it first");
    }

    @Test
    void aFolderListsItsGuests() throws IOException {
        assertThatThrownBy(() -> GuestFile.read(folder.toFile()))
                .hasMessage(folder + ": this is a folder: name the .wasm file itself");
        Path one = Files.write(folder.resolve("one.wasm"), new byte[0]);
        Files.write(folder.resolve("two.txt"), new byte[0]);
        assertThatThrownBy(() -> GuestFile.read(folder.toFile()))
                .hasMessage(folder + ": this is a folder: name the .wasm file itself, such as " + one);
    }

    @Test
    void missingImportsAreNamedInFull() {
        assertThatThrownBy(() -> GuestFile.read(folder.resolve("none.wasm").toFile()))
                .hasMessage(folder.resolve("none.wasm") + ": no such file");
    }

    /** Only the start of the file is read; reading all of it would never end. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void anEndlessFileIsRefused() {
        assertThatThrownBy(() -> GuestFile.read(new File("/dev/zero")))
                .hasMessage("/dev/zero: this is not WebAssembly, which starts with the bytes 00 61 73 6d (\\0asm)");
    }

    @ParameterizedTest
    @CsvSource({
        "extism:host/env, input_length, a plug-in for Extism",
        "extism:host/user, my_function, a plug-in for Extism",
        "wbg, __wbindgen_throw, made for JavaScript by wasm-bindgen",
        "./kit_bg.js, __wbg_log_1, made for JavaScript by wasm-bindgen",
        "gojs, runtime.wasmExit, made by Go for JavaScript (GOOS=js)",
        "go, syscall/js.valueGet, made by Go for JavaScript (GOOS=js)",
        "env, emscripten_resize_heap, made by Emscripten for JavaScript",
        "wasix_32v1, thread_spawn, made for WASIX",
        "wasi_unstable, fd_write, made for WASI before preview 1",
        "env, proxy_log, a filter for proxies (proxy-wasm)",
        "env, __linear_memory, an object file"
    })
    void guestsOfOtherHostsAreRecognizedByTheirImports(String module, String name, String what) {
        assertThat(ForeignHost.of(List.of(new Import("wasi_snapshot_preview1", "fd_write"), new Import(module, name))))
                .extracting(ForeignHost::name)
                .containsExactly(what);
    }

    @ParameterizedTest
    @CsvSource({
        "env, log",
        "go, my_function",
        "a, b",
        "env, abort",
        "wasi_snapshot_preview1, fd_write",
        "host, proxy_log"
    })
    void importsOfUnknownHostsAreAccepted(String module, String name) {
        assertThat(ForeignHost.of(List.of(new Import(module, name)))).isEmpty();
    }
}
