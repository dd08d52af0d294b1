package dev.airlock.component.run;

import dev.airlock.engine.Compartment;
import dev.airlock.engine.CoreFunc;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A type of resource that an instance or the host made: equal to itself alone (Canonical ABI, "Resource State"). The
 * representation of one that a component defines is an {@code Integer}; of one of the host's, the Java object itself.
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

    /** @param onDrop told when a guest drops what it owns */
    public static <T> LinkedResource ofHost(String name, Class<T> javaType, Consumer<? super T> onDrop) {
        return new LinkedResource(name, null, null, javaType, dropped -> onDrop.accept(javaType.cast(dropped)), false);
    }

    /** One that the host has not defined: any object will do, since no function of it can be called. */
    public static LinkedResource undefined(String name) {
        return new LinkedResource(name, null, null, Object.class, dropped -> {}, true);
    }

    String name() {
        return name;
    }

    /** Whether the host has not said what it is. */
    public boolean isUndefined() {
        return undefined;
    }

    /** Whose it is, for errors, where another one may have been named before. */
    public String described(@Nullable LinkedResource before) {
        if (definer != null) {
            ComponentState other = before == null ? null : before.definer;
            boolean another = other != null && other.code() == definer.code() && other.family() != definer.family();
            return (another ? "that of another instance of " : "that of ") + definer;
        }
        return undefined || javaType == null ? "not defined" : "the host's " + javaType.getName();
    }

    /** The instance that may look into it; null where that is the host. */
    @Nullable
    ComponentState definer() {
        return definer;
    }

    /** Whether an instance of this family defines it. */
    boolean isOf(InstanceFamily family) {
        return definer != null && definer.family() == family;
    }

    /**
     * Counts how often the component that defines it was reset: what came before is not there any more, and a representation
     * of that time may be another resource's now. Always 0 for one of the host's.
     */
    long generation() {
        return definer == null ? 0 : definer.family().generation();
    }

    /** The Java type of the host's objects; null for a resource of a component. */
    @Nullable
    public Class<?> javaType() {
        return javaType;
    }

    /** How Java sees a component's resource as an interface of its own; null where that was never bound. */
    @Nullable
    public ResourceView view(Class<?> type) {
        return views.get(type);
    }

    public void view(Class<?> type, ResourceView view) {
        views.put(type, view);
    }

    /**
     * Runs the destructor: with a guest's own, the caller has entered the instance that defines it.
     *
     * @param representation that of a handle that owned it
     */
    void destroy(Object representation) {
        if (onDrop != null) {
            onDrop.accept(representation);
        } else if (destructor != null) {
            if (destructorCall == null) {
                destructorCall = Compartment.trapOnException(destructor.inside());
            }
            try {
                destructorCall.invokeExact(destructor.target(), (int) (Integer) representation);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("a core function threw what is checked", e);
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
