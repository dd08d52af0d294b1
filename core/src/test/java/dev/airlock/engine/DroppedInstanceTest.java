package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.airlock.Garbage;
import dev.airlock.Guests;
import dev.airlock.error.ExitException;
import dev.airlock.type.CoreValType;
import dev.airlock.wasi.WasiCtx;
import dev.airlock.wasi.preview1.WasiPreview1;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An instance that nothing leads to is closed, and one that anything leads to is not. */
@Tag("slow")
class DroppedInstanceTest {
    interface Multiply {
        long apply(long a, long b);
    }

    /** What comes out of an instance. */
    enum Derived {
        INSTANCE(instance -> instance),
        MEMORY(Instance::memory),
        INPUT_STREAM(instance -> instance.memory().inputStream(0, 8)),
        OUTPUT_STREAM(instance -> instance.memory().outputStream(0, 8)),
        FUNCTION(instance -> instance.function("mul")),
        TYPED_FUNCTION(instance -> instance.function("mul", Multiply.class)),
        GLOBAL(instance -> instance.global("counter")),
        TABLE(instance -> instance.table("table")),
        FUNCTION_OF_A_TABLE(
                instance -> Objects.requireNonNull(instance.table("table").get(0))),
        CALLER(Instance::caller),
        LINKER(instance -> new Linker().instance("env", instance)),
        INSTANCE_THAT_IMPORTS_FROM_IT(
                instance -> new Linker().instance("env", instance).instantiate(Guests.module("wat/imports"))),
        MEMORY_IN_ANOTHER_INSTANCE(instance -> new Linker()
                .unknownImportsAsTraps()
                .memory("env", "memory", instance.memory())
                .global("env", "base", Global.ofInt(0, false))
                .global("env", "counter", Global.ofLong(0, true))
                .table("env", "table", Table.create(CoreValType.FUNCREF, 2, 2))
                .instantiate(Guests.module("wat/imports"))
                .function("peek"));

        private final Function<Instance, Object> from;

        Derived(Function<Instance, Object> from) {
            this.from = from;
        }

        /** Of an instance that nothing else leads to. */
        Object ofNewInstance(AtomicBoolean closed) {
            Instance instance = Guests.instance("wat/provider");
            Entry.holdings(instance).add(() -> closed.set(true));
            return from.apply(instance);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCameOutOfAnInstanceKeepsItOpen(Derived kind) throws InterruptedException {
        var closed = new AtomicBoolean();
        Object[] kept = {kind.ofNewInstance(closed)};
        Garbage.collect();
        assertThat(closed).isFalse();
        Reference.reachabilityFence(kept[0]);
        kept[0] = null;
        Garbage.collectUntil(closed::get);
    }

    /** All that leads to an instance, until a call of it lets go. */
    private static final class Held {
        private IntUnaryOperator function;
        private WeakReference<Instance> instance;
        private final AtomicBoolean closed = new AtomicBoolean();
        private boolean collects;
        private boolean closedInCall;

        int callback(int x) {
            if (!collects) {
                return x + 1;
            }
            function = null;
            try {
                Garbage.collect();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            closedInCall |= closed.get();
            return x + 1;
        }

        void open() {
            Linker linker = new Linker().unknownImportsAsTraps().function("env", "callback", this::callback);
            Instance made = linker.instantiate(Guests.module("wat/callback"));
            Entry.holdings(made).add(() -> closed.set(true));
            instance = new WeakReference<>(made);
            function = made.function("twice", IntUnaryOperator.class);
        }
    }

    @Test
    void anInstanceIsNotClosedWhileACallOfItRuns() throws InterruptedException {
        var held = new Held();
        held.open();
        // Compiled code forgets what it has no more use for, and interpreted code does not.
        for (int i = 0; i < 50_000; i++) {
            assertThat(held.function.applyAsInt(i)).isEqualTo(i + 2);
        }
        held.collects = true;
        assertThat(held.function.applyAsInt(1)).isEqualTo(3);
        assertThat(held.closedInCall).isFalse();
        Garbage.collectUntil(held.closed::get);
        assertThat(held.instance.get()).isNull();
    }

    @TempDir
    Path folder;

    private long opened() throws IOException {
        Path real = folder.toRealPath();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(one -> leadsTo(one, real)).count();
        }
    }

    private static boolean leadsTo(Path descriptor, Path file) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file);
        } catch (IOException e) {
            // Closed by now, such as the one that the listing itself had.
            return false;
        }
    }

    private void openFolder() {
        Linker linker = new Linker();
        WasiPreview1.addTo(
                linker, WasiCtx.builder().preopenedDir(folder, "/data").build());
        Instance instance = linker.instantiate(Guests.module("c/io"));
        // The functions of WASI know the memory from their first call on.
        try {
            instance.function("_start").call();
        } catch (ExitException e) {
            assertThat(e.exitCode()).isNotNegative();
        }
    }

    @Test
    void theFoldersOfADroppedInstanceAreClosed() throws IOException, InterruptedException {
        assumeThat(Path.of("/proc/self/fd")).isDirectory();
        openFolder();
        Garbage.collectUntil(() -> {
            try {
                return opened() == 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void closingLeavesNothingForTheCleaner() throws InterruptedException {
        var times = new int[1];
        closeOne(times);
        assertThat(times[0]).isEqualTo(1);
        Garbage.collect();
        assertThat(times[0]).isEqualTo(1);
    }

    private static void closeOne(int[] times) {
        Instance instance = Guests.instance("wat/provider");
        Entry.holdings(instance).add(() -> times[0]++);
        instance.close();
        instance.close();
    }
}
