package dev.airlock.benchmarks;

import dev.airlock.engine.Engine;
import dev.airlock.program.Program;
import dev.airlock.wasi.Output;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.log.Logger;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.wasi.WasiExitException;
import run.endive.wasi.WasiOptions;
import run.endive.wasi.WasiPreview1;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;

/** Measures many WASI preview 1 calls of one kind: a whole run of {@code c/io.wasm}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {Settings.HEAP, Settings.HEAP_LIMIT, Settings.TOUCHED, Settings.REGIONS, Settings.COLLECTOR})
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 7, time = 700, timeUnit = TimeUnit.MILLISECONDS)
public class WasiBenchmark {
    private static final String GUEST = "c/io";
    private static final int MEGABYTES = 64;
    private static final int FILES = 10_000;
    private static final Path NOWHERE = Path.of("/dev/null");

    /** A task of the guest, and its output afterwards. */
    @State(Scope.Thread)
    public abstract static class Task {
        /**
         * Writes 64 MiB to stdout in pieces of 4 KiB; reads as much from a file; lists 10,000 files; reads the clock a
         * million times.
         */
        @Param({"put", "sum", "list", "clock"})
        public String task = "";

        Path folder = Path.of("");

        @Setup
        public void prepare() throws Exception {
            folder = Files.createTempDirectory("airlock-benchmark");
            byte[] pattern = new byte[1 << 20];
            for (int i = 0; i < pattern.length; i++) {
                pattern[i] = (byte) (i * 31 + (i >> 8));
            }
            long sum = 0;
            for (int i = 0; i < pattern.length; i += 64) {
                sum += pattern[i] & 0xff;
            }
            try (OutputStream large = Files.newOutputStream(folder.resolve("large"))) {
                for (int i = 0; i < MEGABYTES; i++) {
                    large.write(pattern);
                }
            }
            Path many = Files.createDirectory(folder.resolve("many"));
            int characters = 0;
            for (int i = 0; i < FILES; i++) {
                Path file = Files.createFile(many.resolve("file-" + i));
                characters += file.getFileName().toString().length();
            }
            GuestFiles.check(FILES + " " + characters + "\n", text("list", "/many"));
            GuestFiles.check(sum * MEGABYTES + "\n", text("sum", "/large"));
        }

        @TearDown
        public void remove() throws IOException {
            try (var all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }

        List<String> args() {
            return switch (task) {
                case "put" -> List.of("put", String.valueOf(MEGABYTES << 8));
                case "sum" -> List.of("sum", "/large");
                case "list" -> List.of("list", "/many");
                default -> List.of("clock", "1000000");
            };
        }

        private String text(String... args) throws Exception {
            var out = new ByteArrayOutputStream();
            GuestFiles.check(0, run(List.of(args), out));
            return out.toString(StandardCharsets.UTF_8);
        }

        int measured() throws Exception {
            try (OutputStream out = new FileOutputStream(NOWHERE.toFile())) {
                int exit = run(args(), out);
                GuestFiles.check(0, exit);
                return exit;
            }
        }

        abstract int run(List<String> args, OutputStream stdout) throws Exception;
    }

    @State(Scope.Thread)
    public static class OfAirlock extends Task {
        private final Program program = Program.of(Engine.create().compile(GuestFiles.file(GUEST)));

        @Override
        int run(List<String> args, OutputStream stdout) {
            return program.invocation()
                    .args(args)
                    .preopenedDir(folder, "/")
                    .stdout(Output.stream(stdout))
                    .run()
                    .exitCode();
        }
    }

    /** With a logger that does nothing: the default one costs most of the time in some of these. */
    @State(Scope.Thread)
    public static class OfEndive extends Task {
        private static final Logger SILENT = new Logger() {
            @Override
            public void log(Level level, String message, Throwable throwable) {}

            @Override
            public boolean isLoggable(Level level) {
                return false;
            }
        };

        private final WasmModule module = Parser.parse(GuestFiles.bytes(GUEST));
        private final Function<Instance, Machine> machines = MachineFactoryCompiler.compile(module);

        @Override
        int run(List<String> args, OutputStream stdout) throws Exception {
            var all = new ArrayList<>(List.of("io.wasm"));
            all.addAll(args);
            var options = WasiOptions.builder()
                    .withArguments(all)
                    .withStdin(InputStream.nullInputStream(), false)
                    .withStdout(stdout, false)
                    .withStderr(OutputStream.nullOutputStream(), false)
                    .withDirectory("/", folder)
                    .build();
            try (WasiPreview1 wasi = WasiPreview1.builder()
                    .withLogger(SILENT)
                    .withOptions(options)
                    .build()) {
                Instance.builder(module)
                        .withImportValues(ImportValues.builder()
                                .addFunction(wasi.toHostFunctions())
                                .build())
                        .withMachineFactory(machines)
                        .build();
                return 0;
            } catch (WasiExitException e) {
                return e.exitCode();
            }
        }
    }

    @Benchmark
    public int airlock(OfAirlock task) throws Exception {
        return task.measured();
    }

    @Benchmark
    public int endive(OfEndive task) throws Exception {
        return task.measured();
    }
}
