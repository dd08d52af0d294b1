package dev.airlock.json.jackson2;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.airlock.json.form.Form;
import dev.airlock.json.form.Mapping;
import dev.airlock.json.form.OwnForms;
import dev.airlock.shape.JavaShape;
import java.lang.reflect.Type;

/**
 * What is left to Jackson.
 *
 * @param strict whether only the rest is; else all is that Jackson can map as well
 * @param mapsLanguages whether it has a module for a language's classes
 */
record JacksonMapping(boolean strict, boolean mapsLanguages) implements Mapping {
    /** What is left to Jackson by the codec's own mapper. */
    static final JacksonMapping STRICT = new JacksonMapping(true, false);

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
