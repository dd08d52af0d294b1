package dev.airlock.component;

import static dev.airlock.component.WaveCalls.call;
import static dev.airlock.component.WaveCalls.component;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.codegen.Handles;
import dev.airlock.engine.Engine;
import dev.airlock.engine.Module;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LinkException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.error.ValueException;
import dev.airlock.limit.Limits;
import dev.airlock.type.GuestResource;
import dev.airlock.type.HandleValue;
import dev.airlock.type.OwnType;
import dev.airlock.type.PrimitiveValue;
import dev.airlock.type.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentSnapshotTest {
    private static final String STATE = "test:corners/state";

    private final List<String> dropped = new ArrayList<>();
    private Consumer<String> onDrop = dropped::add;
    private Runnable onCall = () -> {};
    private int cups;

    private final ComponentLinker linker = linker();
    private final ComponentSnapshot snapshot = warm().snapshot();

    private ComponentLinker linker() {
        return new ComponentLinker()
                .resource("host", "cup", String.class, cup -> onDrop.accept(cup))
                .function("host", "make-cup", (type, args) -> {
                    cups++;
                    return new HandleValue(type.result(), "cup " + cups);
                })
                .function("host", "call-back", (type, args) -> {
                    onCall.run();
                    return null;
                });
    }

    private ComponentInstance warm() {
        ComponentInstance instance = linker.instantiate(component("wat/state"));
        call(instance, STATE, "init()");
        return instance;
    }

    private static void fill(ComponentInstance instance) {
        call(instance, STATE, "fill(6828497190862511810)");
    }

    /** The state that differs from the snapshot, as bits: see the guest. */
    private static String found(ComponentInstance instance) {
        return call(instance, STATE, "found()");
    }

    private static GuestResource thing(ComponentInstance instance, int rep) {
        Value made = instance.function(STATE, "make").call(List.of(new PrimitiveValue.U32(rep)));
        return (GuestResource) ((HandleValue) Objects.requireNonNull(made)).target();
    }

    private static Value rep(ComponentInstance instance, GuestResource thing) {
        ComponentFunc rep = instance.function(STATE, "rep");
        return Objects.requireNonNull(
                rep.call(List.of(new HandleValue(rep.type().params().get(0).type(), thing))));
    }

    @Test
    void theGuestFindsItsStateAgain() {
        ComponentInstance instance = warm();
        call(instance, STATE, "fill(6828497190862511810)");
        assertThatThrownBy(() -> found(instance)).as("dropped segments").isInstanceOf(Trap.class);
        assertThat(found(warm())).isEqualTo("0");
        for (String change : List.of("grow(1)", "grow-table(1)", "many(1)")) {
            ComponentInstance changed = warm();
            call(changed, STATE, change);
            assertThat(found(changed)).as(change).isNotEqualTo("0");
        }
    }

    @Test
    void anInstanceStartsFromTheSnapshot() {
        assertThat(found(linker.instantiate(snapshot))).isEqualTo("0");
        assertThat(found(linker.instantiate(snapshot)))
                .as("and so does the next")
                .isEqualTo("0");
    }

    @Test
    void aResetInstanceIsAsNew() {
        ComponentInstance instance = linker.instantiate(snapshot);
        for (int i = 0; i < 20; i++) {
            fill(instance);
            call(instance, STATE, "many(1000)");
            instance.reset();
            assertThat(found(instance)).as("reset %d", i).isEqualTo("0");
            instance.reset();
        }
    }

    @Test
    void aNewInstanceSeesNothingOfAClosedOne() {
        for (int i = 0; i < 20; i++) {
            ComponentInstance instance = linker.instantiate(snapshot);
            assertThat(found(instance)).as("instance %d", i).isEqualTo("0");
            fill(instance);
            instance.close();
            instance.close();
        }
        ComponentInstance trapped = linker.instantiate(snapshot);
        assertThatThrownBy(() -> call(trapped, STATE, "trap()")).isInstanceOf(Trap.class);
        trapped.close();
        assertThat(found(linker.instantiate(snapshot))).isEqualTo("0");
    }

    @Test
    void instancesOfOneSnapshotShareNoState() {
        ComponentInstance first = linker.instantiate(snapshot);
        ComponentInstance second = linker.instantiate(snapshot);
        fill(first);
        assertThat(found(second)).isEqualTo("0");
        second.reset();
        first.reset();
        fill(second);
        assertThat(found(first)).isEqualTo("0");
    }

    @Test
    void aSnapshotCanBeMadeOfAnInstanceOfASnapshot() {
        ComponentInstance instance = linker.instantiate(snapshot);
        call(instance, STATE, "grow(2)");
        call(instance, STATE, "grow-table(3)");
        call(instance, STATE, "many(3)");
        ComponentSnapshot later = instance.snapshot();
        instance.reset();
        assertThat(found(instance)).as("it goes back to what it was made of").isEqualTo("0");
        for (int i = 0; i < 3; i++) {
            ComponentInstance from = linker.instantiate(later);
            assertThat(call(from, STATE, "grow(1)")).isEqualTo("4");
            assertThat(call(from, STATE, "grow-table(1)")).isEqualTo("5");
            from.reset();
            assertThat(call(from, STATE, "grow(0)")).isEqualTo("4");
            assertThat(call(from, STATE, "grow-table(0)")).isEqualTo("5");
            from.close();
        }
    }

    @Test
    void memoryGrownToTheLimitIsReleased() {
        linker.limits(Limits.defaults().memoryBytes(4 << 16).tableElements(20));
        ComponentInstance instance = linker.instantiate(snapshot);
        for (int i = 0; i < 50; i++) {
            assertThat(call(instance, STATE, "grow(1)")).isEqualTo("2");
            assertThat(call(instance, STATE, "grow(1)")).isEqualTo("-1");
            assertThat(call(instance, STATE, "grow-table(13)")).isEqualTo("2");
            assertThat(call(instance, STATE, "grow-table(1)")).isEqualTo("-1");
            instance.reset();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c", "rust", "javascript"})
    void theKitsCanBeResetToo(String language) {
        Component kit = component(language + "/kit");
        var kits = new ComponentLinker().unknownImportsAsTraps();
        ComponentInstance first = kits.instantiate(kit);
        call(first, "demo:kit/api", "greet(\"Eve\")");
        ComponentSnapshot warm = first.snapshot();
        try (ComponentInstance instance = kits.instantiate(warm)) {
            for (int i = 0; i < 3; i++) {
                assertThat(call(instance, "demo:kit/api", "greet(\"Ada\")")).isEqualTo("\"Hello, Ada!\"");
                assertThat(call(instance, "demo:kit/api", "reverse([1, 2, 3])")).isEqualTo("[3, 2, 1]");
                instance.reset();
            }
        }
        try (ComponentInstance next = kits.instantiate(warm)) {
            assertThat(call(next, "demo:kit/api", "greet(\"Ada\")")).isEqualTo("\"Hello, Ada!\"");
        }
    }

    @Test
    void aTrappedInstanceCannotBeReset() {
        ComponentInstance instance = linker.instantiate(snapshot);
        assertThatThrownBy(() -> call(instance, STATE, "trap()")).isInstanceOf(Trap.class);
        assertThatThrownBy(instance::reset)
                .isInstanceOf(InstanceStateException.class)
                .hasMessageContaining("it trapped before")
                .hasCauseInstanceOf(Trap.class);
        assertThatThrownBy(instance::snapshot).isInstanceOf(InstanceStateException.class);
        instance.close();
        assertThatThrownBy(instance::reset)
                .isInstanceOf(InstanceStateException.class)
                .hasMessageContaining("cannot be entered");
    }

    @Test
    void onlyAnInstanceOfASnapshotCanBeReset() {
        assertThatThrownBy(() -> warm().reset())
                .isInstanceOf(InstanceStateException.class)
                .hasMessageContaining("it was not made of a snapshot");
    }

    @Test
    void aCallInProgress() {
        ComponentInstance instance = linker.instantiate(snapshot);
        List<Throwable> thrown = new ArrayList<>();
        onCall = () -> {
            for (Runnable action : List.<Runnable>of(instance::snapshot, instance::reset, instance::close)) {
                try {
                    action.run();
                } catch (InstanceStateException e) {
                    thrown.add(e);
                }
            }
        };
        call(instance, STATE, "call()");
        assertThat(thrown).hasSize(3).allSatisfy(e -> assertThat(e).hasMessageContaining("is in it"));
        instance.reset();
        assertThat(found(instance)).isEqualTo("0");
    }

    @Test
    void afterAnExceptionOfAHostFunctionNothingCanBeReset() {
        ComponentInstance instance = linker.instantiate(snapshot);
        onCall = () -> {
            throw new IllegalStateException("no");
        };
        assertThatThrownBy(() -> call(instance, STATE, "call()")).isInstanceOf(Trap.class);
        assertThatThrownBy(instance::reset).isInstanceOf(InstanceStateException.class);
    }

    // Resources of the component.

    @Test
    void resourcesObtainedBeforeAResetAreRefusedAfterwards() {
        ComponentInstance instance = linker.instantiate(snapshot);
        GuestResource before = thing(instance, 5);
        GuestResource closed = thing(instance, 6);
        assertThat(rep(instance, before)).isEqualTo(new PrimitiveValue.U32(5));
        instance.reset();
        GuestResource after = thing(instance, 5);
        assertThatThrownBy(() -> rep(instance, before))
                .isInstanceOf(ValueException.class)
                .hasMessageEndingWith("this thing no longer exists: its instance was reset");
        ComponentFunc take = instance.function(STATE, "take");
        OwnType own = (OwnType) take.type().params().get(0).type();
        assertThatThrownBy(() -> take.call(List.of(new HandleValue(own, before))))
                .isInstanceOf(ValueException.class);
        before.close();
        closed.close();
        assertThat(call(instance, STATE, "destroyed()"))
                .as("nothing is destroyed in the place of what was")
                .isEqualTo("11");
        assertThat(rep(instance, after)).isEqualTo(new PrimitiveValue.U32(5));
        after.close();
        assertThat(call(instance, STATE, "destroyed()")).isEqualTo("16");
    }

    /** Another component, to which the host passes resources of the first one. */
    private static ComponentInstance keeper(ComponentInstance maker) {
        return new ComponentLinker()
                .instance("maker", maker)
                .function("maker", "make", (type, args) -> {
                    HandleValue made = (HandleValue) maker.function("make").call(args);
                    return new HandleValue(
                            type.result(), Objects.requireNonNull(made).target());
                })
                .function(
                        "maker",
                        "rep",
                        (type, args) -> rep(maker, (GuestResource) ((HandleValue) args.get(0)).target()))
                .instantiate(component("wat/keeper"));
    }

    @Test
    void afterAResetAnotherComponentCannotReachNewResources() {
        ComponentInstance maker = linker.instantiate(snapshot);
        ComponentInstance keeper = keeper(maker);
        call(keeper, "keep(5)");
        assertThat(call(keeper, "rep()")).isEqualTo("5");
        assertThatThrownBy(keeper::snapshot)
                .isInstanceOf(InstanceStateException.class)
                .hasMessageContaining("it has the resource thing, by handle 1, which is another instance's");
        maker.reset();
        assertThatThrownBy(() -> call(keeper, "rep()"))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.BAD_HANDLE))
                .hasMessageContaining("one whose instance was reset");
        assertThat(call(maker, STATE, "destroyed()")).isEqualTo("11");
        assertThat(found(maker)).isEqualTo("0");
    }

    @Test
    void anotherComponentDropsThroughTheGateOfTheDefiningInstance() {
        ComponentInstance maker = linker.instantiate(snapshot);
        ComponentInstance keeper = keeper(maker);
        call(keeper, "keep(5)");
        call(keeper, "drop()");
        assertThat(call(maker, STATE, "destroyed()")).isEqualTo("16");
        call(keeper, "keep(5)");
        maker.close();
        assertThatThrownBy(() -> call(keeper, "drop()"))
                .isInstanceOf(Trap.class)
                .hasMessageContaining("the destructor of thing threw InstanceStateException");
    }

    // Resources of the host.

    @Test
    void aResourceOfTheHostIsNotCaptured() {
        ComponentInstance instance = warm();
        call(instance, STATE, "keep-cup()");
        assertThatThrownBy(instance::snapshot)
                .isInstanceOf(InstanceStateException.class)
                .hasMessage(
                        "this instance of state.wasm cannot be captured: it has the resource cup, by handle 1, which is"
                                + " the host's, in state.wasm (component 0)");
        call(instance, STATE, "drop-cup()");
        instance.snapshot();
    }

    @Test
    void aResourceOfTheHostIsDroppedOnce() {
        ComponentInstance instance = linker.instantiate(snapshot);
        call(instance, STATE, "keep-cup()");
        call(instance, STATE, "keep-cup()");
        instance.reset();
        assertThat(dropped).containsExactly("cup 1", "cup 2");
        assertThat(found(instance)).isEqualTo("0");
        instance.reset();
        call(instance, STATE, "keep-cup()");
        instance.close();
        assertThat(dropped).containsExactly("cup 1", "cup 2", "cup 3");
    }

    @Test
    void aDropThatThrowsDoesNotStopTheReset() {
        ComponentInstance instance = linker.instantiate(snapshot);
        fill(instance);
        onDrop = cup -> {
            dropped.add(cup);
            if (!cup.equals("cup 2")) {
                throw Handles.sneaky(new IOException(cup));
            }
        };
        for (int i = 0; i < 3; i++) {
            call(instance, STATE, "keep-cup()");
        }
        assertThatThrownBy(instance::reset)
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(IOException.class)
                .satisfies(e -> assertThat(e.getCause().getSuppressed()).hasSize(1));
        assertThat(dropped).containsExactly("cup 1", "cup 2", "cup 3");
        assertThat(found(instance)).as("it is back all the same").isEqualTo("0");
        instance.reset();
        assertThat(dropped).hasSize(3);
    }

    @Test
    void noCallEntersAnInstanceDuringItsReset() {
        ComponentInstance instance = linker.instantiate(snapshot);
        GuestResource before = thing(instance, 5);
        var refused = new ArrayList<Throwable>();
        onDrop = cup -> {
            for (Runnable action : List.<Runnable>of(
                    () -> fill(instance), instance::reset, instance::snapshot, instance::close, before::close)) {
                try {
                    action.run();
                } catch (InstanceStateException e) {
                    refused.add(e);
                }
            }
        };
        call(instance, STATE, "keep-cup()");
        instance.reset();
        assertThat(refused).hasSize(4);
        assertThat(found(instance)).isEqualTo("0");
    }

    // Linking.

    @Test
    void importsAreLinkedForEachInstance() {
        assertThatThrownBy(() -> new ComponentLinker().instantiate(snapshot)).isInstanceOf(LinkException.class);
    }

    @Test
    void importedModulesMustBeThoseOfTheSnapshot() {
        Component given = component("wat/given");
        Engine engine = Engine.create();
        Module part = Guests.module("wat/state");
        Component other = component("wat/deep");
        ComponentSnapshot captured = new ComponentLinker()
                .module("part", part)
                .component("other", other)
                .instantiate(given)
                .snapshot();
        ComponentInstance again = new ComponentLinker()
                .module("part", part)
                .component("other", other)
                .instantiate(captured);
        assertThat(call(again, "add(1, 2)") + call(again, "depth()")).isEqualTo("34");
        ComponentLinker anotherModule = new ComponentLinker()
                .module("part", engine.compile(Guests.file("wat/state")))
                .component("other", other);
        assertThatThrownBy(() -> anotherModule.instantiate(captured))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("it was not there when the snapshot was made");
        ComponentLinker anotherComponent = new ComponentLinker()
                .module("part", part)
                .component("other", Component.compile(engine, Guests.file("components/wat/deep")));
        assertThatThrownBy(() -> anotherComponent.instantiate(captured)).isInstanceOf(LinkException.class);
    }

    @Test
    void manyThreadsMakeInstancesOfOneSnapshot() throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        try {
            Callable<List<String>> work = () -> {
                var found = new ArrayList<String>();
                for (int i = 0; i < 50; i++) {
                    try (ComponentInstance instance = linker.instantiate(snapshot)) {
                        found.add(found(instance));
                        instance.reset();
                        fill(instance);
                    }
                }
                return found;
            };
            for (Future<List<String>> result : threads.invokeAll(List.of(work, work, work, work))) {
                assertThat(result.get()).containsOnly("0");
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
