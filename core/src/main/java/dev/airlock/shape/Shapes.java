package dev.airlock.shape;

import dev.airlock.error.SignatureException;
import dev.airlock.mapping.Char;
import dev.airlock.mapping.Result;
import dev.airlock.mapping.Tuple;
import dev.airlock.mapping.U16;
import dev.airlock.mapping.U32;
import dev.airlock.mapping.U64;
import dev.airlock.mapping.U8;
import dev.airlock.type.ValType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Type;

/**
 * From Java types to WIT types.
 *
 * <table>
 * <caption>What stands for what</caption>
 * <tr><th>Java</th><th>WIT</th></tr>
 * <tr><td>{@code boolean}, {@code byte}, {@code short}, {@code int}, {@code long}, {@code float}, {@code double}, and
 *     their boxes</td>
 *     <td>{@code bool}, {@code s8}, {@code s16}, {@code s32}, {@code s64}, {@code f32}, {@code f64}</td></tr>
 * <tr><td>the same with {@link U8}, {@link U16}, {@link U32}, {@link U64}, {@link Char}</td>
 *     <td>{@code u8}, {@code u16}, {@code u32}, {@code u64}, {@code char}</td></tr>
 * <tr><td>{@code String}</td><td>{@code string}</td></tr>
 * <tr><td>{@code byte[]}; going in also {@code ByteBuffer}, {@code InputStream}</td><td>{@code list<u8>}</td></tr>
 * <tr><td>other primitive arrays but {@code char[]}</td><td>a list of their elements</td></tr>
 * <tr><td>{@code List<T>}, {@code Map<K, V>}</td><td>{@code list<T>}, {@code map<K, V>}</td></tr>
 * <tr><td>a record; one with {@link Tuple}</td><td>{@code record}; {@code tuple}</td></tr>
 * <tr><td>a sealed interface of records: see {@link VariantShape.Case}</td><td>{@code variant}</td></tr>
 * <tr><td>an enum; {@code EnumSet<E>}</td><td>{@code enum}; {@code flags}</td></tr>
 * <tr><td>{@code Optional<T>}, or what has an annotation named {@code Nullable}</td><td>{@code option<T>}</td></tr>
 * <tr><td>{@link Result Result&lt;T, E&gt;}</td><td>{@code result<T, E>}</td></tr>
 * <tr><td>an interface or class that is {@link AutoCloseable}</td><td>a resource</td></tr>
 * </table>
 *
 * <p>Names become labels by {@link Names#kebab}. Type variables are resolved, so that {@code Page<Order>} is the record
 * with orders. WIT has no recursive types, so a record that contains itself is refused. An annotation named
 * {@code Nullable} counts wherever it comes from, if it is kept until run time.
 */
public final class Shapes {
    private Shapes() {}

    /**
     * The shape of a type that is given without annotations.
     *
     * @throws SignatureException if it has no WIT type; the message starts with the path to the part that has none
     */
    public static JavaShape of(Type type) {
        return of(TypeResolver.NONE.resolve(type));
    }

    /**
     * The shape of a type, annotations and all.
     *
     * @throws SignatureException if it has no WIT type; the message starts with the path to the part that has none
     */
    public static JavaShape of(AnnotatedType type) {
        return of(TypeResolver.NONE.resolve(type));
    }

    /**
     * The shape of a type that crosses as a payload, given without annotations. A part that has no WIT type is a
     * {@link JavaShape.OpaqueShape}, if a codec may have a form for it.
     *
     * @throws SignatureException if the type says two things at once or nothing, or can be no payload, as a stream
     */
    public static JavaShape payload(Type type) {
        return payload(TypeResolver.NONE.resolve(type));
    }

    /**
     * The shape of a type that crosses as a payload, annotations and all.
     *
     * @throws SignatureException as {@link #payload(Type)}
     */
    public static JavaShape payload(AnnotatedType type) {
        return payload(TypeResolver.NONE.resolve(type));
    }

    private static JavaShape payload(ResolvedType type) {
        return new ShapeMaker(true).make(type, JavaPath.of(type.text()), false);
    }

    private static JavaShape of(ResolvedType type) {
        return new ShapeMaker(false).make(type, JavaPath.of(type.text()), false);
    }

    /**
     * The same Java type for a WIT type that is given from elsewhere: components are matched by name, numbers take its
     * signs.
     *
     * @throws SignatureException if they do not fit; the message has a line for each place where they differ
     */
    public static JavaShape fit(JavaShape shape, ValType type) {
        ShapeFit fit = new ShapeFit();
        JavaShape fitted = fit.fit(shape, type, JavaPath.of(ResolvedType.text(shape.javaType())));
        fit.throwProblems(ResolvedType.text(shape.javaType()) + " does not fit " + type);
        return fitted;
    }
}
