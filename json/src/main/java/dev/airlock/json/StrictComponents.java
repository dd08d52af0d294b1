package dev.airlock.json;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import dev.airlock.error.SignatureException;
import dev.airlock.shape.JavaShape;
import dev.airlock.shape.Shapes;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/**
 * A record's component has to be there and not null, unless it is an {@code Optional} or marked {@code @Nullable}, by
 * whichever library's annotation of that name. What the annotations before its type say counts, too.
 */
final class StrictComponents extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    /** By these a user says how Jackson is to map a component. */
    private static final List<Class<? extends Annotation>> JACKSONS =
            List.of(JsonSerialize.class, JsonDeserialize.class, JsonFormat.class, JsonTypeInfo.class);

    /**
     * What there is to know of a record's component, wherever Jackson has found it.
     *
     * @param type as it is written, annotations and all
     */
    private record Component(AnnotatedType type, List<Annotation> annotations) {
        static @Nullable Component of(Annotated annotated) {
            if (annotated instanceof AnnotatedParameter parameter) {
                return parameter.getOwner().getMember() instanceof Constructor<?> constructor
                        ? of(constructor, parameter.getIndex())
                        : null;
            }
            if (!(annotated instanceof AnnotatedMember member)
                    || !member.getDeclaringClass().isRecord()) {
                return null;
            }
            return Arrays.stream(member.getDeclaringClass().getRecordComponents())
                    .filter(c -> c.getName().equals(member.getName()))
                    .findFirst()
                    .map(Component::of)
                    .orElse(null);
        }

        private static Component of(Constructor<?> constructor, int index) {
            AnnotatedType type = constructor.getAnnotatedParameterTypes()[index];
            return new Component(type, annotations(constructor.getParameters()[index], type));
        }

        private static Component of(RecordComponent component) {
            return new Component(
                    component.getAnnotatedType(),
                    annotations(component, component.getAnnotatedType(), component.getAccessor()));
        }

        private static List<Annotation> annotations(AnnotatedElement... elements) {
            return Stream.of(elements)
                    .flatMap(element -> Arrays.stream(element.getAnnotations()))
                    .toList();
        }

        boolean isNullable() {
            return annotations.stream()
                    .anyMatch(a -> a.annotationType().getSimpleName().equals("Nullable"));
        }
    }

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        return member instanceof AnnotatedParameter ? !mayBeMissing(member) : null;
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        return annotated instanceof AnnotatedParameter parameter && !mayBeMissing(parameter)
                ? JsonSetter.Value.forValueNulls(Nulls.FAIL)
                : JsonSetter.Value.empty();
    }

    @Override
    public @Nullable Object findNullSerializer(MapperConfig<?> config, Annotated annotated) {
        Component component = Component.of(annotated);
        return component == null || component.isNullable() ? null : new ComponentMapping.NullRefusal();
    }

    @Override
    public @Nullable Object findSerializer(MapperConfig<?> config, Annotated annotated) {
        Form form = form(annotated);
        return form == null ? null : new ComponentMapping.Writer(form);
    }

    @Override
    public @Nullable Object findDeserializer(MapperConfig<?> config, Annotated annotated) {
        Form form = form(annotated);
        return form == null ? null : new ComponentMapping.Reader(form);
    }

    private static boolean mayBeMissing(AnnotatedMember member) {
        Component component = Component.of(member);
        return OPTIONALS.contains(member.getRawType()) || (component != null && component.isNullable());
    }

    /** The form of a component; null for what is Jackson's. */
    private static @Nullable Form form(Annotated annotated) {
        Component component = Component.of(annotated);
        if (component == null || JACKSONS.stream().anyMatch(annotated::hasAnnotation)) {
            return null;
        }
        JavaShape shape = shape(component, annotated);
        Form form = shape == null ? null : Forms.of(shape);
        if (form == null || form instanceof LeafForm) {
            return null;
        }
        return component.isNullable() ? new Containers.NullableForm(form) : form;
    }

    /** Null for what has none, and is Jackson's, as a {@code LocalDate} is. */
    private static @Nullable JavaShape shape(Component component, Annotated annotated) {
        try {
            return WrittenTypes.hasVariables(component.type().getType())
                    ? Shapes.of(WrittenTypes.known(component.type(), annotated.getType()))
                    : Shapes.of(component.type());
        } catch (SignatureException e) {
            if (WrittenTypes.hasMarks(component.type())) {
                throw e;
            }
            return null;
        }
    }
}
