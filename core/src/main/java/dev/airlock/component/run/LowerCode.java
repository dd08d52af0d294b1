package dev.airlock.component.run;

import dev.airlock.abi.canonical.CanonicalBridge;
import dev.airlock.abi.canonical.CanonicalContext;
import dev.airlock.abi.canonical.CanonicalFunctions;
import dev.airlock.abi.canonical.CanonicalServing;
import dev.airlock.abi.canonical.StringEncoding;
import dev.airlock.codegen.Handles;
import dev.airlock.component.binary.Canon;
import dev.airlock.component.type.ResourceVariable;
import dev.airlock.engine.Compartment;
import dev.airlock.engine.CoreFunc;
import dev.airlock.engine.RecordedCall;
import dev.airlock.error.Trap;
import dev.airlock.error.ValueException;
import dev.airlock.event.FlightEvents;
import dev.airlock.type.BorrowType;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.FuncType;
import dev.airlock.type.OwnType;
import dev.airlock.type.ResourceType;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The code of a lowered function ({@code canon lower}), shared by the instances of the component. */
public final class LowerCode {
    private static final MethodHandle CALLEE_OF;
    private static final MethodHandle ENTER;
    private static final MethodHandle LEAVE;
    private static final MethodHandle RECORD;
    private static final MethodHandle RECORD_ACROSS;
    private static final MethodHandle END;
    private static final MethodHandle HOST_THREW;
    private static final MethodHandle CALL_HOST;
    private static final MethodHandle COUNT_CALL;
    private static final MethodHandle UNDEFINED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            CALLEE_OF = lookup.findStatic(
                    LowerCode.class,
                    "calleeOf",
                    MethodType.methodType(CanonicalContext.class, int.class, CanonicalContext.class));
            ENTER = lookup.findStatic(
                    LowerCode.class, "enter", MethodType.methodType(Task.class, int.class, CanonicalContext.class));
            LEAVE = lookup.findStatic(
                    LowerCode.class,
                    "leave",
                    MethodType.methodType(void.class, int.class, Throwable.class, Task.class, CanonicalContext.class));
            RECORD = lookup.findStatic(
                    LowerCode.class,
                    "record",
                    MethodType.methodType(RecordedCall.class, String.class, CanonicalContext.class));
            RECORD_ACROSS = lookup.findStatic(
                    LowerCode.class,
                    "recordAcross",
                    MethodType.methodType(RecordedCall.class, int.class, String.class, CanonicalContext.class));
            END = lookup.findStatic(
                    LowerCode.class,
                    "end",
                    MethodType.methodType(void.class, Throwable.class, RecordedCall.class, CanonicalContext.class));
            HOST_THREW = lookup.findStatic(
                    LowerCode.class,
                    "hostThrew",
                    MethodType.methodType(Exception.class, String.class, Exception.class, CanonicalContext.class));
            UNDEFINED = lookup.findStatic(
                    LowerCode.class,
                    "undefined",
                    MethodType.methodType(Trap.class, String.class, CanonicalContext.class));
            COUNT_CALL = lookup.findStatic(
                    LowerCode.class, "countCall", MethodType.methodType(void.class, CanonicalContext.class));
            CALL_HOST = lookup.findStatic(
                    LowerCode.class,
                    "callHost",
                    MethodType.methodType(Value.class, LinkedFunc.Host.class, FuncType.class, Value[].class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ComponentCode component;
    private final Canon.Lower canon;
    private final int coreFunc;
    private final CoreFuncType coreType;
    private final FuncType type;
    private final @Nullable String name;
    private final Map<BridgeKey, CoreFunc.Body> bridges = new ConcurrentHashMap<>();

    private record BridgeKey(
            LiftCode callee,
            List<MethodHandle> calleeKey,
            @Nullable MethodHandle realloc) {}

    /**
     * @param coreFunc the index of the core function that the definition adds
     * @param name the name of the import; null if the function is not imported
     */
    LowerCode(ComponentCode component, Canon.Lower canon, int coreFunc, @Nullable String name) {
        this.component = component;
        this.canon = canon;
        this.coreFunc = coreFunc;
        this.name = name;
        this.coreType = component.spaces().coreFuncs().get(coreFunc);
        this.type = component.spaces().funcs().get(canon.func());
    }

    /** Returns the core function of an instance. Its code is made at the first call. */
    CoreFunc link(ComponentState state, LinkedFunc function) {
        if (function instanceof LinkedFunc.Lifted lifted) {
            state.entry(coreFunc, InstanceEntry.between(state, lifted.state()));
        }
        return CoreFunc.lazy(coreType, () -> body(state, function).bind(state));
    }

    private CoreFunc.Body body(ComponentState state, LinkedFunc function) {
        if (function instanceof LinkedFunc.Host host && host.function() instanceof UndefinedFunction undefined) {
            return host.code().computeIfAbsent(this, k -> new CoreFunc.Body(coreType, generic(trapping(undefined))));
        }
        if (canon.options().async()) {
            throw BuiltInCode.notYet(shownName() + ", which is lowered with \"async\",");
        }
        BuiltInCode.checkRuns(shownName(), type);
        if (function instanceof LinkedFunc.Lifted lifted) {
            Integer realloc = canon.options().realloc();
            var key = new BridgeKey(
                    lifted.code(),
                    lifted.code().key(lifted.state()),
                    realloc == null ? null : component.coreFunc(state, realloc));
            return bridges.computeIfAbsent(key, k -> new CoreFunc.Body(coreType, generic(bridge(state, lifted))));
        }
        LinkedFunc.Host host = (LinkedFunc.Host) function;
        return host.code().computeIfAbsent(this, k -> new CoreFunc.Body(coreType, generic(serving(state, host))));
    }

    private String shownName() {
        return name == null ? "func " + canon.func() : name;
    }

    private static MethodHandle generic(MethodHandle handle) {
        return handle.asType(handle.type().changeParameterType(0, Object.class));
    }

    private StringEncoding encoding() {
        return ComponentCode.encoding(canon.options());
    }

    // Calls of another component.

    private MethodHandle bridge(ComponentState state, LinkedFunc.Lifted lifted) {
        LiftCode callee = lifted.code();
        if (callee.options().async()) {
            throw BuiltInCode.notYet(callee.name() + ", a function that is lifted with \"async\",");
        }
        MethodHandle unused = MethodHandles.empty(MethodType.methodType(void.class));
        CanonicalFunctions ours = component.functions(state, unused, canon.options());
        CanonicalFunctions caller = withResources(ours, callee.type());
        CanonicalBridge plan = CanonicalBridge.of(callee.name(), callee.type(), encoding(), callee.encoding());
        CanonicalFunctions theirs = callee.functions(lifted.state());
        MethodHandle calleeOf = MethodHandles.insertArguments(CALLEE_OF, 0, coreFunc);
        MethodHandle crossing = component.isInterpreted()
                ? plan.interpret(caller, theirs, calleeOf)
                : plan.compile(caller, theirs, calleeOf);
        return recorded(
                entering(Compartment.trapOnException(crossing)),
                MethodHandles.insertArguments(RECORD_ACROSS, 0, coreFunc, name == null ? callee.name() : name));
    }

    /** Enters the callee around a call. After a failure the instance is unusable, so the state need not be restored. */
    private MethodHandle entering(MethodHandle crossing) {
        return MethodHandles.foldArguments(
                Handles.guarded(crossing, MethodHandles.insertArguments(LEAVE, 0, coreFunc), Task.class),
                MethodHandles.insertArguments(ENTER, 0, coreFunc));
    }

    /** Adapts functions to another type of the function, which has other variables for the same resources. */
    private CanonicalFunctions withResources(CanonicalFunctions ours, FuncType theirs) {
        Map<ResourceVariable, Integer> numbers = new HashMap<>();
        match(theirs, type, numbers);
        return new CanonicalFunctions(
                ours.target(),
                ours.memory(),
                ours.realloc(),
                ours.postReturn(),
                resource -> Objects.requireNonNull(numbers.get(ResourceVariable.of(resource))));
    }

    /** Finds the caller's number for each resource of the callee. The types are equal except for resources. */
    private void match(FuncType theirs, FuncType ours, Map<ResourceVariable, Integer> numbers) {
        for (int i = 0; i < theirs.params().size(); i++) {
            match(theirs.params().get(i).type(), ours.params().get(i).type(), numbers);
        }
        if (theirs.result() != null && ours.result() != null) {
            match(theirs.result(), ours.result(), numbers);
        }
    }

    private void match(ValType theirs, ValType ours, Map<ResourceVariable, Integer> numbers) {
        ResourceType resource = resourceOf(theirs);
        ResourceType here = resourceOf(ours);
        if (resource != null && here != null) {
            numbers.put(ResourceVariable.of(resource), component.number(here));
            return;
        }
        List<ValType> ourParts = ours.parts();
        List<ValType> theirParts = theirs.parts();
        for (int i = 0; i < theirParts.size(); i++) {
            match(theirParts.get(i), ourParts.get(i), numbers);
        }
    }

    private static @Nullable ResourceType resourceOf(ValType type) {
        if (type instanceof OwnType own) {
            return own.resource();
        }
        return type instanceof BorrowType borrow ? borrow.resource() : null;
    }

    // Calls of the host.

    private MethodHandle serving(ComponentState state, LinkedFunc.Host host) {
        MethodHandle serving = host.function() instanceof HostMethod method
                ? compile(
                        CanonicalServing.of(host.name(), method.shape(type), encoding()),
                        component.functions(state, method.target(), canon.options()))
                : dynamic(state, host);
        MethodHandle thrower = MethodHandles.insertArguments(HOST_THREW, 0, host.name());
        thrower = MethodHandles.filterReturnValue(
                thrower, MethodHandles.throwException(serving.type().returnType(), Exception.class));
        MethodHandle recorded = recorded(
                MethodHandles.catchException(serving, Exception.class, thrower),
                MethodHandles.insertArguments(RECORD, 0, host.name()));
        return MethodHandles.foldArguments(recorded, COUNT_CALL);
    }

    /** Records a call for the flight recorder, if crossings are recorded. */
    private static MethodHandle recorded(MethodHandle call, MethodHandle record) {
        return MethodHandles.foldArguments(Handles.guarded(call, END, RecordedCall.class), record);
    }

    private MethodHandle dynamic(ComponentState state, LinkedFunc.Host host) {
        FuncType called = host.function() instanceof PassedFunction passed ? passed.type() : type;
        MethodHandle target = MethodHandles.insertArguments(CALL_HOST, 0, host, called)
                .asCollector(Value[].class, called.params().size());
        if (called.result() == null) {
            target = target.asType(target.type().changeReturnType(void.class));
        }
        CanonicalFunctions functions = component.functions(state, target, canon.options());
        return compile(
                CanonicalServing.dynamic(host.name(), called, encoding()),
                called == type ? functions : withResources(functions, called));
    }

    private MethodHandle compile(CanonicalServing serving, CanonicalFunctions functions) {
        return component.isInterpreted() ? serving.interpret(functions) : serving.compile(functions);
    }

    /** {@code (CanonicalContext, P...) -> R}, which traps without reading its arguments. */
    private MethodHandle trapping(UndefinedFunction undefined) {
        Class<?> result = coreType.results().isEmpty()
                ? void.class
                : coreType.results().get(0).carrier();
        MethodHandle trap = MethodHandles.filterReturnValue(
                MethodHandles.insertArguments(UNDEFINED, 0, undefined.name()),
                MethodHandles.throwException(result, Trap.class));
        List<Class<?>> params =
                coreType.params().stream().<Class<?>>map(CoreValType::carrier).toList();
        return MethodHandles.dropArguments(trap, 1, params);
    }

    // Called by method handle.

    static CanonicalContext calleeOf(int coreFunc, CanonicalContext caller) {
        return ((ComponentState) caller).entry(coreFunc).callee();
    }

    static Task enter(int coreFunc, CanonicalContext caller) {
        return ((ComponentState) caller).entry(coreFunc).enter();
    }

    @SuppressWarnings("unused") // its form is that of tryFinally
    static void leave(int coreFunc, @Nullable Throwable thrown, Task before, CanonicalContext caller) {
        ((ComponentState) caller).entry(coreFunc).leave(before);
    }

    static void countCall(CanonicalContext caller) {
        ((ComponentState) caller).compartment().countHostCall();
    }

    static @Nullable RecordedCall record(String function, CanonicalContext caller) {
        return ((ComponentState) caller).recorded(function, FlightEvents.Direction.OUT);
    }

    static @Nullable RecordedCall recordAcross(int coreFunc, String function, CanonicalContext caller) {
        ComponentState state = (ComponentState) caller;
        return state.recordedAcross(function, state.entry(coreFunc).callee());
    }

    @SuppressWarnings("unused") // its form is that of tryFinally
    static void end(@Nullable Throwable thrown, @Nullable RecordedCall recorded, CanonicalContext caller) {
        if (recorded != null) {
            recorded.end();
        }
    }

    static Trap undefined(String function, CanonicalContext caller) {
        return ((ComponentState) caller).compartment().unknownImport(function);
    }

    static Exception hostThrew(String function, Exception thrown, CanonicalContext caller) {
        return ((ComponentState) caller).compartment().outOfHostFunction(function, thrown);
    }

    public static @Nullable Value callHost(LinkedFunc.Host host, FuncType type, Value[] args) throws Exception {
        Value result = host.function().call(type, List.of(args));
        if (type.result() == null
                ? result != null
                : result == null || !result.type().equals(type.result())) {
            throw new ValueException(host.name() + " returned " + (result == null ? "nothing" : "a " + result.type())
                    + ", not " + (type.result() == null ? "nothing" : "a " + type.result()));
        }
        return result;
    }
}
