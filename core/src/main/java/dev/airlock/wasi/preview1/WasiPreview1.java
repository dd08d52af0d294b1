package dev.airlock.wasi.preview1;

import dev.airlock.engine.HostModule;
import dev.airlock.engine.Linker;
import dev.airlock.wasi.WasiCtx;
import java.util.List;

/**
 * WASI preview 1, the host interface of most guests today. Guests import it as {@code wasi_snapshot_preview1}, older
 * ones as {@code wasi_unstable}.
 *
 * <pre>{@code
 * var linker = new Linker();
 * WasiPreview1.addTo(linker, WasiCtx.builder().inheritStdio().build());
 * Instance instance = linker.instantiate(module);
 * }</pre>
 */
public final class WasiPreview1 {
    private WasiPreview1() {}

    /**
     * Offers preview 1 to all modules that a linker instantiates. Each instance that imports a function of it opens
     * what the context gives, and closes it when the instance is closed. A definition of the same name in the linker
     * takes precedence.
     *
     * <p>Instantiation then throws {@link IllegalArgumentException} if a folder of the context does not exist, or if
     * the context gives more descriptors than its own limit; it throws {@link java.io.UncheckedIOException} if
     * something cannot be opened.
     *
     * @param linker gets the functions
     * @param ctx what each instance may reach
     */
    public static void addTo(Linker linker, WasiCtx ctx) {
        HostModule.define(
                linker,
                List.of(Preview1Module.PREVIEW1, Preview1Module.UNSTABLE),
                (guest, limits) -> new Preview1Module(ctx, guest, limits));
    }
}
