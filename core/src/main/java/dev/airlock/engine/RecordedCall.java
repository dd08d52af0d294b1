package dev.airlock.engine;

import dev.airlock.engine.runtime.FuncRef;
import dev.airlock.event.FlightEvents;
import dev.airlock.memory.linear.LinearMemory;
import dev.airlock.memory.linear.Traffic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call that the flight recorder wants to know of. While it lasts, what the host reads and writes in the guest's
 * memories is counted for it; a call within it has a count of its own. Public for the room {@code component} alone.
 */
public final class RecordedCall {
    private final FlightEvents.Crossing event;
    private final List<LinearMemory> memories;
    private final @Nullable Traffic[] before;
    private final Traffic traffic = new Traffic();

    /**
     * A call that starts now. To be made only where {@link FlightEvents#recordsCrossings} says so, by a thread that has
     * entered the guest.
     *
     * @param guest the name of the module or component
     * @param function the export, or the two names of the import
     * @param direction which way the call goes
     * @param memories those that may be read and written for this call
     */
    public RecordedCall(String guest, String function, FlightEvents.Direction direction, List<LinearMemory> memories) {
        this.memories = memories;
        this.before = memories.stream().map(LinearMemory::traffic).toArray(Traffic[]::new);
        memories.forEach(memory -> memory.traffic(traffic));
        this.event = FlightEvents.crossing(TraceText.shown(guest), TraceText.shown(function), direction);
    }

    /** Returns a call of a guest function by the host; null, and free, if no recording is on. */
    static @Nullable RecordedCall into(Instance instance, String function) {
        return FlightEvents.recordsCrossings() ? of(instance, function, FlightEvents.Direction.IN) : null;
    }

    /** Returns a call of a guest function by another guest; null, and free, if no recording is on. */
    static @Nullable RecordedCall across(Instance instance, FuncRef function) {
        return FlightEvents.recordsCrossings()
                ? into(instance, instance.module().callName(function.index))
                : null;
    }

    /** Returns a call of a host function by a guest; null, and free, if no recording is on. */
    static @Nullable RecordedCall outOf(Instance instance, Linker.Name function) {
        return FlightEvents.recordsCrossings() ? of(instance, function.toString(), FlightEvents.Direction.OUT) : null;
    }

    private static RecordedCall of(Instance instance, String function, FlightEvents.Direction direction) {
        return new RecordedCall(instance.module().name(), function, direction, instance.linearMemories());
    }

    /** It is over, whichever way it ended. To be called before the guest is left. */
    public void end() {
        for (int i = 0; i < before.length; i++) {
            memories.get(i).traffic(before[i]);
        }
        event.end(traffic.bytesIn(), traffic.bytesOut());
    }
}
