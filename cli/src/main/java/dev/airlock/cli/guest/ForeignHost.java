package dev.airlock.cli.guest;

import dev.airlock.engine.binary.ModuleOutline;
import java.util.List;
import java.util.function.Predicate;

/**
 * A host other than Airlock, recognized by the imports of the guests that are built for it.
 *
 * @param name describes a guest of this host
 * @param advice what the user can do
 * @param imports matches an import that only this host provides
 */
public record ForeignHost(String name, String advice, Predicate<ModuleOutline.Import> imports) {
    private static final List<ForeignHost> KNOWN = List.of(
            new ForeignHost(
                    "a plug-in for Extism",
                    "it takes values through Extism's host functions: run it with an Extism SDK, or build it without Extism's PDK",
                    wanted -> wanted.module().startsWith("extism:host/")),
            new ForeignHost(
                    "made for JavaScript by wasm-bindgen",
                    "it needs the JavaScript that wasm-bindgen made with it: build it for wasm32-wasip1, or without"
                            + " wasm-bindgen's imports",
                    wanted -> wanted.module().equals("wbg")
                            || wanted.module().startsWith("__wbindgen_")
                            || wanted.module().matches("\\./.*_bg\\.js")),
            new ForeignHost(
                    "made by Go for JavaScript (GOOS=js)",
                    "build it with GOOS=wasip1 GOARCH=wasm",
                    wanted ->
                            wanted.module().matches("go(js)?") && wanted.name().matches("(runtime|syscall/js)\\..*")),
            new ForeignHost(
                    "made by Emscripten for JavaScript",
                    "link it with -sSTANDALONE_WASM",
                    wanted -> wanted.module().equals("env") && wanted.name().matches("_?emscripten_.*")),
            new ForeignHost(
                    "made for WASIX",
                    "build it for WASI preview 1 (wasm32-wasip1)",
                    wanted -> wanted.module().matches("wasix_(32|64)v1")),
            new ForeignHost(
                    "made for WASI before preview 1",
                    "build it with a newer compiler, for WASI preview 1 (wasm32-wasip1)",
                    wanted -> wanted.module().equals("wasi_unstable")),
            new ForeignHost(
                    "a filter for proxies (proxy-wasm)",
                    "it runs in a proxy, such as Envoy",
                    wanted -> wanted.module().equals("env") && wanted.name().startsWith("proxy_")),
            new ForeignHost(
                    "an object file",
                    "link it first, for example 'wasm-ld --no-entry --export-all guest.o -o guest.wasm'",
                    wanted -> wanted.module().equals("env") && wanted.name().equals("__linear_memory")));

    /** Returns the other hosts for which a module was built, in a fixed order; usually none. */
    public static List<ForeignHost> of(List<ModuleOutline.Import> imports) {
        return KNOWN.stream()
                .filter(host -> imports.stream().anyMatch(host.imports))
                .toList();
    }

    /** Counts the imports that this host provides. */
    public long count(List<ModuleOutline.Import> wanted) {
        return wanted.stream().filter(imports).count();
    }
}
