package dev.airlock.component.type;

import dev.airlock.type.FuncType;
import dev.airlock.type.ResourceType;
import dev.airlock.type.ValType;

/** An entry of the index space of types, with all indices resolved. */
public sealed interface DefinedType {
    /** The kind in words, for errors: {@code "value type"}. */
    String kind();

    /** How deep types of instances and components are nested in this one; 0 if there are none. */
    default int depth() {
        return 0;
    }

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

        @Override
        public int depth() {
            return type.depth();
        }
    }

    record Component(ComponentType type) implements DefinedType {
        @Override
        public String kind() {
            return "component type";
        }

        @Override
        public int depth() {
            return type.depth();
        }
    }
}
