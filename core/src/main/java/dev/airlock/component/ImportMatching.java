package dev.airlock.component;

import dev.airlock.component.run.Linked;
import dev.airlock.component.run.LinkedFunc;
import dev.airlock.component.run.LinkedResource;
import dev.airlock.component.run.PassedFunction;
import dev.airlock.component.run.UndefinedFunction;
import dev.airlock.component.type.ComponentExternType;
import dev.airlock.component.type.CoreModuleType;
import dev.airlock.component.type.CoreSubtyping;
import dev.airlock.component.type.DefinedType;
import dev.airlock.component.type.ResourceVariable;
import dev.airlock.component.type.Subtyping;
import dev.airlock.component.type.Validation;
import dev.airlock.error.LinkException;
import dev.airlock.error.ModuleException;
import dev.airlock.error.Nearest;
import dev.airlock.type.FuncType;
import dev.airlock.type.ResourceType;
import dev.airlock.wit.InterfaceVersions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the host's definition for each import of a component, and reports all missing and mismatched imports at once. */
final class ImportMatching {
    private final Map<String, Linked> offers;
    private final @Nullable Map<String, Linked> stubs;
    private final Validation validation;
    private final List<String> problems = new ArrayList<>();
    /** The definition found for each resource that the imports introduce. */
    private final Map<ResourceVariable, Found> resources = new HashMap<>();

    /** @param where the first import that the resource was found for */
    private record Found(LinkedResource resource, String where) {}

    private ImportMatching(Component component, Map<String, Linked> offers, @Nullable Map<String, Linked> stubs) {
        this.offers = offers;
        this.stubs = stubs;
        this.validation = new Validation(component.name());
    }

    /**
     * Returns the arguments of an instantiation.
     *
     * @param stubs by import path, the stubs of functions and resources that are not offered, kept between instances; null to
     *     refuse such imports
     * @throws LinkException with all missing and mismatched imports, as differences in WIT
     */
    static Map<String, Linked> match(
            Component component, Map<String, Linked> offers, @Nullable Map<String, Linked> stubs) {
        var matching = new ImportMatching(component, offers, stubs);
        Map<String, Linked> args = new HashMap<>();
        component.type().imports().forEach((name, type) -> {
            Linked found = matching.match(name, type);
            if (found != null) {
                args.put(name, found);
            }
        });
        if (!matching.problems.isEmpty()) {
            throw new LinkException(component.name(), matching.problems);
        }
        return args;
    }

    /** @return null if nothing is offered, or nothing is needed: a type that is not a resource means the same everywhere */
    private @Nullable Linked match(String name, ComponentExternType type) {
        if (isValues(type)) {
            return null;
        }
        String served = InterfaceVersions.find(name, offers.keySet());
        Linked offer = served == null ? null : offers.get(served);
        var lines = new ArrayList<String>();
        Linked found = fit(name, name, type, offer, Set.of(), lines);
        if (offer == null && !lines.isEmpty()) {
            problems.add(name + " is not defined" + Nearest.hint(name, offers.keySet()) + ":" + indented(lines));
        } else if (!lines.isEmpty()) {
            problems.add(name + " does not fit" + (name.equals(served) ? "" : ", though " + served + " serves it") + ":"
                    + indented(lines));
        }
        return found;
    }

    private static String indented(List<String> lines) {
        return lines.stream().map(line -> "\n    " + line).reduce("", String::concat);
    }

    /** Whether the host must define an import: all except types that are not resources, and interfaces with only such types. */
    static boolean isRequired(ComponentExternType type) {
        return type instanceof ComponentExternType.Instance instance
                ? instance.type().exports().values().stream().anyMatch(ImportMatching::isRequired)
                : !isValues(type);
    }

    private static boolean isValues(ComponentExternType type) {
        return type instanceof ComponentExternType.Type defined && !(defined.type() instanceof DefinedType.Resource);
    }

    /**
     * Returns the definition for an import. If it is null, {@code lines} has the reason, or nothing is needed.
     *
     * @param path the path of the import, for errors and stubs: {@code "wasi:io/streams@0.2.0#[method]input-stream.read"}
     * @param near the names that are offered beside it, for hints
     */
    private @Nullable Linked fit(
            String path,
            String name,
            ComponentExternType type,
            @Nullable Linked offer,
            Set<String> near,
            List<String> lines) {
        validation.spend(1);
        if (type instanceof ComponentExternType.Func func) {
            return fitFunc(path, name, func.type(), offer, near, lines);
        }
        if (type instanceof ComponentExternType.Type defined) {
            return defined.type() instanceof DefinedType.Resource resource
                    ? fitResource(path, name, resource.type(), offer, near, lines)
                    : null;
        }
        if (type instanceof ComponentExternType.Instance instance) {
            return fitInstance(path, name, instance.type().exports(), offer, lines);
        }
        if (type instanceof ComponentExternType.Module module) {
            return fitModule(name, module, offer, near, lines);
        }
        return fitComponent(name, (ComponentExternType.Component) type, offer, near, lines);
    }

    private @Nullable Linked fitFunc(
            String path, String name, FuncType asked, @Nullable Linked offer, Set<String> near, List<String> lines) {
        if (offer == null && stubs != null) {
            return stubs.computeIfAbsent(path, p -> new LinkedFunc.Host(p, new UndefinedFunction(p)));
        }
        if (offer instanceof LinkedFunc.Host host && host.function() instanceof PassedFunction passed) {
            boolean fits = Subtyping.fits(
                    validation,
                    passed.type(),
                    passed::resource,
                    asked,
                    resource -> Objects.requireNonNull(resources.get(ResourceVariable.of(resource)))
                            .resource());
            if (!fits) {
                boolean alike = asked.toString().equals(passed.type().toString());
                lines.add("- " + name + ": " + asked);
                lines.add(
                        "+ " + name + ": " + passed.type() + (alike ? ", with other resources of the same names" : ""));
                return null;
            }
        }
        return offer instanceof LinkedFunc ? offer : refuse(name, name + ": " + asked, offer, near, lines);
    }

    /** Binds the resource of an import to the first one found. All imports that use it must have the same. */
    private @Nullable Linked fitResource(
            String path,
            String name,
            ResourceType asked,
            @Nullable Linked offer,
            Set<String> near,
            List<String> lines) {
        ResourceVariable variable = ResourceVariable.of(asked);
        Found known = resources.get(variable);
        Linked item = offer;
        if (item == null && known != null) {
            item = new Linked.Type(known.resource());
        } else if (item == null && stubs != null) {
            item = stubs.computeIfAbsent(path, p -> new Linked.Type(LinkedResource.undefined(name)));
        }
        if (!(item instanceof Linked.Type type)) {
            return refuse(name, "resource " + name, offer, near, lines);
        }
        if (known == null) {
            resources.put(variable, new Found(type.resource(), path));
        } else if (known.resource() != type.resource()) {
            lines.add("- resource " + name + ", which is " + known.resource().described(null) + " in " + known.where());
            lines.add("+ resource " + name + ", which is " + type.resource().described(known.resource()));
            return null;
        }
        return type;
    }

    private static @Nullable Linked refuse(
            String name, String wanted, @Nullable Linked offer, Set<String> near, List<String> lines) {
        lines.add("- " + wanted + (offer == null ? Nearest.hint(name, near) : ""));
        if (offer != null) {
            lines.add("+ " + show(offer));
        }
        return null;
    }

    private static String show(Linked offer) {
        if (offer instanceof LinkedFunc) {
            return "a function";
        }
        if (offer instanceof Linked.Type type) {
            return "resource " + type.resource();
        }
        if (offer instanceof Linked.Instance) {
            return "an interface";
        }
        return offer instanceof Linked.CoreModule ? "a core module" : "a component";
    }

    private @Nullable Linked fitInstance(
            String path,
            String name,
            Map<String, ComponentExternType> wanted,
            @Nullable Linked offer,
            List<String> lines) {
        if (offer != null && !(offer instanceof Linked.Instance)) {
            lines.add("- an interface " + name);
            lines.add("+ " + show(offer));
            return null;
        }
        Map<String, Linked> offered = offer instanceof Linked.Instance given ? given.exports() : Map.of();
        Set<String> names = offered.keySet();
        Map<String, Linked> found = new LinkedHashMap<>();
        wanted.forEach((member, type) -> {
            Linked item = fit(path + "#" + member, member, type, offered.get(member), names, lines);
            if (item != null) {
                found.put(member, item);
            }
        });
        return new Linked.Instance(found);
    }

    private @Nullable Linked fitModule(
            String name,
            ComponentExternType.Module wanted,
            @Nullable Linked offer,
            Set<String> near,
            List<String> lines) {
        if (!(offer instanceof Linked.CoreModule given)) {
            return refuse(name, "core module " + name + noStub(offer), offer, near, lines);
        }
        var type = CoreModuleType.of(given.module().imports(), given.module().exports());
        return orProblem(given, name, CoreSubtyping.mismatch(type, wanted.type()), lines);
    }

    private @Nullable Linked fitComponent(
            String name,
            ComponentExternType.Component wanted,
            @Nullable Linked offer,
            Set<String> near,
            List<String> lines) {
        if (!(offer instanceof Linked.Component given)) {
            return refuse(name, "component " + name + noStub(offer), offer, near, lines);
        }
        String problem;
        try {
            problem = new Subtyping(validation, Set.of())
                    .mismatch(
                            new ComponentExternType.Component(
                                    given.code().resolved().type()),
                            wanted);
        } catch (ModuleException e) {
            problem = e.getMessage();
        }
        return orProblem(given, name, problem, lines);
    }

    /** A stub is impossible, since the component instantiates the import. */
    private String noStub(@Nullable Linked offer) {
        return offer == null && stubs != null ? ", which cannot be replaced by a trap: define it" : "";
    }

    private static @Nullable Linked orProblem(Linked given, String name, @Nullable String problem, List<String> lines) {
        if (problem == null) {
            return given;
        }
        lines.add(name + ": " + problem);
        return null;
    }
}
