package dev.airlock.placement;

import dev.airlock.placement.Placement.In;
import dev.airlock.placement.Placement.Out;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Chooses where the strings and lists of one method lie and who frees them. It is needed if the guest's convention allows
 * several ways and the core type of the function does not show which one the guest uses. The method belongs to an interface
 * that is bound to a core module, or to an object that serves its imports.
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
     * Returns the forms in which a block may be passed to the guest.
     *
     * @return the forms; empty for those of the convention
     */
    In[] in() default {};

    /**
     * Returns the forms in which a block may come back from the guest.
     *
     * @return the forms; empty for those of the convention
     */
    Out[] out() default {};

    /**
     * Returns the kinds of AssemblyScript lists that lists of numbers may become when they are passed to the guest. See
     * {@link dev.airlock.convention.ManagedObjects#lists(ManagedList, ManagedList...)}.
     *
     * @return the kinds; empty for those of the convention
     */
    ManagedList[] lists() default {};

    /**
     * Returns whether the guest keeps the block that it returns, as in
     * {@code const char *name(int i) { return names[i]; }}, so that the host must not free it. See {@link dev.airlock.convention.Convention#staticResults()} for when this is needed.
     *
     * @return true if the host must not free the result
     */
    boolean staticResult() default false;
}
