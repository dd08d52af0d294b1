package dev.airlock.json.form;

import dev.airlock.shape.JavaShape;
import dev.airlock.shape.Shapes;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A record's component as it is written in source, wherever the mapper has found it.
 *
 * @param type the type with its annotations
 * @param annotations of the component and of its type
 */
public record WrittenComponent(AnnotatedType type, List<Annotation> annotations) {
    /** The component that a constructor's parameter sets. */
    public static WrittenComponent of(Constructor<?> constructor, int index) {
        AnnotatedType type = constructor.getAnnotatedParameterTypes()[index];
        return new WrittenComponent(type, annotations(constructor.getParameters()[index], type));
    }

    /** The component of a class by its name; null if the class is no record, or has no such component. */
    public static @Nullable WrittenComponent of(Class<?> record, String name) {
        if (!record.isRecord()) {
            return null;
        }
        return Arrays.stream(record.getRecordComponents())
                .filter(c -> c.getName().equals(name))
                .findFirst()
                .map(WrittenComponent::of)
                .orElse(null);
    }

    private static WrittenComponent of(RecordComponent component) {
        return new WrittenComponent(
                component.getAnnotatedType(),
                annotations(component, component.getAnnotatedType(), component.getAccessor()));
    }

    private static List<Annotation> annotations(AnnotatedElement... elements) {
        return Stream.of(elements)
                .flatMap(element -> Arrays.stream(element.getAnnotations()))
                .toList();
    }

    /** Whether an annotation named {@code Nullable} stands before it, whichever library's. */
    public boolean isNullable() {
        return annotations.stream()
                .anyMatch(a -> a.annotationType().getSimpleName().equals("Nullable"));
    }

    /**
     * The form of the component; null if the mapper maps it.
     *
     * @param resolved the type with its type variables known, as the mapper knows them
     */
    public @Nullable Form form(Forms forms, Supplier<Type> resolved) {
        JavaShape shape = WrittenTypes.hasVariables(type.getType())
                ? Shapes.payload(WrittenTypes.known(type, resolved))
                : Shapes.payload(type);
        Form form = forms.of(shape);
        if (form.isMappers()) {
            return null;
        }
        return isNullable() && !(shape instanceof JavaShape.OptionShape) ? new Containers.NullableForm(form) : form;
    }
}
