package dev.airlock.convention;

import static dev.airlock.convention.Toolchains.BYTES;
import static dev.airlock.convention.Toolchains.LONGS;
import static dev.airlock.convention.Toolchains.RECORD;
import static dev.airlock.convention.Toolchains.S32;
import static dev.airlock.convention.Toolchains.S64;
import static dev.airlock.convention.Toolchains.STRING;
import static dev.airlock.convention.Toolchains.type;
import static dev.airlock.convention.Toolchains.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.abi.form.Flattening;
import dev.airlock.error.SignatureException;
import dev.airlock.mapping.BlockForm;
import dev.airlock.placement.Placement;
import dev.airlock.placement.Placement.Allocate;
import dev.airlock.placement.Placement.Free;
import dev.airlock.placement.Placement.In;
import dev.airlock.placement.Placement.Out;
import dev.airlock.shape.Carrier;
import dev.airlock.type.CoreFuncType;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a convention says where it cannot place a value, and which descriptions it refuses. */
class ConventionTest {
    private static final ExportView C = view(Toolchains.C);

    @Test
    void noFormFits() {
        refuses(Convention.c(), C, "(i32, i64) -> f64", """
                greet(String) -> String does not fit what the guest exports, by the convention c:
                  needs (i32, i32) -> i64         for (ptr, len) in, ptr<<32 | len back
                  or    (i32, i32, i32)           for (ptr, len) in, return pointer back
                  or    (i32, i32) -> (i32, i32)  for (ptr, len) in, two results back
                  or    (i32, i32) -> i32         for (ptr, len) in, NUL-terminated back
                  or    (i32) -> i64              for NUL-terminated in, ptr<<32 | len back
                  or    (i32, i32)                for NUL-terminated in, return pointer back
                  or    (i32) -> (i32, i32)       for NUL-terminated in, two results back
                  or    (i32) -> i32              for NUL-terminated in, NUL-terminated back
                  has   (i32, i64) -> f64""", STRING, STRING);
    }

    @Test
    void noFormFitsAnImport() {
        assertThatThrownBy(() -> Convention.rust()
                        .resolveImport("log", type("(i32)"), List.of(STRING), null, view(Toolchains.RUST)))
                .isInstanceOf(SignatureException.class)
                .hasMessage("""
                        log(String) does not fit what the guest imports, by the convention rust:
                          needs (i32, i32)  for (ptr, len) in
                          has   (i32)""");
    }

    @Test
    void numbersDoNotFit() {
        refuses(Convention.c(), C, "(i32) -> i64", """
                greet(int, int) -> long does not fit what the guest exports:
                  needs (i32, i32) -> i64
                  has   (i32) -> i64""", S64, S32, S32);
    }

    /** Thus a function fits one form of a convention, or none. */
    @Test
    void noTwoFormsThatMayBeTogetherFlattenAlike() {
        for (List<Carrier> params :
                List.of(List.<Carrier>of(STRING), List.of(STRING, STRING, STRING), List.of(S32, STRING, S64, STRING))) {
            Map<CoreFuncType, String> seen = new HashMap<>();
            for (In in : EnumSet.complementOf(EnumSet.of(In.MANAGED))) {
                for (Out out : EnumSet.complementOf(EnumSet.of(Out.MANAGED))) {
                    Placement shape = new Placement(null, null, in, out, false, false, BlockForm.UTF8, null);
                    assertThat(seen.put(Flattening.flatten(shape, params, STRING), in + " " + out))
                            .as(in + " " + out)
                            .isNull();
                }
            }
        }
    }

    @Test
    void anAllocatorIsMissing() {
        refuses(
                Convention.c(),
                view("alloc(i32) -> i32", "dealloc(i32, i32)", "greet(i32, i32) -> i64"),
                "(i32, i32) -> i64",
                """
                greet(String) -> String needs room in the guest, which has no allocator of the convention c
                  looked for    malloc(i32) -> i32 with free(i32)
                  the guest has alloc(i32) -> i32, dealloc(i32, i32)
                name the guest's own by allocator(…), or export one of these""",
                STRING,
                STRING);
    }

    @Test
    void nothingSoundsLikeAnAllocator() {
        refuses(Convention.wasmBindgen(), view("memory", "greet(i32, i32) -> i64"), "(i32, i32)", """
                greet(String) needs room in the guest, which has no allocator of the convention wasm-bindgen
                  looked for    __wbindgen_malloc(i32, i32) -> i32 with __wbindgen_free(i32, i32, i32)
                  looked for    __wbindgen_malloc(i32) -> i32 with __wbindgen_free(i32, i32)
                  the guest has nothing like it
                name the guest's own by allocator(…), or export one of these""", null, STRING);
    }

    @Test
    void anAllocatorOfAnotherTypeIsNone() {
        refuses(Convention.c(), view("malloc(i64) -> i64", "free(i64)"), "(i32, i32) -> i64", """
                greet(byte[]) -> long needs room in the guest, which has no allocator of the convention c
                  looked for    malloc(i32) -> i32 with free(i32)
                  the guest has malloc(i64) -> i64, free(i64)
                name the guest's own by allocator(…), or export one of these""", S64, BYTES);
    }

    @Test
    void aConventionMayHaveNoAllocator() {
        refuses(Convention.builder("mine").build(), C, "(i32, i32)", """
                greet(String) needs room in the guest, and the convention mine has no allocator: add it by allocator(…)
                  the guest has malloc(i32) -> i32, free(i32)""", null, STRING);
    }

    @Test
    void assemblyscriptWithoutItsRuntime() {
        refuses(Convention.assemblyscript(), view("greet(i32) -> i32"), "(i32) -> i32", """
                greet(String) -> String needs room in the guest, which has no allocator of the convention assemblyscript
                  looked for    __new(i32, i32) -> i32
                  the guest has nothing like it
                AssemblyScript exports it when compiled with --exportRuntime""", STRING, STRING);
    }

    @Test
    void assemblyscriptOfTheTimeOfReferenceCounts() {
        refuses(
                Convention.assemblyscript(),
                view("__new(i32, i32) -> i32", "__retain(i32) -> i32", "__release(i32)"),
                "(i32)",
                """
                greet(String) needs its arguments kept from the collector
                  looked for    __pin and __unpin
                  the guest has __new(i32, i32) -> i32, __retain(i32) -> i32, __release(i32)
                AssemblyScript exports them when compiled with --exportRuntime, from 0.18 on""",
                null,
                STRING);
    }

    @Test
    void anArrayWithoutItsClass() {
        refuses(
                Convention.assemblyscript(),
                view("__new(i32, i32) -> i32", "__pin(i32) -> i32", "__unpin(i32)", "Uint8Array_ID = 5"),
                "(i32, i32) -> i64",
                "greet(byte[], long[]) -> long: a long[] becomes an object of a class that the guest does not give the number"
                        + " of: add, for example, `export const Int64Array_ID = idof<Int64Array>();` to it",
                S64,
                BYTES,
                LONGS);
    }

    @Test
    void aNulEndsStringsOnly() {
        Convention strings = Convention.c().toBuilder("strings")
                .in(In.NUL_TERMINATED)
                .out(Out.NUL_TERMINATED)
                .build();
        refuses(
                strings,
                C,
                "(i32) -> i64",
                "greet(long[]) -> long: the convention strings has NUL_TERMINATED only, which is for strings: allow"
                        + " another form by in(…) or out(…)",
                S64,
                LONGS);
        refuses(Convention.c(), C, "(i32)", """
                greet(long[]) does not fit what the guest exports, by the convention c:
                  needs (i32, i32)  for (ptr, len) in
                  has   (i32)""", null, LONGS);
    }

    @Test
    void nothingCarriesAnAggregate() {
        refuses(
                Convention.wasmBindgen(),
                view(Toolchains.WASM_BINDGEN),
                "(i32, i32)",
                "greet(Request): Request can only cross as a payload, and by the convention wasm-bindgen there is none:"
                        + " set payload(\"JSON\"), or what the guest reads, if it reads any",
                null,
                RECORD);
    }

    @Test
    void descriptionsThatContradictThemselves() {
        builds(
                b -> b.in(In.MANAGED),
                "MANAGED goes in and out alone, since nothing would tell a managed object from another pointer");
        builds(
                b -> b.in(In.MANAGED).out(Out.MANAGED),
                "MANAGED needs to know the guest's objects: set objects(ManagedObjects.ASSEMBLYSCRIPT), or the guest's"
                        + " own");
        builds(b -> b.objects(ManagedObjects.ASSEMBLYSCRIPT), "objects are for MANAGED in and out");
        builds(
                b -> b.in(In.MANAGED).out(Out.MANAGED).objects(ManagedObjects.ASSEMBLYSCRIPT),
                "MANAGED strings are UTF16");
        assertThatThrownBy(() -> Convention.assemblyscript().toBuilder()
                        .guestTakesArguments(true)
                        .build())
                .hasMessage(
                        "the convention assemblyscript: guestTakesArguments cannot be with MANAGED: such objects are"
                                + " the collector's");
        assertThatThrownBy(() -> Convention.assemblyscript().toBuilder()
                        .allocator("malloc", Allocate.Form.SIZE)
                        .build())
                .hasMessage("the convention assemblyscript: MANAGED needs an allocator of the form MANAGED");
        builds(
                b -> b.allocator("__new", Allocate.Form.MANAGED),
                "an allocator of the form MANAGED is for MANAGED in and out");
        builds(
                b -> b.in(In.FAT).allocator("malloc", Allocate.Form.SIZE, "free", Free.Form.POINTER),
                "in FAT needs an allocator that gives fat pointers, of the form FAT");
        builds(
                b -> b.out(Out.NUL_TERMINATED).text(BlockForm.UTF16),
                "NUL_TERMINATED is for UTF8: in UTF16, every other byte of an ASCII text is a NUL");
        builds(
                b -> b.in(In.NUL_TERMINATED).payloadOnly(true),
                "NUL_TERMINATED is for strings, and by payloadOnly there are none");
        builds(
                b -> b.payload(null).payloadOnly(true),
                "payloadOnly needs the format of the payload: set payload(\"JSON\"), or what it is");
        builds(b -> b.text(BlockForm.LONGS), "text is UTF8 or UTF16, not LONGS");
        builds(b -> b.payloadLimit(-1), "a limit is not negative: -1");
    }

    @Test
    void allocatorsThatDoNotBelongTogether() {
        Convention.Builder builder = Convention.builder("mine");
        assertThatThrownBy(() -> builder.allocator("malloc", Allocate.Form.FAT, "free", Free.Form.POINTER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("malloc and free: either both or neither have fat pointers"
                        + " (Allocate.Form.FAT, Free.Form.FAT)");
        assertThatThrownBy(() -> builder.allocator("__new", Allocate.Form.MANAGED, "free", Free.Form.POINTER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("__new makes managed objects, which are the collector's: leave free out");
    }

    @Test
    void aCopyIsEqual() {
        for (Convention preset : Convention.presets()) {
            assertThat(preset.toBuilder().build()).isEqualTo(preset);
        }
    }

    @Test
    void everyHabitCountsForEquality() {
        Convention c = Convention.c();
        List<UnaryOperator<Convention.Builder>> changes = List.of(
                b -> b.allocator("reserve", Allocate.Form.SIZE),
                b -> b.in(In.POINTER_COUNT),
                b -> b.out(Out.PACKED),
                b -> b.guestTakesArguments(true),
                b -> b.hostFreesResults(Out.PACKED),
                b -> b.hostFreesImportArguments(true),
                b -> b.in(In.POINTER_COUNT).out(Out.PACKED).text(BlockForm.UTF16),
                b -> b.payload("MessagePack"),
                b -> b.in(In.POINTER_COUNT).out(Out.PACKED).payloadOnly(true),
                b -> b.payloadLimit(100),
                b -> b.functionPrefix("guest_"),
                b -> b.stackPointer("push"),
                b -> b.heapBase("heap"));
        for (UnaryOperator<Convention.Builder> change : changes) {
            Convention changed = change.apply(c.toBuilder()).build();
            assertThat(changed).isNotEqualTo(c);
            assertThat(change.apply(c.toBuilder()).build()).isEqualTo(changed).hasSameHashCodeAs(changed);
        }
        assertThat(c.toBuilder("mine").build()).isNotEqualTo(c).hasToString("mine");
        assertThat(c.equals((Object) "c")).isFalse();
        assertThat(Convention.assemblyscript().toBuilder()
                        .objects(new ManagedObjects("__pin", "__unpin", 1))
                        .build())
                .isNotEqualTo(Convention.assemblyscript());
    }

    @Test
    void aBuilderDoesNotChangeWhatItHasBuilt() {
        Convention.Builder builder = Convention.builder("mine");
        Convention before = builder.build();
        builder.allocator("malloc", Allocate.Form.SIZE).payload(null);
        assertThat(before).isEqualTo(Convention.builder("mine").build()).isNotEqualTo(builder.build());
        assertThat(before.allocators()).isEmpty();
    }

    @Test
    void oneMayDescribeAGuestOfOnesOwn() {
        Convention mine = Convention.c().toBuilder("mine")
                .noAllocators()
                .allocator("reserve", Allocate.Form.SIZE)
                .out(Out.TWO_RESULTS)
                .build();
        var placement = mine.resolve(
                "f", type("(i32, i32) -> (i32, i32)"), List.of(STRING), STRING, view("reserve(i32) -> i32"));
        assertThat(placement.allocate()).isEqualTo(new Allocate("reserve", Allocate.Form.SIZE));
        assertThat(placement.free()).isNull();
        assertThat(placement.hostFreesResults()).isFalse();
    }

    private static void builds(UnaryOperator<Convention.Builder> with, String problem) {
        assertThatThrownBy(() -> with.apply(Convention.builder("mine")).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the convention mine: " + problem);
    }

    private static void refuses(
            Convention convention,
            ExportView exports,
            String core,
            String message,
            @Nullable Carrier result,
            Carrier... params) {
        assertThatThrownBy(() -> convention.resolve("greet", type(core), List.of(params), result, exports))
                .isInstanceOf(SignatureException.class)
                .hasMessage(message);
    }
}
