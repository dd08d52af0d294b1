package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.airlock.Guests;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LimitException;
import dev.airlock.error.LinkException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.limit.Limits;
import dev.airlock.memory.Memory;
import dev.airlock.type.CoreValType;
import dev.airlock.type.MemoryType;
import dev.airlock.type.TableType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkTest {
    private final Module imports = Guests.module("wat/imports");

    private final Memory memory = Memory.create(1, 4);
    private final Global counter = Global.ofLong(100, true);
    private final Table table = Table.create(CoreValType.FUNCREF, 2, 8);
    private final List<String> logged = new ArrayList<>();

    /** All that imports.wasm needs, from the host. */
    private Linker linker() {
        return new Linker()
                .function("env", "log", (int pointer, int length) -> {
                    logged.add(pointer + "+" + length);
                })
                .function("env", "mul", (long a, long b) -> a * b)
                .memory("env", "memory", memory)
                .global("env", "base", Global.ofInt(1234, false))
                .global("env", "counter", counter)
                .table("env", "table", table);
    }

    private static LinkException refused(Linker linker, Module module) {
        LinkException e = catchThrowableOfType(LinkException.class, () -> linker.instantiate(module));
        assertThat(e).as("it was linked").isNotNull();
        return e;
    }

    private interface LongAndInt {
        void call(long a, int b);
    }

    private interface TwoLongs {
        void call(long a, long b);
    }

    @Test
    void allThatIsMissingIsReportedAtOnceInTheModulesOrder() {
        LinkException e = refused(new Linker(), imports);
        assertThat(e)
                .hasMessage("imports.wasm: 6 imports cannot be linked\n"
                        + "  env.log is not defined: it has to be func (i32, i32)\n"
                        + "  env.mul is not defined: it has to be func (i64, i64) -> i64\n"
                        + "  env.memory is not defined: it has to be memory 1.. pages\n"
                        + "  env.base is not defined: it has to be global i32\n"
                        + "  env.counter is not defined: it has to be global mut i64\n"
                        + "  env.table is not defined: it has to be table funcref 2..");
        assertThat(e.problems())
                .hasSize(6)
                .startsWith("env.log is not defined: it has to be func (i32, i32)")
                .endsWith("env.table is not defined: it has to be table funcref 2..");
    }

    @Test
    void unknownFunctionsMayTrap() {
        Module unmet = Guests.module("wat/unmet");
        Linker linker = new Linker().unknownImportsAsTraps();
        for (String name : List.of("_start", "find")) {
            Instance instance = linker.instantiate(unmet);
            Trap trap = catchThrowableOfType(
                    Trap.class, () -> instance.function(name).call());
            assertThat(trap.code()).isEqualTo(TrapCode.UNKNOWN_IMPORT);
            assertThat(trap)
                    .hasMessage(
                            name.equals("find")
                                    ? "the guest called env.lookup, which is not defined, in find of unmet.wasm"
                                    : "the guest called env.missing, which is not defined,"
                                            + " in work < _start of unmet.wasm");
            assertThat(trap.guestFrames()).endsWith(name);
        }
        assertThat(refused(linker, imports).problems())
                .containsExactly(
                        "env.memory is not defined: it has to be memory 1.. pages",
                        "env.base is not defined: it has to be global i32",
                        "env.counter is not defined: it has to be global mut i64",
                        "env.table is not defined: it has to be table funcref 2..");
        int[] called = {0};
        Instance defined = linker.function("env", "missing", (int a) -> {
                    called[0] = a;
                })
                .instantiate(unmet);
        defined.function("_start").call();
        assertThat(called[0]).isEqualTo(7);
    }

    @Test
    void aTrapOfAnUnknownImportSaysWhichNameIsDefined() {
        Instance instance = new Linker()
                .unknownImportsAsTraps()
                .function("env", "mising", (int a) -> {})
                .instantiate(Guests.module("wat/unmet"));
        assertThatThrownBy(() -> instance.function("_start").call())
                .hasMessage("the guest called env.missing, which is not defined (did you mean \"env.mising\"?),"
                        + " in work < _start of unmet.wasm");
    }

    @Test
    void aSingleMissingImportIsOne() {
        assertThat(refused(new Linker(), Guests.module("wat/nomemory")))
                .hasMessage("nomemory.wasm: 1 import cannot be linked\n"
                        + "  env.touch is not defined: it has to be func (i32)");
    }

    @Test
    void whatIsMissingIsToldTheNearestName() {
        Linker linker = new Linker()
                .function("env", "mull", (long a, long b) -> a * b)
                .memory("ENV", "me_mo-ry", memory)
                .global("env", "quite_another", counter);
        assertThat(refused(linker, imports).problems())
                .containsExactly(
                        "env.log is not defined: it has to be func (i32, i32)",
                        "env.mul is not defined: it has to be func (i64, i64) -> i64 (did you mean \"env.mull\"?)",
                        "env.memory is not defined: it has to be memory 1.. pages (did you mean \"ENV.me_mo-ry\"?)",
                        "env.base is not defined: it has to be global i32",
                        "env.counter is not defined: it has to be global mut i64",
                        "env.table is not defined: it has to be table funcref 2..");
    }

    @Test
    void whatHasAWrongTypeIsListedBesideWhatIsMissing() {
        Linker linker = new Linker()
                .function("env", "log", LongAndInt.class, (pointer, length) -> {})
                .memory("env", "memory", Memory.create(0, 4))
                .global("env", "base", Global.ofInt(1, true))
                .global("env", "counter", Global.ofInt(1, true))
                .table("env", "table", Table.create(CoreValType.EXTERNREF, 2, 8));
        assertThat(refused(linker, imports))
                .hasMessage("imports.wasm: 6 imports cannot be linked\n"
                        + "  env.log has to be func (i32, i32), but func (i64, i32) is defined\n"
                        + "  env.mul is not defined: it has to be func (i64, i64) -> i64\n"
                        + "  env.memory has to be memory 1.. pages, but memory 0..4 pages is defined\n"
                        + "  env.base has to be global i32, but global mut i32 is defined\n"
                        + "  env.counter has to be global mut i64, but global mut i32 is defined\n"
                        + "  env.table has to be table funcref 2.., but table externref 2..8 is defined");
    }

    @Test
    void anImmutableGlobalIsNoMutableOne() {
        assertThat(refused(linker().global("env", "counter", Global.ofLong(1, false)), imports)
                        .problems())
                .containsExactly("env.counter has to be global mut i64, but global i64 is defined");
    }

    @Test
    void aResultCountsAsMuchAsAParameter() {
        assertThat(refused(linker().function("env", "mul", TwoLongs.class, (a, b) -> {}), imports)
                        .problems())
                .containsExactly("env.mul has to be func (i64, i64) -> i64, but func (i64, i64) is defined");
    }

    @Test
    void anotherKindOfThingUnderTheNameIsShown() {
        Linker linker = linker().memory("env", "base", memory)
                .global("env", "memory", counter)
                .table("env", "mul", table)
                .function("env", "table", () -> 1);
        assertThat(refused(linker, imports).problems())
                .containsExactly(
                        "env.mul has to be func (i64, i64) -> i64, but table funcref 2..8 is defined",
                        "env.memory has to be memory 1.. pages, but global mut i64 is defined",
                        "env.base has to be global i32, but memory 1..4 pages is defined",
                        "env.table has to be table funcref 2.., but func () -> i32 is defined");
    }

    /** A module that imports one memory, of these limits. */
    private static Module importingMemory(int minimum, int maximum) {
        return Engine.create()
                .compile("limits.wasm", Binary.module(Binary.section(2, 1, "env", "memory", 2, 1, minimum, maximum)));
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "2, 4", "4, 4", "2, 2"})
    void aMemoryWithinTheLimitsIsTaken(int pages, int maximum) {
        Module module = importingMemory(1, 4);
        assertThat(module.imports().get(0).type()).isEqualTo(new MemoryType(1, 4, false));
        Instance instance = new Linker()
                .memory("env", "memory", Memory.create(pages, maximum))
                .instantiate(module);
        assertThat(instance.module()).isSameAs(module);
    }

    @Test
    void aMemoryThatMayGrowFurtherThanTheImportSaysIsRefused() {
        assertThat(refused(new Linker().memory("env", "memory", Memory.create(1, 5)), importingMemory(1, 4))
                        .problems())
                .containsExactly("env.memory has to be memory 1..4 pages, but memory 1..5 pages is defined");
    }

    @Test
    void aMemoryWithoutAMaximumIsRefusedWhereOneIsAskedFor() {
        Linker linker = new Linker().memory("env", "memory", Memory.create(1, MemoryType.NO_MAXIMUM));
        assertThat(refused(linker, importingMemory(1, 4)).problems())
                .singleElement()
                .asString()
                .startsWith("env.memory has to be memory 1..4 pages, but memory 1..")
                .endsWith(" pages is defined");
    }

    @Test
    void aSharedMemoryIsNoPlainOne() {
        assertThat(refused(linker().memory("env", "memory", Memory.createShared(1, 4)), imports)
                        .problems())
                .containsExactly("env.memory has to be memory 1.. pages, but memory 1..4 pages shared is defined");
    }

    @Test
    void theSizeThatCountsIsTheOneNow() {
        Module two = importingMemory(2, 4);
        Linker linker = new Linker().memory("env", "memory", memory);
        assertThat(refused(linker, two).problems())
                .containsExactly("env.memory has to be memory 2..4 pages, but memory 1..4 pages is defined");
        memory.grow(1);
        assertThat(linker.instantiate(two).module()).isSameAs(two);
    }

    @Test
    void aTableIsMeasuredTheSameWay() {
        Module module = Engine.create()
                .compile("table.wasm", Binary.module(Binary.section(2, 1, "env", "table", 1, 0x70, 1, 2, 4)));
        assertThat(module.imports().get(0).type()).isEqualTo(new TableType(CoreValType.FUNCREF, 2, 4));
        Table small = Table.create(CoreValType.FUNCREF, 1, 4);
        Linker linker = new Linker().table("env", "table", small);
        assertThat(refused(linker, module).problems())
                .containsExactly("env.table has to be table funcref 2..4, but table funcref 1..4 is defined");
        small.grow(1);
        assertThat(linker.instantiate(module).module()).isSameAs(module);
        linker.table("env", "table", Table.create(CoreValType.FUNCREF, 2, 5));
        assertThat(refused(linker, module).problems())
                .containsExactly("env.table has to be table funcref 2..4, but table funcref 2..5 is defined");
        linker.table("env", "table", Table.create(CoreValType.FUNCREF, 2, TableType.NO_MAXIMUM));
        assertThat(refused(linker, module).problems())
                .containsExactly("env.table has to be table funcref 2..4, but table funcref 2.. is defined");
    }

    @Test
    void hostFunctionsAreCalledWithTheirArguments() {
        Instance guest = linker().instantiate(imports);
        guest.function("call_log", Host.Void2.class).call(-1, 5);
        assertThat(logged).containsExactly("-1+5");
        assertThat(guest.function("call_mul", LongBinaryOperator.class).applyAsLong(1L << 40, -3))
                .isEqualTo(-3L << 40);
    }

    @Test
    void anImmutableGlobalOfTheHostIsRead() {
        assertThat(linker().instantiate(imports)
                        .function("get_base", IntSupplier.class)
                        .getAsInt())
                .isEqualTo(1234);
    }

    @Test
    void bothSidesSeeWhatTheOtherWritesToAGlobal() {
        LongSupplier bump = linker().instantiate(imports).function("bump", LongSupplier.class);
        assertThat(bump.getAsLong()).isEqualTo(101);
        assertThat(counter.getLong()).isEqualTo(101);
        counter.setLong(Long.MAX_VALUE);
        assertThat(bump.getAsLong()).isEqualTo(Long.MIN_VALUE);
        assertThat(counter.getLong()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void theGuestSeesWhatTheHostWritesToMemory() {
        IntUnaryOperator peek = linker().instantiate(imports).function("peek", IntUnaryOperator.class);
        memory.writeInt(65_532, 0x01020304);
        assertThat(peek.applyAsInt(65_532)).isEqualTo(0x01020304);
    }

    @Test
    void theHostSeesWhatTheGuestWritesToMemory() {
        Instance provider = new Linker().instantiate(Guests.module("wat/provider"));
        Linker linker = linker().instance("env", provider).memory("env", "memory", provider.memory());
        linker.instantiate(imports).function("call_log").call(0x11223344, 0x55667788);
        assertThat(provider.memory().readInts(0, 2)).containsExactly(0x11223344, 0x55667788);
    }

    @Test
    void bothSidesSeeWhatTheOtherPutsInATable() {
        Instance guest = linker().instantiate(imports);
        Func eleven = new Linker()
                .instantiate(Guests.module("wat/provider"))
                .table("table")
                .get(0);
        table.set(1, eleven);
        assertThat(guest.function("call_table").call(1)).containsExactly(11);
        table.set(1, null);
        assertThatThrownBy(() -> guest.function("call_table").call(1))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.UNINITIALIZED_ELEMENT));
    }

    @Test
    void growthOfAMemoryIsSeenByEveryoneWhoHasIt() {
        Instance grower = Guests.instance("wat/memory");
        Linker linker = linker().memory("env", "memory", grower.memory());
        IntUnaryOperator one = linker.instantiate(imports).function("peek", IntUnaryOperator.class);
        IntUnaryOperator other = linker.instantiate(imports).function("peek", IntUnaryOperator.class);

        assertThat(grower.function("grow").call(1)).as("the guest grows it").containsExactly(1);
        grower.function("i32_store").call(131_068, 7);
        assertThat(one.applyAsInt(131_068)).isEqualTo(7);
        assertThat(other.applyAsInt(131_068)).isEqualTo(7);

        assertThat(grower.memory().grow(1)).as("the host grows it").isEqualTo(2);
        grower.memory().writeInt(196_604, 8);
        assertThat(one.applyAsInt(196_604)).isEqualTo(8);
        assertThat(other.applyAsInt(196_604)).isEqualTo(8);
        assertThat(grower.function("i32_load").call(196_604)).containsExactly(8);
        assertThatThrownBy(() -> one.applyAsInt(196_605))
                .isInstanceOf(Trap.class)
                .hasMessage("out of bounds memory access: offset 196605, length 4, but the memory has 196608 bytes,"
                        + " in peek of imports.wasm");
    }

    /** Imports a memory, and copies its one passive segment, eight bytes long, to a given offset. */
    private static Module withPassiveSegment(String name, String eightBytes) {
        return Engine.create()
                .compile(
                        name,
                        Binary.module(
                                Binary.section(1, 1, 0x60, 1, 0x7f, 0),
                                Binary.section(2, 1, "env", "memory", 2, 0, 1),
                                Binary.section(3, 1, 0),
                                Binary.section(7, 1, "init", 0, 0),
                                Binary.section(12, 1),
                                Binary.section(10, 1, 12, 0, 0x20, 0, 0x41, 0, 0x41, 8, 0xfc, 8, 0, 0, 0x0b),
                                Binary.section(11, 1, 1, eightBytes)));
    }

    @Test
    void twoModulesOnOneMemoryKeepTheirOwnPassiveSegments() {
        Linker linker = new Linker().memory("env", "memory", memory);
        Instance first = linker.instantiate(withPassiveSegment("first.wasm", "1st 1st "));
        Instance second = linker.instantiate(withPassiveSegment("second.wasm", "2nd 2nd "));
        second.function("init").call(16);
        first.function("init").call(0);
        assertThat(memory.readString(0, 8)).isEqualTo("1st 1st ");
        assertThat(memory.readString(16, 8)).isEqualTo("2nd 2nd ");
    }

    @Test
    void anInstanceProvidesAllThatAnotherNeeds() {
        Instance provider = new Linker().instantiate(Guests.module("wat/provider"));
        Instance guest = new Linker().instance("env", provider).instantiate(imports);
        assertThat(guest.function("call_mul").call(6, 7)).containsExactly(42);
        assertThat(guest.function("get_base").call()).containsExactly(42);
        assertThat(guest.function("bump").call()).containsExactly(8);
        assertThat(provider.global("counter").getLong()).isEqualTo(8);
        provider.memory().writeInt(1000, 99);
        assertThat(guest.function("peek").call(1000)).containsExactly(99);
        guest.function("call_log").call(3, 4);
        assertThat(provider.memory().readInts(0, 2)).containsExactly(3, 4);
        assertThat(guest.function("call_table").call(0)).containsExactly(11);
    }

    @Test
    void twoGuestsOfOneProviderShareIt() {
        Instance provider = new Linker().instantiate(Guests.module("wat/provider"));
        Linker linker = new Linker().instance("env", provider);
        Instance one = linker.instantiate(imports);
        Instance other = linker.instantiate(imports);
        assertThat(one.function("bump").call()).containsExactly(8);
        assertThat(other.function("bump").call()).containsExactly(9);
        one.function("call_log").call(5, 6);
        assertThat(other.function("peek").call(4)).containsExactly(6);
    }

    @Test
    void aTrapInTheOneWhoCallsLeavesTheProviderWell() {
        Instance provider = new Linker().instantiate(Guests.module("wat/provider"));
        Instance guest = new Linker().instance("env", provider).instantiate(imports);
        assertThatThrownBy(() -> guest.function("call_table").call(1)).isInstanceOf(Trap.class);
        assertThatThrownBy(() -> guest.function("get_base").call()).isInstanceOf(InstanceStateException.class);
        assertThat(provider.function("mul").call(2, 3)).containsExactly(6);
    }

    @Test
    void aTrapInTheProviderEndsBothAndNamesBoth() {
        Instance traps = Guests.instance("wat/traps");
        Module caller = Guests.module("wat/callback");
        Instance guest = new Linker()
                .instance("env", traps)
                .function("wasi_snapshot_preview1", "proc_exit", (int code) -> {})
                .function("env", "callback", (Caller c, int n) -> {
                    traps.function("unreachable").call();
                    return n;
                })
                .instantiate(caller);
        Trap trap =
                catchThrowableOfType(Trap.class, () -> guest.function("call").call(1));
        assertThat(trap).hasMessage("unreachable, in inner < middle < outer of traps.wasm");
        assertThat(trap.getStackTrace())
                .extracting(StackTraceElement::toString)
                .contains("wasm.inner(traps.wasm)", "wasm.call(callback.wasm)");
        assertThatThrownBy(() -> traps.function("load").call(0)).isInstanceOf(InstanceStateException.class);
        assertThatThrownBy(() -> guest.function("call").call(1)).isInstanceOf(InstanceStateException.class);
    }

    /** Imports an identity of externref and exports a function that calls it. */
    private static Module callingIdref() {
        return Engine.create()
                .compile(
                        "caller.wasm",
                        Binary.module(
                                Binary.section(1, 1, 0x60, 1, 0x6f, 1, 0x6f),
                                Binary.section(2, 1, "env", "idref", 0, 0),
                                Binary.section(3, 1, 0),
                                Binary.section(7, 1, "through", 0, 1),
                                Binary.section(10, 1, 6, 0, 0x20, 0, 0x10, 0, 0x0b)));
    }

    @Test
    void hostObjectsPassFromOneInstanceToAnother() {
        interface Identity {
            Object of(Object value);
        }
        Instance tables = Guests.instance("wat/tables");
        Instance guest = new Linker().instance("env", tables).instantiate(callingIdref());
        var mine = new Object();
        assertThat(guest.function("through", Identity.class).of(mine)).isSameAs(mine);
        assertThat(guest.function("through", Identity.class).of(null)).isNull();
    }

    @Test
    void oneLinkerInstantiatesManyModules() {
        Linker linker = linker().function("env", "callback", (int x) -> x + 1)
                .function("wasi_snapshot_preview1", "proc_exit", (int code) -> {});
        Instance first = linker.instantiate(imports);
        Instance again = linker.instantiate(imports);
        Instance callback = linker.instantiate(Guests.module("wat/callback"));
        Instance numbers = linker.instantiate(Guests.module("wat/numbers"));
        assertThat(first.function("call_mul").call(2, 3)).containsExactly(6);
        assertThat(again.function("bump").call()).containsExactly(101);
        assertThat(first.function("bump").call()).containsExactly(102);
        assertThat(callback.function("call").call(1)).containsExactly(2);
        assertThat(numbers.function("add").call(1, 2)).containsExactly(3);
    }

    @Test
    void manyThreadsInstantiateWithOneLinker() throws Exception {
        Linker linker = new Linker()
                .function("env", "callback", (Caller caller, int x) -> {
                    caller.memory().writeInt(0, caller.memory().readInt(0) + x);
                    return caller.memory().readInt(0);
                })
                .function("wasi_snapshot_preview1", "proc_exit", (int code) -> {});
        Module module = Guests.module("wat/callback");
        var threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                int step = i;
                tasks.add(() -> {
                    IntUnaryOperator call = linker.instantiate(module).function("call", IntUnaryOperator.class);
                    int last = 0;
                    for (int n = 0; n < 100; n++) {
                        last = call.applyAsInt(step);
                    }
                    return last;
                });
            }
            List<Future<Integer>> results = threads.invokeAll(tasks);
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get()).isEqualTo(100 * i);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aLaterDefinitionReplacesAnEarlierOne() {
        Linker linker = linker();
        Instance before = linker.instantiate(imports);
        linker.function("env", "mul", (long a, long b) -> a + b).global("env", "base", Global.ofInt(-1, false));
        Instance after = linker.instantiate(imports);
        assertThat(before.function("call_mul").call(6, 7)).containsExactly(42);
        assertThat(after.function("call_mul").call(6, 7)).containsExactly(13);
        assertThat(before.function("get_base").call()).containsExactly(1234);
        assertThat(after.function("get_base").call()).containsExactly(-1);
    }

    @Test
    void aLaterDefinitionMayBeOfAnotherKind() {
        Linker linker = linker().function("env", "base", () -> 1).global("env", "base", Global.ofInt(5, false));
        assertThat(linker.instantiate(imports).function("get_base").call()).containsExactly(5);
    }

    @Test
    void namesOfTwoModulesDoNotMix() {
        Linker linker = linker().function("other", "mul", (long a, long b) -> 0L);
        assertThat(linker.instantiate(imports).function("call_mul").call(6, 7)).containsExactly(42);
    }

    @Test
    void nullDefinitionsAreRefusedWhereTheyAreMade() {
        assertThatThrownBy(() -> new Linker().function("env", "f", IntUnaryOperator.class, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("function");
    }

    @Test
    void nullMemoriesGlobalsAndTablesAreRefusedWhereTheyAreGiven() {
        assertThatThrownBy(() -> new Linker().memory("env", "m", null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("memory");
        assertThatThrownBy(() -> new Linker().global("env", "g", null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("global");
        assertThatThrownBy(() -> new Linker().table("env", "t", null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("table");
    }

    @Test
    void importedMemoriesAreCreatedForEachInstance() {
        Module module = Guests.module("wat/import-memory");
        assertThat(refused(new Linker(), module))
                .hasMessageContaining("env.memory is not defined: it has to be memory 2..20");
        Linker linker = new Linker().createImportedMemories();
        Instance one = linker.instantiate(module);
        Instance other = linker.instantiate(module);
        assertThat(one.function("load").call(16)).containsExactly('f');
        assertThat(one.function("grow").call(18)).containsExactly(2);
        assertThat(one.function("grow").call(1)).as("over its own maximum").containsExactly(-1L);
        assertThat(other.function("size").call()).containsExactly(2);
    }

    @Test
    void createdMemoriesAreCountedInTheLimits() {
        Module module = Guests.module("wat/import-memory");
        Linker linker = new Linker().createImportedMemories();
        assertThatThrownBy(() ->
                        linker.limits(Limits.defaults().memoryBytes(65_536)).instantiate(module))
                .isInstanceOfSatisfying(
                        LimitException.class, e -> assertThat(e.kind()).isEqualTo(LimitException.Kind.MEMORY));
        Instance bounded =
                linker.limits(Limits.defaults().memoryBytes(4 * 65_536)).instantiate(module);
        assertThat(bounded.function("grow").call(2)).containsExactly(2);
        assertThat(bounded.function("grow").call(1)).containsExactly(-1L);
    }

    @Test
    void whatIsDefinedComesBeforeWhatIsCreated() {
        Memory shared = Memory.create(2, 20);
        Linker linker = new Linker().createImportedMemories().memory("env", "memory", shared);
        Instance instance = linker.instantiate(Guests.module("wat/import-memory"));
        shared.writeByte(100, (byte) 7);
        assertThat(instance.function("load").call(100)).containsExactly(7);
        assertThat(refused(new Linker().createImportedMemories().unknownImportsAsTraps(), Guests.module("wat/imports"))
                        .problems())
                .as("globals and tables stay the host's to define")
                .hasSize(3);
    }
}
