package dev.airlock.engine;

import dev.airlock.engine.Linker.Name;
import dev.airlock.error.AirlockException;
import dev.airlock.error.LinkException;
import dev.airlock.memory.LinearMemory;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExternType;
import dev.airlock.type.ImportType;
import dev.airlock.type.MemoryType;
import dev.airlock.type.TableType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.CallResult;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportGlobal;
import run.endive.runtime.ImportMemory;
import run.endive.runtime.ImportTable;
import run.endive.runtime.ImportTag;
import run.endive.runtime.ImportValues;
import run.endive.runtime.WasmFunctionHandle;

/** One instantiation: from a module and what the linker holds to an instance that can be called. */
final class Instantiation {
    private final Module module;
    private final Map<Name, Definition> definitions;
    private final Map<String, EndiveHost> hosts;
    private final boolean unknownFunctionsTrap;
    private final Map<String, Map<String, ImportFunction>> opened = new HashMap<>();
    private final Instance instance;
    private final ImportValues.Builder values = ImportValues.builder();
    private final List<String> problems = new ArrayList<>();

    Instantiation(
            Module module,
            Map<Name, Definition> definitions,
            Map<String, EndiveHost> hosts,
            boolean unknownFunctionsTrap) {
        this.module = module;
        this.definitions = definitions;
        this.hosts = hosts;
        this.unknownFunctionsTrap = unknownFunctionsTrap;
        this.instance = new Instance(module);
    }

    Instance run() {
        try {
            for (ImportType wanted : module.imports()) {
                link(wanted);
            }
            if (!problems.isEmpty()) {
                throw new LinkException(module.name(), problems);
            }
            make();
            if (module.isReactor()) {
                new Func(instance, module.functionIndex("_initialize"), "_initialize", NO_TYPE).call();
            }
            return instance;
        } catch (RuntimeException | Error e) {
            try {
                instance.close();
            } catch (RuntimeException onClose) {
                e.addSuppressed(onClose);
            }
            throw e;
        }
    }

    private static final CoreFuncType NO_TYPE = new CoreFuncType(List.of(), List.of());

    private void make() {
        int before = instance.enter();
        try {
            run.endive.runtime.Instance.builder(module.wasm())
                    .withImportValues(values.build())
                    .withMemoryFactory(
                            limits -> new LinearMemory(limits.initialPages(), limits.maximumPages(), limits.shared()))
                    .withTableFactory(Table::ofGuest)
                    .withMachineFactory(made -> {
                        instance.bind(made);
                        return new GuestMachine(instance, module.code().newMachine(made));
                    })
                    .withStart(false)
                    .build();
            instance.bindMemory();
        } catch (RuntimeException | Error e) {
            throw Func.<RuntimeException>sneaky(instance.leave(e));
        } finally {
            instance.exit(before);
        }
    }

    private void link(ImportType wanted) {
        Name name = new Name(wanted.module(), wanted.name());
        Definition found = definitions.get(name);
        if (found != null) {
            if (fits(wanted.type(), found.type())) {
                add(name, found);
            } else {
                problems.add(
                        name + " has to be " + show(wanted.type()) + ", but " + show(found.type()) + " is defined");
            }
            return;
        }
        EndiveHost host = hosts.get(wanted.module());
        ImportFunction function =
                host == null ? null : open(wanted.module(), host).get(wanted.name());
        if (function == null && unknownFunctionsTrap && wanted.type() instanceof CoreFuncType type) {
            values.addFunction(
                    new ImportFunction(name.module(), name.name(), EndiveTypes.toEndive(type), (caller, args) -> {
                        throw Faults.unknownImport(module, name.toString());
                    }));
        } else if (function == null) {
            problems.add(name + " is not defined: it has to be " + show(wanted.type()) + nearest(name));
        } else if (wanted.type().equals(EndiveTypes.of(function.functionType()))) {
            values.addFunction(new ImportFunction(
                    name.module(),
                    name.name(),
                    function.functionType(),
                    (caller, args) -> guarded(name, () -> function.handle().apply(caller, args))));
        } else {
            problems.add(name + " has to be " + show(wanted.type()) + ", but "
                    + show(EndiveTypes.of(function.functionType())) + " is defined");
        }
    }

    private Map<String, ImportFunction> open(String moduleName, EndiveHost host) {
        return opened.computeIfAbsent(moduleName, key -> {
            EndiveHost.Opened made = host.open().get();
            instance.closeWith(made.resource());
            Map<String, ImportFunction> byName = new HashMap<>();
            for (ImportFunction function : made.functions()) {
                byName.put(function.name(), function);
            }
            return byName;
        });
    }

    private String nearest(Name name) {
        Set<String> known = new LinkedHashSet<>();
        definitions.keySet().forEach(defined -> known.add(defined.toString()));
        opened.forEach((host, functions) -> functions.keySet().forEach(f -> known.add(host + "." + f)));
        return Nearest.hint(name.toString(), known);
    }

    private static String show(ExternType type) {
        return type instanceof CoreFuncType ? "func " + type : type.toString();
    }

    /** Import matching, core specification, section 3.4.10 and the sections it refers to. */
    private static boolean fits(ExternType wanted, ExternType found) {
        if (wanted instanceof MemoryType memory) {
            return found instanceof MemoryType other
                    && other.initialPages() >= memory.initialPages()
                    && (memory.maximumPages() == MemoryType.NO_MAXIMUM || other.maximumPages() <= memory.maximumPages())
                    && other.shared() == memory.shared();
        }
        if (wanted instanceof TableType table) {
            return found instanceof TableType other
                    && other.element() == table.element()
                    && other.minimum() >= table.minimum()
                    && (table.maximum() == TableType.NO_MAXIMUM || other.maximum() <= table.maximum());
        }
        return wanted.equals(found);
    }

    private void add(Name name, Definition found) {
        String from = name.module();
        String field = name.name();
        if (found instanceof Definition.OfHost host) {
            Caller caller = instance.caller();
            HostCall call = host.call();
            int results = host.type().results().size();
            values.addFunction(new ImportFunction(from, field, EndiveTypes.toEndive(host.type()), (guest, args) -> {
                long[] given = guarded(name, () -> call.call(caller, args));
                return given.length == results ? given : wrongResults(name, results, given);
            }));
        } else if (found instanceof Definition.OfFunc func) {
            values.addFunction(
                    new ImportFunction(from, field, EndiveTypes.toEndive(func.type()), new LinkedFunc(func.func())));
        } else if (found instanceof Definition.OfMemory memory) {
            // A handle of its own, since Endive tells a memory the data segments of the instance that has it.
            values.addMemory(
                    new ImportMemory(from, field, memory.memory().linear().alias()));
        } else if (found instanceof Definition.OfGlobal global) {
            values.addGlobal(new ImportGlobal(from, field, global.global().endive()));
        } else if (found instanceof Definition.OfTable table) {
            values.addTable(new ImportTable(from, field, table.table().endive()));
        } else if (found instanceof Definition.OfTag tag) {
            values.addTag(new ImportTag(from, field, tag.tag()));
        }
    }

    /** A function of another instance, entered through that instance's gate. */
    private record LinkedFunc(Func func) implements WasmFunctionHandle {
        @Override
        public long[] apply(run.endive.runtime.Instance guest, long... args) {
            return func.call(args);
        }

        @Override
        public CallResult applyWithRefs(run.endive.runtime.Instance guest, long[] args, Object[] refArgs) {
            return func.callWithRefs(args, refArgs);
        }
    }

    private interface Body {
        long[] run() throws Exception;
    }

    private long[] guarded(Name name, Body body) {
        try {
            return body.run();
        } catch (AirlockException e) {
            if (Faults.passesThrough(e)) {
                throw e;
            }
            throw Faults.hostFunctionThrew(module, name.toString(), e);
        } catch (Exception e) {
            throw Faults.hostFunctionThrew(module, name.toString(), e);
        }
    }

    private long[] wrongResults(Name name, int wanted, long @Nullable [] given) {
        throw Faults.hostFunctionThrew(
                module,
                name.toString(),
                new IllegalStateException(
                        "it gave " + (given == null ? "null" : given.length + " results") + ", not " + wanted));
    }
}
