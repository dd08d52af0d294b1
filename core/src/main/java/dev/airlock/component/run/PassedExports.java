package dev.airlock.component.run;

import dev.airlock.component.type.ComponentExternType;
import dev.airlock.component.type.Validation;
import java.util.LinkedHashMap;
import java.util.Map;

/** Offers the exports of one component instance to another: each function enters the instance that it comes from. */
public final class PassedExports {
    private PassedExports() {}

    /**
     * Returns exports as a component linker can offer them.
     *
     * @param component the name of the component, for errors
     * @param types the types of the exports
     * @param instance the exports
     */
    public static Linked.Instance offer(
            String component, Map<String, ComponentExternType> types, Linked.Instance instance) {
        return offer(new Validation(component), types, instance);
    }

    private static Linked.Instance offer(
            Validation validation, Map<String, ComponentExternType> types, Linked.Instance instance) {
        validation.spend(types.size());
        Map<String, Linked> offers = new LinkedHashMap<>();
        types.forEach((name, type) -> {
            Linked item = instance.exports().get(name);
            if (item == null) {
                // A type that is not a resource is not linked.
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
