package dev.airlock.kotlin;

import dev.airlock.mapping.LanguageTypes.TypeFacts;
import dev.airlock.type.PrimitiveType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kotlin.metadata.Attributes;
import kotlin.metadata.KmClass;
import kotlin.metadata.KmClassifier;
import kotlin.metadata.KmType;
import kotlin.metadata.KmTypeProjection;
import org.jspecify.annotations.Nullable;

/** Collects what Kotlin knows about types, and the first reason why one of them cannot cross. */
final class TypeNotes {
    static final TypeFacts PLAIN = new TypeFacts(false, null, List.of());

    private static final Map<String, PrimitiveType> UNSIGNED = Map.of(
            "kotlin/UByte", PrimitiveType.U8,
            "kotlin/UShort", PrimitiveType.U16,
            "kotlin/UInt", PrimitiveType.U32,
            "kotlin/ULong", PrimitiveType.U64);

    private static final Map<String, PrimitiveType> UNSIGNED_ARRAYS = Map.of(
            "kotlin/UByteArray", PrimitiveType.U8,
            "kotlin/UShortArray", PrimitiveType.U16,
            "kotlin/UIntArray", PrimitiveType.U32,
            "kotlin/ULongArray", PrimitiveType.U64);

    private final ClassLoader loader;
    private @Nullable String refusal;

    TypeNotes(ClassLoader loader) {
        this.loader = loader;
    }

    /** Returns why one of the types cannot cross; null if all can. */
    @Nullable
    String refusal() {
        return refusal;
    }

    TypeFacts of(KmType type) {
        return of(type, false);
    }

    /** @param isBoxed whether the JVM uses an object here, also for a number */
    private TypeFacts of(KmType type, boolean isBoxed) {
        boolean isNullable = Attributes.isNullable(type);
        if (!(type.getClassifier() instanceof KmClassifier.Class named)) {
            return new TypeFacts(isNullable, null, List.of());
        }
        String name = named.getName();
        PrimitiveType element = UNSIGNED_ARRAYS.get(name);
        PrimitiveType number = UNSIGNED.get(name);
        if (number != null && (isBoxed || isNullable)) {
            refuse(simple(name) + (isNullable ? "? " : " inside of another type ") + "is an object of Kotlin's own: "
                    + (isNullable
                            ? "leave out the ?, or write a data class around it"
                            : "write " + simple(name) + "Array" + " instead of a list of it"));
        } else if (element != null && (isBoxed || isNullable)) {
            refuse(simple(name) + (isNullable ? "? " : " inside of another type ")
                    + "is an object of Kotlin's own: write a data class around it");
        } else if (number == null && element == null && isValueClass(name)) {
            refuse(simple(name)
                    + " is a value class, which the JVM does not see: write what it wraps, or a data class");
        }
        if (element != null) {
            return new TypeFacts(isNullable, null, List.of(new TypeFacts(false, element, List.of())));
        }
        return new TypeFacts(isNullable, number, arguments(type));
    }

    private List<TypeFacts> arguments(KmType type) {
        var arguments = new ArrayList<TypeFacts>();
        for (KmTypeProjection projection : type.getArguments()) {
            KmType argument = projection.getType();
            arguments.add(argument == null ? PLAIN : of(argument, true));
        }
        return arguments;
    }

    private boolean isValueClass(String name) {
        if (name.startsWith("kotlin/") || name.startsWith("java/")) {
            return false;
        }
        return Metadata.of(Metadata.load(name, loader))
                .map(KmClass::getInlineClassUnderlyingType)
                .isPresent();
    }

    private void refuse(String reason) {
        if (refusal == null) {
            refusal = reason;
        }
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
