package dev.airlock.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.Guests;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.error.ValueException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentPoolTest {
    private final Guest kit = Airlock.open(Guests.file("components/c/kit")).unknownImportsAsTraps();

    @AfterEach
    void close() {
        kit.close();
    }

    private interface Greeter {
        String greet(String name);
    }

    private interface Account extends AutoCloseable {
        long deposit(long amount);

        @Override
        void close();
    }

    private interface Bank {
        Account newAccount(String owner);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void manyThreadsCallOneInterface(boolean keeps) throws Exception {
        PoolOptions options = PoolOptions.size(2);
        Pool pool = kit.pooled(keeps ? options.keepingState() : options);
        Greeter greeter = pool.as(Greeter.class);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<String> call = () -> greeter.greet("Ada");
            for (Future<String> answer : threads.invokeAll(Collections.nCopies(100, call))) {
                assertThat(answer.get()).isEqualTo("Hello, Ada!");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(pool.figures().inUse()).isZero();
        assertThat(pool.figures().resets()).isEqualTo(keeps ? 0 : 101);
    }

    @Test
    void aResourceIsForOneLoan() {
        Pool pool = kit.pooled(PoolOptions.size(1));
        assertThatThrownBy(() -> pool.as(Bank.class))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("Bank.newAccount gives")
                .hasMessageEndingWith("borrow one for all of it, by Pool.with");
        Account[] kept = new Account[1];
        long balance = pool.with(Bank.class, bank -> {
            kept[0] = bank.newAccount("Ada");
            kept[0].deposit(100);
            return kept[0].deposit(20);
        });
        assertThat(balance).isEqualTo(120);
        assertThatThrownBy(() -> kept[0].deposit(1)).as("after its loan").isInstanceOf(InstanceStateException.class);
        List<Long> next = List.of(
                pool.<Bank, Long>with(Bank.class, bank -> bank.newAccount("Bob").deposit(1)));
        assertThat(next).containsExactly(1L);
    }

    // A guest that keeps secrets in all that a component has: see guests/components/wat/state.wat.

    private interface State {
        void init();

        void fill(long secret);

        int found();

        void keepCup();

        int grow(int pages);

        void many(int count);

        void trap();
    }

    private interface Thing extends AutoCloseable {
        @Override
        void close();
    }

    private interface Things {
        Thing make(int rep);

        int rep(Thing thing);

        int destroyed();
    }

    private interface Cup extends AutoCloseable {}

    /** What serves the guest. */
    private static final class Host {
        private final AtomicInteger made = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();

        public Cup makeCup() {
            made.incrementAndGet();
            return closed::incrementAndGet;
        }

        public void callBack() {
            throw new IllegalStateException("was not asked");
        }
    }

    private final Host host = new Host();
    private final Guest state =
            Airlock.open(Guests.file("components/wat/state")).imports("host", host);

    @AfterEach
    void closeState() {
        state.close();
    }

    private static PoolOptions warm(int size) {
        return PoolOptions.size(size).warmUp(State.class, State::init);
    }

    @Test
    void noCallFindsWhatAnotherLeft() throws Exception {
        Pool pool = state.pooled(warm(2));
        State api = pool.as(State.class);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Integer> call = () -> {
                api.fill(0x5ec2e75ec2e75ec2L);
                api.keepCup();
                api.many(100);
                api.grow(3);
                return api.found();
            };
            for (Future<Integer> found : threads.invokeAll(Collections.nCopies(100, call))) {
                assertThat(found.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(pool.figures().created()).isLessThanOrEqualTo(2);
        assertThat(pool.figures().evicted()).isZero();
        assertThat(host.made).hasValue(100);
        assertThat(host.closed).as("what the guest owned of the host's").hasValue(100);
    }

    @Test
    void theGuestFindsWhatItLeftWhereStateIsKept() {
        State api = state.pooled(warm(1).keepingState()).as(State.class);
        api.many(1);
        assertThat(api.found()).isNotZero();
    }

    @Test
    void anInstanceThatTrapsIsReplaced() {
        Pool pool = state.pooled(warm(1));
        State api = pool.as(State.class);
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(api::trap).isInstanceOf(Trap.class);
            assertThat(api.found()).isZero();
        }
        assertThat(pool.figures().evicted()).isEqualTo(5);
    }

    @Test
    void aLoanIsResetAfterItsLastCall() {
        Pool pool = state.pooled(warm(1));
        Thing[] kept = new Thing[1];
        assertThat(pool.<State, Integer>with(State.class, api -> {
                    api.many(1);
                    return api.found();
                }))
                .isNotZero();
        assertThat(pool.with(State.class, State::found)).isZero();
        pool.with(Things.class, things -> {
            kept[0] = things.make(5);
            return things.rep(kept[0]);
        });
        int destroyed = pool.with(Things.class, things -> {
            Thing next = things.make(5);
            kept[0].close();
            assertThatThrownBy(() -> things.rep(kept[0]))
                    .isInstanceOf(ValueException.class)
                    .hasMessageEndingWith("its instance was reset");
            assertThat(things.rep(next)).isEqualTo(5);
            return things.destroyed();
        });
        assertThat(destroyed).as("except for what the warm-up destroyed").isEqualTo(11);
    }

    @Test
    void stateThatCannotBeCapturedIsReportedAtOnce() {
        assertThatThrownBy(() -> state.pooled(PoolOptions.size(1).warmUp(State.class, State::keepCup)))
                .isInstanceOf(InstanceStateException.class)
                .hasMessageContaining("cannot be captured: it has the resource cup, by handle 1, which is the host's");
        assertThat(host.closed).hasValue(1);
    }
}
