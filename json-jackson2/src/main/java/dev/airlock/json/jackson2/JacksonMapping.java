package dev.airlock.json.jackson2;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategy;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.airlock.json.form.Form;
import dev.airlock.json.form.Mapping;
import dev.airlock.json.form.OwnForms;
import dev.airlock.shape.JavaShape;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * What is left to Jackson.
 *
 * @param strict whether only the rest is; else all is that Jackson can map as well
 * @param mapsLanguages whether it has a module for a language's classes
 * @param refusesUnknownMembers whether it refuses members that no component stands for
 * @param naming how it names members; null for as Java does
 */
record JacksonMapping(
        boolean strict,
        boolean mapsLanguages,
        boolean refusesUnknownMembers,
        @Nullable PropertyNamingStrategy naming) implements Mapping {
    /** What is left to Jackson by the codec's own mapper. */
    static final JacksonMapping STRICT = new JacksonMapping(true, false, true, null);

    /** Other strategies than Jackson's own want the component itself. */
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
