package dev.airlock.component.bind;

import dev.airlock.component.ComponentInstance;
import dev.airlock.component.run.Linked;
import dev.airlock.component.run.LinkedFunc;
import dev.airlock.component.run.LinkedResource;
import dev.airlock.component.type.ComponentExternType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The functions and resources of one exported interface, or those outside of interfaces.
 *
 * @param name the name of the interface; empty for none
 * @param functions the functions by name
 * @param resources the resources by name
 */
record ExportScope(String name, Map<String, LinkedFunc> functions, Map<String, LinkedResource> resources) {
    /** Returns the scopes of an instance; the one outside of interfaces is first. */
    static List<ExportScope> of(ComponentInstance instance) {
        var scopes = new ArrayList<ExportScope>();
        Map<String, ComponentExternType> types = instance.component().type().exports();
        scopes.add(of("", types, instance.exports()));
        types.forEach((name, type) -> {
            if (type instanceof ComponentExternType.Instance inner) {
                scopes.add(of(name, inner.type().exports(), (Linked.Instance)
                        Objects.requireNonNull(instance.exports().exports().get(name))));
            }
        });
        return scopes;
    }

    private static ExportScope of(String name, Map<String, ComponentExternType> types, Linked.Instance instance) {
        Map<String, LinkedFunc> functions = new LinkedHashMap<>();
        Map<String, LinkedResource> resources = new LinkedHashMap<>();
        types.keySet().forEach(member -> {
            Linked item = instance.exports().get(member);
            if (item instanceof LinkedFunc function) {
                functions.put(member, function);
            } else if (item instanceof Linked.Type type) {
                resources.put(member, type.resource());
            }
        });
        return new ExportScope(name, functions, resources);
    }

    /** The name of a resource in this scope; null if it is not exported here. */
    @Nullable
    String nameOf(LinkedResource resource) {
        return resources.entrySet().stream()
                .filter(entry -> entry.getValue().equals(resource))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    String text() {
        return name.isEmpty() ? "the functions outside of interfaces" : name;
    }
}
