package dev.airlock.component.run;

import dev.airlock.codegen.Handles;
import dev.airlock.component.binary.Canon;
import dev.airlock.component.type.DefinedType;
import dev.airlock.engine.CoreFunc;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.memory.linear.LinearMemory;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.FuncType;
import dev.airlock.type.FutureType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.StreamType;
import dev.airlock.type.ValType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The built-in functions of the canonical ABI (Canonical ABI, "Canonical Definitions"), as core functions of an instance.
 * Async is not supported yet: a built-in that would make or await a stream, future, subtask or thread traps with its name.
 */
final class BuiltInCode implements Canon.Visitor<MethodHandle> {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final ComponentCode component;
    private final CoreFuncType type;

    private BuiltInCode(ComponentCode component, CoreFuncType type) {
        this.component = component;
        this.type = type;
    }

    /** @param type the type of the core function */
    static CoreFunc.Body of(ComponentCode component, Canon canon, CoreFuncType type) {
        MethodHandle body = canon.accept(new BuiltInCode(component, type));
        return new CoreFunc.Body(type, body.asType(body.type().changeParameterType(0, Object.class)));
    }

    private static MethodHandle ours(String name, Class<?> result, Class<?>... params) {
        return Handles.own(LOOKUP, name, MethodType.methodType(result, params));
    }

    /** Wraps a built-in that leaves the instance with a may-leave check. */
    private static MethodHandle leaving(String name, MethodHandle body) {
        MethodHandle check = MethodHandles.insertArguments(
                ours("checkMayLeave", void.class, String.class, ComponentState.class), 0, name);
        return MethodHandles.foldArguments(body, check);
    }

    @Override
    public MethodHandle visitLift(Canon.Lift canon) {
        throw new IllegalStateException("a lifted function is not a core function");
    }

    @Override
    public MethodHandle visitLower(Canon.Lower canon) {
        throw new IllegalStateException("a lowered function is not a built-in");
    }

    private MethodHandle ofResource(String method, Class<?> result, int typeIndex) {
        if (!(component.spaces().types().get(typeIndex) instanceof DefinedType.Resource resource)) {
            throw new IllegalStateException("type " + typeIndex + " is not a resource");
        }
        return MethodHandles.insertArguments(
                ours(method, result, int.class, ComponentState.class, int.class), 0, component.number(resource.type()));
    }

    @Override
    public MethodHandle visitResourceNew(Canon.ResourceNew canon) {
        return leaving("resource.new", ofResource("resourceNew", int.class, canon.type()));
    }

    @Override
    public MethodHandle visitResourceDrop(Canon.ResourceDrop canon) {
        return leaving("resource.drop", ofResource("resourceDrop", void.class, canon.type()));
    }

    @Override
    public MethodHandle visitResourceRep(Canon.ResourceRep canon) {
        return ofResource("resourceRep", int.class, canon.type());
    }

    @Override
    public MethodHandle visitContextGet(Canon.ContextGet canon) {
        return MethodHandles.insertArguments(
                ours("contextGet", int.class, int.class, ComponentState.class), 0, canon.slot());
    }

    @Override
    public MethodHandle visitContextSet(Canon.ContextSet canon) {
        return MethodHandles.insertArguments(
                ours("contextSet", void.class, int.class, ComponentState.class, int.class), 0, canon.slot());
    }

    @Override
    public MethodHandle visitTaskReturn(Canon.TaskReturn canon) {
        return traps("task.return", "task.return is for functions that were lifted with \"async\"");
    }

    @Override
    public MethodHandle visitBuiltIn(Canon.BuiltInFunc canon) {
        return switch (canon.kind()) {
            case WAITABLE_SET_NEW ->
                leaving("waitable-set.new", ours("waitableSetNew", int.class, ComponentState.class));
            case WAITABLE_SET_POLL ->
                leaving(
                        "waitable-set.poll",
                        MethodHandles.insertArguments(
                                ours(
                                        "waitableSetPoll",
                                        int.class,
                                        int.class,
                                        ComponentState.class,
                                        int.class,
                                        int.class),
                                0,
                                canon.options().memory()));
            case WAITABLE_SET_WAIT ->
                leaving(
                        "waitable-set.wait",
                        ours("waitableSetWait", int.class, ComponentState.class, int.class, int.class));
            case WAITABLE_SET_DROP ->
                leaving("waitable-set.drop", ours("waitableSetDrop", void.class, ComponentState.class, int.class));
            case WAITABLE_JOIN ->
                leaving("waitable.join", ours("noWaitable", void.class, ComponentState.class, int.class, int.class));
            case SUBTASK_CANCEL ->
                leaving("subtask.cancel", ours("subtaskCancel", int.class, ComponentState.class, int.class));
            case SUBTASK_DROP ->
                leaving("subtask.drop", ours("subtaskDrop", void.class, ComponentState.class, int.class));
            case TASK_CANCEL -> traps("task.cancel", "task.cancel is for functions that were lifted with \"async\"");
            case BACKPRESSURE_INC -> ours("backpressureInc", void.class, ComponentState.class);
            case BACKPRESSURE_DEC -> ours("backpressureDec", void.class, ComponentState.class);
            case THREAD_YIELD ->
                leaving(
                        "thread.yield",
                        MethodHandles.dropArguments(MethodHandles.constant(int.class, 0), 0, ComponentState.class));
            case STREAM_NEW,
                    STREAM_READ,
                    STREAM_WRITE,
                    STREAM_CANCEL_READ,
                    STREAM_CANCEL_WRITE,
                    STREAM_DROP_READABLE,
                    STREAM_DROP_WRITABLE,
                    FUTURE_NEW,
                    FUTURE_READ,
                    FUTURE_WRITE,
                    FUTURE_CANCEL_READ,
                    FUTURE_CANCEL_WRITE,
                    FUTURE_DROP_READABLE,
                    FUTURE_DROP_WRITABLE,
                    ERROR_CONTEXT_NEW,
                    ERROR_CONTEXT_DEBUG_MESSAGE,
                    ERROR_CONTEXT_DROP,
                    THREAD_INDEX,
                    THREAD_NEW_INDIRECT,
                    THREAD_RESUME_LATER,
                    THREAD_SUSPEND,
                    THREAD_SUSPEND_THEN_RESUME,
                    THREAD_YIELD_THEN_RESUME,
                    THREAD_SUSPEND_THEN_PROMOTE,
                    THREAD_YIELD_THEN_PROMOTE -> traps(canon.kind().toString(), canon.kind() + " cannot run yet");
        };
    }

    /** Makes a function that only traps. */
    private MethodHandle traps(String name, String reason) {
        MethodHandle trap =
                MethodHandles.insertArguments(ours("trap", Trap.class, String.class, ComponentState.class), 0, reason);
        Class<?> result =
                type.results().isEmpty() ? void.class : type.results().get(0).carrier();
        MethodHandle body = MethodHandles.filterReturnValue(trap, MethodHandles.throwException(result, Trap.class));
        for (int i = 0; i < type.params().size(); i++) {
            body = MethodHandles.dropArguments(body, i + 1, type.params().get(i).carrier());
        }
        return leaving(name, body);
    }

    // Called by method handle.

    static void checkMayLeave(String name, ComponentState state) {
        if (!state.mayLeave()) {
            throw new Trap(
                    TrapCode.CANNOT_LEAVE,
                    TrapCode.CANNOT_LEAVE.text() + ": it called " + name + " in realloc or post-return",
                    List.of(),
                    null);
        }
    }

    /** Makes the trap for a feature that only async calls need. */
    static Trap notYet(String what) {
        return new Trap(TrapCode.NOT_SUPPORTED, notYetText(what), List.of(), null);
    }

    static String notYetText(String what) {
        return what + " cannot run yet: async is not supported";
    }

    /** Traps for a function with values that only async calls have. */
    static void checkRuns(String name, FuncType type) {
        String problem = asyncPart(name, type);
        if (problem != null) {
            throw notYet(problem);
        }
    }

    /** Describes the async part of a function's type, to precede "cannot run yet"; null if there is none. */
    static @Nullable String asyncPart(String name, FuncType type) {
        return Stream.concat(type.params().stream().map(FuncType.Param::type), Stream.ofNullable(type.result()))
                .map(BuiltInCode::asyncPart)
                .filter(Objects::nonNull)
                .findFirst()
                .map(part -> name + ", whose type has " + part + ",")
                .orElse(null);
    }

    private static @Nullable ValType asyncPart(ValType type) {
        if (type instanceof FutureType || type instanceof StreamType || type == PrimitiveType.ERROR_CONTEXT) {
            return type;
        }
        return type.parts().stream()
                .map(BuiltInCode::asyncPart)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    static Trap trap(String reason, ComponentState state) {
        return new Trap(TrapCode.NOT_SUPPORTED, reason, List.of(), null);
    }

    static int resourceNew(int resource, ComponentState state, int representation) {
        return state.handles().add(new HandleTable.Handle(state.resource(resource), (Integer) representation, null));
    }

    static int resourceRep(int resource, ComponentState state, int handle) {
        return (Integer) state.handles().get(handle, state.resource(resource)).representation;
    }

    static void resourceDrop(int resource, ComponentState state, int handle) {
        LinkedResource type = state.resource(resource);
        HandleTable.Handle dropped = state.handles().take(handle, type);
        if (dropped.scope != null) {
            dropped.scope.borrows--;
            return;
        }
        if (dropped.ownsHostObject()) {
            state.hostObjects().remove(dropped);
        }
        state.destroy(type, dropped.representation);
    }

    static int contextGet(int slot, ComponentState state) {
        return state.task().slot(slot);
    }

    static void contextSet(int slot, ComponentState state, int value) {
        state.task().slot(slot, value);
    }

    static int waitableSetNew(ComponentState state) {
        return state.handles().add(new HandleTable.WaitableSet());
    }

    /** Returns the event "none" and writes its payload, two zeros. */
    static int waitableSetPoll(int memory, ComponentState state, int set, int pointer) {
        state.handles().getWaitableSet(set);
        LinearMemory bytes = state.memory(memory);
        bytes.store32(Integer.toUnsignedLong(pointer), 0, 0);
        bytes.store32(Integer.toUnsignedLong(pointer), 4, 0);
        return 0;
    }

    static int waitableSetWait(ComponentState state, int set, int pointer) {
        state.handles().getWaitableSet(set);
        throw new Trap(
                TrapCode.NOT_SUPPORTED,
                "cannot block a synchronous task before returning: waitable-set.wait, and no event can arrive",
                List.of(),
                null);
    }

    static void waitableSetDrop(ComponentState state, int set) {
        state.handles().getWaitableSet(set);
        state.handles().remove(set);
    }

    static void noWaitable(ComponentState state, int waitable, int set) {
        throw HandleTable.wrongKind(waitable, "a waitable", state.handles().describe(waitable));
    }

    static int subtaskCancel(ComponentState state, int subtask) {
        throw HandleTable.wrongKind(subtask, "a subtask", state.handles().describe(subtask));
    }

    static void subtaskDrop(ComponentState state, int subtask) {
        throw HandleTable.wrongKind(subtask, "a subtask", state.handles().describe(subtask));
    }

    private static final int MAX_BACKPRESSURE = 1 << 16;

    static void backpressureInc(ComponentState state) {
        if (state.backpressure() + 1 == MAX_BACKPRESSURE) {
            throw new Trap(
                    TrapCode.OTHER,
                    "backpressure.inc was called too often: at most " + (MAX_BACKPRESSURE - 1) + " times are allowed",
                    List.of(),
                    null);
        }
        state.backpressure(state.backpressure() + 1);
    }

    static void backpressureDec(ComponentState state) {
        if (state.backpressure() == 0) {
            throw new Trap(TrapCode.OTHER, "backpressure.dec without a backpressure.inc", List.of(), null);
        }
        state.backpressure(state.backpressure() - 1);
    }
}
