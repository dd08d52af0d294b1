package dev.airlock.component;

import dev.airlock.component.binary.Versions;
import dev.airlock.component.type.ComponentExternType;
import dev.airlock.component.type.DefinedType;
import dev.airlock.component.type.ResourceVariable;
import dev.airlock.engine.Nearest;
import dev.airlock.error.SignatureException;
import dev.airlock.error.ValueException;
import dev.airlock.shape.InterfaceMethods;
import dev.airlock.shape.JavaShape;
import dev.airlock.shape.MethodShape;
import dev.airlock.type.BorrowType;
import dev.airlock.type.FuncType;
import dev.airlock.type.OwnType;
import dev.airlock.type.ResourceType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the methods of a Java object serve one interface that a component imports. */
final class InterfaceServing {
    private final Component component;
    private final String interfaceName;
    private final Object host;
    private final Map<String, FuncType> functions = new LinkedHashMap<>();
    private final Map<ResourceVariable, String> resources = new HashMap<>();
    private final Map<String, Class<?>> javaTypes = new LinkedHashMap<>();
    private final List<Consumer<ComponentLinker>> definitions = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /** For each import that the object's interface serves, as it would in a linker: there may be several versions. */
    static Consumer<ComponentLinker> of(Component component, String interfaceName, Object host) {
        List<String> served = component.imports().stream()
                .filter(name -> interfaceName.equals(Versions.find(name, List.of(interfaceName))))
                .toList();
        if (served.isEmpty()) {
            throw new SignatureException(component.name() + " imports no interface \"" + interfaceName + "\""
                    + Nearest.hint(interfaceName, component.imports()));
        }
        return served.stream()
                .map(name -> new InterfaceServing(component, name, host).definitions())
                .reduce(Consumer::andThen)
                .orElseThrow();
    }

    private InterfaceServing(Component component, String interfaceName, Object host) {
        this.component = component;
        this.interfaceName = interfaceName;
        this.host = host;
    }

    private Consumer<ComponentLinker> definitions() {
        Map<String, ComponentExternType> imports = component.type().imports();
        if (!(imports.get(interfaceName) instanceof ComponentExternType.Instance wanted)) {
            throw new SignatureException(component.name() + " imports no interface \"" + interfaceName + "\""
                    + Nearest.hint(interfaceName, component.imports()));
        }
        wanted.type().exports().forEach((name, type) -> {
            if (type instanceof ComponentExternType.Func func) {
                functions.put(name, func.type());
            } else if (type instanceof ComponentExternType.Type defined
                    && defined.type() instanceof DefinedType.Resource resource) {
                resources.put(ResourceVariable.of(resource.type()), name);
            }
        });
        List<Method> methods = InterfaceMethods.toServe(host.getClass());
        functions.forEach((name, func) -> {
            serve(
                    name,
                    func,
                    methods.stream()
                            .filter(m -> MemberNames.functions(m, List.of(name)).contains(name))
                            .toList(),
                    host.getClass(),
                    host);
        });
        serveResources();
        if (!problems.isEmpty()) {
            throw new SignatureException(host.getClass().getName() + " does not fit " + interfaceName + ", which "
                    + component.name() + " imports"
                    + problems.stream().map(p -> "\n  " + p).collect(Collectors.joining()));
        }
        return linker -> definitions.forEach(definition -> definition.accept(linker));
    }

    /** A resource's methods may show further resources. */
    private void serveResources() {
        Set<String> served = new HashSet<>();
        while (served.size() < javaTypes.size()) {
            Map.copyOf(javaTypes).forEach((name, type) -> {
                if (served.add(name)) {
                    serveResource(name, type);
                }
            });
        }
    }

    private void serveResource(String resource, Class<?> type) {
        definitions.add(linker -> define(linker, resource, type));
        List<Method> methods = InterfaceMethods.toServe(type);
        functions.forEach((name, func) -> {
            serve(
                    name,
                    func,
                    methods.stream()
                            .filter(m -> !MemberNames.methods(resource, m, List.of(name))
                                    .isEmpty())
                            .toList(),
                    type,
                    null);
        });
    }

    private <T> void define(ComponentLinker linker, String resource, Class<T> type) {
        linker.resource(interfaceName, resource, type, dropped -> {
            try {
                ((AutoCloseable) dropped).close();
            } catch (Exception e) {
                throw HostCalls.sneaky(e);
            }
        });
    }

    private void serve(String name, FuncType func, List<Method> fitting, Class<?> owner, @Nullable Object receiver) {
        if (fitting.size() > 1) {
            problems.add(name + ": several methods have its name: "
                    + fitting.stream().map(Method::getName).collect(Collectors.joining(", ")));
        } else if (fitting.size() == 1) {
            try {
                var method = new HostMethod(owner, fitting.get(0), receiver);
                MethodShape shape = method.shape(func);
                method.target();
                ShapeResources.of(shape).forEach(this::note);
                definitions.add(linker -> linker.function(interfaceName, name, method));
            } catch (SignatureException | ValueException e) {
                problems.add(name + ": " + String.valueOf(e.getMessage()).replace("\n", "\n  "));
            }
        }
    }

    /** One resource is of one Java type. */
    private void note(JavaShape.ResourceShape shape) {
        ResourceType wit =
                shape.type() instanceof OwnType own ? own.resource() : ((BorrowType) shape.type()).resource();
        String name = resources.get(ResourceVariable.of(wit));
        if (name == null) {
            return;
        }
        Class<?> other = javaTypes.putIfAbsent(name, shape.javaType());
        if (other != null && other != shape.javaType()) {
            throw new SignatureException("the resource " + name + " is " + other.getName() + " elsewhere, and "
                    + shape.javaType().getName() + " here");
        }
    }
}
