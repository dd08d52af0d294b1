package dev.airlock.component.bind;

import dev.airlock.component.ComponentInstance;
import dev.airlock.component.run.HostMethod;
import dev.airlock.component.run.LinkedFunc;
import dev.airlock.component.run.LinkedResource;
import dev.airlock.error.SignatureException;
import dev.airlock.mapping.GuestName;
import dev.airlock.shape.FutureMethods;
import dev.airlock.shape.InterfaceMethods;
import dev.airlock.shape.JavaShape;
import dev.airlock.shape.MethodShape;
import dev.airlock.type.BorrowType;
import dev.airlock.type.GuestResource;
import dev.airlock.type.OwnType;
import dev.airlock.type.ResourceType;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out how a Java interface is bound to the exports of an instance, and reports all mismatches at once. */
final class InterfaceBinding {
    private final ComponentInstance instance;
    private final boolean completing;
    private final List<ExportScope> scopes;
    private final List<String> problems = new ArrayList<>();
    private final Deque<Class<?>> open = new ArrayDeque<>();
    private final Set<ViewOf> views = new HashSet<>();
    private final List<BindingRecipe.Seen> seen = new ArrayList<>();
    private final List<BindingRecipe.View> shown = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();

    /** A call that a method makes, for {@link #explain}. */
    private record Call(String function, LinkedFunc.Lifted lifted, MethodShape shape) {}

    private record ViewOf(LinkedResource resource, Class<?> type) {}

    /** @param completing whether methods of the interface itself may return futures */
    InterfaceBinding(ComponentInstance instance, boolean completing) {
        this.instance = instance;
        this.completing = completing;
        this.scopes = ExportScope.of(instance);
    }

    /** @throws SignatureException with all mismatches */
    BindingRecipe recipe(Class<?> type) {
        BindingRecipe.Bound bound = make(type, type.getAnnotation(GuestName.class), null);
        if (bound == null || !problems.isEmpty()) {
            throw new SignatureException(
                    type.getName() + " does not fit " + instance.component().name()
                            + problems.stream().map(p -> "\n  " + p).collect(Collectors.joining()));
        }
        return new BindingRecipe(bound, List.copyOf(seen), List.copyOf(shown));
    }

    /** Describes the steps of each call of the interface, and of the resources that its methods return. */
    String explain(Class<?> type) {
        recipe(type);
        return calls.stream()
                .map(call -> call.lifted().code().explain(call.function(), call.shape()))
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    /** @return null if a problem was found */
    private BindingRecipe.@Nullable Bound make(Class<?> type, @Nullable GuestName given, @Nullable String accessor) {
        if (!type.isInterface() || type.isSealed() || type.isAnnotation()) {
            problems.add(type.getName() + " cannot be bound: it has to be an interface, not sealed, and no annotation");
            return null;
        }
        if (open.contains(type)) {
            problems.add(type.getName() + " has a method that leads back to it, so binding would not end");
            return null;
        }
        List<Method> methods = InterfaceMethods.toImplement(type);
        List<Method> functions = methods.stream()
                .filter(m -> !isClose(type, m) && !isAccessor(m))
                .toList();
        open.push(type);
        try {
            ExportScope scope = functions.isEmpty()
                    ? scopes.get(0)
                    : ScopeChoice.choose(scopes, type, functions, given, accessor, problems);
            return scope == null ? null : implement(type, methods, scope);
        } finally {
            open.pop();
        }
    }

    private static boolean isClose(Class<?> type, Method method) {
        return AutoCloseable.class.isAssignableFrom(type)
                && method.getName().equals("close")
                && method.getParameterCount() == 0;
    }

    private boolean isAccessor(Method method) {
        Class<?> given = method.getReturnType();
        return method.getParameterCount() == 0
                && given.isInterface()
                && !given.isSealed()
                && !AutoCloseable.class.isAssignableFrom(given)
                && given.getClassLoader() != null
                && scopes.stream()
                        .allMatch(scope -> MemberNames.functions(
                                        method, scope.functions().keySet())
                                .isEmpty());
    }

    private BindingRecipe.@Nullable Bound implement(Class<?> type, List<Method> methods, ExportScope scope) {
        var members = new BoundMembers(type, problems);
        for (Method method : members.distinct(methods)) {
            members.attempt(method, () -> {
                if (isClose(type, method)) {
                    members.close(method);
                } else if (isAccessor(method)) {
                    GuestName given = method.getAnnotation(GuestName.class);
                    BindingRecipe.Bound nested = make(
                            method.getReturnType(),
                            given == null ? method.getReturnType().getAnnotation(GuestName.class) : given,
                            method.getName());
                    if (nested != null) {
                        members.give(method, nested);
                    }
                } else {
                    String name = one(
                            method,
                            MemberNames.functions(method, scope.functions().keySet()),
                            scope);
                    call(members, type, method, scope, name);
                }
            });
        }
        return problems.isEmpty() ? members.bound(instance.component().code()) : null;
    }

    private static String one(Method method, List<String> found, ExportScope scope) {
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new SignatureException(
                found.isEmpty()
                        ? scope.text() + (scope.name().isEmpty() ? " do" : " does") + " not have it"
                                + MemberNames.hint(method, scope.functions().keySet()) + "; there is "
                                + (scope.functions().isEmpty()
                                        ? "none"
                                        : String.join(", ", scope.functions().keySet()))
                        : "it may stand for " + String.join(", ", found) + "; choose one by @GuestName");
    }

    private static LinkedFunc.Lifted lifted(ExportScope scope, String name) {
        if (scope.functions().get(name) instanceof LinkedFunc.Lifted lifted) {
            return lifted;
        }
        throw new SignatureException(name
                + " is a function that the component imports and exports unchanged; call the host's function instead");
    }

    private void call(BoundMembers members, Class<?> type, Method method, ExportScope scope, String name) {
        LinkedFunc.Lifted lifted = lifted(scope, name);
        MethodShape shape = MethodShape.calling(type, method).fit(lifted.type());
        member(members, method, scope, name, lifted, shape, false);
    }

    private void member(
            BoundMembers members,
            Method method,
            ExportScope scope,
            String name,
            LinkedFunc.Lifted lifted,
            MethodShape shape,
            boolean ofResource) {
        if (!completing || ofResource || open.size() > 1) {
            FutureMethods.refuse(method);
        }
        calls.add(new Call(scope.name().isEmpty() ? name : scope.name() + "#" + name, lifted, shape));
        var use = new BindingRecipe.Use(
                scope.name(), name, lifted.code(), lifted.code().coreCode(lifted.state()));
        for (JavaShape.ResourceShape resource : ShapeResources.of(shape)) {
            see(use, lifted, resource);
        }
        members.call(method, use, lifted.code().typed(lifted.state(), shape), ofResource);
    }

    /** Prepares the view of a resource as an interface. */
    private void see(BindingRecipe.Use use, LinkedFunc.Lifted lifted, JavaShape.ResourceShape shape) {
        ResourceType wit =
                shape.type() instanceof OwnType own ? own.resource() : ((BorrowType) shape.type()).resource();
        int number = lifted.code().component().number(wit);
        LinkedResource resource = lifted.state().resource(number);
        Class<?> type = shape.javaType();
        Class<?> ofHost = resource.javaType();
        seen.add(new BindingRecipe.Seen(use, number, ofHost));
        if (ofHost != null) {
            if (!resource.isUndefined() && !type.isAssignableFrom(ofHost)) {
                throw new SignatureException("the resource " + resource + " is the host's " + ofHost.getName()
                        + ", which is not a " + type.getName());
            }
            return;
        }
        if (type.isAssignableFrom(GuestResource.class) || !views.add(new ViewOf(resource, type))) {
            return;
        }
        if (!type.isInterface()) {
            throw new SignatureException(
                    "the resource " + resource + " is the component's, so " + type.getName() + " must be an interface");
        }
        for (ExportScope scope : scopes) {
            String name = scope.nameOf(resource);
            if (name != null) {
                implement(type, use, number, name, scope);
                return;
            }
        }
        throw new SignatureException("the component does not export the resource " + resource);
    }

    private void implement(Class<?> type, BindingRecipe.Use use, int number, String label, ExportScope scope) {
        var members = new BoundMembers(type, problems);
        for (Method method : members.distinct(InterfaceMethods.toImplement(type))) {
            members.attempt(method, () -> {
                if (isClose(type, method)) {
                    members.close(method);
                    return;
                }
                String name = one(
                        method,
                        MemberNames.methods(label, method, scope.functions().keySet()),
                        scope);
                LinkedFunc.Lifted lifted = lifted(scope, name);
                MethodShape shape =
                        HostMethod.ofResource(MethodShape.calling(type, method), lifted.type(), GuestResource.class);
                member(members, method, scope, name, lifted, shape, true);
            });
        }
        if (problems.isEmpty()) {
            shown.add(new BindingRecipe.View(
                    use,
                    number,
                    scope.name(),
                    label,
                    type,
                    members.constructor(instance.component().code()),
                    List.copyOf(members.uses())));
        }
    }
}
