package dev.airlock.binding;

import dev.airlock.mapping.GuestName;
import dev.airlock.shape.Names;
import dev.airlock.shape.ServedNames;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Under which names a guest may have a Java method. */
final class MethodNames {
    private MethodNames() {}

    /** The likeliest first; the one of {@link GuestName} alone where there is one. */
    static List<String> of(Method method, Set<String> prefixes) {
        GuestName given = method.getAnnotation(GuestName.class);
        Set<String> names = new LinkedHashSet<>();
        if (given != null) {
            names.add(given.value());
        } else {
            names.addAll(Names.candidates(Names.of(method)));
            names.add(upperCamel(Names.of(method)));
        }
        var all = new ArrayList<String>();
        for (String prefix : prefixes) {
            names.forEach(name -> all.add(prefix + name));
        }
        return all;
    }

    /**
     * The ones of a guest's names that a method may stand for: those of {@link #of}; if there are none, those that differ in
     * case, hyphens and underscores alone, by the rule of {@link Names#meant}.
     */
    static List<String> meant(Method method, Set<String> prefixes, Collection<String> names) {
        List<String> exact =
                of(method, prefixes).stream().distinct().filter(names::contains).toList();
        if (!exact.isEmpty() || method.isAnnotationPresent(GuestName.class)) {
            return exact;
        }
        return names.stream()
                .filter(name -> prefixes.stream()
                        .anyMatch(prefix -> name.startsWith(prefix)
                                && !Names.meant(
                                                Names.of(method),
                                                List.of(name.substring(prefix.length())),
                                                rest -> rest)
                                        .isEmpty()))
                .toList();
    }

    /** How surely a method has a name that it may stand for. */
    static ServedNames.Closeness closeness(Method method, Set<String> prefixes, String name) {
        if (method.isAnnotationPresent(GuestName.class)) {
            return ServedNames.Closeness.GIVEN;
        }
        return of(method, prefixes).contains(name) ? ServedNames.Closeness.EXACT : ServedNames.Closeness.NEAR;
    }

    /** Go exports only names that start with a capital, and so TinyGo's guests often do. */
    private static String upperCamel(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
