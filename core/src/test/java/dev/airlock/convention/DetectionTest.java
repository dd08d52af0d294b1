package dev.airlock.convention;

import static dev.airlock.convention.Toolchains.RECORD;
import static dev.airlock.convention.Toolchains.S32;
import static dev.airlock.convention.Toolchains.S64;
import static dev.airlock.convention.Toolchains.STRING;
import static dev.airlock.convention.Toolchains.exports;
import static dev.airlock.convention.Toolchains.type;
import static dev.airlock.convention.Toolchains.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.SignatureException;
import dev.airlock.mapping.BlockForm;
import dev.airlock.placement.Placement;
import dev.airlock.placement.Placement.In;
import dev.airlock.placement.Placement.Out;
import dev.airlock.type.ExportType;
import dev.airlock.type.ImportType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which convention real modules point to, in words, and what happens when they point to several or to none. */
class DetectionTest {
    private static final List<ImportType> NO_IMPORTS = List.of();
    private static final List<String> NO_PRODUCERS = List.of();

    @Test
    void c() {
        detects(
                Convention.c(),
                Toolchains.C,
                Toolchains.CLANG,
                "c: producers names Debian clang 14.0.6; exports malloc and free\n");
    }

    @Test
    void rust() {
        detects(
                Convention.rust(),
                Toolchains.RUST,
                Toolchains.RUSTC,
                "rust: producers names rustc 1.63.0; exports alloc and dealloc\n");
    }

    @Test
    void rustThatLinksALibraryInC() {
        detects(
                Convention.rust(),
                exports("memory", "malloc(i32) -> i32", "free(i32)"),
                List.of(
                        "language: C99",
                        "language: Rust",
                        "processed-by: Debian clang 14.0.6",
                        "processed-by: rustc 1.63.0"),
                """
                rust: producers names rustc 1.63.0; exports malloc and free
                (c: producers names Debian clang 14.0.6; but that is for the C library which rust links)
                """);
    }

    @Test
    void tinygo() {
        detects(Convention.tinygo(), Toolchains.TINYGO, Toolchains.TINYGO_TOOLS, """
                tinygo: producers names TinyGo 0.35.0; exports malloc and free
                (c: producers names clang\\18.1.2 (https://github.com/tinygo-org/llvm-project 4d184351); but that is for \
                the C library which tinygo links)
                """);
    }

    @Test
    void go() {
        detects(
                Convention.go(),
                Toolchains.GO,
                Toolchains.GO_TOOLS,
                "go: producers names Go cmd/compile go1.24.4; exports malloc and free\n");
        detects(
                Convention.go(),
                exports("_initialize()", "memory", "add(i32, i32) -> i32"),
                Toolchains.GO_TOOLS,
                "go: producers names Go cmd/compile go1.24.4\n");
    }

    @Test
    void zig() {
        detects(Convention.rust(), Toolchains.ZIG, List.of("language: C99"), """
                rust: exports alloc and dealloc
                (c: producers names C99; but exports no malloc and free)
                """);
        detects(Convention.rust(), Toolchains.ZIG, NO_PRODUCERS, "rust: exports alloc and dealloc\n");
        detects(
                Convention.rust(),
                Toolchains.ZIG,
                List.of("processed-by: Zig 0.13.0"),
                "rust: producers names Zig 0.13.0, which has the same habits; exports alloc and dealloc\n");
    }

    @Test
    void assemblyscript() {
        Detection detection = Detection.of(Toolchains.ASSEMBLYSCRIPT, Toolchains.ASSEMBLYSCRIPT_IMPORTS, NO_PRODUCERS);
        assertThat(detection).hasToString("assemblyscript: exports __new, __pin and __unpin\n");
        assertThat(detection.convention()).contains(Convention.assemblyscript());
    }

    @Test
    void assemblyscriptWithoutItsRuntime() {
        Detection detection =
                Detection.of(exports("greet(i32) -> i32", "memory"), Toolchains.ASSEMBLYSCRIPT_IMPORTS, NO_PRODUCERS);
        assertThat(detection)
                .hasToString("assemblyscript: imports env.abort(i32, i32, i32, i32); but exports no __new, __pin and"
                        + " __unpin, as --exportRuntime would make it\n");
    }

    @Test
    void wasmBindgen() {
        detects(
                Convention.wasmBindgen(),
                Toolchains.WASM_BINDGEN,
                List.of("language: Rust", "processed-by: rustc 1.79.0", "processed-by: wasm-bindgen 0.2.92"),
                """
                wasm-bindgen: exports __wbindgen_malloc and __wbindgen_free; producers names wasm-bindgen 0.2.92
                (rust: producers names rustc 1.79.0; but exports __wbindgen_malloc and __wbindgen_free; \
                producers names wasm-bindgen 0.2.92)
                """);
    }

    @Test
    void fpBindgen() {
        detects(Convention.fpBindgen(), Toolchains.FP_BINDGEN, Toolchains.RUSTC, """
                fp-bindgen: exports __fp_malloc and __fp_free
                (rust: producers names rustc 1.63.0; but exports __fp_malloc and __fp_free)
                """);
    }

    @Test
    void clangWithoutAllocator() {
        detects(
                Convention.c(),
                exports("memory", "version() -> i64"),
                Toolchains.CLANG,
                "c: producers names Debian clang 14.0.6; but exports no malloc and free\n");
    }

    @Test
    void aModuleThatSaysNothing() {
        Detection detection = Detection.of(exports("memory", "add(i32, i32) -> i32"), NO_IMPORTS, NO_PRODUCERS);
        assertThat(detection).hasToString("nothing points to a convention\n");
        assertThat(detection.convention()).isEmpty();
        assertThat(detection
                        .resolve("add", type("(i32, i32) -> i32"), List.of(S32, S32), S32, view())
                        .placement())
                .isEqualTo(new Placement(null, null, In.POINTER_COUNT, Out.PACKED, false, false, BlockForm.UTF8, null));
        assertThatThrownBy(() -> detection.resolve("greet", type("(i32, i32) -> i64"), List.of(STRING), STRING, view()))
                .isInstanceOf(SignatureException.class)
                .hasMessage("greet(String) -> String needs a convention, since more than numbers cross, and nothing in"
                        + " the module points to one: set it, as in convention(Convention.c()) or --convention c; there"
                        + " are c, rust, tinygo, go, assemblyscript, wasm-bindgen and fp-bindgen, or your own by"
                        + " Convention.builder");
        assertThatThrownBy(() -> detection.resolve("add", type("(i64) -> i64"), List.of(S32, S32), S64, view()))
                .isInstanceOf(SignatureException.class)
                .hasMessage("""
                        add(int, int) -> long does not fit what the guest exports:
                          needs (i32, i32) -> i64
                          has   (i64) -> i64""");
    }

    @Test
    void strippedModulesPointToSeveral() {
        assertThat(Detection.of(Toolchains.TINYGO, NO_IMPORTS, NO_PRODUCERS)).hasToString("""
                        tinygo: exports malloc, free, calloc and realloc
                        c: exports malloc and free
                        """);
        assertThat(Detection.of(Toolchains.C, NO_IMPORTS, NO_PRODUCERS)).hasToString("""
                        c: exports malloc and free
                        tinygo: exports malloc and free; but exports no calloc and realloc
                        """);
    }

    @Test
    void thatIsNoMatterWhereTheyAgree() {
        Detection detection = Detection.of(Toolchains.TINYGO, NO_IMPORTS, NO_PRODUCERS);
        assertThat(detection.convention()).isEmpty();
        Detection.Fit fit = detection.resolve(
                "greeting", type("(i32, i32) -> i64"), List.of(STRING), STRING, view(Toolchains.TINYGO));
        assertThat(fit.convention()).isEqualTo(Convention.tinygo());
        assertThat(fit.placement())
                .isEqualTo(Convention.c()
                        .resolve("f", type("(i32, i32) -> i64"), List.of(STRING), STRING, view(Toolchains.C)));
        assertThat(detection
                        .resolveImport("log", type("(i32, i32)"), List.of(STRING), null, view(Toolchains.TINYGO))
                        .convention())
                .isEqualTo(Convention.tinygo());
    }

    @Test
    void orWhereTheFunctionFitsOneOnly() {
        Detection detection = Detection.of(Toolchains.C, NO_IMPORTS, NO_PRODUCERS);
        Detection.Fit fit =
                detection.resolve("greet", type("(i32) -> i32"), List.of(STRING), STRING, view(Toolchains.C));
        assertThat(fit.convention()).isEqualTo(Convention.c());
        assertThat(fit.placement().out()).isEqualTo(Out.NUL_TERMINATED);
    }

    @Test
    void conventionsThatDifferNeedAChoice() {
        Detection detection = Detection.of(Toolchains.TINYGO, NO_IMPORTS, NO_PRODUCERS);
        assertThatThrownBy(() -> detection.resolve(
                        "greet", type("(i32, i32, i32)"), List.of(STRING), STRING, view(Toolchains.TINYGO)))
                .isInstanceOf(SignatureException.class)
                .hasMessage("""
                        greet(String) -> String fits several conventions, which differ here:
                          tinygo: (ptr, len) in, return pointer back; room by malloc and free; arguments freed by the \
                        host; the result left to the guest
                            exports malloc, free, calloc and realloc
                          c: (ptr, len) in, return pointer back; room by malloc and free; arguments freed by the host; \
                        the result freed by the host
                            exports malloc and free
                        set the one it is, as in convention(Convention.tinygo()) or --convention tinygo""");
    }

    @Test
    void twoAllocatorsInOneModule() {
        List<ExportType> exports = Toolchains.with(Toolchains.C, "alloc(i32) -> i32", "dealloc(i32, i32)");
        Detection detection = Detection.of(exports, NO_IMPORTS, Toolchains.CLANG);
        assertThat(detection).hasToString("""
                        rust: exports alloc and dealloc
                        c: producers names Debian clang 14.0.6; exports malloc and free
                        """);
        assertThatThrownBy(() ->
                        detection.resolve("greet", type("(i32, i32) -> i64"), List.of(RECORD), RECORD, view(exports)))
                .isInstanceOf(SignatureException.class)
                .hasMessage("""
                        greet(Request) -> Request fits several conventions, which differ here:
                          rust: (ptr, len) in, ptr<<32 | len back; room by alloc and dealloc; arguments freed by the \
                        host; the result freed by the host; JSON
                            exports alloc and dealloc
                          c: (ptr, len) in, ptr<<32 | len back; room by malloc and free; arguments freed by the host; \
                        the result freed by the host; JSON
                            producers names Debian clang 14.0.6; exports malloc and free
                        set the one it is, as in convention(Convention.rust()) or --convention rust""");
    }

    @Test
    void ifNoConventionFitsTheErrorHasEachReason() {
        Detection detection = Detection.of(Toolchains.TINYGO, NO_IMPORTS, NO_PRODUCERS);
        assertThatThrownBy(
                        () -> detection.resolve("greet", type("(f32)"), List.of(STRING), null, view(Toolchains.TINYGO)))
                .isInstanceOf(SignatureException.class)
                .hasMessage("""
                        greet(String) does not fit what the guest exports, by the convention tinygo:
                          needs (i32, i32)       for (ptr, len) in
                          or    (i32, i32, i32)  for (ptr, len, cap) in
                          has   (f32)
                        greet(String) does not fit what the guest exports, by the convention c:
                          needs (i32, i32)  for (ptr, len) in
                          or    (i32)       for NUL-terminated in
                          has   (f32)""");
    }

    @Test
    void strangeModulesMayNameTwoLanguages() {
        Detection detection = Detection.of(
                Toolchains.RUST, NO_IMPORTS, List.of("processed-by: rustc 1.79.0", "processed-by: TinyGo 0.35.0"));
        assertThat(detection).hasToString("""
                        tinygo: producers names TinyGo 0.35.0
                        rust: producers names rustc 1.79.0; exports alloc and dealloc
                        """);
        assertThat(detection
                        .resolve("greet", type("(i32, i32)"), List.of(STRING), null, view(Toolchains.RUST))
                        .convention())
                .isEqualTo(Convention.rust());
    }

    @Test
    void theUserMaySayIt() {
        Detection detection = Detection.chosen(Convention.fpBindgen());
        assertThat(detection).hasToString("fp-bindgen: chosen\n");
        Detection.Fit fit = detection.resolve(
                "__fp_gen_greet", type("(i64) -> i64"), List.of(STRING), STRING, view(Toolchains.FP_BINDGEN));
        assertThat(fit.placement().in()).isEqualTo(In.FAT);
    }

    private static void detects(Convention convention, List<ExportType> exports, List<String> producers, String words) {
        Detection detection = Detection.of(exports, NO_IMPORTS, producers);
        assertThat(detection).hasToString(words);
        assertThat(detection.convention()).contains(convention);
    }
}
