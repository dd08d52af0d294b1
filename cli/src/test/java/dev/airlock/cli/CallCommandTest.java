package dev.airlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class CallCommandTest {
    private static final String KIT = """
            record request { name: string, num: s32 }
            record answer { names: list<string> }
            greet: func(name: string) -> string
            echo: func(text: string) -> string
            count: func(text: string) -> u32
            reverse: func(bytes: list<u8>) -> list<u8>
            sum: func(values: list<s64>) -> s64
            scale: func(values: list<f64>, by: f64) -> list<f64>
            repeat: func(request: request) -> answer
            shout: func(text: string)
            ask: func(question: string) -> string
            fail: func(text: string) -> string
            """;
    private static final String NUMBERS =
            Shell.GUESTS.resolve("wat/numbers.wasm").toString();
    private static final String RETURN_STRING =
            Shell.GUESTS.resolve("c/return-string.wasm").toString();
    private static final String C_KIT = Shell.GUESTS.resolve("c/kit.wasm").toString();

    /** The command's exit code and output. */
    private record Done(int exitCode, String out, String err) {}

    private static Done call(String... args) {
        var all = new ArrayList<>(List.of("call", "--no-cache"));
        all.addAll(List.of(args));
        var out = new StringWriter();
        var err = new StringWriter();
        int exitCode = Main.execute(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
        return new Done(exitCode, out.toString(), err.toString());
    }

    private static Done kit(String guest, String... calls) {
        var all = new ArrayList<>(List.of("--unknown-imports", "trap", "--payload", "json", "--signature", KIT, guest));
        all.addAll(List.of(calls));
        return call(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rust", "c", "assemblyscript", "go", "zig"})
    void everyLanguageAnswersAlike(String language) {
        assertThat(kit(
                        Shell.GUESTS.resolve(language + "/kit.wasm").toString(),
                        "greet(\"Ada\")",
                        "greet(\"\")",
                        "echo(\"Grüße, 🌍 \\\"you\\\"\")",
                        "count(\"Grüße, 🌍\")",
                        "reverse([1, 2, 255])",
                        "reverse([])",
                        "sum([1, -2, 9223372036854775807])",
                        "scale([1.5, -0.0, inf], 2)",
                        "repeat({name: \"Ada\", num: 2})",
                        "repeat({name: \"\", num: 0})",
                        "add(2147483647, 1)"))
                .isEqualTo(new Done(0, """
                        "Hello, Ada!"
                        "Hello, !"
                        "Grüße, 🌍 \\"you\\""
                        8
                        [255, 2, 1]
                        []
                        9223372036854775806
                        [3, -0, inf]
                        {names: ["Ada", "Ada"]}
                        {names: []}
                        -2147483648
                        """, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rust", "c", "assemblyscript", "zig"})
    void aMissingImportTrapsWhenItIsCalled(String language) {
        String guest = Shell.GUESTS.resolve(language + "/kit.wasm").toString();
        Done shout = kit(guest, "add(1, 2)", "shout(\"x\")", "add(3, 4)");
        assertThat(shout.exitCode()).isEqualTo(134);
        assertThat(shout.out()).isEqualTo("3\n");
        assertThat(shout.err())
                .matches("airlock: the guest called env.log, which is not defined, in [^\n]*shout[^\n]* of kit.wasm\n");
        assertThat(kit(guest, "ask(\"x\")").err())
                .matches(
                        "airlock: the guest called env.answer, which is not defined, in [^\n]*ask[^\n]* of kit.wasm\n");
    }

    private static Done managed(String signature, String... options) {
        var all = new ArrayList<>(List.of("--unknown-imports", "trap", "--signature", signature));
        all.addAll(List.of(options));
        return call(all.toArray(String[]::new));
    }

    @Test
    void assemblyscriptsObjectsCrossAsObjects() {
        String guest = Shell.GUESTS.resolve("assemblyscript/as.wasm").toString();
        assertThat(managed("many: func(n: s32) -> list<string>", guest, "many(3)", "many(0)"))
                .isEqualTo(new Done(0, "[\"s0\", \"s1\", \"s2\"]\n[]\n", ""));
        assertThat(managed("stringinout: func(n: list<u8>) -> list<u8>", guest, "stringinout([65, 66])"))
                .isEqualTo(new Done(0, "[72, 101, 108, 108, 111, 32, 65, 66, 0]\n", ""));
        assertThat(managed("maybe: func(b: bool) -> option<string>", guest, "maybe(true)", "maybe(false)"))
                .isEqualTo(new Done(0, "some(\"yes\")\nnone\n", ""));
        assertThat(managed(
                        "record p { param: string }\ncreate: func() -> p\nsum: func(a: list<f64>) -> f64",
                        guest,
                        "create()",
                        "sum([1, 2.5])"))
                .isEqualTo(new Done(0, "{param: \"x\"}\n3.5\n", ""));
        Done mistaken = managed("create: func() -> string", guest, "create()");
        assertThat(mistaken.exitCode()).isEqualTo(134);
        assertThat(mistaken.out()).isEmpty();
        assertThat(mistaken.err())
                .matches(
                        "airlock: create gave an object of class 8 at offset \\d+, where a string is needed, of class 2"
                                + " \\(String\\)\n");
    }

    @Test
    void assemblyscriptsObjectsCrossBothWays() {
        String guest = Shell.GUESTS.resolve("assemblyscript/objects.wasm").toString();
        String signatures = """
                record point { visible: bool, x: f64, layer: s16 }
                enum color { red, green }
                record person {
                  tags: list<string>, home: point, color: color, note: option<string>, id: u64, photo: list<u8>,
                  name: string, age: u8
                }
                record circle { kind: string, radius: f64 }
                sortWords: func(words: list<string>) -> list<string>
                holes: func() -> list<option<string>>
                matrix: func() -> list<list<f64>>
                odd: func(values: list<s32>) -> list<bool>
                maybe: func(text: option<string>) -> option<string>
                firstOf: func(words: option<list<string>>) -> option<string>
                personOrNull: func(there: bool) -> option<person>
                people: func(n: s32) -> list<person>
                circle: func() -> circle
                """;
        assertThat(managed(
                        signatures,
                        "--lists",
                        "static-array",
                        guest,
                        "sortWords([\"b\", \"\", \"a\"])",
                        "sortWords([])",
                        "holes()",
                        "matrix()",
                        "odd([1, 2])",
                        "maybe(none)",
                        "maybe(some(\"\"))",
                        "maybe(\"x\")",
                        "firstOf(none)",
                        "firstOf([\"a\", \"b\"])",
                        "personOrNull(false)",
                        "personOrNull(true)",
                        "people(0)",
                        "circle()"))
                .isEqualTo(new Done(0, """
                        ["", "a", "b"]
                        []
                        [some("a"), none, some("c")]
                        [[1, 2], [], [3]]
                        [true, false]
                        some("nothing")
                        none
                        some("x!")
                        none
                        some("a")
                        none
                        some({tags: ["first", "Ada"], home: {visible: true, x: 0.5, layer: -1}, color: green, \
                        id: 18446744073709551615, photo: [7, 7, 7], name: "Ada", age: 36})
                        []
                        {kind: "shape", radius: 1.5}
                        """, ""));
    }

    @Test
    void theCallerChoosesAmongAssemblyscriptsLists() {
        String guest = Shell.GUESTS.resolve("assemblyscript/objects.wasm").toString();
        String signature = "sumArray: func(values: list<s64>) -> s64\nsumTyped: func(values: list<s64>) -> s64";
        assertThat(managed(signature, "--lists", "array", guest, "sumArray([1, 2])"))
                .isEqualTo(new Done(0, "3\n", ""));
        assertThat(managed(signature, "--lists", "array-buffer,typed-array", guest, "sumTyped([1, 2])"))
                .isEqualTo(new Done(0, "3\n", ""));
        Done unsaid = managed(signature, guest, "sumArray([1, 2])");
        assertThat(unsaid.exitCode()).isNotZero();
        assertThat(unsaid.err())
                .contains("class 11 (Array<i64>), class 12 (Int64Array)")
                .contains("--lists");
        assertThat(managed(signature, "--lists", "vector", guest, "sumArray([1])")
                        .err())
                .startsWith("airlock: --lists vector: there are array-buffer, typed-array, array, static-array\n");
        assertThat(managed("add: func(a: s32, b: s32) -> s32", "--lists", "array", C_KIT, "add(1, 2)")
                        .err())
                .startsWith(
                        "airlock: --lists: the convention c has no managed objects, so it has no choice of lists: they"
                                + " are for AssemblyScript\n");
        assertThat(managed(signature, "--payload", "xml", guest, "sumArray([1])")
                        .err())
                .startsWith("airlock: --payload xml: the only payload is json\n");
    }

    @Test
    void everyMissingImportIsNamedByDefault() {
        assertThat(call(C_KIT, "add(1, 2)")).isEqualTo(new Done(125, "", """
                airlock: kit.wasm: 2 imports cannot be linked
                  env.log is not defined: it has to be func (i32, i32)
                  env.answer is not defined: it has to be func (i32, i32) -> i64
                --unknown-imports trap runs it until it calls one of them
                """));
        Done memories = call(
                "--unknown-imports",
                "trap",
                Shell.GUESTS.resolve("wat/imports.wasm").toString(),
                "bump()");
        assertThat(memories.exitCode()).isEqualTo(125);
        assertThat(memories.err())
                .contains("env.memory is not defined")
                .doesNotContain("has to be func", "--unknown-imports");
    }

    @Test
    void functionsOfNumbersNeedNoSignature() {
        assertThat(call(
                        NUMBERS,
                        "add(1, -2)",
                        "add64(9223372036854775807, 1)",
                        "addf32(0.1, 0.2)",
                        "addf64(0.1, 0.2)",
                        "swap(1, 2)",
                        "many(1, 2, 3.5, 4, 5, 6, 7, 8)",
                        "nothing()",
                        "id32(-2147483648)",
                        "idf32(-inf)",
                        "idf64(nan)"))
                .isEqualTo(new Done(0, """
                        -1
                        -9223372036854775808
                        0.3
                        0.30000000000000004
                        (2, 1)
                        36.5
                        -2147483648
                        -inf
                        nan
                        """.replace("0.3\n", 0.1f + 0.2f + "\n"), ""));
    }

    @Test
    void signaturesGiveNumbersTheirMeaning() {
        assertThat(call(
                        "--signature",
                        "enum color { red, dark-green } id32: func(c: color) -> color",
                        "--signature",
                        "add: func(a: u32, b: u32) -> u32",
                        "--signature",
                        "add64: func(a: u64, b: u64) -> u64",
                        NUMBERS,
                        "id32(dark-green)",
                        "add(4294967295, 0)",
                        "add64(18446744073709551614, 1)"))
                .isEqualTo(new Done(0, "dark-green\n4294967295\n18446744073709551615\n", ""));
        assertThat(call("--signature", "id32: func(c: char) -> char", NUMBERS, "id32('é')"))
                .isEqualTo(new Done(0, "'é'\n", ""));
        assertThat(call("--signature", "id32: func(c: bool) -> s8", NUMBERS, "id32(true)"))
                .isEqualTo(new Done(0, "1\n", ""));
    }

    @Test
    void unknownEnumCasesAreRefused() {
        assertThat(call(
                        "--signature",
                        "enum color { red, green } id32: func(c: u32) -> color",
                        NUMBERS,
                        "id32(1)",
                        "id32(2)"))
                .isEqualTo(new Done(134, "green\n", "airlock: id32 returned case 2 of an enum of 2\n"));
    }

    @Test
    void aParameterMayHaveAnyName() {
        assertThat(call("--signature", "add: func(core1: s32, core0: s32) -> s32", NUMBERS, "add(1, 5)"))
                .isEqualTo(new Done(0, "6\n", ""));
        assertThat(call(
                        "--signature",
                        "Greet: func(ret: string) -> string",
                        RETURN_STRING,
                        "Greet(\"Ada\")",
                        "Greet(\"Grace\")"))
                .isEqualTo(new Done(0, "\"Hello, Ada!\"\n\"Hello, Grace!\"\n", ""));
        for (String name : List.of("ptr", "ptr0", "%result", "count0", "fat", "elements0")) {
            assertThat(call(
                            "--unknown-imports",
                            "trap",
                            "--signature",
                            "greet: func(" + name + ": string) -> string",
                            C_KIT,
                            "greet(\"Ada\")"))
                    .as(name)
                    .isEqualTo(new Done(0, "\"Hello, Ada!\"\n", ""));
        }
    }

    @Test
    void aReturnPointerIsNotVisible() {
        assertThat(call(
                        "--signature",
                        "Greet: func(name: string) -> string; ReturnString: func() -> string; live: func() -> u32",
                        RETURN_STRING,
                        "Greet(\"Ada\")",
                        "live()"))
                .isEqualTo(new Done(0, "\"Hello, Ada!\"\n0\n", ""));
    }

    @Test
    void aFunctionThatNeedsASignatureIsReported() {
        assertThat(call(RETURN_STRING, "Greet(\"Ada\")"))
                .isEqualTo(new Done(
                        2,
                        "",
                        "airlock: arg1: takes s32, got a string (line 1, column 7); the guest's Greet is"
                                + " (i32, i32, i32): if its numbers stand for something else, say so, as in"
                                + " --signature 'Greet: func(arg1: string) -> string'\n"
                                + "Try 'airlock call --help'.\n"));
        assertThat(call(NUMBERS, "add([true], 0.5, 1)").err())
                .contains("add takes 2 arguments (arg1, arg2), got 3")
                .contains("'add: func(arg1: list<bool>, arg2: f64, arg3: s32) -> string'");
    }

    @Test
    void textThatIsNotWaveOrWitShowsThePlace() {
        assertThat(call(NUMBERS, "add(1, 2")).isEqualTo(new Done(2, "", """
                airlock: line 1, column 9: expected ")", got the end of the text
                  add(1, 2
                          ^
                """));
        assertThat(call("--signature", "add: fun()", NUMBERS, "add(1, 2)")).isEqualTo(new Done(2, "", """
                        airlock: --signature:1:6: expected "func", got "fun"
                          add: fun()
                               ^
                        """));
    }

    @Test
    void argumentsThatDoNotFitAreCommandLineErrors() {
        assertThat(call("--signature", "add: func(a: u8, b: u8) -> u8", NUMBERS, "add(1, 300)"))
                .isEqualTo(new Done(
                        2,
                        "",
                        "airlock: b: u8 takes 0..255, got 300 (line 1, column 8)\nTry 'airlock call --help'.\n"));
    }

    @Test
    void allCallsAreCheckedBeforeTheFirstRuns() {
        assertThat(call(NUMBERS, "add(1, 2)", "ad(1, 2)").out()).isEmpty();
        Done unknown = call(RETURN_STRING, "live()", "greet(1)");
        assertThat(unknown)
                .isEqualTo(new Done(
                        125,
                        "",
                        "airlock: return-string.wasm exports no function \"greet\" (did you mean \"Greet\"?); it exports"
                                + " _initialize, malloc, free, live, ReturnString, Greet\n"));
        Done unfit = call("--signature", "add: func(a: string) -> string", NUMBERS, "add(\"x\")");
        assertThat(unfit.exitCode()).isEqualTo(125);
        assertThat(unfit.err()).contains("nothing in the module points to one").contains("--convention c");
    }

    @Test
    void optionsAreChecked() {
        assertThat(call("--convention", "rost", NUMBERS, "add(1, 2)"))
                .isEqualTo(new Done(
                        2,
                        "",
                        "airlock: --convention rost: there are c, rust, tinygo, go, assemblyscript, wasm-bindgen,"
                                + " fp-bindgen\nTry 'airlock call --help'.\n"));
        assertThat(call("--unknown-imports", "zero", NUMBERS, "add(1, 2)").err())
                .startsWith("airlock: --unknown-imports zero: the only value is trap\n");
        assertThat(call(NUMBERS, "add(1, 2)", "--signatur", "x"))
                .isEqualTo(new Done(2, "", "airlock: Unknown option: '--signatur'\nPossible solutions: --signature\n"));
        assertThat(call(NUMBERS).exitCode()).isEqualTo(2);
    }

    @Test
    void aChosenConventionIsUsed() {
        assertThat(call(
                        "--convention",
                        "tinygo",
                        "--signature",
                        "ReturnString: func() -> string",
                        RETURN_STRING,
                        "ReturnString()"))
                .isEqualTo(new Done(0, "\"hello from a guest, in TinyGo's shape\"\n", ""));
    }

    @Test
    void aTrapIsOneLineAndEndsTheCalls() {
        assertThat(call(
                        Shell.GUESTS.resolve("wat/traps.wasm").toString(),
                        "divide(6, 3)",
                        "divide(1, 0)",
                        "divide(4, 2)"))
                .isEqualTo(new Done(134, "2\n", "airlock: integer divide by zero, in divide of traps.wasm\n"));
    }

    @Test
    void helpTeaches() {
        var out = new StringWriter();
        assertThat(Main.execute(new PrintWriter(out), new PrintWriter(out), "call", "--help"))
                .isZero();
        assertThat(out.toString())
                .startsWith("Usage: airlock call ")
                .contains("--signature 'greet: func(name: string) -> string' hello.wasm 'greet(\"Ada\")'")
                .contains("      CALL...              The calls, in order.\n");
    }

    @Test
    void optionsMayFollowTheGuestAndItsCalls() {
        assertThat(call(
                        NUMBERS,
                        "--signature",
                        "add: func(a: u32, b: u32) -> u32",
                        "add(1, 2)",
                        "--timeout",
                        "9s",
                        "add(4294967295, 0)"))
                .isEqualTo(new Done(0, "3\n4294967295\n", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "add 1 2            | 'add(1, 2)'",
                "add -1 -2          | 'add(-1, -2)'",
                "add                | 'add()'",
                "greet Ada          | 'greet(\"Ada\")'",
                "f true none 0.5 x  | 'f(true, none, 0.5, \"x\")'",
                "f [1,2] add(1,2)   | 'f([1,2])'",
                "f O\"Neil          | 'f(\"O\\\"Neil\")'",
            })
    void wordsAreShownAsTheIntendedCall(String words, String meant) {
        var args = new ArrayList<>(List.of(NUMBERS));
        args.addAll(List.of(words.split(" ")));
        Done done = call(args.toArray(String[]::new));
        assertThat(done)
                .isEqualTo(new Done(
                        2,
                        "",
                        "airlock: a call is one argument with its own in parentheses; write " + meant
                                + "\nTry 'airlock call --help'.\n"));
    }

    @Test
    void aCallSplitByTheShellIsJoinedAgain() {
        assertThat(call(NUMBERS, "add(1,", "2)", "add(3, 4)").err()).contains("; write 'add(1, 2)'\n");
        for (String[] other : new String[][] {{"1", "+", "2"}, {"add 1, 2)"}, {"(add", "1", "2)"}}) {
            var args = new ArrayList<>(List.of(NUMBERS));
            args.addAll(List.of(other));
            Done done = call(args.toArray(String[]::new));
            assertThat(done.exitCode()).isEqualTo(2);
            assertThat(done.err()).startsWith("airlock: line 1, column ").doesNotContain("write");
        }
    }

    @Test
    void anExtraNumberGivesNoHintAboutStrings() {
        assertThat(call(NUMBERS, "add(1)"))
                .isEqualTo(new Done(
                        2,
                        "",
                        "airlock: add takes 2 arguments (arg1, arg2), got 1; the guest's add is (i32, i32) -> i32\n"
                                + "Try 'airlock call --help'.\n"));
    }

    @Test
    void resultsThatTheGuestKeepsAreNotFreed() {
        String strings = Shell.GUESTS.resolve("c/strings-stripped.wasm").toString();
        List<String> common = List.of(
                "--unknown-imports",
                "trap",
                "--signature",
                "numbered: func(i: s32) -> string; live: func() -> s32",
                strings,
                "numbered(7)",
                "live()",
                "--convention");
        assertThat(call(with(common, "c")))
                .as("it cannot be told from here, and is one free too many")
                .isEqualTo(new Done(0, "\"number 7\"\n-1\n", ""));
        assertThat(call(with(common, "c", "--static-results"))).isEqualTo(new Done(0, "\"number 7\"\n0\n", ""));
        assertThat(call(with(common, "assemblyscript", "--static-results")).err())
                .startsWith(
                        "airlock: --static-results has no effect: in the convention assemblyscript the host frees no"
                                + " result, so leave it out\n");
    }

    private static String[] with(List<String> common, String... more) {
        return Stream.concat(common.stream(), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void optionsWithoutEffectAreRefused() {
        assertThat(call("--signature", "adx: func(a: u32) -> u32", NUMBERS, "add(1, 2)")
                        .err())
                .startsWith("airlock: --signature has adx, and numbers.wasm exports no function of that name"
                        + " (did you mean \"add\"?)\n");
        assertThat(call("--import-memory", NUMBERS, "add(1, 2)").err())
                .startsWith("airlock: --import-memory: numbers.wasm imports no memory, so leave it out\n");
        String component = Shell.GUESTS.resolve("components/c/kit.wasm").toString();
        for (String[] options : new String[][] {{"--dir", "."}, {"--env", "A=b"}, {"--env-inherit"}, {"--trace"}}) {
            var args = new ArrayList<>(List.of(options));
            args.addAll(List.of(component, "live()"));
            Done done = call(args.toArray(String[]::new));
            assertThat(done.exitCode()).isEqualTo(2);
            assertThat(done.err()).startsWith("airlock: a component gets nothing through WASI preview 1");
        }
    }

    @Test
    void wordsInOneArgumentAreShownAsACall() {
        assertThat(call(NUMBERS, "add(1, 2)", "add 1 2").err()).contains("; write 'add(1, 2)'\n");
        assertThat(call(NUMBERS, "f O'Neil").err()).contains("; write 'f(\"O'\\''Neil\")'\n");
    }

    @Test
    void aBareWordForACoreFunctionIsReadAsAString() {
        assertThat(call("--unknown-imports", "trap", C_KIT, "greet(Ada)").err())
                .contains("--signature 'greet: func(arg1: string) -> string'\n")
                .contains("unless the whole call is in single quotes: 'greet(\"Ada\")'\n");
    }

    /** Runs on a thread of a server's stack size, since the thread of a test may have a far larger stack. */
    @ParameterizedTest
    @ValueSource(strings = {"[", "(", "{", "{a: ", "some(", "list<", "option<", "tuple<", "\"", "%", "-", "/*"})
    void textOfAnyDepthIsRefusedByItsParser(String piece) throws Exception {
        String many = piece.repeat(300_000);
        for (String[] args : new String[][] {
            {NUMBERS, "add(" + many},
            {NUMBERS, "add(" + many + ")"},
            {NUMBERS, many},
            {NUMBERS, "add", many},
            {"--signature", "f: func(x: " + many, NUMBERS, "add(1, 2)"},
            {"--signature", many, NUMBERS, "add(1, 2)"}
        }) {
            var done = new java.util.concurrent.CompletableFuture<Done>();
            Thread thread = new Thread(null, () -> done.complete(call(args)), "usual", 512 << 10);
            thread.setUncaughtExceptionHandler((t, e) -> done.completeExceptionally(e));
            thread.start();
            Done refused = done.get(60, java.util.concurrent.TimeUnit.SECONDS);
            assertThat(refused.exitCode())
                    .as(refused.err().substring(0, Math.min(300, refused.err().length())))
                    .isEqualTo(2);
            assertThat(refused.out()).isEmpty();
        }
        assertThat(call(NUMBERS, "add(" + "[".repeat(300_000) + "]".repeat(300_000) + ", 1)")
                        .err())
                .startsWith("airlock: line 1, column 205: brackets nest to a depth of 200, no value needs more\n");
    }

    @Test
    void aMemoryIsGivenToAGuestThatImportsOne() {
        String guest = Shell.GUESTS.resolve("wat/import-memory.wasm").toString();
        assertThat(call(guest, "size()").err())
                .isEqualTo("airlock: import-memory.wasm: 1 import cannot be linked\n"
                        + "  env.memory is not defined: it has to be memory 2..20 pages\n"
                        + "--import-memory gives it the memory it imports\n");
        assertThat(call("--import-memory", guest, "size()", "load(16)", "grow(18)", "grow(1)"))
                .isEqualTo(new Done(0, "2\n102\n2\n-1\n", ""));
        assertThat(call("--import-memory", "--max-memory", "256KiB", guest, "grow(2)", "grow(1)"))
                .isEqualTo(new Done(
                        122,
                        "2\n",
                        "airlock: over the limit of 262144 bytes of linear memory: the guest asked for 327680\n"));
        assertThat(call(
                                "--import-memory",
                                Shell.GUESTS.resolve("components/c/kit.wasm").toString(),
                                "live()")
                        .err())
                .startsWith("airlock: --import-memory is for core modules: a component imports no memory\n");
    }
}
