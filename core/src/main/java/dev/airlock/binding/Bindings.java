package dev.airlock.binding;

import dev.airlock.codegen.Handles;
import dev.airlock.convention.Detection;
import dev.airlock.convention.ExportView;
import dev.airlock.engine.Entry;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Module;
import dev.airlock.error.Nearest;
import dev.airlock.error.SignatureException;
import dev.airlock.error.ValueException;
import dev.airlock.mapping.GuestName;
import dev.airlock.shape.FutureMethods;
import dev.airlock.shape.InterfaceMethods;
import dev.airlock.shape.MethodShape;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExportType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Makes interfaces stand for the exports of an instance. */
public final class Bindings {
    private Bindings() {}

    /** One class of implementations serves all instances for which everything about its methods is the same. */
    private record Key(Class<?> type, List<MethodHandle> handles) {}

    /**
     * An interface whose methods call the functions that an instance exports.
     *
     * <p>A method finds its function by its name: as written, in snake case, in kebab case, with a capital, or as
     * {@link GuestName} says. Default and static methods stay what they are; {@code close()} of an
     * {@link AutoCloseable} closes the instance.
     *
     * <p>Calls throw {@link ValueException} for a value that does not fit, with its path, and what calls of
     * {@link dev.airlock.engine.Func} throw.
     *
     * @param detection the guest's convention, found or chosen
     * @throws SignatureException with all methods that cannot stand for a function of the guest, and why
     */
    public static <T> T bind(Instance instance, Detection detection, Class<T> type) {
        return bind(instance, detection, type, true, false);
    }

    /**
     * The same for whom calls in a thread of its own: a method that returns a {@code CompletableFuture} has called the
     * function by the time that it returns, and its future is complete. Else such methods are refused. Public for pools.
     */
    public static <T> T bindCompleting(Instance instance, Detection detection, Class<T> type) {
        return bind(instance, detection, type, true, true);
    }

    /**
     * The steps of each call of an interface that is bound to a module's exports, in words. Nothing of the guest runs.
     *
     * @param detection the guest's convention, found or chosen
     * @throws SignatureException with all methods that cannot stand for a function of the guest, and why
     */
    public static String explain(Module module, Detection detection, Class<?> type) {
        ExportView exports = GuestExports.of(module);
        var text = new StringBuilder();
        forEach(module, type, method -> {
            if (!isClose(type, method)) {
                String export = export(module, method, detection);
                text.append(text.isEmpty() ? "" : "\n")
                        .append(BoundFunction.crossing(
                                        module, export, MethodShape.callingCore(type, method), detection, exports)
                                .explain((CoreFuncType) module.export(export).orElseThrow()));
            }
        });
        return text.toString();
    }

    /** The same, by plans that are interpreted: the measure for the code that is generated from them. */
    static <T> T bindInterpreted(Instance instance, Detection detection, Class<T> type) {
        return bind(instance, detection, type, false, false);
    }

    private static <T> T bind(
            Instance instance, Detection detection, Class<T> type, boolean compiled, boolean completing) {
        Module module = instance.module();
        ExportView exports = GuestExports.of(instance);
        var methods = new ArrayList<Entry.Method>();
        forEach(module, type, method -> {
            if (!completing) {
                FutureMethods.refuse(method);
            }
            MethodHandle handle = isClose(type, method)
                    ? Entry.close()
                    : BoundFunction.bind(
                            module,
                            export(module, method, detection),
                            MethodShape.callingCore(type, method),
                            detection,
                            exports,
                            compiled);
            methods.add(new Entry.Method(
                    method.getName(),
                    erased(method),
                    FutureMethods.isOne(method) ? completing(module, handle) : handle));
        });
        methods.add(new Entry.Method("toString", MethodType.methodType(String.class), describing(type)));
        MethodHandle constructor = Entry.once(
                module,
                new Key(
                        type,
                        methods.stream()
                                .limit(methods.size() - 1)
                                .map(Entry.Method::handle)
                                .toList()),
                () -> Entry.implementing(type, methods));
        try {
            return type.cast((Object) constructor.invokeExact((Object) instance));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("a generated class cannot be made", e);
        }
    }

    /** @throws SignatureException with what all methods are refused for */
    private static void forEach(Module module, Class<?> type, Consumer<Method> binding) {
        if (!type.isInterface() || type.isSealed() || type.isAnnotation()) {
            throw new SignatureException(
                    type.getName() + " cannot be bound: it has to be an interface, not sealed, and no annotation");
        }
        var problems = new ArrayList<String>();
        for (Method method : functions(type, problems)) {
            try {
                binding.accept(method);
            } catch (SignatureException | ValueException e) {
                String what = type.getSimpleName() + "." + method.getName();
                String said = String.valueOf(e.getMessage()).replace("\n", "\n  ");
                problems.add(said.startsWith(what + "(") ? said : what + ": " + said);
            }
        }
        if (!problems.isEmpty()) {
            throw new SignatureException(type.getName() + " does not fit " + module.name()
                    + problems.stream().map(p -> "\n  " + p).collect(Collectors.joining()));
        }
    }

    private record CompletingKey(MethodHandle call) {}

    private static MethodHandle completing(Module module, MethodHandle call) {
        return Entry.once(module, new CompletingKey(call), () -> FutureMethods.completing(call));
    }

    private static List<Method> functions(Class<?> type, List<String> problems) {
        Map<String, Method> byName = new HashMap<>();
        Set<String> overloaded = new LinkedHashSet<>();
        List<Method> functions = InterfaceMethods.toImplement(type);
        for (Method method : functions) {
            Method other = byName.putIfAbsent(method.getName(), method);
            if (other != null && !erased(other).equals(erased(method))) {
                overloaded.add(method.getName());
            }
        }
        for (String name : overloaded) {
            problems.add(type.getSimpleName() + "." + name
                    + " is overloaded, and a guest has one function of a name: give one of them a name of its own");
        }
        return functions.stream()
                // Two interfaces may bring the same method: then the first stands for both.
                .filter(m -> !overloaded.contains(m.getName()) && m.equals(byName.get(m.getName())))
                .sorted((a, b) -> a.getName().compareTo(b.getName()))
                .toList();
    }

    private static boolean isClose(Class<?> type, Method method) {
        return AutoCloseable.class.isAssignableFrom(type)
                && method.getName().equals("close")
                && method.getParameterCount() == 0;
    }

    private static MethodType erased(Method method) {
        return MethodType.methodType(method.getReturnType(), method.getParameterTypes());
    }

    private static MethodHandle describing(Class<?> type) {
        return MethodHandles.insertArguments(
                Handles.own(
                        MethodHandles.lookup(),
                        "describe",
                        MethodType.methodType(String.class, String.class, Object.class)),
                0,
                type.getSimpleName());
    }

    @SuppressWarnings("unused") // by handle, above
    private static String describe(String type, Object instance) {
        return type + " by " + instance;
    }

    /** The one export that a method names. */
    private static String export(Module module, Method method, Detection detection) {
        Set<String> prefixes = prefixes(detection);
        List<String> candidates = MethodNames.of(method, prefixes);
        // Names as they are first: a guest may have thousands of exports.
        List<String> found = candidates.stream()
                .distinct()
                .filter(name -> module.export(name).orElse(null) instanceof CoreFuncType)
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.isEmpty()) {
            List<String> functions = module.exports().stream()
                    .filter(e -> e.type() instanceof CoreFuncType)
                    .map(ExportType::name)
                    .toList();
            found = MethodNames.meant(method, prefixes, functions);
            if (found.size() == 1) {
                return found.get(0);
            }
            if (found.isEmpty()) {
                throw new SignatureException("the guest exports no function " + String.join(", ", candidates)
                        + Nearest.hint(candidates, functions) + "; it exports "
                        + (functions.isEmpty() ? "none" : String.join(", ", functions)));
            }
        }
        throw new SignatureException("the guest exports several functions that it may stand for: "
                + String.join(", ", found) + "; choose one by @GuestName");
    }

    /** What a guest adds to its interface by hand has no prefix, so it may be missing. */
    private static Set<String> prefixes(Detection detection) {
        Set<String> prefixes = new LinkedHashSet<>();
        detection.candidates().forEach(c -> prefixes.add(c.convention().functionPrefix()));
        prefixes.add("");
        return prefixes;
    }
}
