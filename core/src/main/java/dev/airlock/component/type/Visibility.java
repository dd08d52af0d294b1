package dev.airlock.component.type;

import dev.airlock.type.BorrowType;
import dev.airlock.type.FuncType;
import dev.airlock.type.NamedType;
import dev.airlock.type.OwnType;
import dev.airlock.type.ValType;
import dev.airlock.wit.ExternName;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks that imports and exports use only types that can be named outside: resources, records, variants, enums and flags
 * must be imported or exported before (Explainer, "External Visibility of Types").
 */
final class Visibility {
    private final Validation validation;
    private final Names imported = new Names(null);
    private final Names exported = new Names(imported);

    Visibility(Validation validation) {
        this.validation = validation;
    }

    void addImport(ExternName name, ComponentExternType type) {
        add("import", name, type, imported);
    }

    void addExport(ExternName name, ComponentExternType type) {
        add("export", name, type, exported);
    }

    private void add(String what, ExternName name, ComponentExternType type, Names names) {
        if (!new Check(names).fits(type)) {
            throw validation.invalid("the " + what + " " + ExternName.quote(name.text())
                    + " uses a type without a name outside of the component: a resource, record, variant, enum or flags must be "
                    + (what.equals("import") ? "imported" : "imported or exported") + " before");
        }
        names.add(type);
    }

    /** The named types, by identity: two equal types may have different names. */
    private static final class Names {
        private final @Nullable Names outer;
        private final Set<Object> types = Collections.newSetFromMap(new IdentityHashMap<>());

        Names(@Nullable Names outer) {
            this.outer = outer;
        }

        boolean contains(Object type) {
            return types.contains(type) || (outer != null && outer.contains(type));
        }

        void add(ComponentExternType type) {
            if (type instanceof ComponentExternType.Type exported) {
                if (exported.type() instanceof DefinedType.Value value) {
                    types.add(value.type());
                } else if (exported.type() instanceof DefinedType.Resource resource) {
                    types.add(resource.type());
                }
            } else if (type instanceof ComponentExternType.Instance instance) {
                instance.type().exports().values().forEach(this::add);
            }
        }
    }

    private final class Check implements ComponentExternType.Visitor<Boolean> {
        private final Names names;

        Check(Names names) {
            this.names = names;
        }

        boolean fits(ComponentExternType type) {
            validation.spend(1);
            return type.accept(this);
        }

        @Override
        public Boolean visitModule(ComponentExternType.Module type) {
            return true;
        }

        @Override
        public Boolean visitFunc(ComponentExternType.Func type) {
            return fits(type.type());
        }

        @Override
        public Boolean visitType(ComponentExternType.Type type) {
            if (type.type() instanceof DefinedType.Value value) {
                return value.type() instanceof NamedType
                        ? value.type().parts().stream().allMatch(this::fits)
                        : fits(value.type());
            }
            if (type.type() instanceof DefinedType.Func func) {
                return fits(func.type());
            }
            // The content of a component's type was checked when the type was made; this name names a resource.
            return !(type.type() instanceof DefinedType.Instance instance) || fits(instance.type());
        }

        @Override
        public Boolean visitInstance(ComponentExternType.Instance type) {
            return fits(type.type());
        }

        @Override
        public Boolean visitComponent(ComponentExternType.Component type) {
            return true;
        }

        private boolean fits(InstanceType type) {
            var inside = new Names(names);
            var check = new Check(inside);
            for (Map.Entry<String, ComponentExternType> export : type.exports().entrySet()) {
                if (!check.fits(export.getValue())) {
                    return false;
                }
                inside.add(export.getValue());
            }
            return true;
        }

        private boolean fits(FuncType type) {
            return type.params().stream().allMatch(param -> fits(param.type()))
                    && (type.result() == null || fits(type.result()));
        }

        private boolean fits(ValType type) {
            validation.spend(1);
            if (type instanceof NamedType) {
                return names.contains(type);
            }
            if (type instanceof OwnType own) {
                return names.contains(own.resource());
            }
            if (type instanceof BorrowType borrow) {
                return names.contains(borrow.resource());
            }
            return type.parts().stream().allMatch(this::fits);
        }
    }
}
