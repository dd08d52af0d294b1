package dev.airlock.benchmarks.soak;

import dev.airlock.Airlock;
import dev.airlock.benchmarks.GuestFiles;
import dev.airlock.convention.Detection;
import dev.airlock.engine.Engine;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.engine.Snapshot;
import dev.airlock.error.AirlockException;
import dev.airlock.error.LimitException;
import dev.airlock.error.Trap;
import dev.airlock.limit.Limits;
import dev.airlock.mapping.GuestName;
import dev.airlock.pool.Pool;
import dev.airlock.pool.PoolOptions;
import dev.airlock.program.Program;
import dev.airlock.program.ProgramResult;
import java.time.Duration;
import java.util.function.IntUnaryOperator;

/**
 * A course of a guest's life, from its instance to its end. Each checks its end: a guest that ends in another way is a
 * failure.
 */
enum Life {
    /** Calls three functions deep, and traps there. */
    TRAPS {
        @Override
        void run(Guests guests) {
            try (Instance instance = guests.linker.instantiate(guests.traps)) {
                ends(Trap.class, instance.function("unreachable", Runnable.class));
            }
        }
    },

    /** Recurses until the thread's stack is full. */
    RECURSES {
        @Override
        void run(Guests guests) {
            try (Instance instance = guests.linker.instantiate(guests.traps)) {
                IntUnaryOperator recurse = instance.function("recurse", IntUnaryOperator.class);
                ends(Trap.class, () -> expect(0, recurse.applyAsInt(0)));
            }
        }
    },

    /** Never returns, and is stopped by its limit. */
    TIMES_OUT {
        @Override
        void run(Guests guests) {
            // On a very busy machine, instantiation alone may exceed the limit.
            ends(LimitException.class, () -> {
                try (Instance instance = guests.impatient.instantiate(guests.traps)) {
                    instance.function("loop_forever", Runnable.class).run();
                }
            });
        }
    },

    /** A program that ends with an exit code. */
    EXITS {
        @Override
        void run(Guests guests) {
            ProgramResult result = guests.echo.invocation().args("exit", "42").run();
            if (result.exitCode() != 42) {
                throw new IllegalStateException("it exited with " + result.exitCode());
            }
        }
    },

    /** A program that writes more than may be kept. */
    FLOODS {
        @Override
        void run(Guests guests) {
            ends(
                    LimitException.class,
                    () -> guests.echo
                            .invocation()
                            .args("flood", "100000")
                            .limits(Limits.defaults().outputBytes(10_000))
                            .run());
        }
    },

    /** Allocates memory until it gets no more, and frees none. */
    LEAKS {
        @Override
        void run(Guests guests) {
            try (Instance instance = guests.small.instantiate(guests.kit)) {
                IntUnaryOperator malloc = instance.function("malloc", IntUnaryOperator.class);
                int blocks = 0;
                while (malloc.applyAsInt(100_000) != 0) {
                    blocks++;
                }
                if (blocks < 30 || blocks > 41) {
                    throw new IllegalStateException("of 4 MiB it got " + blocks + " blocks");
                }
            }
        }
    },

    /** Is lent by a pool, traps, and is discarded; the next call gets another instance. */
    TRAPS_IN_A_POOL {
        @Override
        void run(Guests guests) {
            ends(Trap.class, guests.pooled::unreachable);
            if (guests.pooled.load(0) != 0) {
                throw new IllegalStateException("its memory is not that of the snapshot");
            }
        }
    },

    /** Is lent by a pool, and never returns by itself. */
    TIMES_OUT_IN_A_POOL {
        @Override
        void run(Guests guests) {
            ends(LimitException.class, guests.pooledImpatient::loopForever);
        }
    },

    /** A component, lent by a pool: fills what it can and leaves resources behind; the next call must find nothing of it. */
    IS_A_COMPONENT_IN_A_POOL {
        @Override
        void run(Guests guests) {
            guests.component.with(State.class, state -> {
                expect(2, state.grow(1));
                state.fill(42);
                state.many(100);
                return state;
            });
            expect(0, guests.component.with(State.class, State::found));
        }
    },

    /** A component that traps in a pool; the next call gets another. */
    IS_A_COMPONENT_THAT_TRAPS {
        @Override
        void run(Guests guests) {
            ends(
                    Trap.class,
                    () -> guests.component.with(State.class, state -> {
                        state.fill(42);
                        state.trap();
                        return state;
                    }));
            expect(0, guests.component.with(State.class, State::found));
        }
    },

    /** Starts from a snapshot, writes into its memory, and leaves the memory's array for the next instance. */
    STARTS_FROM_A_SNAPSHOT {
        @Override
        void run(Guests guests) {
            try (Instance instance = guests.linker.instantiate(guests.snapshot)) {
                if (instance.memory().readInt(0) != 0) {
                    throw new IllegalStateException("its memory is not that of the snapshot");
                }
                instance.memory().writeInt(0, 42);
            }
        }
    },

    /** Does its work, and is dropped without being closed. */
    IS_FORGOTTEN {
        @Override
        @SuppressWarnings("resource")
        void run(Guests guests) {
            Instance instance = guests.linker.instantiate(guests.kit);
            expect(
                    1,
                    Math.min(
                            1,
                            instance.function("malloc", IntUnaryOperator.class).applyAsInt(100_000)));
        }
    },

    /** Is compiled, runs once, and is dropped with all its classes. */
    IS_COMPILED_AND_FORGOTTEN {
        @Override
        @SuppressWarnings("resource")
        void run(Guests guests) {
            Module own = Engine.create().compile("own.wasm", guests.trapsBytes);
            Instance instance = guests.linker.instantiate(own);
            ends(Trap.class, instance.function("unreachable", Runnable.class));
        }
    };

    abstract void run(Guests guests);

    /** Some exports of the guest that traps. */
    interface Traps {
        void unreachable();

        @GuestName("loop_forever")
        void loopForever();

        int load(int address);
    }

    /** Some exports of the component that keeps state. */
    interface State {
        void init();

        void fill(long secret);

        int found();

        void many(int count);

        int grow(int pages);

        void trap();
    }

    /** Guests that all lives share. They are compiled once, as in a server. */
    static final class Guests {
        final byte[] trapsBytes = GuestFiles.bytes("wat/traps");
        final Module traps;
        final Module kit;
        final Program echo;
        final Linker linker = offering();
        final Linker impatient = offering().limits(Limits.defaults().timeout(Duration.ofMillis(20)));
        final Traps pooled;
        final Traps pooledImpatient;
        final Snapshot snapshot;
        final Pool component = Airlock.open(GuestFiles.file("components/wat/state"))
                .unknownImportsAsTraps()
                .pooled(PoolOptions.size(4).warmUp(State.class, State::init));
        final Linker small = offering().limits(Limits.defaults().memoryBytes(4 << 20));

        Guests() {
            Engine engine = Engine.create();
            traps = engine.compile("traps.wasm", trapsBytes);
            kit = engine.compile(GuestFiles.file("c/kit"));
            pooled = pooled(linker);
            pooledImpatient = pooled(impatient);
            try (Instance first = linker.instantiate(traps)) {
                snapshot = first.snapshot();
            }
            echo = Program.of(engine.compile(GuestFiles.file("c/echo")));
        }

        private Traps pooled(Linker imports) {
            var convention = Detection.of(traps.exports(), traps.imports(), traps.producers());
            return Pool.of(imports, traps, convention, PoolOptions.size(4)).as(Traps.class);
        }

        private static Linker offering() {
            return new Linker().unknownImportsAsTraps();
        }
    }

    private static void expect(int wanted, int got) {
        if (wanted != got) {
            throw new IllegalStateException("it gave " + got + " instead of " + wanted);
        }
    }

    private static void ends(Class<? extends AirlockException> how, Runnable call) {
        try {
            call.run();
        } catch (AirlockException e) {
            if (!how.isInstance(e)) {
                throw e;
            }
            return;
        }
        throw new IllegalStateException("it did not end with a " + how.getSimpleName());
    }
}
