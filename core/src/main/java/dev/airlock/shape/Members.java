package dev.airlock.shape;

import dev.airlock.error.SignatureException;
import dev.airlock.mapping.LanguageTypes.ComponentFacts;
import dev.airlock.mapping.LanguageTypes.RecordFacts;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The components of a record, or of a class that another language uses like one. */
final class Members {
    private final Class<?> owner;
    private final List<Member> members;
    private final @Nullable RecordFacts facts;

    /** @param type with what its annotations, or its language, say of it */
    record Member(String name, Method accessor, ResolvedType type) {}

    private Members(Class<?> owner, List<Member> members, @Nullable RecordFacts facts) {
        this.owner = owner;
        this.members = members;
        this.facts = facts;
    }

    /** Whether a class is a record, or another language's class that is used like one. */
    static boolean hasAny(Class<?> type) {
        return type.isRecord() || Languages.record(type) != null || Languages.singleton(type) != null;
    }

    /**
     * The components of a type for which {@link #hasAny} is true.
     *
     * @throws SignatureException if its language says that it cannot stand for a record
     */
    static Members of(ResolvedType type) {
        TypeResolver resolver = TypeResolver.within(type);
        Class<?> raw = type.raw();
        if (raw.isRecord()) {
            List<Member> members = Arrays.stream(raw.getRecordComponents())
                    .map(c -> new Member(
                            c.getName(),
                            c.getAccessor(),
                            resolver.resolve(c.getAnnotatedType()).with(nullability(c))))
                    .toList();
            return new Members(raw, members, null);
        }
        RecordFacts facts = Languages.record(raw);
        if (facts == null) {
            return new Members(raw, List.of(), null);
        }
        if (facts.refusal() != null) {
            throw new SignatureException(type.text() + ": " + facts.refusal());
        }
        List<Member> members = facts.components().stream()
                .map(c -> new Member(c.name(), c.accessor(), resolved(c, resolver)))
                .toList();
        return new Members(raw, members, facts);
    }

    static Members of(Class<?> type) {
        return of(ResolvedType.of(type, List.of()));
    }

    private static ResolvedType resolved(ComponentFacts component, TypeResolver resolver) {
        return resolver.resolve(component.type()).with(component.facts());
    }

    /** An annotation that is no TYPE_USE goes to the accessor if it may not stand before a record component. */
    private static Set<Mark> nullability(RecordComponent component) {
        return Mark.isNullable(component.getAnnotations())
                        || Mark.isNullable(component.getAccessor().getAnnotations())
                ? EnumSet.of(Mark.NULLABLE)
                : Set.of();
    }

    List<Member> list() {
        return members;
    }

    /** Looks up what reads a component. */
    MethodHandle accessor(int index) {
        try {
            return RecordHandles.lookup(owner)
                    .unreflect(members.get(index).accessor())
                    .asType(MethodType.methodType(members.get(index).accessor().getReturnType(), owner));
        } catch (IllegalAccessException e) {
            throw RecordHandles.unreachable(owner, e);
        }
    }

    /** Looks up what makes a value of all components, in their order. */
    MethodHandle constructor() {
        try {
            if (facts != null) {
                return RecordHandles.lookup(owner).unreflectConstructor(facts.constructor());
            }
            Object only = Languages.singleton(owner);
            if (only != null) {
                return MethodHandles.constant(owner, only);
            }
            Class<?>[] types = Arrays.stream(owner.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            return RecordHandles.lookup(owner).findConstructor(owner, MethodType.methodType(void.class, types));
        } catch (IllegalAccessException | NoSuchMethodException e) {
            throw RecordHandles.unreachable(owner, e);
        }
    }
}
