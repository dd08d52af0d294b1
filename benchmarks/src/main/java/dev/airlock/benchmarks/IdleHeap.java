package dev.airlock.benchmarks;

import dev.airlock.engine.Engine;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.engine.Snapshot;
import dev.airlock.wasi.WasiCtx;
import dev.airlock.wasi.preview1.WasiPreview1;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jol.info.GraphLayout;

/**
 * Measures the heap that an idle instance holds beyond its memory. Makes instances of a kit from one snapshot, and
 * subtracts the objects that one of them reaches from those that all reach, so that shared objects do not count. Counts
 * reachable objects instead of used heap, which includes dead objects, and with G1 the unused end of each large array's
 * last region.
 */
public final class IdleHeap {
    private static final int INSTANCES = 20;

    private IdleHeap() {}

    /** @param args the number of instances of each kit, by default {@value #INSTANCES} */
    public static void main(String... args) {
        // Without these, JOL cannot find the offsets of fields in records and hidden classes.
        System.setProperty("jol.magicFieldOffset", "true");
        System.setProperty("jol.skipDynamicAttach", "true");
        // Lets JOL print its messages before the table.
        GraphLayout.parseInstance(args);
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
        List<Instance> instances = new ArrayList<>();
        long memory;
        try (Instance first = linker.instantiate(module)) {
            memory = first.memory().dataSize();
            Snapshot snapshot = first.snapshot();
            for (int i = 0; i <= count; i++) {
                instances.add(linker.instantiate(snapshot));
            }
        }
        // The first measurement of an object leaves data in its class.
        reachable(instances);
        long more = (reachable(instances) - reachable(instances.subList(0, 1))) / count;
        System.out.printf("| %s | %,d | %,d |%n", kit, memory, more - memory);
    }

    private static long reachable(List<Instance> instances) {
        return GraphLayout.parseInstance((Object[]) instances.toArray()).totalSize();
    }
}
