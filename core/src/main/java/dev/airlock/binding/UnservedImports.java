package dev.airlock.binding;

import dev.airlock.engine.HostFunction;
import dev.airlock.engine.Module;
import dev.airlock.error.Nearest;
import dev.airlock.error.SignatureException;
import dev.airlock.mapping.GuestName;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ImportType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** What to say to a host whose object would serve nothing. Public for the room {@code component}; no program should use it. */
public final class UnservedImports {
    private UnservedImports() {}

    /** @throws SignatureException if the guest imports no function from a module of that name */
    static void checkModule(Module module, String importModule, Object host) {
        if (!functions(module, importModule).isEmpty()) {
            return;
        }
        List<ImportType> other = module.imports().stream()
                .filter(wanted -> wanted.module().equals(importModule))
                .toList();
        if (!other.isEmpty()) {
            throw new SignatureException(module.name() + " imports no function from " + importModule + ", only "
                    + other.stream().map(ImportType::name).collect(Collectors.joining(", "))
                    + ", which no method of " + host.getClass().getName() + " can serve: define it by linking(…)");
        }
        List<String> names = module.imports().stream()
                .filter(wanted -> wanted.type() instanceof CoreFuncType)
                .map(ImportType::module)
                .distinct()
                .toList();
        throw new SignatureException(module.name() + " imports nothing from " + importModule
                + Nearest.hint(importModule, names) + ", so " + host.getClass().getName() + " would serve nothing: "
                + (names.isEmpty()
                        ? "it imports no function at all"
                        : "it imports functions from " + String.join(", ", names)));
    }

    /** Names that are given by an annotation which has no effect here, in words. */
    public static List<String> markedForLinkers(List<Method> methods, Set<String> prefixes) {
        return methods.stream()
                .filter(m -> {
                    HostFunction mark = m.getAnnotation(HostFunction.class);
                    return mark != null
                            && !mark.value().isEmpty()
                            && !MethodNames.of(m, prefixes).contains(mark.value());
                })
                .map(m -> m.getName() + ": @HostFunction names methods for Linker.functions only: write @GuestName(\""
                        + m.getAnnotation(HostFunction.class).value() + "\")")
                .toList();
    }

    /** For an object none of whose methods has the name of an import. */
    static SignatureException nothingServed(Module module, String importModule, Object host, List<Method> methods) {
        Map<String, String> wanted = new LinkedHashMap<>();
        functions(module, importModule)
                .forEach(function -> wanted.put(function.name(), function.name() + function.type()));
        return nothingServed(
                module.name() + " imports from " + importModule,
                wanted,
                host,
                methods,
                (method, name) -> MethodNames.of(method, Set.of("")).contains(name));
    }

    /**
     * The same for guests of any kind.
     *
     * @param imports which guest imports from where, to stand in a sentence
     * @param wanted by the names of the functions, these with their types
     * @param has whether a method would have a name if it could serve
     */
    public static SignatureException nothingServed(
            String imports,
            Map<String, String> wanted,
            Object host,
            List<Method> methods,
            BiPredicate<Method, String> has) {
        List<String> names =
                methods.stream().map(UnservedImports::name).distinct().sorted().toList();
        return new SignatureException(host.getClass().getName() + " serves nothing that " + imports
                + ": none of its methods has the name of one of these"
                + wanted.entrySet().stream()
                        .map(function -> "\n  " + function.getValue() + hint(function.getKey(), host, names, has))
                        .collect(Collectors.joining())
                + "\nits methods are " + (names.isEmpty() ? "none" : String.join(", ", names))
                + "; @GuestName gives a method another name");
    }

    private static String hint(String wanted, Object host, List<String> names, BiPredicate<Method, String> has) {
        return Arrays.stream(host.getClass().getDeclaredMethods())
                .filter(m -> Modifier.isStatic(m.getModifiers()) || Modifier.isPrivate(m.getModifiers()))
                .filter(m -> !m.isSynthetic() && has.test(m, wanted))
                .findFirst()
                .map(m -> " (" + m.getName() + " is " + (Modifier.isStatic(m.getModifiers()) ? "static" : "private")
                        + ", and such methods serve nothing)")
                .orElseGet(() -> Nearest.hint(wanted, names));
    }

    private static String name(Method method) {
        GuestName given = method.getAnnotation(GuestName.class);
        return given == null ? method.getName() : given.value();
    }

    private static List<ImportType> functions(Module module, String importModule) {
        return module.imports().stream()
                .filter(wanted -> wanted.module().equals(importModule) && wanted.type() instanceof CoreFuncType)
                .toList();
    }
}
