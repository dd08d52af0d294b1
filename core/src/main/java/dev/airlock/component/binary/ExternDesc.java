package dev.airlock.component.binary;

/** The declared type of an import or export, in indices: {@code externtype} (Binary, "Type Definitions"). */
public sealed interface ExternDesc {
    Sort sort();

    /** An import or export whose type is an entry of an index space: a core module, function, component or instance. */
    record Typed(Sort sort, int type) implements ExternDesc {}

    /** {@code (type (eq i))}. */
    record TypeEq(int type) implements ExternDesc {
        @Override
        public Sort sort() {
            return Sort.TYPE;
        }
    }

    /** {@code (type (sub resource))}: a resource that equals no other. */
    record TypeSubResource() implements ExternDesc {
        @Override
        public Sort sort() {
            return Sort.TYPE;
        }
    }
}
