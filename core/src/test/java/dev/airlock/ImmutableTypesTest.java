package dev.airlock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Types whose documentation says that they are immutable have final fields alone, so that threads may share them. */
class ImmutableTypesTest {
    private static final Path SOURCES = Path.of("src/main/java");

    /** The comment of a top-level type, then its annotations, then the type. */
    private static final Pattern DOCUMENTED = Pattern.compile(
            "^/\\*\\*(?<comment>(?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*"
                    + "(?:public |final |abstract |sealed )*(?:class|record|interface|enum) (?<name>\\w+)",
            Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void immutableTypesHaveOnlyFinalFields() throws Exception {
        List<Class<?>> immutable = immutableTypes();
        assertThat(immutable).extracting(Class::getSimpleName).contains("Limits", "PoolOptions", "WasiCtx", "Engine");
        assertThat(immutable.stream()
                        .flatMap(ImmutableTypesTest::fields)
                        .filter(field -> !Modifier.isFinal(field.getModifiers()))
                        .filter(field -> !Modifier.isStatic(field.getModifiers()))
                        // What is made when it is first needed, and then published to other threads.
                        .filter(field -> !Modifier.isVolatile(field.getModifiers()))
                        .map(Field::toString))
                .isEmpty();
    }

    /** Fields of superclasses too, since what they hold is part of the state. */
    private static Stream<Field> fields(Class<?> type) {
        return type == null || type == Object.class
                ? Stream.of()
                : Stream.concat(Arrays.stream(type.getDeclaredFields()), fields(type.getSuperclass()));
    }

    private static List<Class<?>> immutableTypes() throws IOException, ClassNotFoundException {
        var types = new ArrayList<Class<?>>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(SOURCES)) {
            files = all.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            Matcher type = DOCUMENTED.matcher(Files.readString(file));
            if (type.find() && type.group("comment").matches("(?s).*\\b[Ii]mmutable\\b.*")) {
                String room = SOURCES.relativize(file.getParent())
                        .toString()
                        .replace('/', '.')
                        .replace('\\', '.');
                types.add(Class.forName(room + "." + type.group("name")));
            }
        }
        return types;
    }
}
