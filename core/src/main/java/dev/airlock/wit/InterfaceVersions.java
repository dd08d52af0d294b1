package dev.airlock.wit;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Matches names of interfaces by compatible versions (Explainer, "Names", and Semantic Versioning 2.0). */
public final class InterfaceVersions {
    private InterfaceVersions() {}

    /**
     * Returns the offered name that satisfies a wanted one: the name itself, or else the highest compatible version of the
     * same interface. InterfaceVersions are compatible within {@code 1.x}, or within {@code 0.2.x}. A pre-release matches only itself.
     *
     * @param wanted the name of an import
     * @param offered the names to choose from
     * @return a name of {@code offered}, or null if none is compatible
     */
    public static @Nullable String find(String wanted, Collection<String> offered) {
        if (offered.contains(wanted)) {
            return wanted;
        }
        ExternName.Interface name = interfaceOf(wanted);
        if (name == null || name.version() == null) {
            return null;
        }
        return offered.stream()
                .filter(other -> fits(name, name.version(), interfaceOf(other)))
                .max(Comparator.comparing(InterfaceVersions::versionOf, InterfaceVersions::compare))
                .orElse(null);
    }

    /**
     * Returns the names that a user may mean: the match of {@link #find}, or, for a name without a version, the names
     * of the interface in any version. The name is ambiguous if there are several.
     *
     * @param given the name as the user wrote it
     * @param names the names to choose from
     * @return names of {@code names}; empty if there is none
     */
    public static List<String> named(String given, Collection<String> names) {
        String found = find(given, names);
        if (found != null) {
            return List.of(found);
        }
        ExternName.Interface name = interfaceOf(given);
        if (name == null || name.version() != null) {
            return List.of();
        }
        return names.stream()
                .filter(other -> isSameInterface(name, interfaceOf(other)))
                .toList();
    }

    private static boolean isSameInterface(ExternName.Interface one, ExternName.@Nullable Interface other) {
        return other != null
                && other.namespace().equals(one.namespace())
                && other.packageName().equals(one.packageName())
                && other.label().equals(one.label());
    }

    private static boolean fits(ExternName.Interface wanted, Version version, ExternName.@Nullable Interface other) {
        return other != null
                && other.version() != null
                && isSameInterface(wanted, other)
                && areCompatible(version, other.version());
    }

    static boolean areCompatible(Version one, Version other) {
        return one.prerelease().isEmpty()
                && other.prerelease().isEmpty()
                && one.major() == other.major()
                && (one.major() > 0
                        || (one.minor() == other.minor() && (one.minor() > 0 || one.patch() == other.patch())));
    }

    private static Version versionOf(String name) {
        ExternName.Interface parsed = interfaceOf(name);
        if (parsed == null || parsed.version() == null) {
            throw new IllegalStateException(name + " has no version");
        }
        return parsed.version();
    }

    private static int compare(Version one, Version other) {
        return Comparator.comparingLong(Version::major)
                .thenComparingLong(Version::minor)
                .thenComparingLong(Version::patch)
                .compare(one, other);
    }

    private static ExternName.@Nullable Interface interfaceOf(String name) {
        try {
            return ExternName.parse(name) instanceof ExternName.Interface parsed ? parsed : null;
        } catch (ExternName.Malformed e) {
            return null;
        }
    }
}
