package dev.airlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.InstanceStateException;
import dev.airlock.pool.Pool;
import dev.airlock.pool.PoolOptions;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An interface that is not closed: its instance is closed when the interface is unreachable, and not before. */
@Tag("slow")
class DroppedInterfaceTest {
    /** How often a guest is bound: {@code -Dairlock.binds=100000} is a service's day, and takes minutes. */
    private static final int BINDS = Integer.getInteger("airlock.binds", 1_000);

    interface Greeter {
        String greet(String name);
    }

    interface Teller {
        void shout(String text);
    }

    /** The host of both kinds of guest, with all that leads to an instance. */
    public static final class Host {
        private Teller teller;
        private final Queue<String> logged = new ConcurrentLinkedQueue<>();

        public void log(String text) {
            teller = null;
            try {
                Garbage.collect();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            logged.add(text);
        }
    }

    private static Guest open(String file) {
        return Airlock.open(Guests.file(file)).unknownImportsAsTraps();
    }

    /** What the guest does after the call back needs its instance: it frees what it has allocated. */
    @ParameterizedTest
    @ValueSource(strings = {"c/kit", "components/c/kit"})
    void anInterfaceThatIsDroppedInACallIsServedToTheEnd(String file) throws InterruptedException {
        var host = new Host();
        try (Guest guest = Airlock.open(Guests.file(file))) {
            Guest served = guest.imports(guest instanceof ComponentGuest ? "demo:kit/host" : "env", host)
                    .unknownImportsAsTraps();
            host.teller = served.as(Teller.class);
            host.teller.shout("on");
            assertThat(host.logged).containsExactly("on!");
            assertThat(host.teller).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c/kit", "components/c/kit"})
    void aGuestClosesTheInstancesThatAreInUse(String file) throws InterruptedException {
        Guest guest = open(file);
        Greeter greeter = guest.as(Greeter.class);
        Garbage.collect();
        assertThat(greeter.greet("Ada")).isEqualTo("Hello, Ada!");
        guest.close();
        assertThatThrownBy(() -> greeter.greet("Ada"))
                .isInstanceOf(InstanceStateException.class)
                .hasMessageContaining("it is closed");
        assertThatThrownBy(() -> guest.as(Greeter.class))
                .isInstanceOf(InstanceStateException.class)
                .hasMessageContaining("the guest kit.wasm is closed");
    }

    private static void bind(Guest guest, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(guest.as(Greeter.class).greet("Ada")).isEqualTo("Hello, Ada!");
        }
    }

    /** With all instances held, 1,000 of them took 135 MB. */
    @ParameterizedTest
    @ValueSource(strings = {"c/kit", "components/c/kit", "assemblyscript/kit"})
    void theHeapStaysAsItIs(String file) throws InterruptedException {
        try (Guest guest = open(file)) {
            bind(guest, 100);
            long before = Garbage.used();
            bind(guest, BINDS);
            assertThat(Garbage.used() - before).isLessThan(8L << 20);
        }
    }

    /** Counts, and holds nothing. */
    public static final class Counting {
        private int calls;

        public void log(String text) {
            calls += text.length();
        }
    }

    private static void shout(Guest guest, int times) {
        for (int i = 0; i < times; i++) {
            guest.as(Teller.class).shout("o");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c/kit", "components/c/kit"})
    void soItDoesWhereTheGuestCallsItsHost(String file) throws InterruptedException {
        var host = new Counting();
        try (Guest opened = Airlock.open(Guests.file(file))) {
            Guest guest = opened.imports(opened instanceof ComponentGuest ? "demo:kit/host" : "env", host)
                    .unknownImportsAsTraps();
            shout(guest, 100);
            long before = Garbage.used();
            shout(guest, BINDS);
            assertThat(Garbage.used() - before).isLessThan(8L << 20);
            assertThat(host.calls).isEqualTo(2 * (100 + BINDS));
        }
    }

    private static WeakReference<Pool> pool(Guest guest) {
        Pool pool = guest.pooled(PoolOptions.size(2));
        assertThat(pool.as(Greeter.class).greet("Ada")).isEqualTo("Hello, Ada!");
        return new WeakReference<>(pool);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c/kit", "components/c/kit"})
    void aPoolThatIsDroppedGoesToo(String file) throws InterruptedException {
        try (Guest guest = open(file)) {
            WeakReference<Pool> dropped = pool(guest);
            Garbage.collectUntil(() -> dropped.get() == null);
        }
    }

    @Test
    void anInterfaceOfAPoolKeepsThePool() throws InterruptedException {
        try (Guest guest = open("c/kit")) {
            Greeter pooled = guest.pooled(PoolOptions.size(1)).as(Greeter.class);
            Garbage.collect();
            assertThat(pooled.greet("Ada")).isEqualTo("Hello, Ada!");
            Reference.reachabilityFence(pooled);
        }
    }
}
