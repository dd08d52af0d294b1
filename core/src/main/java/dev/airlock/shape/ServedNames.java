package dev.airlock.shape;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which methods of a Java object serve which names of a guest's imports.
 *
 * @param methods by the guest's names, those that are served
 * @param problems names and methods that are ambiguous
 */
public record ServedNames(Map<String, Method> methods, List<String> problems) {
    /** How surely a method has a name that it may stand for; later is surer. */
    public enum Closeness {
        /** Case, hyphens or underscores differ. */
        NEAR,
        /** The Java name makes it. */
        EXACT,
        /** An annotation gives it. */
        GIVEN
    }

    /**
     * Pairs methods and names. Of several methods that a name may mean, the surest serves it.
     *
     * @param meant the names that a method may stand for, by the rule of {@link Names#meant}
     * @param closeness of a method to one of these names
     */
    public static ServedNames of(
            List<Method> methods,
            Function<Method, List<String>> meant,
            BiFunction<Method, String, Closeness> closeness) {
        var problems = new ArrayList<String>();
        Map<String, List<Method>> byName = new LinkedHashMap<>();
        for (Method method : methods) {
            List<String> names = meant.apply(method);
            if (names.size() > 1) {
                problems.add(
                        text(method) + " may stand for " + String.join(", ", names) + "; choose one by @GuestName");
            } else {
                names.forEach(name ->
                        byName.computeIfAbsent(name, n -> new ArrayList<>()).add(method));
            }
        }
        Map<String, Method> served = new LinkedHashMap<>();
        byName.forEach((name, fitting) -> {
            Closeness surest = fitting.stream()
                    .map(method -> closeness.apply(method, name))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            List<Method> best = fitting.stream()
                    .filter(method -> closeness.apply(method, name) == surest)
                    .toList();
            if (best.size() > 1) {
                problems.add(name + ": several methods have its name: "
                        + best.stream().map(ServedNames::text).sorted().collect(Collectors.joining(", "))
                        + "; choose one by @GuestName");
            } else {
                served.put(name, best.get(0));
            }
        });
        return new ServedNames(served, problems);
    }

    private static String text(Method method) {
        return Names.of(method)
                + Stream.of(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
