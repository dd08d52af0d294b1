package dev.airlock.component;

import dev.airlock.binding.GuestName;
import dev.airlock.engine.Entry;
import dev.airlock.error.AirlockException;
import dev.airlock.error.SignatureException;
import dev.airlock.error.ValueException;
import dev.airlock.shape.InterfaceMethods;
import dev.airlock.shape.JavaShape;
import dev.airlock.shape.MethodShape;
import dev.airlock.type.BorrowType;
import dev.airlock.type.FuncType;
import dev.airlock.type.OwnType;
import dev.airlock.type.ResourceType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Binds Java interfaces to what one instance exports, and tells all that does not fit at once. */
final class InterfaceBinding {
    private final ComponentInstance instance;
    private final List<ExportScope> scopes;
    private final List<String> problems = new ArrayList<>();
    private final Deque<Class<?>> open = new ArrayDeque<>();
    private final Set<ViewOf> views = new HashSet<>();

    private record ViewOf(LinkedResource resource, Class<?> type) {}

    InterfaceBinding(ComponentInstance instance) {
        this.instance = instance;
        this.scopes = ExportScope.of(instance);
    }

    /** A method's code but for its gate: what of it is the same for all instances. */
    private sealed interface Code permits Call, Close, Give {}

    private record Call(LiftCode.Typed typed, boolean ofResource, String name) implements Code {}

    private record Close() implements Code {}

    private record Give() implements Code {}

    /** One class of implementations serves all instances for which everything about its methods is the same. */
    private record Key(Class<?> type, List<Code> methods) {}

    Object bind(Class<?> type) {
        Object bound = make(type, type.getAnnotation(GuestName.class), null);
        if (bound == null || !problems.isEmpty()) {
            throw new SignatureException(
                    type.getName() + " does not fit " + instance.component().name()
                            + problems.stream().map(p -> "\n  " + p).collect(Collectors.joining()));
        }
        return bound;
    }

    private void problem(Class<?> type, Method method, AirlockException e) {
        String what = type.getSimpleName() + "." + method.getName();
        String said = String.valueOf(e.getMessage()).replace("\n", "\n  ");
        problems.add(said.startsWith(what + "(") ? said : what + ": " + said);
    }

    /** @return null where a problem was found */
    private @Nullable Object make(Class<?> type, @Nullable GuestName given, @Nullable String accessor) {
        if (!type.isInterface() || type.isSealed() || type.isAnnotation()) {
            problems.add(type.getName() + " cannot be bound: it has to be an interface, not sealed, and no annotation");
            return null;
        }
        if (open.contains(type)) {
            problems.add(type.getName() + " has a method that leads back to itself");
            return null;
        }
        List<Method> methods = InterfaceMethods.toImplement(type);
        List<Method> functions = methods.stream()
                .filter(m -> !isClose(type, m) && !isAccessor(m))
                .toList();
        open.push(type);
        try {
            ExportScope scope = functions.isEmpty() ? scopes.get(0) : choose(type, functions, given, accessor);
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

    /** The one scope that has all functions. */
    private @Nullable ExportScope choose(
            Class<?> type, List<Method> functions, @Nullable GuestName given, @Nullable String accessor) {
        List<ExportScope> named = scopes.stream()
                .filter(scope -> !scope.name().isEmpty()
                        && (MemberNames.isInterface(scope.name(), given, type.getSimpleName())
                                || (given == null
                                        && accessor != null
                                        && MemberNames.isInterface(scope.name(), null, accessor))))
                .toList();
        if (given != null) {
            if (named.size() == 1) {
                return named.get(0);
            }
            problems.add(type.getSimpleName() + ": the component exports "
                    + (named.isEmpty() ? "no interface " : "several interfaces ") + given.value() + "; it exports "
                    + names(scopes));
            return null;
        }
        List<ExportScope> whole = scopes.stream()
                .filter(scope -> count(functions, scope) == functions.size())
                .toList();
        if (whole.size() > 1) {
            List<ExportScope> both = whole.stream().filter(named::contains).toList();
            if (both.size() != 1) {
                problems.add(type.getSimpleName() + ": " + names(whole)
                        + " all have its functions; choose one by @GuestName on the interface");
                return null;
            }
            return both.get(0);
        }
        if (whole.size() == 1) {
            return whole.get(0);
        }
        // None fits; what is missing is best said of the one that was most likely meant.
        return named.size() == 1
                ? named.get(0)
                : scopes.stream()
                        .max(Comparator.comparingLong((ExportScope scope) -> count(functions, scope))
                                .thenComparingInt(scope -> scope.functions().size()))
                        .orElseThrow();
    }

    private static long count(List<Method> functions, ExportScope scope) {
        return functions.stream()
                .filter(m ->
                        !MemberNames.functions(m, scope.functions().keySet()).isEmpty())
                .count();
    }

    private static String names(List<ExportScope> scopes) {
        String names = scopes.stream()
                .filter(scope -> !scope.functions().isEmpty())
                .map(ExportScope::text)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    private @Nullable Object implement(Class<?> type, List<Method> methods, ExportScope scope) {
        Members members = new Members(type);
        for (Method method : members.distinct(methods)) {
            members.attempt(method, () -> {
                if (isClose(type, method)) {
                    members.add(method, new Close());
                } else if (isAccessor(method)) {
                    GuestName given = method.getAnnotation(GuestName.class);
                    Object nested = make(
                            method.getReturnType(),
                            given == null ? method.getReturnType().getAnnotation(GuestName.class) : given,
                            method.getName());
                    if (nested != null) {
                        members.add(method, new Give());
                        members.nested.add(nested);
                    }
                } else {
                    String name =
                            one(MemberNames.functions(method, scope.functions().keySet()), scope);
                    members.add(method, call(type, method, scope, name));
                }
            });
        }
        return problems.isEmpty()
                ? BoundTarget.make(
                        members.constructor(),
                        new BoundTarget(instance, members.crossings(), members.nested.toArray(), null))
                : null;
    }

    private static String one(List<String> found, ExportScope scope) {
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new SignatureException(
                found.isEmpty()
                        ? scope.text() + (scope.name().isEmpty() ? " do" : " does") + " not have it; there is "
                                + (scope.functions().isEmpty()
                                        ? "none"
                                        : String.join(", ", scope.functions().keySet()))
                        : "it may stand for " + String.join(", ", found) + "; choose one by @GuestName");
    }

    private static LinkedFunc.Lifted lifted(ExportScope scope, String name) {
        if (scope.functions().get(name) instanceof LinkedFunc.Lifted lifted) {
            return lifted;
        }
        throw new SignatureException(
                name + " is a function that the component imports and passes on; call the host's own");
    }

    private Member call(Class<?> type, Method method, ExportScope scope, String name) {
        LinkedFunc.Lifted lifted = lifted(scope, name);
        MethodShape shape = MethodShape.calling(type, method).fit(lifted.type());
        return member(lifted, shape, false, name);
    }

    private record Member(Call call, Crossing crossing) {}

    private Member member(LinkedFunc.Lifted lifted, MethodShape shape, boolean ofResource, String name) {
        for (JavaShape.ResourceShape resource : ShapeResources.of(shape)) {
            see(lifted, resource);
        }
        return new Member(
                new Call(lifted.code().typed(lifted.state(), shape), ofResource, name),
                Crossing.between(null, lifted.state()));
    }

    /** Sees to it that a resource can be had as an interface. */
    private void see(LinkedFunc.Lifted lifted, JavaShape.ResourceShape shape) {
        ResourceType wit =
                shape.type() instanceof OwnType own ? own.resource() : ((BorrowType) shape.type()).resource();
        LinkedResource resource =
                lifted.state().resource(lifted.code().component().number(wit));
        Class<?> type = shape.javaType();
        Class<?> ofHost = resource.javaType();
        if (ofHost != null) {
            if (!type.isAssignableFrom(ofHost)) {
                throw new SignatureException("the resource " + resource + " is the host's " + ofHost.getName()
                        + ", which is no " + type.getName());
            }
            return;
        }
        if (type.isAssignableFrom(GuestResource.class) || !views.add(new ViewOf(resource, type))) {
            return;
        }
        if (!type.isInterface()) {
            throw new SignatureException("the resource " + resource + " is the component's, so " + type.getName()
                    + " has to be an interface");
        }
        for (ExportScope scope : scopes) {
            String name = scope.nameOf(resource);
            if (name != null) {
                implement(type, resource, name, scope);
                return;
            }
        }
        throw new SignatureException("the component does not export the resource " + resource);
    }

    private void implement(Class<?> type, LinkedResource resource, String label, ExportScope scope) {
        Members members = new Members(type);
        for (Method method : members.distinct(InterfaceMethods.toImplement(type))) {
            members.attempt(method, () -> {
                if (isClose(type, method)) {
                    members.add(method, new Close());
                    return;
                }
                String name =
                        one(MemberNames.methods(label, method, scope.functions().keySet()), scope);
                LinkedFunc.Lifted lifted = lifted(scope, name);
                members.add(
                        method,
                        member(
                                lifted,
                                ofResource(MethodShape.calling(type, method), lifted.type(), GuestResource.class),
                                true,
                                name));
            });
        }
        if (problems.isEmpty()) {
            resource.view(type, new ResourceView(instance, members.constructor(), members.crossings()));
        }
    }

    /** The shape of a resource's method: fitted to the function without its first parameter, which is the object itself. */
    static MethodShape ofResource(MethodShape shape, FuncType type, Class<?> self) {
        MethodShape rest =
                shape.fit(new FuncType(type.params().subList(1, type.params().size()), type.result(), type.async()));
        var params = new ArrayList<MethodShape.Param>();
        params.add(new MethodShape.Param(
                "self", new JavaShape.ResourceShape(type.params().get(0).type(), self)));
        params.addAll(rest.params());
        return new MethodShape(rest.method(), params, rest.result(), rest.error(), type);
    }

    /** The methods of one implementation. */
    private final class Members {
        private final Class<?> type;
        private final List<Method> methods = new ArrayList<>();
        private final List<Code> codes = new ArrayList<>();
        private final List<Crossing> crossings = new ArrayList<>();
        private final List<Object> nested = new ArrayList<>();

        Members(Class<?> type) {
            this.type = type;
        }

        List<Method> distinct(List<Method> found) {
            Set<String> names = new LinkedHashSet<>();
            var distinct = new ArrayList<Method>();
            // In one order, so that what is made for one instance serves the next.
            List<Method> sorted =
                    found.stream().sorted(Comparator.comparing(Method::getName)).toList();
            for (Method method : sorted) {
                boolean isNew = names.add(method.getName());
                boolean same = distinct.stream()
                        .anyMatch(m -> m.getName().equals(method.getName())
                                && erased(m).equals(erased(method)));
                if (isNew) {
                    distinct.add(method);
                } else if (!same) {
                    problems.add(
                            type.getSimpleName() + "." + method.getName() + " is overloaded, and a WIT interface has"
                                    + " one function of a name: give one of them a name of its own");
                }
            }
            return distinct;
        }

        void attempt(Method method, Runnable made) {
            try {
                made.run();
            } catch (SignatureException | ValueException e) {
                problem(type, method, e);
            }
        }

        void add(Method method, Code code) {
            methods.add(method);
            codes.add(code);
        }

        void add(Method method, Member member) {
            add(method, member.call());
            crossings.add(member.crossing());
        }

        Crossing[] crossings() {
            return crossings.toArray(Crossing[]::new);
        }

        MethodHandle constructor() {
            return instance.component()
                    .code()
                    .binding(new Key(type, List.copyOf(codes)), () -> Entry.implementing(type, implementations()));
        }

        private List<Entry.Method> implementations() {
            var made = new ArrayList<Entry.Method>();
            int crossing = 0;
            int given = 0;
            for (int i = 0; i < codes.size(); i++) {
                MethodHandle handle;
                if (codes.get(i) instanceof Call call) {
                    handle = BoundTarget.call(call.typed(), crossing++, call.ofResource(), call.name());
                } else {
                    handle = codes.get(i) instanceof Give ? BoundTarget.nested(given++) : BoundTarget.close();
                }
                made.add(new Entry.Method(methods.get(i).getName(), erased(methods.get(i)), handle));
            }
            made.add(new Entry.Method("toString", MethodType.methodType(String.class), describing()));
            return made;
        }

        private MethodHandle describing() {
            return MethodHandles.insertArguments(DESCRIBE, 0, type.getSimpleName());
        }
    }

    private static MethodType erased(Method method) {
        return MethodType.methodType(method.getReturnType(), method.getParameterTypes());
    }

    private static final MethodHandle DESCRIBE;

    static {
        try {
            DESCRIBE = MethodHandles.lookup()
                    .findStatic(
                            InterfaceBinding.class,
                            "describe",
                            MethodType.methodType(String.class, String.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static String describe(String type, Object target) {
        return type + " by " + target;
    }
}
