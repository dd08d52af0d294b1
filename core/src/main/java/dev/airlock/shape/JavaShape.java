package dev.airlock.shape;

import dev.airlock.error.SignatureException;
import dev.airlock.mapping.BlockForm;
import dev.airlock.mapping.Result;
import dev.airlock.type.EnumType;
import dev.airlock.type.FlagsType;
import dev.airlock.type.ListType;
import dev.airlock.type.MapType;
import dev.airlock.type.OptionType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.ResultType;
import dev.airlock.type.ValType;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Java type and the WIT type that it stands for, part by part. {@link Shapes} makes them.
 *
 * <p>It is a type to reflection, too: so codecs get it, which have to know what annotations say of the parts of a type.
 *
 * <p>Immutable. Two shapes are equal when their Java types and their WIT types are. Hash codes are those of the Java types,
 * since codecs look forms up by them at each call.
 */
public sealed interface JavaShape extends Type
        permits JavaShape.ScalarShape,
                JavaShape.EnumShape,
                JavaShape.TextShape,
                JavaShape.ArrayShape,
                JavaShape.ListShape,
                JavaShape.MapShape,
                JavaShape.FlagsShape,
                JavaShape.OptionShape,
                JavaShape.ResultShape,
                JavaShape.ResourceShape,
                JavaShape.OpaqueShape,
                RecordShape,
                VariantShape {
    /** The WIT type. */
    ValType type();

    /** The Java type, with its type arguments; type variables are resolved. */
    Type javaType();

    /** Calls the method of the visitor that stands for this kind of shape. */
    <R> R accept(Visitor<R> visitor);

    /** The Java type without its type arguments. */
    default Class<?> rawType() {
        return ResolvedType.raw(javaType());
    }

    /** What it is while it crosses: a number, a block of elements, or, if it is neither, the payload of a codec. */
    default Carrier carrier() {
        return new Carrier.Block(BlockForm.PAYLOAD, rawType(), this);
    }

    @Override
    default String getTypeName() {
        return javaType().getTypeName();
    }

    /**
     * A number, {@code bool} or {@code char}.
     *
     * @param type any primitive but {@code string} and {@code error-context}
     * @param form the same for carriers
     * @param javaType a primitive type, or its box
     */
    record ScalarShape(PrimitiveType type, ScalarForm form, Class<?> javaType) implements JavaShape {
        @Override
        public Carrier carrier() {
            return new Carrier.Scalar(form, javaType);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitScalar(this);
        }
    }

    /** An enum. Its constants are in the order of the type's cases, so that the number of one is that of the other. */
    record EnumShape(EnumType type, Class<?> javaType) implements JavaShape {
        @Override
        public Carrier carrier() {
            return new Carrier.Scalar(ScalarForm.ENUM, javaType);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitEnum(this);
        }
    }

    /** A {@link String}. */
    record TextShape() implements JavaShape {
        @Override
        public ValType type() {
            return PrimitiveType.STRING;
        }

        @Override
        public Class<?> javaType() {
            return String.class;
        }

        @Override
        public Carrier carrier() {
            return new Carrier.Block(BlockForm.UTF8, String.class, String.class);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitText(this);
        }
    }

    /**
     * A list of numbers as Java has them best.
     *
     * @param form what the elements are; {@link BlockForm#PAYLOAD} for {@code boolean[]}, which has no form in memory
     *     that the languages of guests agree on
     * @param javaType a primitive array; going in also {@link java.nio.ByteBuffer} and {@link java.io.InputStream}
     */
    record ArrayShape(ListType type, BlockForm form, Class<?> javaType) implements JavaShape {
        @Override
        public Carrier carrier() {
            return new Carrier.Block(form, javaType, this);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitArray(this);
        }
    }

    /** A {@link List}. */
    record ListShape(ListType type, Type javaType, JavaShape element) implements JavaShape {
        @Override
        public int hashCode() {
            return javaType.hashCode();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitList(this);
        }
    }

    /** A {@link java.util.Map}. */
    record MapShape(MapType type, Type javaType, JavaShape key, JavaShape value) implements JavaShape {
        @Override
        public int hashCode() {
            return javaType.hashCode();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitMap(this);
        }
    }

    /**
     * An {@link java.util.EnumSet}.
     *
     * @param constants of the enum, in the order of the type's flags
     */
    record FlagsShape(FlagsType type, Type javaType, List<Enum<?>> constants) implements JavaShape {
        public FlagsShape {
            constants = List.copyOf(constants);
        }

        @Override
        public int hashCode() {
            return javaType.hashCode();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitFlags(this);
        }
    }

    /**
     * A value or none.
     *
     * @param nullable whether null stands for none; else it is an {@link java.util.Optional}
     */
    record OptionShape(OptionType type, Type javaType, JavaShape payload, boolean nullable) implements JavaShape {
        @Override
        public int hashCode() {
            return javaType.hashCode();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitOption(this);
        }
    }

    /**
     * A {@link Result}.
     *
     * @param ok null where nothing comes with success
     * @param err null where nothing comes with failure
     */
    record ResultShape(
            ResultType type,
            Type javaType,
            @Nullable JavaShape ok,
            @Nullable JavaShape err) implements JavaShape {
        @Override
        public int hashCode() {
            return javaType.hashCode();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitResult(this);
        }
    }

    /**
     * A resource of a component.
     *
     * @param type {@link dev.airlock.type.OwnType} or {@link dev.airlock.type.BorrowType}
     * @param javaType an interface or class that is {@link AutoCloseable}
     */
    record ResourceShape(ValType type, Class<?> javaType) implements JavaShape {
        /** @throws SignatureException since only components have resources */
        @Override
        public Carrier carrier() {
            throw new SignatureException(javaType.getTypeName() + " is a resource, and those are for components");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitResource(this);
        }
    }

    /**
     * A type that has no WIT type, such as {@code Instant}: it crosses only as a part of a payload, and the codec says how.
     *
     * @param javaType the type, with its type arguments
     * @param reason why it has no WIT type, and what to write instead; it starts with the path to the type
     */
    record OpaqueShape(Type javaType, String reason) implements JavaShape {
        /** Returns {@code string}: WIT has no better word for a text whose format it does not know. */
        @Override
        public ValType type() {
            return PrimitiveType.STRING;
        }

        /** Compares the types: the same type can be met by several paths. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OpaqueShape that && javaType.equals(that.javaType);
        }

        @Override
        public int hashCode() {
            return javaType.hashCode();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitOpaque(this);
        }
    }

    /** What to do with a shape, by its kind. */
    interface Visitor<R> {
        R visitScalar(ScalarShape shape);

        R visitEnum(EnumShape shape);

        R visitText(TextShape shape);

        R visitArray(ArrayShape shape);

        R visitList(ListShape shape);

        R visitMap(MapShape shape);

        R visitRecord(RecordShape shape);

        R visitVariant(VariantShape shape);

        R visitFlags(FlagsShape shape);

        R visitOption(OptionShape shape);

        R visitResult(ResultShape shape);

        R visitResource(ResourceShape shape);

        R visitOpaque(OpaqueShape shape);
    }
}
