package dev.airlock;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.airlock.memory.linear.LinearMemory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the rooms in order: docs/ARCHITECTURE.md tells what each is for. */
class ArchitectureTest {
    /**
     * Lowest first: a room may import from those before it. The facade, dev.airlock itself, comes last. A room inside of
     * another's package is a room of its own, before or after it.
     */
    private static final List<String> ROOMS = List.of(
            // The artifacts airlock-symbols-api and airlock-symbols.
            "symbols.api",
            "symbols.name",
            "symbols.dwarf",
            "symbols",
            "error",
            "symbol",
            "limit",
            "event",
            "type",
            "wit",
            "memory.linear",
            "memory",
            "mapping",
            "shape",
            "placement",
            "payload",
            "codegen",
            "abi",
            "abi.form",
            "abi.canonical",
            "abi.placed",
            "convention",
            "store",
            "engine.binary",
            "engine.validate",
            "engine.vector",
            "engine.gc",
            "engine.runtime",
            "engine.simd",
            "engine.compile.jvm",
            "engine.load",
            "engine.compile",
            "engine",
            "binding",
            "wasi.files",
            "wasi.io",
            "wasi",
            "wasi.preview1",
            "component.binary",
            "component.type",
            "component.run",
            "component",
            "component.bind",
            "program",
            "pool");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.airlock");

    @Test
    void everyPackageIsARoomWeKnow() {
        Set<String> packages =
                CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = ROOMS.stream().map(r -> "dev.airlock." + r).collect(Collectors.toCollection(TreeSet::new));
        known.add("dev.airlock");
        assertThat(packages).isEqualTo(known);
    }

    @Test
    void roomsImportOnlyFromThoseBeforeThem() {
        for (int i = 0; i < ROOMS.size(); i++) {
            String[] later = ROOMS.subList(i + 1, ROOMS.size()).stream()
                    .map(room -> "dev.airlock." + room)
                    .toArray(String[]::new);
            if (later.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage("dev.airlock." + ROOMS.get(i))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(later)
                        .check(CLASSES);
            }
            noClasses()
                    .that()
                    .resideInAPackage("dev.airlock." + ROOMS.get(i))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.airlock")
                    .check(CLASSES);
        }
    }

    @Test
    void roomsHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching("dev.airlock.(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    /** A package that is crowded is split before anything is added to it. The two exceptions: small values, and the engine. */
    @Test
    void packagesAreSmall() {
        Map<String, Long> large = CLASSES.stream()
                .filter(c -> c.getEnclosingClass().isEmpty())
                .filter(c -> !Set.of("dev.airlock.type", "dev.airlock.engine").contains(c.getPackageName()))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        large.values().removeIf(count -> count <= 30);
        assertThat(large).isEmpty();
    }

    /** A program may leave the artifact out; code that refers to it would then not link. */
    @Test
    void onlyAirlockSymbolsRefersToItself() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.airlock.symbols..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.airlock.symbols", "dev.airlock.symbols.name", "dev.airlock.symbols.dwarf")
                .check(CLASSES);
    }

    @Test
    void onlyTheEngineAndCrossingsGenerateCode() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.airlock.engine",
                        "dev.airlock.engine.gc",
                        "dev.airlock.engine.compile..",
                        "dev.airlock.engine.simd",
                        "dev.airlock.codegen",
                        "dev.airlock.abi..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.objectweb.asm..")
                .check(CLASSES);
    }

    /**
     * Who has a memory's array can write into it, and what is written without {@link LinearMemory#toWrite} stays there for
     * the next call of a pooled instance to find. So those who read the array are listed, and looked at.
     */
    @Test
    void onlyTheseReadAMemorysArray() {
        Set<String> readers = CLASSES.stream()
                .flatMap(c -> c.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTarget().getName().equals("bytes")
                        && call.getTargetOwner().isEquivalentTo(LinearMemory.class))
                .map(call -> call.getOriginOwner().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(readers)
                .containsExactlyInAnyOrder(
                        "GuestText",
                        "GuestMemory",
                        "LiftingOperations",
                        "LinearMemory",
                        "LoweringOperations",
                        "Memory",
                        "RangeInputStream",
                        "RangeOutputStream");
    }

    @Test
    void namesSayWhatAClassIs() {
        classes()
                .should()
                .haveNameNotMatching(".*(Impl|Util|Utils|Manager|Helper)$")
                .check(CLASSES);
    }

    /** By simple name, as checkers know these annotations. */
    @Test
    void immutableTypesAskForTheirResultsToBeUsed() {
        for (String type : List.of(
                "Guest",
                "CoreGuest",
                "ComponentGuest",
                "convention.Convention",
                "limit.Limits",
                "limit.CallOptions",
                "pool.PoolOptions",
                "program.Program")) {
            assertThat(isAnnotated("dev.airlock." + type, "CheckReturnValue"))
                    .as(type)
                    .isTrue();
        }
        assertThat(isAnnotated("dev.airlock.convention.Convention$Builder", "CanIgnoreReturnValue"))
                .isTrue();
    }

    private static boolean isAnnotated(String type, String annotation) {
        return CLASSES.get(type).getAnnotations().stream()
                .anyMatch(a -> a.getRawType().getSimpleName().equals(annotation));
    }
}
