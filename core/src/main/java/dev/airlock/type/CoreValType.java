package dev.airlock.type;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A value type of core WebAssembly (core specification, section 2.3.1 to 2.3.5): of numbers, vectors or references.
 *
 * <p>Types that have a constant here exist once, so they may be compared by {@code ==}; references to a {@link ConcreteType} are
 * compared by {@link #equals}. {@link #kind()} is for switches.
 */
public final class CoreValType {
    /** Integers of 32 bits, signed or unsigned. */
    public static final CoreValType I32 = new CoreValType(Kind.I32, "i32", int.class);
    /** Integers of 64 bits, signed or unsigned. */
    public static final CoreValType I64 = new CoreValType(Kind.I64, "i64", long.class);
    /** Floating-point numbers of 32 bits. */
    public static final CoreValType F32 = new CoreValType(Kind.F32, "f32", float.class);
    /** Floating-point numbers of 64 bits. */
    public static final CoreValType F64 = new CoreValType(Kind.F64, "f64", double.class);
    /** Vectors of 128 bits. */
    public static final CoreValType V128 = new CoreValType(Kind.V128, "v128", V128.class);

    private static final CoreValType[] NULLABLE = abstractTypes(true);
    private static final CoreValType[] NOT_NULL = abstractTypes(false);

    /** References to functions, or null. */
    public static final CoreValType FUNCREF = ref(true, AbstractHeapType.FUNC);
    /** References to objects of the host, or null. */
    public static final CoreValType EXTERNREF = ref(true, AbstractHeapType.EXTERN);
    /** References to exceptions, or null. */
    public static final CoreValType EXNREF = ref(true, AbstractHeapType.EXN);
    /** All references except those to functions, exceptions and objects of the host, or null. */
    public static final CoreValType ANYREF = ref(true, AbstractHeapType.ANY);
    /** References that {@code ref.eq} compares, or null. */
    public static final CoreValType EQREF = ref(true, AbstractHeapType.EQ);
    /** Integers of 31 bits, or null. */
    public static final CoreValType I31REF = ref(true, AbstractHeapType.I31);
    /** References to structs, or null. */
    public static final CoreValType STRUCTREF = ref(true, AbstractHeapType.STRUCT);
    /** References to arrays, or null. */
    public static final CoreValType ARRAYREF = ref(true, AbstractHeapType.ARRAY);
    /** Null, which is of all types below {@link #ANYREF} that have it. */
    public static final CoreValType NULLREF = ref(true, AbstractHeapType.NONE);
    /** Null, which is of all types of references to functions that have it. */
    public static final CoreValType NULLFUNCREF = ref(true, AbstractHeapType.NOFUNC);
    /** Null, which is of the type of references to objects of the host that has it. */
    public static final CoreValType NULLEXTERNREF = ref(true, AbstractHeapType.NOEXTERN);
    /** Null, which is of the type of references to exceptions that has it. */
    public static final CoreValType NULLEXNREF = ref(true, AbstractHeapType.NOEXN);

    /** What a type is one of; each number has a kind of its own. */
    public enum Kind {
        /** {@link CoreValType#I32}. */
        I32,
        /** {@link CoreValType#I64}. */
        I64,
        /** {@link CoreValType#F32}. */
        F32,
        /** {@link CoreValType#F64}. */
        F64,
        /** {@link CoreValType#V128}. */
        V128,
        /** References of any type. */
        REF
    }

    private final Kind kind;
    private final String text;
    private final Class<?> carrier;
    private final boolean nullable;
    private final @Nullable HeapType heapType;

    private CoreValType(Kind kind, String text, Class<?> carrier) {
        this.kind = kind;
        this.text = text;
        this.carrier = carrier;
        nullable = false;
        heapType = null;
    }

    private CoreValType(boolean nullable, HeapType heapType, String text) {
        kind = Kind.REF;
        this.text = text;
        carrier = Object.class;
        this.nullable = nullable;
        this.heapType = heapType;
    }

    private static CoreValType[] abstractTypes(boolean nullable) {
        AbstractHeapType[] heapTypes = AbstractHeapType.values();
        var types = new CoreValType[heapTypes.length];
        for (AbstractHeapType heapType : heapTypes) {
            String text = nullable ? shorthand(heapType) : "(ref " + heapType.text() + ")";
            types[heapType.ordinal()] = new CoreValType(nullable, heapType, text);
        }
        return types;
    }

    private static String shorthand(AbstractHeapType heapType) {
        return switch (heapType) {
            case NONE -> "nullref";
            case NOFUNC -> "nullfuncref";
            case NOEXTERN -> "nullexternref";
            case NOEXN -> "nullexnref";
            default -> heapType.text() + "ref";
        };
    }

    /**
     * Returns a type of references.
     *
     * @param nullable whether null is a value of it
     * @param heapType what the references refer to
     * @return the type
     */
    public static CoreValType ref(boolean nullable, HeapType heapType) {
        if (heapType instanceof AbstractHeapType type) {
            return (nullable ? NULLABLE : NOT_NULL)[type.ordinal()];
        }
        return new CoreValType(nullable, Objects.requireNonNull(heapType, "heapType"), "");
    }

    /**
     * Returns the type that has a name in the text format: a number, {@code v128}, or a reference that may be null to an abstract
     * heap type, such as {@code anyref}.
     *
     * @param text the name
     * @return the type
     * @throws IllegalArgumentException if no type has this name
     */
    public static CoreValType named(String text) {
        return Stream.concat(Stream.of(I32, I64, F32, F64, V128), Arrays.stream(NULLABLE))
                .filter(type -> type.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no core value type is named " + text));
    }

    /** {@return the kind, for switches} */
    public Kind kind() {
        return kind;
    }

    /** {@return whether this is an integer or floating-point type} */
    public boolean isNumber() {
        return kind != Kind.V128 && kind != Kind.REF;
    }

    /** {@return whether this is a type of references} */
    public boolean isReference() {
        return kind == Kind.REF;
    }

    /** {@return whether null is a value of this type} */
    public boolean isNullable() {
        return nullable;
    }

    /**
     * Returns what references of this type refer to.
     *
     * @return the heap type
     * @throws IllegalStateException if this is no type of references
     */
    public HeapType heapType() {
        if (heapType == null) {
            throw new IllegalStateException(text + " is no type of references");
        }
        return heapType;
    }

    /**
     * Returns whether values of this type are values of the other too (core specification, section 3.3.4, matching).
     *
     * @param other another type
     * @return whether this matches the other
     */
    public boolean isSubtypeOf(CoreValType other) {
        if (heapType == null || other.heapType == null) {
            return this == other;
        }
        return (other.nullable || !nullable) && heapType.isSubtypeOf(other.heapType);
    }

    /** {@return the type in the text format} */
    public String text() {
        return heapType instanceof ConcreteType type ? reference(type.text()) : text;
    }

    /** Returns the type in the text format, a concrete type by its kind only. */
    String brief() {
        return heapType instanceof ConcreteType type
                ? reference("(" + type.kind().name().toLowerCase(Locale.ROOT) + " …)")
                : text;
    }

    private String reference(String to) {
        return (nullable ? "(ref null " : "(ref ") + to + ")";
    }

    /**
     * Returns the Java type that carries values of this type.
     *
     * @return {@code int} (i32), {@code long}, {@code float}, {@code double}, {@link dev.airlock.type.V128} or, for all
     *     references, {@code Object}
     */
    public Class<?> carrier() {
        return carrier;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof CoreValType type
                        && nullable == type.nullable
                        && heapType instanceof ConcreteType concrete
                        && concrete.equals(type.heapType));
    }

    @Override
    public int hashCode() {
        return heapType instanceof ConcreteType concrete
                ? concrete.hashCode() * 2 + (nullable ? 1 : 0)
                : System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return text();
    }
}
