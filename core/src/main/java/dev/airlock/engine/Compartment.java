package dev.airlock.engine;

import dev.airlock.error.LinkException;
import dev.airlock.error.Trap;
import dev.airlock.event.FlightEvents;
import dev.airlock.limit.Allowance;
import dev.airlock.limit.CallOptions;
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
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportGlobal;
import run.endive.runtime.ImportMemory;
import run.endive.runtime.ImportTable;
import run.endive.runtime.ImportTag;
import run.endive.runtime.ImportValues;
import run.endive.runtime.WasmException;
import run.endive.wasm.WasmEngineException;

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
    private final List<Instance> instances = new ArrayList<>();
    private final Holdings holdings;

    /** What its instances start from and go back to; null where they come all the way themselves, or are closed. */
    private @Nullable CompartmentSnapshot start;

    /** The instances, for the snapshot to go through; empty before they are filled. */
    private run.endive.runtime.Instance[] members = {};

    /**
     * An empty one.
     *
     * @param name the name that errors use
     * @param limits of all its instances together
     * @param start what its instances start from, which are made in the same order; null where they come all the way
     *     themselves
     */
    public Compartment(String name, Limits limits, @Nullable CompartmentSnapshot start) {
        this.name = name;
        this.gate = new Gate(name, limits);
        this.allowance = new Allowance(limits, gate);
        this.holdings = new Holdings(name, gate);
        this.start = start;
        gate.isOf(this::close);
    }

    /**
     * What all its instances together may take.
     *
     * @return the limits
     */
    public Limits limits() {
        return allowance.limits();
    }

    /**
     * Called when a guest calls a host function.
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
     * Makes an instance, and runs its start function if it has one. One that starts from a snapshot runs nothing, and is not
     * whole before {@link #fill}.
     *
     * @param module the compiled module
     * @param imports in the order in which the module declares them
     * @return the new instance
     * @throws LinkException with all that have another type, or if another module was captured
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
        var instance = new Instance(module, gate, allowance, holdings, functions);
        modules.add(module);
        InstanceImage image = start == null ? null : start.next(instances.size(), module);
        Instantiation.build(instance, image == null ? module.unexported() : module.bare(), values.build(), image);
        instance.bindMemory();
        instances.add(instance);
        return instance;
    }

    /** Gives all instances, which were made from a snapshot, what they held then. */
    public void fill() {
        members = started().fill(instances);
    }

    private CompartmentSnapshot started() {
        return Objects.requireNonNull(start, "it did not start from a snapshot, or is closed");
    }

    /**
     * What all instances hold now. Who calls is {@linkplain #alone alone}.
     *
     * @return the snapshot
     */
    public CompartmentSnapshot snapshot() {
        return new CompartmentSnapshot(instances);
    }

    /** Takes all instances back to the snapshot that they were made of. Who calls is {@linkplain #alone alone}. */
    public void restore() {
        CompartmentSnapshot back = started();
        if (!FlightEvents.recordsResets()) {
            back.restore(members);
            return;
        }
        FlightEvents.Reset recorded = FlightEvents.reset(TraceText.shown(name));
        long changed = sum(LinearMemory::changedBytes);
        back.restore(members);
        recorded.end(changed);
    }

    /**
     * Does something while no thread is inside, including this one. See {@link Gate#alone}.
     *
     * @param <T> the type of the result
     * @param what what is done, for errors
     * @param action what to do
     * @return the result of the action
     */
    public <T> T alone(String what, Supplier<T> action) {
        return gate.alone(what, action);
    }

    /**
     * Does what leaves nothing that could be used where it fails.
     *
     * @param <T> the type of the result
     * @param what what is done, for errors
     * @param action what to do
     * @return the result of the action
     */
    public <T> T orShut(String what, Supplier<T> action) {
        return gate.orShut(what, action);
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

    /**
     * What an instance exports under a name, which its module has to export.
     *
     * @param instance an instance of this compartment
     * @param name the name of the export
     * @return the exported item
     */
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

    /**
     * Returns the name that errors use.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /** {@return the size of all memories of its instances} */
    public long memoryBytes() {
        return sum(LinearMemory::size);
    }

    private long sum(ToLongFunction<LinearMemory> figure) {
        return instances.stream()
                .flatMap(instance -> instance.ownMemories().stream())
                .mapToLong(figure)
                .sum();
    }

    /**
     * Has options hold for the calls from outside from now on. See {@link Gate#heed}.
     *
     * @param options the options of the calls
     */
    public void heed(CallOptions options) {
        gate.heed(options);
    }

    /** {@return whether no thread can enter again} */
    public boolean isShut() {
        return gate.isShut();
    }

    /**
     * Enters, as often as it nests. See {@link Gate#enter}.
     *
     * @return what {@link #exit} needs
     */
    public int enter() {
        return gate.enter();
    }

    /**
     * Leaves, to where {@link #enter} said.
     *
     * @param before the result of the {@link #enter} that this call ends
     */
    public void exit(int before) {
        gate.exit(before);
    }

    /**
     * Turns what a guest throws into what its caller is to see, and lets no thread in again.
     *
     * @param thrown what came out of the guest
     * @return what the caller of the guest gets
     */
    public Throwable leave(Throwable thrown) {
        return Faults.leave(name, modules, gate, thrown);
    }

    /**
     * Returns a trap on behalf of a host function that threw, made where it threw.
     *
     * @param function the name of the function
     * @param cause what the host function threw
     * @return the new trap
     */
    public Trap hostFunctionThrew(String function, Throwable cause) {
        return Faults.hostFunctionThrew(name, modules, function, cause);
    }

    /**
     * What the guest's caller is to see of an exception that came out of the call of a host function: what ends the guest's
     * execution as it is, the guest's own exceptions, which are from its {@code realloc}, as failures of the guest, and all
     * else as a trap on behalf of the host function.
     *
     * @param function the name of the function
     * @param thrown what the call threw
     * @return the exception to throw
     */
    public Exception outOfHostFunction(String function, Exception thrown) {
        if (thrown instanceof WasmException exception) {
            return Faults.uncaught(exception);
        }
        return Faults.passesThrough(thrown) || thrown instanceof WasmEngineException
                ? thrown
                : hostFunctionThrew(function, thrown);
    }

    /**
     * Returns a trap for a function that a guest imports and the host has not defined, made where the guest calls it.
     *
     * @param function the name of the function
     * @return the new trap
     */
    public Trap unknownImport(String function) {
        return Faults.unknownImport(name, modules, function, "");
    }

    /**
     * Wraps a call so that an exception of the guest becomes a trap: no exception crosses into another component.
     *
     * @param call the call
     * @return the wrapped handle
     */
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

    /**
     * What the host holds for it.
     *
     * @return what the host holds for it
     */
    public Holdings holdings() {
        return holdings;
    }

    /**
     * Lets no thread in again and releases what the host holds for it. The memories of instances that were made of a snapshot
     * are empty after that.
     *
     * @throws dev.airlock.error.InstanceStateException if a thread is in it
     */
    @Override
    public void close() {
        gate.close("it is closed");
        CompartmentSnapshot from = leaveStart();
        if (from != null) {
            from.recycle(instances);
        }
        holdings.release();
    }

    /** Two threads may close at once, and the memories go to one next instance only. */
    private synchronized @Nullable CompartmentSnapshot leaveStart() {
        CompartmentSnapshot from = start;
        start = null;
        return from;
    }
}
