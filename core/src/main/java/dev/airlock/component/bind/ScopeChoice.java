package dev.airlock.component.bind;

import dev.airlock.error.Nearest;
import dev.airlock.mapping.GuestName;
import dev.airlock.wit.ExternName;
import dev.airlock.wit.InterfaceVersions;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chooses the interface of a component that a Java interface is bound to. */
final class ScopeChoice {
    private ScopeChoice() {}

    /** Returns the one scope that has all functions. */
    static @Nullable ExportScope choose(
            List<ExportScope> scopes,
            Class<?> type,
            List<Method> functions,
            @Nullable GuestName given,
            @Nullable String accessor,
            List<String> problems) {
        List<ExportScope> named = named(scopes, type, given, accessor);
        if (given != null) {
            if (named.size() == 1) {
                return named.get(0);
            }
            String others = named.isEmpty()
                    ? "no interface " + given.value() + hint(given.value(), scopes) + "; it exports " + names(scopes)
                    : "several interfaces " + given.value() + ": " + names(named) + "; give the whole name of one";
            problems.add(type.getSimpleName() + ": the component exports " + others);
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
        // None matches; report what is missing in the most likely one.
        return named.size() == 1
                ? named.get(0)
                : scopes.stream()
                        .max(Comparator.comparingLong((ExportScope scope) -> count(functions, scope))
                                .thenComparingInt(scope -> scope.functions().size()))
                        .orElseThrow();
    }

    private static List<ExportScope> named(
            List<ExportScope> scopes, Class<?> type, @Nullable GuestName given, @Nullable String accessor) {
        List<ExportScope> interfaces =
                scopes.stream().filter(scope -> !scope.name().isEmpty()).toList();
        if (given != null) {
            List<String> names = InterfaceVersions.named(
                    given.value(), interfaces.stream().map(ExportScope::name).toList());
            if (!names.isEmpty()) {
                return interfaces.stream()
                        .filter(scope -> names.contains(scope.name()))
                        .toList();
            }
        }
        return interfaces.stream()
                .filter(scope -> MemberNames.isInterface(scope.name(), given, type.getSimpleName())
                        || (given == null && accessor != null && MemberNames.isInterface(scope.name(), null, accessor)))
                .toList();
    }

    private static long count(List<Method> functions, ExportScope scope) {
        return functions.stream()
                .filter(m ->
                        !MemberNames.functions(m, scope.functions().keySet()).isEmpty())
                .count();
    }

    /** Returns a hint by the full name of an interface, or by its last part. */
    private static String hint(String wanted, List<ExportScope> scopes) {
        return scopes.stream()
                .map(ExportScope::name)
                .filter(name -> !name.isEmpty())
                .filter(name -> !Nearest.hint(wanted, List.of(name)).isEmpty()
                        || (ExternName.known(name) instanceof ExternName.Interface parsed
                                && !Nearest.hint(wanted, List.of(parsed.label()))
                                        .isEmpty()))
                .findFirst()
                .map(name -> " (did you mean \"" + name + "\"?)")
                .orElse("");
    }

    private static String names(List<ExportScope> scopes) {
        String names = scopes.stream()
                .filter(scope -> !scope.functions().isEmpty())
                .map(ExportScope::text)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }
}
