package dev.airlock.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.airlock.error.ValueException;
import java.security.CodeSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.cfg.PackageVersion;

/** Explains which Jackson is on the class path: platforms may pin versions of its parts that do not work together. */
final class JacksonVersions {
    private static final String UNKNOWN = "an unknown version";

    private JacksonVersions() {}

    /**
     * Runs code that uses Jackson. The JVM looks for some of its parts only when they are first used.
     *
     * @throws ValueException if a part is missing; the message says what to add
     */
    static <T extends @Nullable Object> T running(Supplier<T> code) {
        try {
            return code.get();
        } catch (LinkageError e) {
            throw unusable(e);
        }
    }

    /** Returns the exception for a class path on which Jackson 3 does not run. */
    static ValueException unusable(LinkageError e) {
        return new ValueException(
                "airlock-json cannot run with the Jackson on this class path: " + advice()
                        + "; or replace dev.airlock:airlock-json by dev.airlock:airlock-json-jackson2, which needs only"
                        + " Jackson 2",
                e);
    }

    private static String advice() {
        Version databind;
        try {
            databind = PackageVersion.VERSION;
        } catch (LinkageError e) {
            return "it needs tools.jackson.core:jackson-databind 3.0 or later, which is missing";
        }
        // Jackson 3 shares the annotations of Jackson 2: 3.0 needs those of 2.20, 3.1 those of 2.21, and so on.
        String needed = "2." + (20 + databind.getMinorVersion());
        return "jackson-databind " + databind + " needs com.fasterxml.jackson.core:jackson-annotations " + needed
                + " or later, and the class path has " + annotations()
                + ", perhaps since a platform pins it: add version "
                + needed + " to dependencyManagement";
    }

    private static String annotations() {
        Class<?> type;
        try {
            type = JsonProperty.class;
        } catch (LinkageError e) {
            return "none";
        }
        String version = type.getPackage().getImplementationVersion();
        CodeSource source = type.getProtectionDomain().getCodeSource();
        String path = source == null ? "" : source.getLocation().getPath();
        return (version == null ? UNKNOWN : version) + " (" + path.substring(path.lastIndexOf('/') + 1) + ")";
    }
}
