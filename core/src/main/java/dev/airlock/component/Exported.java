package dev.airlock.component;

import dev.airlock.component.run.Linked;
import dev.airlock.component.run.LinkedFunc;
import dev.airlock.component.run.PassedFunction;
import dev.airlock.component.type.ComponentExternType;
import dev.airlock.component.type.Validation;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one component instance exports, as the host offers it to another: each function enters the one that it is from. */
public final class Exported {
    private Exported() {}

    public static Linked.Instance offer(ComponentInstance instance) {
        return offer(
                new Validation(instance.component().name()),
                instance.component().type().exports(),
                instance.exports());
    }

    private static Linked.Instance offer(
            Validation validation, Map<String, ComponentExternType> types, Linked.Instance instance) {
        validation.spend(types.size());
        Map<String, Linked> offers = new LinkedHashMap<>();
        types.forEach((name, type) -> {
            Linked item = instance.exports().get(name);
            if (item == null) {
                // A type that is no resource: those need no exporting.
                return;
            }
            if (item instanceof LinkedFunc.Lifted lifted) {
                offers.put(name, new LinkedFunc.Host(name, new PassedFunction(name, lifted)));
            } else if (type instanceof ComponentExternType.Instance inner && item instanceof Linked.Instance nested) {
                offers.put(name, offer(validation, inner.type().exports(), nested));
            } else {
                offers.put(name, item);
            }
        });
        return new Linked.Instance(offers);
    }
}
