package dev.airlock.component;

import dev.airlock.type.FuncType;
import dev.airlock.type.ResourceType;
import dev.airlock.type.ValType;

/** An entry of the index space of types, with all indices looked up. */
sealed interface DefinedType {
    /** The kind, in a word or two, for errors. */
    String kind();

    record Value(ValType type) implements DefinedType {
        @Override
        public String kind() {
            return "value type";
        }
    }

    record Resource(ResourceType type) implements DefinedType {
        @Override
        public String kind() {
            return "resource";
        }
    }

    record Func(FuncType type) implements DefinedType {
        @Override
        public String kind() {
            return "function type";
        }
    }

    record Instance(InstanceType type) implements DefinedType {
        @Override
        public String kind() {
            return "instance type";
        }
    }

    record Component(ComponentType type) implements DefinedType {
        @Override
        public String kind() {
            return "component type";
        }
    }
}
