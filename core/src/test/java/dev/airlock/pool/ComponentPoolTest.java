package dev.airlock.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.Guests;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.SignatureException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
}
