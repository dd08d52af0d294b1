package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LinkException;
import dev.airlock.error.MemoryAccessException;
import dev.airlock.error.Trap;
import dev.airlock.memory.Memory;
import dev.airlock.type.CoreValType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private static final long SECRET = 0x5ec2e75ec2e75ec2L;

    private final Linker linker = new Linker();
    private final Module state = Guests.module("wat/state");
    private final Snapshot snapshot = linker.instantiate(state).snapshot();

    private static void fill(Instance instance) {
        instance.function("fill").call(SECRET);
    }

    /** What is not as it was, by bits: see the guest. */
    private static long found(Instance instance) {
        return instance.function("found").call(1)[0];
    }

    @Test
    void theGuestFindsWhatItLeft() {
        Instance instance = linker.instantiate(state);
        fill(instance);
        assertThat(instance.function("found").call(0)[0])
                .as("globals, memory's size and bytes, the table's size and elements")
                .isEqualTo(31);
        assertThatThrownBy(() -> found(instance)).as("dropped segments").isInstanceOf(Trap.class);
    }

    @Test
    void anInstanceStartsFromTheSnapshot() {
        assertThat(found(linker.instantiate(snapshot))).isZero();
        assertThat(found(linker.instantiate(snapshot)))
                .as("and so does the next")
                .isZero();
    }

    @Test
    void aResetInstanceIsAsNew() {
        Instance instance = linker.instantiate(snapshot);
        for (int i = 0; i < 20; i++) {
            fill(instance);
            instance.reset();
            assertThat(found(instance)).as("reset %d", i).isZero();
            instance.reset();
        }
    }

    @Test
    void theMemoryOfAClosedInstanceIsClean() {
        for (int i = 0; i < 20; i++) {
            Instance instance = linker.instantiate(snapshot);
            assertThat(found(instance)).as("instance %d", i).isZero();
            if (i % 2 == 0) {
                instance.memory().fill(1, 131_071, (byte) 7);
            } else {
                fill(instance);
            }
            instance.close();
        }
    }

    @Test
    void aClosedInstanceDoesNotSeeWhoHasItsMemoryNow() {
        Instance first = linker.instantiate(snapshot);
        Memory stale = first.memory();
        first.close();
        Instance second = linker.instantiate(snapshot);
        fill(second);
        assertThat(stale.dataSize()).isZero();
        assertThatThrownBy(() -> stale.readByte(0)).isInstanceOf(MemoryAccessException.class);
        assertThatThrownBy(() -> stale.writeByte(0, (byte) 1)).isInstanceOf(MemoryAccessException.class);
        first.close();
        assertThat(stale.dataSize()).as("closed twice").isZero();
    }

    @Test
    void aTrappedInstanceStaysAsItIs() {
        Instance instance = linker.instantiate(snapshot);
        assertThatThrownBy(() -> instance.function("trap").call()).isInstanceOf(Trap.class);
        assertThatThrownBy(instance::reset).isInstanceOf(InstanceStateException.class);
        assertThatThrownBy(instance::snapshot).isInstanceOf(InstanceStateException.class);
        instance.close();
        assertThat(found(linker.instantiate(snapshot)))
                .as("and its memory is clean")
                .isZero();
    }

    @Test
    void aSnapshotOfASnapshotIsOne() {
        Instance instance = linker.instantiate(snapshot);
        instance.global("i").setInt(8);
        instance.memory().writeInt(60_000, 1);
        instance.function("grow").call(1);
        Snapshot later = instance.snapshot();
        instance.reset();
        assertThat(found(instance)).as("it goes back to what it was made of").isZero();
        Instance from = linker.instantiate(later);
        assertThat(from.global("i").getInt()).isEqualTo(8);
        assertThat(from.memory().size()).isEqualTo(3);
        from.memory().writeInt(60_000, 2);
        from.reset();
        assertThat(from.memory().readInt(60_000)).isEqualTo(1);
        assertThat(from.memory().size()).isEqualTo(3);
    }

    @Test
    void growthEndsWithTheCall() {
        Instance instance = linker.instantiate(snapshot);
        Memory memory = instance.memory();
        for (int pages : new int[] {1, 14, 3, 14, 1}) {
            assertThat(instance.function("grow").call(pages)[0]).isEqualTo(2);
            for (int page = 2; page < 2 + pages; page++) {
                assertThat(memory.read(page * 65_536, 65_536))
                        .as("page %d of a growth by %d", page, pages)
                        .containsOnly(0);
            }
            memory.fill(0, memory.size() * 65_536, (byte) 9);
            instance.reset();
            assertThat(memory.size()).isEqualTo(2);
            assertThatThrownBy(() -> memory.readByte(131_072)).isInstanceOf(MemoryAccessException.class);
        }
        assertThat(found(instance)).isZero();
    }

    @Test
    void instancesOfOneSnapshotAreApart() {
        Instance first = linker.instantiate(snapshot);
        Instance second = linker.instantiate(snapshot);
        fill(first);
        assertThat(found(second)).isZero();
        first.reset();
        fill(second);
        assertThat(found(first)).isZero();
    }

    @Test
    void initializeAndStartDoNotRunAgain() {
        Instance reactor = linker.instantiate(Guests.module("wat/initialize"));
        Instance again = linker.instantiate(reactor.snapshot());
        assertThat(again.function("count").call()).containsExactly(1);

        Instance started = linker.instantiate(Guests.module("wat/start"));
        started.memory().writeInt(0, 5);
        assertThat(linker.instantiate(started.snapshot()).function("value").call())
                .containsExactly(5);
    }

    @Test
    void aCommandCanBeCapturedBeforeItRuns() {
        Snapshot command = Guests.instance("wat/command").snapshot();
        for (int i = 0; i < 3; i++) {
            try (Instance run = linker.instantiate(command)) {
                run.function("_start").call();
                assertThat(run.global("runs").getInt()).isEqualTo(1);
            }
        }
    }

    @Test
    void severalMemories() {
        Instance instance = Guests.instance("wat/twomemories");
        List<String> names = List.copyOf(instance.module().exports().stream()
                .filter(e -> e.type().toString().contains("memory"))
                .map(e -> e.name())
                .toList());
        names.forEach(name -> instance.memory(name).writeInt(0, name.hashCode()));
        Instance from = linker.instantiate(instance.snapshot());
        assertThat(names).isNotEmpty();
        for (String name : names) {
            assertThat(from.memory(name).readInt(0)).isEqualTo(name.hashCode());
            from.memory(name).writeInt(0, 1);
        }
        from.reset();
        names.forEach(name -> assertThat(from.memory(name).readInt(0)).isEqualTo(name.hashCode()));
    }

    @Test
    void aModuleWithoutMemory() {
        Instance from = linker.instantiate(Guests.instance("wat/numbers").snapshot());
        from.reset();
        from.close();
    }

    @Test
    void importsAreLinkedAnew() {
        Module callback = Guests.module("wat/callback");
        assertThatThrownBy(() -> linker.instantiate(new Linker()
                        .unknownImportsAsTraps()
                        .instantiate(callback)
                        .snapshot()))
                .isInstanceOf(LinkException.class);
    }

    // What cannot be captured.

    private static void refused(Instance instance, String why) {
        assertThatThrownBy(instance::snapshot)
                .isInstanceOf(InstanceStateException.class)
                .hasMessage(
                        "this instance of %s cannot be captured: %s",
                        instance.module().name(), why);
    }

    @Test
    void referencesToTheHost() {
        Instance instance = Guests.instance("wat/tables");
        instance.snapshot();
        instance.table("x").setExtern(1, "an object");
        refused(instance, "a table holds a reference to a host object, at index 1");
        instance.table("x").setExtern(1, null);
        instance.snapshot();
    }

    @Test
    void referencesToTheHostAreGoneAfterAReset() {
        Instance instance = linker.instantiate(Guests.instance("wat/tables").snapshot());
        instance.table("x").setExtern(1, "an object");
        instance.reset();
        assertThat(instance.table("x").getExtern(1)).isNull();
    }

    @Test
    void functionsOfOthers() {
        Instance instance = Guests.instance("wat/tables");
        instance.table("t").set(1, Guests.instance("wat/tables").table("t").get(0));
        refused(instance, "a table holds a function of another instance, at index 1");
    }

    @Test
    void whatIsSharedWithOthers() {
        Linker host = new Linker()
                .unknownImportsAsTraps()
                .memory("env", "memory", Memory.create(1, 4))
                .global("env", "base", Global.ofInt(1, false))
                .global("env", "counter", Global.ofLong(1, true))
                .table("env", "table", Table.create(CoreValType.FUNCREF, 2, 8));
        refused(
                host.instantiate(Guests.module("wat/imports")),
                "it imports a memory or a table, which others may share");
        refused(Guests.instance("wat/atomics"), "it has a memory that threads share");
    }

    @Test
    void aCallInProgress() {
        List<Throwable> thrown = new ArrayList<>();
        Linker host = new Linker().function("env", "block", (Caller caller) -> {
            for (Runnable action : List.<Runnable>of(
                    () -> caller.instance().snapshot(), () -> caller.instance().reset())) {
                try {
                    action.run();
                } catch (InstanceStateException e) {
                    thrown.add(e);
                }
            }
        });
        Snapshot calm = host.instantiate(Guests.module("wat/threadsafe")).snapshot();
        host.instantiate(calm).function("enter").call();
        assertThat(thrown).hasSize(2);
        assertThat(thrown.get(0))
                .hasMessageContaining("cannot be captured while thread")
                .hasMessageContaining("is in it");
    }

    @Test
    void onlyWhatCameFromASnapshotCanBeReset() {
        assertThatThrownBy(() -> linker.instantiate(state).reset())
                .isInstanceOf(InstanceStateException.class)
                .hasMessageContaining("it was not made of a snapshot");
    }

    @Test
    void manyThreadsMakeInstancesOfOne() throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Long> work = () -> {
                long all = 0;
                for (int i = 0; i < 200; i++) {
                    try (Instance instance = linker.instantiate(snapshot)) {
                        all |= found(instance);
                        instance.reset();
                        fill(instance);
                    }
                }
                return all;
            };
            for (Future<Long> result : threads.invokeAll(List.of(work, work, work, work))) {
                assertThat(result.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
