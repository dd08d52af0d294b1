package dev.airlock.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.engine.Caller;
import dev.airlock.engine.Engine;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.error.LimitException;
import dev.airlock.error.ModuleException;
import dev.airlock.error.Trap;
import dev.airlock.error.ValueException;
import dev.airlock.limit.Limits;
import dev.airlock.wasi.FolderRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small guests that failed in the field, with the answers that other engines and the specification give. */
@Timeout(10)
class FieldTest {
    private Path folder = Path.of("");

    @BeforeEach
    void find() {
        folder = Suites.folder("airlock.field");
    }

    private Module module(String name) {
        return Engine.create().compile(folder.resolve(name + ".wasm"));
    }

    private Instance instance(String name) {
        return new Linker().instantiate(module(name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "simd-min            | sum4    | 7   | 70",
                "relaxed             | f       |     | 16843009",
                "memory64            | f       | 8   | 42",
                "memory64            | grow    |     | 1",
                "table64             | f       |     | 3",
                "custom-page         | f       |     | 8",
                "wide                | f       | -1 2 | -2 1",
                "conv                | f32     | -9223372036854775807 | 1593835520",
                "eh-legacy           | f       | 5   | 6",
                "eh-keep             | keep    | 5   | 1005",
                "exntwo              | run     |     | 11 22",
                "blocktype-105       | f       |     | 12",
                "ref-func-export     | f       |     | 0",
            })
    void aFunctionGivesWhatOthersGive(String file, String function, String arguments, String results) {
        assertThat(instance(file).function(function).call(numbers(arguments))).containsExactly(numbers(results));
    }

    private static long[] numbers(String text) {
        return text == null
                ? new long[0]
                : List.of(text.split(" ")).stream().mapToLong(Long::parseLong).toArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"try_catchall_nop2", "results300", "funcexp60x2", "imports10000", "locals20x50k", "trys4000"})
    void aModuleOpens(String file) {
        assertThat(module(file).name()).isEqualTo(file + ".wasm");
    }

    @Test
    void aProposalIsRefusedByItsName() {
        assertThatThrownBy(() -> module("stack-switch"))
                .isInstanceOf(ModuleException.class)
                .hasMessageContaining("stack switching");
    }

    @ParameterizedTest
    @CsvSource({"ex, test, all, 3", "ex, test, nested, 3", "any, a, run, 7"})
    void aModuleUsesWhatAnotherExports(String pair, String name, String function, long result) {
        Instance user = new Linker().instance(name, instance(pair + "A")).instantiate(module(pair + "B"));
        assertThat(user.function(function).call()).containsExactly(result);
    }

    @Test
    void aFunctionKnowsItsInstanceInAGlobal() {
        Instance a = instance("frA");
        new Linker()
                .instance("a", a)
                .instantiate(module("frC"))
                .function("seth")
                .call();
        assertThat(a.function("callh").call()).containsExactly(222);
    }

    @Test
    void aGlobalIsImportedByASupertype() {
        assertThat(new Linker().instance("a", instance("glA")).instantiate(module("glB")))
                .isNotNull();
    }

    private static final class Longjmp extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    // As emscripten's JavaScript does it.
    @Test
    void aHostFunctionCatchesWhatAnotherThrew() {
        Instance guest = new Linker()
                .function("env", "_emscripten_throw_longjmp", Runnable.class, () -> {
                    throw new Longjmp();
                })
                .function("env", "invoke_v", (Caller caller, int index) -> {
                    long stack = caller.function("emscripten_stack_get_current").call()[0];
                    try {
                        caller.instance()
                                .table("__indirect_function_table")
                                .get(index)
                                .call();
                    } catch (Trap e) {
                        if (!(e.getCause() instanceof Longjmp)) {
                            throw e;
                        }
                        caller.function("_emscripten_stack_restore").call(stack);
                        caller.function("setThrew").call(1, 0);
                    }
                })
                .instantiate(module("invoke"));
        assertThat(guest.function("run").call()).containsExactly(11024);
    }

    @Test
    void aComponentHasAnImportUnderTwoEmptyNames() {
        try (Guest guest = Airlock.open(folder.resolve("empty-names-component.wasm"))) {
            assertThat(guest.call("g", 5)).isEqualTo(6);
        }
    }

    /** Serves the function of a component's world. */
    public static final class World {
        final List<String> printed = new ArrayList<>();

        public void print(String text) {
            printed.add(text);
        }
    }

    @Test
    void aWorldImportsAFunction() {
        var world = new World();
        try (Guest guest = Airlock.open(folder.resolve("world-import.wasm")).imports(world)) {
            guest.call("run");
        }
        assertThat(world.printed).containsExactly("hello from the world");
    }

    @Test
    void aListThatTakesTooMuchOfTheHeapIsRefusedAtOnce() {
        Limits limits = Limits.defaults().timeout(Duration.ofSeconds(9));
        try (Guest guest = Airlock.open(folder.resolve("list-tup.wasm")).limits(limits)) {
            assertThatThrownBy(() -> guest.call("f", 30_000_000L))
                    .isInstanceOfSatisfying(
                            LimitException.class,
                            limit -> assertThat(limit.kind()).isNotEqualTo(LimitException.Kind.WALL_CLOCK));
        }
    }

    @Test
    void aGuestKeepsAStringThatItReturns() {
        try (Guest guest = Airlock.open(folder.resolve("cstr.wasm"))) {
            assertThat(guest.call("name_of: func(i: s32) -> string", 1)).isEqualTo("add");
        }
    }

    @Test
    void objectsOfAssemblyScriptHaveTheirClasses() {
        try (Guest guest = Airlock.open(folder.resolve("as.wasm")).unknownImportsAsTraps()) {
            assertThatThrownBy(() -> guest.call("create: func() -> string"))
                    .isInstanceOfAny(ValueException.class, Trap.class)
                    .hasMessageContaining("where a string is needed");
            assertThat(guest.call("many: func(n: s32) -> list<string>", 3)).isEqualTo(List.of("s0", "s1", "s2"));
            assertThat((byte[]) guest.call("stringinout: func(n: list<u8>) -> list<u8>", (Object) new byte[] {65, 66}))
                    .asString()
                    .isEqualTo("Hello AB\0");
            assertThat(String.valueOf(guest.call("maybe: func(b: bool) -> option<string>", true)))
                    .contains("yes");
            assertThat(String.valueOf(guest.call("maybe: func(b: bool) -> option<string>", false)))
                    .doesNotContain("yes");
        }
    }

    @Test
    void aFolderIsListedWhileItChanges(@TempDir Path empty) throws IOException {
        String printed = Airlock.open(folder.resolve("readdir.wasm"))
                .program()
                .invocation()
                .preopenedDir(empty, "/d", FolderRules.forWriting())
                .run()
                .stdoutText();
        assertThat(printed).contains("rewinddir: 3");
        try (Stream<Path> files = Files.list(empty)) {
            assertThat(files).isNotEmpty();
        }
    }
}
