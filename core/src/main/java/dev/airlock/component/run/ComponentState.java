package dev.airlock.component.run;

import dev.airlock.abi.canonical.CanonicalContext;
import dev.airlock.engine.Compartment;
import dev.airlock.engine.CoreFunc;
import dev.airlock.engine.Entry;
import dev.airlock.engine.RecordedCall;
import dev.airlock.error.ExitException;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LimitException;
import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.error.ValueException;
import dev.airlock.event.FlightEvents;
import dev.airlock.memory.linear.LinearMemory;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of one component instance: its table of handles, its current task, whether it may be entered, and by index what the
 * code of entries needs (Canonical ABI, "Component Instances").
 */
public final class ComponentState extends CanonicalContext {
    private final ComponentCode code;
    private final Compartment compartment;
    private final @Nullable ComponentState parent;
    private final HandleTable handles;
    private final CoreFunc[] coreFuncs;
    private final LinearMemory[] memories;
    private final LinkedResource[] resources;
    private final InstanceEntry[] entries;
    private final InstanceEntry fromHost;
    private boolean isRunning;
    private final InstanceFamily family;
    private final Task first = new Task();
    private Task task = first;
    private int backpressure;

    /** @param parent the instance that instantiates this one; null for the host */
    ComponentState(ComponentCode code, Compartment compartment, @Nullable ComponentState parent) {
        this.code = code;
        this.compartment = compartment;
        this.parent = parent;
        this.family = parent == null ? new InstanceFamily(compartment.name()) : parent.family;
        family.add(this);
        this.handles = new HandleTable(family);
        this.coreFuncs = new CoreFunc[code.spaces().coreFuncs().size()];
        this.memories = new LinearMemory[code.spaces().coreMemories().size()];
        this.resources = new LinkedResource[code.resourceCount()];
        this.entries = new InstanceEntry[code.spaces().coreFuncs().size()];
        this.fromHost = InstanceEntry.between(null, this);
    }

    /** Counts one more instance of a component or core module in the family: see {@link InstanceFamily#countInstance}. */
    void countInstance() {
        family.countInstance(compartment.limits().instances());
    }

    InstanceFamily family() {
        return family;
    }

    /** The states of all instances that the host's instantiation made, the outermost first. */
    public List<ComponentState> states() {
        return family.states();
    }

    public Compartment compartment() {
        return compartment;
    }

    /** The host's objects that the instances of the family own. */
    public HostObjects hostObjects() {
        return family.hostObjects();
    }

    /** Invalidates every resource handle that Java obtained from the family before this point. */
    public void nextGeneration() {
        family.nextGeneration();
    }

    public ComponentCode code() {
        return code;
    }

    @Nullable
    ComponentState parent() {
        return parent;
    }

    HandleTable handles() {
        return handles;
    }

    CoreFunc coreFunc(int index) {
        return coreFuncs[index];
    }

    void coreFunc(int index, CoreFunc function) {
        coreFuncs[index] = function;
    }

    /** Starts a flight recorder event for a call; null, at no cost, if entries are not recorded. */
    @Nullable
    public RecordedCall recorded(String function, FlightEvents.Direction direction) {
        return FlightEvents.recordsCrossings() ? recorded(function, direction, this) : null;
    }

    /** Starts a flight recorder event for a call of another component. */
    @Nullable
    RecordedCall recordedAcross(String function, ComponentState callee) {
        return FlightEvents.recordsCrossings() ? recorded(function, FlightEvents.Direction.ACROSS, callee) : null;
    }

    private RecordedCall recorded(String function, FlightEvents.Direction direction, ComponentState other) {
        List<LinearMemory> touched = Stream.of(memories, other.memories)
                .flatMap(Arrays::stream)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return new RecordedCall(compartment.name(), function, direction, touched);
    }

    LinearMemory memory(int index) {
        return memories[index];
    }

    void memory(int index, LinearMemory memory) {
        memories[index] = memory;
    }

    public LinkedResource resource(int number) {
        return resources[number];
    }

    public void resource(int number, LinkedResource resource) {
        resources[number] = resource;
    }

    /** The entry for calls by the host. */
    public InstanceEntry fromHost() {
        return fromHost;
    }

    /** The entry into the callee of a lowered function, by the index of the core function. */
    InstanceEntry entry(int coreFunc) {
        return entries[coreFunc];
    }

    void entry(int coreFunc, InstanceEntry entry) {
        entries[coreFunc] = entry;
    }

    boolean isRunning() {
        return isRunning;
    }

    public void isRunning(boolean running) {
        isRunning = running;
    }

    /** Begins a task, which becomes the current one. Returns the current one of before, for {@link #endTask}. */
    Task beginTask() {
        Task before = task;
        task = before.begin();
        return before;
    }

    /** @param before the task that becomes the current one again */
    void endTask(Task before) {
        task = before;
    }

    /** The current task. */
    Task task() {
        return task;
    }

    int backpressure() {
        return backpressure;
    }

    void backpressure(int count) {
        backpressure = count;
    }

    // Handles.

    @Override
    public void beginScope() {
        task.beginScope();
    }

    @Override
    public void endScope() {
        task.endScope();
    }

    @Override
    public Object fromJava(int resource, Object value, boolean own, String name) {
        LinkedResource wanted = resources[resource];
        Class<?> javaType = wanted.javaType();
        if (javaType != null) {
            if (!javaType.isInstance(value)) {
                throw new ValueException(name + ": " + wanted + " takes a " + javaType.getName() + ", got a "
                        + value.getClass().getName());
            }
            if (own && task.isGiving()) {
                var given = new HandleTable.Handle(wanted, value, null);
                hostObjects().add(given);
                hostObjects().depart(given);
            }
            return value;
        }
        Object behind = value instanceof HeldResource ? value : Entry.targetOf(value);
        HeldResource given = behind instanceof ResourceHolder holder ? holder.resource() : null;
        if (given == null) {
            throw new ValueException(name + ": " + wanted + " takes a resource of a guest, got a "
                    + value.getClass().getName());
        }
        given.check(wanted, own, name);
        return given;
    }

    @Override
    public Object toJava(int resource, Object representation, boolean own, Class<?> javaType) {
        LinkedResource type = resources[resource];
        Object shown;
        if (type.javaType() != null) {
            shown = representation;
        } else {
            HeldResource made = new HeldResource(this, type, (Integer) representation, own);
            if (!own) {
                task.innermost().addShown(made);
            }
            ResourceView view = type.view(javaType);
            shown = view == null ? made : view.show(made);
        }
        if (!javaType.isInstance(shown)) {
            throw new SignatureException(
                    type + " is a " + shown.getClass().getName() + ", which is not a " + javaType.getName());
        }
        return shown;
    }

    @Override
    public int lowerOwn(int resource, Object representation) {
        Object inside = representation instanceof HeldResource given && resources[resource].javaType() == null
                ? (Integer) given.giveAway()
                : representation;
        int handle = handles.add(new HandleTable.Handle(resources[resource], inside, null));
        if (resources[resource].javaType() != null) {
            hostObjects().arrive(inside);
        }
        return handle;
    }

    @Override
    public Object liftOwn(int resource, int handle) {
        HandleTable.Handle taken = handles.take(handle, resources[resource]);
        if (!taken.owns()) {
            throw HandleTable.wrongKind(handle, "an owned " + resources[resource], "borrowed");
        }
        if (taken.ownsHostObject()) {
            hostObjects().depart(taken);
        }
        return taken.representation;
    }

    @Override
    public void taken() {
        hostObjects().allArrived();
    }

    @Override
    public void beginGiving() {
        task.isGiving(true);
    }

    @Override
    public void endGiving() {
        task.isGiving(false);
    }

    @Override
    public int lowerBorrow(int resource, Object representation) {
        LinkedResource type = resources[resource];
        CallScope call = task.innermost();
        Object inside = representation;
        if (representation instanceof HeldResource given && type.javaType() == null) {
            inside = given.lend();
            call.addLent(given);
        }
        if (type.definer() == this) {
            return (Integer) inside;
        }
        call.borrows++;
        return handles.add(new HandleTable.Handle(type, inside, call));
    }

    @Override
    public Object liftBorrow(int resource, int handle) {
        HandleTable.Handle lender = handles.lend(handle, resources[resource]);
        task.innermost().addLender(lender);
        return lender.representation;
    }

    /** Destroys a resource whose owning handle was removed: the destructor runs in the instance that defines the resource. */
    void destroy(LinkedResource resource, Object representation) {
        ComponentState definer = resource.definer();
        if (definer == null) {
            destroyOfHost(resource, representation);
            return;
        }
        if (!resource.isOf(family)) {
            destroyOfAnother(definer, resource, representation);
            return;
        }
        // A destructor may drop what has a destructor, and so on: this recursion is one through our code, not the
        // guest's.
        int depth = compartment.enter();
        try {
            InstanceEntry entry = InstanceEntry.between(this, definer);
            Task before = entry.enter();
            resource.destroy(representation);
            entry.leave(before);
        } finally {
            compartment.exit(depth);
        }
    }

    /** Destroys a resource of another family, which has another gate. */
    private void destroyOfAnother(ComponentState definer, LinkedResource resource, Object representation) {
        try {
            HostCalls.run(definer.fromHost(), resource + "'s destructor", () -> resource.destroy(representation));
        } catch (InstanceStateException e) {
            throw compartment.hostFunctionThrew("the destructor of " + resource, e);
        }
    }

    private void destroyOfHost(LinkedResource resource, Object representation) {
        try {
            resource.destroy(representation);
        } catch (Trap | ExitException | LimitException e) {
            throw e;
        } catch (Exception e) {
            throw compartment.hostFunctionThrew("the destructor of " + resource, e);
        }
    }

    /**
     * Captures the state that a new instance, or this one after a reset, can start from.
     *
     * @throws InstanceStateException if it holds resources that cannot be restored
     */
    public Image capture() {
        if (isRunning || !mayLeave()) {
            throw refusal("a call failed in it");
        }
        return new Image(code, handles.capture(this::number), first.slot(0), first.slot(1), backpressure);
    }

    /**
     * A captured state.
     *
     * @param slot0 the slot that start functions left, outside of any call
     */
    public record Image(ComponentCode code, HandleImage handles, int slot0, int slot1, int backpressure) {}

    private int number(int handle, HandleTable.Handle held) {
        String what = (held.owns() ? "" : "a borrow of ") + "the resource " + held.resource + ", by handle " + handle;
        if (held.resource.definer() == null) {
            throw refusal("it has " + what + ", which is the host's");
        }
        if (!held.resource.isOf(family) || !held.owns()) {
            throw refusal("it has " + what + (held.owns() ? ", which is another instance's" : ""));
        }
        return Arrays.asList(resources).indexOf(held.resource);
    }

    private InstanceStateException refusal(String why) {
        return new InstanceStateException("this instance of " + compartment.name() + " cannot be captured: " + why
                + (parent == null ? "" : ", in " + code.name()));
    }

    /** Restores a captured state, from any state. */
    public void restore(Image image) {
        handles.restore(image.handles(), resources);
        task = first;
        task.restore(image.slot0(), image.slot1());
        backpressure = image.backpressure();
        isRunning = false;
        mayLeave(true);
    }

    @Override
    public String toString() {
        return code.name();
    }
}
