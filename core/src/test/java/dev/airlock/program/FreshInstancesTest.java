package dev.airlock.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.error.LimitException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.limit.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreshInstancesTest {
    private static final long SHORT = 0;
    private static final long LONG = Long.MAX_VALUE;

    private final Program hoarder = Program.of(Guests.module("wat/hoarder"));

    private static FreshInstances instances(Program program) {
        return ((ModuleCommand) program.command()).instances();
    }

    @Test
    void shortRunsStartFromASnapshotAndLongOnesDoNot() {
        FreshInstances instances = instances(hoarder);
        assertThat(instances.fromSnapshot()).as("the first run").isFalse();
        instances.ran(LONG);
        assertThat(instances.fromSnapshot()).isFalse();
        instances.ran(SHORT);
        assertThat(instances.fromSnapshot()).isTrue();
        instances.ran(LONG);
        instances.ran(LONG);
        assertThat(instances.fromSnapshot()).as("held up twice").isTrue();
        instances.ran(SHORT);
        instances.ran(LONG);
        instances.ran(LONG);
        assertThat(instances.fromSnapshot()).as("not in a row").isTrue();
        instances.ran(LONG);
        assertThat(instances.fromSnapshot()).isFalse();
        instances.ran(SHORT);
        assertThat(instances.fromSnapshot()).isTrue();
    }

    @Test
    void programsWithOtherLimitsShareTheInstances() {
        assertThat(instances(hoarder.limits(Limits.defaults()))).isSameAs(instances(hoarder));
    }

    /** A start function, imports that others share or that may differ, and more memory than is to be kept. */
    @ParameterizedTest
    @ValueSource(strings = {"wat/start", "wat/imports", "wat/claims-memory"})
    void aModuleWithVaryingStateOrALargeMemoryIsInstantiatedEachTime(String guest) {
        var instances = new FreshInstances(Guests.module(guest));
        instances.ran(SHORT);
        assertThat(instances.fromSnapshot()).isFalse();
    }

    @Test
    void aModuleThatCannotBeCapturedIsInstantiatedEachTime() {
        var instances = new FreshInstances(Guests.module("wat/atomics"));
        instances.ran(SHORT);
        for (int i = 0; i < 2; i++) {
            try (Instance instance = instances.make(new Linker())) {
                assertThat(instance.memory().size()).isEqualTo(1);
            }
            assertThat(instances.fromSnapshot())
                    .as("a memory that threads share")
                    .isFalse();
        }
    }

    /** @return the exit code, which is over 100 where the guest finds what another run left */
    private int run(String ending) {
        instances(hoarder).ran(SHORT);
        return hoarder.invocation().stdin(ending).run().exitCode();
    }

    @Test
    void nothingLeaksFromOneRunToTheNextHoweverItEnds() {
        for (int i = 0; i < 20; i++) {
            assertThat(run("r")).as("round %d", i).isZero();
            assertThat(run("e")).as("round %d, after a return", i).isEqualTo(9);
            assertThat(run("g")).as("round %d, after an exit", i).isZero();
            assertThatThrownBy(() -> run("t"))
                    .as("round %d, after growth", i)
                    .isInstanceOfSatisfying(
                            Trap.class, e -> assertThat(e.code()).isEqualTo(TrapCode.UNREACHABLE));
            assertThatThrownBy(() -> run("s"))
                    .as("round %d, after a trap", i)
                    .isInstanceOfSatisfying(
                            Trap.class, e -> assertThat(e.code()).isEqualTo(TrapCode.CALL_STACK_EXHAUSTED));
        }
        assertThat(instances(hoarder).fromSnapshot()).isTrue();
    }

    @Test
    void nothingLeaksBetweenThreads() throws Exception {
        var pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String ending = i % 3 == 0 ? "g" : "r";
                tasks.add(() -> run(ending));
            }
            for (Future<Integer> exitCode : pool.invokeAll(tasks)) {
                assertThat(exitCode.get()).isZero();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void limitsHoldForASnapshotToo() {
        assertThat(run("r")).isZero();
        Invocation bounded =
                hoarder.invocation().stdin("r").limits(Limits.defaults().memoryBytes(65_536));
        instances(hoarder).ran(SHORT);
        assertThatThrownBy(bounded::run)
                .isInstanceOfSatisfying(
                        LimitException.class, e -> assertThat(e.kind()).isEqualTo(LimitException.Kind.MEMORY));
        assertThat(run("r")).isZero();
    }
}
