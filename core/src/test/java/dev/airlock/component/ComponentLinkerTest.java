package dev.airlock.component;

import static dev.airlock.component.WaveCalls.call;
import static dev.airlock.component.WaveCalls.component;
import static dev.airlock.component.WaveCalls.corner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.LinkException;
import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.error.ValueException;
import dev.airlock.type.PrimitiveValue.S32;
import dev.airlock.type.PrimitiveValue.U32;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Definitions of a host, and their use by components. */
class ComponentLinkerTest {
    private static ComponentHostFunction gives(int number) {
        return (type, args) -> new U32(number);
    }

    private static ComponentLinker clocks(String zero, String one, String early, String plain) {
        return new ComponentLinker()
                .function("test:clock/zero@" + zero, "get", gives(1000))
                .function("test:clock/one@" + one, "get", gives(100))
                .function("test:clock/early@" + early, "get", gives(10))
                .function("test:clock/plain" + plain, "get", gives(1));
    }

    @ParameterizedTest
    @CsvSource({"0.2.1, 1.2.3", "0.2.0, 1.0.0", "0.2.99, 1.99.0"})
    void aCompatibleVersionMatches(String zero, String one) {
        ComponentInstance instance = corner("versions", clocks(zero, one, "1.0.0-rc.1", ""));
        assertThat(call(instance, "sum()")).isEqualTo("1111");
    }

    @ParameterizedTest
    @CsvSource({
        "0.3.0, 1.2.3, 1.0.0-rc.1, ''",
        "0.2.1, 2.0.0, 1.0.0-rc.1, ''",
        "0.2.1, 1.2.3, 1.0.0, ''",
        "0.2.1, 1.2.3, 1.0.0-rc.2, ''",
        "0.2.1, 1.2.3-rc.1, 1.0.0-rc.1, ''",
        "0.2.1, 1.2.3, 1.0.0-rc.1, @1.0.0"
    })
    void anIncompatibleVersionDoesNotMatch(String zero, String one, String early, String plain) {
        assertThatThrownBy(() -> corner("versions", clocks(zero, one, early, plain)))
                .isInstanceOfSatisfying(
                        LinkException.class,
                        e -> assertThat(e.problems())
                                .singleElement()
                                .asString()
                                .contains("is not defined", "- get: func() -> u32"));
    }

    @Test
    void theExactVersionComesFirstAndThenTheHighest() {
        ComponentLinker linker = clocks("0.2.5", "1.9.9", "1.0.0-rc.1", "")
                .function("test:clock/zero@0.2.1", "get", gives(2000))
                .function("test:clock/one@1.10.0", "get", gives(300))
                .function("test:clock/one@1.0.0", "get", gives(200));
        assertThat(call(corner("versions", linker), "sum()")).isEqualTo("2311");
    }

    @Test
    void exportsAreFoundByCompatibleVersionsToo() {
        ComponentInstance instance = corner("versions", clocks("0.2.1", "1.2.3", "1.0.0-rc.1", ""));
        assertThat(call(instance, "test:corners/sums@0.2.0", "sum()")).isEqualTo("1111");
        assertThat(call(instance, "test:corners/sums@0.3.0", "sum()")).isEqualTo("1111");
        assertThatThrownBy(() -> call(instance, "test:corners/sums@0.4.0", "sum()"))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("exports no interface \"test:corners/sums@0.4.0\" (did you mean");
        assertThatThrownBy(() -> call(instance, "sun()"))
                .hasMessageContaining("exports no function \"sun\" (did you mean \"sum\"?)");
    }

    @Test
    void allMissingImportsAreReportedAtOnce() {
        var linker = new ComponentLinker()
                .function("host", "make-cap", gives(0))
                .resource("host", "cup", Object.class, dropped -> {})
                .function("host", "plate", gives(0));
        assertThatThrownBy(() -> corner("handles", linker))
                .isInstanceOf(LinkException.class)
                .hasMessage("""
                        handles.wasm: 1 import cannot be linked
                          host does not fit:
                            - resource plate
                            + a function
                            - make-cup: func() -> cup (did you mean "make-cap"?)
                            - make-plate: func() -> plate
                            - drink: func(cup: borrow<cup>)
                            - both: func(lent: borrow<cup>, given: cup)""".stripIndent());
        assertThatThrownBy(() -> corner("names"))
                .hasMessageContaining("3 imports cannot be linked")
                .hasMessageContaining("root is not defined:")
                .hasMessageContaining("test:corners/named is not defined:");
    }

    @Test
    void undefinedFunctionsTrapWhenTheyAreCalled() {
        Component world = component("wat/names");
        ComponentInstance instance = new ComponentLinker()
                .function("root", gives(1))
                .unknownImportsAsTraps()
                .instantiate(world);
        assertThat(call(instance, "new(5)")).isEqualTo("5");
        assertThatThrownBy(() -> call(instance, "host()"))
                .isInstanceOf(Trap.class)
                .hasMessage("the guest called plain#class, which is not defined, in host of names.wasm");
    }

    @Test
    void aFunctionOfTheWorldAndAnInterfaceOfTheSameName() {
        var linker = new ComponentLinker()
                .function("root", gives(1))
                .function("plain", "class", gives(2))
                .function("test:corners/named", "default", gives(3));
        ComponentInstance world = corner("names", linker);
        assertThat(call(world, "host()")).isEqualTo("10203");
        assertThat(call(world, "test:corners/first", "name()")).isEqualTo("\"first\"");
        assertThat(call(world, "test:corners/second", "name()")).isEqualTo("\"second\"");
        assertThat(call(world, "plain-second", "name()")).isEqualTo("\"second\"");
        assertThat(world.functions()).extracting(ComponentFunc::name).contains("host", "test:corners/first#name");
    }

    @Test
    void aHostFunctionMustReturnAValueOfItsType() {
        var linker = new ComponentLinker()
                .function("root", (type, args) -> new S32(1))
                .function("plain", "class", gives(2))
                .function("test:corners/named", "default", gives(3));
        assertThatThrownBy(() -> call(corner("names", linker), "host()"))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.HOST_FUNCTION))
                .hasCauseInstanceOf(ValueException.class)
                .hasMessageContaining("root returned a s32, not a u32");
    }

    @Test
    void argumentsOfAnotherTypeAreRefusedWithoutEffect() {
        ComponentInstance world = corner("names", new ComponentLinker().unknownImportsAsTraps());
        ComponentFunc function = world.function("new");
        assertThatThrownBy(() -> function.call(List.of(new S32(1))))
                .isInstanceOf(ValueException.class)
                .hasMessage("class: expected u32, got s32");
        assertThatThrownBy(() -> function.call(List.of())).hasMessageContaining("there are 1 parameters, got 0");
        assertThat(function.call(List.of(new U32(1)))).isEqualTo(new U32(1));
    }

    @Test
    void instancesOfAComponentShareNoState() {
        var linker = new ComponentLinker().function("back", (type, args) -> null);
        ComponentInstance one = corner("reenter", linker);
        ComponentInstance other = corner("reenter", linker);
        call(one, "poke()");
        assertThat(call(one, "run()")).isEqualTo("1");
        assertThat(call(other, "run()")).isEqualTo("0");
    }

    @Test
    void theExportsOfOneComponentAreImportsOfAnother() {
        ComponentInstance versions = corner("versions", clocks("0.2.1", "1.2.3", "1.0.0-rc.1", ""));
        var linker = new ComponentLinker()
                .function("root", (type, args) -> versions.function("sum").call(args))
                .function("plain", "class", gives(0))
                .function("test:corners/named", "default", gives(0));
        assertThat(call(corner("names", linker), "host()")).isEqualTo("11110000");
    }

    @Test
    void malformedNamesAreRefused() {
        assertThatThrownBy(() -> new ComponentLinker().function("demo:kit/", "x", gives(1)))
                .isInstanceOf(SignatureException.class);
    }

    @Test
    void missingImportsOfWasiAreNamedFirstAndCounted() {
        Component command = component("wat/needs-wasi");
        assertThatThrownBy(() -> new ComponentLinker().instantiate(command))
                .isInstanceOf(LinkException.class)
                .hasMessageStartingWith(
                        "needs-wasi.wasm needs WASI 0.2, which Airlock does not offer yet: 3 imports cannot be"
                                + " linked, 2 of them of WASI\n  wasi:cli/environment@0.2.6 is not defined:\n");
        var served = new ComponentLinker().function("demo:own/host", "log", gives(0));
        assertThatThrownBy(() -> served.instantiate(command))
                .hasMessageStartingWith(
                        "needs-wasi.wasm needs WASI 0.2, which Airlock does not offer yet: 2 imports cannot be"
                                + " linked\n");
        served.function("wasi:cli/environment@0.2.6", "get-arguments", gives(0))
                .function("wasi:random/random@0.2.6", "get-random-u64", gives(0));
        assertThat(served.instantiate(command)).isNotNull();
    }

    @Test
    void typesNeedNoDefinition() {
        Component types = component("wat/types-only");
        assertThat(types.imports()).containsExactly("demo:shapes/types@0.1.0", "of");
        assertThat(types.requiredImports()).isEmpty();
        assertThat(call(new ComponentLinker().instantiate(types), "sum({x: 1, y: 2})"))
                .isEqualTo("3");
        assertThat(component("wat/world").requiredImports())
                .containsExactly(
                        "demo:shapes/types@0.2.1",
                        "demo:shapes/paint@0.2.1",
                        "wasi:cli/environment@0.2.0",
                        "logger",
                        "send",
                        "listen",
                        "plugin",
                        "library");
    }
}
