package dev.airlock.shape;

import dev.airlock.error.SignatureException;
import dev.airlock.type.FuncType;
import dev.airlock.type.ResultType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Java method and the WIT function that it stands for.
 *
 * @param method the method
 * @param params in order
 * @param result null for a method that returns nothing
 * @param error the checked exception that the method declares, or null. WIT's {@code result<T, E>} returns
 *     {@code T} or throws it: see {@link ErrorShape}
 * @param type the function; where there is a checked exception and no WIT was given, its result is T alone, since Java
 *     does not say what E is
 */
public record MethodShape(
        Method method,
        List<Param> params,
        @Nullable JavaShape result,
        @Nullable Class<? extends Throwable> error,
        FuncType type) {
    private static final Pattern UNNAMED = Pattern.compile("arg\\d+");

    /**
     * A parameter.
     *
     * @param name as Java has it: {@code arg0} where the interface was compiled without {@code -parameters}
     */
    public record Param(String name, JavaShape shape) {}

    public MethodShape {
        params = List.copyOf(params);
    }

    /**
     * The shape of a method by which Java calls a component. One that returns {@code CompletableFuture<T>} has the shape of one
     * that returns {@code T}: see {@link FutureMethods}.
     *
     * @param owner the interface that is bound, a class or one with type arguments; the method is its own or inherited
     * @throws SignatureException if a type has no WIT type; the message has a line for each parameter or result
     */
    public static MethodShape calling(Type owner, Method method) {
        return new MethodShapeMaker(owner, method, true, false, 0).make();
    }

    /**
     * The shape of a method by which Java calls a core module. What has no WIT type is a {@link JavaShape.OpaqueShape}.
     *
     * @param owner the interface that is bound, a class or one with type arguments; the method is its own or inherited
     * @throws SignatureException if a type can be no payload either; the message has a line for each parameter or result
     */
    public static MethodShape callingCore(Type owner, Method method) {
        return new MethodShapeMaker(owner, method, true, true, 0).make();
    }

    /**
     * The shape of a method by which a core module calls Java. What has no WIT type is a {@link JavaShape.OpaqueShape}.
     *
     * @param owner the class of the object, or the interface of which it serves the methods
     * @param hostParams how many parameters come first that are the host's alone: the guest has none of them
     * @throws SignatureException if a type can be no payload either; the message has a line for each parameter or result
     */
    public static MethodShape servingCore(Type owner, Method method, int hostParams) {
        return new MethodShapeMaker(owner, method, false, true, hostParams).make();
    }

    /**
     * The shape of a method by which a component calls Java.
     *
     * @param owner the class of the object, or the interface of which it serves the methods
     * @throws SignatureException if a type has no WIT type; the message has a line for each parameter or result
     */
    public static MethodShape serving(Type owner, Method method) {
        return serving(owner, method, 0);
    }

    /**
     * The same for a method whose first parameters are the host's alone: the guest has none of them.
     *
     * @param hostParams how many
     */
    public static MethodShape serving(Type owner, Method method, int hostParams) {
        return new MethodShapeMaker(owner, method, false, false, hostParams).make();
    }

    /** The method's name as Java has it; {@link Names} has the others. */
    public String name() {
        return Names.of(method);
    }

    /**
     * How errors name the parameters: as Java has them. If the method was compiled without {@code -parameters}, Java has no
     * more than {@code arg0}; then the method is part of the name, and WIT's name is used if there is one: {@code
     * Orders.place(order)}.
     */
    public List<String> paramNames() {
        if (Arrays.stream(method.getParameters()).anyMatch(Parameter::isNamePresent)) {
            return params.stream().map(Param::name).toList();
        }
        var names = new ArrayList<String>();
        for (int i = 0; i < params.size(); i++) {
            String name = params.get(i).name();
            names.add(
                    UNNAMED.matcher(name).matches()
                            ? method.getDeclaringClass().getSimpleName() + "." + method.getName() + "("
                                    + type.params().get(i).name() + ")"
                            : name);
        }
        return names;
    }

    /** What each parameter is while it crosses. */
    public List<Carrier> carriers() {
        return params.stream().map(param -> param.shape().carrier()).toList();
    }

    /** What the result is while it crosses, or null for none. */
    public @Nullable Carrier resultCarrier() {
        return result == null ? null : result.carrier();
    }

    /**
     * The same method for a WIT function that is given from elsewhere. Parameters are matched by their order, components
     * by name, and numbers take WIT's signs: an {@code int} does for {@code u8}, {@code u16}, {@code s32}, {@code u32}
     * and {@code char}.
     *
     * @throws SignatureException if they do not fit; the message has a line for each place where they differ, with both
     *     sides
     */
    public MethodShape fit(FuncType wit) {
        return MethodShapeMaker.fit(this, wit);
    }

    /**
     * How the checked exception carries the error, once the method has been {@linkplain #fit fitted}; null where it
     * declares none.
     *
     * @throws SignatureException if it cannot
     */
    public @Nullable ErrorShape errorShape() {
        return error == null || !(type.result() instanceof ResultType fallible)
                ? null
                : ErrorShape.of(error, fallible.err());
    }

    /** The method as errors name it: {@code Api.place(Order order)}. */
    public String describe() {
        return MethodShapeMaker.describe(this);
    }
}
