package dev.airlock.component;

import dev.airlock.component.binary.Versions;
import dev.airlock.component.type.ComponentExternType;
import dev.airlock.component.type.CoreModuleType;
import dev.airlock.component.type.CoreSubtyping;
import dev.airlock.component.type.DefinedType;
import dev.airlock.component.type.Subtyping;
import dev.airlock.component.type.Validation;
import dev.airlock.engine.Nearest;
import dev.airlock.error.LinkException;
import dev.airlock.error.ModuleException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what the host offers for each import of a component, and says all at once what is missing or does not fit. */
final class ImportMatching {
    private final Component component;
    private final Map<String, Linked> offers;
    private final Validation validation;
    private final List<String> problems = new ArrayList<>();

    private ImportMatching(Component component, Map<String, Linked> offers) {
        this.component = component;
        this.offers = offers;
        this.validation = new Validation(component.name());
    }

    /**
     * The arguments of an instantiation.
     *
     * @throws LinkException with all that is wrong, as a difference in WIT
     */
    static Map<String, Linked> match(Component component, Map<String, Linked> offers) {
        var matching = new ImportMatching(component, offers);
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

    /** @return null where nothing serves, or nothing has to: a type that is no resource means the same everywhere */
    private @Nullable Linked match(String name, ComponentExternType type) {
        if (isValues(type)) {
            return null;
        }
        String served = Versions.find(name, offers.keySet());
        Linked offer = served == null ? null : offers.get(served);
        var lines = new ArrayList<String>();
        Linked found = fit(name, type, offer, Set.of(), lines);
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

    /** Whether a host has to define something for it: not for types that are no resources, nor for an interface of such types. */
    static boolean isRequired(ComponentExternType type) {
        return type instanceof ComponentExternType.Instance instance
                ? instance.type().exports().values().stream().anyMatch(ImportMatching::isRequired)
                : !isValues(type);
    }

    private static boolean isValues(ComponentExternType type) {
        return type instanceof ComponentExternType.Type defined && !(defined.type() instanceof DefinedType.Resource);
    }

    /** What serves, or null with lines that say why nothing does; null without lines where nothing has to. */
    private @Nullable Linked fit(
            String name, ComponentExternType type, @Nullable Linked offer, Set<String> near, List<String> lines) {
        validation.spend(1);
        if (type instanceof ComponentExternType.Func func) {
            return offer instanceof LinkedFunc ? offer : refuse(name, name + ": " + func.type(), offer, near, lines);
        }
        if (type instanceof ComponentExternType.Type) {
            if (isValues(type)) {
                return null;
            }
            return offer instanceof Linked.Type ? offer : refuse(name, "resource " + name, offer, near, lines);
        }
        if (type instanceof ComponentExternType.Instance instance) {
            return fitInstance(instance.type().exports(), offer, lines);
        }
        if (type instanceof ComponentExternType.Module module) {
            return fitModule(name, module, offer, lines);
        }
        return fitComponent(name, (ComponentExternType.Component) type, offer, lines);
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
            Map<String, ComponentExternType> wanted, @Nullable Linked offer, List<String> lines) {
        if (offer != null && !(offer instanceof Linked.Instance)) {
            lines.add("- an interface");
            lines.add("+ " + show(offer));
            return null;
        }
        Map<String, Linked> offered = offer instanceof Linked.Instance given ? given.exports() : Map.of();
        Set<String> names = offered.keySet();
        Map<String, Linked> found = new LinkedHashMap<>();
        wanted.forEach((name, type) -> {
            Linked item = fit(name, type, offered.get(name), names, lines);
            if (item != null) {
                found.put(name, item);
            }
        });
        return new Linked.Instance(found);
    }

    private static @Nullable Linked fitModule(
            String name, ComponentExternType.Module wanted, @Nullable Linked offer, List<String> lines) {
        if (!(offer instanceof Linked.CoreModule given)) {
            return refuse(name, "core module " + name, offer, Set.of(), lines);
        }
        var type = CoreModuleType.of(given.module().imports(), given.module().exports());
        return orProblem(given, CoreSubtyping.mismatch(type, wanted.type()), lines);
    }

    private @Nullable Linked fitComponent(
            String name, ComponentExternType.Component wanted, @Nullable Linked offer, List<String> lines) {
        if (!(offer instanceof Linked.Component given)) {
            return refuse(name, "component " + name, offer, Set.of(), lines);
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
        return orProblem(given, problem, lines);
    }

    private static @Nullable Linked orProblem(Linked given, @Nullable String problem, List<String> lines) {
        if (problem == null) {
            return given;
        }
        lines.add(problem);
        return null;
    }
}
