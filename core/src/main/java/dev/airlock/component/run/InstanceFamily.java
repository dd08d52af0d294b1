package dev.airlock.component.run;

import dev.airlock.error.LimitException;
import java.util.ArrayList;
import java.util.List;

/** The component instances that one instantiation by the host makes: the outermost one and those nested in it. */
final class InstanceFamily {
    private final List<ComponentState> states = new ArrayList<>(1);
    private final HostObjects hostObjects;
    private long generation;
    private int instances;

    /** @param component the name of the outermost component, for errors */
    InstanceFamily(String component) {
        this.hostObjects = new HostObjects(component);
    }

    void add(ComponentState state) {
        states.add(state);
    }

    /** The states of the instances, the outermost first. */
    List<ComponentState> states() {
        return states;
    }

    /** The host's objects that the instances own. */
    HostObjects hostObjects() {
        return hostObjects;
    }

    /** The number of resets so far. */
    long generation() {
        return generation;
    }

    void nextGeneration() {
        generation++;
    }

    /**
     * Counts one more instance of a component or of a core module. A component can instantiate a second one twice, which
     * instantiates a third one twice, and so on: a file of forty lines can ask for a trillion instances. The largest known
     * components have some fifty.
     *
     * @throws LimitException if there are more than {@code maximum}
     */
    void countInstance(int maximum) {
        instances++;
        if (instances > maximum) {
            throw new LimitException(LimitException.Kind.INSTANCES, "instances in one component", maximum, instances);
        }
    }
}
