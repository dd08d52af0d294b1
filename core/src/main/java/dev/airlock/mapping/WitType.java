package dev.airlock.mapping;

import dev.airlock.type.ValType;
import java.lang.reflect.Type;

/**
 * A WIT type as a {@link Type} of Java, for values whose type is known only in WIT.
 *
 * @param type the WIT type
 */
public record WitType(ValType type) implements Type {
    @Override
    public String getTypeName() {
        return type.toString();
    }
}
