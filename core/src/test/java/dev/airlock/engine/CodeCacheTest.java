package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.error.ModuleException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.program.Program;
import dev.airlock.store.ByteStore;
import dev.airlock.store.EntryKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class CodeCacheTest {
    @TempDir
    Path folder;

    private Engine engine() {
        return Engine.withCodeCache(folder);
    }

    private static Module compile(Engine engine, String guest) {
        return engine.compile(Path.of(guest).getFileName() + ".wasm", Guests.bytes(guest));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private Path onlyFile() throws IOException {
        assertThat(files(folder)).hasSize(1);
        return files(folder).get(0);
    }

    /** Compiles twice: the second is from the cache. */
    private Module second(String guest) throws IOException {
        Module first = compile(engine(), guest);
        assertThat(first.isCached()).as("the first is compiled").isFalse();
        byte[] written = Files.readAllBytes(onlyFile());
        Module second = compile(engine(), guest);
        assertThat(second.isCached()).as("the second is found").isTrue();
        assertThat(Files.readAllBytes(onlyFile())).isEqualTo(written);
        assertThat(second.imports()).isEqualTo(first.imports());
        assertThat(second.exports()).isEqualTo(first.exports());
        assertThat(second.memories()).isEqualTo(first.memories());
        assertThat(second.producers()).isEqualTo(first.producers());
        assertThat(second.startFunction()).isEqualTo(first.startFunction());
        assertThat(second.functionCount()).isEqualTo(first.functionCount());
        assertThat(second.largeFunctions()).isEqualTo(first.largeFunctions());
        assertThat(second.size()).isEqualTo(first.size());
        return second;
    }

    private static EntryKey key(byte[] module) {
        return CodeCache.key(module, false, false);
    }

    private Instance secondInstance(String guest) throws IOException {
        return new Linker().instantiate(second(guest));
    }

    @Test
    void anEntryIsNamedByItsKey() throws IOException {
        compile(engine(), "wat/numbers");
        byte[] module = Guests.bytes("wat/numbers");
        assertThat(onlyFile()).hasFileName(key(module).hex() + ".entry");
        module[module.length - 1]++;
        assertThat(key(module)).isNotEqualTo(key(Guests.bytes("wat/numbers")));
    }

    @Test
    void theFolderIsMadeWhenItIsFirstNeeded() throws IOException {
        Path deep = folder.resolve("a/b/c");
        Engine engine = Engine.withCodeCache(deep);
        assertThat(deep).doesNotExist();
        compile(engine, "wat/numbers");
        assertThat(files(deep)).hasSize(1);
    }

    @Test
    void numbersComeOutTheSame() throws IOException {
        Instance numbers = secondInstance("wat/numbers");
        assertThat(numbers.function("add", IntBinaryOperator.class).applyAsInt(40, 2))
                .isEqualTo(42);
        assertThat(numbers.function("add").call(40, 2)).containsExactly(42);
        assertThat(numbers.function("swap").call(7, 1L << 33)).containsExactly(1L << 33, 7);
        assertThat(numbers.function("addf64", DoubleBinaryOperator.class).applyAsDouble(0.1, 0.2))
                .isEqualTo(0.1 + 0.2);
    }

    @Test
    void trapsHaveTheSameNames() throws IOException {
        Module module = second("wat/traps");
        assertThatThrownBy(() ->
                        new Linker().instantiate(module).function("unreachable").call())
                .isInstanceOf(Trap.class)
                .hasMessage("unreachable, in inner < middle < outer of traps.wasm");
        assertThatThrownBy(
                        () -> new Linker().instantiate(module).function("load").call(65_536))
                .isInstanceOf(Trap.class)
                .hasMessage("out of bounds memory access: offset 65536, length 4, but the memory has 65536 bytes,"
                        + " in load of traps.wasm");
        assertThatThrownBy(() -> new Linker()
                        .instantiate(module)
                        .function("wrong_type_call")
                        .call())
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.INDIRECT_CALL_TYPE_MISMATCH));
        assertThatThrownBy(() ->
                        new Linker().instantiate(module).function("recurse").call(0))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.CALL_STACK_EXHAUSTED));
    }

    @Test
    void aFunctionThatIsTooLargeForOneMethodRuns() throws IOException {
        Module module = second("wat/huge");
        Instance huge = new Linker().instantiate(module);
        assertThat(huge.function("huge").call(1)).containsExactly(590_028_289);
        assertThat(huge.function("huge", IntUnaryOperator.class).applyAsInt(-5)).isEqualTo(1_344_825_851);
        assertThat(huge.function("small").call(12_345)).containsExactly(-365_306_311);
    }

    @Test
    void tailCallsStillRunInConstantSpace() throws IOException {
        Instance tail = secondInstance("wat/tailcalls");
        assertThat(tail.function("countdown", IntUnaryOperator.class).applyAsInt(1_000_000))
                .isZero();
        assertThat(tail.function("is_even").call(1_000_001)).containsExactly(0);
    }

    @Test
    void bulkMemoryAndPassiveSegmentsWork() throws IOException {
        Module module = second("wat/memory");
        Instance memory = new Linker().instantiate(module);
        memory.function("init").call(100, 0, 8);
        assertThat(memory.memory().readString(100, 8)).isEqualTo("passive!");
        memory.function("fill").call(0, 0x2a, 10);
        memory.function("copy").call(8, 0, 10);
        assertThat(memory.memory().readString(0, 18)).isEqualTo("*".repeat(18));
        memory.function("drop").call();
        assertThatThrownBy(() -> memory.function("init").call(0, 0, 1))
                .isInstanceOf(Trap.class)
                .hasMessageStartingWith("out of bounds memory access");
        Instance another = new Linker().instantiate(module);
        another.function("init").call(0, 0, 8);
        assertThat(another.memory().readString(0, 8))
                .as("dropped in the other alone")
                .isEqualTo("passive!");
    }

    @Test
    void importsTablesAndStartFunctionsWork(@TempDir Path other) throws IOException {
        Instance provider = secondInstance("wat/provider");
        Engine engine = Engine.withCodeCache(other);
        compile(engine, "wat/imports");
        compile(engine, "wat/start");
        Module imports = compile(engine, "wat/imports");
        Module start = compile(engine, "wat/start");
        assertThat(imports.isCached() && start.isCached()).isTrue();
        Instance guest = new Linker().instance("env", provider).instantiate(imports);
        assertThat(guest.function("call_mul").call(6, 7)).containsExactly(42);
        assertThat(guest.function("call_table").call(0)).containsExactly(11);
        assertThat(new Linker().instantiate(start).function("value").call()).containsExactly(7);
    }

    @Test
    void aProgramRunsFromTheCache() throws IOException {
        Program repeat = Program.of(second("rust/repeat"));
        for (int run = 0; run < 2; run++) {
            var result =
                    repeat.invocation().stdin("{\"name\":\"Ada\",\"num\":2}").run();
            assertThat(result.stdoutText()).isEqualTo("{\"names\":[\"Ada\",\"Ada\"]}\n");
            assertThat(result.exitCode()).isZero();
        }
        assertThat(repeat.invocation().stdin("{").run().exitCode()).isEqualTo(1);
    }

    @Test
    void aModuleKeepsTheNameItIsGivenEachTime() {
        engine().compile("one.wasm", Guests.bytes("wat/traps"));
        Module other = engine().compile("other.wasm", Guests.bytes("wat/traps"));
        assertThat(other.isCached()).isTrue();
        assertThatThrownBy(() ->
                        new Linker().instantiate(other).function("unreachable").call())
                .hasMessage("unreachable, in inner < middle < outer of other.wasm");
    }

    @Test
    void aModuleThatIsRefusedIsNotKept() throws IOException {
        byte[] invalid = Binary.module(
                Binary.section(1, 1, 0x60, 0, 1, 0x7f), Binary.section(3, 1, 0), Binary.section(10, 1, 2, 0, 0x0b));
        for (int round = 0; round < 2; round++) {
            assertThatThrownBy(() -> engine().compile("guest.wasm", invalid)).isInstanceOf(ModuleException.class);
        }
        assertThat(files(folder)).isEmpty();
    }

    @Test
    void oneFolderHoldsManyModules() throws IOException {
        for (String guest : List.of("wat/numbers", "wat/traps", "wat/numbers", "wat/tables")) {
            compile(engine(), guest);
        }
        assertThat(files(folder)).hasSize(3);
        assertThat(compile(engine(), "wat/traps").isCached()).isTrue();
    }

    // Damage: ByteStoreTest has the rest.

    /** What is in the file is of no use: it is compiled again, and the file is whole again. */
    private void assertMended(byte[] whole, byte[] damaged, String what) throws IOException {
        Path file = onlyFile();
        Files.write(file, damaged);
        Module module = compile(engine(), "wat/numbers");
        assertThat(module.isCached()).as(what).isFalse();
        Instance numbers = new Linker().instantiate(module);
        assertThat(numbers.function("add").call(1, 2)).as(what).containsExactly(3);
        assertThat(Files.readAllBytes(onlyFile())).as(what).isEqualTo(whole);
        assertThat(compile(engine(), "wat/numbers").isCached())
                .as(what + ", mended")
                .isTrue();
    }

    private byte[] written() throws IOException {
        compile(engine(), "wat/numbers");
        return Files.readAllBytes(onlyFile());
    }

    @Test
    void aFileThatIsDamagedIsMended() throws IOException {
        byte[] whole = written();
        for (int cut : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
            assertMended(whole, Arrays.copyOf(whole, cut), cut + " of " + whole.length + " bytes");
        }
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 1;
        assertMended(whole, flipped, "one bit");
    }

    @Test
    void aFileOfAnotherModuleIsMended(@TempDir Path other) throws IOException {
        byte[] whole = written();
        compile(Engine.withCodeCache(other), "wat/memory");
        assertMended(whole, Files.readAllBytes(files(other).get(0)), "another module's code");
    }

    /** Its checksum is right, so this is no damage: somebody else wrote it under this key. */
    @Test
    void contentsThatAreNoCodeAreMended() throws IOException {
        byte[] whole = written();
        EntryKey key = key(Guests.bytes("wat/numbers"));
        byte[] contents = new byte[whole.length - 52];
        System.arraycopy(whole, 48, contents, 0, contents.length);
        var store = new ByteStore(folder, 1 << 20);
        for (int cut = 0; cut < contents.length; cut += 1 + contents.length / 500) {
            store.save(key, Arrays.copyOf(contents, cut));
            assertThat(compile(engine(), "wat/numbers").isCached())
                    .as("%d bytes", cut)
                    .isFalse();
        }
        var random = new Random(7);
        for (int i = 0; i < 8; i++) {
            byte[] noise = new byte[64];
            random.nextBytes(noise);
            store.save(key, noise);
            assertThat(compile(engine(), "wat/numbers").isCached()).as("noise").isFalse();
        }
        assertMended(whole, new byte[0], "an empty file");
    }

    // Folders that do not serve.

    @Test
    void aFileInTheFoldersPlaceCostsOnlyTime() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "mine");
        Engine engine = Engine.withCodeCache(file);
        for (int round = 0; round < 2; round++) {
            Module module = compile(engine, "wat/numbers");
            assertThat(module.isCached()).isFalse();
            assertThat(new Linker().instantiate(module).function("add").call(1, 2))
                    .containsExactly(3);
        }
        assertThat(file).hasContent("mine");
        assertThat(files(folder)).containsExactly(file);
    }

    @Test
    void aFolderInAFilesPlaceCostsOnlyTime() throws IOException {
        compile(engine(), "wat/numbers");
        Path file = onlyFile();
        Files.delete(file);
        Files.createDirectories(file.resolve("full"));
        for (int round = 0; round < 2; round++) {
            Module module = compile(engine(), "wat/numbers");
            assertThat(new Linker().instantiate(module).function("add").call(1, 2))
                    .containsExactly(3);
        }
        assertThat(files(folder)).as("and no temporary files").containsExactly(file);
    }

    @Test
    void aFolderThatVanishesIsMadeAgain() throws IOException {
        Path inner = folder.resolve("inner");
        Engine engine = Engine.withCodeCache(inner);
        compile(engine, "wat/numbers");
        Files.delete(files(inner).get(0));
        Files.delete(inner);
        assertThat(compile(engine, "wat/numbers").isCached()).isFalse();
        assertThat(compile(engine, "wat/numbers").isCached()).isTrue();
    }

    @Test
    void aFolderIsNeeded() {
        assertThatThrownBy(() -> Engine.withCodeCache(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("folder");
    }

    // Threads.

    @Test
    void manyThreadsShareAFolder() throws Exception {
        int threads = 8;
        var barrier = new CyclicBarrier(threads);
        var pool = Executors.newFixedThreadPool(threads);
        List<String> guests = List.of("wat/numbers", "wat/provider", "wat/tailcalls");
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                tasks.add(() -> {
                    Engine engine = engine();
                    for (int round = 0; round < 6; round++) {
                        barrier.await();
                        for (String guest : guests) {
                            new Linker().instantiate(compile(engine, guest));
                        }
                        Instance numbers = new Linker().instantiate(compile(engine, "wat/numbers"));
                        assertThat(numbers.function("add").call(1, 2)).containsExactly(3);
                        if (round % 2 == 1 && barrier.await() == 0) {
                            for (Path file : files(folder)) {
                                Files.write(file, new byte[] {1, 2, 3});
                            }
                        }
                    }
                    return true;
                });
            }
            for (Future<Boolean> done : pool.invokeAll(tasks, 120, TimeUnit.SECONDS)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
        for (String guest : guests) {
            compile(engine(), guest);
            assertThat(compile(engine(), guest).isCached()).isTrue();
        }
        assertThat(files(folder))
                .as("no temporary files")
                .hasSize(guests.size())
                .allMatch(file -> file.toString().endsWith(".entry"));
    }
}
