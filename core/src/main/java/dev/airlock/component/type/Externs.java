package dev.airlock.component.type;

import dev.airlock.type.BorrowType;
import dev.airlock.type.FuncType;
import dev.airlock.type.OwnType;
import dev.airlock.type.ResourceType;
import dev.airlock.type.ResultType;
import dev.airlock.type.ValType;
import dev.airlock.wit.ExternName;
import dev.airlock.wit.NameAttributes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The imports, or the exports, of one scope as they come, with the rules for their names (Binary, "Import and Export"). */
final class Externs {
    private final Validation validation;
    private final String what;
    private final Map<String, ComponentExternType> byName = new LinkedHashMap<>();
    private final Map<String, String> unique = new HashMap<>();
    private final Set<ResourceVariable> bound = new LinkedHashSet<>();

    /** @param what {@code "import"} or {@code "export"} */
    Externs(Validation validation, String what) {
        this.validation = validation;
        this.what = what;
    }

    Map<String, ComponentExternType> byName() {
        return byName;
    }

    /** The resources that these introduce. */
    Set<ResourceVariable> bound() {
        return bound;
    }

    void add(NameAttributes attributes, ComponentExternType type) {
        ExternName name = attributes.name();
        checkUnique(name);
        if (attributes.implemented() != null
                && !(type instanceof ComponentExternType.Instance && name instanceof ExternName.Plain)) {
            throw validation.invalid("\"implements\" goes with an instance that has a plain name, not with the "
                    + type.sort() + " " + ExternName.quote(name.text()));
        }
        checkAnnotation(name, type);
        byName.put(name.text(), type);
    }

    private void checkUnique(ExternName name) {
        String before = unique.put(name.unique(), name.text());
        if (before != null) {
            throw validation.invalid("the " + what + " " + ExternName.quote(name.text())
                    + (before.equals(name.text())
                            ? " is there already"
                            : " is too much like " + ExternName.quote(before)));
        }
    }

    /** In an instance that lists exports, no export introduces a type, so no function can be a member of one. */
    void addListed(NameAttributes attributes, ComponentExternType type) {
        ExternName name = attributes.name();
        if (!(name instanceof ExternName.Plain || name instanceof ExternName.Interface)) {
            throw validation.invalid(ExternName.quote(name.text())
                    + " needs a resource that is exported beside it; what an instance lists exports none");
        }
        add(attributes, type);
    }

    private void checkAnnotation(ExternName name, ComponentExternType type) {
        if (name instanceof ExternName.Constructor constructor) {
            ValType result = func(name, type).result();
            if (result instanceof ResultType either) {
                result = either.ok();
            }
            checkResource(
                    name, constructor.resource(), result instanceof OwnType own ? own.resource() : null, "returns it");
        } else if (name instanceof ExternName.Method method) {
            List<FuncType.Param> params = func(name, type).params();
            boolean hasSelf = !params.isEmpty() && params.get(0).name().equals("self");
            checkResource(
                    name,
                    method.resource(),
                    hasSelf && params.get(0).type() instanceof BorrowType borrow ? borrow.resource() : null,
                    "takes a borrow of it as its first parameter, \"self\"");
        } else if (name instanceof ExternName.Static statics) {
            func(name, type);
            resource(name, statics.resource());
        }
    }

    private FuncType func(ExternName name, ComponentExternType type) {
        if (type instanceof ComponentExternType.Func func) {
            return func.type();
        }
        throw validation.invalid(ExternName.quote(name.text()) + " names a func, not a " + type.sort());
    }

    /** Two names for one resource are told apart, since each was introduced by itself. */
    @SuppressWarnings("ReferenceEquality")
    private void checkResource(ExternName name, String label, @Nullable ResourceType found, String rule) {
        if (resource(name, label) != found) {
            throw validation.invalid(
                    ExternName.quote(name.text()) + " is a member of \"" + label + "\", so it " + rule);
        }
    }

    private ResourceType resource(ExternName name, String label) {
        if (byName.get(label) instanceof ComponentExternType.Type type
                && type.type() instanceof DefinedType.Resource resource) {
            return resource.type();
        }
        throw validation.invalid(
                ExternName.quote(name.text()) + " needs a resource \"" + label + "\" that is " + what + "ed before");
    }
}
