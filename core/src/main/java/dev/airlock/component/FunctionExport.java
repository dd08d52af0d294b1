package dev.airlock.component;

import dev.airlock.component.type.ComponentExternType;
import dev.airlock.error.Nearest;
import dev.airlock.error.SignatureException;
import dev.airlock.type.FuncType;
import dev.airlock.type.ValType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An exported function in the type of a component: known before there is an instance.
 *
 * @param interfaceName the exported interface of the function; null if it is in none
 * @param function the function's name in the interface
 * @param type the parameters and the result
 */
public record FunctionExport(@Nullable String interfaceName, String function, FuncType type) {
    /**
     * Returns the full name.
     *
     * @return {@code greet}, or {@code demo:kit/api@1.0.0#greet}
     */
    public String name() {
        return interfaceName == null ? function : interfaceName + "#" + function;
    }

    static List<FunctionExport> of(Component component) {
        var functions = new ArrayList<FunctionExport>();
        component.type().exports().forEach((name, type) -> {
            if (type instanceof ComponentExternType.Func func) {
                functions.add(new FunctionExport(null, name, func.type()));
            } else if (type instanceof ComponentExternType.Instance instance) {
                instance.type().exports().forEach((member, memberType) -> {
                    if (memberType instanceof ComponentExternType.Func func) {
                        functions.add(new FunctionExport(name, member, func.type()));
                    }
                });
            }
        });
        return functions;
    }

    static FunctionExport find(Component component, String name) {
        List<FunctionExport> functions = component.functions();
        for (FunctionExport function : functions) {
            if (function.name().equals(name)) {
                return function;
            }
        }
        List<FunctionExport> found =
                functions.stream().filter(f -> f.shortNames().contains(name)).toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.isEmpty()) {
            List<String> known =
                    functions.stream().flatMap(f -> f.names().stream()).toList();
            throw new SignatureException(component.name() + " exports no function \"" + name + "\""
                    + Nearest.hint(name, known)
                    + functions.stream()
                            .limit(20)
                            .map(f -> f.names().get(0))
                            .collect(Collectors.joining(", ", functions.isEmpty() ? "" : "; it exports ", "")));
        }
        throw new SignatureException(component.name() + " exports several functions \"" + name + "\": choose one of "
                + found.stream().map(f -> f.names().get(0)).collect(Collectors.joining(", ")));
    }

    /**
     * Checks that a signature has the same types as this function. The names of parameters may differ.
     *
     * @param given the signature that a caller has
     * @throws SignatureException if the types differ; the message has both
     */
    public void check(FuncType given) {
        boolean same = Objects.equals(given.result(), type.result())
                && given.async() == type.async()
                && types(given).equals(types(type));
        if (!same) {
            throw new SignatureException(name() + " is " + type + ", not " + given);
        }
    }

    private static List<ValType> types(FuncType type) {
        return type.params().stream().map(FuncType.Param::type).toList();
    }

    /** The names that a person may write: with the interface, with the interface without its version, and alone. */
    private List<String> names() {
        var names = new ArrayList<String>();
        if (interfaceName != null) {
            names.add(interfaceName + "." + function);
        }
        names.add(name());
        names.addAll(shortNames());
        return names;
    }

    private List<String> shortNames() {
        if (interfaceName == null) {
            return List.of();
        }
        String owner = Objects.requireNonNull(interfaceName);
        var names = new ArrayList<>(List.of(owner + "." + function, function));
        int version = owner.indexOf('@');
        if (version >= 0) {
            String unversioned = owner.substring(0, version);
            names.add(unversioned + "." + function);
            names.add(unversioned + "#" + function);
        }
        return names;
    }

    @Override
    public String toString() {
        return name() + ": " + type;
    }
}
