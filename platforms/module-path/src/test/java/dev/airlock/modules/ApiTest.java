package dev.airlock.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares the exported API of each artifact with the text beside its {@code pom.xml}, so that a review sees each change.
 *
 * <p>{@code mvn verify -Dairlock.api.write} writes the texts.
 */
class ApiTest {
    private static final Path ROOT = Path.of(System.getProperty("airlock.guests")).resolveSibling("");

    private static final Map<String, String> TEXTS = new TreeMap<>(Map.of(
            "dev.airlock", "core/airlock.api",
            "dev.airlock.json", "json/airlock-json.api",
            "dev.airlock.json.jackson2", "json-jackson2/airlock-json-jackson2.api",
            "dev.airlock.msgpack", "msgpack/airlock-msgpack.api"));

    @TestFactory
    Stream<DynamicTest> theExportedApiIsTheCommittedText() {
        return TEXTS.entrySet().stream()
                .map(text -> DynamicTest.dynamicTest(text.getKey(), () -> compare(text.getKey(), ROOT.resolve(text.getValue()))));
    }

    private static void compare(String module, Path text) throws IOException {
        String exported = ApiText.of(exported(module));
        if (System.getProperty("airlock.api.write") != null) {
            Files.writeString(text, exported);
        }
        assertEquals(Files.readString(text), exported, "the exported API: see " + text.getFileName());
    }

    private static List<Class<?>> exported(String name) throws IOException {
        ModuleReference module = ModuleFinder.of(Path.of(System.getProperty("airlock.libraries")))
                .find(name)
                .orElseThrow(() -> new AssertionError("there is no module " + name));
        Set<String> packages = module.descriptor().isAutomatic()
                ? module.descriptor().packages()
                : module.descriptor().exports().stream()
                        .filter(export -> !export.isQualified())
                        .map(export -> export.source())
                        .collect(Collectors.toSet());
        try (ModuleReader reader = module.open()) {
            return reader.list()
                    .filter(file -> file.endsWith(".class"))
                    .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .filter(type -> type.contains(".") && packages.contains(type.substring(0, type.lastIndexOf('.'))))
                    .<Class<?>>map(ApiTest::load)
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ApiTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
