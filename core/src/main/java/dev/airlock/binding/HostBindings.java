package dev.airlock.binding;

import dev.airlock.abi.placed.Upcall;
import dev.airlock.convention.Convention;
import dev.airlock.convention.Detection;
import dev.airlock.engine.Caller;
import dev.airlock.engine.Entry;
import dev.airlock.engine.HostCall;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.error.SignatureException;
import dev.airlock.error.ValueException;
import dev.airlock.shape.Carrier;
import dev.airlock.shape.InterfaceMethods;
import dev.airlock.shape.MethodShape;
import dev.airlock.shape.ServedNames;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ImportType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Makes the methods of a Java object serve a guest's imports. */
public final class HostBindings {
    private HostBindings() {}

    /**
     * Defines the functions that a module imports from one module name, each by a method of an object: found by its
     * name, as by {@link Bindings}. Methods that serve no import are left alone, and imports that no method serves are
     * left for others to define. An object that serves no import at all is refused.
     *
     * <p>A method may take a {@link Caller} as its first parameter, which is the way to the instance that calls it; the
     * guest's parameters come after it.
     *
     * @return defines them in a linker; made once, it serves all instances
     * @throws SignatureException if the module imports no function from that module name, or none that a method of the
     *     object serves, with the nearest names; or with all methods that do not fit the import of their name, and why
     */
    public static Consumer<Linker> serve(Module module, Detection detection, String importModule, Object host) {
        var definitions = new ArrayList<Consumer<Linker>>();
        List<Method> methods = InterfaceMethods.toServe(host.getClass());
        UnservedImports.checkModule(module, importModule, host);
        Map<String, CoreFuncType> wanted = new LinkedHashMap<>();
        for (ImportType needed : module.imports()) {
            if (needed.module().equals(importModule) && needed.type() instanceof CoreFuncType core) {
                wanted.put(needed.name(), core);
            }
        }
        Set<String> prefixes = prefixes(detection);
        ServedNames served = ServedNames.of(
                methods,
                method -> MethodNames.meant(method, prefixes, wanted.keySet()),
                (method, name) -> MethodNames.closeness(method, prefixes, name));
        var problems = new ArrayList<>(UnservedImports.markedForLinkers(methods, prefixes));
        problems.addAll(served.problems());
        // In the order of the imports: that of reflection differs from JVM to JVM.
        wanted.forEach((name, core) -> {
            Method method = served.methods().get(name);
            if (method == null) {
                return;
            }
            try {
                HostCall call = serving(module, detection, name, core, method, host);
                definitions.add(linker -> linker.function(importModule, name, core, call));
            } catch (SignatureException | ValueException e) {
                problems.add(name + ": " + String.valueOf(e.getMessage()).replace("\n", "\n  "));
            }
        });
        if (!problems.isEmpty()) {
            throw new SignatureException(host.getClass().getName() + " does not fit what " + module.name()
                    + " imports from " + importModule
                    + problems.stream().map(p -> "\n  " + p).collect(Collectors.joining()));
        }
        if (definitions.isEmpty()) {
            throw UnservedImports.nothingServed(module, importModule, host, methods);
        }
        return linker -> definitions.forEach(definition -> definition.accept(linker));
    }

    private static Set<String> prefixes(Detection detection) {
        Set<String> prefixes = new LinkedHashSet<>();
        prefixes.add("");
        detection.candidates().forEach(c -> prefixes.add(c.convention().functionPrefix()));
        return prefixes;
    }

    private static HostCall serving(
            Module module, Detection detection, String name, CoreFuncType core, Method method, Object host) {
        boolean givesCaller = takesCaller(method);
        MethodShape shape = MethodShape.servingCore(host.getClass(), method, givesCaller ? 1 : 0);
        List<Carrier> params = shape.carriers();
        Carrier result = shape.resultCarrier();
        Detection.Fit fit = PlacementChoice.of(shape, detection, result == null ? List.of() : List.of(result))
                .resolveImport(name, core, params, result, GuestExports.of(module));
        Convention convention = fit.convention();
        List<Carrier> carried = params.stream().map(convention::carried).toList();
        Carrier carriedResult = result == null ? null : convention.carried(result);
        Upcall serving = new Upcall(
                name,
                fit.placement(),
                givesCaller,
                shape.paramNames(),
                carried,
                carriedResult,
                Payloads.codec(convention, carried, carriedResult, host.getClass(), UnaryOperator.identity()));
        return Entry.hostCall(
                serving.compile(BoundFunction.functions(
                        module,
                        givesCaller ? Entry.methodWithCaller(host, method) : Entry.methodOf(host, method),
                        fit.placement())),
                core);
    }

    /** @throws SignatureException if it takes a {@link Caller}, and not as its first parameter */
    private static boolean takesCaller(Method method) {
        List<Class<?>> params = List.of(method.getParameterTypes());
        if (params.lastIndexOf(Caller.class) > 0) {
            throw new SignatureException(method.getDeclaringClass().getSimpleName() + "." + method.getName()
                    + " takes a Caller, which has to be its first parameter, once");
        }
        return params.contains(Caller.class);
    }
}
