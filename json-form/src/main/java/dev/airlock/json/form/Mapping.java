package dev.airlock.json.form;

import dev.airlock.shape.JavaShape;
import java.lang.reflect.Type;

/** The mapper of the types that {@link Forms} does not map: records, enums, and types without a shape. */
public interface Mapping {
    /** Returns the form of a type that the mapper writes and reads. */
    Form leaf(Type type);

    /** Returns whether annotations for the mapper define how it maps a sealed interface's cases or a tuple. */
    boolean isAnnotated(Class<?> type);

    /** Returns whether the mapper maps classes that other languages use like records, such as Kotlin's data classes. */
    boolean mapsLanguages();

    /** Returns the mapper's name for a record's component of this Java name, for values that have no record. */
    default String memberName(String javaName) {
        return javaName;
    }

    /** Returns whether the mapper refuses members that it does not know. */
    default boolean refusesUnknownMembers() {
        return true;
    }

    /** Returns whether the mapper maps all of a shape, including parts that have a form here. */
    boolean decides(JavaShape shape);
}
