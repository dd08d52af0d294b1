package dev.airlock.mapping;

import dev.airlock.type.ValType;
import java.lang.reflect.Type;

/** A WIT type where a {@link Type} of Java is asked for: the type of values that have no Java type of their own. */
public record WitType(ValType type) implements Type {
    @Override
    public String getTypeName() {
        return type.toString();
    }
}
