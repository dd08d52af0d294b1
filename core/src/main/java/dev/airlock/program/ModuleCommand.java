package dev.airlock.program;

import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.error.ExitException;
import dev.airlock.error.SignatureException;
import dev.airlock.limit.Limits;
import dev.airlock.wasi.WasiCtx;
import dev.airlock.wasi.preview1.WasiPreview1;
import java.util.Objects;
import java.util.function.Consumer;

/** A core module that is a command of WASI preview 1. */
final class ModuleCommand implements Command {
    private final Module module;
    private final FreshInstances instances;
    private final Consumer<Linker> imports;

    /** @throws SignatureException if the module is not a command */
    ModuleCommand(Module module, Consumer<Linker> imports) {
        if (!module.isCommand()) {
            throw new SignatureException(module.name()
                    + " is no program: it exports no function _start without parameters and results;"
                    + " a library is instantiated, and its functions are called");
        }
        this.module = module;
        this.instances = new FreshInstances(module);
        this.imports = Objects.requireNonNull(imports, "imports");
    }

    @Override
    public String name() {
        return module.name();
    }

    FreshInstances instances() {
        return instances;
    }

    @Override
    public int run(WasiCtx ctx, Limits limits) {
        Linker linker = new Linker().limits(limits);
        WasiPreview1.addTo(linker, ctx);
        imports.accept(linker);
        Instance instance;
        try {
            instance = instances.make(linker);
        } catch (ExitException e) {
            return e.exitCode();
        }
        // The exit is caught inside of the try, so that it does not suppress a failure of close.
        try (instance) {
            long began = System.nanoTime();
            int exitCode = start(instance);
            instances.ran(System.nanoTime() - began);
            return exitCode;
        }
    }

    private static int start(Instance instance) {
        try {
            instance.function("_start").call();
            return 0;
        } catch (ExitException e) {
            return e.exitCode();
        }
    }
}
