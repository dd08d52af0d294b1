package dev.airlock.shape;

import dev.airlock.mapping.BlockForm;
import dev.airlock.mapping.U16;
import dev.airlock.mapping.U32;
import dev.airlock.mapping.U64;
import dev.airlock.mapping.U8;
import dev.airlock.shape.JavaShape.ArrayShape;
import dev.airlock.shape.JavaShape.ScalarShape;
import dev.airlock.type.ListType;
import dev.airlock.type.PrimitiveType;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which Java numbers and primitive arrays stand for which WIT types. */
final class ScalarRules {
    private ScalarRules() {}

    /** The shape of a number, or nothing where the type is none. */
    static Optional<ScalarShape> scalar(ResolvedType type, JavaPath path) {
        List<PrimitiveType> accepted = accepted(type.raw());
        if (accepted.isEmpty()) {
            return Optional.empty();
        }
        PrimitiveType chosen = chosen(type, accepted, path);
        return Optional.of(new ScalarShape(chosen, form(chosen), type.raw()));
    }

    private static PrimitiveType chosen(ResolvedType type, List<PrimitiveType> accepted, JavaPath path) {
        List<Mark> marks = Mark.numbers(type.marks());
        if (marks.size() > 1) {
            throw path.contradict(marks.get(0).text() + " and " + marks.get(1).text() + " exclude each other");
        }
        if (marks.isEmpty()) {
            return accepted.get(0);
        }
        Mark mark = marks.get(0);
        if (mark.type() == null || !accepted.contains(mark.type())) {
            throw path.contradict(mark.text() + " goes with " + mark.partners() + ", not with " + type.text());
        }
        return mark.type();
    }

    /** The shape of an array. */
    static ArrayShape array(ResolvedType type, JavaPath path) {
        ResolvedType element = type.args().get(0);
        if (element.raw() == char.class) {
            throw path.refuse("char[] has no WIT type: write String");
        }
        List<PrimitiveType> accepted = acceptedElements(type.raw());
        if (accepted.isEmpty()) {
            throw path.refuse(type.text() + " has no WIT type: write List<" + element.text() + ">");
        }
        if (element.isNullable()) {
            throw path.contradict(element.text() + " cannot be null: if the array is meant, write " + element.text()
                    + " @Nullable []");
        }
        List<Mark> marks = Mark.numbers(element.marks());
        if (marks.size() == 1 && !accepted.contains(marks.get(0).type())) {
            throw path.contradict(marks.get(0).text() + " does not go with " + type.text() + ": "
                    + (marks.get(0) == Mark.CHAR
                            ? "write List<@Char Integer>"
                            : "list<" + marks.get(0).type() + "> is "
                                    + JavaWords.of(new ListType(type(marks.get(0))))));
        }
        PrimitiveType chosen = chosen(element, accepted, path);
        return new ArrayShape(new ListType(chosen), arrayForm(type.raw()), type.raw());
    }

    private static PrimitiveType type(Mark mark) {
        return Objects.requireNonNull(mark.type(), "a mark of numbers has a type");
    }

    /** What a number does for; first what it is unless something else is asked for. Empty for what is no number. */
    static List<PrimitiveType> accepted(Class<?> javaType) {
        Class<?> type = MethodType.methodType(javaType).unwrap().returnType();
        if (type == int.class) {
            return List.of(
                    PrimitiveType.S32, PrimitiveType.U8, PrimitiveType.U16, PrimitiveType.U32, PrimitiveType.CHAR);
        }
        return arrayElements(type);
    }

    /**
     * What the elements of an array do for; first what they are unless something else is asked for. Bytes are unsigned
     * unless WIT says otherwise.
     */
    static List<PrimitiveType> acceptedElements(Class<?> arrayType) {
        if (arrayType == byte[].class) {
            return List.of(PrimitiveType.U8, PrimitiveType.S8);
        }
        Class<?> element = arrayType.getComponentType();
        return element != null && element.isPrimitive() ? arrayElements(element) : List.of();
    }

    private static List<PrimitiveType> arrayElements(Class<?> type) {
        if (type == boolean.class) {
            return List.of(PrimitiveType.BOOL);
        } else if (type == byte.class) {
            return List.of(PrimitiveType.S8, PrimitiveType.U8);
        } else if (type == short.class) {
            return List.of(PrimitiveType.S16, PrimitiveType.U16);
        } else if (type == int.class) {
            return List.of(PrimitiveType.S32, PrimitiveType.U32);
        } else if (type == long.class) {
            return List.of(PrimitiveType.S64, PrimitiveType.U64);
        } else if (type == float.class) {
            return List.of(PrimitiveType.F32);
        } else if (type == double.class) {
            return List.of(PrimitiveType.F64);
        }
        return List.of();
    }

    static ScalarForm form(PrimitiveType type) {
        return switch (type) {
            case BOOL -> ScalarForm.BOOL;
            case S8 -> ScalarForm.S8;
            case U8 -> ScalarForm.U8;
            case S16 -> ScalarForm.S16;
            case U16 -> ScalarForm.U16;
            case S32 -> ScalarForm.S32;
            case U32 -> ScalarForm.U32;
            case S64 -> ScalarForm.S64;
            case U64 -> ScalarForm.U64;
            case F32 -> ScalarForm.F32;
            case F64 -> ScalarForm.F64;
            case CHAR -> ScalarForm.CHAR;
            case STRING, ERROR_CONTEXT -> throw new IllegalArgumentException(type + " is no scalar");
        };
    }

    private static BlockForm arrayForm(Class<?> arrayType) {
        for (BlockForm form : BlockForm.values()) {
            if (form.javaType() == arrayType) {
                return form;
            }
        }
        return BlockForm.PAYLOAD;
    }

    /** The primitive array for a list of a primitive, or null where there is none. */
    static @Nullable Class<?> arrayOf(PrimitiveType element) {
        return switch (element) {
            case BOOL -> boolean[].class;
            case S8, U8 -> byte[].class;
            case S16, U16 -> short[].class;
            case S32, U32 -> int[].class;
            case S64, U64 -> long[].class;
            case F32 -> float[].class;
            case F64 -> double[].class;
            case CHAR, STRING, ERROR_CONTEXT -> null;
        };
    }
}
