package dev.airlock.binding;

import dev.airlock.shape.Names;
import java.lang.reflect.Method;
import java.util.ArrayList;
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

    /** Go exports only names that start with a capital, and so TinyGo's guests often do. */
    private static String upperCamel(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
