package dev.airlock.component.binary;

import org.jspecify.annotations.Nullable;

/** {@code canon}: a function that the canonical ABI defines (Explainer, "Canonical Definitions"). */
public sealed interface Canon {
    <R> R accept(Visitor<R> visitor);

    /** Visits a canonical definition, by its kind. */
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

    /** {@code canon lift}: makes a component function from a core function. */
    record Lift(int coreFunc, CanonOptions options, int type) implements Canon {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitLift(this);
        }
    }

    /** {@code canon lower}: makes a core function from a component function. */
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
     * Any other built-in.
     *
     * @param flag whether the immediate {@code async} or {@code cancellable} is set
     * @param type the index of the type of a stream or future, or of the core type of a thread; otherwise -1
     * @param table the index of the core table of a thread; otherwise -1
     * @param options the options, empty if the built-in has none; a mandatory memory is here too
     */
    record BuiltInFunc(BuiltIn kind, boolean flag, int type, int table, CanonOptions options) implements Canon {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitBuiltIn(this);
        }
    }
}
