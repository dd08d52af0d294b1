package dev.airlock.component.binary;

/** What an import or an export is said to be, in indices: {@code externtype} (Binary, "Type Definitions"). */
public sealed interface ExternDesc {
    Sort sort();

    /** One whose whole type stands in an index space: a core module, function, component or instance. */
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
