package dev.airlock.engine;

import dev.airlock.memory.Memory;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExternType;
import dev.airlock.type.MemoryType;
import run.endive.runtime.TagInstance;

/** What stands under two names in a linker. */
sealed interface Definition {
    ExternType type();

    /** A host function. */
    record OfHost(CoreFuncType type, HostCall call) implements Definition {}

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
            var linear = memory.linear();
            int maximum = linear.maximumPages();
            return new MemoryType(linear.pages(), maximum == 65_536 ? MemoryType.NO_MAXIMUM : maximum, linear.shared());
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
    record OfTag(ExternType type, TagInstance tag) implements Definition {}
}
