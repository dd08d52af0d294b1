package dev.airlock.component;

import static dev.airlock.component.WaveCalls.call;
import static dev.airlock.component.WaveCalls.component;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.component.bind.ComponentBindings;
import dev.airlock.component.bind.ComponentImports;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.mapping.GuestName;
import dev.airlock.mapping.Tuple2;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Forged and stale handles ({@code guests/components/wat/forger.wat}): they trap, and each host object is dropped
 * once, unless the host has it.
 */
@ParameterizedClass
@EnumSource(HostileComponentTest.Way.class)
class ForgedHandleTest {
    private static final String FORGER = "test:corners/forger";

    @Parameter
    HostileComponentTest.Way way;

    private final Host host = new Host();

    @BeforeEach
    void interpret() {
        WaveCalls.interpret(way == HostileComponentTest.Way.INTERPRETED);
    }

    @AfterEach
    void compile() {
        WaveCalls.interpret(false);
    }

    static final class Cup implements AutoCloseable {
        int dropped;
        boolean withHost;

        @Override
        public void close() {
            dropped++;
        }
    }

    static final class Plate implements AutoCloseable {
        @Override
        public void close() {}
    }

    static final class Host {
        final List<Cup> cups = new ArrayList<>();

        Cup makeCup() {
            cups.add(new Cup());
            return cups.get(cups.size() - 1);
        }

        Plate makePlate() {
            return new Plate();
        }

        List<Cup> makeCups(int count) {
            var made = new ArrayList<Cup>();
            for (int i = 0; i < count; i++) {
                made.add(makeCup());
            }
            return made;
        }

        int takeAll(List<Cup> taken) {
            taken.forEach(cup -> cup.withHost = true);
            return taken.size();
        }

        void takeTwo(Cup a, Cup b) {
            takeAll(List.of(a, b));
        }

        void takeNamed(Cup cup, String name) {
            takeAll(List.of(cup));
        }

        void refuse(Cup cup) {
            takeAll(List.of(cup));
            throw new IllegalStateException("not this one");
        }

        int look(List<Cup> lent) {
            return lent.size();
        }

        void checkEachIsDroppedOnce() {
            assertThat(cups)
                    .allSatisfy(cup ->
                            assertThat(cup.dropped + (cup.withHost ? 1 : 0)).isEqualTo(1));
        }
    }

    @GuestName(FORGER)
    interface Forger {
        List<Cup> returnTwice();

        List<Cup> returnForged();

        Tuple2<Cup, String> returnWithBadText();

        Cup returnThenTrap();

        List<Cup> returnFine();

        void dropLentTwice(Cup cup);

        int giveLentInAList(Cup cup);
    }

    private ComponentInstance forger() {
        Component component = component("wat/forger");
        var linker = new ComponentLinker();
        ComponentImports.of(component).with("host", host).addTo(linker);
        return linker.instantiate(component);
    }

    private static TrapCode codeOf(Throwable thrown) {
        assertThat(thrown).isInstanceOf(Trap.class);
        return ((Trap) thrown).code();
    }

    @ParameterizedTest
    @CsvSource({"fine(), 4", "lent-twice-is-fine(), 2"})
    void validHandles(String call, String result) {
        try (ComponentInstance instance = forger()) {
            assertThat(call(instance, FORGER, call)).isEqualTo(result);
        }
        host.checkEachIsDroppedOnce();
    }

    @ParameterizedTest
    @CsvSource({
        "same-twice-in-a-list, BAD_HANDLE",
        "good-then-forged, BAD_HANDLE",
        "good-then-plate, BAD_HANDLE",
        "same-twice, BAD_HANDLE",
        "good-then-bad-text, MEMORY_OUT_OF_BOUNDS",
        "stale-index, BAD_HANDLE",
        "refused, HOST_FUNCTION",
        "given-then-trap, UNREACHABLE",
        "make-without-room, UNREACHABLE",
    })
    void invalidHandlesTrap(String function, TrapCode code) {
        ComponentInstance instance = forger();
        assertThatThrownBy(() -> call(instance, FORGER, function + "()"))
                .satisfies(thrown -> assertThat(codeOf(thrown)).isEqualTo(code));
        assertThatThrownBy(() -> call(instance, FORGER, "fine()")).isInstanceOf(InstanceStateException.class);
        instance.close();
        host.checkEachIsDroppedOnce();
    }

    @Test
    void aMismatchedListIsDropped() {
        ComponentInstance instance = forger();
        call(instance, FORGER, "make-many(1000)");
        assertThatThrownBy(() -> call(instance, FORGER, "make-many(20000)"))
                .satisfies(thrown -> assertThat(codeOf(thrown)).isEqualTo(TrapCode.MEMORY_OUT_OF_BOUNDS));
        instance.close();
        assertThat(host.cups).hasSize(21_000);
        host.checkEachIsDroppedOnce();
    }

    @Test
    void invalidReturnedHandlesTrap() {
        for (int i = 0; i < 4; i++) {
            ComponentInstance instance = forger();
            Forger forger = ComponentBindings.bind(instance, Forger.class);
            int which = i;
            assertThatThrownBy(() -> {
                        switch (which) {
                            case 0 -> forger.returnTwice();
                            case 1 -> forger.returnForged();
                            case 2 -> forger.returnWithBadText();
                            default -> forger.returnThenTrap();
                        }
                    })
                    .satisfies(thrown -> assertThat(codeOf(thrown))
                            .isEqualTo(
                                    which == 2
                                            ? TrapCode.MEMORY_OUT_OF_BOUNDS
                                            : which == 3 ? TrapCode.UNREACHABLE : TrapCode.BAD_HANDLE));
            instance.close();
            host.checkEachIsDroppedOnce();
        }
    }

    @Test
    void theHostOwnsAReturnedHandle() {
        try (ComponentInstance instance = forger()) {
            List<Cup> cups = ComponentBindings.bind(instance, Forger.class).returnFine();
            assertThat(cups).hasSize(2);
            host.takeAll(cups);
        }
        host.checkEachIsDroppedOnce();
    }

    @Test
    void aBorrowCannotBePassedAsOwn() {
        ComponentInstance one = forger();
        assertThatThrownBy(() -> ComponentBindings.bind(one, Forger.class).dropLentTwice(new Cup()))
                .satisfies(thrown -> assertThat(codeOf(thrown)).isEqualTo(TrapCode.BAD_HANDLE));
        ComponentInstance other = forger();
        var lent = new Cup();
        assertThatThrownBy(() -> ComponentBindings.bind(other, Forger.class).giveLentInAList(lent))
                .satisfies(thrown -> assertThat(codeOf(thrown)).isEqualTo(TrapCode.BAD_HANDLE));
        one.close();
        other.close();
        assertThat(lent.dropped).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 7, 8, 9, 1 << 20, 0x0fffffff, 0x10000000, 0x7fffffff, 0x80000000L, 0xffffffffL})
    void aForgedNumberIsNotAHandle(long handle) {
        ComponentInstance instance = forger();
        assertThatThrownBy(() -> call(instance, FORGER, "guess(" + handle + ")"))
                .satisfies(thrown -> assertThat(codeOf(thrown)).isEqualTo(TrapCode.BAD_HANDLE));
    }
}
