package dev.airlock.component.type;

import dev.airlock.component.binary.Sort;
import dev.airlock.type.FuncType;
import java.util.Collection;

/** The type of an import or export, with all indices resolved ({@code externtype}). */
public sealed interface ComponentExternType {
    Sort sort();

    <R> R accept(Visitor<R> visitor);

    /** How deep types of instances and components are nested in this one; 0 if there are none. */
    default int depth() {
        return 0;
    }

    /** The depth of the deepest of these types. */
    static int depth(Collection<ComponentExternType> types) {
        return types.stream().mapToInt(ComponentExternType::depth).max().orElse(0);
    }

    /** Visits the type of an import or export, by its sort. */
    interface Visitor<R> {
        R visitModule(Module type);

        R visitFunc(Func type);

        R visitType(Type type);

        R visitInstance(Instance type);

        R visitComponent(Component type);
    }

    record Module(CoreModuleType type) implements ComponentExternType {
        @Override
        public Sort sort() {
            return Sort.CORE_MODULE;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitModule(this);
        }
    }

    record Func(FuncType type) implements ComponentExternType {
        @Override
        public Sort sort() {
            return Sort.FUNC;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitFunc(this);
        }
    }

    /**
     * A type. A resource whose variable is bound by the component or instance around it has the bound
     * {@code (sub resource)}; any other type has {@code (eq ...)}.
     */
    record Type(DefinedType type) implements ComponentExternType {
        @Override
        public Sort sort() {
            return Sort.TYPE;
        }

        @Override
        public int depth() {
            return type.depth();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitType(this);
        }
    }

    /** An instance. Its type binds no variables: the bound ones were replaced by fresh ones for this instance. */
    record Instance(InstanceType type) implements ComponentExternType {
        @Override
        public Sort sort() {
            return Sort.INSTANCE;
        }

        @Override
        public int depth() {
            return type.depth();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitInstance(this);
        }
    }

    record Component(ComponentType type) implements ComponentExternType {
        @Override
        public Sort sort() {
            return Sort.COMPONENT;
        }

        @Override
        public int depth() {
            return type.depth();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitComponent(this);
        }
    }
}
