package dev.airlock.component.bind;

import dev.airlock.binding.UnservedImports;
import dev.airlock.component.Component;
import dev.airlock.component.ComponentInstance;
import dev.airlock.component.run.Linked;
import dev.airlock.component.type.ComponentExternType;
import dev.airlock.component.type.DefinedType;
import dev.airlock.component.type.ResourceVariable;
import dev.airlock.engine.Entry;
import dev.airlock.engine.Module;
import dev.airlock.error.SignatureException;
import dev.airlock.shape.InterfaceMethods;
import dev.airlock.shape.Names;
import dev.airlock.shape.ServedNames;
import dev.airlock.type.FuncType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Java object, and the imports of one interface that its methods implement. */
final class ServedObject {
    private final Component component;
    private final String path;
    private final Object host;
    private final Map<String, ComponentExternType> types;
    private final List<Method> methods;
    private final Map<String, FuncType> functions = new LinkedHashMap<>();
    private final ServedNames names;
    private final Map<String, Linked> items = new LinkedHashMap<>();
    private final List<ServedObject> inner = new ArrayList<>();
    private final Map<ResourceVariable, Class<?>> resources = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** @param interfaceName the interface as the component imports it; empty for imports outside of interfaces */
    ServedObject(Component component, String interfaceName, Object host, List<Class<?>> resources) {
        this(
                component,
                interfaceName,
                interfaceName.isEmpty() ? component.type().imports() : exports(component, interfaceName),
                host,
                resources);
    }

    private static Map<String, ComponentExternType> exports(Component component, String interfaceName) {
        if (component.type().imports().get(interfaceName) instanceof ComponentExternType.Instance instance) {
            return instance.type().exports();
        }
        throw new SignatureException(component.name() + " imports no interface \"" + interfaceName + "\"");
    }

    private ServedObject(
            Component component,
            String path,
            Map<String, ComponentExternType> types,
            Object host,
            List<Class<?>> resources) {
        this.component = component;
        this.path = path;
        this.types = types;
        this.host = host;
        this.methods = InterfaceMethods.toServe(host.getClass());
        types.forEach((name, type) -> {
            if (type instanceof ComponentExternType.Func func) {
                functions.put(name, func.type());
            }
        });
        this.names = ServedNames.of(
                methods, method -> MemberNames.functions(method, functions.keySet()), MemberNames::closeness);
        problems.addAll(UnservedImports.markedForLinkers(methods, Set.of("")));
        problems.addAll(names.problems());
        giveItems();
        resources.forEach(this::name);
    }

    /** The name of the interface; {@code outer#inner} for an instance in one; empty for imports outside of interfaces. */
    String path() {
        return path;
    }

    Object host() {
        return host;
    }

    /** The methods that implement functions, by the functions' names. */
    Map<String, Method> served() {
        return names.methods();
    }

    /** The core modules, components and instances that methods returned, by name. */
    Map<String, Linked> items() {
        return items;
    }

    /** The objects that methods returned to implement instances. */
    List<ServedObject> inner() {
        return inner;
    }

    /** The classes that were added for resources. */
    Map<ResourceVariable, Class<?>> resources() {
        return resources;
    }

    List<String> problems() {
        return problems;
    }

    /** Whether the object implements anything. */
    boolean serves() {
        return !names.methods().isEmpty()
                || !items.isEmpty()
                || !inner.isEmpty()
                || !resources.isEmpty()
                || !problems.isEmpty();
    }

    SignatureException nothingServed() {
        if (functions.isEmpty()) {
            return new SignatureException(component.name() + " imports no function " + where() + ", so "
                    + host.getClass().getName() + " would serve nothing" + resourceHint());
        }
        Map<String, String> wanted = new LinkedHashMap<>();
        functions.forEach((name, type) -> wanted.put(name, name + ": " + type));
        return UnservedImports.nothingServed(
                component.name() + " imports " + where(),
                wanted,
                host,
                methods,
                (method, name) -> !MemberNames.functions(method, List.of(name)).isEmpty());
    }

    private String resourceHint() {
        List<String> labels = List.copyOf(resourceLabels().values());
        if (!labels.isEmpty()) {
            return ": give the classes of its resources, " + String.join(", ", labels) + ", after the object";
        }
        return path.isEmpty() && !component.imports().isEmpty()
                ? ": name the interface that it serves, one of " + String.join(", ", component.imports())
                : "";
    }

    private String where() {
        return path.isEmpty() ? "outside of interfaces" : "from " + path;
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "#" + name;
    }

    /** Calls the methods without parameters that return core modules, components and instances. */
    private void giveItems() {
        List<String> given = types.keySet().stream()
                .filter(name -> isGiven(name, types.get(name)))
                .toList();
        ServedNames accessors = ServedNames.of(
                methods.stream().filter(m -> m.getParameterCount() == 0).toList(),
                method -> MemberNames.functions(method, given),
                MemberNames::closeness);
        problems.addAll(accessors.problems());
        accessors.methods().forEach((name, method) -> {
            try {
                give(name, types.get(name), Entry.methodOf(host, method).invoke());
            } catch (SignatureException e) {
                problems.add(name + ": " + e.getMessage());
            } catch (Throwable e) {
                throw new SignatureException(
                        host.getClass().getName() + "." + method.getName() + ", which returns " + name + ", threw " + e,
                        e);
            }
        });
    }

    /** Whether a method returns an import: not for a named interface of the world, which has a separate object. */
    private boolean isGiven(String name, @Nullable ComponentExternType type) {
        boolean named = path.isEmpty() && name.indexOf(':') >= 0;
        return type instanceof ComponentExternType.Module
                || type instanceof ComponentExternType.Component
                || (type instanceof ComponentExternType.Instance && !named);
    }

    private void give(String name, @Nullable ComponentExternType type, @Nullable Object given) {
        if (type instanceof ComponentExternType.Module) {
            if (given instanceof Module module) {
                items.put(name, new Linked.CoreModule(module));
                return;
            }
        } else if (type instanceof ComponentExternType.Component) {
            if (given instanceof Component other) {
                items.put(name, new Linked.Component(other.code(), null));
                return;
            }
        } else if (given instanceof ComponentInstance instance) {
            items.put(name, instance.offer());
            return;
        } else if (given != null && type instanceof ComponentExternType.Instance instance) {
            var object = new ServedObject(component, at(name), instance.type().exports(), given, List.of());
            if (!object.serves()) {
                throw object.nothingServed();
            }
            inner.add(object);
            return;
        }
        String wanted = type instanceof ComponentExternType.Module
                ? "a core module: its method must return a " + Module.class.getName()
                : type instanceof ComponentExternType.Component
                        ? "a component: its method must return a " + Component.class.getName()
                        : "an instance: its method must return the object that implements it";
        throw new SignatureException(wanted + ", but returned "
                + (given == null ? "nothing" : "a " + given.getClass().getName()));
    }

    private Map<ResourceVariable, String> resourceLabels() {
        Map<ResourceVariable, String> labels = new LinkedHashMap<>();
        types.forEach((name, type) -> {
            if (type instanceof ComponentExternType.Type defined
                    && defined.type() instanceof DefinedType.Resource resource) {
                labels.put(ResourceVariable.of(resource.type()), name);
            }
        });
        return labels;
    }

    private void name(Class<?> type) {
        Map<ResourceVariable, String> labels = resourceLabels();
        if (!AutoCloseable.class.isAssignableFrom(type)) {
            problems.add(type.getName() + " cannot be the class of a resource: it must be AutoCloseable");
            return;
        }
        List<ResourceVariable> meant = Names.meant(type.getSimpleName(), labels.keySet(), labels::get);
        if (meant.size() == 1) {
            resources.put(meant.get(0), type);
        } else {
            problems.add(type.getName() + " has the name of "
                    + (meant.isEmpty() ? "no resource" : "several resources") + " here; there "
                    + (labels.isEmpty() ? "is none" : "are " + String.join(", ", labels.values())));
        }
    }
}
