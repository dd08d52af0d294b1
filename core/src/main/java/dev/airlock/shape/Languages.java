package dev.airlock.shape;

import dev.airlock.mapping.LanguageTypes;
import dev.airlock.mapping.LanguageTypes.FunctionFacts;
import dev.airlock.mapping.LanguageTypes.RecordFacts;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the installed {@link LanguageTypes} say; nothing, if there are none or the class is a Java class. */
final class Languages {
    /** The classes of a language whose support is an artifact of its own have this annotation. */
    private static final String KOTLIN = "kotlin.Metadata";

    /** Found once for each class loader, since a search reads jars. */
    private static final ClassValue<List<LanguageTypes>> INSTALLED = new ClassValue<>() {
        @Override
        protected List<LanguageTypes> computeValue(Class<?> near) {
            return ServiceLoader.load(LanguageTypes.class, near.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
        }
    };

    private Languages() {}

    static @Nullable FunctionFacts function(Method method) {
        return first(method.getDeclaringClass(), language -> language.function(method));
    }

    static @Nullable RecordFacts record(Class<?> type) {
        return first(type, language -> language.record(type));
    }

    static @Nullable List<Class<?>> cases(Class<?> type) {
        return first(type, language -> language.cases(type));
    }

    static @Nullable Object singleton(Class<?> type) {
        return first(type, language -> language.singleton(type));
    }

    /** Whether a class is of a language whose support is missing. */
    static boolean isUnsupported(Class<?> type) {
        return isForeign(type) && installed(type).isEmpty();
    }

    private static <T> @Nullable T first(Class<?> type, Function<LanguageTypes, @Nullable T> question) {
        if (!isForeign(type)) {
            return null;
        }
        return installed(type).stream()
                .map(question)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The class's own loader is asked first: a language is often installed beside the classes that are written in it. */
    private static List<LanguageTypes> installed(Class<?> type) {
        List<LanguageTypes> near = INSTALLED.get(type);
        return near.isEmpty() ? INSTALLED.get(Languages.class) : near;
    }

    private static boolean isForeign(Class<?> type) {
        return Arrays.stream(type.getDeclaredAnnotations())
                .anyMatch(a -> a.annotationType().getName().equals(KOTLIN));
    }
}
