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
 * The part of the mapping that Jackson does.
 *
 * @param strict whether Jackson maps only what has no form; if false, it maps everything that it can
 * @param mapsLanguages whether it has a module for the classes of another JVM language
 * @param refusesUnknownMembers whether it refuses members without a component
 * @param naming how it names members; null for the names in Java
 */
record JacksonMapping(
        boolean strict,
        boolean mapsLanguages,
        boolean refusesUnknownMembers,
        @Nullable PropertyNamingStrategy naming) implements Mapping {
    /** Returns the part that Jackson does with the codec's default mapper. */
    static final JacksonMapping STRICT = new JacksonMapping(true, false, true, null);

    /** Strategies other than Jackson's need the component itself. */
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
