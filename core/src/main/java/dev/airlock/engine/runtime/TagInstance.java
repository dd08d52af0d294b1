package dev.airlock.engine.runtime;

import dev.airlock.engine.validate.DefinedType;

/**
 * An exception tag (core specification, section 4.2.10). Two tags are the same only if they are the same object.
 */
public final class TagInstance {
    public final DefinedType type;

    public TagInstance(DefinedType type) {
        this.type = type;
    }
}
