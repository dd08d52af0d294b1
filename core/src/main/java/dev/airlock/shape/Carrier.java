package dev.airlock.shape;

import dev.airlock.mapping.BlockForm;
import dev.airlock.mapping.WitType;
import dev.airlock.type.OptionType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** What a Java value is while it crosses: a number, or a block of bytes. */
public sealed interface Carrier {
    /** The Java type of the parameter or result. */
    Class<?> javaType();

    /**
     * A number.
     *
     * @param form what it means
     * @param javaType what Java has for it, such as {@code byte} for a U8 that is taken as bits
     */
    record Scalar(ScalarForm form, Class<?> javaType) implements Carrier {}

    /**
     * A block.
     *
     * @param form what its bytes are; for a string the placement chooses between UTF-8 and UTF-16
     * @param javaType what Java has for it
     * @param type the same for a codec: its shape
     * @param absence whether it may be missing, and how Java says so
     */
    record Block(BlockForm form, Class<?> javaType, Type type, Absence absence) implements Carrier {
        /** One that is never missing. */
        public Block(BlockForm form, Class<?> javaType, Type type) {
            this(form, javaType, type, Absence.NEVER);
        }

        /** The same in another form. */
        public Block in(BlockForm other) {
            return new Block(other, javaType, type, absence);
        }

        /**
         * Returns what carries an option of a string or of a list of numbers, as a block that may be missing; null for all else.
         */
        public @Nullable Block missing() {
            if (form != BlockForm.PAYLOAD) {
                return null;
            } else if (type instanceof JavaShape.OptionShape option) {
                BlockForm inner = option.payload() instanceof JavaShape.TextShape
                        ? BlockForm.UTF8
                        : option.payload() instanceof JavaShape.ArrayShape array ? array.form() : BlockForm.PAYLOAD;
                return inner == BlockForm.PAYLOAD
                        ? null
                        : new Block(inner, javaType, type, option.nullable() ? Absence.NULL : Absence.OPTIONAL);
            } else if (type instanceof WitType wit && wit.type() instanceof OptionType option) {
                BlockForm inner = BlockForm.of(option.payload());
                return inner == BlockForm.PAYLOAD ? null : new Block(inner, javaType, type, Absence.VALUE);
            }
            return null;
        }

        /** What it is if it is not missing. */
        public Block present() {
            Class<?> inner = absence == Absence.NULL ? javaType : form.javaType();
            Type innerType = type instanceof JavaShape.OptionShape option ? option.payload() : type;
            return new Block(
                    form,
                    innerType instanceof JavaShape shape && absence == Absence.OPTIONAL ? shape.rawType() : inner,
                    innerType);
        }
    }
}
