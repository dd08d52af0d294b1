package dev.airlock.wasi.preview1;

import dev.airlock.engine.HostModule;
import dev.airlock.engine.Linker;
import dev.airlock.wasi.WasiCtx;
import java.util.List;

/**
 * WASI preview 1: the door by which most guests of today reach their host, as {@code wasi_snapshot_preview1}, and as
 * {@code wasi_unstable} what it was before.
 */
public final class WasiPreview1 {
    private WasiPreview1() {}

    /**
     * Offers preview 1 to all modules that a linker instantiates. Each instance that imports any of it opens what the
     * context gives it, and closes it when it is closed itself. What the linker defines by itself comes before.
     *
     * <p>Instantiating then throws {@link IllegalArgumentException} if a folder of the context is not there, or if it gives
     * more than its own limit of descriptors; {@link java.io.UncheckedIOException} if something cannot be opened.
     */
    public static void addTo(Linker linker, WasiCtx ctx) {
        HostModule.define(
                linker,
                List.of(Preview1Module.PREVIEW1, Preview1Module.UNSTABLE),
                (guest, limits) -> new Preview1Module(ctx, guest, limits));
    }
}
