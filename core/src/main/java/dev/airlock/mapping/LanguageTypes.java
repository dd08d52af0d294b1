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
 * <p>Java's reflection does not show what such a language knows of its types: that a Kotlin {@code String?} may be null and
 * that a {@code UInt} has no sign. An implementation reads it from what the language's compiler left in the class. Airlock
 * finds implementations by {@link java.util.ServiceLoader}; {@code airlock-kotlin} has the one for Kotlin.
 *
 * <p>Every method returns null for what is not of the implementation's language. Implementations are thread-safe.
 */
public interface LanguageTypes {
    /**
     * Describes a method, or returns null if its class is not of this language.
     *
     * @param method the method
     * @return the function
     */
    @Nullable
    FunctionFacts function(Method method);

    /**
     * Describes a class that is used like a record, or returns null if this one is not.
     *
     * @param type the interface
     * @return the facts, or null
     */
    @Nullable
    RecordFacts record(Class<?> type);

    /**
     * Returns the direct subtypes of a sealed type, in the order of their declaration, or null if the type is not a sealed
     * type of this language.
     *
     * @param type the interface
     * @return the direct subtypes of a sealed type, in the order of their declaration, or null
     */
    @Nullable
    List<Class<?>> cases(Class<?> type);

    /**
     * Returns the only instance of a class that the language allows one instance, or null.
     *
     * @param type the interface
     * @return the only instance of a class
     */
    @Nullable
    Object singleton(Class<?> type);

    /**
     * What the language knows of one use of a type.
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
     * What the language knows of a function.
     *
     * @param name as it is written in source; the JVM's name may have a suffix
     * @param paramNames one for each parameter of the method, as written in source
     * @param params one for each parameter of the method
     * @param refusal why the function cannot stand for a guest's function; null if it can
     */
    record FunctionFacts(
            String name,
            List<String> paramNames,
            List<TypeFacts> params,
            TypeFacts result,
            /**
             * Copies the lists.
             *
             * @param name as in the record
             * @param paramNames as in the record
             * @param params as in the record
             * @param result as in the record
             * @param refusal as in the record
             */
            @Nullable String refusal) {
        public FunctionFacts {
            paramNames = List.copyOf(paramNames);
            params = List.copyOf(params);
        }
    }

    /**
     * A class that is used like a record.
     *
     * @param constructor takes the components in order, and nothing else
     * @param refusal why the class cannot stand for a record; null if it can
     */
    record RecordFacts(
            Constructor<?> constructor,
            List<ComponentFacts> components,
            /**
             * Copies the list.
             *
             * @param constructor as in the record
             * @param components as in the record
             * @param refusal as in the record
             */
            @Nullable String refusal) {
        public RecordFacts {
            components = List.copyOf(components);
        }
    }

    /**
     * A component of such a class.
     *
     * @param name as it is written in source
     * @param accessor reads it
     * @param type its type as Java's reflection has it
     */
    record ComponentFacts(String name, Method accessor, Type type, TypeFacts facts) {}
}
