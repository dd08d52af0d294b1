package dev.airlock.memory;

import run.endive.runtime.ConstantEvaluators;
import run.endive.runtime.Instance;
import run.endive.runtime.TrapException;
import run.endive.wasm.UninstantiableException;
import run.endive.wasm.types.ActiveDataSegment;
import run.endive.wasm.types.DataSegment;
import run.endive.wasm.types.PassiveDataSegment;

/** The data segments of one instance (core specification, section 4.2.11), as the instruction {@code memory.init} needs them. */
final class Segments {
    // The instance's own array: Endive's compiled code drops a segment by an entry in it, past this class.
    private final DataSegment[] segments;
    private DataSegment lastSegment = PassiveDataSegment.EMPTY;
    private byte[] lastData = {};

    Segments(DataSegment[] segments) {
        this.segments = segments;
    }

    /**
     * Copies the active segments of one memory to their places.
     *
     * @throws UninstantiableException if a segment does not fit; those before it have been copied by then
     */
    void copyActive(LinearMemory memory, Instance instance, int memoryIndex) {
        for (int i = 0; i < segments.length; i++) {
            if (segments[i] instanceof ActiveDataSegment active && active.index() == memoryIndex) {
                int offset = (int) ConstantEvaluators.computeConstantValue(instance, active.offsetInstructions())[0];
                try {
                    memory.write(offset, active.data());
                } catch (TrapException e) {
                    throw new UninstantiableException(e.getMessage(), e);
                }
                // Section 4.5.4 of the core specification: an active segment ends with data.drop.
                drop(i);
            }
        }
    }

    /** Empty once dropped. Not to be changed. */
    @SuppressWarnings("ReferenceEquality")
    byte[] data(int segment) {
        DataSegment wanted = segments[segment];
        if (wanted != lastSegment) {
            // Endive clones the whole segment each time it is asked, and a guest may well take it in small pieces.
            lastData = wanted.data();
            lastSegment = wanted;
        }
        return lastData;
    }

    /** Which there are now. */
    DataSegment[] left() {
        return segments.clone();
    }

    /** Takes them to what was {@link #left} of the same ones once. Most are there, and collectors want to know of each write. */
    @SuppressWarnings("ReferenceEquality")
    void restore(DataSegment[] left) {
        for (int i = 0; i < segments.length; i++) {
            if (segments[i] != left[i]) {
                segments[i] = left[i];
            }
        }
    }

    void drop(int segment) {
        segments[segment] = PassiveDataSegment.EMPTY;
    }
}
