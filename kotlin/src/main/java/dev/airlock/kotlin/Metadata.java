package dev.airlock.kotlin;

import java.util.Optional;
import kotlin.metadata.KmClass;
import kotlin.metadata.jvm.KotlinClassMetadata;

/** The metadata of classes, read once for each. */
final class Metadata {
    private static final ClassValue<Optional<KmClass>> READ = new ClassValue<>() {
        @Override
        protected Optional<KmClass> computeValue(Class<?> type) {
            return read(type);
        }
    };

    private Metadata() {}

    /** Returns what Kotlin's compiler wrote of a class; empty if it is not a class of Kotlin's. */
    static Optional<KmClass> of(Class<?> type) {
        return READ.get(type);
    }

    private static Optional<KmClass> read(Class<?> type) {
        kotlin.Metadata written = type.getAnnotation(kotlin.Metadata.class);
        // Lenient: a class of a newer Kotlin is read as far as this version knows it, instead of being refused.
        return written != null
                        && KotlinClassMetadata.readLenient(written) instanceof KotlinClassMetadata.Class description
                ? Optional.of(description.getKmClass())
                : Optional.empty();
    }

    /** @param name as metadata has it: slashes between packages, dots between a class and one inside it */
    static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name.replace('.', '$').replace('/', '.'), false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the class " + name + " is not beside the one that names it", e);
        }
    }
}
