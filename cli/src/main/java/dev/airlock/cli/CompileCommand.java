package dev.airlock.cli;

import dev.airlock.cli.guest.GuestFile;
import dev.airlock.component.Component;
import dev.airlock.engine.Engine;
import dev.airlock.engine.Module;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Fills the cache of compiled code. */
@Command(
        name = "compile",
        description = {
            "Compiles guests and stores their code, so that the first run of each starts as fast as later runs.",
            "",
            "The code is stored where 'airlock run' looks for it: in the folder AIRLOCK_CACHE, or else in your user's cache"
                    + " folder. It is the same for every JVM, but only for the version of Airlock that compiled it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  airlock compile hello.wasm",
            "  AIRLOCK_CACHE=/opt/cache airlock compile *.wasm      for a container image: see docs/CACHE.md"
        })
final class CompileCommand extends GuestCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "GUEST", description = "The guests: .wasm files.")
    private List<File> guests = new ArrayList<>();

    @Override
    public Integer call() {
        if (keepsNothing()) {
            throw wrong("--no-cache stores nothing, and the purpose of 'airlock compile' is to store code");
        }
        Path folder = CacheFolder.of(System.getenv());
        boolean all = true;
        for (File guest : guests) {
            all &= compile(GuestFile.read(guest), folder);
        }
        return all ? 0 : Failures.CANNOT_RUN;
    }

    private boolean compile(GuestFile guest, Path folder) {
        long begin = System.nanoTime();
        List<Module> modules = modules(engine(), guest);
        long millis = (System.nanoTime() - begin) / 1_000_000;
        int functions = modules.stream().mapToInt(Module::functionCount).sum();
        if (modules.stream().allMatch(Module::isCached)) {
            streams().print(String.format("%s: already in %s%n", guest.name(), folder));
        } else if (modules(Engine.withCodeCache(folder), guest).stream().allMatch(Module::isCached)) {
            streams()
                    .print(String.format(
                            "%s: %,d %s compiled in %.1f s, kept in %s%n",
                            guest.name(),
                            functions,
                            functions == 1 ? "function" : "functions",
                            millis / 1000.0,
                            folder));
        } else {
            streams()
                    .say(guest.name() + " was compiled, but its code could not be kept in " + folder
                            + ": use a folder that only you may write to, with room for the code");
            return false;
        }
        return true;
    }

    private static List<Module> modules(Engine engine, GuestFile guest) {
        return guest.isComponent()
                ? Component.compile(engine, guest.name(), guest.bytes()).coreModules()
                : List.of(engine.compile(guest.name(), guest.bytes()));
    }
}
