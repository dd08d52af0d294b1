package dev.airlock.convention;

import static dev.airlock.convention.Toolchains.BYTES;
import static dev.airlock.convention.Toolchains.DOUBLES;
import static dev.airlock.convention.Toolchains.F64;
import static dev.airlock.convention.Toolchains.LONGS;
import static dev.airlock.convention.Toolchains.RECORD;
import static dev.airlock.convention.Toolchains.S32;
import static dev.airlock.convention.Toolchains.S64;
import static dev.airlock.convention.Toolchains.STRING;
import static dev.airlock.convention.Toolchains.type;
import static dev.airlock.convention.Toolchains.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.abi.form.Flattening;
import dev.airlock.mapping.BlockForm;
import dev.airlock.memory.StaticMemory;
import dev.airlock.placement.ManagedClasses;
import dev.airlock.placement.Placement;
import dev.airlock.placement.Placement.Allocate;
import dev.airlock.placement.Placement.Free;
import dev.airlock.placement.Placement.In;
import dev.airlock.placement.Placement.Managed;
import dev.airlock.placement.Placement.Out;
import dev.airlock.shape.Carrier;
import dev.airlock.type.ExportType;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where each preset says that values lie, by the exports that modules of that toolchain really have. */
class PresetsTest {
    private static final Allocate MALLOC = new Allocate("malloc", Allocate.Form.SIZE);
    private static final Free FREE = new Free("free", Free.Form.POINTER);

    private static final ExportView C = view(Toolchains.C);
    private static final ExportView RUST = view(Toolchains.RUST);
    private static final ExportView TINYGO = view(Toolchains.TINYGO);
    private static final ExportView ASSEMBLYSCRIPT = view(Toolchains.ASSEMBLYSCRIPT);
    private static final ManagedClasses CLASSES = new ManagedClasses(
            2, Set.of(), List.of(), Map.of("Uint8Array_ID", 5, "Int64Array_ID", 7, "Float64Array_ID", 9));

    @Test
    void cTakesPointerAndLengthAndPacksItsResult() {
        assertThat(resolve(Convention.c(), C, "(i32, i32) -> i64", STRING, STRING))
                .isEqualTo(host(MALLOC, FREE, In.POINTER_COUNT, Out.PACKED));
        assertThat(resolve(Convention.c(), C, "(i32, i32, f64) -> i64", DOUBLES, DOUBLES, F64))
                .isEqualTo(host(MALLOC, FREE, In.POINTER_COUNT, Out.PACKED));
        assertThat(resolve(Convention.c(), C, "(i32, i32) -> i64", RECORD, RECORD))
                .isEqualTo(host(MALLOC, FREE, In.POINTER_COUNT, Out.PACKED));
    }

    @Test
    void theTypeOfAFunctionInCTellsItsForm() {
        assertThat(resolve(Convention.c(), C, "(i32, i32, i32)", STRING, STRING))
                .isEqualTo(host(MALLOC, FREE, In.POINTER_COUNT, Out.RETURN_POINTER));
        assertThat(resolve(Convention.c(), C, "(i32) -> i32", STRING, STRING))
                .isEqualTo(host(MALLOC, FREE, In.NUL_TERMINATED, Out.NUL_TERMINATED));
        assertThat(resolve(Convention.c(), C, "(i32, i32) -> i32", STRING, STRING))
                .isEqualTo(host(MALLOC, FREE, In.POINTER_COUNT, Out.NUL_TERMINATED));
        assertThat(resolve(Convention.c(), C, "(i32) -> i64", STRING, STRING))
                .isEqualTo(host(MALLOC, FREE, In.NUL_TERMINATED, Out.PACKED));
        assertThat(resolve(Convention.c(), C, "(i32, i32)", STRING, STRING))
                .isEqualTo(host(MALLOC, FREE, In.NUL_TERMINATED, Out.RETURN_POINTER));
        assertThat(resolve(Convention.c(), C, "(i32, i32) -> (i32, i32)", STRING, STRING))
                .isEqualTo(host(MALLOC, FREE, In.POINTER_COUNT, Out.TWO_RESULTS));
    }

    @Test
    void unusedPartsOfAConventionAreLeftOut() {
        Placement sum = new Placement(MALLOC, FREE, In.POINTER_COUNT, Out.PACKED, false, false, BlockForm.UTF8, null);
        assertThat(resolve(Convention.c(), C, "(i32, i32) -> i64", S64, LONGS)).isEqualTo(sum);
        assertThat(resolve(Convention.go(), C, "(i32, i32) -> i64", S64, LONGS)).isEqualTo(sum);
        assertThat(resolve(Convention.tinygo(), C, "(i32, i32) -> i64", S64, LONGS))
                .isEqualTo(sum);
        assertThat(resolve(Convention.rust(), C, "(i32, i32) -> i64", S64, LONGS))
                .isEqualTo(sum);
    }

    @Test
    void numbersNeedNothing() {
        Placement numbers = new Placement(null, null, In.POINTER_COUNT, Out.PACKED, false, false, BlockForm.UTF8, null);
        for (Convention preset : Convention.presets()) {
            assertThat(resolve(preset, view(), "(i32, i32) -> i32", S32, S32, S32))
                    .as(preset.name())
                    .isEqualTo(numbers);
        }
    }

    @Test
    void rustFreesBySize() {
        assertThat(resolve(Convention.rust(), RUST, "(i32, i32) -> i64", STRING, STRING))
                .isEqualTo(belowTheHeap(host(
                        new Allocate("alloc", Allocate.Form.SIZE),
                        new Free("dealloc", Free.Form.POINTER_SIZE),
                        In.POINTER_COUNT,
                        Out.PACKED)));
        assertThat(resolve(
                        Convention.rust(),
                        view("allocate(i32) -> i32", "deallocate(i32, i32)"),
                        "(i32, i32) -> i64",
                        STRING,
                        STRING))
                .isEqualTo(host(
                        new Allocate("allocate", Allocate.Form.SIZE),
                        new Free("deallocate", Free.Form.POINTER_SIZE),
                        In.POINTER_COUNT,
                        Out.PACKED));
    }

    @Test
    void rustMayTakeItsArguments() {
        Convention takes =
                Convention.rust().toBuilder().guestTakesArguments(true).build();
        assertThat(resolve(takes, RUST, "(i32, i32) -> i64", STRING, STRING))
                .isEqualTo(belowTheHeap(new Placement(
                        new Allocate("alloc", Allocate.Form.SIZE),
                        new Free("dealloc", Free.Form.POINTER_SIZE),
                        In.POINTER_COUNT,
                        Out.PACKED,
                        true,
                        true,
                        BlockForm.UTF8,
                        null)));
    }

    @Test
    void zigIsAsRust() {
        assertThat(belowTheHeap(resolve(Convention.rust(), view(Toolchains.ZIG), "(i32, i32) -> i64", BYTES, BYTES)))
                .isEqualTo(resolve(Convention.rust(), RUST, "(i32, i32) -> i64", BYTES, BYTES));
    }

    @Test
    void tinygoLeavesItsOwnStringsToTheCollector() {
        assertThat(resolve(Convention.tinygo(), TINYGO, "(i32)", STRING))
                .isEqualTo(new Placement(
                        MALLOC, FREE, In.POINTER_COUNT, Out.RETURN_POINTER, false, false, BlockForm.UTF8, null));
    }

    @Test
    void tinygoLeaksWhatItPacks() {
        assertThat(resolve(Convention.tinygo(), TINYGO, "(i32, i32) -> i64", STRING, STRING))
                .isEqualTo(host(MALLOC, FREE, In.POINTER_COUNT, Out.PACKED));
    }

    @Test
    void tinygoTakesSlices() {
        assertThat(resolve(Convention.tinygo(), TINYGO, "(i32, i32, i32) -> i64", S64, LONGS))
                .isEqualTo(new Placement(MALLOC, FREE, In.SLICE, Out.PACKED, false, false, BlockForm.UTF8, null));
    }

    @Test
    void tinygoStringsThatWereLeakedCanBeTheHosts() {
        Convention leaked =
                Convention.tinygo().toBuilder().hostFreesResults(true).build();
        assertThat(resolve(leaked, TINYGO, "(i32)", STRING))
                .isEqualTo(host(MALLOC, FREE, In.POINTER_COUNT, Out.RETURN_POINTER));
    }

    @Test
    void goHasWhatItsAuthorWrote() {
        assertThat(resolve(Convention.go(), view(Toolchains.GO), "(i32, i32) -> i64", STRING, STRING))
                .isEqualTo(host(MALLOC, FREE, In.POINTER_COUNT, Out.PACKED));
        assertThat(resolve(
                        Convention.go(),
                        view("alloc(i32) -> i32", "dealloc(i32)"),
                        "(i32, i32) -> i64",
                        STRING,
                        STRING))
                .isEqualTo(host(
                        new Allocate("alloc", Allocate.Form.SIZE),
                        new Free("dealloc", Free.Form.POINTER),
                        In.POINTER_COUNT,
                        Out.PACKED));
    }

    @Test
    void assemblyscriptHasManagedObjects() {
        Placement managed = new Placement(
                new Allocate("__new", Allocate.Form.MANAGED),
                null,
                In.MANAGED,
                Out.MANAGED,
                false,
                false,
                BlockForm.UTF16,
                new Managed("__pin", "__unpin", CLASSES));
        assertThat(resolve(Convention.assemblyscript(), ASSEMBLYSCRIPT, "(i32) -> i32", STRING, STRING))
                .isEqualTo(managed);
        Convention json =
                Convention.assemblyscript().toBuilder().payload("JSON").build();
        assertThat(resolve(json, ASSEMBLYSCRIPT, "(i32) -> i32", RECORD, RECORD))
                .isEqualTo(managed);
    }

    @Test
    void assemblyscriptArraysAreOfAClass() {
        assertThat(resolve(Convention.assemblyscript(), ASSEMBLYSCRIPT, "(i32) -> i64", S64, LONGS)
                        .managed())
                .isEqualTo(new Managed("__pin", "__unpin", CLASSES));
        assertThat(resolve(
                                Convention.assemblyscript(),
                                view(Toolchains.with(Toolchains.ASSEMBLYSCRIPT, "Uint16Array_ID = 11")),
                                "(i32) -> i64",
                                S64,
                                LONGS)
                        .managed()
                        .classes()
                        .exported())
                .containsEntry("Uint16Array_ID", 11);
    }

    @Test
    void theStringsOfAnOldAssemblyscriptAreOfClass1() {
        Convention old = Convention.assemblyscript().toBuilder()
                .objects(new ManagedObjects("__pin", "__unpin", 1))
                .build();
        assertThat(resolve(old, ASSEMBLYSCRIPT, "(i32)", null, STRING)
                        .managed()
                        .classes()
                        .string())
                .isEqualTo(1);
        ExportView says = view(Toolchains.with(Toolchains.ASSEMBLYSCRIPT, "String_ID = 1"));
        assertThat(resolve(Convention.assemblyscript(), says, "(i32)", null, STRING)
                        .managed()
                        .classes()
                        .string())
                .isEqualTo(1);
    }

    @Test
    void anAssemblyscriptWithoutItsRuntimeCanStillGiveStrings() {
        assertThat(resolve(Convention.assemblyscript(), view("name() -> i32"), "() -> i32", STRING))
                .isEqualTo(new Placement(
                        null,
                        null,
                        In.POINTER_COUNT,
                        Out.MANAGED,
                        false,
                        false,
                        BlockForm.UTF16,
                        new Managed("__pin", "__unpin", new ManagedClasses(2, Set.of(), List.of(), Map.of()))));
    }

    @Test
    void wasmBindgenTakesItsArguments() {
        Allocate malloc = new Allocate("__wbindgen_malloc", Allocate.Form.SIZE_ALIGN);
        Free free = new Free("__wbindgen_free", Free.Form.POINTER_SIZE_ALIGN);
        ExportView exports = view(Toolchains.WASM_BINDGEN);
        assertThat(resolve(Convention.wasmBindgen(), exports, "(i32, i32, i32)", STRING, STRING))
                .isEqualTo(new Placement(
                        malloc,
                        free,
                        In.POINTER_COUNT,
                        Out.RETURN_POINTER,
                        true,
                        true,
                        BlockForm.UTF8,
                        null,
                        "__wbindgen_add_to_stack_pointer"));
        assertThat(resolve(Convention.wasmBindgen(), exports, "(i32, i32) -> (i32, i32)", STRING, STRING))
                .isEqualTo(new Placement(
                        malloc, free, In.POINTER_COUNT, Out.TWO_RESULTS, true, true, BlockForm.UTF8, null));
    }

    @Test
    void anOldWasmBindgenKnowsNoAlignment() {
        assertThat(resolve(
                        Convention.wasmBindgen(),
                        view("__wbindgen_malloc(i32) -> i32", "__wbindgen_free(i32, i32)"),
                        "(i32, i32, i32)",
                        STRING,
                        STRING))
                .isEqualTo(new Placement(
                        new Allocate("__wbindgen_malloc", Allocate.Form.SIZE),
                        new Free("__wbindgen_free", Free.Form.POINTER_SIZE),
                        In.POINTER_COUNT,
                        Out.RETURN_POINTER,
                        true,
                        true,
                        BlockForm.UTF8,
                        null));
    }

    @Test
    void fpBindgenHasFatPointersToMessagePack() {
        Convention fp = Convention.fpBindgen();
        Carrier string = fp.carried(STRING);
        assertThat(string).isEqualTo(new Carrier.Block(BlockForm.PAYLOAD, String.class, String.class));
        assertThat(fp.carried(S32)).isEqualTo(S32);
        assertThat(fp.payload()).isEqualTo("MessagePack");
        assertThat(fp.functionPrefix()).isEqualTo("__fp_gen_");
        assertThat(resolve(fp, view(Toolchains.FP_BINDGEN), "(i64) -> i64", string, string))
                .isEqualTo(new Placement(
                        new Allocate("__fp_malloc", Allocate.Form.FAT),
                        new Free("__fp_free", Free.Form.FAT),
                        In.FAT,
                        Out.PACKED,
                        true,
                        true,
                        BlockForm.UTF8,
                        null));
    }

    @Test
    void onlyFpBindgenMakesAPayloadOfAString() {
        for (Convention preset : Convention.presets()) {
            assertThat(preset.carried(STRING).equals(STRING))
                    .as(preset.name())
                    .isEqualTo(!preset.name().equals("fp-bindgen"));
        }
    }

    @Test
    void aGuestWithoutAllocatorKeepsWhatItGives() {
        assertThat(resolve(Convention.c(), view("version() -> i64"), "() -> i64", STRING))
                .isEqualTo(new Placement(null, null, In.POINTER_COUNT, Out.PACKED, false, false, BlockForm.UTF8, null));
    }

    @Test
    void anImportsArgumentsAreTheGuests() {
        assertThat(Convention.c().resolveImport("log", type("(i32, i32)"), List.of(STRING), null, C))
                .isEqualTo(new Placement(null, null, In.POINTER_COUNT, Out.PACKED, false, false, BlockForm.UTF8, null));
    }

    @Test
    void anImportsResultIsTheGuestsFromThenOn() {
        assertThat(Convention.rust().resolveImport("answer", type("(i32, i32) -> i64"), List.of(STRING), STRING, RUST))
                .isEqualTo(new Placement(
                        new Allocate("alloc", Allocate.Form.SIZE),
                        new Free("dealloc", Free.Form.POINTER_SIZE),
                        In.POINTER_COUNT,
                        Out.PACKED,
                        true,
                        false,
                        BlockForm.UTF8,
                        null));
    }

    @Test
    void anImportOfFpBindgenTakesItsArguments() {
        Convention fp = Convention.fpBindgen();
        assertThat(fp.resolveImport(
                        "__fp_gen_log", type("(i64)"), List.of(fp.carried(STRING)), null, view(Toolchains.FP_BINDGEN)))
                .isEqualTo(new Placement(
                        new Allocate("__fp_malloc", Allocate.Form.FAT),
                        new Free("__fp_free", Free.Form.FAT),
                        In.FAT,
                        Out.PACKED,
                        false,
                        true,
                        BlockForm.UTF8,
                        null));
    }

    @Test
    void anImportOfAssemblyscriptGetsANewObject() {
        assertThat(Convention.assemblyscript()
                        .resolveImport("answer", type("(i32) -> i32"), List.of(STRING), STRING, ASSEMBLYSCRIPT))
                .isEqualTo(new Placement(
                        new Allocate("__new", Allocate.Form.MANAGED),
                        null,
                        In.MANAGED,
                        Out.MANAGED,
                        false,
                        false,
                        BlockForm.UTF16,
                        new Managed("__pin", "__unpin", CLASSES)));
    }

    private static final StaticMemory SEGMENTS = StaticMemory.of(List.of(new StaticMemory.Range(1024, 3000)), 0);

    private static ExportView withSegments(List<ExportType> exports) {
        ExportView view = view(exports);
        return new ExportView(view.exports(), view.globalValue(), view.staticBytes(), SEGMENTS, OptionalInt.empty());
    }

    @Test
    void resultsInASegmentOrBelowTheHeapAreNotFreed() {
        for (String core : List.of("() -> i64", "(i32)", "() -> (i32, i32)", "() -> i32")) {
            assertThat(resolve(Convention.c(), withSegments(Toolchains.C), core, STRING)
                            .statics())
                    .isEqualTo(SEGMENTS);
        }
        assertThat(resolve(Convention.rust(), withSegments(Toolchains.RUST), "() -> i64", STRING)
                        .statics())
                .hasToString("0..1054432");
        assertThat(resolve(Convention.go(), withSegments(Toolchains.GO), "() -> i64", BYTES)
                        .statics())
                .isEqualTo(SEGMENTS);
        Convention own = Convention.c().toBuilder().heapBase("reserved").build();
        List<ExportType> reserving = Toolchains.with(Toolchains.C, "reserved = 80000", "__heap_base = 1054432");
        assertThat(resolve(own, withSegments(reserving), "() -> i64", STRING).statics())
                .hasToString("0..80000");
        ExportView stack =
                new ExportView(Toolchains.C, name -> 0, (offset, length) -> null, SEGMENTS, OptionalInt.of(70_000));
        assertThat(resolve(Convention.c(), stack, "() -> i64", STRING).statics())
                .hasToString("0..70000");
        Convention none = Convention.c().toBuilder().heapBase(null).build();
        assertThat(resolve(none, stack, "() -> i64", STRING).statics()).isEqualTo(SEGMENTS);
        assertThat(resolve(none, withSegments(reserving), "() -> i64", STRING).statics())
                .isEqualTo(SEGMENTS);
    }

    @Test
    void itDoesNotMatterIfNothingIsFreed() {
        assertThat(resolve(Convention.c(), withSegments(Toolchains.C), "(i32, i32) -> i64", S64, LONGS)
                        .statics())
                .isEqualTo(StaticMemory.NONE);
        Convention keeps = Convention.c().staticResults();
        assertThat(resolve(keeps, withSegments(Toolchains.C), "() -> i64", STRING))
                .isEqualTo(new Placement(null, null, In.POINTER_COUNT, Out.PACKED, false, false, BlockForm.UTF8, null));
        assertThat(resolve(Convention.tinygo(), withSegments(Toolchains.TINYGO), "(i32)", STRING)
                        .statics())
                .isEqualTo(StaticMemory.NONE);
    }

    @Test
    void presetsHaveTheirNames() {
        assertThat(Convention.presets())
                .extracting(Convention::name)
                .containsExactly("c", "rust", "tinygo", "go", "assemblyscript", "wasm-bindgen", "fp-bindgen");
        assertThat(Convention.named("wasm-bindgen")).contains(Convention.wasmBindgen());
        assertThat(Convention.named("cobol")).isEmpty();
        assertThat(Convention.c()).hasToString("c");
    }

    /** The result comes first, for the parameters may be any number. */
    private static Placement resolve(
            Convention convention, ExportView exports, String core, @Nullable Carrier result, Carrier... params) {
        Placement placement = convention.resolve("f", type(core), List.of(params), result, exports);
        assertThat(Flattening.flatten(placement, List.of(params), result)).isEqualTo(type(core));
        return placement;
    }

    private static Placement host(Allocate allocate, Free free, In in, Out out) {
        return new Placement(allocate, free, in, out, false, true, BlockForm.UTF8, null);
    }

    private static Placement belowTheHeap(Placement from) {
        return new Placement(
                from.allocate(),
                from.free(),
                from.in(),
                from.out(),
                from.guestTakesArguments(),
                from.hostFreesResults(),
                from.text(),
                from.managed(),
                from.stackPointer(),
                StaticMemory.NONE.below(1054432));
    }
}
