package dev.airlock.kotlin;

import java.util.Optional;
import kotlin.metadata.KmClass;
import kotlin.metadata.jvm.KotlinClassMetadata;

/** Reads the metadata of each class once. */
final class Metadata {
    private static final ClassValue<Optional<KmClass>> READ = new ClassValue<>() {
        @Override
        protected Optional<KmClass> computeValue(Class<?> type) {
            return read(type);
        }
    };

    private Metadata() {}

    /** Returns the metadata that Kotlin's compiler wrote into a class; empty if Kotlin did not compile it. */
    static Optional<KmClass> of(Class<?> type) {
        return READ.get(type);
    }

    private static Optional<KmClass> read(Class<?> type) {
        kotlin.Metadata written = type.getAnnotation(kotlin.Metadata.class);
        // Lenient: this reads the known part of a class of a newer Kotlin, instead of refusing it.
        return written != null
                        && KotlinClassMetadata.readLenient(written) instanceof KotlinClassMetadata.Class description
                ? Optional.of(description.getKmClass())
                : Optional.empty();
    }

    /** @param name as in the metadata: slashes between packages, dots between a class and its nested class */
    static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name.replace('.', '$').replace('/', '.'), false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the class " + name + " is not beside the one that names it", e);
        }
    }
}
