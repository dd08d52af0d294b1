package dev.airlock.component.bind;

import dev.airlock.component.ComponentFunc;
import dev.airlock.component.ComponentInstance;
import dev.airlock.component.run.ComponentCode;
import dev.airlock.error.SignatureException;
import dev.airlock.shape.FutureMethods;
import java.util.Objects;

/** Binds Java interfaces to the exports of component instances. */
public final class ComponentBindings {
    private ComponentBindings() {}

    /**
     * Returns an implementation of an interface whose methods call the exported functions of an instance.
     *
     * <p>All methods of one interface call functions of one WIT interface, or functions outside of interfaces: those of the one
     * that has all of them. If several do, the name of the Java interface or {@link dev.airlock.mapping.GuestName} chooses. A
     * method without parameters that returns another Java interface, and that has no function of its name, returns that
     * interface, bound by the same rules; the method's name may choose too.
     *
     * <p>A method calls the function that has its name in kebab case. {@code newBlob} is the constructor of a resource
     * {@code blob}, and {@code blobMerge} its static function {@code merge}. {@code GuestName} gives any name, such as
     * {@code "[static]blob.merge"}. A checked exception represents the error of a {@code result}.
     *
     * <p>A resource of the component is a Java interface with the resource's name that extends {@link AutoCloseable}; its
     * methods are those of the resource. A resource returned as {@code own} belongs to the caller, who closes it (more than
     * once does no harm) or passes it to a parameter that takes {@code own}. A {@code borrow} ends with its call. Afterwards,
     * and after its instance has ended, its methods throw {@link dev.airlock.error.InstanceStateException}.
     *
     * <p>Default and static methods keep their code; {@code close()} of an {@link AutoCloseable} closes the instance. All
     * belong to the instance's thread. Calls throw {@link dev.airlock.error.ValueException} for a value that its type does not
     * allow, and what {@link ComponentFunc#call} throws.
     *
     * @param <T> the interface
     * @param instance the instance whose exports are called
     * @param type the interface's class
     * @return the implementation
     * @throws SignatureException with all methods that match no function of the component, and why
     */
    public static <T> T bind(ComponentInstance instance, Class<T> type) {
        return bind(instance, type, false);
    }

    /**
     * Binds an interface as {@link #bind} does, but allows methods that return a {@code CompletableFuture}: they call the
     * function before they return, so the future is complete. For pools, which call such methods in another thread.
     *
     * @param <T> the interface
     * @param instance the instance whose exports are called
     * @param type the interface's class
     * @return the implementation
     * @throws SignatureException with all methods that match no function of the component, and why
     */
    public static <T> T bindCompleting(ComponentInstance instance, Class<T> type) {
        return bind(instance, type, true);
    }

    private static <T> T bind(ComponentInstance instance, Class<T> type, boolean completing) {
        ComponentCode code = instance.component().code();
        BindingRecipe known = completing || !FutureMethods.areIn(type) ? (BindingRecipe) code.attachment(type) : null;
        Object bound = known == null ? null : known.apply(instance);
        if (bound == null) {
            BindingRecipe made = new InterfaceBinding(instance, completing).recipe(type);
            bound = Objects.requireNonNull(made.apply(instance), "it was made for this instance");
            code.attach(type, made);
        }
        return type.cast(bound);
    }

    /**
     * Describes the steps of each call of an interface, such as copies and checks.
     *
     * @param instance the instance that the interface is bound to
     * @param type the interface's class
     * @return several lines of text, for people; its form may change
     * @throws SignatureException with all methods that match no function of the component, and why
     */
    public static String explain(ComponentInstance instance, Class<?> type) {
        return new InterfaceBinding(instance, true).explain(type);
    }
}
