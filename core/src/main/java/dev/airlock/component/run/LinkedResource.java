package dev.airlock.component.run;

import dev.airlock.engine.Compartment;
import dev.airlock.engine.CoreFunc;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A resource type at run time, made by an instance or by the host, and equal only to itself (Canonical ABI, "Resource State").
 * The representation of a component's resource is an {@code Integer}; that of a host's resource is the Java object.
 */
public final class LinkedResource {
    private final String name;
    private final @Nullable ComponentState definer;
    private final @Nullable CoreFunc destructor;
    private final @Nullable Class<?> javaType;
    private final @Nullable Consumer<Object> onDrop;

    private final boolean undefined;

    private final Map<Class<?>, ResourceView> views = new HashMap<>();
    private @Nullable MethodHandle destructorCall;

    private LinkedResource(
            String name,
            @Nullable ComponentState definer,
            @Nullable CoreFunc destructor,
            @Nullable Class<?> javaType,
            @Nullable Consumer<Object> onDrop,
            boolean undefined) {
        this.undefined = undefined;
        this.name = name;
        this.definer = definer;
        this.destructor = destructor;
        this.javaType = javaType;
        this.onDrop = onDrop;
    }

    static LinkedResource ofGuest(String name, ComponentState definer, @Nullable CoreFunc destructor) {
        return new LinkedResource(name, definer, destructor, null, null, false);
    }

    /** @param onDrop called when a guest drops an object that it owns */
    public static <T> LinkedResource ofHost(String name, Class<T> javaType, Consumer<? super T> onDrop) {
        return new LinkedResource(name, null, null, javaType, dropped -> onDrop.accept(javaType.cast(dropped)), false);
    }

    /** Returns a stub for a resource that the host has not defined. Its Java type is {@code Object}. */
    public static LinkedResource undefined(String name) {
        return new LinkedResource(name, null, null, Object.class, dropped -> {}, true);
    }

    String name() {
        return name;
    }

    /** Whether this is a stub for a resource that the host has not defined. */
    public boolean isUndefined() {
        return undefined;
    }

    /** Describes the owner, for errors; {@code before} is the resource that the error names first, if any. */
    public String described(@Nullable LinkedResource before) {
        if (definer != null) {
            ComponentState other = before == null ? null : before.definer;
            boolean another = other != null && other.code() == definer.code() && other.family() != definer.family();
            return (another ? "that of another instance of " : "that of ") + definer;
        }
        return undefined || javaType == null ? "not defined" : "the host's " + javaType.getName();
    }

    /** The instance that defines the resource; null for the host. */
    @Nullable
    ComponentState definer() {
        return definer;
    }

    /** Whether an instance of this family defines it. */
    boolean isOf(InstanceFamily family) {
        return definer != null && definer.family() == family;
    }

    /**
     * The number of resets of the component that defines the resource. Resources of an earlier generation no longer exist, and
     * their representations may have been reused. Always 0 for a resource of the host.
     */
    long generation() {
        return definer == null ? 0 : definer.family().generation();
    }

    /** The Java type of a host resource; null for a resource of a component. */
    @Nullable
    public Class<?> javaType() {
        return javaType;
    }

    /** Returns the view of a component's resource as a Java interface; null if the interface was never bound. */
    @Nullable
    public ResourceView view(Class<?> type) {
        return views.get(type);
    }

    public void view(Class<?> type, ResourceView view) {
        views.put(type, view);
    }

    /**
     * Runs the destructor. For a component's resource, the caller has entered the instance that defines it.
     *
     * @param representation the representation in the owning handle
     */
    void destroy(Object representation) {
        if (onDrop != null) {
            onDrop.accept(representation);
        } else if (destructor != null) {
            if (destructorCall == null) {
                destructorCall = destructor.inside();
            }
            try {
                // No handle that catches: destructors may call each other, and each level of that takes frames of the
                // stack.
                destructorCall.invokeExact(destructor.target(), (int) (Integer) representation);
            } catch (RuntimeException e) {
                throw Compartment.withoutException(e);
            } catch (Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("a core function threw a checked exception", e);
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
