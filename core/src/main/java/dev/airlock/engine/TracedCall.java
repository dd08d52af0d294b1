package dev.airlock.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The target of a host function whose calls are traced. */
final class TracedCall implements HostCall {
    private final Linker.Name name;

    /** What is called. Read by generated code. */
    final @Nullable Object target;

    private final HostModule.CallReader reader;
    private final Consumer<? super CallEvent> tracer;

    /** @param target a {@link HostCall} if the function takes arrays */
    TracedCall(
            Linker.Name name,
            @Nullable Object target,
            HostModule.CallReader reader,
            Consumer<? super CallEvent> tracer) {
        this.name = name;
        this.target = target;
        this.reader = reader;
        this.tracer = tracer;
    }

    @Override
    public long[] call(Caller caller, long[] args) throws Exception {
        if (!(target instanceof HostCall call)) {
            throw new IllegalStateException("it is called by its handle");
        }
        // The function may keep the array, and change it.
        Running running = begin(caller, args.clone());
        long[] results;
        try {
            results = call.call(caller, args);
        } catch (Throwable e) {
            running.threw(e);
            throw e;
        }
        running.returned(results);
        return results;
    }

    /** The same for a target that takes values, of which the tracer shows the numbers. */
    @Nullable
    Object[] call(Caller caller, @Nullable Object[] args) throws Exception {
        long[] bits = new long[args.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = bits(args[i]);
        }
        Running running = begin(caller, bits);
        @Nullable Object[] results;
        try {
            results = HostRef.values(target).call(caller, args);
        } catch (Throwable e) {
            running.threw(e);
            throw e;
        }
        running.returned(
                results == null
                        ? null
                        : Arrays.stream(results).mapToLong(TracedCall::bits).toArray());
        return results;
    }

    private static long bits(@Nullable Object value) {
        if (value instanceof Float number) {
            return Float.floatToRawIntBits(number);
        } else if (value instanceof Double number) {
            return Double.doubleToRawLongBits(number);
        }
        return value instanceof Integer || value instanceof Long ? ((Number) value).longValue() : 0;
    }

    /** A call begins. Called by generated code. */
    Running begin(Caller caller, long[] args) {
        return new Running(caller, args, reader.arguments(caller, args), System.nanoTime());
    }

    /** One call, while it lasts. */
    final class Running {
        private final Caller caller;
        private final long[] args;
        private final List<String> arguments;
        private final long start;

        private Running(Caller caller, long[] args, List<String> arguments, long start) {
            this.caller = caller;
            this.args = args;
            this.arguments = arguments;
            this.start = start;
        }

        void returned(long @Nullable [] results) {
            long nanos = System.nanoTime() - start;
            tell(results == null ? "" : reader.result(caller, args, results), null, nanos);
        }

        void threw(Throwable thrown) {
            tell("", thrown, System.nanoTime() - start);
        }

        private void tell(String result, @Nullable Throwable thrown, long nanos) {
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
}
