package dev.airlock.engine;

import dev.airlock.memory.Memory;
import dev.airlock.type.ExternType;

/**
 * Something that a core module can import: a function, a memory, a table, a global or a tag (core specification, section
 * 4.2.11, external values). Public for the room {@code component} alone; no program should use it.
 */
public abstract sealed class Extern permits CoreFunc, Extern.Defined {
    /**
     * What it is; of a memory or a table, how large it is now.
     *
     * @return what it is
     */
    public abstract ExternType type();

    /** {@return the memory that this is} */
    public Memory memory() {
        throw new IllegalStateException("no memory: " + type());
    }

    /** What linkers know as well. */
    static final class Defined extends Extern {
        private final Definition definition;

        Defined(Definition definition) {
            this.definition = definition;
        }

        Definition definition() {
            return definition;
        }

        @Override
        public ExternType type() {
            return definition.type();
        }

        @Override
        public Memory memory() {
            return definition instanceof Definition.OfMemory found ? found.memory() : super.memory();
        }
    }
}
