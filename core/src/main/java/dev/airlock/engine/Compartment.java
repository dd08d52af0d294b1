package dev.airlock.engine;

import dev.airlock.codegen.Handles;
import dev.airlock.engine.runtime.FuncRef;
import dev.airlock.engine.runtime.Spill;
import dev.airlock.engine.runtime.TagInstance;
import dev.airlock.engine.runtime.WasmException;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LinkException;
import dev.airlock.error.Trap;
import dev.airlock.event.FlightEvents;
import dev.airlock.limit.Allowance;
import dev.airlock.limit.CallOptions;
import dev.airlock.limit.Limits;
import dev.airlock.limit.Watch;
import dev.airlock.memory.linear.GuestTrap;
import dev.airlock.memory.linear.LinearMemory;
import dev.airlock.type.ImportType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Core instances that live and die together: one thread at a time is in all of them, and what ends one of them ends all. An
 * instance that a linker makes is alone in one. Public for the room {@code component} alone; no program should use it.
 *
 * <p>Who calls anything in here has {@linkplain #enter entered}. Calls between its instances pass no gate, and exceptions
 * of the guest cross from one to the other.
 */
public final class Compartment implements AutoCloseable {
    static {
        Faults.prepare();
    }

    private final String name;
    private final Gate gate;
    private final Allowance allowance;
    private final Set<Module> modules = Collections.newSetFromMap(new IdentityHashMap<>(2));
    private final List<Instance> instances = new ArrayList<>(1);
    private final Holdings holdings;
    private final Spill spill = new Spill();

    /** What its instances start from and go back to; null where they come all the way themselves, or are closed. */
    private @Nullable CompartmentSnapshot start;

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
        if (limits.fuel() != Limits.UNLIMITED) {
            gate.fuels(spill);
        }
    }

    /**
     * What all its instances together may take.
     *
     * @return the limits
     */
    public Limits limits() {
        return allowance.limits();
    }

    Gate gate() {
        return gate;
    }

    /** What the memories and tables of its instances are taken from. */
    Allowance allowance() {
        return allowance;
    }

    Spill spill() {
        return spill;
    }

    Collection<Module> modules() {
        return modules;
    }

    /** What its instances start from; null where they come all the way themselves, or are closed. */
    @Nullable
    CompartmentSnapshot start() {
        return start;
    }

    /** Checks that a module's code counts operators if the limits bound their number. Else the limit would have no effect. */
    void checkCounts(Module module) {
        if (limits().fuel() != Limits.UNLIMITED && !module.countsFuel()) {
            throw new InstanceStateException(
                    module.name() + " cannot be instantiated with Limits.fuel, since its code does not count operators:"
                            + " compile it with an engine made by Engine.builder().fuel(true)");
        }
    }

    /** Takes in an instance that is being made. Returns how many there were before. */
    int add(Instance instance) {
        modules.add(instance.module());
        instances.add(instance);
        return instances.size() - 1;
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
     * @throws InstanceStateException if its code does not count operators, and the limits bound their number
     */
    public Instance instantiate(Module module, List<Extern> imports) {
        checkCounts(module);
        List<ImportType> wanted = module.imports();
        var problems = new ArrayList<String>();
        Instance instance = new Instance(module, this, false);
        var linked = new LinkedImports(instance);
        for (int i = 0; i < wanted.size(); i++) {
            ImportType type = wanted.get(i);
            if (!linked.add(imports.get(i))) {
                problems.add(type.module() + "." + type.name() + " has to be " + LinkedImports.show(type.type())
                        + ", but " + LinkedImports.show(imports.get(i).type()) + " is given");
            }
        }
        if (!problems.isEmpty()) {
            throw new LinkException(module.name(), problems);
        }
        instance.build(linked);
        return instance;
    }

    /** Gives all instances, which were made from a snapshot, what they held then. */
    public void fill() {
        started().fill(instances);
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
            back.restore(instances);
            return;
        }
        FlightEvents.Reset recorded = FlightEvents.reset(TraceText.shown(name));
        long changed = sum(LinearMemory::changedBytes);
        back.restore(instances);
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

    /**
     * What an instance exports under a name, which its module has to export.
     *
     * @param instance an instance of this compartment
     * @param name the name of the export
     * @return the exported item
     */
    public static Extern export(Instance instance, String name) {
        return instance.extern(name);
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
        return leave(thrown, 0);
    }

    /** @param before the result of the {@link #enter} of the call that ends; see {@link Faults#leave} */
    Throwable leave(Throwable thrown, int before) {
        return Faults.leave(this, thrown, before);
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
        return Faults.passesThrough(thrown) || isGuests(thrown) ? thrown : hostFunctionThrew(function, thrown);
    }

    /** Whether an exception is a trap of a guest's code in here. */
    boolean isGuests(Throwable thrown) {
        return thrown instanceof GuestTrap || (thrown instanceof RuntimeException && Faults.isOfGuest(modules, thrown));
    }

    /**
     * Returns a trap for a function that a guest imports and the host has not defined, made where the guest calls it.
     *
     * @param function the name of the function
     * @return the new trap
     */
    public Trap unknownImport(String function) {
        return unknownImport(function, "");
    }

    Trap unknownImport(String function, String hint) {
        return Faults.unknownImport(name, modules, function, hint);
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

    /**
     * The same for what a call threw.
     *
     * @param thrown what came out of the guest
     * @return a trap instead of an exception of the guest; else the same
     */
    public static RuntimeException withoutException(RuntimeException thrown) {
        return thrown instanceof WasmException exception ? Faults.uncaught(exception) : thrown;
    }

    private static final MethodHandle UNCAUGHT = Handles.own(
            MethodHandles.lookup(), Faults.class, "uncaught", MethodType.methodType(Trap.class, WasmException.class));

    /** Returns which tag this is, for messages: by its name, if a module exports or imports it, else by its index. */
    String tagName(TagInstance tag) {
        for (Instance instance : instances) {
            TagInstance[] tags = instance.state().tags;
            for (int i = 0; i < tags.length; i++) {
                if (tags[i] == tag) {
                    return " with tag " + instance.module().tagName(i);
                }
            }
        }
        return "";
    }

    /** Returns the size of the memory that the guest accessed, where it trapped; -1 if that is not known. */
    long memorySize(Throwable trap) {
        for (StackTraceElement frame : trap.getStackTrace()) {
            Module module = GuestStack.owner(modules, frame);
            if (module != null) {
                List<Instance> same = instances.stream()
                        .filter(instance -> instance.module() == module)
                        .toList();
                boolean isKnown =
                        same.size() == 1 && same.get(0).linearMemories().size() == 1;
                return isKnown ? same.get(0).linearMemories().get(0).size() : -1;
            }
        }
        return -1;
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

    /** Returns the instance that a function is called in, for who has a reference only: of a host function, its importer. */
    static Instance instanceOf(FuncRef function) {
        if (function instanceof ImportedRef imported) {
            return imported.importer();
        }
        if (function.owner == null) {
            throw new IllegalStateException("a function of no instance: " + function);
        }
        return Instance.of(function.owner);
    }
}
