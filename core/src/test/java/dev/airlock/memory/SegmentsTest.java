package dev.airlock.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.ImportMemory;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.InterpreterMachine;
import run.endive.runtime.Machine;
import run.endive.runtime.TrapException;
import run.endive.wasm.Parser;
import run.endive.wasm.UninstantiableException;
import run.endive.wasm.WasmModule;

/** Data segments and bulk instructions, by way of real modules. */
class SegmentsTest {
    private static final String OUT_OF_BOUNDS = "out of bounds memory access";

    /**
     * <pre>
     * (module
     *   (memory (export "memory") 1 3)
     *   (data "abcdef")
     *   (data (i32.const 8) "ACTIVE")
     *   (func (export "init") (param i32 i32 i32) local.get 0 local.get 1 local.get 2 memory.init 0)
     *   (func (export "initActive") (param i32 i32 i32) local.get 0 local.get 1 local.get 2 memory.init 1)
     *   (func (export "drop") data.drop 0)
     *   (func (export "fill") (param i32 i32 i32) local.get 0 local.get 1 local.get 2 memory.fill)
     *   (func (export "copy") (param i32 i32 i32) local.get 0 local.get 1 local.get 2 memory.copy)
     *   (func (export "grow") (param i32) (result i32) local.get 0 memory.grow)
     *   (func (export "load") (param i32) (result i32) local.get 0 i32.load)
     *   (func (export "loadFar") (param i32) (result i32) local.get 0 i32.load offset=4294967295))
     * </pre>
     */
    private static final WasmModule OWNER = module("AGFzbQEAAAABDwNgA39/fwBgAABgAX8BfwMJCAAAAQAAAgICBQQBAQEDB0sJ"
            + "Bm1lbW9yeQIABGluaXQAAAppbml0QWN0aXZlAAEEZHJvcAACBGZpbGwAAwRjb3B5AAQEZ3JvdwAFBGxvYWQABgdsb2FkRmFyAAcMAQIK"
            + "VQgMACAAIAEgAvwIAAALDAAgACABIAL8CAEACwUA/AkACwsAIAAgASAC/AsACwwAIAAgASAC/AoAAAsGACAAQAALBwAgACgCAAsLACAA"
            + "KAL/////DwsLFAIBBmFiY2RlZgBBCAsGQUNUSVZF");

    /**
     * <pre>
     * (module
     *   (import "a" "memory" (memory 1 3))
     *   (data "UVWXYZ")
     *   (func (export "init") (param i32 i32 i32) local.get 0 local.get 1 local.get 2 memory.init 0)
     *   (func (export "drop") data.drop 0)
     *   (func (export "grow") (param i32) (result i32) local.get 0 memory.grow)
     *   (func (export "load") (param i32) (result i32) local.get 0 i32.load))
     * </pre>
     */
    private static final WasmModule BORROWER = module("AGFzbQEAAAABDwNgA39/fwBgAABgAX8BfwIOAQFhBm1lbW9yeQIBAQMDBQQAAQIC"
            + "Bx0EBGluaXQAAARkcm9wAAEEZ3JvdwACBGxvYWQAAwwBAQojBAwAIAAgASAC/AgAAAsFAPwJAAsGACAAQAALBwAgACgCAAsLCQEBBlVW"
            + "V1hZWg==");

    /** {@code (module (memory 1) (data (i32.const 65533) "abcd"))} */
    private static final WasmModule ACTIVE_PAST_THE_END = module("AGFzbQEAAAAFAwEAAQsMAQBB/f8DCwRhYmNk");

    /** {@code (module (memory 1) (func $s i32.const 65536 i32.load drop) (start $s))} */
    private static final WasmModule STARTS_PAST_THE_END =
            module("AGFzbQEAAAABBAFgAAADAgEABQMBAAEIAQAKDAEKAEGAgAQoAgAaCw==");

    /** The ways that Endive has to run code: both must get the same from a memory. */
    enum Run {
        COMPILED(MachineFactoryCompiler::compile),
        INTERPRETED(InterpreterMachine::new);

        final Function<Instance, Machine> machine;

        Run(Function<Instance, Machine> machine) {
            this.machine = machine;
        }

        Instance instance(WasmModule module, ImportValues imports) {
            return Instance.builder(module)
                    .withMachineFactory(machine)
                    .withMemoryFactory(
                            limits -> new LinearMemory(limits.initialPages(), limits.maximumPages(), limits.shared()))
                    .withImportValues(imports)
                    .build();
        }

        Instance owner() {
            Instance owner = instance(OWNER, ImportValues.empty());
            owner.memory().fill((byte) '?', 0, 8);
            owner.memory().fill((byte) '?', 14, 65_536);
            return owner;
        }

        Instance borrower(LinearMemory memory) {
            return instance(
                    BORROWER,
                    ImportValues.builder()
                            .addMemory(new ImportMemory("a", "memory", memory))
                            .build());
        }
    }

    private static WasmModule module(String base64) {
        return Parser.parse(Base64.getDecoder().decode(base64));
    }

    private static long call(Instance instance, String function, long... args) {
        long[] results = instance.export(function).apply(args);
        return results == null || results.length == 0 ? 0 : results[0];
    }

    private static String draw(Instance instance) {
        return instance.memory().readString(0, 20);
    }

    private static void assertTraps(Instance instance, String function, long... args) {
        String before = draw(instance);
        assertThatThrownBy(() -> call(instance, function, args))
                .isInstanceOf(TrapException.class)
                .hasMessageStartingWith(OUT_OF_BOUNDS);
        assertThat(draw(instance)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void anActiveSegmentLiesAtItsPlaceAndIsGone(Run run) {
        Instance owner = run.owner();
        assertThat(draw(owner)).isEqualTo("????????ACTIVE??????");
        call(owner, "initActive", 0, 0, 0);
        assertTraps(owner, "initActive", 0, 0, 1);
        assertTraps(owner, "initActive", 0, 1, 0);
    }

    @ParameterizedTest
    @EnumSource
    void aPassiveSegmentLastsUntilItIsDropped(Run run) {
        Instance owner = run.owner();
        call(owner, "init", 1, 2, 3);
        assertThat(draw(owner)).isEqualTo("?cde????ACTIVE??????");
        call(owner, "init", 15, 0, 5);
        assertThat(draw(owner)).isEqualTo("?cde????ACTIVE?abcde");
        call(owner, "init", 65_536, 6, 0);
        assertTraps(owner, "init", 0, 0, 7);
        assertTraps(owner, "init", 0, 7, 0);
        assertTraps(owner, "init", 65_535, 0, 2);
        assertTraps(owner, "init", 65_537, 0, 0);
        assertTraps(owner, "init", 0, 1, 0xFFFF_FFFFL);
        call(owner, "drop");
        call(owner, "init", 0, 0, 0);
        assertTraps(owner, "init", 0, 0, 1);
    }

    @ParameterizedTest
    @EnumSource
    void eachInstanceHasItsOwnSegments(Run run) {
        Instance owner = run.owner();
        LinearMemory memory = (LinearMemory) owner.memory();
        Instance first = run.borrower(memory.alias());
        Instance second = run.borrower(memory.alias());
        call(owner, "init", 0, 0, 2);
        call(first, "init", 2, 0, 2);
        call(first, "drop");
        call(second, "init", 4, 2, 2);
        call(owner, "init", 6, 2, 2);
        assertThat(draw(owner)).isEqualTo("abUVWXcdACTIVE??????");
        assertTraps(first, "init", 0, 0, 1);
        assertThat(call(first, "grow", 1)).isEqualTo(1);
        owner.memory().writeI32(2 * 65_536 - 4, 42);
        assertThat(call(second, "load", 2 * 65_536 - 4)).isEqualTo(42);
        assertThat(call(second, "grow", 1)).isEqualTo(2);
        assertThat((int) call(owner, "grow", 1)).isEqualTo(-1);
        assertThat(call(owner, "load", 3 * 65_536 - 4)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void anActiveSegmentMustFit(Run run) {
        assertThatThrownBy(() -> run.instance(ACTIVE_PAST_THE_END, ImportValues.empty()))
                .isInstanceOf(UninstantiableException.class)
                .hasMessage(OUT_OF_BOUNDS + ": offset 65533, length 4, but the memory has 65536 bytes");
    }

    @ParameterizedTest
    @EnumSource
    void aStartFunctionOutOfBoundsFailsTheInstantiation(Run run) {
        assertThatThrownBy(() -> run.instance(STARTS_PAST_THE_END, ImportValues.empty()))
                .isInstanceOf(UninstantiableException.class)
                .hasMessageStartingWith(OUT_OF_BOUNDS);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 4294967295",
        "100, 4294967200",
        "65536, 1",
        "65537, 0",
        "4294967295, 1",
        "4294967295, 0",
        "2147483648, 2147483648",
        "0, 65537",
        "0, 4294901760"
    })
    void hostileBulkInstructionsTrap(long offset, long length) {
        for (Run run : Run.values()) {
            Instance owner = run.owner();
            assertTraps(owner, "fill", offset, '!', length);
            assertTraps(owner, "copy", offset, 0, length);
            assertTraps(owner, "copy", 0, offset, length);
            assertTraps(owner, "init", offset, 0, length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void bulkInstructionsReachTheEnd(Run run) {
        Instance owner = run.owner();
        call(owner, "copy", 2, 8, 6);
        call(owner, "fill", 65_535, '!', 1);
        call(owner, "copy", 18, 65_534, 2);
        call(owner, "fill", 65_536, '!', 0);
        call(owner, "copy", 65_536, 65_536, 0);
        assertThat(draw(owner)).isEqualTo("??ACTIVEACTIVE?????!");
        assertThat(call(owner, "load", 65_532)).isEqualTo('!' << 24 | '?' << 16 | '?' << 8 | '?');
    }

    @ParameterizedTest
    @CsvSource({"load, 65533", "load, 4294967295", "load, 2147483648", "loadFar, 0", "loadFar, 1", "loadFar, 4294967295"
    })
    void hostileLoadsTrap(String function, long offset) {
        for (Run run : Run.values()) {
            Instance owner = run.owner();
            assertThatThrownBy(() -> call(owner, function, offset)).hasMessageStartingWith(OUT_OF_BOUNDS);
        }
    }

    @Test
    void withoutAliasesTheLastInstanceWouldWin() {
        // Not wanted: it pins down why the engine must give each importer a handle of its own.
        Instance owner = Run.COMPILED.owner();
        Run.COMPILED.borrower((LinearMemory) owner.memory());
        call(owner, "init", 0, 0, 6);
        assertThat(draw(owner)).startsWith("UVWXYZ");
    }
}
