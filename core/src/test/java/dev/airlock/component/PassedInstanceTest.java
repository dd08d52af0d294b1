package dev.airlock.component;

import static dev.airlock.component.WaveCalls.call;
import static dev.airlock.component.WaveCalls.corner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LinkException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.type.HandleValue;
import dev.airlock.type.PrimitiveValue.U32;
import dev.airlock.type.Value;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The exports of one component instance as the imports of another: {@code things} and its users. */
class PassedInstanceTest {
    private static final String THINGS = "test:corners/things";
    private static final String PASSED = "test:corners/passed";

    private final ComponentInstance things = corner("things");

    private static ComponentInstance borrower(ComponentInstance things) {
        return corner("borrower", new ComponentLinker().instance(things));
    }

    @Test
    void functionsTakeAndReturnResourcesOfTheInstance() {
        ComponentInstance borrower = borrower(things);
        assertThat(call(borrower, "run(5, 7)")).isEqualTo("5007012");
        assertThat(call(borrower, "run(1, 2)")).isEqualTo("1002003");
        assertThat(call(borrower, "pairs(3, 4)")).isEqualTo("7");
        assertThat(call(borrower, "pairs(0, 0)")).isEqualTo("0");
        assertThat(call(things, THINGS, "dropped()")).isEqualTo("6");
    }

    @Test
    void anInstanceCanBeDefinedUnderAnotherName() {
        var linker = new ComponentLinker().instance("maker", things).instance("peeker", things);
        assertThat(call(corner("peeker", linker), "run(9)")).isEqualTo("9");
    }

    @Test
    void resourcesOfDifferentInstancesAreRefusedIfOneIsExpected() {
        ComponentInstance other = corner("things");
        var linker = new ComponentLinker().instance("maker", things).instance("peeker", other);
        assertThatThrownBy(() -> corner("peeker", linker))
                .isInstanceOf(LinkException.class)
                .hasMessage("""
                        peeker.wasm: 1 import cannot be linked
                          peeker does not fit:
                            - resource thing, which is that of things.wasm in maker#thing
                            + resource thing, which is that of another instance of things.wasm
                            - value: func(thing: borrow<thing>) -> u32
                            + value: func(thing: borrow<thing>) -> u32, with other resources of the same names""".stripIndent());
        var both = new ComponentLinker().instance("maker", things).resource("peeker", "thing", String.class, s -> {});
        assertThatThrownBy(() -> corner("peeker", both))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("- resource thing, which is that of things.wasm in maker#thing")
                .hasMessageContaining("+ resource thing, which is the host's java.lang.String");
    }

    @Test
    void aFunctionOfAnotherTypeIsRefusedWhenItIsLinked() {
        // Its function "value" takes a number and returns a string; that of things takes a borrow.
        ComponentInstance values = corner("value");
        var linker = new ComponentLinker().instance("maker", things).instance("peeker", values);
        assertThatThrownBy(() -> corner("peeker", linker))
                .isInstanceOf(LinkException.class)
                .hasMessage("""
                        peeker.wasm: 1 import cannot be linked
                          peeker does not fit:
                            - value: func(thing: borrow<thing>) -> u32
                            + value: func(thing: u32) -> string""".stripIndent());
    }

    @Test
    void resourcesOfTheBorrowerAreDestroyedInTheDefiningInstance() {
        ComponentInstance borrower = borrower(things);
        call(borrower, "keep(1)");
        call(borrower, "keep(2)");
        assertThat(call(things, THINGS, "dropped()")).isEqualTo("0");
        borrower.close();
        assertThat(call(things, THINGS, "dropped()")).isEqualTo("2");

        ComponentInstance late = borrower(things);
        call(late, "keep(3)");
        things.close();
        late.close();
    }

    @Test
    void aTrapInOneInstanceEndsTheOther() {
        ComponentInstance borrower = borrower(things);
        assertThatThrownBy(() -> call(borrower, "crash()"))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.UNREACHABLE));
        assertThatThrownBy(() -> call(borrower, "run(1, 2)")).isInstanceOf(InstanceStateException.class);
        assertThatThrownBy(() -> call(things, THINGS, "dropped()")).isInstanceOf(InstanceStateException.class);
    }

    @Test
    void aClosedInstanceIsATrapForItsBorrower() {
        ComponentInstance borrower = borrower(things);
        things.close();
        assertThatThrownBy(() -> call(borrower, "run(1, 2)"))
                .isInstanceOf(Trap.class)
                .hasCauseInstanceOf(InstanceStateException.class);
    }

    @Test
    void aComponentPassesFunctionsToTheHostAndToOthers() {
        ComponentInstance borrower = borrower(things);
        ComponentFunc make = borrower.function(PASSED, "make");
        Value made = Objects.requireNonNull(make.call(List.of(new U32(4))));
        ComponentFunc value = borrower.function(PASSED, "value");
        Value lent = new HandleValue(value.type().params().get(0).type(), ((HandleValue) made).target());
        assertThat(value.call(List.of(lent))).isEqualTo(new U32(4));
        ComponentInstance second = corner(
                "peeker",
                new ComponentLinker()
                        .defineAll(Map.of(
                                "maker",
                                Objects.requireNonNull(
                                        borrower.offer().exports().get(PASSED)),
                                "peeker",
                                things.offer())));
        assertThat(call(second, "run(3)")).isEqualTo("3");
    }
}
