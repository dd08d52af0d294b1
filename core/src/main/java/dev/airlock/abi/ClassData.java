package dev.airlock.abi;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What generated code needs and bytecode cannot name: handles, codecs, constants of enums. */
final class ClassData {
    private final List<Object> objects = new ArrayList<>();
    private final Map<Object, Integer> places = new IdentityHashMap<>();

    int indexOf(Object object) {
        return places.computeIfAbsent(object, added -> {
            objects.add(added);
            return objects.size() - 1;
        });
    }

    List<Object> objects() {
        return objects;
    }
}
