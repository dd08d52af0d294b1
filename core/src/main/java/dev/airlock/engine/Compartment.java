package dev.airlock.engine;

import dev.airlock.error.LinkException;
import dev.airlock.error.Trap;
import dev.airlock.event.FlightEvents;
import dev.airlock.limit.Allowance;
import dev.airlock.limit.Limits;
import dev.airlock.limit.Watch;
import dev.airlock.memory.LinearMemory;
import dev.airlock.type.ImportType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportGlobal;
import run.endive.runtime.ImportMemory;
import run.endive.runtime.ImportTable;
import run.endive.runtime.ImportTag;
import run.endive.runtime.ImportValues;
import run.endive.runtime.WasmException;

/**
 * Core instances that live and die together: one thread at a time is in all of them, and what ends one of them ends all.
 * Public for the room {@code component} alone; no program should use it.
 *
 * <p>Who calls anything in here has {@linkplain #enter entered}. Calls between its instances pass no gate, and exceptions
 * of the guest cross from one to the other.
 */
public final class Compartment implements AutoCloseable {
    private final String name;
    private final Gate gate;
    private final Allowance allowance;
    private final Set<Module> modules = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<AutoCloseable> resources = new ArrayList<>();

    /** Kept for the flight recorder alone, while it records instantiations. */
    private final Set<LinearMemory> memories = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * An empty one.
     *
     * @param name how errors name it
     * @param limits of all its instances together
     */
    public Compartment(String name, Limits limits) {
        this.name = name;
        this.gate = new Gate(name, limits);
        this.allowance = new Allowance(limits);
    }

    /** What all its instances together may take. */
    public Limits limits() {
        return allowance.limits();
    }

    /**
     * Called when a guest calls a function of the host's.
     *
     * @throws dev.airlock.error.LimitException if it does so too often
     */
    public void countHostCall() {
        Watch watch = gate.watch();
        if (watch != null) {
            watch.countHostCall();
        }
    }

    /**
     * Makes an instance, and runs its start function if it has one.
     *
     * @param imports in the order of the module's
     * @throws LinkException with all that have another type
     */
    public Instance instantiate(Module module, List<Extern> imports) {
        List<ImportType> wanted = module.imports();
        var problems = new ArrayList<String>();
        var functions = new ArrayList<CoreFunc>();
        ImportValues.Builder values = ImportValues.builder();
        for (int i = 0; i < wanted.size(); i++) {
            ImportType type = wanted.get(i);
            Extern given = imports.get(i);
            if (Instantiation.fits(type.type(), given.type())) {
                add(values, module, i, given);
                if (given instanceof CoreFunc func) {
                    functions.add(func);
                }
            } else {
                problems.add(type.module() + "." + type.name() + " has to be " + Instantiation.show(type.type())
                        + ", but " + Instantiation.show(given.type()) + " is given");
            }
        }
        if (!problems.isEmpty()) {
            throw new LinkException(module.name(), problems);
        }
        var instance = new Instance(module, gate, allowance, functions);
        modules.add(module);
        run.endive.runtime.Instance.builder(module.unexported())
                .withImportValues(values.build())
                .withMemoryFactory(
                        type -> new LinearMemory(type.initialPages(), type.maximumPages(), type.shared(), allowance))
                .withTableFactory((type, initial) -> new GuestTable(type, initial, allowance))
                .withMachineFactory(made -> {
                    instance.bind(made);
                    return new GuestMachine(instance, module.code().newMachine(made));
                })
                .withStart(false)
                .build();
        instance.bindMemory();
        if (FlightEvents.recordsInstantiations()) {
            memories.addAll(instance.ownMemories());
        }
        return instance;
    }

    private static void add(ImportValues.Builder values, Module module, int place, Extern given) {
        String from = module.imports().get(place).module();
        String field = module.imports().get(place).name();
        if (given instanceof CoreFunc func) {
            values.addFunction(new ImportFunction(from, field, module.importedFunctionType(place), func.forGuests()));
        } else if (given instanceof Extern.Defined other) {
            Definition found = other.definition();
            if (found instanceof Definition.OfMemory memory) {
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
    }

    /** What an instance exports under a name, which its module has to export. */
    public static Extern export(Instance instance, String name) {
        var export = instance.module().exportEntry(name);
        return switch (export.exportType()) {
            case FUNCTION ->
                instance.importedFunctions().size() > export.index()
                        ? instance.importedFunctions().get(export.index())
                        : CoreFunc.of(instance, export.index());
            case MEMORY -> new Extern.Defined(new Definition.OfMemory(instance.memory(name)));
            case GLOBAL -> new Extern.Defined(new Definition.OfGlobal(instance.global(name)));
            case TABLE -> new Extern.Defined(new Definition.OfTable(instance.table(name)));
            case TAG ->
                new Extern.Defined(new Definition.OfTag(
                        instance.module().export(name).orElseThrow(),
                        instance.endive().tag(export.index())));
        };
    }

    /** How errors name it. */
    public String name() {
        return name;
    }

    /** The size of all memories of its instances, where the flight recorder asked for it before they were made. */
    public long memoryBytes() {
        return memories.stream().mapToLong(LinearMemory::size).sum();
    }

    /** Whether nobody can enter any more. */
    public boolean isShut() {
        return gate.isShut();
    }

    /** Enters, as often as it nests. See {@link Gate#enter}. */
    public int enter() {
        return gate.enter();
    }

    /** Leaves, to where {@link #enter} said. */
    public void exit(int before) {
        gate.exit(before);
    }

    /** Turns what comes out of a guest into what its caller is to see, and lets nobody in again. */
    public Throwable leave(Throwable thrown) {
        return Faults.leave(name, modules, gate, thrown);
    }

    /** A trap on behalf of a host function that threw, made where it threw. */
    public Trap hostFunctionThrew(String function, Throwable cause) {
        return Faults.hostFunctionThrew(name, modules, function, cause);
    }

    /** The same call, but an exception of the guest's becomes a trap: none crosses into another component. */
    public static MethodHandle trapOnException(MethodHandle call) {
        MethodHandle thrower = MethodHandles.throwException(call.type().returnType(), Trap.class);
        return MethodHandles.catchException(
                call, WasmException.class, MethodHandles.filterReturnValue(UNCAUGHT, thrower));
    }

    private static final MethodHandle UNCAUGHT;

    static {
        try {
            UNCAUGHT = MethodHandles.lookup()
                    .findStatic(Faults.class, "uncaught", MethodType.methodType(Trap.class, WasmException.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Has something done when this is closed. */
    public void onClose(AutoCloseable resource) {
        resources.add(resource);
    }

    /**
     * Lets nobody in any more and releases what the host holds for it.
     *
     * @throws dev.airlock.error.InstanceStateException if a thread is in it
     */
    @Override
    public void close() {
        gate.close("it is closed");
        Instance.closeAll(resources, name);
    }
}
