package dev.airlock.engine;

import dev.airlock.codegen.Handles;
import dev.airlock.engine.Linker.Name;
import dev.airlock.engine.binary.ModuleDefinition;
import dev.airlock.error.LinkException;
import dev.airlock.error.Nearest;
import dev.airlock.event.FlightEvents;
import dev.airlock.limit.Limits;
import dev.airlock.memory.Memory;
import dev.airlock.memory.linear.LinearMemory;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ImportType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One instantiation: from a module and what the linker holds to an instance that can be called. */
final class Instantiation {
    private final Module module;
    private final Map<Name, Definition> definitions;
    private final Map<String, HostModule.Opener> hosts;
    private final Map<HostModule.Opener, HostModule> opened = new IdentityHashMap<>();
    private final boolean unknownFunctionsTrap;
    private final boolean createsMemories;
    private final @Nullable Consumer<? super CallEvent> tracer;
    private final boolean fromSnapshot;
    private final Compartment compartment;
    private final Instance instance;
    private final LinkedImports linked;
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
        this.fromSnapshot = start != null;
        this.definitions = definitions;
        this.hosts = hosts;
        this.unknownFunctionsTrap = unknownFunctionsTrap;
        this.createsMemories = createsMemories;
        this.tracer = tracer;
        this.compartment = new Compartment(module.name(), limits, start == null ? null : start.state());
        this.instance = new Instance(module, compartment, true);
        this.linked = new LinkedImports(instance);
    }

    Instance run() {
        FlightEvents.Instantiation recorded =
                FlightEvents.recordsInstantiations() ? FlightEvents.instantiation(module.name(), fromSnapshot) : null;
        Instance made = make();
        if (recorded != null) {
            recorded.end(
                    made.linearMemories().stream().mapToLong(LinearMemory::size).sum());
        }
        return made;
    }

    private Instance make() {
        try {
            compartment.checkCounts(module);
            List<ModuleDefinition.Import> asked = module.valid().definition().imports();
            for (int i = 0; i < asked.size(); i++) {
                link(module.imports().get(i), asked.get(i));
            }
            if (!problems.isEmpty()) {
                throw new LinkException(module.name(), problems);
            }
            build();
            if (!fromSnapshot && module.isReactor()) {
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
            instance.build(linked);
            if (fromSnapshot) {
                compartment.fill();
            }
        } catch (RuntimeException | Error e) {
            throw Handles.sneaky(instance.leave(e, before));
        } finally {
            instance.exit(before);
        }
    }

    private void link(ImportType wanted, ModuleDefinition.Import asked) {
        Name name = new Name(wanted.module(), wanted.name());
        Definition found = definitions.get(name);
        if (found != null) {
            if (!add(name, found)) {
                problems.add(name + " has to be " + LinkedImports.show(wanted.type()) + ", but "
                        + LinkedImports.show(found.type()) + " is defined");
            }
            return;
        }
        HostModule.Opener opener = hosts.get(wanted.module());
        HostModule.Function function = opener == null ? null : open(opener).function(wanted.module(), wanted.name());
        if (function == null && unknownFunctionsTrap && wanted.type() instanceof CoreFuncType) {
            linked.addUndefined(name.toString(), () -> nearest(name));
        } else if (function == null && createsMemories && asked.memory() != null) {
            linked.add(new Definition.OfMemory(new Memory(instance.newMemory(asked.memory()))));
        } else if (function == null) {
            linked.skip();
            problems.add(name + " is not defined: it has to be " + LinkedImports.show(wanted.type()) + nearest(name));
        } else if (wanted.type().equals(function.type())) {
            addCall(name, HostCode.ofArrays(function.type()), function.call(), function.reader());
        } else {
            linked.skip();
            problems.add(name + " has to be " + LinkedImports.show(wanted.type()) + ", but "
                    + LinkedImports.show(function.type()) + " is defined");
        }
    }

    private HostModule open(HostModule.Opener opener) {
        return opened.computeIfAbsent(opener, key -> {
            HostModule made = key.open(module.name(), compartment.limits());
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

    /** Adds a host function whose type is right. */
    private void addCall(Name name, HostCode code, @Nullable Object target, HostModule.@Nullable CallReader reader) {
        linked.add(
                code,
                tracer == null
                        ? target
                        : new TracedCall(
                                name, target, reader == null ? TraceText.ofType(code.type()) : reader, tracer));
    }

    /** Returns whether the definition has the type that the import wants. */
    private boolean add(Name name, Definition found) {
        if (tracer == null || !(found.type() instanceof CoreFuncType type) || !linked.wants(type)) {
            return linked.add(found);
        }
        if (found instanceof Definition.OfHost host) {
            addCall(name, host.code(), host.target(), null);
            return true;
        }
        if (found instanceof Definition.OfFunc func && Entry.isNumeric(type)) {
            HostCall call = (caller, args) -> func.func().call(args);
            addCall(name, HostCode.ofArrays(type), call, null);
            return true;
        }
        return linked.add(found);
    }
}
