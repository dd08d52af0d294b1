package dev.airlock.mapping;

import dev.airlock.type.PrimitiveType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes the types of another JVM language in terms of Java's records and sealed interfaces.
 *
 * <p>Java's reflection does not show all that such a language knows about its types, such as that a Kotlin {@code String?}
 * may be null and that a {@code UInt} is unsigned. An implementation reads this from the metadata that the language's
 * compiler left in the class. Airlock finds implementations by {@link java.util.ServiceLoader}, first with the loader of the
 * class in question; {@code airlock-kotlin} has the one for Kotlin. Airlock asks only about classes that have Kotlin's
 * metadata annotation.
 *
 * <p>Each method returns null for classes of other languages. Implementations are thread-safe.
 */
public interface LanguageTypes {
    /**
     * Describes a method, or returns null if its class is not of this language.
     *
     * @param method the method
     * @return the facts, or null
     */
    @Nullable
    FunctionFacts function(Method method);

    /**
     * Describes a class that is used like a record, or returns null if this one is not.
     *
     * @param type the class
     * @return the facts, or null
     */
    @Nullable
    RecordFacts record(Class<?> type);

    /**
     * Returns the direct subtypes of a sealed type, in the order of their declaration, or null if the type is not a sealed
     * type of this language.
     *
     * @param type the type
     * @return the subtypes, or null
     */
    @Nullable
    List<Class<?>> cases(Class<?> type);

    /**
     * Returns the instance of a singleton class, such as a Kotlin {@code object}.
     *
     * @param type the class
     * @return the instance, or null if the class is not a singleton of this language
     */
    @Nullable
    Object singleton(Class<?> type);

    /**
     * Facts about one use of a type.
     *
     * @param isNullable whether null is one of its values
     * @param number the WIT type of a number if Java's type does not say it, such as {@code u32} for an {@code int}; else null
     * @param arguments the same for its type arguments in order, or for an array's elements; may be empty
     */
    record TypeFacts(boolean isNullable, @Nullable PrimitiveType number, List<TypeFacts> arguments) {
        /**
         * Copies the list.
         *
         * @param isNullable as in the record
         * @param number as in the record
         * @param arguments as in the record
         */
        public TypeFacts {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * Facts about a function.
     *
     * @param name the name as written in source; the JVM's name may have a suffix
     * @param paramNames the name of each parameter of the method, as written in source
     * @param params facts about the type of each parameter of the method
     * @param result facts about the type of the result
     * @param refusal why the function cannot stand for a guest's function; null if it can
     */
    record FunctionFacts(
            String name,
            List<String> paramNames,
            List<TypeFacts> params,
            TypeFacts result,
            @Nullable String refusal) {
        /**
         * Copies the lists.
         *
         * @param name as in the record
         * @param paramNames as in the record
         * @param params as in the record
         * @param result as in the record
         * @param refusal as in the record
         */
        public FunctionFacts {
            paramNames = List.copyOf(paramNames);
            params = List.copyOf(params);
        }
    }

    /**
     * Facts about a class that is used like a record.
     *
     * @param constructor the constructor that takes exactly the components, in order
     * @param components the components, in the order of the constructor's parameters
     * @param refusal why the class cannot stand for a record; null if it can
     */
    record RecordFacts(
            Constructor<?> constructor,
            List<ComponentFacts> components,
            @Nullable String refusal) {
        /**
         * Copies the list.
         *
         * @param constructor as in the record
         * @param components as in the record
         * @param refusal as in the record
         */
        public RecordFacts {
            components = List.copyOf(components);
        }
    }

    /**
     * Facts about a component of such a class.
     *
     * @param name the name as written in source
     * @param accessor the method without parameters that reads the component
     * @param type the type as Java's reflection has it
     * @param facts facts about the type
     */
    record ComponentFacts(String name, Method accessor, Type type, TypeFacts facts) {}
}
