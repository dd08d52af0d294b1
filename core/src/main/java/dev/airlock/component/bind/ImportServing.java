package dev.airlock.component.bind;

import dev.airlock.codegen.Handles;
import dev.airlock.component.Component;
import dev.airlock.component.ComponentLinker;
import dev.airlock.component.run.HostMethod;
import dev.airlock.component.run.Linked;
import dev.airlock.component.run.LinkedFunc;
import dev.airlock.component.run.LinkedResource;
import dev.airlock.component.type.ComponentExternType;
import dev.airlock.component.type.DefinedType;
import dev.airlock.component.type.ResourceVariable;
import dev.airlock.error.SignatureException;
import dev.airlock.error.ValueException;
import dev.airlock.shape.InterfaceMethods;
import dev.airlock.shape.JavaShape;
import dev.airlock.shape.MethodShape;
import dev.airlock.shape.ServedNames;
import dev.airlock.type.BorrowType;
import dev.airlock.type.FuncType;
import dev.airlock.type.OwnType;
import dev.airlock.type.ResourceType;
import dev.airlock.wit.ExternName;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes a linker's definitions from Java objects: functions that their methods implement, and resources of the host. The
 * objects are examined together, since any of them can determine the class of a resource.
 */
final class ImportServing {
    private final Map<String, Scope> scopes = new LinkedHashMap<>();
    private final Map<ResourceVariable, Resource> resources = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** An imported instance, or the imports outside of instances. */
    private static final class Scope {
        final String path;
        final Map<String, ComponentExternType> types;
        final Map<String, HostMethod> methods = new LinkedHashMap<>();
        final Map<String, Linked> items = new LinkedHashMap<>();
        final Map<String, Scope> inner = new LinkedHashMap<>();
        boolean named;

        Scope(String path, Map<String, ComponentExternType> types) {
            this.path = path;
            this.types = types;
        }

        @Nullable
        FuncType function(String name) {
            return types.get(name) instanceof ComponentExternType.Func func ? func.type() : null;
        }

        @Nullable
        ResourceVariable resource(String name) {
            return types.get(name) instanceof ComponentExternType.Type defined
                            && defined.type() instanceof DefinedType.Resource resource
                    ? ResourceVariable.of(resource.type())
                    : null;
        }

        String at(String name) {
            return path.isEmpty() ? name : path + "#" + name;
        }
    }

    /** A resource at the place that introduces it, and its Java class once that is known. */
    private static final class Resource {
        final Scope scope;
        final String name;

        @Nullable
        Class<?> type;

        String where = "";

        Resource(Scope scope, String name) {
            this.scope = scope;
            this.name = name;
        }
    }

    /**
     * The definitions for a linker.
     *
     * @param named the definitions in interfaces for which objects were added
     * @param implied the resources of other interfaces, and their methods
     */
    record Offers(Map<String, Linked> named, Map<String, Linked> implied) {
        void addTo(ComponentLinker linker) {
            linker.defineMissing(implied).defineAll(named);
        }
    }

    private ImportServing(Component component) {
        scope(new Scope("", component.type().imports()));
    }

    private Scope scope(Scope scope) {
        scopes.put(scope.path, scope);
        scope.types.forEach((name, type) -> {
            ResourceVariable resource = scope.resource(name);
            if (resource != null) {
                resources.putIfAbsent(resource, new Resource(scope, name));
            } else if (type instanceof ComponentExternType.Instance instance) {
                scope.inner.put(
                        name, scope(new Scope(scope.at(name), instance.type().exports())));
            }
        });
        return scope;
    }

    /**
     * Returns the definitions.
     *
     * @param objects the objects; a later one replaces an earlier one
     * @throws SignatureException with all methods that do not match their import, and why
     */
    static Offers offers(Component component, List<ServedObject> objects) {
        var serving = new ImportServing(component);
        objects.forEach(serving::place);
        serving.scopes.values().forEach(serving::check);
        objects.forEach(serving::name);
        serving.serveResources();
        if (!serving.problems.isEmpty()) {
            ServedObject last = objects.get(objects.size() - 1);
            throw new SignatureException(last.host().getClass().getName() + " does not fit "
                    + (last.path().isEmpty() ? "the imports outside of interfaces" : last.path()) + ", which "
                    + component.name() + " imports"
                    + serving.problems.stream().distinct().map(p -> "\n  " + p).collect(Collectors.joining()));
        }
        Scope world = serving.scope("");
        return new Offers(serving.offers(world, true), serving.offers(world, false));
    }

    private Scope scope(String path) {
        return Objects.requireNonNull(scopes.get(path));
    }

    private void place(ServedObject object) {
        Scope scope = scope(object.path());
        scope.named = true;
        problems.addAll(object.problems());
        object.served()
                .forEach((name, method) ->
                        scope.methods.put(name, new HostMethod(object.host().getClass(), method, object.host())));
        scope.items.putAll(object.items());
        object.inner().forEach(this::place);
    }

    private void name(ServedObject object) {
        object.resources()
                .forEach((resource, type) -> note(
                        resource, type, "named with " + object.host().getClass().getSimpleName()));
    }

    private void check(Scope scope) {
        Set<String> wrong = new HashSet<>();
        scope.methods.forEach((name, method) -> {
            if (!check(scope, name, method)) {
                wrong.add(name);
            }
        });
        scope.methods.keySet().removeAll(wrong);
    }

    /** Whether a method matches its import. If so, notes the classes of resources in its types. */
    private boolean check(Scope scope, String name, HostMethod method) {
        FuncType function = Objects.requireNonNull(scope.function(name));
        try {
            MethodShape shape = method.shape(function);
            method.target();
            for (JavaShape.ResourceShape resource : ShapeResources.of(shape)) {
                ResourceType wit = resource.type() instanceof OwnType own
                        ? own.resource()
                        : ((BorrowType) resource.type()).resource();
                note(ResourceVariable.of(wit), resource.javaType(), "in " + method.text());
            }
            return true;
        } catch (SignatureException | ValueException e) {
            problems.add(name + ": " + String.valueOf(e.getMessage()).replace("\n", "\n  "));
            return false;
        }
    }

    /** Notes the class of a resource; two different classes are a problem. */
    private void note(ResourceVariable variable, Class<?> type, String where) {
        Resource resource = resources.get(variable);
        if (resource == null) {
            return;
        }
        if (resource.type == null) {
            resource.type = type;
            resource.where = where;
        } else if (resource.type != type) {
            problems.add("the resource " + resource.name + " is " + resource.type.getName() + " " + resource.where
                    + ", and " + type.getName() + " " + where);
        }
    }

    /** Defines the methods of resources, which may mention further resources. */
    private void serveResources() {
        Set<ResourceVariable> served = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<ResourceVariable, Resource> entry : resources.entrySet()) {
                Class<?> type = entry.getValue().type;
                if (type != null && served.add(entry.getKey())) {
                    serveMethods(entry.getKey(), type);
                    more = true;
                }
            }
        }
    }

    /** Defines the methods of a resource in each scope that has both. */
    private void serveMethods(ResourceVariable resource, Class<?> type) {
        List<Method> methods = InterfaceMethods.toServe(type);
        for (Scope scope : scopes.values()) {
            scope.types.keySet().stream()
                    .filter(label -> scope.resource(label) == resource)
                    .forEach(label -> serveMethods(scope, label, type, methods));
        }
    }

    private void serveMethods(Scope scope, String label, Class<?> type, List<Method> methods) {
        List<String> names = scope.types.keySet().stream()
                .filter(name -> ExternName.known(name) instanceof ExternName.Method member
                        && member.resource().equals(label)
                        && !scope.methods.containsKey(name))
                .toList();
        ServedNames found =
                ServedNames.of(methods, method -> MemberNames.methods(label, method, names), MemberNames::closeness);
        problems.addAll(found.problems());
        found.methods().forEach((name, method) -> {
            var served = new HostMethod(type, method, null);
            if (check(scope, name, served)) {
                scope.methods.put(name, served);
            }
        });
    }

    private Map<String, Linked> offers(Scope scope, boolean named) {
        Map<String, Linked> offers = new LinkedHashMap<>();
        if (scope.named == named) {
            scope.methods.forEach((name, method) -> offers.put(name, new LinkedFunc.Host(scope.at(name), method)));
            offers.putAll(scope.items);
            for (Resource resource : resources.values()) {
                if (resource.scope == scope && resource.type != null) {
                    offers.put(resource.name, new Linked.Type(ofHost(resource.name, resource.type)));
                }
            }
        }
        scope.inner.forEach((name, inner) -> {
            Map<String, Linked> more = offers(inner, named);
            if (!more.isEmpty()) {
                offers.put(name, new Linked.Instance(more));
            }
        });
        return offers;
    }

    private static <T> LinkedResource ofHost(String name, Class<T> type) {
        return LinkedResource.ofHost(name, type, dropped -> {
            try {
                ((AutoCloseable) dropped).close();
            } catch (Exception e) {
                throw Handles.sneaky(e);
            }
        });
    }
}
