package dev.airlock.engine;

import dev.airlock.engine.Linker.Name;
import dev.airlock.error.AirlockException;
import dev.airlock.limit.Watch;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasm.WasmEngineException;

/** A host function as the guest's code calls it. What it throws ends the guest's execution. */
record HostImport(
        Module module, Name name, Caller caller, @Nullable Watch watch, int results, HostCall call)
        implements WasmFunctionHandle {
    @Override
    public long[] apply(Instance guest, long... args) {
        if (watch != null) {
            watch.countHostCall();
        }
        long[] given;
        RecordedCall recorded = RecordedCall.outOf(caller.instance(), name);
        try {
            given = call.call(caller, args);
        } catch (WasmEngineException e) {
            // The guest's own allocator failed, which had to set aside what the host function gave.
            throw e;
        } catch (AirlockException e) {
            throw Faults.passesThrough(e) ? e : Faults.hostFunctionThrew(module, name.toString(), e);
        } catch (Exception e) {
            throw Faults.hostFunctionThrew(module, name.toString(), e);
        } finally {
            if (recorded != null) {
                recorded.end();
            }
        }
        return given != null && given.length == results ? given : wrongResults(given);
    }

    private long[] wrongResults(long @Nullable [] given) {
        throw Faults.hostFunctionThrew(
                module,
                name.toString(),
                new IllegalStateException(
                        "it gave " + (given == null ? "null" : given.length + " results") + ", not " + results));
    }
}
