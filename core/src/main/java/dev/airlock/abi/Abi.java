package dev.airlock.abi;

import dev.airlock.codegen.MethodCode;
import java.lang.invoke.MethodHandles;

/** What the machine needs to know of one family of steps: the ways into a guest, and how its steps are compiled and run. */
public interface Abi {
    /** A lookup into the package whose operations the steps call; generated classes get this package. */
    MethodHandles.Lookup lookup();

    /** The type of the first parameter of each plan, before its registers: the guest, or a component instance. */
    Class<?> contextType();

    /** Returns what generated code calls a type: itself, if our class loader knows it, or {@code Object}. */
    Class<?> erase(Class<?> type);

    /** Starts the code of a method. */
    StepCode code(Plan plan, MethodCode to, PlanCompiler compiler);

    /** Starts a run. */
    Frame frame(Plan plan, Object context) throws Throwable;

    /** Whether parts of a long plan may go to methods of their own. */
    boolean isDivisible(Plan plan);
}
