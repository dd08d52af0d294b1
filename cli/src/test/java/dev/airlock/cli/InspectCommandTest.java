package dev.airlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("slow")
class InspectCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int airlock(String... args) {
        return Main.execute(new PrintWriter(out), new PrintWriter(err), args);
    }

    private String inspect(String guest) {
        assertThat(airlock("inspect", "--no-cache", Shell.GUESTS.resolve(guest).toString()))
                .as(err.toString())
                .isZero();
        return out.toString();
    }

    @Test
    void aProgramsReportIsOnePage() {
        assertThat(inspect("rust/repeat.wasm"))
                .startsWith("repeat.wasm: a WASI command (a program: it has a _start), ")
                .contains("processed-by: rustc 1.63.0")
                .contains("(as its producers section says, which any tool can write)")
                .contains("  memory      17 pages (1.06 MiB), no maximum\n")
                .contains("    fd_write           func    (i32, i32, i32, i32) -> i32\n")
                .contains("  _start       func    ()\n")
                .endsWith("needs from its host\n  WASI preview 1: streams and files, environment, exit\n");
    }

    @Test
    void aLibraryIsDistinguishedFromAReactor() {
        assertThat(inspect("c/return-string.wasm"))
                .startsWith("return-string.wasm: a WASI reactor")
                .contains("imports: none")
                .endsWith("needs from its host\n  nothing\n");
        out.getBuffer().setLength(0);
        assertThat(inspect("wat/imports.wasm"))
                .startsWith("imports.wasm: a core module (a library)")
                .contains("made by     unknown: it has no producers section")
                .contains("    table    table   funcref 2..\n")
                .contains("    counter  global  mut i64\n")
                .contains("host functions, or another module, as \"env\"");
    }

    // Their code is divided into methods that HotSpot compiles.
    @Test
    void noFunctionIsTooLargeForHotSpot() {
        assertThat(inspect("c/walk.wasm")).contains("functions").doesNotContain("DontCompileHugeMethods");
        assertThat(json("wat/huge.wasm").get("largeFunctions")).isEmpty();
    }

    @Test
    void theWayOfVectorOperatorsShows() {
        assertThat(inspect("kernels/vector-dot.wasm")).contains("  vectors     as plain numbers\n");
        assertThat(json("kernels/vector-dot.wasm").get("vectors").asString()).isEqualTo("lanes");
        assertThat(json("wat/numbers.wasm").get("vectors").isNull()).isTrue();
    }

    private JsonNode json(String guest) {
        out.getBuffer().setLength(0);
        assertThat(airlock(
                        "inspect",
                        "--json",
                        "--no-cache",
                        Shell.GUESTS.resolve(guest).toString()))
                .isZero();
        return JsonMapper.shared().readTree(out.toString());
    }

    @Test
    void sharedMemoriesAndStartFunctionsShow() {
        assertThat(inspect("wat/atomics.wasm")).contains("1 pages (64 KiB), at most 2 (128 KiB), shared");
        out.getBuffer().setLength(0);
        assertThat(inspect("wat/start.wasm")).contains("runs on each instantiation");
    }

    @Test
    void jsonSaysTheSame() {
        assertThat(airlock(
                        "inspect",
                        "--json",
                        "--no-cache",
                        Shell.GUESTS.resolve("wat/traps.wasm").toString()))
                .isZero();
        JsonNode report = JsonMapper.shared().readTree(out.toString());
        assertThat(report.get("kind").asString()).isEqualTo("module");
        assertThat(report.get("imports").size()).isZero();
        assertThat(report.at("/memories/0/initialPages").asInt()).isEqualTo(1);
        assertThat(report.at("/memories/0/maximumPages").isNull()).isTrue();
        assertThat(report.get("exports").valueStream().map(e -> e.get("name").asString()))
                .contains("unreachable", "divide", "memory");
    }

    @Test
    void aLibrarysConventionIsShownWithItsEvidence() {
        assertThat(inspect("zig/kit.wasm"))
                .contains("\nconvention of its functions: rust\n"
                        + "  exports alloc and dealloc\n"
                        + "  not c: producers names C99\n"
                        + "    but exports no malloc and free\n\n");
        out.getBuffer().setLength(0);
        assertThat(inspect("wat/numbers.wasm"))
                .contains("convention of its functions: unknown, so only numbers can cross unless --convention"
                        + " chooses one\n");
        out.getBuffer().setLength(0);
        assertThat(inspect("rust/repeat.wasm")).doesNotContain("convention");
    }

    @Test
    void theConventionHasMembersInJson() {
        assertThat(airlock(
                        "inspect",
                        "--json",
                        "--no-cache",
                        Shell.GUESTS.resolve("zig/kit.wasm").toString()))
                .isZero();
        JsonNode convention = JsonMapper.shared().readTree(out.toString()).get("convention");
        assertThat(convention).isEqualTo(JsonMapper.shared().readTree("""
                        {"candidates": [{"name": "rust", "reasons": ["exports alloc and dealloc"], "doubts": []}],
                         "dismissed": [{"name": "c", "reasons": ["producers names C99"],
                                        "doubts": ["exports no malloc and free"]}]}
                        """));
        out.getBuffer().setLength(0);
        assertThat(airlock(
                        "inspect",
                        "--json",
                        "--no-cache",
                        Shell.GUESTS.resolve("rust/repeat.wasm").toString()))
                .isZero();
        assertThat(JsonMapper.shared()
                        .readTree(out.toString())
                        .get("convention")
                        .isNull())
                .isTrue();
    }

    @Test
    void aWrongCommandLineIsReportedInTwoLines() {
        assertThat(airlock("inspekt")).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(2).startsWith("airlock: ").contains("inspect");
        err.getBuffer().setLength(0);
        assertThat(airlock()).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("airlock: a guest or a command is needed: airlock GUEST, or run, call, inspect or compile\n"
                        + "Try 'airlock --help'.\n");
        err.getBuffer().setLength(0);
        assertThat(airlock("run")).isEqualTo(2);
        assertThat(err.toString()).contains("GUEST").endsWith("Try 'airlock run --help'.\n");
    }

    @Test
    void helpTeaches() {
        assertThat(airlock("--help")).isZero();
        assertThat(out.toString())
                .contains("Examples:", "Exit codes, besides the guest's own:", "134   the guest trapped", "inspect");
        out.getBuffer().setLength(0);
        assertThat(airlock("run", "--help")).isZero();
        assertThat(out.toString()).contains("--dir=HOST[::GUEST]", "airlock run --dir . sort.wasm names.txt");
    }

    @Test
    void oneFunctionIsExplained() {
        String kit = Shell.GUESTS.resolve("c/kit.wasm").toString();
        assertThat(airlock("inspect", "--no-cache", kit, "--explain", "greet: func(name: string) -> string"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("utf8(name)", "free(")
                .endsWith("\n")
                .doesNotContain("imports");
        String freed = out.toString();
        out.getBuffer().setLength(0);
        assertThat(airlock(
                        "inspect",
                        "--no-cache",
                        kit,
                        "--static-results",
                        "--explain",
                        "greet: func(name: string) -> string"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).isNotEqualTo(freed);
        out.getBuffer().setLength(0);
        assertThat(airlock(
                        "inspect",
                        "--no-cache",
                        "--explain",
                        "greet",
                        Shell.GUESTS.resolve("components/c/kit.wasm").toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("by the canonical ABI", "call(ptr, count)", "post-return(ret)");
        assertThat(airlock("inspect", kit, "--explain", "greet", "--json")).isEqualTo(2);
        assertThat(airlock("inspect", kit, "--convention", "c")).isEqualTo(2);
        assertThat(airlock("inspect", "--no-cache", kit, "--explain", "greet: func(name: string"))
                .isEqualTo(2);
    }
}
