package dev.airlock.engine;

/**
 * A host function in its plainest form, for those that are defined from data and not from Java types.
 *
 * <p>Numbers cross as raw bits: an i32 in the low half of a {@code long}, an f32 by {@link Float#floatToRawIntBits}, an
 * f64 by {@link Double#doubleToRawLongBits}.
 */
@FunctionalInterface
public interface HostCall {
    /**
     * Called by a guest, in its thread.
     *
     * @param caller the guest that called
     * @param args one for each parameter; the function may keep the array
     * @return one for each result; may be empty, not null
     * @throws Exception ends the guest with a {@link dev.airlock.error.Trap} that has it as its cause
     */
    long[] call(Caller caller, long[] args) throws Exception;
}
