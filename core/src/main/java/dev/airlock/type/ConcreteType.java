package dev.airlock.type;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A type that a module defines: of functions, structs or arrays (core specification, section 2.3.8, and 3.1.1, defined types).
 * Two of them are equal if the specification regards them as one type, also if different modules define them.
 */
public abstract non-sealed class ConcreteType implements HeapType {
    /** How many parameters, results or fields the text form shows. */
    private static final int SHOWN = 16;

    /** What values of a type are. */
    public enum Kind {
        /** Functions. */
        FUNC,
        /** Structs. */
        STRUCT,
        /** Arrays. */
        ARRAY
    }

    /** For the engine. */
    protected ConcreteType() {}

    /** {@return whether its values are functions, structs or arrays} */
    public abstract Kind kind();

    /** {@return whether no type can have it as its supertype} */
    public abstract boolean isFinal();

    /** {@return the declared supertype; null for none} */
    public abstract @Nullable ConcreteType supertype();

    /**
     * Returns the parameters and results of a type of functions.
     *
     * @return the type
     * @throws IllegalStateException if its values are no functions
     */
    public abstract CoreFuncType function();

    /**
     * Returns the fields of a struct, or the one field type of an array's elements.
     *
     * @return the fields
     * @throws IllegalStateException if its values are functions
     */
    public abstract List<FieldType> fields();

    @Override
    public AbstractHeapType top() {
        return kind() == Kind.FUNC ? AbstractHeapType.FUNC : AbstractHeapType.ANY;
    }

    @Override
    public boolean isSubtypeOf(HeapType other) {
        if (other instanceof AbstractHeapType type) {
            return switch (type) {
                case FUNC -> kind() == Kind.FUNC;
                case ANY, EQ -> kind() != Kind.FUNC;
                case STRUCT -> kind() == Kind.STRUCT;
                case ARRAY -> kind() == Kind.ARRAY;
                case NOFUNC, EXTERN, NOEXTERN, I31, NONE, EXN, NOEXN -> false;
            };
        }
        ConcreteType above = this;
        while (above != null) {
            if (above.equals(other)) {
                return true;
            }
            above = above.supertype();
        }
        return false;
    }

    /**
     * Returns the type in the text format. Types that it refers to are named by their kind only, since a type may refer to
     * itself, and what is long is cut.
     */
    @Override
    public String text() {
        return switch (kind()) {
            case FUNC ->
                "(func" + list(" (param", function().params())
                        + list(" (result", function().results()) + ")";
            case STRUCT ->
                fields().stream()
                        .limit(SHOWN)
                        .map(field -> " (field " + field.text(brief(field)) + ")")
                        .collect(Collectors.joining("", "(struct", fields().size() > SHOWN ? " …)" : ")"));
            case ARRAY -> "(array " + fields().get(0).text(brief(fields().get(0))) + ")";
        };
    }

    private static String brief(FieldType field) {
        return switch (field.storage()) {
            case VALUE -> field.type().brief();
            case I8 -> "i8";
            case I16 -> "i16";
        };
    }

    private static String list(String open, List<CoreValType> types) {
        if (types.isEmpty()) {
            return "";
        }
        return types.stream()
                .limit(SHOWN)
                .map(type -> " " + type.brief())
                .collect(Collectors.joining("", open, types.size() > SHOWN ? " …)" : ")"));
    }

    @Override
    public abstract boolean equals(@Nullable Object other);

    @Override
    public abstract int hashCode();

    @Override
    public String toString() {
        return text();
    }
}
