package dev.airlock.engine;

import dev.airlock.codegen.Handles;
import dev.airlock.engine.Linker.Name;
import dev.airlock.engine.code.EndiveTypes;
import dev.airlock.error.LinkException;
import dev.airlock.error.Nearest;
import dev.airlock.event.FlightEvents;
import dev.airlock.limit.Allowance;
import dev.airlock.limit.Limits;
import dev.airlock.memory.LinearMemory;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExternType;
import dev.airlock.type.ImportType;
import dev.airlock.type.MemoryType;
import dev.airlock.type.TableType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.CallResult;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportGlobal;
import run.endive.runtime.ImportMemory;
import run.endive.runtime.ImportTable;
import run.endive.runtime.ImportTag;
import run.endive.runtime.ImportValues;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasm.WasmModule;

/** One instantiation: from a module and what the linker holds to an instance that can be called. */
final class Instantiation {
    private final Module module;
    private final Map<Name, Definition> definitions;
    private final Map<String, HostModule.Opener> hosts;
    private final Map<HostModule.Opener, HostModule> opened = new IdentityHashMap<>();
    private final boolean unknownFunctionsTrap;
    private final boolean createsMemories;
    private final @Nullable Consumer<? super CallEvent> tracer;
    private final @Nullable Snapshot start;
    private final Instance instance;
    private final ImportValues.Builder values = ImportValues.builder();
    private final List<String> problems = new ArrayList<>();

    Instantiation(
            Module module,
            Map<Name, Definition> definitions,
            Map<String, HostModule.Opener> hosts,
            boolean unknownFunctionsTrap,
            boolean createsMemories,
            @Nullable Consumer<? super CallEvent> tracer,
            Limits limits,
            @Nullable Snapshot start) {
        this.module = module;
        this.start = start;
        this.definitions = definitions;
        this.hosts = hosts;
        this.unknownFunctionsTrap = unknownFunctionsTrap;
        this.createsMemories = createsMemories;
        this.tracer = tracer;
        this.instance = new Instance(module, limits);
    }

    Instance run() {
        FlightEvents.Instantiation recorded =
                FlightEvents.recordsInstantiations() ? FlightEvents.instantiation(module.name(), start != null) : null;
        Instance made = make();
        if (recorded != null) {
            recorded.end(
                    made.linearMemories().stream().mapToLong(LinearMemory::size).sum());
        }
        return made;
    }

    private Instance make() {
        try {
            for (ImportType wanted : module.imports()) {
                link(wanted);
            }
            if (!problems.isEmpty()) {
                throw new LinkException(module.name(), problems);
            }
            build();
            if (start == null && module.isReactor()) {
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

    private void build() {
        int before = instance.enter();
        try {
            build(
                    instance,
                    start == null ? module.wasm() : module.bare(),
                    values.build(),
                    start == null ? null : start.image());
            instance.bindMemory();
            if (start != null) {
                start.fill(instance);
                instance.startedFrom(start);
            }
        } catch (RuntimeException | Error e) {
            throw Handles.sneaky(instance.leave(e));
        } finally {
            instance.exit(before);
        }
    }

    /** @param image what it starts from, with a module that is bare; null for an instance that comes all the way itself */
    static void build(Instance instance, WasmModule module, ImportValues imports, @Nullable InstanceImage image) {
        Allowance allowance = instance.allowance();
        var builder = run.endive.runtime.Instance.builder(module);
        if (image == null) {
            builder.withMemoryFactory(type ->
                            new LinearMemory(type.initialPages(), type.maximumPages(), type.shared(), allowance))
                    .withTableFactory((type, initial) -> new GuestTable(type, initial, allowance));
        } else {
            builder.withMemoryFactory(image.memories(allowance)).withTableFactory(image.tables(allowance));
        }
        builder.withImportValues(imports)
                .withMachineFactory(made -> {
                    instance.bind(made);
                    return new GuestMachine(instance, instance.module().code().newMachine(made));
                })
                .withStart(false)
                .build();
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
        HostModule.Opener opener = hosts.get(wanted.module());
        HostModule.Function function = opener == null ? null : open(opener).function(wanted.module(), wanted.name());
        if (function == null && unknownFunctionsTrap && wanted.type() instanceof CoreFuncType type) {
            values.addFunction(
                    new ImportFunction(name.module(), name.name(), EndiveTypes.toEndive(type), (caller, args) -> {
                        throw Faults.unknownImport(module, name.toString(), nearest(name));
                    }));
        } else if (function == null && createsMemories && wanted.type() instanceof MemoryType type) {
            var memory = new LinearMemory(
                    (int) type.initialPages(),
                    (int) Math.min(type.maximumPages(), 65_536),
                    type.shared(),
                    instance.allowance());
            values.addMemory(new ImportMemory(name.module(), name.name(), memory));
        } else if (function == null) {
            problems.add(name + " is not defined: it has to be " + show(wanted.type()) + nearest(name));
        } else if (wanted.type().equals(function.type())) {
            addCall(name, function.type(), function.call(), function.reader());
        } else {
            problems.add(name + " has to be " + show(wanted.type()) + ", but " + show(function.type()) + " is defined");
        }
    }

    private HostModule open(HostModule.Opener opener) {
        return opened.computeIfAbsent(opener, key -> {
            HostModule made = key.open(module.name(), instance.allowance().limits());
            instance.hostedBy(made);
            return made;
        });
    }

    private String nearest(Name name) {
        Set<String> known = new LinkedHashSet<>();
        definitions.keySet().forEach(defined -> known.add(defined.toString()));
        hosts.forEach((module, opener) -> {
            HostModule made = opened.get(opener);
            if (made != null) {
                made.names(module).forEach(function -> known.add(module + "." + function));
            }
        });
        return Nearest.hint(name.toString(), known);
    }

    static String show(ExternType type) {
        return type instanceof CoreFuncType ? "func " + type : type.toString();
    }

    /** Import matching, core specification, section 3.4.10 and the sections it refers to. */
    static boolean fits(ExternType wanted, ExternType found) {
        if (wanted instanceof MemoryType memory) {
            return found instanceof MemoryType other
                    && other.initialPages() >= memory.initialPages()
                    && other.maximumPages() <= memory.maximumPages()
                    && other.shared() == memory.shared()
                    && other.is64() == memory.is64()
                    && other.pageBytes() == memory.pageBytes();
        }
        if (wanted instanceof TableType table) {
            return found instanceof TableType other
                    && other.element().equals(table.element())
                    && other.minimum() >= table.minimum()
                    && other.maximum() <= table.maximum()
                    && other.is64() == table.is64();
        }
        return wanted.equals(found);
    }

    private void addCall(Name name, CoreFuncType type, HostCall call, HostModule.@Nullable CallReader reader) {
        HostCall traced = tracer == null
                ? call
                : new TracedCall(name, call, reader == null ? TraceText.ofType(type) : reader, tracer);
        values.addFunction(new ImportFunction(
                name.module(),
                name.name(),
                EndiveTypes.toEndive(type),
                new HostImport(
                        module,
                        name,
                        instance.caller(),
                        instance.gate().watch(),
                        type.results().size(),
                        traced)));
    }

    private void add(Name name, Definition found) {
        String from = name.module();
        String field = name.name();
        if (found instanceof Definition.OfHost host) {
            addCall(name, host.type(), host.call(), null);
        } else if (found instanceof Definition.OfFunc func) {
            if (tracer != null && Entry.isNumeric(func.type())) {
                addCall(name, func.type(), (caller, args) -> func.func().call(args), null);
                return;
            }
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
}
