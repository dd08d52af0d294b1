package dev.airlock.abi.canonical;

import dev.airlock.abi.Abi;
import dev.airlock.abi.Plan;
import dev.airlock.abi.PlannedCall;
import dev.airlock.abi.form.Form;
import dev.airlock.abi.form.JavaForms;
import dev.airlock.abi.form.JavaOperations;
import dev.airlock.abi.form.ValueForms;
import dev.airlock.codegen.Handles;
import dev.airlock.error.SignatureException;
import dev.airlock.mapping.Result;
import dev.airlock.shape.ErrorShape;
import dev.airlock.shape.FutureMethods;
import dev.airlock.shape.MethodShape;
import dev.airlock.type.FuncType;
import dev.airlock.type.ResultType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of a component that Java calls, by the canonical ABI ({@code canon lift}), synchronously.
 *
 * <p>Errors in the arguments are found before the guest is touched, except that a table of handles may be full. Errors
 * in what the guest returns are {@link dev.airlock.error.Trap}s.
 */
public final class CanonicalCall implements PlannedCall<CanonicalFunctions> {
    private final Plan plan;
    private final @Nullable MethodHandle outcome;

    private CanonicalCall(Plan plan, @Nullable MethodHandle outcome) {
        this.plan = plan;
        this.outcome = outcome;
    }

    /**
     * Plans a call by a Java method.
     *
     * @param name of the function, for errors
     * @param method {@linkplain MethodShape#fit fitted} to the function's type
     * @throws SignatureException if a record or exception cannot be reached from here
     */
    public static CanonicalCall of(String name, MethodShape method, StringEncoding encoding) {
        var forms = new JavaForms();
        List<Form> params =
                method.params().stream().map(param -> forms.of(param.shape())).toList();
        ErrorShape error = method.errorShape();
        Form result = method.result() == null ? null : forms.of(method.result());
        if (error != null && method.type().result() instanceof ResultType type) {
            Form failure = error.payload() == null ? null : forms.of(error.payload());
            result = JavaForms.result(type, result, failure);
        }
        Plan plan = new CanonicalPlanner(name, encoding, method.paramNames(), params, result).call();
        return new CanonicalCall(plan, error == null ? null : Outcomes.unwrapping(method, error));
    }

    /**
     * Plans a call with {@link dev.airlock.type.Value}s.
     *
     * @param name of the function, for errors
     */
    public static CanonicalCall dynamic(String name, FuncType type, StringEncoding encoding) {
        var forms = new ValueForms();
        List<Form> params =
                type.params().stream().map(param -> forms.given(param.type())).toList();
        Form result = type.result() == null ? null : forms.of(type.result());
        return new CanonicalCall(
                new CanonicalPlanner(name, encoding, CanonicalPlanner.names(type), params, result).call(), null);
    }

    @Override
    public Plan plan() {
        return plan;
    }

    /**
     * Binds the steps to a component. What they compile to is of type {@code (CanonicalContext, P…) -> R}. For a method with
     * a checked exception R is a {@link Result}, which {@link #outcome()} takes apart.
     */
    @Override
    public Abi abi(CanonicalFunctions functions) {
        return Sides.one(functions);
    }

    /**
     * {@code (Object result) -> R}: returns what comes with success, or throws the method's exception. The caller puts
     * it outside of what takes exceptions for the guest's. Null for a method without a checked exception.
     */
    public @Nullable MethodHandle outcome() {
        return outcome;
    }

    /** The two ways between a {@link Result} and a method that throws. */
    static final class Outcomes {
        private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

        private Outcomes() {}

        private static MethodHandle ours(String name, Class<?> result, Class<?>... params) {
            return Handles.own(LOOKUP, name, MethodType.methodType(result, params));
        }

        static MethodHandle unwrapping(MethodShape method, ErrorShape error) {
            Method java = method.method();
            Class<?> result = FutureMethods.isOne(java) ? Object.class : java.getReturnType();
            MethodHandle ok = JavaOperations.OK_VALUE.asType(MethodType.methodType(result, Object.class));
            MethodHandle make = error.payload() == null
                    ? MethodHandles.dropArguments(error.constructor(), 0, Object.class)
                    : MethodHandles.filterArguments(
                            error.constructor().asType(MethodType.methodType(error.exception(), Object.class)),
                            0,
                            JavaOperations.ERR_ERROR);
            MethodHandle thrown = MethodHandles.filterReturnValue(
                    make.asType(MethodType.methodType(error.exception(), Object.class)),
                    MethodHandles.throwException(result, error.exception()));
            return MethodHandles.guardWithTest(ours("isErr", boolean.class, Object.class), thrown, ok);
        }

        /** {@code (P…) -> Result}: wraps what a method returns or throws. */
        static MethodHandle wrapping(MethodHandle method, ErrorShape error) {
            MethodHandle returns = method.type().returnType() == void.class
                    ? MethodHandles.filterReturnValue(
                            method, MethodHandles.insertArguments(JavaOperations.OK_MAKE, 0, (Object) null))
                    : MethodHandles.filterReturnValue(
                            method.asType(method.type().changeReturnType(Object.class)), JavaOperations.OK_MAKE);
            MethodHandle failed = error.accessor() == null
                    ? MethodHandles.dropArguments(
                            MethodHandles.insertArguments(JavaOperations.ERR_MAKE, 0, (Object) null),
                            0,
                            error.exception())
                    : MethodHandles.filterReturnValue(
                                    error.accessor().asType(MethodType.methodType(Object.class, error.exception())),
                                    JavaOperations.ERR_MAKE)
                            .asType(MethodType.methodType(Object.class, error.exception()));
            return MethodHandles.catchException(returns, error.exception(), failed);
        }

        // By handle, above.
        static boolean isErr(Object result) {
            return result instanceof Result.Err;
        }
    }
}
