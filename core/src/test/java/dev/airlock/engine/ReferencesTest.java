package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.error.LimitException;
import dev.airlock.error.LinkException;
import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.error.WasmException;
import dev.airlock.limit.Limits;
import dev.airlock.type.AbstractHeapType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** References between a guest and its host: structs, arrays, small integers, functions and exceptions. */
@Timeout(60)
class ReferencesTest {
    interface Make {
        StructRef make(int x, double y);
    }

    interface Visit {
        @Nullable
        Ref visit(@Nullable StructRef point);
    }

    interface Step {
        int step(int value);
    }

    interface Apply {
        int apply(@Nullable Func function, int value);
    }

    private final List<@Nullable Object> visited = new ArrayList<>();
    private @Nullable Object answer;

    private Instance instance() {
        return instance(Limits.defaults());
    }

    private Instance instance(Limits limits) {
        return linker().limits(limits).instantiate(Guests.module("gc/references"));
    }

    private Linker linker() {
        Module module = Guests.module("gc/references");
        return new Linker()
                .functionOfValues(
                        "env", "visit", Objects.requireNonNull(functionType(module, "visit")), (caller, args) -> {
                            visited.add(args[0]);
                            if (answer instanceof RuntimeException thrown) {
                                throw thrown;
                            }
                            return new Object[] {answer};
                        })
                .function("env", "step", Step.class, value -> value + 1000);
    }

    private static dev.airlock.type.@Nullable CoreFuncType functionType(Module module, String name) {
        return module.imports().stream()
                .filter(imported -> imported.name().equals(name))
                .map(imported -> (dev.airlock.type.CoreFuncType) imported.type())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Object only(List<@Nullable Object> results) {
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    @Test
    void aStructIsReadAndWrittenByBothSides() {
        Instance guest = instance();
        StructRef point =
                (StructRef) Objects.requireNonNull(only(guest.function("make").invoke(5, 2.5)));
        assertThat(point.size()).isEqualTo(5);
        assertThat(point.get(0)).isEqualTo(5);
        assertThat(point.get(1)).isEqualTo(2.5);
        assertThat(point.get(2)).isNull();
        assertThat(point.get(3)).as("a packed integer with its sign").isEqualTo(-1);
        assertThat(point.get(4)).isEqualTo(7L);
        point.set(0, 6);
        assertThat(guest.function("x").invoke(point)).containsExactly(6);
        ArrayRef name =
                (ArrayRef) Objects.requireNonNull(only(guest.function("bytes").invoke(3)));
        point.set(2, name);
        assertThat(point.get(2)).isEqualTo(name);
        assertThatThrownBy(() -> point.set(4, 1L))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("field 4 cannot be set");
        assertThatThrownBy(() -> point.set(0, 1L))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("field 0 of a struct has to be i32, not Long");
        assertThatThrownBy(() -> point.set(2, point))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("field 2 of a struct has to be");
        assertThatThrownBy(() -> point.get(5)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aTypedFunctionTakesAndReturnsReferences() {
        Instance guest = instance();
        Make make = guest.function("make").typed(Make.class);
        assertThat(make.make(9, 0).get(0)).isEqualTo(9);
        Apply apply = guest.function("apply").typed(Apply.class);
        assertThat(apply.apply(guest.function("counter"), 4)).isEqualTo(4);
        assertThat(apply.apply(guest.function("counter"), 4)).isEqualTo(8);
        assertThatThrownBy(() -> apply.apply(null, 1))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.NULL_REFERENCE));
    }

    @Test
    void anArrayIsMadeAndCopiedByTheHost() {
        Instance guest = instance();
        ArrayRef ones =
                (ArrayRef) Objects.requireNonNull(only(guest.function("bytes").invoke(4)));
        assertThat(ones.copy(byte[].class)).containsExactly(1, 1, 1, 1);
        ones.set(2, 0x1FE);
        assertThat(ones.get(2)).as("the lower bits, with their sign").isEqualTo(-2);
        ArrayRef made = ArrayRef.of(guest, ones.heapType(), new byte[] {1, 2, (byte) 200});
        assertThat(guest.function("sum").invoke(made)).containsExactly(203);
        assertThatThrownBy(() -> ones.get(4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ones.copy(int[].class)).isInstanceOf(SignatureException.class);
        assertThatThrownBy(() -> ArrayRef.of(guest, ones.heapType(), new int[1]))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("byte[]");
    }

    @Test
    void smallIntegersHave31Bits() {
        Instance guest = instance();
        assertThat(only(guest.function("small").invoke(-1))).isEqualTo(I31.of(-1));
        assertThat(only(guest.function("small").invoke(0x7FFF_FFFF))).isEqualTo(I31.of(-1));
        assertThat(I31.of(0x7FFF_FFFF).unsigned()).isEqualTo(0x7FFF_FFFF);
        assertThat(guest.function("number").invoke(I31.of(77))).containsExactly(77);
        assertThatThrownBy(() -> guest.function("number").invoke(77))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("argument 1 of function \"number\" has to be");
    }

    @Test
    void anObjectOfTheHostComesBackAsItself() {
        Instance guest = instance();
        Object mine = new Object();
        Object any = only(guest.function("to_any").invoke(mine));
        assertThat(any)
                .isInstanceOfSatisfying(
                        ExternRef.class, seen -> assertThat(seen.value()).isSameAs(mine));
        assertThat(only(guest.function("to_extern").invoke(any))).isSameAs(mine);
        StructRef point = (StructRef) only(guest.function("make").invoke(1, 1.0));
        assertThat(only(guest.function("to_extern").invoke(point))).isEqualTo(point);
        assertThat(guest.function("is_point").invoke(point)).containsExactly(1);
        assertThat(guest.function("is_point").invoke(any)).containsExactly(0);
        assertThatThrownBy(() -> guest.function("as_point").invoke(any))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.CAST_FAILURE));
        assertThat(Objects.requireNonNull(point).is(CoreValType.STRUCTREF)).isTrue();
        assertThat(point.is(CoreValType.ARRAYREF)).isFalse();
        assertThat(point.heapType().isSubtypeOf(AbstractHeapType.EQ)).isTrue();
    }

    @Test
    void aHostFunctionIsGivenAndGivesReferences() {
        Instance guest = instance();
        StructRef point = (StructRef) only(guest.function("make").invoke(1, 1.0));
        answer = I31.of(5);
        assertThat(only(guest.function("visited").invoke(point))).isEqualTo(I31.of(5));
        assertThat(only(guest.function("visited").invoke((Object) null))).isEqualTo(I31.of(5));
        assertThat(visited).containsExactly(point, null);
        answer = "no reference of the guest";
        assertThatThrownBy(() -> guest.function("visited").invoke(point))
                .isInstanceOf(Trap.class)
                .hasMessageContaining("has to be");
    }

    @Test
    void aLambdaHasTheClassesOfReferences() {
        List<@Nullable StructRef> seen = new ArrayList<>();
        Instance guest = new Linker()
                .function("env", "visit", Visit.class, point -> {
                    seen.add(point);
                    return point;
                })
                .function("env", "step", Step.class, value -> value)
                .instantiate(Guests.module("gc/references"));
        StructRef point = (StructRef) only(guest.function("make").invoke(3, 1.0));
        assertThat(only(guest.function("visited").invoke(point))).isEqualTo(point);
        assertThat(seen).containsExactly(point);
    }

    // Its count is that of the instance it belongs to, wherever it is called.
    @Test
    void aFunctionKnowsItsInstanceWhereverItTravels() {
        Instance first = instance();
        Instance second = instance();
        Func counter =
                (Func) Objects.requireNonNull(only(first.function("counter_of").invoke()));
        assertThat(counter).isEqualTo(first.function("counter"));
        assertThat(counter.instance()).isSameAs(first);

        assertThat(second.function("apply").invoke(counter, 1)).containsExactly(1);
        second.global("held").set(counter);
        assertThat(second.function("apply_held").invoke(2)).containsExactly(3);
        assertThat(second.global("held").get()).isEqualTo(counter);
        second.table("steps").set(2, counter);
        assertThat(second.function("apply_table").invoke(2, 3)).containsExactly(6);
        assertThat(counter.invoke(4)).containsExactly(10);
        assertThat(second.function("counter").invoke(100)).as("its own count").containsExactly(100);
    }

    // Types are the same if they say the same, in whichever module.
    @Test
    void aStructTravelsBetweenInstances() {
        Instance first = instance();
        Instance second = new Linker()
                .functionOfValues(
                        "env",
                        "visit",
                        Objects.requireNonNull(functionType(first.module(), "visit")),
                        (caller, args) -> args)
                .function("env", "step", Step.class, value -> value)
                .instantiate(Engine.create().compile("copy.wasm", Guests.bytes("gc/references")));
        StructRef point =
                (StructRef) Objects.requireNonNull(only(first.function("make").invoke(5, 0.0)));
        assertThat(second.function("x").invoke(point)).containsExactly(5);
        assertThat(only(second.function("visited").invoke(point))).isEqualTo(point);
        second.global("point").set(point);
        point.set(0, 6);
        first.close();
        StructRef kept =
                (StructRef) Objects.requireNonNull(second.global("point").get());
        assertThat(kept.get(0)).as("what an instance made outlives it").isEqualTo(6);

        var other = StructRef.typeOf(List.of(FieldType.of(CoreValType.I32, true)));
        StructRef foreign = StructRef.of(second, other, 5);
        assertThatThrownBy(() -> second.function("x").invoke(foreign))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("argument 1 of function \"x\" has to be")
                .hasMessageContaining("(struct (field (mut i32)))");
        assertThat(second.function("is_point").invoke(foreign)).containsExactly(0);
    }

    @Test
    void whatIsNoExceptionOfAGuestIsNotTakenForOne() {
        var own = new WasmException("the host's own") {
            private static final long serialVersionUID = 1L;

            @Override
            public List<@Nullable Object> values() {
                return List.of();
            }
        };
        Instance guest = instance();
        assertThatThrownBy(() -> guest.function("thrown_again").invoke(own))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("argument 1 of function \"thrown_again\" has to be exnref");
        answer = own;
        assertThatThrownBy(() -> guest.function("caught").invoke((Object) null))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.HOST_FUNCTION));
    }

    @Test
    void aFunctionOfTheHostIsAReferenceToo() {
        Instance guest = instance();
        Object step = only(guest.function("host_step").invoke());
        assertThat(step).isInstanceOf(Func.class);
        assertThat(((Func) Objects.requireNonNull(step)).invoke(1)).containsExactly(1001);
        assertThat(guest.function("apply").invoke(step, 2)).containsExactly(1002);
        assertThat(instance().function("apply").invoke(step, 3)).containsExactly(1003);
    }

    @Test
    void aGlobalHasAReferenceOfItsType() {
        Instance guest = instance();
        StructRef point = (StructRef) only(guest.function("make").invoke(3, 1.0));
        guest.global("point").set(point);
        assertThat(guest.global("point").get()).isEqualTo(point);
        assertThatThrownBy(() -> guest.global("point").set(I31.of(1)))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("the value of a global has to be");
    }

    @Test
    void exceptionsCrossWithTheirIdentity() {
        Instance guest = instance();
        StructRef point = (StructRef) only(guest.function("make").invoke(3, 1.0));
        Tag failed = guest.tag("failed");
        answer = failed.exception(42, point);
        assertThat(guest.function("caught").invoke(point)).containsExactly(42);
        WasmException kept = (WasmException)
                Objects.requireNonNull(only(guest.function("kept").invoke()));
        assertThat(failed.isOf(kept)).isTrue();
        assertThat(kept.values()).containsExactly(3, null);
        assertThatThrownBy(() -> guest.function("thrown_again").invoke(kept))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.UNCAUGHT_EXCEPTION));
    }

    @Test
    void anImportOfAnotherTypeIsRefusedWithBothTypes() {
        assertThatThrownBy(() -> new Linker()
                        .function("env", "visit", Step.class, value -> value)
                        .function("env", "step", Step.class, value -> value)
                        .instantiate(Guests.module("gc/references")))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("anyref")
                .hasMessageContaining("i32");
    }

    @Test
    void whatAGuestKeepsIsBounded() {
        Instance guest = instance(Limits.defaults().collectedBytes(16L << 20));
        assertThatThrownBy(() -> guest.function("hoard").call(100_000))
                .isInstanceOf(LimitException.class)
                .hasMessageContaining("16777216");
    }

    @Test
    void whatAGuestThrowsAwayIsNotCounted() {
        Instance guest = instance(Limits.defaults().collectedBytes(16L << 20));
        // 1.3 GB in all.
        assertThat(guest.function("churn").call(20_000)[0]).isEqualTo(65536L * 20_000);
    }
}
