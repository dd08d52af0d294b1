package dev.airlock.component;

import dev.airlock.Guests;
import dev.airlock.engine.Engine;
import dev.airlock.type.Value;
import dev.airlock.wit.Wave;
import dev.airlock.wit.WaveCall;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Calls component functions, with calls and results in WAVE, for tests. */
final class WaveCalls {
    private static final Engine ENGINE = Engine.create();
    private static final Map<String, Component> COMPONENTS = new ConcurrentHashMap<>();
    private static final Map<String, Component> INTERPRETED_COMPONENTS = new ConcurrentHashMap<>();

    private static final ThreadLocal<Boolean> INTERPRETED = ThreadLocal.withInitial(() -> false);

    private WaveCalls() {}

    /** Whether components that this thread compiles from now on use interpreted plans. */
    static void interpret(boolean interpreted) {
        INTERPRETED.set(interpreted);
    }

    /** A component of {@code guests/components}, such as {@code "wat/handles"}. */
    static Component component(String name) {
        Component compiled =
                COMPONENTS.computeIfAbsent(name, n -> Component.compile(ENGINE, Guests.file("components/" + n)));
        return INTERPRETED.get() ? INTERPRETED_COMPONENTS.computeIfAbsent(name, n -> compiled.interpreted()) : compiled;
    }

    /** Instantiates a corner case with a linker's definitions. */
    static ComponentInstance corner(String name, ComponentLinker linker) {
        return linker.instantiate(component("wat/" + name));
    }

    static ComponentInstance corner(String name) {
        return corner(name, new ComponentLinker());
    }

    /** Returns the result in WAVE, or an empty text if there is none. */
    static String call(ComponentInstance instance, String call) {
        WaveCall parsed = WaveCall.parse(call);
        return print(instance.function(parsed.name()), parsed);
    }

    static String call(ComponentInstance instance, String interfaceName, String call) {
        WaveCall parsed = WaveCall.parse(call);
        return print(instance.function(interfaceName, parsed.name()), parsed);
    }

    private static String print(ComponentFunc function, WaveCall call) {
        Value result = function.call(call.arguments(function.type()));
        return result == null ? "" : Wave.print(result);
    }
}
