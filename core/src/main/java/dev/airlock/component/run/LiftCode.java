package dev.airlock.component.run;

import dev.airlock.abi.canonical.CanonicalCall;
import dev.airlock.abi.canonical.CanonicalFunctions;
import dev.airlock.abi.canonical.StringEncoding;
import dev.airlock.component.binary.Canon;
import dev.airlock.component.binary.CanonOptions;
import dev.airlock.error.SignatureException;
import dev.airlock.shape.MethodShape;
import dev.airlock.type.FuncType;
import dev.airlock.type.Value;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The code of a lifted function ({@code canon lift}), shared by the instances of the component. */
public final class LiftCode {
    private final ComponentCode component;
    private final Canon.Lift canon;
    private final FuncType type;
    private final String name;
    /** The indices of all core functions that the code calls. */
    private final int[] coreFuncs;

    private final Map<List<MethodHandle>, MethodHandle> dynamic = new ConcurrentHashMap<>();
    private final Map<TypedKey, Typed> typed = new ConcurrentHashMap<>();

    /** @param name the name in errors */
    LiftCode(ComponentCode component, Canon.Lift canon, FuncType type, String name) {
        this.component = component;
        this.canon = canon;
        this.type = type;
        this.name = name;
        this.coreFuncs = Stream.of(
                        canon.coreFunc(),
                        canon.options().realloc(),
                        canon.options().postReturn())
                .filter(Objects::nonNull)
                .mapToInt(index -> index)
                .toArray();
    }

    FuncType type() {
        return type;
    }

    String name() {
        return name;
    }

    public ComponentCode component() {
        return component;
    }

    CanonOptions options() {
        return canon.options();
    }

    StringEncoding encoding() {
        return ComponentCode.encoding(canon.options());
    }

    /** Returns the functions of the core module. Instances whose core functions come from the same modules share them. */
    CanonicalFunctions functions(ComponentState state) {
        return component.functions(state, component.coreFunc(state, canon.coreFunc()), canon.options());
    }

    /** A key that is equal for instances that can share code, as nearly all instances of a component can. */
    List<MethodHandle> key(ComponentState state) {
        return Arrays.stream(coreFuncs)
                .mapToObj(index -> component.coreFunc(state, index))
                .toList();
    }

    /** The key as objects other than method handles: equal for instances whose core functions have the same code. */
    public List<Object> coreCode(ComponentState state) {
        return Arrays.stream(coreFuncs)
                .mapToObj(index -> state.coreFunc(index).code())
                .toList();
    }

    public boolean isOf(ComponentState state, List<Object> coreCode) {
        int[] indices = coreFuncs;
        for (int i = 0; i < indices.length; i++) {
            if (!state.coreFunc(indices[i]).code().equals(coreCode.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** @throws SignatureException if the function is async, or its type has async values */
    public void checkRuns() {
        String problem = options().async()
                ? name + ", a function that is lifted with \"async\","
                : BuiltInCode.asyncPart(name, type);
        if (problem != null) {
            throw new SignatureException(BuiltInCode.notYetText(problem));
        }
    }

    /**
     * The code of a call from the host with Java types.
     *
     * @param inside {@code (CanonicalContext, P...) -> R}
     * @param outcome see {@link CanonicalCall#outcome}
     */
    public record Typed(MethodHandle inside, @Nullable MethodHandle outcome) {}

    private record TypedKey(List<MethodHandle> key, MethodShape shape) {}

    /**
     * Returns the code of the call by a Java method.
     *
     * @param shape the method's shape, matched to this function's type
     */
    public Typed typed(ComponentState state, MethodShape shape) {
        checkRuns();
        var key = new TypedKey(key(state), shape);
        Typed known = typed.get(key);
        if (known == null) {
            CanonicalCall call = CanonicalCall.of(name, shape, encoding());
            var made = new Typed(compile(call, state), call.outcome());
            Typed earlier = typed.putIfAbsent(key, made);
            known = earlier == null ? made : earlier;
        }
        return known;
    }

    private MethodHandle compile(CanonicalCall call, ComponentState state) {
        return component.isInterpreted() ? call.interpret(functions(state)) : call.compile(functions(state));
    }

    /**
     * Describes the steps of the call by a method.
     *
     * @param export the name of the export
     */
    public String explain(String export, MethodShape shape) {
        return explain(export, CanonicalCall.of(export, shape, encoding()));
    }

    /** Describes the steps of the call with values. */
    public String explain(String export) {
        checkRuns();
        return explain(export, CanonicalCall.dynamic(export, type, encoding()));
    }

    private String explain(String export, CanonicalCall call) {
        return export + ": " + type + ", by the canonical ABI; strings are "
                + encoding().name().toLowerCase(Locale.ROOT).replace('_', '+') + "\n" + call.explain();
    }

    /** {@code (CanonicalContext, Value[]) -> Value}: the code of a call from the host with values. */
    public MethodHandle dynamic(ComponentState state) {
        return dynamic.computeIfAbsent(key(state), key -> {
            MethodHandle call = compile(CanonicalCall.dynamic(name, type, encoding()), state);
            return call.asType(call.type().changeReturnType(Value.class))
                    .asSpreader(Value[].class, type.params().size());
        });
    }
}
