package dev.airlock.component.bind;

import dev.airlock.component.ComponentFunc;
import dev.airlock.component.ComponentInstance;
import dev.airlock.component.run.ComponentCode;
import dev.airlock.engine.Holdings;
import dev.airlock.error.SignatureException;
import dev.airlock.limit.CallOptions;
import dev.airlock.shape.FutureMethods;
import java.util.Objects;

/** Makes interfaces stand for what a component instance exports, and Java objects for what it imports. */
public final class ComponentBindings {
    private ComponentBindings() {}

    /**
     * An interface whose methods call the functions that an instance exports.
     *
     * <p>All methods of one interface stand for functions of one WIT interface, or for functions that stand in none: the
     * one that has them all. Where several do, the one whose name the Java interface has, or that
     * {@link dev.airlock.mapping.GuestName} gives. A method without parameters that returns another Java interface, and
     * that no function has the name of, gives that interface, bound by the same rules; the method's name may choose too.
     *
     * <p>A method finds its function by its name in kebab case. {@code newBlob} is the constructor of a resource
     * {@code blob}, and {@code blobMerge} its static function {@code merge}. {@code GuestName} names any, as in
     * {@code "[static]blob.merge"}. A checked exception stands for the error of a {@code result}.
     *
     * <p>A resource of the component is an interface of the resource's name that is {@link AutoCloseable}; its methods are
     * the resource's. One that a function gave as its own is closed by whoever holds it, as often as they like, or given
     * away to a parameter that owns; one that was borrowed ends with its call. Afterwards, and after its instance is gone,
     * its methods throw {@link dev.airlock.error.InstanceStateException}.
     *
     * <p>Default and static methods stay what they are; {@code close()} of an {@link AutoCloseable} closes the instance.
     * All belong to the instance's thread. Calls throw {@link dev.airlock.error.ValueException} for a value that does not
     * fit, and what {@link ComponentFunc#call} throws.
     *
     * @throws SignatureException with all methods that cannot stand for a function of the component, and why
     */
    public static <T> T bind(ComponentInstance instance, Class<T> type) {
        return bind(instance, type, false);
    }

    /**
     * The same for whom calls in a thread of its own: a method that returns a {@code CompletableFuture} has called the
     * function by the time that it returns, and its future is complete. Else such methods are refused. Public for pools.
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
     * The steps of each call of an interface that is bound to what an instance exports, in words.
     *
     * @throws SignatureException with all methods that cannot stand for a function of the component, and why
     */
    public static String explain(ComponentInstance instance, Class<?> type) {
        return new InterfaceBinding(instance, true).explain(type);
    }

    /** Whether an instance can be entered no more. */
    public static boolean isShut(ComponentInstance instance) {
        return instance.isShut();
    }

    /**
     * Has options hold for the calls of an instance from now on, until others are given.
     *
     * @throws dev.airlock.error.InstanceStateException if a thread is in it, or it can no longer be entered
     */
    public static void heed(ComponentInstance instance, CallOptions options) {
        instance.heed(options);
    }

    /** What the host holds for an instance. */
    public static Holdings holdings(ComponentInstance instance) {
        return instance.holdings();
    }
}
