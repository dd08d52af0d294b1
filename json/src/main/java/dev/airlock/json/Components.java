package dev.airlock.json;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import dev.airlock.json.form.Form;
import dev.airlock.json.form.Forms;
import dev.airlock.json.form.WrittenComponent;
import dev.airlock.json.form.WrittenTypes;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/**
 * Tells Jackson how to map the components of records: by a {@link Form} if the annotations of a type ask for one. If
 * strict, a component must be present and not null, unless it is an {@code Optional} or has an annotation named
 * {@code Nullable} of any library.
 */
final class Components extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    /** The annotations by which a user chooses how Jackson maps a component; they take precedence over forms. */
    private static final List<Class<? extends Annotation>> JACKSONS =
            List.of(JsonSerialize.class, JsonDeserialize.class, JsonFormat.class, JsonTypeInfo.class);

    private final boolean strict;
    private final transient Forms forms;

    Components(JacksonMapping mapping) {
        this.strict = mapping.strict();
        this.forms = new Forms(mapping);
    }

    /** Returns whether a mapper uses a strict introspector of this class. */
    static boolean areStrict(MapperConfig<?> config) {
        return config.getAnnotationIntrospector().allIntrospectors().stream()
                .anyMatch(introspector -> introspector instanceof Components components && components.strict);
    }

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        return strict && member instanceof AnnotatedParameter ? !mayBeMissing(member) : null;
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        return strict && annotated instanceof AnnotatedParameter parameter && !mayBeMissing(parameter)
                ? JsonSetter.Value.forValueNulls(Nulls.FAIL)
                : JsonSetter.Value.empty();
    }

    @Override
    public @Nullable Object findNullSerializer(MapperConfig<?> config, Annotated annotated) {
        WrittenComponent component = component(annotated);
        return !strict || component == null || component.isNullable() ? null : new ComponentMapping.NullRefusal();
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
        WrittenComponent component = component(member);
        return OPTIONALS.contains(member.getRawType()) || (component != null && component.isNullable());
    }

    private static @Nullable WrittenComponent component(Annotated annotated) {
        if (annotated instanceof AnnotatedParameter parameter) {
            return parameter.getOwner().getMember() instanceof Constructor<?> constructor
                    ? WrittenComponent.of(constructor, parameter.getIndex())
                    : null;
        }
        return annotated instanceof AnnotatedMember member
                ? WrittenComponent.of(member.getDeclaringClass(), member.getName())
                : null;
    }

    /** Returns the form of a component, or null if Jackson maps it. */
    private @Nullable Form form(Annotated annotated) {
        WrittenComponent component = component(annotated);
        return component == null || JACKSONS.stream().anyMatch(annotated::hasAnnotation)
                ? null
                : component.form(forms, () -> type(annotated.getType()));
    }

    private static Type type(JavaType type) {
        return type.hasGenericTypes() && !type.isArrayType()
                ? WrittenTypes.applied(
                        type.getRawClass(),
                        type.getBindings().getTypeParameters().stream()
                                .map(Components::type)
                                .toList())
                : type.getRawClass();
    }
}
