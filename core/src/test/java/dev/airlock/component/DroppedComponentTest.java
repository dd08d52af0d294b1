package dev.airlock.component;

import static dev.airlock.component.WaveCalls.call;
import static dev.airlock.component.WaveCalls.component;
import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.Garbage;
import dev.airlock.component.bind.ComponentBindings;
import dev.airlock.type.GuestResource;
import dev.airlock.type.HandleValue;
import dev.airlock.type.PrimitiveValue;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An unreachable component instance is closed; one that any object refers to is not. */
@Tag("slow")
class DroppedComponentTest {
    private static final String STATE = "test:corners/state";

    interface Thing extends AutoCloseable {
        @Override
        void close();
    }

    interface State {
        Thing make(int rep);
    }

    interface Outer {
        State state();
    }

    /** The objects obtained from an instance. */
    enum Derived {
        INSTANCE(instance -> instance),
        FUNCTION(instance -> instance.function(STATE, "found")),
        RESOURCE(DroppedComponentTest::thing),
        RESOURCE_AS_A_VALUE(instance ->
                Objects.requireNonNull(instance.function(STATE, "make").call(List.of(new PrimitiveValue.U32(1))))),
        INTERFACE(instance -> ComponentBindings.bind(instance, State.class)),
        INTERFACE_OF_A_RESOURCE(
                instance -> ComponentBindings.bind(instance, State.class).make(2)),
        INTERFACE_IN_AN_INTERFACE(
                instance -> ComponentBindings.bind(instance, Outer.class).state()),
        LINKER(instance -> new ComponentLinker().instance("other", instance));

        private final Function<ComponentInstance, Object> from;

        Derived(Function<ComponentInstance, Object> from) {
            this.from = from;
        }
    }

    private static GuestResource thing(ComponentInstance instance) {
        var made = (HandleValue)
                Objects.requireNonNull(instance.function(STATE, "make").call(List.of(new PrimitiveValue.U32(3))));
        return (GuestResource) made.target();
    }

    private final Queue<Object> dropped = new ConcurrentLinkedQueue<>();
    private Runnable onCall = () -> {};

    private ComponentInstance open() {
        var linker = new ComponentLinker()
                .resource("host", "cup", String.class, dropped::add)
                .function("host", "make-cup", (type, args) -> new HandleValue(type.result(), "cup"))
                .function("host", "call-back", (type, args) -> {
                    onCall.run();
                    return null;
                });
        ComponentInstance instance = linker.instantiate(component("wat/state"));
        call(instance, STATE, "init()");
        call(instance, STATE, "keep-cup()");
        return instance;
    }

    private Object[] derive(Derived kind) {
        return new Object[] {kind.from.apply(open())};
    }

    @ParameterizedTest
    @EnumSource
    void anObjectObtainedFromAComponentKeepsItOpen(Derived kind) throws InterruptedException {
        Object[] kept = derive(kind);
        Garbage.collect();
        assertThat(dropped).isEmpty();
        Reference.reachabilityFence(kept[0]);
        kept[0] = null;
        Garbage.collectUntil(() -> !dropped.isEmpty());
        assertThat(dropped).as("what the guest owned").containsExactly("cup");
    }

    private boolean droppedInCall;
    private ComponentFunc[] only = {};

    @Test
    void aComponentIsNotClosedWhileACallOfItRuns() throws InterruptedException {
        only = new ComponentFunc[] {open().function(STATE, "call")};
        for (int i = 0; i < 20_000; i++) {
            only[0].call(List.of());
        }
        onCall = () -> {
            only[0] = null;
            try {
                Garbage.collect();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            droppedInCall = !dropped.isEmpty();
        };
        only[0].call(List.of());
        assertThat(droppedInCall).isFalse();
        Garbage.collectUntil(() -> !dropped.isEmpty());
    }
}
