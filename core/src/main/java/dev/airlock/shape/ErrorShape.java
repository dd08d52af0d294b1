package dev.airlock.shape;

import dev.airlock.error.SignatureException;
import dev.airlock.type.ValType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A checked exception that stands for the error of a WIT function's {@code result<T, E>}.
 *
 * <p>It is made by a constructor that takes the error alone, and gives it back by a method named {@code error},
 * {@code payload} or {@code value} of the same type; a string may also be its message. For {@code result<T>}, whose error
 * carries nothing, it has a constructor without parameters.
 *
 * <pre>{@code
 * class NotFound extends Exception {
 *   private final Key key;
 *   NotFound(Key key) { this.key = key; }
 *   Key error() { return key; }
 * }
 * }</pre>
 *
 * @param exception the class
 * @param payload what it carries; null for nothing
 * @param constructor {@code (payload) -> exception}, or {@code () -> exception}
 * @param accessor {@code (exception) -> payload}; null for nothing
 */
public record ErrorShape(
        Class<? extends Throwable> exception,
        @Nullable JavaShape payload,
        MethodHandle constructor,
        @Nullable MethodHandle accessor) {
    private static final List<String> ACCESSORS = List.of("error", "payload", "value");

    /**
     * The shape of an exception for an error.
     *
     * @param error null for nothing
     * @throws SignatureException if the class has no such constructor or method, or what it carries does not fit
     */
    static ErrorShape of(Class<? extends Throwable> exception, @Nullable ValType error) {
        if (error == null) {
            Constructor<?> plain = constructor(exception, List.of())
                    .orElseThrow(() -> refuse(exception, "a constructor without parameters"));
            return new ErrorShape(exception, null, reach(exception, plain), null);
        }
        for (String name : ACCESSORS) {
            Optional<Method> accessor = accessor(exception, name);
            if (accessor.isPresent()) {
                return of(exception, error, accessor.get());
            }
        }
        Optional<Constructor<?>> message = constructor(exception, List.of(String.class));
        if (message.isPresent()) {
            return new ErrorShape(
                    exception,
                    Shapes.fit(Shapes.of(String.class), error),
                    reach(exception, message.get()),
                    reach(exception, message()));
        }
        throw refuse(exception, "a method error() and a constructor that takes what it gives");
    }

    private static ErrorShape of(Class<? extends Throwable> exception, ValType error, Method accessor) {
        Constructor<?> constructor = constructor(exception, List.of(accessor.getReturnType()))
                .orElseThrow(() -> refuse(
                        exception,
                        "a constructor that takes what " + accessor.getName() + "() gives, "
                                + accessor.getReturnType().getSimpleName()));
        AnnotatedType type = accessor.getAnnotatedReturnType();
        return new ErrorShape(
                exception,
                Shapes.fit(Shapes.of(type), error),
                reach(exception, constructor),
                reach(exception, accessor));
    }

    private static Optional<Method> accessor(Class<?> exception, String name) {
        return Arrays.stream(exception.getDeclaredMethods())
                .filter(m -> m.getName().equals(name)
                        && m.getParameterCount() == 0
                        && m.getReturnType() != void.class
                        && !Modifier.isStatic(m.getModifiers()))
                .findFirst();
    }

    private static Optional<Constructor<?>> constructor(Class<?> exception, List<Class<?>> params) {
        return Arrays.stream(exception.getDeclaredConstructors())
                .filter(c -> Arrays.asList(c.getParameterTypes()).equals(params))
                .<Constructor<?>>map(c -> c)
                .findFirst();
    }

    private static Method message() {
        try {
            return Throwable.class.getMethod("getMessage");
        } catch (NoSuchMethodException e) {
            throw new LinkageError("Throwable has a message", e);
        }
    }

    private static MethodHandle reach(Class<?> exception, Object member) {
        MethodHandles.Lookup lookup = RecordHandles.lookup(exception);
        try {
            return member instanceof Constructor<?> constructor
                    ? lookup.unreflectConstructor(constructor)
                    : lookup.unreflect((Method) Objects.requireNonNull(member));
        } catch (IllegalAccessException e) {
            throw RecordHandles.unreachable(exception, e);
        }
    }

    private static SignatureException refuse(Class<?> exception, String needed) {
        return new SignatureException(exception.getTypeName() + " cannot stand for an error: it needs " + needed);
    }
}
