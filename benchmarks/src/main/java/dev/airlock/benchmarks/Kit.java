package dev.airlock.benchmarks;

import dev.airlock.Airlock;
import dev.airlock.CoreGuest;
import dev.airlock.Guest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.wasi.WasiOptions;
import run.endive.wasi.WasiPreview1;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/** The kit of a language, with imports that are only linked and never called here. */
final class Kit {
    /** Serves the imports from {@code env}. */
    public static final class Env {
        public void log(String message) {
            throw new IllegalStateException(message);
        }

        public String answer(String question) {
            throw new IllegalStateException(question);
        }
    }

    /** Has the parameters of {@code env.abort} in AssemblyScript: message, file, line, column. */
    @FunctionalInterface
    interface Abort {
        void abort(int message, int file, int line, int column);
    }

    private Kit() {}

    /** @param language the folder of the kit, such as {@code c} or {@code components/c} */
    static Guest onAirlock(String language) {
        Guest opened = Airlock.open(GuestFiles.file(language + "/kit"));
        if (!(opened instanceof CoreGuest module)) {
            return opened.unknownImportsAsTraps();
        }
        return module.linking(linker -> linker.function("env", "abort", Abort.class, (message, file, line, column) -> {
                    throw new IllegalStateException("abort at " + line + ":" + column);
                }))
                .imports("env", new Env());
    }

    static Instance onEndive(String language) {
        return compiledByEndive(language).get();
    }

    /** Makes instances of a kit that is compiled once. */
    static Supplier<Instance> compiledByEndive(String language) {
        WasmModule module = Parser.parse(GuestFiles.bytes(language + "/kit"));
        Function<Instance, Machine> machines = MachineFactoryCompiler.compile(module);
        return () -> instantiate(language, module, machines);
    }

    private static Instance instantiate(String language, WasmModule module, Function<Instance, Machine> machines) {
        boolean managed = language.equals("assemblyscript");
        var values = ImportValues.builder()
                .addFunction(
                        unused("log", managed ? 1 : 2),
                        unused("answer", managed ? 1 : 2, managed ? ValType.I32 : ValType.I64),
                        unused("abort", 4))
                .addFunction(WasiPreview1.builder()
                        .withOptions(WasiOptions.builder().build())
                        .build()
                        .toHostFunctions());
        Instance instance = Instance.builder(module)
                .withImportValues(values.build())
                .withMachineFactory(machines)
                .build();
        if (Set.of("c", "go").contains(language)) {
            instance.export("_initialize").apply();
        }
        return instance;
    }

    private static ImportFunction unused(String name, int ints, ValType... results) {
        List<ValType> params = Collections.nCopies(ints, ValType.I32);
        return new HostFunction("env", name, FunctionType.of(params, Arrays.asList(results)), (instance, args) -> {
            throw new IllegalStateException(name);
        });
    }
}
