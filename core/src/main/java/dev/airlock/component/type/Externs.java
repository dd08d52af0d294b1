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

/** Collects the imports or the exports of one scope and checks their names (Binary, "Import and Export Definitions"). */
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

    /** The resources that these imports or exports introduce. */
    Set<ResourceVariable> bound() {
        return bound;
    }

    void add(NameAttributes attributes, ComponentExternType type) {
        ExternName name = attributes.name();
        checkUnique(name);
        if (attributes.implemented() != null
                && !(type instanceof ComponentExternType.Instance && name instanceof ExternName.Plain)) {
            throw validation.invalid("\"implements\" needs an instance with a plain name, not the " + type.sort() + " "
                    + ExternName.quote(name.text()));
        }
        checkAnnotation(name, type);
        byName.put(name.text(), type);
    }

    private void checkUnique(ExternName name) {
        String before = unique.put(name.unique(), name.text());
        if (before != null) {
            throw validation.invalid("the " + what + " " + ExternName.quote(name.text())
                    + (before.equals(name.text())
                            ? " occurs twice"
                            : " is too similar to " + ExternName.quote(before)));
        }
    }

    /** Adds an export of an instance that lists its exports. Such an export introduces no type, so it cannot be a member of one. */
    void addListed(NameAttributes attributes, ComponentExternType type) {
        ExternName name = attributes.name();
        if (!(name instanceof ExternName.Plain || name instanceof ExternName.Interface)) {
            throw validation.invalid(ExternName.quote(name.text())
                    + " needs a resource exported beside it; an instance that lists its exports introduces none");
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

    /** Checks that a member uses the resource of its name. Two names of one resource differ, since each introduces its own. */
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
