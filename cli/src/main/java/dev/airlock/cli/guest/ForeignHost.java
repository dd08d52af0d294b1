package dev.airlock.cli.guest;

import dev.airlock.engine.binary.ModuleOutline;
import java.util.List;
import java.util.function.Predicate;

/**
 * A host that guests are built for and that is not this one, told by what they import.
 *
 * @param name what a guest of it is
 * @param advice what to do about it
 */
public record ForeignHost(String name, String advice, Predicate<ModuleOutline.Import> imports) {
    private static final List<ForeignHost> KNOWN = List.of(
            new ForeignHost(
                    "a plug-in for Extism",
                    "values reach it through Extism's own host: run it by an Extism SDK, or build it without Extism's PDK",
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
                    "link it first, as in 'wasm-ld --no-entry --export-all guest.o -o guest.wasm'",
                    wanted -> wanted.module().equals("env") && wanted.name().equals("__linear_memory")));

    /** The hosts that a module was built for, in a fixed order; none for most modules. */
    public static List<ForeignHost> of(List<ModuleOutline.Import> imports) {
        return KNOWN.stream()
                .filter(host -> imports.stream().anyMatch(host.imports))
                .toList();
    }

    /** How many of these imports are this host's. */
    public long count(List<ModuleOutline.Import> wanted) {
        return wanted.stream().filter(imports).count();
    }
}
