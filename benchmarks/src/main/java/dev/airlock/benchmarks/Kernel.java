package dev.airlock.benchmarks;

import dev.airlock.engine.Engine;
import dev.airlock.engine.Linker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntToLongFunction;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.ExportFunction;
import run.endive.runtime.Instance;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;

/** A guest that only computes: {@code run(n)}, whose answers for a small and a large amount of work are known. */
record Kernel(String file, int knownSize, long knownAnswer, int size, long answer) {

    /** Reads {@code kernels/answers.txt}, which the scripts for other engines read as well. */
    static List<Kernel> all() {
        Path table = GuestFiles.file("kernels/fib").resolveSibling("answers.txt");
        try {
            return Files.readAllLines(table).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .map(part -> new Kernel(
                            part[0],
                            Integer.parseInt(part[1]),
                            Long.parseLong(part[2]),
                            Integer.parseInt(part[3]),
                            Long.parseLong(part[4])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Kernel named(String name) {
        return all().stream()
                .filter(kernel -> kernel.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such kernel: " + name));
    }

    /** Returns the file's name without its folder. */
    String name() {
        return file.substring(file.indexOf('/') + 1);
    }

    /** Returns the same kernel built without vectors. */
    Kernel scalar() {
        return new Kernel(file.replace("vector-", "scalar-"), knownSize, knownAnswer, size, answer);
    }

    IntToLongFunction onAirlock() {
        return checked(new Linker()
                .instantiate(Engine.create().compile(GuestFiles.file(file)))
                .function("run", IntToLongFunction.class));
    }

    /** Runs on Endive's compiler and its faster memory. */
    IntToLongFunction onEndive() {
        WasmModule module = Parser.parse(GuestFiles.bytes(file));
        ExportFunction run = Instance.builder(module)
                .withMachineFactory(MachineFactoryCompiler.compile(module))
                .withMemoryFactory(ByteArrayMemory::new)
                .build()
                .export("run");
        return checked(n -> run.apply(n)[0]);
    }

    private IntToLongFunction checked(IntToLongFunction run) {
        GuestFiles.check(knownAnswer, run.applyAsLong(knownSize));
        return run;
    }
}
