package dev.airlock.component;

import static dev.airlock.component.WaveCalls.call;
import static dev.airlock.component.WaveCalls.component;
import static dev.airlock.component.WaveCalls.corner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.Guests;
import dev.airlock.component.bind.ComponentBindings;
import dev.airlock.engine.Engine;
import dev.airlock.engine.Module;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LinkException;
import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.type.PrimitiveValue.U32;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Imports that the host does not define, and features that Airlock cannot run yet. */
class UnknownImportsTest {
    /** Exports answer, which is 42. */
    static Module answers() {
        return Engine.create().compile(Guests.file("wat/answers"));
    }

    private static ComponentLinker stubs() {
        return new ComponentLinker().unknownImportsAsTraps().module("modules", "answers", answers());
    }

    @ParameterizedTest
    @CsvSource({
        "call-plain(1), plain, plain",
        "of-world(1), [constructor]blob, of-world",
        "call-inner(1), outer#inner#fill, inner",
        "call-deep(1), outer#inner#deep#twice, deep",
        "call-waits(), waits, waits"
    })
    void eachTrapsWithItsNameAndItsCaller(String call, String name, String caller) {
        ComponentInstance instance = corner("unmet", stubs());
        assertThat(call(instance, "none()")).isEqualTo("7");
        assertThat(call(instance, "module()")).isEqualTo("42");
        assertThatThrownBy(() -> call(instance, call))
                .isInstanceOfSatisfying(Trap.class, trap -> {
                    assertThat(trap.code()).isEqualTo(TrapCode.UNKNOWN_IMPORT);
                    assertThat(trap.guestFrames()).contains(caller);
                })
                .hasNoCause()
                .hasMessage("the guest called " + name + ", which is not defined, in " + caller + " of unmet.wasm");
        assertThatThrownBy(() -> call(instance, "none()")).isInstanceOf(InstanceStateException.class);
    }

    @Test
    void definedImportsAreNotReplacedByStubs() {
        var linker = stubs().function("plain", (type, args) -> new U32(((U32) args.get(0)).bits() + 1));
        assertThat(call(corner("unmet", linker), "call-plain(1)")).isEqualTo("2");
    }

    @Test
    void aCoreModuleIsRefusedByItsName() {
        assertThatThrownBy(() -> corner("unmet", new ComponentLinker().unknownImportsAsTraps()))
                .isInstanceOf(LinkException.class)
                .hasMessage("""
                        unmet.wasm: 1 import cannot be linked
                          modules is not defined:
                            - core module answers, which cannot be replaced by a trap: define it""".stripIndent());
        assertThatThrownBy(() -> corner("given", new ComponentLinker().unknownImportsAsTraps()))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("- core module", ", which cannot be replaced by a trap: define it")
                .hasMessageContaining("- component", ", which cannot be replaced by a trap: define it");
    }

    @Test
    void allMissingImportsAreNamed() {
        assertThatThrownBy(() -> corner("unmet"))
                .isInstanceOf(LinkException.class)
                .hasMessage("""
                        unmet.wasm: 7 imports cannot be linked
                          plain is not defined:
                            - plain: func(x: u32) -> u32
                          blob is not defined:
                            - resource blob
                          [constructor]blob is not defined:
                            - [constructor]blob: func(x: u32) -> blob
                          [method]blob.size is not defined:
                            - [method]blob.size: func(self: borrow<blob>) -> u32
                          waits is not defined:
                            - waits: func(bytes: stream<u8>)
                          outer is not defined:
                            - resource blob
                            - resize: func(blob: borrow<blob>, by: u32) -> u32
                            - resource cup
                            - fill: func(x: u32) -> cup
                            - drink: func(cup: cup) -> u32
                            - twice: func(x: u32) -> u32
                          modules is not defined:
                            - core module answers""".stripIndent());
    }

    @ParameterizedTest
    @CsvSource({"world-import, print", "world-resource, make"})
    void undefinedImportsOfAWorldTrap(String field, String name) {
        ComponentInstance instance = corner(field, new ComponentLinker().unknownImportsAsTraps());
        assertThatThrownBy(() -> call(instance, "run()"))
                .isInstanceOf(Trap.class)
                .hasMessage("the guest called " + name + ", which is not defined, in run of " + field + ".wasm");
        try (Guest guest = Airlock.open(Guests.file("components/wat/" + field)).unknownImportsAsTraps()) {
            Class<?> type =
                    field.equals("world-import") ? ComponentImportsTest.Run.class : ComponentImportsTest.Count.class;
            assertThat((Object) guest.as(type)).isInstanceOf(type);
        }
    }

    /** One linker, many instances: the stub of an import is made once. */
    @Test
    void stubsAreSharedByInstances() {
        ComponentLinker linker = stubs();
        Component component = component("wat/unmet");
        ComponentInstance first = linker.instantiate(component);
        ComponentSnapshot snapshot = first.snapshot();
        try (ComponentInstance instance = linker.instantiate(snapshot)) {
            assertThat(call(instance, "none()")).isEqualTo("7");
            assertThatThrownBy(() -> call(instance, "call-plain(1)")).isInstanceOf(Trap.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "call-take(), 'take, whose type has stream<u8>,'",
        "call-give(), 'give, whose type has future<string>,'",
        "call-nested(), 'nested, whose type has future<u32>,'"
    })
    void streamsAndFuturesBetweenComponentsTrapWithWhatIsMissing(String call, String what) {
        ComponentInstance streams = corner("streams");
        assertThat(call(streams, "fine()")).isEqualTo("5");
        assertThatThrownBy(() -> call(streams, call))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.NOT_SUPPORTED))
                .hasMessage(what + " cannot run yet: async is not supported");
    }

    interface Streams {
        int give();
    }

    @Test
    void streamsAndFuturesOfTheHostAreRefusedWithoutEffect() {
        ComponentInstance streams = corner("streams");
        assertThatThrownBy(() -> streams.function("give").call(List.of()))
                .isInstanceOf(SignatureException.class)
                .hasMessage("give, whose type has future<string>, cannot run yet: async is not supported");
        assertThatThrownBy(() -> ComponentBindings.bind(streams, Streams.class))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("Streams.give");
        assertThat(call(streams, "fine()")).isEqualTo("5");
    }

    @Test
    void aStreamOfAHostFunctionTrapsWithWhatIsMissing() {
        ComponentInstance instance = corner("unmet", stubs().function("waits", (type, args) -> null));
        assertThatThrownBy(() -> call(instance, "call-waits()"))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.NOT_SUPPORTED))
                .hasMessage("waits, whose type has stream<u8>, cannot run yet: async is not supported");
    }
}
