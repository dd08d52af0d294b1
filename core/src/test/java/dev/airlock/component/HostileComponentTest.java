package dev.airlock.component;

import static dev.airlock.component.WaveCalls.call;
import static dev.airlock.component.WaveCalls.component;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.component.bind.ComponentImports;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LimitException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.limit.Limits;
import dev.airlock.mapping.Tuple2;
import dev.airlock.type.GuestResource;
import dev.airlock.type.HandleValue;
import dev.airlock.type.PrimitiveValue.U32;
import dev.airlock.type.Value;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Guests that violate the canonical ABI where the host depends on it: each violation is a trap that the specification
 * requires, or has no effect on the host.
 */
@Tag("slow")
@ParameterizedClass
@EnumSource(HostileComponentTest.Way.class)
class HostileComponentTest {
    enum Way {
        INTERPRETED,
        COMPILED
    }

    /** CPU time of the guest, so that a busy machine does not matter. */
    private static final Limits SHORT = Limits.defaults().cpuTime(Duration.ofMillis(400));

    @Parameter
    Way way;

    private ComponentInstance corner(String name, ComponentLinker linker) {
        WaveCalls.interpret(way == Way.INTERPRETED);
        return linker.instantiate(component("wat/" + name));
    }

    @AfterEach
    void compile() {
        WaveCalls.interpret(false);
    }

    static final class Host {
        String echo(String text) {
            return text;
        }

        Tuple2<String, String> pair() {
            return new Tuple2<>("first", "2nd");
        }
    }

    private ComponentInstance allocator(int mode) {
        return allocator(mode, new ComponentLinker());
    }

    private ComponentInstance allocator(int mode, ComponentLinker linker) {
        WaveCalls.interpret(way == Way.INTERPRETED);
        ComponentImports.of(component("wat/hostile-realloc"))
                .with("host", new Host())
                .addTo(linker);
        ComponentInstance instance = corner("hostile-realloc", linker);
        call(instance, "mode(" + mode + ")");
        return instance;
    }

    private static void assertTraps(ComponentInstance instance, String call, TrapCode code) {
        assertThatThrownBy(() -> call(instance, call))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(code));
        assertThatThrownBy(() -> call(instance, call)).isInstanceOf(InstanceStateException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "6, 5", "8, 5", "10, 5"})
    void aHarmlessRealloc(int mode, String length) {
        assertThat(call(allocator(mode), "take([1, 2, 3, 4, 5])")).isEqualTo(length);
        assertThat(call(allocator(mode), "text()")).isEqualTo(length);
        assertThat(call(allocator(mode), "caught()")).isEqualTo(length);
        assertThat(call(allocator(mode), "pair()")).isEqualTo("5003");
    }

    @ParameterizedTest
    @ValueSource(strings = {"take([1, 2, 3, 4, 5])", "text()", "pair()"})
    void aReallocThatReturnsTheAreaOfTheResult(String call) {
        assertThat(call(allocator(7), call)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, UNCAUGHT_EXCEPTION",
        "3, CALL_STACK_EXHAUSTED",
        "4, CANNOT_LEAVE",
        "5, CANNOT_LEAVE",
        "11, CANNOT_LEAVE",
        "12, MEMORY_OUT_OF_BOUNDS"
    })
    void aReallocThatTraps(int mode, TrapCode code) {
        assertTraps(allocator(mode), "take([1, 2, 3])", code);
        assertTraps(allocator(mode), "text()", code);
        assertTraps(allocator(mode), "pair()", code);
        assertTraps(allocator(mode), "caught()", code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"take([1, 2, 3, 4, 5])", "caught()"})
    void aReallocThatNeverEnds(String call) {
        ComponentInstance instance = allocator(2, new ComponentLinker().limits(SHORT));
        assertThatThrownBy(() -> call(instance, call)).isInstanceOf(LimitException.class);
        assertThatThrownBy(() -> call(instance, call)).isInstanceOf(InstanceStateException.class);
    }

    @Test
    void theSecondBlockIsChecked() {
        assertThat(call(allocator(9), "take([1, 2, 3])")).isEqualTo("3");
        assertTraps(allocator(9), "pair()", TrapCode.MEMORY_OUT_OF_BOUNDS);
    }

    @ParameterizedTest
    @CsvSource({
        "0, ''",
        "1, UNCAUGHT_EXCEPTION",
        "3, CALL_STACK_EXHAUSTED",
        "4, CANNOT_LEAVE",
        "5, CANNOT_LEAVE",
        "6, ''",
        "7, ''",
        "8, CANNOT_LEAVE",
        "9, CANNOT_LEAVE"
    })
    void hostilePostReturns(int mode, String code) {
        var logs = new AtomicInteger();
        ComponentInstance instance = corner("hostile-post", new ComponentLinker().function("log", (type, args) -> {
                    logs.incrementAndGet();
                    return null;
                }));
        call(instance, "mode(" + mode + ")");
        if (code.isEmpty()) {
            assertThat(call(instance, "text()")).isEqualTo("\"hello\"");
            assertThat(call(instance, "text()")).isEqualTo("\"hello\"");
        } else {
            assertTraps(instance, "text()", TrapCode.valueOf(code));
        }
        assertThat(logs).hasValue(0);
    }

    @Test
    void aPostReturnThatNeverEnds() {
        ComponentInstance instance =
                corner("hostile-post", new ComponentLinker().limits(SHORT).unknownImportsAsTraps());
        call(instance, "mode(2)");
        assertThatThrownBy(() -> call(instance, "text()")).isInstanceOf(LimitException.class);
        assertThatThrownBy(() -> call(instance, "text()")).isInstanceOf(InstanceStateException.class);
    }

    private static final String MORTAL = "test:corners/mortal";

    private ComponentInstance mortal(AtomicInteger logs) {
        return corner("hostile-destructor", new ComponentLinker().limits(SHORT).function("log", (type, args) -> {
                    logs.incrementAndGet();
                    return null;
                }));
    }

    private static GuestResource make(ComponentInstance instance, int kind) {
        Value made = instance.function(MORTAL, "make").call(List.of(new U32(kind)));
        return (GuestResource) ((HandleValue) Objects.requireNonNull(made)).target();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 7})
    void aHarmlessDestructor(int kind) {
        var logs = new AtomicInteger();
        ComponentInstance instance = mortal(logs);
        assertThat(call(instance, MORTAL, "make-and-drop(" + kind + ")")).isEqualTo("0");
        make(instance, kind).close();
        assertThat(logs).hasValue(kind == 5 ? 2 : 0);
        assertThat(call(instance, MORTAL, "make-and-drop(0)")).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource({"1, BAD_HANDLE", "4, UNCAUGHT_EXCEPTION", "6, BAD_HANDLE"})
    void aDestructorThatTraps(int kind, TrapCode code) {
        var logs = new AtomicInteger();
        ComponentInstance inside = mortal(logs);
        assertThatThrownBy(() -> call(inside, MORTAL, "make-and-drop(" + kind + ")"))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(code));
        ComponentInstance outside = mortal(logs);
        GuestResource thing = make(outside, kind);
        assertThatThrownBy(thing::close)
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(code));
        assertThatThrownBy(() -> call(outside, MORTAL, "make-and-drop(0)")).isInstanceOf(InstanceStateException.class);
        thing.close();
        outside.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aDestructorThatNeverEnds(int kind) {
        ComponentInstance instance = mortal(new AtomicInteger());
        GuestResource thing = make(instance, kind);
        assertThatThrownBy(thing::close).isInstanceOf(LimitException.class);
        assertThatThrownBy(() -> call(instance, MORTAL, "make-and-drop(0)")).isInstanceOf(InstanceStateException.class);
    }

    @ParameterizedTest
    @CsvSource({"echo(0), 505", "echo(1), 505", "numbers(0), 6", "numbers(1), 6"})
    void aComponentThatCallsItself(String call, String result) {
        assertThat(call(corner("self-call", new ComponentLinker()), call)).isEqualTo(result);
    }

    /** The guest changes only data that it sees itself; the host is unaffected. */
    @ParameterizedTest
    @ValueSource(strings = {"echo(2)", "echo(3)", "numbers(2)", "numbers(3)"})
    void aComponentThatChangesDataDuringItsCopy(String call) {
        ComponentInstance instance = corner("self-call", new ComponentLinker());
        try {
            assertThat(call(instance, call)).isNotEmpty();
        } catch (Trap trap) {
            assertThat(trap.code()).isIn(TrapCode.BAD_VALUE, TrapCode.BAD_POINTER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo(4)", "numbers(4)"})
    void aReallocMayNotCallItsOwnComponentEither(String call) {
        assertTraps(corner("self-call", new ComponentLinker()), call, TrapCode.CANNOT_LEAVE);
    }
}
