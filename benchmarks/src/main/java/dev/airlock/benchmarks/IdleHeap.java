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
 * How much heap does an instance hold that is not called, beyond its memory? Instances of a kit from one snapshot: the objects
 * that so many of them reach, less those that one reaches, so that what they share is not counted. Objects are counted and
 * not the heap, which has dead ones too, and in G1 the rest of each large array's regions.
 */
public final class IdleHeap {
    private static final int INSTANCES = 20;

    private IdleHeap() {}

    /** @param args instances of each kit, {@value #INSTANCES} if not given */
    public static void main(String... args) {
        // Records and hidden classes do not say otherwise where their fields are.
        System.setProperty("jol.magicFieldOffset", "true");
        System.setProperty("jol.skipDynamicAttach", "true");
        // What JOL has to say, it says first.
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
        // What is looked at for the first time leaves marks in its class.
        reachable(instances);
        long more = (reachable(instances) - reachable(instances.subList(0, 1))) / count;
        System.out.printf("| %s | %,d | %,d |%n", kit, memory, more - memory);
    }

    private static long reachable(List<Instance> instances) {
        return GraphLayout.parseInstance((Object[]) instances.toArray()).totalSize();
    }
}
