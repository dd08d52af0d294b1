package dev.airlock.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.Guests;
import dev.airlock.error.ValueException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An interface whose class file has no names for parameters, as javac writes it by default. */
class UnnamedParametersTest {
    private static final String SOURCE = """
            public interface Kit {
                String greet(String name);

                java.util.List<String> echoStrings(java.util.List<String> values);
            }
            """;

    @TempDir
    Path folder;

    private Class<?> compiled(String source) throws Exception {
        Path file = Files.writeString(folder.resolve("Kit.java"), source);
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        assertThat(javac.run(null, null, null, "-proc:none", "-d", folder.toString(), file.toString()))
                .isZero();
        var loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
        return loader.loadClass("Kit");
    }

    private static Throwable call(Object kit, Method method, Object arg) {
        return catchThrowable(() -> method.invoke(kit, arg)).getCause();
    }

    @Test
    void theMethodIsNamed() throws Exception {
        Class<?> type = compiled(SOURCE.replaceAll("java.util.List<String> echo.*\n", "\n"));
        try (Guest guest = Airlock.open(Guests.file("c/kit")).unknownImportsAsTraps()) {
            Object kit = guest.as(type);
            Method greet = type.getMethod("greet", String.class);
            assertThat(greet.invoke(kit, "Ada")).isEqualTo("Hello, Ada!");
            assertThat(call(kit, greet, null))
                    .isInstanceOf(ValueException.class)
                    .hasMessage("Kit.greet(arg0): null, where a value is needed");
            assertThat(call(kit, greet, "\ud800"))
                    .isInstanceOf(ValueException.class)
                    .hasMessageStartingWith("Kit.greet(arg0): ");
        }
    }

    @Test
    void witHasANameForTheParameter() throws Exception {
        Class<?> type = compiled(SOURCE);
        try (Guest guest = Airlock.open(Guests.file("components/c/kit")).unknownImportsAsTraps()) {
            Object kit = guest.as(type);
            assertThat(call(kit, type.getMethod("greet", String.class), null))
                    .isInstanceOf(ValueException.class)
                    .hasMessageStartingWith("Kit.greet(name): ");
            assertThat(call(kit, type.getMethod("echoStrings", List.class), List.of("a", "\ud800")))
                    .isInstanceOf(ValueException.class)
                    .hasMessageStartingWith("Kit.echoStrings(values)[1]: ");
        }
    }
}
