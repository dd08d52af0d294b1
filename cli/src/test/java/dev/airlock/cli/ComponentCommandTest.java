package dev.airlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the commands with components. */
class ComponentCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int airlock(String... args) {
        return Main.execute(new PrintWriter(out), new PrintWriter(err), args);
    }

    private static String guest(String name) {
        return Shell.GUESTS.resolve("components/" + name + ".wasm").toString();
    }

    private int call(String guest, String... calls) {
        return airlock(
                Stream.of(List.of("call", "--no-cache", "--unknown-imports", "trap", guest(guest)), List.of(calls))
                        .flatMap(List::stream)
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c/kit", "rust/kit"})
    void everyValueGoesInAndOutAsText(String kit) {
        int exit = call(
                kit,
                "greet(\"Ada\")",
                "demo:kit/api.greet(\"\")",
                "sum([1, -2, 9223372036854775807])",
                "reverse([1, 2, 255])",
                "repeat({name: \"Ada\", num: 2})",
                "echo-char('🌍')",
                "echo-option(none)",
                "echo-option(some(\"x\"))",
                "divide(1, 0)");

        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
        assertThat(out.toString().lines())
                .startsWith(
                        "\"Hello, Ada!\"",
                        "\"Hello, !\"",
                        "9223372036854775806",
                        "[255, 2, 1]",
                        "{names: [\"Ada\", \"Ada\"]}",
                        "'🌍'",
                        "none");
        assertThat(out.toString()).contains("err(");
    }

    @Test
    void errorsAreReportedBeforeAnythingRuns() {
        assertThat(call("c/kit", "greet(\"Ada\")", "great(\"Ada\")")).isEqualTo(Failures.CANNOT_RUN);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("kit.wasm exports no function \"great\" (did you mean \"greet\"?)");
        assertThat(call("c/kit", "greet(7)")).isEqualTo(Failures.WRONG_USAGE);
        assertThat(err.toString()).contains("name: takes string, got 7");
        assertThat(airlock("call", "--signature", "f: func()", guest("c/kit"), "f()"))
                .isEqualTo(Failures.WRONG_USAGE);
        assertThat(err.toString()).contains("a component contains its functions' types");
    }

    @Test
    void unknownImportsAreListedOrTrap() {
        assertThat(airlock("call", "--no-cache", guest("c/kit"), "greet(\"Ada\")"))
                .isEqualTo(Failures.CANNOT_RUN);
        assertThat(err.toString())
                .contains("demo:kit/host is not defined:")
                .contains("- log: func(text: string)")
                .contains("--unknown-imports trap runs it until");

        assertThat(call("c/kit", "greet(\"Ada\")", "shout(\"Ada\")")).isEqualTo(Failures.TRAPPED);
        assertThat(out.toString()).isEqualTo("\"Hello, Ada!\"" + System.lineSeparator());
        assertThat(err.toString()).contains("the guest called demo:kit/host#log, which is not defined, in ");
    }

    @Test
    void aComponentsReportIsOnePage() {
        assertThat(airlock("inspect", "--no-cache", guest("c/kit"))).isZero();
        assertThat(out.toString())
                .startsWith("kit.wasm: a component, 65,176 bytes\n\n  package root:component;\n\n  world root {\n")
                .contains("core modules: 3")
                .contains("    import demo:kit/host;")
                .contains("      greet: func(name: string) -> string;")
                .contains("\nneeds from its host\n  from the host or another component: demo:kit/host\n\n");
    }

    @Test
    void theEmptyComponentIsAComponent(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("empty.wasm"), new byte[] {0, 'a', 's', 'm', 0x0d, 0, 1, 0});
        assertThat(airlock("inspect", file.toString())).isZero();
        assertThat(out.toString())
                .startsWith("empty.wasm: a component, 8 bytes")
                .contains("needs from its host\n  nothing\n")
                .endsWith("core modules: none\n");
        Files.write(file, new byte[] {0, 'a', 's', 'm', 0x0d, 0, 1, 0, 99});
        assertThat(airlock("inspect", file.toString())).isEqualTo(Failures.CANNOT_RUN);
        assertThat(err.toString()).contains("empty.wasm, byte ");
    }

    @Test
    void aComponentsReportIsJson() {
        assertThat(airlock("inspect", "--no-cache", "--json", guest("c/kit"))).isZero();
        JsonNode report = new JsonMapper().readTree(out.toString());
        assertThat(report.get("kind").asString()).isEqualTo("component");
        assertThat(report.get("coreModules")).hasSize(3);
        assertThat(report.at("/coreModules/0/largeFunctions").isArray()).isTrue();
        assertThat(report.get("imports").get(0).asString()).isEqualTo("demo:kit/host");
    }

    @Test
    void runNamesMissingImports() {
        assertThat(airlock("run", "--no-cache", guest("c/kit"))).isEqualTo(Failures.CANNOT_RUN);
        assertThat(err.toString()).contains("it exports no wasi:cli/run");
    }

    @Test
    void theWitAloneIsReadByItsParser() {
        assertThat(airlock("inspect", "--no-cache", "--wit", guest("wat/types-only")))
                .isZero();
        assertThat(out.toString()).isEqualTo("""
                        package root:component;

                        world root {
                          import demo:shapes/types@0.1.0;
                          use demo:shapes/types@0.1.0.{point as of};

                          export sum: func(of: of) -> s32;
                        }

                        package demo:shapes@0.1.0 {
                          interface types {
                            record point { x: s32, y: s32 }
                          }
                        }
                        """);
        assertThat(airlock("inspect", "--wit", "--json", guest("wat/types-only")))
                .isEqualTo(Failures.WRONG_USAGE);
        assertThat(airlock(
                        "inspect",
                        "--wit",
                        Shell.GUESTS.resolve("wat/numbers.wasm").toString()))
                .isEqualTo(Failures.WRONG_USAGE);
        assertThat(err.toString()).contains("numbers.wasm is a core module, which has no WIT: --wit is for components");
    }

    @Test
    void typesNeedNothingFromTheHost() {
        assertThat(airlock("inspect", "--no-cache", guest("wat/types-only"))).isZero();
        assertThat(out.toString()).contains("needs from its host\n  nothing\n");
        assertThat(airlock("call", "--no-cache", guest("wat/types-only"), "sum({x: 1, y: 2})"))
                .isZero();
        assertThat(out.toString()).endsWith("\n3\n");
    }

    @Test
    void missingImportsOfWasiAreNamedFirstAndCounted() {
        assertThat(airlock("run", "--no-cache", guest("wat/needs-wasi"))).isEqualTo(Failures.CANNOT_RUN);
        assertThat(err.toString())
                .isEqualTo(
                        "airlock: needs-wasi.wasm needs WASI 0.2, which Airlock does not offer yet: 2 imports cannot be"
                                + " linked\n"
                                + "  wasi:cli/environment@0.2.6 is not defined\n"
                                + "  wasi:random/random@0.2.6 is not defined\n");
        err.getBuffer().setLength(0);
        assertThat(airlock("call", "--no-cache", guest("wat/needs-wasi"), "run()"))
                .isEqualTo(Failures.CANNOT_RUN);
        assertThat(err.toString())
                .startsWith(
                        "airlock: needs-wasi.wasm needs WASI 0.2, which Airlock does not offer yet: 3 imports cannot be"
                                + " linked, 2 of them of WASI\n")
                .endsWith("--unknown-imports trap runs it until it calls one of them\n");
        err.getBuffer().setLength(0);
        assertThat(airlock("call", "--no-cache", guest("wat/needs-wasi"), "run()", "--unknown-imports", "trap"))
                .isZero();
    }

    @Test
    void bareWordsAreShownInQuotes() {
        assertThat(call("c/kit", "greet(Ada)")).isEqualTo(Failures.WRONG_USAGE);
        assertThat(err.toString())
                .isEqualTo("airlock: name: Ada is a bare word; write \"Ada\" (line 1, column 7)\n"
                        + "A shell removes double quotes, unless the whole call is in single quotes: 'greet(\"Ada\")'\n"
                        + "Try 'airlock call --help'.\n");
    }
}
