package dev.airlock.cli.report;

import dev.airlock.cli.guest.ForeignHost;
import dev.airlock.engine.Module;
import dev.airlock.engine.binary.ModuleOutline;
import dev.airlock.type.ImportType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Derives what a guest needs from its host, from its imports. */
final class Needs {
    private static final String PREVIEW1 = "wasi_snapshot_preview1";
    private static final String UNSTABLE = "wasi_unstable";

    private Needs() {}

    static List<String> of(Module module) {
        Set<String> wasi = new LinkedHashSet<>();
        Set<String> others = new TreeSet<>();
        boolean unstable = false;
        for (ImportType wanted : module.imports()) {
            if (wanted.module().equals(PREVIEW1)) {
                wasi.add(group(wanted.name()));
            } else if (wanted.module().equals(UNSTABLE)) {
                unstable = true;
                wasi.add(group(wanted.name()));
            } else {
                others.add(wanted.module());
            }
        }
        var needs = new ArrayList<String>();
        if (!wasi.isEmpty()) {
            needs.add((unstable ? "WASI before preview 1 (wasi_unstable): " : "WASI preview 1: ")
                    + String.join(", ", wasi));
        }
        for (ForeignHost host : ForeignHost.of(imports(module))) {
            needs.add("another host, since it is " + host.name() + ": " + host.advice());
        }
        for (String other : others) {
            needs.add("host functions, or another module, as \"" + other + "\"");
        }
        if (needs.isEmpty()) {
            needs.add("nothing");
        }
        return needs;
    }

    private static List<ModuleOutline.Import> imports(Module module) {
        return module.imports().stream()
                .map(wanted -> new ModuleOutline.Import(wanted.module(), wanted.name()))
                .toList();
    }

    private static String group(String function) {
        if (function.startsWith("args_")) {
            return "arguments";
        } else if (function.startsWith("environ_")) {
            return "environment";
        } else if (function.startsWith("clock_")) {
            return "clocks";
        } else if (function.startsWith("random_")) {
            return "randomness";
        } else if (function.startsWith("sock_")) {
            return "sockets";
        } else if (function.startsWith("path_") || function.startsWith("fd_prestat") || function.equals("fd_readdir")) {
            return "folders";
        } else if (function.startsWith("fd_")) {
            return "streams and files";
        } else if (function.equals("proc_exit")) {
            return "exit";
        } else if (function.equals("poll_oneoff")) {
            return "waiting";
        }
        return function;
    }
}
