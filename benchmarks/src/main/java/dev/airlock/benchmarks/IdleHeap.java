package dev.airlock.benchmarks;

import dev.airlock.engine.Engine;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.engine.Snapshot;
import dev.airlock.wasi.WasiCtx;
import dev.airlock.wasi.preview1.WasiPreview1;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * How much heap does an instance hold that nobody calls, over its memory? Instances of a kit from one snapshot, by the live
 * heap with so many more of them. Run it with {@code -XX:+UseParallelGC}: G1 counts whole regions for large arrays, and the
 * serial collector leaves dead objects where moving the living is not worth it.
 */
public final class IdleHeap {
    private static final int INSTANCES = 50;

    private IdleHeap() {}

    /** @param args instances of each kit, {@value #INSTANCES} if not given */
    public static void main(String... args) {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : INSTANCES;
        System.out.printf("%s, %d instances each%n%n", System.getProperty("java.version"), count);
        System.out.println("| kit | memory, bytes | more heap, bytes an instance |\n|---|---|---|");
        for (String kit : List.of("c", "rust", "go")) {
            print(kit, count);
        }
    }

    private static void print(String kit, int count) {
        Linker linker = new Linker().unknownImportsAsTraps();
        WasiPreview1.addTo(linker, WasiCtx.builder().build());
        Module module = Engine.create().compile(GuestFiles.file(kit + "/kit"));
        Snapshot snapshot;
        long memory;
        try (Instance first = linker.instantiate(module)) {
            snapshot = first.snapshot();
            memory = (long) first.memory().size() << 16;
        }
        System.out.printf(
                "| %s | %,d | %,d |%n", kit, memory, growth(() -> linker.instantiate(snapshot), count) - memory);
    }

    private static long growth(Supplier<?> idle, int count) {
        List<Object> held = new ArrayList<>(2 * count);
        long before = 0;
        // Only the second lot is measured: by then all is made that they share, and what the compilation left is gone.
        for (int lot = 0; lot < 2; lot++) {
            before = liveHeap();
            for (int i = 0; i < count; i++) {
                held.add(idle.get());
            }
        }
        long after = liveHeap();
        Reference.reachabilityFence(held);
        return (after - before) / count;
    }

    private static long liveHeap() {
        // What the first collection finds unreachable by weak references alone, the next one frees.
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
