package dev.airlock.component.bind;

import dev.airlock.component.ComponentInstance;
import dev.airlock.component.run.InstanceEntry;
import dev.airlock.component.run.LiftCode;
import dev.airlock.component.run.Linked;
import dev.airlock.component.run.LinkedFunc;
import dev.airlock.component.run.LinkedResource;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The recipe of a binding: what {@link InterfaceBinding} found out for one instance of a component, so that others are bound
 * without reflection. It retains no instance. It does not apply to an instance that has other modules, components or resources
 * than assumed.
 *
 * @param root the interface
 * @param seen the resources in the types of its methods
 * @param views the interfaces that resources are shown as
 */
record BindingRecipe(Bound root, List<Seen> seen, List<View> views) {
    /** An implementation, and those that its methods return. */
    record Bound(MethodHandle constructor, List<Use> uses, List<Bound> nested) {}

    /**
     * A function that a method calls.
     *
     * @param scope the interface of the function; empty for none
     * @param coreCode see {@link LiftCode#coreCode}
     */
    record Use(String scope, String function, LiftCode lift, List<Object> coreCode) {
        String fullName() {
            return scope.isEmpty() ? function : scope + "#" + function;
        }
    }

    /**
     * A resource in a function's type.
     *
     * @param number the resource's number in the function's component
     * @param ofHost the host's class; null for a component's resource
     */
    record Seen(Use use, int number, @Nullable Class<?> ofHost) {}

    /**
     * A resource of the component that is shown as an interface.
     *
     * @param scope the interface that exports the resource; empty for none
     * @param label the name of the export
     */
    record View(
            Use use, int number, String scope, String label, Class<?> type, MethodHandle constructor, List<Use> uses) {}

    /** @return the implementation; null if the recipe does not apply to this instance */
    @Nullable
    Object apply(ComponentInstance instance) {
        var application = new Application(instance);
        for (Seen one : seen) {
            LinkedResource resource = application.resource(one.use(), one.number());
            if (resource == null || resource.javaType() != one.ofHost()) {
                return null;
            }
        }
        for (View view : views) {
            if (!application.show(view)) {
                return null;
            }
        }
        return application.make(root);
    }

    private static final class Application {
        private final ComponentInstance instance;
        private @Nullable String scopeName;
        private @Nullable Map<String, Linked> scope;

        Application(ComponentInstance instance) {
            this.instance = instance;
        }

        private @Nullable Linked item(String inScope, String name) {
            if (!inScope.equals(scopeName)) {
                Map<String, Linked> all = instance.exports().exports();
                scope = inScope.isEmpty()
                        ? all
                        : all.get(inScope) instanceof Linked.Instance one ? one.exports() : null;
                scopeName = inScope;
            }
            return scope == null ? null : scope.get(name);
        }

        private LinkedFunc.@Nullable Lifted lifted(Use use) {
            return item(use.scope(), use.function()) instanceof LinkedFunc.Lifted lifted
                            && lifted.code() == use.lift()
                            && use.lift().isOf(lifted.state(), use.coreCode())
                    ? lifted
                    : null;
        }

        @Nullable
        LinkedResource resource(Use use, int number) {
            LinkedFunc.Lifted lifted = lifted(use);
            return lifted == null ? null : lifted.state().resource(number);
        }

        private InstanceEntry @Nullable [] entries(List<Use> uses) {
            var entries = new InstanceEntry[uses.size()];
            for (int i = 0; i < entries.length; i++) {
                LinkedFunc.Lifted lifted = lifted(uses.get(i));
                if (lifted == null) {
                    return null;
                }
                entries[i] = lifted.state().fromHost();
            }
            return entries;
        }

        boolean show(View view) {
            LinkedResource resource = resource(view.use(), view.number());
            InstanceEntry[] entries = entries(view.uses());
            if (resource == null
                    || entries == null
                    || !(item(view.scope(), view.label()) instanceof Linked.Type found)
                    || found.resource() != resource) {
                return false;
            }
            MethodHandle constructor = view.constructor();
            resource.view(
                    view.type(),
                    shown -> BoundTarget.make(constructor, new BoundTarget(instance, entries, new Object[0], shown)));
            return true;
        }

        @Nullable
        Object make(Bound bound) {
            InstanceEntry[] entries = entries(bound.uses());
            if (entries == null) {
                return null;
            }
            Object[] nested = new Object[bound.nested().size()];
            for (int i = 0; i < nested.length; i++) {
                Object other = make(bound.nested().get(i));
                if (other == null) {
                    return null;
                }
                nested[i] = other;
            }
            return BoundTarget.make(bound.constructor(), new BoundTarget(instance, entries, nested, null));
        }
    }
}
