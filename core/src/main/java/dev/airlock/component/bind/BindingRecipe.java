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
 * How an interface is bound to the instances of a component: what {@link InterfaceBinding} found out for one of them, for
 * others to have without reflection. It keeps no instance alive. Where an instance differs in what was assumed, since it
 * was given other modules, components or resources, nothing comes of it.
 *
 * @param root the interface
 * @param seen the resources in its methods' types
 * @param views what resources are shown as
 */
public record BindingRecipe(Bound root, List<Seen> seen, List<View> views) {
    /** An implementation, and those that its methods give. */
    record Bound(MethodHandle constructor, List<Use> uses, List<Bound> nested) {}

    /**
     * A function that is called.
     *
     * @param scope the interface that it is of; empty for none
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
     * @param number by which the function's component knows it
     * @param ofHost null where it is a component's
     */
    record Seen(Use use, int number, @Nullable Class<?> ofHost) {}

    /**
     * A resource of the component that is shown as an interface.
     *
     * @param scope the interface that exports it; empty for none
     * @param label by which name
     */
    record View(
            Use use, int number, String scope, String label, Class<?> type, MethodHandle constructor, List<Use> uses) {}

    /** @return null where it does not go */
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

        private InstanceEntry @Nullable [] crossings(List<Use> uses) {
            var crossings = new InstanceEntry[uses.size()];
            for (int i = 0; i < crossings.length; i++) {
                LinkedFunc.Lifted lifted = lifted(uses.get(i));
                if (lifted == null) {
                    return null;
                }
                crossings[i] = lifted.state().fromHost();
            }
            return crossings;
        }

        boolean show(View view) {
            LinkedResource resource = resource(view.use(), view.number());
            InstanceEntry[] crossings = crossings(view.uses());
            if (resource == null
                    || crossings == null
                    || !(item(view.scope(), view.label()) instanceof Linked.Type found)
                    || found.resource() != resource) {
                return false;
            }
            MethodHandle constructor = view.constructor();
            resource.view(
                    view.type(),
                    shown -> BoundTarget.make(constructor, new BoundTarget(instance, crossings, new Object[0], shown)));
            return true;
        }

        @Nullable
        Object make(Bound bound) {
            InstanceEntry[] crossings = crossings(bound.uses());
            if (crossings == null) {
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
            return BoundTarget.make(bound.constructor(), new BoundTarget(instance, crossings, nested, null));
        }
    }
}
