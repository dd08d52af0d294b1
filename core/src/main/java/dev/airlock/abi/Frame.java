package dev.airlock.abi;

import dev.airlock.codegen.Register;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One run of a plan that is interpreted: its registers, and what its steps need besides. */
public abstract class Frame {
    private final Plan plan;
    private final String source;
    private final Map<Register, @Nullable Object> values = new HashMap<>();

    protected Frame(Plan plan) {
        this.plan = plan;
        this.source = plan.source();
    }

    /** The plan that runs. */
    public final Plan plan() {
        return plan;
    }

    /** Describes whose values are read, for messages. */
    public final String source() {
        return source;
    }

    /** The guest or component instance at hand. */
    public abstract Object context();

    /** The function that is called. */
    public abstract MethodHandle target();

    /** Returns what a register holds; null if it is not set. */
    public final @Nullable Object get(Register register) {
        return values.get(register);
    }

    /** Returns what a register holds, which is not null. */
    public final Object object(Register register) {
        return Objects.requireNonNull(values.get(register), register.name());
    }

    /** Returns the {@code int} that a register holds. */
    public int number(Register register) {
        return (int) object(register);
    }

    /** Sets a register. */
    public final void set(Register register, @Nullable Object value) {
        values.put(register, value);
    }

    /** Calls a handle with what registers hold. */
    public final @Nullable Object invoke(MethodHandle handle, List<Register> args) throws Throwable {
        var all = new ArrayList<@Nullable Object>();
        args.forEach(arg -> all.add(get(arg)));
        return handle.invokeWithArguments(all);
    }

    /** Calls a handle with an object, and what registers hold. */
    public final @Nullable Object invoke(MethodHandle handle, Object first, List<Register> args) throws Throwable {
        var all = new ArrayList<@Nullable Object>();
        all.add(first);
        args.forEach(arg -> all.add(get(arg)));
        return handle.invokeWithArguments(all);
    }

    /** Runs steps. */
    public final void run(List<Step> steps) throws Throwable {
        for (Step step : steps) {
            step.run(this);
        }
    }

    /** Runs the plan's steps. */
    protected void runPlan() throws Throwable {
        run(plan.steps());
    }
}
