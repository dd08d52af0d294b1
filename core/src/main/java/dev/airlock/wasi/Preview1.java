package dev.airlock.wasi;

import dev.airlock.engine.EndiveHost;
import dev.airlock.engine.Linker;
import dev.airlock.error.ExitException;
import dev.airlock.error.SignatureException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import run.endive.log.Logger;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.Instance;
import run.endive.wasi.WasiExitException;
import run.endive.wasi.WasiOptions;
import run.endive.wasi.WasiPreview1;

/** WASI preview 1, as Endive implements it, configured by a {@link WasiCtx}. */
final class Preview1 {
    private static final String MODULE_NAME = "wasi_snapshot_preview1";

    private final WasiCtx ctx;

    Preview1(WasiCtx ctx) {
        this.ctx = ctx;
    }

    void addTo(Linker linker) {
        new EndiveHost(this::open).define(linker, MODULE_NAME);
    }

    private EndiveHost.Opened open() {
        for (Map.Entry<String, Path> preopen : ctx.preopens().entrySet()) {
            if (!Files.isDirectory(preopen.getValue())) {
                throw new IllegalArgumentException("cannot give the folder " + preopen.getKey()
                        + " to the guest: there is no folder " + preopen.getValue());
            }
        }
        try (var opening = new Closing()) {
            InputStream in = opening.add(ctx.stdin().open());
            OutputStream out = opening.add(ctx.stdout().open());
            OutputStream err = opening.add(ctx.stderr().open());
            var options = WasiOptions.builder()
                    .withArguments(ctx.args())
                    .withStdin(in, ctx.stdin().inherited() && Terminal.isAttached())
                    .withStdout(out, ctx.stdout().inherited() && Terminal.isAttached())
                    .withStderr(err, ctx.stderr().inherited() && Terminal.isAttached());
            ctx.env().forEach(options::withEnvironment);
            ctx.preopens().forEach(options::withDirectory);
            WasiPreview1 wasi = WasiPreview1.builder()
                    .withLogger(new Silent())
                    .withOptions(options.build())
                    .build();
            opening.add(wasi);
            List<ImportFunction> functions =
                    Arrays.stream(wasi.toHostFunctions()).map(Preview1::checked).toList();
            return new EndiveHost.Opened(functions, opening.release());
        } catch (IOException e) {
            throw new UncheckedIOException("a standard stream of the guest cannot be opened", e);
        }
    }

    private static ImportFunction checked(ImportFunction function) {
        return new ImportFunction(function.module(), function.name(), function.functionType(), (guest, args) -> {
            requireMemory(guest);
            try {
                return function.handle().apply(guest, args);
            } catch (WasiExitException e) {
                throw new ExitException(e.exitCode());
            }
        });
    }

    private static void requireMemory(Instance guest) {
        if (guest.memory() == null) {
            throw new SignatureException("WASI needs the guest's memory, and it has none");
        }
    }

    /** Endive logs each call; even when that goes nowhere, finding a logger costs more than a short program. */
    private static final class Silent implements Logger {
        @Override
        public void log(Level level, String message, Throwable throwable) {}

        @Override
        public boolean isLoggable(Level level) {
            return false;
        }
    }
}
