package dev.airlock.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.airlock.json.form.Form;
import dev.airlock.json.form.Mapping;
import dev.airlock.json.form.OwnForms;
import dev.airlock.shape.JavaShape;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.PropertyNamingStrategy;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * The types that Jackson maps, and how.
 *
 * @param strict whether Jackson maps only types without a form; otherwise it maps every type that it can
 * @param mapsLanguages whether the mapper has a module for another language's classes
 * @param refusesUnknownMembers whether the mapper refuses members for which there is no component
 * @param naming how the mapper names members; null for Java's names
 */
record JacksonMapping(
        boolean strict,
        boolean mapsLanguages,
        boolean refusesUnknownMembers,
        @Nullable PropertyNamingStrategy naming) implements Mapping {
    /** The mapping of the codec's default mapper. */
    static final JacksonMapping STRICT = new JacksonMapping(true, false, true, null);

    /** Applies Jackson's built-in strategies only: others need the component itself, which is not known here. */
    @Override
    public String memberName(String javaName) {
        return naming instanceof PropertyNamingStrategies.NamingBase base
                ? base.nameForField(null, null, javaName)
                : javaName;
    }

    @Override
    public Form leaf(Type type) {
        return new LeafForm(type);
    }

    @Override
    public boolean isAnnotated(Class<?> type) {
        return type.isAnnotationPresent(JsonTypeInfo.class) || type.isAnnotationPresent(JsonDeserialize.class);
    }

    @Override
    public boolean decides(JavaShape shape) {
        return !strict && !OwnForms.in(shape, this);
    }
}
