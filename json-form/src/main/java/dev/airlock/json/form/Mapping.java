package dev.airlock.json.form;

import dev.airlock.shape.JavaShape;
import java.lang.reflect.Type;

/** The mapper to which {@link Forms} leave what they do not map themselves: records, enums, and types without a shape. */
public interface Mapping {
    /** The form of a type that the mapper writes and reads. */
    Form leaf(Type type);

    /** Whether annotations for the mapper say how it maps the cases of a sealed interface, or a tuple. */
    boolean isAnnotated(Class<?> type);

    /** Whether the mapper maps classes that other languages use like records, as Kotlin's data classes. */
    boolean mapsLanguages();

    /** What the mapper calls a record's component of this Java name, for values that have no record. */
    default String memberName(String javaName) {
        return javaName;
    }

    /** Whether the mapper refuses members that it does not know. */
    default boolean refusesUnknownMembers() {
        return true;
    }

    /** Whether the mapper maps all of a shape, also what has a form here. */
    boolean decides(JavaShape shape);
}
