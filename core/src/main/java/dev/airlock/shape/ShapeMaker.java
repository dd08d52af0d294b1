package dev.airlock.shape;

import dev.airlock.error.SignatureException;
import dev.airlock.mapping.BlockForm;
import dev.airlock.mapping.Result;
import dev.airlock.shape.JavaShape.ArrayShape;
import dev.airlock.shape.JavaShape.EnumShape;
import dev.airlock.shape.JavaShape.FlagsShape;
import dev.airlock.shape.JavaShape.ListShape;
import dev.airlock.shape.JavaShape.MapShape;
import dev.airlock.shape.JavaShape.OpaqueShape;
import dev.airlock.shape.JavaShape.OptionShape;
import dev.airlock.shape.JavaShape.ResourceShape;
import dev.airlock.shape.JavaShape.ResultShape;
import dev.airlock.shape.JavaShape.ScalarShape;
import dev.airlock.shape.JavaShape.TextShape;
import dev.airlock.type.EnumType;
import dev.airlock.type.FlagsType;
import dev.airlock.type.ListType;
import dev.airlock.type.MapType;
import dev.airlock.type.OptionType;
import dev.airlock.type.OwnType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.ResourceType;
import dev.airlock.type.ResultType;
import dev.airlock.type.ValType;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the shapes of one type or method. What was made once is used again. */
final class ShapeMaker {
    private final Map<ResolvedType, JavaShape> made = new HashMap<>();
    private final CompositeMaker composites = new CompositeMaker(this);
    private final boolean payloads;

    /** @param payloads whether a part without a WIT type is opaque; else it is refused */
    ShapeMaker(boolean payloads) {
        this.payloads = payloads;
    }

    /**
     * @param goingIn whether the whole value goes from Java into a guest, so that a stream or buffer will do
     * @throws SignatureException if the type has no WIT type; the message starts with the path
     */
    JavaShape make(ResolvedType type, JavaPath path, boolean goingIn) {
        if (goingIn && (type.raw() == InputStream.class || type.raw() == ByteBuffer.class) && !type.isNullable()) {
            refuseMarks(type, path);
            return new ArrayShape(new ListType(PrimitiveType.U8), BlockForm.BYTES, type.raw());
        }
        JavaShape known = made.get(type);
        if (known == null) {
            known = type.isNullable() ? nullable(type, path) : orOpaque(type, path);
            if (!(known instanceof OpaqueShape)) { // its reason has the path
                made.put(type, known);
            }
        }
        return known;
    }

    /** A part that may be {@link Void}, which stands for nothing. */
    @Nullable
    JavaShape makeUnlessVoid(ResolvedType type, JavaPath path) {
        return type.raw() == Void.class ? null : make(type, path, false);
    }

    private JavaShape nullable(ResolvedType type, JavaPath path) {
        if (type.raw().isPrimitive()) {
            throw path.contradict(type.text() + " cannot be null: write its box, or, before an array's brackets, "
                    + type.text() + " @Nullable []");
        }
        if (type.raw() == Optional.class) {
            throw path.contradict(type.text() + " is not to be null: leave either @Nullable or Optional out");
        }
        JavaShape payload = make(type.notNull(), path, false);
        return new OptionShape(named(path, () -> new OptionType(payload.type())), type.toType(), payload, true);
    }

    private JavaShape orOpaque(ResolvedType type, JavaPath path) {
        try {
            return notNull(type, path);
        } catch (NoWitType e) {
            if (!payloads) {
                throw new SignatureException(e.reason());
            }
            refuseMarksWithin(type, type, path);
            return new OpaqueShape(type.toType(), e.reason());
        }
    }

    /** An annotation of ours has no effect inside of a type that only a codec knows. */
    private static void refuseMarksWithin(ResolvedType part, ResolvedType type, JavaPath path) {
        for (ResolvedType arg : part.args()) {
            for (Mark mark : Mark.numbers(arg.marks())) {
                throw path.contradict(mark.text() + " has no effect inside of " + type.text()
                        + ": write List or Map, or a record with such a component");
            }
            refuseMarksWithin(arg, type, path);
        }
    }

    private JavaShape notNull(ResolvedType type, JavaPath path) {
        Class<?> raw = type.raw();
        if (type.unbound() != null) {
            throw path.refuse(
                    type.unbound().startsWith("?")
                            ? type.unbound() + " has no WIT type: write which type it is"
                            : "nothing says what type " + type.unbound() + " is");
        }
        Optional<ScalarShape> scalar = ScalarRules.scalar(type, path);
        if (scalar.isPresent()) {
            return scalar.get();
        }
        refuseMarks(type, path);
        if (raw == String.class) {
            return new TextShape();
        }
        if (raw.isArray()) {
            return ScalarRules.array(type, path);
        }
        if (raw.getTypeParameters().length > type.args().size()) {
            throw path.refuse(type.text() + " has type arguments: write " + type.text() + "<…>");
        }
        if (raw.isEnum()) {
            return enumeration(raw, path);
        }
        return generic(type, path).orElseGet(() -> composites.make(type, path));
    }

    private Optional<JavaShape> generic(ResolvedType type, JavaPath path) {
        Class<?> raw = type.raw();
        if (raw == List.class) {
            JavaShape element = part(type, 0, path.element());
            ListType list = named(path, () -> new ListType(element.type()));
            return Optional.of(new ListShape(list, type.toType(), element));
        }
        if (raw == Optional.class) {
            JavaShape payload = part(type, 0, path.component("some"));
            OptionType option = named(path, () -> new OptionType(payload.type()));
            return Optional.of(new OptionShape(option, type.toType(), payload, false));
        }
        if (raw == Map.class) {
            return Optional.of(map(type, path));
        }
        if (raw == EnumSet.class) {
            return Optional.of(flags(type, path));
        }
        if (raw == Result.class) {
            JavaShape ok = makeUnlessVoid(type.args().get(0), path.component("ok"));
            JavaShape err = makeUnlessVoid(type.args().get(1), path.component("err"));
            ResultType result = named(path, () -> new ResultType(typeOf(ok), typeOf(err)));
            return Optional.of(new ResultShape(result, type.toType(), ok, err));
        }
        if (isResource(raw)) {
            OwnType own = named(path, () -> new OwnType(new ResourceType(Names.kebab(raw.getSimpleName()))));
            return Optional.of(new ResourceShape(own, raw));
        }
        return Optional.empty();
    }

    private static boolean isResource(Class<?> raw) {
        return AutoCloseable.class.isAssignableFrom(raw)
                && !Members.hasAny(raw)
                && !raw.isSealed()
                && !raw.getName().startsWith("java.");
    }

    private JavaShape part(ResolvedType type, int index, JavaPath path) {
        return make(type.args().get(index), path, false);
    }

    private static @Nullable ValType typeOf(@Nullable JavaShape shape) {
        return shape == null ? null : shape.type();
    }

    private JavaShape map(ResolvedType type, JavaPath path) {
        JavaShape key = part(type, 0, path.element().component("key"));
        JavaShape value = part(type, 1, path.element().component("value"));
        if (key instanceof OpaqueShape || !(key.type() instanceof PrimitiveType primitive)) {
            throw path.element()
                    .component("key")
                    .refuse("a map's key is a bool, an integer, a char or a string, not "
                            + type.args().get(0).text());
        }
        MapType map = named(path, () -> new MapType(primitive, value.type()));
        return new MapShape(map, type.toType(), key, value);
    }

    private static JavaShape enumeration(Class<?> raw, JavaPath path) {
        List<String> labels = labels(raw, path);
        return new EnumShape(named(path, () -> new EnumType(Names.typeName(raw.getSimpleName()), labels)), raw);
    }

    private static JavaShape flags(ResolvedType type, JavaPath path) {
        Class<?> raw = type.args().get(0).raw();
        if (!raw.isEnum()) {
            throw path.refuse(type.text() + " has no WIT type: write which enum it is of");
        }
        List<String> labels = labels(raw, path);
        FlagsType flags = named(path, () -> new FlagsType(Names.typeName(raw.getSimpleName()), labels));
        return new FlagsShape(flags, type.toType(), constants(raw));
    }

    private static List<String> labels(Class<?> raw, JavaPath path) {
        return constants(raw).stream()
                .map(constant -> named(path.component(constant.name()), () -> Names.kebab(constant.name())))
                .toList();
    }

    static List<Enum<?>> constants(Class<?> raw) {
        return Arrays.stream(raw.getEnumConstants())
                .<Enum<?>>map(constant -> (Enum<?>) constant)
                .toList();
    }

    private static void refuseMarks(ResolvedType type, JavaPath path) {
        for (Mark mark : Mark.numbers(type.marks())) {
            throw path.contradict(mark.text() + " goes with " + mark.partners() + ", not with " + type.text());
        }
    }

    /** Adds the path to what a type or a name is refused for by its constructor. */
    static <T> T named(JavaPath path, Supplier<T> made) {
        try {
            return made.get();
        } catch (SignatureException e) {
            throw path.refuse(String.valueOf(e.getMessage()));
        }
    }
}
