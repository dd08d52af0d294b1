package dev.airlock.shape;

import dev.airlock.mapping.Char;
import dev.airlock.mapping.LanguageTypes;
import dev.airlock.mapping.U16;
import dev.airlock.mapping.U32;
import dev.airlock.mapping.U64;
import dev.airlock.mapping.U8;
import dev.airlock.type.PrimitiveType;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an annotation says of the type that it stands before. */
enum Mark {
    U8(dev.airlock.mapping.U8.class, PrimitiveType.U8, "int or byte"),
    U16(dev.airlock.mapping.U16.class, PrimitiveType.U16, "int or short"),
    U32(dev.airlock.mapping.U32.class, PrimitiveType.U32, "int, which carries the bits"),
    U64(dev.airlock.mapping.U64.class, PrimitiveType.U64, "long, which carries the bits"),
    CHAR(Char.class, PrimitiveType.CHAR, "int, a code point"),
    NULLABLE(null, null, "types that are no primitives");

    private static final List<Mark> NUMBERS = List.of(U8, U16, U32, U64, CHAR);

    private final @Nullable Class<? extends Annotation> annotation;
    private final @Nullable PrimitiveType type;
    private final String partners;

    Mark(@Nullable Class<? extends Annotation> annotation, @Nullable PrimitiveType type, String partners) {
        this.annotation = annotation;
        this.type = type;
        this.partners = partners;
    }

    /** The Java types that it goes with, in words. */
    String partners() {
        return partners;
    }

    /** The WIT type that it asks for; null for {@link #NULLABLE}. */
    @Nullable
    PrimitiveType type() {
        return type;
    }

    /** As it is written: {@code @U8}. */
    String text() {
        return annotation == null ? "@Nullable" : "@" + annotation.getSimpleName();
    }

    /** What the annotations say. Many libraries have a {@code Nullable} of their own; its simple name is enough. */
    static Set<Mark> of(Annotation... annotations) {
        Set<Mark> marks = EnumSet.noneOf(Mark.class);
        for (Annotation annotation : annotations) {
            Class<? extends Annotation> type = annotation.annotationType();
            NUMBERS.stream().filter(mark -> mark.annotation == type).forEach(marks::add);
            if (type.getSimpleName().equals("Nullable")) {
                marks.add(NULLABLE);
            }
        }
        return marks;
    }

    /** What another language knows of a type. */
    static Set<Mark> of(LanguageTypes.TypeFacts facts) {
        Set<Mark> marks = EnumSet.noneOf(Mark.class);
        NUMBERS.stream().filter(mark -> mark.type == facts.number()).forEach(marks::add);
        if (facts.isNullable()) {
            marks.add(NULLABLE);
        }
        return marks;
    }

    /** The marks that speak of numbers. */
    static List<Mark> numbers(Set<Mark> marks) {
        return NUMBERS.stream().filter(marks::contains).toList();
    }

    static Set<Mark> union(Set<Mark> some, Annotation... more) {
        Set<Mark> all = of(more);
        all.addAll(some);
        return all;
    }

    static boolean isNullable(Annotation... annotations) {
        return Arrays.stream(annotations).anyMatch(a -> of(a).contains(NULLABLE));
    }
}
