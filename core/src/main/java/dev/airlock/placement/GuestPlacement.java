package dev.airlock.placement;

import dev.airlock.placement.Placement.In;
import dev.airlock.placement.Placement.Out;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Chooses where the strings and lists of one method lie and who frees them, if the guest's convention allows several ways and
 * the core type of the function does not tell which one it has: a method of an interface that is bound to a core module, or of an object that
 * serves its imports.
 *
 * <pre>{@code
 * @GuestPlacement(in = In.NUL_TERMINATED)
 * String repeat(String text, int times);      // char *repeat(const char *text, int times)
 * }</pre>
 *
 * <p>It narrows what the convention allows and adds no form. Binding fails if the convention has none of the forms, or if
 * the annotation has no effect on the method.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface GuestPlacement {
    /**
     * Returns the forms in which a block may go in; empty for those of the convention.
     *
     * @return the forms in which a block may go in
     */
    In[] in() default {};

    /**
     * Returns the forms in which a block may come back; empty for those of the convention.
     *
     * @return the forms in which a block may come back
     */
    Out[] out() default {};

    /**
     * Returns the kinds of AssemblyScript's lists that lists of numbers become where they go into the guest; empty for those of the
     * convention. See {@link dev.airlock.convention.ManagedObjects#lists(ManagedList, ManagedList...)}.
     *
     * @return the kinds of AssemblyScript's lists
     */
    ManagedList[] lists() default {};

    /**
     * Returns whether the guest keeps what it returns, as in {@code const char *name(int i) { return names[i]; }}: then the host does
     * not free it. See {@link dev.airlock.convention.Convention#staticResults()} for when this is needed.
     *
     * @return true if the host must not free the result
     */
    boolean staticResult() default false;
}
