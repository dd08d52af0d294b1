package dev.airlock.cli;

import dev.airlock.component.ComponentFunc;
import dev.airlock.component.ComponentInstance;
import dev.airlock.error.Nearest;
import dev.airlock.error.SignatureException;
import dev.airlock.type.Value;
import dev.airlock.wit.WaveCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls as text, for the functions that a component exports. */
final class ComponentCalls {
    private ComponentCalls() {}

    /** A call, found and with its arguments read, to be run later. */
    static Supplier<@Nullable Value> bind(ComponentInstance instance, WaveCall call) {
        ComponentFunc function = find(instance, instance.functions(), call.name());
        List<Value> args = call.arguments(function.type());
        return () -> function.call(args);
    }

    private static ComponentFunc find(ComponentInstance instance, List<ComponentFunc> functions, String name) {
        List<ComponentFunc> found = functions.stream()
                .filter(function -> namesOf(function.name()).contains(name))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.isEmpty()) {
            List<String> known = functions.stream()
                    .flatMap(function -> namesOf(function.name()).stream())
                    .toList();
            throw new SignatureException(instance.component().name() + " exports no function " + name
                    + Nearest.hint(name, known) + "; 'airlock inspect' shows all that it has");
        }
        throw new SignatureException("there are several functions " + name + ": say which of "
                + found.stream()
                        .map(function -> namesOf(function.name()).get(0))
                        .collect(Collectors.joining(", ")));
    }

    /** What a function may be called, the whole name first: with its interface, without the version of it, and bare. */
    private static List<String> namesOf(String exportName) {
        int member = exportName.indexOf('#');
        if (member < 0) {
            return List.of(exportName);
        }
        String owner = exportName.substring(0, member);
        String name = exportName.substring(member + 1);
        int version = owner.indexOf('@');
        var names = new ArrayList<>(List.of(owner + "." + name, exportName, name));
        if (version >= 0) {
            names.add(owner.substring(0, version) + "." + name);
        }
        return names;
    }
}
