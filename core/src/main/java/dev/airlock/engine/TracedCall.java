package dev.airlock.engine;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A host function that somebody watches. */
record TracedCall(Linker.Name name, HostCall call, HostModule.CallReader reader, Consumer<? super CallEvent> tracer)
        implements HostCall {
    @Override
    public long[] call(Caller caller, long[] args) throws Exception {
        List<String> arguments = reader.arguments(caller, args);
        // The function may keep the array, and change it.
        long[] given = args.clone();
        long start = System.nanoTime();
        try {
            long[] results = call.call(caller, args);
            long nanos = System.nanoTime() - start;
            tell(caller, arguments, results == null ? "" : reader.result(caller, given, results), null, nanos);
            return results;
        } catch (Throwable e) {
            tell(caller, arguments, "", e, System.nanoTime() - start);
            throw e;
        }
    }

    private void tell(Caller caller, List<String> arguments, String result, @Nullable Throwable thrown, long nanos) {
        tracer.accept(new CallEvent(
                TraceText.shown(caller.instance().module().name()),
                TraceText.shown(name.module()),
                TraceText.shown(name.name()),
                arguments,
                result,
                thrown,
                nanos));
    }
}
