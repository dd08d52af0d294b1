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
 * Checks whether a given definition matches the expected type (Explainer, "Type Checking"), and which given resource stands
 * for which expected one.
 *
 * <p>The expected type may introduce resources. In the order of the imports or exports, the first resource given for one
 * becomes its replacement, and all later uses must agree. Methods return null for a match, or else the mismatch in words.
 */
public final class Subtyping {
    private final Validation validation;
    private final Set<ResourceVariable> open;
    private final Map<ResourceVariable, ResourceType> found = new HashMap<>();
    private final Map<ValType, ValType> givenFor = new IdentityHashMap<>();

    /** @param open the resources that the expected type introduces */
    public Subtyping(Validation validation, Set<ResourceVariable> open) {
        this.validation = validation;
        this.open = open;
    }

    /** The given resource for each expected one, as found so far. */
    Map<ResourceVariable, ResourceType> found() {
        return found;
    }

    /** The given value type for each expected one. The two are equal, but only the given one has a name outside. */
    Map<ValType, ValType> givenFor() {
        return givenFor;
    }

    @Nullable
    public String mismatch(ComponentExternType given, ComponentExternType asked) {
        validation.spend(1);
        if (given.sort() != asked.sort()) {
            return "it is a " + given.sort() + ", expected a " + asked.sort();
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
     * Whether a function of an instance matches an expected type, now that each resource is known.
     *
     * @param given the function's type, with variables of its component
     * @param givenIdentityOf returns the resource that a variable of the given type stands for; compared by {@code equals}
     * @param askedIdentityOf the same for the expected type
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
                : "it is " + Validation.show(given) + ", expected " + Validation.show(wanted);
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
                    : "it is the type " + Validation.show(actual.type()) + ", expected " + Validation.show(type);
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
        return "it is a " + given.kind() + ", expected a " + asked.kind();
    }

    private static @Nullable String either(@Nullable String first, Supplier<@Nullable String> second) {
        return first != null ? first : second.get();
    }

    private @Nullable String mismatchOf(ResourceType given, ResourceType asked) {
        ResourceVariable variable = ResourceVariable.of(asked);
        ResourceType wanted = open.contains(variable) ? found.putIfAbsent(variable, given) : asked;
        return wanted == null || wanted.equals(given)
                ? null
                : "it is another resource, \"" + given + "\", expected \"" + wanted + "\"";
    }

    private @Nullable String mismatchOf(
            Map<String, ComponentExternType> given, Map<String, ComponentExternType> asked) {
        for (Map.Entry<String, ComponentExternType> export : asked.entrySet()) {
            ComponentExternType actual = given.get(export.getKey());
            if (actual == null) {
                return "its export " + ExternName.quote(export.getKey()) + " is missing; expected a "
                        + export.getValue().sort();
            }
            String problem = mismatch(actual, export.getValue());
            if (problem != null) {
                return "its export " + ExternName.quote(export.getKey()) + " does not match: " + problem;
            }
        }
        return null;
    }

    /** Compares components: the given one may import less and export more. It is instantiated with the other's arguments. */
    private @Nullable String mismatchOf(ComponentType given, ComponentType asked) {
        ComponentType wanted = substitution().apply(asked);
        var imports = new Subtyping(validation, given.importBound());
        for (Map.Entry<String, ComponentExternType> needed : given.imports().entrySet()) {
            ComponentExternType offer = wanted.imports().get(needed.getKey());
            String place = "its import " + ExternName.quote(needed.getKey());
            if (offer == null) {
                return place + " is not among the imports of the expected component";
            }
            String problem = imports.mismatch(offer, needed.getValue());
            if (problem != null) {
                return place + " does not match what it would be given: " + problem;
            }
        }
        Set<ResourceVariable> introduced = new HashSet<>(wanted.exportBound());
        return new Subtyping(validation, introduced)
                .mismatchOf(new Substitution(validation, imports.found).apply(given.exports()), wanted.exports());
    }
}
