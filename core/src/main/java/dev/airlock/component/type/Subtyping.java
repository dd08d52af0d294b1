package dev.airlock.component.type;

import dev.airlock.type.BorrowType;
import dev.airlock.type.FuncType;
import dev.airlock.type.OwnType;
import dev.airlock.type.ResourceType;
import dev.airlock.type.ValType;
import dev.airlock.wit.ExternName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is given may stand where something is asked for (Explainer, "Type Checking"), and which resources go in the
 * place of which.
 *
 * <p>What is asked for may introduce resources. The first that is given for one is put in its place, in the order of the
 * imports or exports, and all later uses have to agree. Answers are null, or say what does not fit.
 */
public final class Subtyping {
    private final Validation validation;
    private final Set<ResourceVariable> open;
    private final Map<ResourceVariable, ResourceType> found = new HashMap<>();
    private final Map<ValType, ValType> givenFor = new IdentityHashMap<>();

    /** @param open the resources that what is asked for introduces */
    public Subtyping(Validation validation, Set<ResourceVariable> open) {
        this.validation = validation;
        this.open = open;
    }

    /** What was put in the place of each resource so far. */
    Map<ResourceVariable, ResourceType> found() {
        return found;
    }

    /** Which value type was given for which; they are equal, but it is the given one that is named outside. */
    Map<ValType, ValType> givenFor() {
        return givenFor;
    }

    @Nullable
    public String mismatch(ComponentExternType given, ComponentExternType asked) {
        validation.spend(1);
        if (given.sort() != asked.sort()) {
            return "it is a " + given.sort() + ", a " + asked.sort() + " is asked for";
        }
        return given.accept(new ComponentExternType.Visitor<Optional<String>>() {
                    @Override
                    public Optional<String> visitModule(ComponentExternType.Module type) {
                        CoreModuleType wanted = ((ComponentExternType.Module) asked).type();
                        validation.spend(type.type().size() + wanted.size());
                        return Optional.ofNullable(CoreSubtyping.mismatch(type.type(), wanted));
                    }

                    @Override
                    public Optional<String> visitFunc(ComponentExternType.Func type) {
                        return Optional.ofNullable(mismatchOf(type.type(), ((ComponentExternType.Func) asked).type()));
                    }

                    @Override
                    public Optional<String> visitType(ComponentExternType.Type type) {
                        return Optional.ofNullable(mismatchOf(type.type(), ((ComponentExternType.Type) asked).type()));
                    }

                    @Override
                    public Optional<String> visitInstance(ComponentExternType.Instance type) {
                        return Optional.ofNullable(mismatchOf(
                                type.type().exports(),
                                ((ComponentExternType.Instance) asked).type().exports()));
                    }

                    @Override
                    public Optional<String> visitComponent(ComponentExternType.Component type) {
                        return Optional.ofNullable(
                                mismatchOf(type.type(), ((ComponentExternType.Component) asked).type()));
                    }
                })
                .orElse(null);
    }

    /**
     * Whether a function that is there fits what is asked for, now that each resource is known.
     *
     * @param given by variables of its own component
     * @param givenIdentityOf what a resource in it really is, compared by {@code equals}
     * @param askedIdentityOf the same of what is asked for
     */
    public static boolean fits(
            Validation validation,
            FuncType given,
            Function<ResourceType, Object> givenIdentityOf,
            FuncType asked,
            Function<ResourceType, Object> askedIdentityOf) {
        return known(validation, given, givenIdentityOf).equals(known(validation, asked, askedIdentityOf));
    }

    private static FuncType known(Validation validation, FuncType type, Function<ResourceType, Object> identityOf) {
        Map<ResourceVariable, ResourceType> known = new HashMap<>();
        type.params().forEach(param -> know(param.type(), identityOf, known));
        if (type.result() != null) {
            know(type.result(), identityOf, known);
        }
        validation.spend(TypeSize.of(type));
        return new Substitution(validation, known).apply(type);
    }

    private static void know(
            ValType type, Function<ResourceType, Object> identityOf, Map<ResourceVariable, ResourceType> known) {
        ResourceType resource = type instanceof OwnType own
                ? own.resource()
                : type instanceof BorrowType borrow ? borrow.resource() : null;
        if (resource != null) {
            known.computeIfAbsent(
                    ResourceVariable.of(resource), v -> new ResourceType("resource", identityOf.apply(resource)));
        }
        type.parts().forEach(part -> know(part, identityOf, known));
    }

    private @Nullable String mismatchOf(FuncType given, FuncType asked) {
        FuncType wanted = substitution().apply(asked);
        validation.spend(TypeSize.of(given) + TypeSize.of(wanted));
        return given.equals(wanted)
                ? null
                : "it is " + Validation.show(given) + ", " + Validation.show(wanted) + " is asked for";
    }

    private Substitution substitution() {
        return new Substitution(validation, found);
    }

    private @Nullable String mismatchOf(DefinedType given, DefinedType asked) {
        if (asked instanceof DefinedType.Resource wanted && given instanceof DefinedType.Resource actual) {
            return mismatchOf(actual.type(), wanted.type());
        }
        if (asked instanceof DefinedType.Value wanted && given instanceof DefinedType.Value actual) {
            ValType type = substitution().apply(wanted.type());
            validation.spend(TypeSize.of(actual.type()) + TypeSize.of(type));
            givenFor.put(wanted.type(), actual.type());
            return actual.type().equals(type)
                    ? null
                    : "it is the type " + Validation.show(actual.type()) + ", " + Validation.show(type)
                            + " is asked for";
        }
        if (asked instanceof DefinedType.Func wanted && given instanceof DefinedType.Func actual) {
            return mismatchOf(actual.type(), wanted.type());
        }
        if (asked instanceof DefinedType.Instance wanted && given instanceof DefinedType.Instance actual) {
            InstanceType type = substitution().apply(wanted.type());
            return either(
                    new Subtyping(validation, type.bound())
                            .mismatchOf(actual.type().exports(), type.exports()),
                    () -> new Subtyping(validation, actual.type().bound())
                            .mismatchOf(type.exports(), actual.type().exports()));
        }
        if (asked instanceof DefinedType.Component wanted && given instanceof DefinedType.Component actual) {
            ComponentType type = substitution().apply(wanted.type());
            return either(mismatchOf(actual.type(), type), () -> mismatchOf(type, actual.type()));
        }
        return "it is a " + given.kind() + ", a " + asked.kind() + " is asked for";
    }

    private static @Nullable String either(@Nullable String first, Supplier<@Nullable String> second) {
        return first != null ? first : second.get();
    }

    private @Nullable String mismatchOf(ResourceType given, ResourceType asked) {
        ResourceVariable variable = ResourceVariable.of(asked);
        ResourceType wanted = open.contains(variable) ? found.putIfAbsent(variable, given) : asked;
        return wanted == null || wanted.equals(given)
                ? null
                : "it is another resource, \"" + given + "\", than \"" + wanted + "\", which is asked for";
    }

    private @Nullable String mismatchOf(
            Map<String, ComponentExternType> given, Map<String, ComponentExternType> asked) {
        for (Map.Entry<String, ComponentExternType> export : asked.entrySet()) {
            ComponentExternType actual = given.get(export.getKey());
            if (actual == null) {
                return "its export " + ExternName.quote(export.getKey()) + " is missing: a "
                        + export.getValue().sort() + " is asked for";
            }
            String problem = mismatch(actual, export.getValue());
            if (problem != null) {
                return "its export " + ExternName.quote(export.getKey()) + " does not fit: " + problem;
            }
        }
        return null;
    }

    /** A component may import less and export more. It is made with what the other one would be given. */
    private @Nullable String mismatchOf(ComponentType given, ComponentType asked) {
        ComponentType wanted = substitution().apply(asked);
        var imports = new Subtyping(validation, given.importBound());
        for (Map.Entry<String, ComponentExternType> needed : given.imports().entrySet()) {
            ComponentExternType offer = wanted.imports().get(needed.getKey());
            String place = "its import " + ExternName.quote(needed.getKey());
            if (offer == null) {
                return place + " is not among those of the component that is asked for";
            }
            String problem = imports.mismatch(offer, needed.getValue());
            if (problem != null) {
                return place + " does not fit what it would be given: " + problem;
            }
        }
        Set<ResourceVariable> introduced = new HashSet<>(wanted.exportBound());
        return new Subtyping(validation, introduced)
                .mismatchOf(new Substitution(validation, imports.found).apply(given.exports()), wanted.exports());
    }
}
