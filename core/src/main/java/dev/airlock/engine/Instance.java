package dev.airlock.engine;

import dev.airlock.error.InstanceStateException;
import dev.airlock.error.Nearest;
import dev.airlock.error.SignatureException;
import dev.airlock.event.FlightEvents;
import dev.airlock.limit.Allowance;
import dev.airlock.limit.Limits;
import dev.airlock.memory.LinearMemory;
import dev.airlock.memory.Memory;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExternType;
import dev.airlock.type.GlobalType;
import dev.airlock.type.MemoryType;
import dev.airlock.type.TableType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.types.ExternalType;

/**
 * A module with state: its memories, globals and tables (core specification, section 4.2.5).
 *
 * <pre>{@code
 * try (Instance instance = linker.instantiate(module)) {
 *   IntBinaryOperator add = instance.function("add", IntBinaryOperator.class);
 *   int sum = add.applyAsInt(1, 2);
 *   String text = instance.memory().readString(offset, length);
 * }
 * }</pre>
 *
 * <p>One thread at a time may use an instance and all its exports; the thread may change between calls. After a
 * {@linkplain dev.airlock.error.Trap trap} or an exit the instance cannot be entered again, but its memory can still be read.
 *
 * <p>Closing releases what the host holds for the instance, such as open files. An instance that only computes need not be
 * closed.
 */
public final class Instance implements AutoCloseable {
    private final Module module;
    private final Gate gate;
    private final Allowance allowance;
    private final Caller caller = new Caller(this);
    private final Holdings holdings;
    private final boolean inCompartment;
    private final List<CoreFunc> importedFunctions;
    private final List<HostModule> hosts = new ArrayList<>(1);

    // Set once, by the linker, before anybody else sees this instance.
    private run.endive.runtime.@Nullable Instance endive;
    private run.endive.runtime.@Nullable Memory firstMemory;
    private run.endive.runtime.Instance[] itself = {};

    /** What it goes back to; null for one that came all the way itself, or is closed. */
    private @Nullable Snapshot start;

    private @Nullable Memory defaultMemory;
    private @Nullable Memory firstView;

    Instance(Module module, Limits limits) {
        this.module = module;
        this.gate = new Gate(module.name(), limits);
        this.allowance = new Allowance(limits, gate);
        this.holdings = new Holdings(module.name(), gate);
        this.inCompartment = false;
        this.importedFunctions = List.of();
        gate.isOf(this::close);
    }

    /**
     * An instance in a compartment, whose gate, allowance and holdings it shares.
     *
     * @param importedFunctions those that it is given, in order
     */
    Instance(Module module, Gate gate, Allowance allowance, Holdings holdings, List<CoreFunc> importedFunctions) {
        this.module = module;
        this.gate = gate;
        this.allowance = allowance;
        this.holdings = holdings;
        this.inCompartment = true;
        this.importedFunctions = importedFunctions;
    }

    /** In a compartment alone: the functions that this instance imports, by their index. */
    List<CoreFunc> importedFunctions() {
        return importedFunctions;
    }

    void bind(run.endive.runtime.Instance made) {
        endive = made;
        itself = new run.endive.runtime.Instance[] {made};
    }

    /** Returns the instances whose functions it may hold when it is captured, by their numbers. */
    run.endive.runtime.Instance[] itself() {
        return itself;
    }

    void bindMemory() {
        firstMemory = endive().memory();
    }

    void startedFrom(Snapshot snapshot) {
        start = snapshot;
    }

    void hostedBy(HostModule host) {
        hosts.add(host);
        holdings.add(host.holdings());
    }

    /** What the host keeps for this instance alone. */
    List<HostModule> hosts() {
        return hosts;
    }

    /** What the host holds for it. */
    Holdings holdings() {
        return holdings;
    }

    /**
     * Returns the module that this is an instance of.
     *
     * @return the module
     */
    public Module module() {
        return module;
    }

    /**
     * Returns an exported function.
     *
     * @param name the name of the export
     * @return the function
     * @throws SignatureException if there is none of that name
     */
    public Func function(String name) {
        CoreFuncType type = export(name, CoreFuncType.class, "function");
        return new Func(this, module.functionIndex(name), name, type);
    }

    /**
     * Returns an exported function as a Java functional interface: short for {@code function(name).typed(shape)}.
     *
     * @param <T> the interface
     * @param name the name of the export
     * @param shape the interface with one method, whose parameters and result give the core type
     * @return the function
     * @throws SignatureException if there is no function of that name, or its type is another
     */
    public <T> T function(String name, Class<T> shape) {
        return function(name).typed(shape);
    }

    /**
     * Returns an exported linear memory.
     *
     * @param name the name of the export
     * @return an exported linear memory
     * @throws SignatureException if there is none of that name
     */
    public Memory memory(String name) {
        export(name, MemoryType.class, "memory");
        return new Memory((LinearMemory) endive().memory(module.exportIndex(ExternalType.MEMORY, name)));
    }

    /**
     * Returns the memory exported as {@code memory}, as all toolchains do; else the only one exported.
     *
     * @return the memory exported as {@code memory}, as all toolchains do
     * @throws SignatureException if there is none, or more than one and none has that name
     */
    public Memory memory() {
        Memory known = defaultMemory;
        if (known == null) {
            known = findDefaultMemory();
            defaultMemory = known;
        }
        return known;
    }

    Memory anyMemory() {
        boolean exported = module.exports().stream().anyMatch(e -> e.type() instanceof MemoryType);
        return exported ? memory() : firstMemoryView();
    }

    private Memory findDefaultMemory() {
        List<String> names = module.exports().stream()
                .filter(e -> e.type() instanceof MemoryType)
                .map(e -> e.name())
                .toList();
        if (names.contains("memory")) {
            return memory("memory");
        }
        if (names.size() == 1) {
            return memory(names.get(0));
        }
        throw new SignatureException(
                names.isEmpty()
                        ? module.name() + " exports no memory"
                        : module.name() + " exports no memory of the name \"memory\", but " + String.join(", ", names));
    }

    /**
     * Returns an exported global.
     *
     * @param name the name of the export
     * @return an exported global
     * @throws SignatureException if there is none of that name
     */
    public Global global(String name) {
        GlobalType type = export(name, GlobalType.class, "global");
        return new Global(endive().global(module.exportIndex(ExternalType.GLOBAL, name)), type, this);
    }

    /**
     * Returns an exported table.
     *
     * @param name the name of the export
     * @return an exported table
     * @throws SignatureException if there is none of that name
     */
    public Table table(String name) {
        export(name, TableType.class, "table");
        return new Table(endive().table(module.exportIndex(ExternalType.TABLE, name)));
    }

    private <T extends ExternType> T export(String name, Class<T> kind, String word) {
        ExternType type = module.export(name).orElse(null);
        if (kind.isInstance(type)) {
            return kind.cast(type);
        }
        if (type != null) {
            throw new SignatureException(module.name() + " exports \"" + name + "\" as " + type + ", not as a " + word);
        }
        List<String> names = module.exports().stream()
                .filter(e -> kind.isInstance(e.type()))
                .map(e -> e.name())
                .toList();
        throw new SignatureException(module.name() + " exports no " + word + " \"" + name + "\""
                + Nearest.hint(name, names)
                + names.stream()
                        .limit(20)
                        .collect(Collectors.joining(", ", names.isEmpty() ? "" : "; it exports ", "")));
    }

    /**
     * Returns the state of this instance as it is now, for others to start from.
     *
     * @return the snapshot
     * @throws InstanceStateException if it holds state that cannot be captured: references to host objects or to objects
     *     of a collector, exceptions, functions of other instances, memories, tables or changing globals that it shares with
     *     others or between threads, or what the host has open for it, such as a file; if a thread is in it, including this one;
     *     after a trap, an exit, or when it is closed
     */
    public Snapshot snapshot() {
        return gate.alone("captured", () -> new Snapshot(this));
    }

    /**
     * Takes this instance back to the snapshot that it was made of: its memories, whose pages that were added since are gone,
     * its globals, tables and segments. What the host opened for it is closed and opened again. The cost depends on what was written
     * since, not on the size of the memory.
     *
     * @throws InstanceStateException if it was not made of a snapshot; if a thread is in it, including this one; after a trap, an
     *     exit, or when it is closed
     */
    public void reset() {
        Snapshot back = start;
        if (back == null) {
            throw new InstanceStateException("this instance of " + module.name()
                    + " has nothing to go back to: it was not made of a snapshot, or it is closed");
        }
        gate.alone(
                "reset",
                () -> gate.orShut("reset", () -> {
                    restore(back);
                    return this;
                }));
    }

    private void restore(Snapshot back) {
        if (!FlightEvents.recordsResets()) {
            back.restore(this);
            return;
        }
        FlightEvents.Reset recorded = FlightEvents.reset(TraceText.shown(module.name()));
        long changed =
                linearMemories().stream().mapToLong(LinearMemory::changedBytes).sum();
        back.restore(this);
        recorded.end(changed);
    }

    /**
     * Releases what the host holds for this instance, and lets no thread in again. Closing twice has no effect. The memories
     * of one that was made of a snapshot are empty after that.
     *
     * @throws dev.airlock.error.InstanceStateException if a thread is in it
     */
    @Override
    public void close() {
        gate.close("it is closed");
        Snapshot from = leaveStart();
        if (from != null && endive != null) {
            from.recycle(this);
        }
        holdings.release();
    }

    /** Two threads may close at once, and the memories go to one next instance only. */
    private synchronized @Nullable Snapshot leaveStart() {
        Snapshot from = start;
        start = null;
        return from;
    }

    Caller caller() {
        return caller;
    }

    Gate gate() {
        return gate;
    }

    /** What its memories and tables are taken from. */
    Allowance allowance() {
        return allowance;
    }

    run.endive.runtime.Instance endive() {
        if (endive == null) {
            throw new IllegalStateException("the instance is not made yet");
        }
        return endive;
    }

    // The four below are called by generated code, which stands around every call into the guest: see FuncCompiler.

    int enter() {
        return gate.enter();
    }

    void exit(int before) {
        gate.exit(before);
    }

    Throwable leave(Throwable thrown) {
        // Out of a compartment the way leads through its own leave; inside, exceptions are the guest's to catch.
        return inCompartment ? thrown : Faults.leave(module, gate, thrown);
    }

    run.endive.runtime.@Nullable Memory firstMemory() {
        return firstMemory;
    }

    /** Returns all memories that it has, with those that it imports. */
    List<LinearMemory> linearMemories() {
        return memoriesFrom(0);
    }

    /** Returns those that it defines itself. */
    List<LinearMemory> ownMemories() {
        return memoriesFrom(importedMemories());
    }

    private int importedMemories() {
        return (int) module.imports().stream()
                .filter(i -> i.type() instanceof MemoryType)
                .count();
    }

    private List<LinearMemory> memoriesFrom(int first) {
        int count = importedMemories() + module.memories().size();
        var memories = new ArrayList<LinearMemory>();
        for (int i = first; i < count; i++) {
            if (endive().memory(i) instanceof LinearMemory linear) {
                memories.add(linear);
            }
        }
        return memories;
    }

    /** Returns the first memory, exported or not. */
    Memory firstMemoryView() {
        Memory known = firstView;
        if (known == null) {
            if (!(firstMemory() instanceof LinearMemory linear)) {
                throw new SignatureException(module.name() + " has no memory, and the value needs it");
            }
            known = new Memory(linear);
            firstView = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "instance of " + module.name();
    }
}
