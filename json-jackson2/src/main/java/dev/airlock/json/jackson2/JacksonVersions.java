package dev.airlock.json.jackson2;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.cfg.PackageVersion;
import dev.airlock.error.ValueException;
import java.security.CodeSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds out, for error messages, which Jackson is on the class path. */
final class JacksonVersions {
    private static final String UNKNOWN = "an unknown version";

    private JacksonVersions() {}

    /**
     * Runs code that uses Jackson. The JVM looks for Jackson's classes only when the code uses them.
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

    /** Returns the error for a class path on which Jackson 2 does not run. */
    static ValueException unusable(LinkageError e) {
        return new ValueException(
                "airlock-json-jackson2 cannot run with the Jackson on this class path: " + advice(), e);
    }

    private static String advice() {
        Version databind;
        try {
            databind = PackageVersion.VERSION;
        } catch (LinkageError e) {
            return "it needs com.fasterxml.jackson.core:jackson-databind 2.18 or later, which is missing";
        }
        return "it has jackson-databind " + databind + " and jackson-annotations " + annotations()
                + "; it needs 2.18 or later of both, and of jackson-core, jackson-datatype-jdk8 and"
                + " jackson-datatype-jsr310, all of one version";
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
