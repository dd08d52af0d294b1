package dev.airlock.engine;

import dev.airlock.codegen.Handles;
import dev.airlock.engine.binary.ModuleDefinition;
import dev.airlock.engine.runtime.GlobalInstance;
import dev.airlock.engine.runtime.HostView;
import dev.airlock.engine.runtime.InstanceOwner;
import dev.airlock.engine.runtime.InstanceState;
import dev.airlock.engine.runtime.Instantiator;
import dev.airlock.engine.runtime.WasmException;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.Nearest;
import dev.airlock.error.SignatureException;
import dev.airlock.memory.Memory;
import dev.airlock.memory.linear.LinearMemory;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExternType;
import dev.airlock.type.GlobalType;
import dev.airlock.type.MemoryType;
import dev.airlock.type.TableType;
import dev.airlock.type.TagType;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    static {
        HostView.install(BoxedValues::toHost);
    }

    private final Module module;
    private final Compartment compartment;
    private final Gate gate;
    private final boolean alone;
    private final Caller caller = new Caller(this);
    private final List<HostModule> hosts = new ArrayList<>(1);

    // Set once, before anybody else sees this instance.
    private @Nullable InstanceState state;
    private boolean tracked;

    private @Nullable Memory defaultMemory;
    private @Nullable Memory firstView;

    /**
     * One that is not made yet: see {@link #build}.
     *
     * @param alone whether no other will be in the compartment, so that who calls it enters the compartment
     */
    Instance(Module module, Compartment compartment, boolean alone) {
        this.module = module;
        this.compartment = compartment;
        this.gate = compartment.gate();
        this.alone = alone;
    }

    /** What generated code knows of an instance: the way to its functions, and for the library the way back. */
    private record Owner(Instance instance) implements InstanceOwner {
        @Override
        public MethodHandle handleOf(int function) {
            return FuncCompiler.fromGuests(instance.module, function, instance.tracked);
        }
    }

    static Instance of(InstanceState state) {
        return ((Owner) state.instance).instance;
    }

    /**
     * Makes memories, globals and tables, or gives it those of a snapshot. In the first case runs the start function.
     *
     * @param imports checked, and complete
     */
    void build(LinkedImports imports) {
        CompartmentSnapshot start = compartment.start();
        // A memory that goes back to an image may be given to instances that do not.
        tracked = start != null || imports.memories.stream().anyMatch(memory -> memory.marks != null);
        InstanceState made = module.code().newInstance(tracked);
        made.instance = new Owner(this);
        made.spill = compartment.spill();
        made.types = module.types();
        made.collected = compartment.allowance().collected();
        state = made;
        int number = compartment.add(this);
        if (start != null) {
            start.next(number, module).instantiate(made, imports.all(), compartment.allowance());
            return;
        }
        module.instantiator().instantiate(made, imports.all(), compartment.allowance());
        int first = module.valid().definition().start();
        if (first >= 0) {
            run(first);
        }
    }

    /** Runs a function without parameters and results, for who has entered. */
    private void run(int function) {
        try {
            FuncCompiler.direct(module, function, tracked).invokeExact(state());
        } catch (Throwable e) {
            throw Handles.sneaky(e);
        }
    }

    /** Makes a memory that the instance is given, as if another had defined it. */
    LinearMemory newMemory(ModuleDefinition.Memory type) {
        return LinearMemory.of(Instantiator.limits(type), compartment.allowance());
    }

    Compartment compartment() {
        return compartment;
    }

    InstanceState state() {
        InstanceState made = state;
        if (made == null) {
            throw new IllegalStateException("the instance is not made yet");
        }
        return made;
    }

    /** Whether it runs the copy of the code that marks what it writes, since it can be reset. */
    boolean isTracked() {
        return tracked;
    }

    void hostedBy(HostModule host) {
        hosts.add(host);
        compartment.holdings().add(host.holdings());
    }

    /** What the host keeps for this instance alone. */
    List<HostModule> hosts() {
        return hosts;
    }

    /** What the host holds for it. */
    Holdings holdings() {
        return compartment.holdings();
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
        return new Memory(state().memories[module.exportIndex(ModuleDefinition.MEMORY, name)]);
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
        export(name, GlobalType.class, "global");
        int index = module.exportIndex(ModuleDefinition.GLOBAL, name);
        GlobalInstance cell = Objects.requireNonNull(state().globals[index], "an exported global has a cell");
        return new Global(cell, ApiTypes.globalField(module.valid(), index), this);
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
        int index = module.exportIndex(ModuleDefinition.TABLE, name);
        return new Table(state().tables[index]);
    }

    /**
     * Returns an exported exception tag.
     *
     * @param name the name of the export
     * @return an exported tag
     * @throws SignatureException if there is none of that name
     */
    public Tag tag(String name) {
        export(name, TagType.class, "tag");
        return new Tag(state().tags[module.exportIndex(ModuleDefinition.TAG, name)]);
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

    /** Returns what it exports under a name, to give it to others. */
    Extern extern(String name) {
        ModuleDefinition.Export export = module.exportEntry(name);
        return switch (export.kind()) {
            case ModuleDefinition.FUNCTION -> CoreFunc.of(this, export.index());
            case ModuleDefinition.MEMORY -> new Extern.Defined(new Definition.OfMemory(memory(name)));
            case ModuleDefinition.GLOBAL -> new Extern.Defined(new Definition.OfGlobal(global(name)));
            case ModuleDefinition.TABLE -> new Extern.Defined(new Definition.OfTable(table(name)));
            case ModuleDefinition.TAG -> new Extern.Defined(new Definition.OfTag(state().tags[export.index()]));
            default -> throw new IllegalStateException("an export of kind " + export.kind());
        };
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
        CompartmentSnapshot back = alone ? compartment.start() : null;
        if (back == null) {
            throw new InstanceStateException("this instance of " + module.name()
                    + " has nothing to go back to: it was not made of a snapshot, or it is closed");
        }
        gate.alone(
                "reset",
                () -> gate.orShut("reset", () -> {
                    compartment.restore();
                    return this;
                }));
    }

    /**
     * Releases what the host holds for this instance, and lets no thread in again. Closing twice has no effect. The memories
     * of one that was made of a snapshot are empty after that.
     *
     * @throws dev.airlock.error.InstanceStateException if a thread is in it
     */
    @Override
    public void close() {
        compartment.close();
    }

    Caller caller() {
        return caller;
    }

    Gate gate() {
        return gate;
    }

    // The five below are called by generated code, which stands around every call into the guest: see FuncCompiler.

    int enter() {
        return gate.enter();
    }

    void exit(int before) {
        gate.exit(before);
    }

    /** @param before what {@link #enter} returned */
    Throwable leave(Throwable thrown, int before) {
        // Out of a compartment the way leads through its own leave; inside, exceptions are the guest's to catch.
        return alone ? compartment.leave(thrown, before) : thrown;
    }

    /** The same, where another guest called, which may catch an exception of this one. */
    Throwable leaveToGuest(Throwable thrown, int before) {
        return thrown instanceof WasmException && gate.stopped() == null ? thrown : compartment.leave(thrown, before);
    }

    /** Returns all memories that it has, with those that it imports. */
    List<LinearMemory> linearMemories() {
        return state == null ? List.of() : List.of(state.memories);
    }

    /** Returns those that it defines itself. */
    List<LinearMemory> ownMemories() {
        List<LinearMemory> all = linearMemories();
        return all.isEmpty() ? all : all.subList(module.valid().importedMemories(), all.size());
    }

    /** Returns the first memory, exported or not. */
    Memory firstMemoryView() {
        Memory known = firstView;
        if (known == null) {
            if (state().memories.length == 0) {
                throw new SignatureException(module.name() + " has no memory, and the value needs it");
            }
            known = new Memory(state().memories[0]);
            firstView = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "instance of " + module.name();
    }
}
