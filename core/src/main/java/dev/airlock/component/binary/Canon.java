package dev.airlock.component.binary;

import org.jspecify.annotations.Nullable;

/** {@code canon}: a function made by the canonical ABI (Explainer, "Canonical Definitions"). */
public sealed interface Canon {
    <R> R accept(Visitor<R> visitor);

    /** What to do with a canonical definition, by its kind. */
    interface Visitor<R> {
        R visitLift(Lift canon);

        R visitLower(Lower canon);

        R visitResourceNew(ResourceNew canon);

        R visitResourceDrop(ResourceDrop canon);

        R visitResourceRep(ResourceRep canon);

        R visitTaskReturn(TaskReturn canon);

        R visitContextGet(ContextGet canon);

        R visitContextSet(ContextSet canon);

        R visitBuiltIn(BuiltInFunc canon);
    }

    /** A core function as a function of components. */
    record Lift(int coreFunc, CanonOptions options, int type) implements Canon {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitLift(this);
        }
    }

    /** A function of components as a core function. */
    record Lower(int func, CanonOptions options) implements Canon {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitLower(this);
        }
    }

    record ResourceNew(int type) implements Canon {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitResourceNew(this);
        }
    }

    record ResourceDrop(int type) implements Canon {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitResourceDrop(this);
        }
    }

    record ResourceRep(int type) implements Canon {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitResourceRep(this);
        }
    }

    record TaskReturn(@Nullable ValTypeRef result, CanonOptions options) implements Canon {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitTaskReturn(this);
        }
    }

    /** @param slot 0 or 1; the slots hold i32 */
    record ContextGet(int slot) implements Canon {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitContextGet(this);
        }
    }

    /** @param slot 0 or 1; the slots hold i32 */
    record ContextSet(int slot) implements Canon {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitContextSet(this);
        }
    }

    /**
     * Any other.
     *
     * @param flag whether {@code async} or {@code cancellable} stands there, of those that have either
     * @param type the index of a type, for a stream or a future, or of a core type, for a thread; else -1
     * @param table the index of a core table, for a thread; else -1
     * @param options none where the built-in has none; a memory that is not optional stands here too
     */
    record BuiltInFunc(BuiltIn kind, boolean flag, int type, int table, CanonOptions options) implements Canon {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitBuiltIn(this);
        }
    }
}
