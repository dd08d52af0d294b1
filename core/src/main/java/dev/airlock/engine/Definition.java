package dev.airlock.engine;

import dev.airlock.engine.runtime.TagInstance;
import dev.airlock.memory.Memory;
import dev.airlock.memory.linear.LinearMemory;
import dev.airlock.memory.linear.MemoryLimits;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExternType;
import dev.airlock.type.MemoryType;
import dev.airlock.type.TagType;
import org.jspecify.annotations.Nullable;

/** What stands under two names in a linker. */
sealed interface Definition {
    ExternType type();

    /**
     * A host function.
     *
     * @param target what its code is called with
     */
    record OfHost(HostCode code, @Nullable Object target) implements Definition {
        @Override
        public CoreFuncType type() {
            return code.type();
        }
    }

    /** A function of another instance. */
    record OfFunc(Func func) implements Definition {
        @Override
        public CoreFuncType type() {
            return func.type();
        }
    }

    /** A memory; its type says how large it is now. */
    record OfMemory(Memory memory) implements Definition {
        @Override
        public MemoryType type() {
            LinearMemory linear = memory.linear();
            MemoryLimits declared = linear.type();
            return new MemoryType(
                    linear.pages(),
                    declared.maximum() < 0 ? MemoryType.NO_MAXIMUM : declared.maximum(),
                    declared.shared(),
                    declared.is64(),
                    1 << declared.pageShift());
        }
    }

    /** A global. */
    record OfGlobal(Global global) implements Definition {
        @Override
        public ExternType type() {
            return global.type();
        }
    }

    /** A table; its type says how large it is now. */
    record OfTable(Table table) implements Definition {
        @Override
        public ExternType type() {
            return table.type();
        }
    }

    /** An exception tag of another instance. */
    record OfTag(TagInstance tag) implements Definition {
        @Override
        public TagType type() {
            return new TagType(ApiTypes.of(tag.type));
        }
    }
}
