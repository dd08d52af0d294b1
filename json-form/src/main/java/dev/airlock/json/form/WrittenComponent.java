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
 * A record's component as its source declares it, found by a constructor's parameter or by name.
 *
 * @param type the type with its annotations
 * @param annotations of the component and of its type
 */
public record WrittenComponent(AnnotatedType type, List<Annotation> annotations) {
    /** Returns the component that a constructor's parameter sets. */
    public static WrittenComponent of(Constructor<?> constructor, int index) {
        AnnotatedType type = constructor.getAnnotatedParameterTypes()[index];
        return new WrittenComponent(type, annotations(constructor.getParameters()[index], type));
    }

    /** Returns a class's component by name, or null if the class is not a record or has no such component. */
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

    /** Returns whether it has an annotation named {@code Nullable}, of any library. */
    public boolean isNullable() {
        return annotations.stream()
                .anyMatch(a -> a.annotationType().getSimpleName().equals("Nullable"));
    }

    /**
     * Returns the form of the component, or null if the mapper maps it.
     *
     * @param resolved returns the type with its type variables resolved by the mapper
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
