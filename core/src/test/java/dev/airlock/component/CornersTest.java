package dev.airlock.component;

import static dev.airlock.component.WaveCalls.call;
import static dev.airlock.component.WaveCalls.component;
import static dev.airlock.component.WaveCalls.corner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.component.binary.ComponentBytes;
import dev.airlock.engine.Engine;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LimitException;
import dev.airlock.error.ModuleException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.type.FuncType;
import dev.airlock.type.GuestResource;
import dev.airlock.type.HandleValue;
import dev.airlock.type.OwnType;
import dev.airlock.type.PrimitiveValue;
import dev.airlock.type.PrimitiveValue.Text;
import dev.airlock.type.PrimitiveValue.U32;
import dev.airlock.type.Value;
import dev.airlock.type.ValuePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handwritten components, one corner case each: {@code guests/components/wat} says what each must do. */
class CornersTest {
    private static void assertTraps(ComponentInstance instance, String call, TrapCode... codes) {
        assertThatThrownBy(() -> call(instance, call))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isIn((Object[]) codes));
        assertThatThrownBy(() -> call(instance, call)).isInstanceOf(InstanceStateException.class);
    }

    private static void assertTraps(ComponentInstance instance, String interfaceName, String call, TrapCode code) {
        assertThatThrownBy(() -> call(instance, interfaceName, call))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({"deep, depth, 4", "wide, sum, 528"})
    void componentsAreNestedInComponents(String corner, String function, String result) {
        assertThat(call(corner(corner), function + "()")).isEqualTo(result);
    }

    @Test
    void threeComponentsPassValuesInDifferentEncodings() {
        ComponentInstance linked = corner("linked");
        assertThat(call(linked, "test:corners/linked", "text(\"größe 🐉\")")).isEqualTo("\"größe 🐉\"");
        assertThat(call(linked, "test:corners/linked", "rows([(1, \"a\", some(9)), (255, \"œ\", none)])"))
                .isEqualTo("[(1, \"a\", some(9)), (255, \"œ\", none)]");
        assertThat(call(linked, "test:corners/linked", "draw(label(\"x\"))")).isEqualTo("label(\"x\")");
        assertThat(call(linked, "test:corners/linked", "draw(area(0.5))")).isEqualTo("area(0.5)");
        assertThat(call(linked, "test:corners/linked", "paint(blue)")).isEqualTo("blue");
        assertThat(call(linked, "test:corners/linked", "level()")).isEqualTo("3");
        assertTraps(linked, "test:corners/linked", "bad-paint(red)", TrapCode.BAD_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "abc, 590, 590, 590",
        "größe, 4280, 2466, 2466",
        "œabc, 1669, 1223, 1223",
        "größe œ 🐉\\u{0}, 17149, 1066790, 1066790"
    })
    void everyPairOfEncodings(String text, String utf8, String utf16, String compact) {
        ComponentInstance transcode = corner("transcode");
        for (String from : List.of("utf8", "utf16", "compact")) {
            assertThat(call(transcode, from + "-to-utf8(\"" + text + "\")")).isEqualTo(utf8);
            assertThat(call(transcode, from + "-to-utf16(\"" + text + "\")")).isEqualTo(utf16);
            assertThat(call(transcode, from + "-to-compact(\"" + text + "\")")).isEqualTo(compact);
        }
    }

    @Test
    void severalMemoriesAndATableThatAFixUpFills() {
        var linker = new ComponentLinker();
        linker.function(
                "join",
                (type, args) -> PrimitiveValue.string(
                        ((Text) args.get(0)).value() + "+" + ((Text) args.get(1)).value(), ValuePath.root()));
        ComponentInstance memories = corner("memories", linker);
        call(memories, "put-left(\"links\")");
        call(memories, "put-right(\"rechts\")");
        assertThat(call(memories, "left()")).isEqualTo("\"links\"");
        assertThat(call(memories, "right()")).isEqualTo("\"rechts\"");
        assertThat(call(memories, "both(\"a\", \"ß\")")).isEqualTo("\"a+ß\"");
    }

    @Test
    void postReturnRunsOnceForEachResult() {
        var logs = new AtomicInteger();
        var linker = new ComponentLinker().function("log", (type, args) -> {
            logs.incrementAndGet();
            return null;
        });
        ComponentInstance instance = corner("post-return", linker);
        assertThat(call(instance, "text()")).isEqualTo("\"hello\"");
        assertThat(call(instance, "last()")).isEqualTo("256");
        assertThat(call(instance, "number()")).isEqualTo("78187493530");
        call(instance, "nothing()");
        assertThat(call(instance, "posts()")).isEqualTo("3");
        assertTraps(instance, "call-after()", TrapCode.CANNOT_LEAVE);
        assertTraps(corner("post-return", linker), "trap-after()", TrapCode.UNREACHABLE);
        assertThat(logs).hasValue(0);
    }

    @Test
    void theBuiltInsThatOrdinaryComponentsImport() {
        ComponentInstance builtins = corner("builtins");
        assertThat(call(builtins, "pass(7)")).isEqualTo("7");
        assertThat(call(builtins, "fresh()")).isEqualTo("0");
        assertThat(call(builtins, "make-and-drop()")).isEmpty();
        assertThat(call(builtins, "poll()")).isEqualTo("0");
        assertTraps(builtins, "bad-drop()", TrapCode.BAD_HANDLE);
        assertTraps(corner("builtins"), "cancel()", TrapCode.NOT_SUPPORTED);
    }

    @Test
    void aRunningComponentCannotBeEntered() {
        var instance = new ComponentInstance[1];
        var linker = new ComponentLinker().function("back", (type, args) -> {
            call(Objects.requireNonNull(instance[0]), "poke()");
            return null;
        });
        instance[0] = corner("reenter", linker);
        assertThatThrownBy(() -> call(Objects.requireNonNull(instance[0]), "run()"))
                .isInstanceOf(Trap.class)
                .hasCauseInstanceOf(InstanceStateException.class)
                .hasMessageContaining("is running, and waits for the host function that calls it");
    }

    @Test
    void anotherInstanceCanBeEnteredMeanwhile() {
        ComponentInstance other = corner("reenter", new ComponentLinker().function("back", (type, args) -> null));
        ComponentInstance instance = corner("reenter", new ComponentLinker().function("back", (type, args) -> {
                    call(other, "poke()");
                    return null;
                }));
        assertThat(call(instance, "run()")).isEqualTo("0");
        assertThat(call(other, "run()")).isEqualTo("1");
    }

    @Test
    void aComponentMayCallTheOneThatInstantiatedIt() {
        ComponentInstance family = corner("family");
        assertThat(call(family, "down()")).isEqualTo("7");
        assertThat(call(family, "up()")).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gated-start", "gated-value"})
    void aGatedFeatureIsRefusedByName(String corner) {
        assertThatThrownBy(() -> component("wat/" + corner))
                .isInstanceOf(ModuleException.class)
                .hasMessageContaining("needs the feature \"value imports and exports");
    }

    @Test
    void destructorsRunWhereTheResourceIsDefined() {
        var dropped = new ArrayList<Integer>();
        var linker = new ComponentLinker().function("dropped", (type, args) -> {
            dropped.add(((U32) args.get(0)).bits());
            return null;
        });
        String corners = "test:corners/destructors";
        ComponentInstance instance = corner("destructors", linker);
        ComponentFunc make = instance.function(corners, "make");
        HandleValue first = (HandleValue) Objects.requireNonNull(make.call(List.of(new U32(1))));
        HandleValue second = (HandleValue) Objects.requireNonNull(make.call(List.of(new U32(2))));
        ComponentFunc take = instance.function(corners, "take");
        assertThat(take.call(List.of(first))).isEqualTo(new U32(1));
        assertThat(dropped).containsExactly(1);
        assertThatThrownBy(() -> take.call(List.of(first))).hasMessageContaining("it was given away");
        GuestResource resource = (GuestResource) second.target();
        resource.close();
        resource.close();
        assertThat(dropped).containsExactly(1, 2);
        assertThatThrownBy(() -> take.call(List.of(second))).hasMessageContaining("it is closed");
        assertThat(call(instance, corners, "count()")).isEqualTo("2");

        HandleValue third = (HandleValue) Objects.requireNonNull(make.call(List.of(new U32(666))));
        assertThatThrownBy(((GuestResource) third.target())::close)
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.UNREACHABLE));
        assertThatThrownBy(() -> call(instance, corners, "count()")).isInstanceOf(InstanceStateException.class);
        ((GuestResource) third.target()).close();
    }

    @Test
    void aBorrowIsValidOnlyInItsInstance() {
        var linker = new ComponentLinker().function("dropped", (type, args) -> null);
        String corners = "test:corners/destructors";
        ComponentInstance one = corner("destructors", linker);
        ComponentInstance other = corner("destructors", linker);
        Value made = Objects.requireNonNull(one.function(corners, "make").call(List.of(new U32(1))));
        ComponentFunc rep = one.function(corners, "rep");
        var borrow = new HandleValue(rep.type().params().get(0).type(), ((HandleValue) made).target());
        assertThat(rep.call(List.of(borrow))).isEqualTo(new U32(1));
        assertThatThrownBy(() -> other.function(corners, "rep").call(List.of(borrow)))
                .hasMessageContaining("one of another instance");
        one.close();
        assertThatThrownBy(() -> rep.call(List.of(borrow))).isInstanceOf(InstanceStateException.class);
        ((GuestResource) ((HandleValue) made).target()).close();
    }

    /** The host of {@code handles}: cups and plates. */
    private static final class Tableware {
        final List<String> said = new ArrayList<>();

        record Cup(int number) {}

        record Plate() {}

        int cups;

        ComponentInstance instance() {
            var linker = new ComponentLinker()
                    .resource("host", "cup", Cup.class, cup -> said.add("dropped " + cup.number))
                    .resource("host", "plate", Plate.class, plate -> said.add("dropped a plate"))
                    .function("host", "make-cup", (type, args) -> own(type, new Cup(++cups)))
                    .function("host", "make-plate", (type, args) -> own(type, new Plate()))
                    .function("host", "drink", (type, args) -> say("drank", args.get(0)))
                    .function("host", "both", (type, args) -> say("took", args.get(1)));
            return corner("handles", linker);
        }

        private static Value own(FuncType type, Object target) {
            return new HandleValue((OwnType) Objects.requireNonNull(type.result()), target);
        }

        private Value say(String verb, Value cup) {
            said.add(verb + " " + ((Cup) ((HandleValue) cup).target()).number);
            return null;
        }
    }

    @Test
    void hostResourcesAreJavaObjectsBehindHandles() {
        var host = new Tableware();
        ComponentInstance instance = host.instance();
        call(instance, "test:corners/handles", "good()");
        assertThat(host.said).containsExactly("drank 1", "drank 1", "dropped 1");
        ComponentFunc drop = instance.function("test:corners/handles", "drop");
        drop.call(List.of(new HandleValue(drop.type().params().get(0).type(), new Tableware.Cup(9))));
        assertThat(host.said).hasSize(3);
        call(instance, "test:corners/handles", "many(100000)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "twice",
                "after",
                "other-type",
                "other-drop",
                "own-as-cup",
                "cup-as-own",
                "lent",
                "zero",
                "far",
                "negative",
                "drop-zero",
                "given-away"
            })
    void misusedHandlesTrap(String function) {
        assertTraps(new Tableware().instance(), "test:corners/handles", function + "()", TrapCode.BAD_HANDLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep", "give-away-lent", "return-lent"})
    void aBorrowCannotOutliveItsCall(String function) {
        ComponentFunc misuse = new Tableware().instance().function("test:corners/handles", function);
        var cup = new HandleValue(misuse.type().params().get(0).type(), new Tableware.Cup(9));
        assertThatThrownBy(() -> misuse.call(List.of(cup)))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.BAD_HANDLE));
    }

    @Test
    void tooManyHandlesAreOverALimit() {
        ComponentInstance instance = new Tableware().instance();
        assertThatThrownBy(() -> call(instance, "test:corners/handles", "many(2000000)"))
                .hasMessageContaining("handles in one component instance");
    }

    @Test
    void aSmallFileCannotAskForATrillionInstances() {
        ComponentBytes root = ComponentBytes.component().section(4, ComponentBytes.component());
        for (int i = 0; i < 40; i++) {
            ComponentBytes twice = ComponentBytes.component()
                    .section(6, ComponentBytes.contents(1, 4, 2, 1, i))
                    .section(5, ComponentBytes.contents(2, 0, 0, 0, 0, 0, 0));
            root.section(4, twice);
        }
        byte[] bytes = root.section(5, ComponentBytes.contents(1, 0, 40, 0)).bytes();
        Component component = Component.compile(Engine.create(), "doubling", bytes);
        assertThatThrownBy(() -> new ComponentLinker().instantiate(component))
                .isInstanceOf(LimitException.class)
                .hasMessageContaining("instances in one component");
    }

    @Test
    void closingDropsWhatTheGuestStillOwns() {
        var host = new Tableware();
        ComponentInstance instance = host.instance();
        assertThatThrownBy(() -> call(instance, "test:corners/handles", "cup-as-own()"))
                .isInstanceOf(Trap.class);
        assertThat(host.said).isEmpty();
        instance.close();
        instance.close();
        assertThat(host.said).containsExactly("dropped 1");
    }
}
