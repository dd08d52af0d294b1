package dev.airlock.benchmarks;

import dev.airlock.engine.Engine;
import dev.airlock.program.Program;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.log.Logger;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.wasi.WasiOptions;
import run.endive.wasi.WasiPreview1;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;

/** Measures a whole run of a compiled WASI program: a fresh instance, with standard input and output. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {Settings.HEAP, Settings.HEAP_LIMIT, Settings.TOUCHED, Settings.REGIONS, Settings.COLLECTOR})
@Warmup(iterations = 14, time = 1)
@Measurement(iterations = 9, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class ProgramBenchmark {
    private static final String GUEST = "rust/repeat";

    /** One request, and the check of its answer. */
    public abstract static class Repeat {
        final byte[] request = "{\"name\":\"Rust\",\"num\":10}".getBytes(StandardCharsets.UTF_8);

        @Setup
        public void check() throws Exception {
            String names = String.join(",", Collections.nCopies(10, "\"Rust\""));
            GuestFiles.check("{\"names\":[" + names + "]}\n", new String(run(), StandardCharsets.UTF_8));
        }

        abstract byte[] run() throws Exception;
    }

    @State(Scope.Thread)
    public static class OfAirlock extends Repeat {
        private final Program program = Program.of(Engine.create().compile(GuestFiles.file(GUEST)));

        @Override
        byte[] run() {
            return program.invocation().stdin(request).run().stdout();
        }
    }

    @State(Scope.Thread)
    public static class OfEndive extends Repeat {
        private final WasmModule module = Parser.parse(GuestFiles.bytes(GUEST));
        private final Function<Instance, Machine> machines = MachineFactoryCompiler.compile(module);

        WasiPreview1.Builder wasi() {
            return WasiPreview1.builder();
        }

        @Override
        byte[] run() throws Exception {
            var stdout = new ByteArrayOutputStream();
            var stderr = new ByteArrayOutputStream();
            var options = WasiOptions.builder()
                    .withArguments(List.of("repeat.wasm"))
                    .withStdin(new ByteArrayInputStream(request), false)
                    .withStdout(stdout, false)
                    .withStderr(stderr, false)
                    .build();
            try (WasiPreview1 wasi = wasi().withOptions(options).build()) {
                // Building runs _start.
                Instance.builder(module)
                        .withImportValues(ImportValues.builder()
                                .addFunction(wasi.toHostFunctions())
                                .build())
                        .withMachineFactory(machines)
                        .build();
            }
            return stdout.toByteArray();
        }
    }

    @State(Scope.Thread)
    public static class OfQuietEndive extends OfEndive {
        private static final Logger SILENT = new Logger() {
            @Override
            public void log(Level level, String message, Throwable throwable) {}

            @Override
            public boolean isLoggable(Level level) {
                return false;
            }
        };

        @Override
        WasiPreview1.Builder wasi() {
            return super.wasi().withLogger(SILENT);
        }
    }

    @Benchmark
    public byte[] airlock(OfAirlock program) {
        return program.run();
    }

    @Benchmark
    public byte[] endive(OfEndive program) throws Exception {
        return program.run();
    }

    /** As a user would write it who knows that the default logger takes time. */
    @Benchmark
    public byte[] endiveSilentLogger(OfQuietEndive program) throws Exception {
        return program.run();
    }
}
