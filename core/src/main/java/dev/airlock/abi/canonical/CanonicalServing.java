package dev.airlock.abi.canonical;

import dev.airlock.abi.Abi;
import dev.airlock.abi.Plan;
import dev.airlock.abi.PlannedCall;
import dev.airlock.abi.form.Form;
import dev.airlock.abi.form.JavaForms;
import dev.airlock.abi.form.ValueForms;
import dev.airlock.error.SignatureException;
import dev.airlock.shape.ErrorShape;
import dev.airlock.shape.MethodShape;
import dev.airlock.type.FuncType;
import dev.airlock.type.ResultType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Java function that a component calls, by the canonical ABI ({@code canon lower}), synchronously. */
public final class CanonicalServing implements PlannedCall<CanonicalFunctions> {
    private final Plan plan;
    private final @Nullable ErrorShape error;

    private CanonicalServing(Plan plan, @Nullable ErrorShape error) {
        this.plan = plan;
        this.error = error;
    }

    /**
     * Plans a Java method that a guest calls.
     *
     * @param name of the function, for errors
     * @param method {@linkplain MethodShape#fit fitted} to the function's type
     * @throws SignatureException if a record or exception cannot be reached from here
     */
    public static CanonicalServing of(String name, MethodShape method, StringEncoding encoding) {
        var forms = new JavaForms();
        List<Form> params =
                method.params().stream().map(param -> forms.of(param.shape())).toList();
        ErrorShape error = method.errorShape();
        Form result = method.result() == null ? null : forms.of(method.result());
        if (error != null && method.type().result() instanceof ResultType type) {
            Form failure = error.payload() == null ? null : forms.of(error.payload());
            result = JavaForms.result(type, result, failure);
        }
        return new CanonicalServing(
                new CanonicalPlanner(name, encoding, method.paramNames(), params, result).serve(), error);
    }

    /**
     * Plans a function of {@link dev.airlock.type.Value}s that a guest calls.
     *
     * @param name of the function, for errors
     */
    public static CanonicalServing dynamic(String name, FuncType type, StringEncoding encoding) {
        var forms = new ValueForms();
        List<Form> params =
                type.params().stream().map(param -> forms.of(param.type())).toList();
        Form result = type.result() == null ? null : forms.given(type.result());
        return new CanonicalServing(
                new CanonicalPlanner(name, encoding, CanonicalPlanner.names(type), params, result).serve(), null);
    }

    @Override
    public Plan plan() {
        return plan;
    }

    /**
     * Binds the steps to a component. What they compile to is of type
     * {@code (CanonicalContext, core parameters…) -> core result}. An exception that the method declares becomes the
     * function's error; others pass through.
     *
     * @param functions with the Java method, which takes the parameters alone, as their target
     */
    @Override
    public Abi abi(CanonicalFunctions functions) {
        return Sides.one(caught(functions));
    }

    private CanonicalFunctions caught(CanonicalFunctions functions) {
        return error == null
                ? functions
                : new CanonicalFunctions(
                        CanonicalCall.Outcomes.wrapping(functions.target(), error),
                        functions.memory(),
                        functions.realloc(),
                        functions.postReturn(),
                        functions.resource());
    }
}
