package dev.airlock.component.binary;

import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The built-ins for tasks, waitables, streams, futures, error contexts and threads (Explainer, "Canonical Built-ins"). */
public enum BuiltIn {
    TASK_CANCEL(0x05, "task.cancel", Immediates.NONE, 0, null),
    SUBTASK_CANCEL(0x06, "subtask.cancel", Immediates.ASYNC, 1, CoreValType.I32),
    THREAD_YIELD(0x0c, "thread.yield", Immediates.CANCELLABLE, 0, CoreValType.I32),
    SUBTASK_DROP(0x0d, "subtask.drop", Immediates.NONE, 1, null),
    STREAM_NEW(0x0e, "stream.new", Immediates.STREAM, 0, CoreValType.I64),
    STREAM_READ(0x0f, "stream.read", Immediates.STREAM_OPTIONS, 3, CoreValType.I32),
    STREAM_WRITE(0x10, "stream.write", Immediates.STREAM_OPTIONS, 3, CoreValType.I32),
    STREAM_CANCEL_READ(0x11, "stream.cancel-read", Immediates.STREAM_ASYNC, 1, CoreValType.I32),
    STREAM_CANCEL_WRITE(0x12, "stream.cancel-write", Immediates.STREAM_ASYNC, 1, CoreValType.I32),
    STREAM_DROP_READABLE(0x13, "stream.drop-readable", Immediates.STREAM, 1, null),
    STREAM_DROP_WRITABLE(0x14, "stream.drop-writable", Immediates.STREAM, 1, null),
    FUTURE_NEW(0x15, "future.new", Immediates.FUTURE, 0, CoreValType.I64),
    FUTURE_READ(0x16, "future.read", Immediates.FUTURE_OPTIONS, 2, CoreValType.I32),
    FUTURE_WRITE(0x17, "future.write", Immediates.FUTURE_OPTIONS, 2, CoreValType.I32),
    FUTURE_CANCEL_READ(0x18, "future.cancel-read", Immediates.FUTURE_ASYNC, 1, CoreValType.I32),
    FUTURE_CANCEL_WRITE(0x19, "future.cancel-write", Immediates.FUTURE_ASYNC, 1, CoreValType.I32),
    FUTURE_DROP_READABLE(0x1a, "future.drop-readable", Immediates.FUTURE, 1, null),
    FUTURE_DROP_WRITABLE(0x1b, "future.drop-writable", Immediates.FUTURE, 1, null),
    ERROR_CONTEXT_NEW(0x1c, "error-context.new", Immediates.OPTIONS, 2, CoreValType.I32),
    ERROR_CONTEXT_DEBUG_MESSAGE(0x1d, "error-context.debug-message", Immediates.OPTIONS, 2, null),
    ERROR_CONTEXT_DROP(0x1e, "error-context.drop", Immediates.NONE, 1, null),
    WAITABLE_SET_NEW(0x1f, "waitable-set.new", Immediates.NONE, 0, CoreValType.I32),
    WAITABLE_SET_WAIT(0x20, "waitable-set.wait", Immediates.CANCELLABLE_MEMORY, 2, CoreValType.I32),
    WAITABLE_SET_POLL(0x21, "waitable-set.poll", Immediates.CANCELLABLE_MEMORY, 2, CoreValType.I32),
    WAITABLE_SET_DROP(0x22, "waitable-set.drop", Immediates.NONE, 1, null),
    WAITABLE_JOIN(0x23, "waitable.join", Immediates.NONE, 2, null),
    BACKPRESSURE_INC(0x24, "backpressure.inc", Immediates.NONE, 0, null),
    BACKPRESSURE_DEC(0x25, "backpressure.dec", Immediates.NONE, 0, null),
    THREAD_INDEX(0x26, "thread.index", Immediates.NONE, 0, CoreValType.I32),
    THREAD_NEW_INDIRECT(0x27, "thread.new-indirect", Immediates.CORE_TYPE_TABLE, 2, CoreValType.I32),
    THREAD_RESUME_LATER(0x28, "thread.resume-later", Immediates.NONE, 1, null),
    THREAD_SUSPEND(0x29, "thread.suspend", Immediates.CANCELLABLE, 0, CoreValType.I32),
    THREAD_SUSPEND_THEN_RESUME(0x2a, "thread.suspend-then-resume", Immediates.CANCELLABLE, 1, CoreValType.I32),
    THREAD_YIELD_THEN_RESUME(0x2b, "thread.yield-then-resume", Immediates.CANCELLABLE, 1, CoreValType.I32),
    THREAD_SUSPEND_THEN_PROMOTE(0x2c, "thread.suspend-then-promote", Immediates.CANCELLABLE, 1, CoreValType.I32),
    THREAD_YIELD_THEN_PROMOTE(0x2d, "thread.yield-then-promote", Immediates.CANCELLABLE, 1, CoreValType.I32);

    /** The immediates after the opcode. */
    public enum Immediates {
        NONE,
        ASYNC,
        CANCELLABLE,
        CANCELLABLE_MEMORY,
        STREAM,
        STREAM_ASYNC,
        STREAM_OPTIONS,
        FUTURE,
        FUTURE_ASYNC,
        FUTURE_OPTIONS,
        OPTIONS,
        CORE_TYPE_TABLE
    }

    private final int opcode;
    private final String text;
    private final Immediates immediates;
    private final CoreFuncType type;

    BuiltIn(int opcode, String text, Immediates immediates, int params, @Nullable CoreValType result) {
        this.opcode = opcode;
        this.text = text;
        this.immediates = immediates;
        this.type = new CoreFuncType(
                Collections.nCopies(params, CoreValType.I32), result == null ? List.of() : List.of(result));
    }

    static @Nullable BuiltIn of(int opcode) {
        for (BuiltIn builtIn : values()) {
            if (builtIn.opcode == opcode) {
                return builtIn;
            }
        }
        return null;
    }

    public Immediates immediates() {
        return immediates;
    }

    /** The type of the core function that the built-in defines. All parameters are i32. */
    public CoreFuncType type() {
        return type;
    }

    /** Returns the name in the specification: {@code "stream.read"}. */
    @Override
    public String toString() {
        return text;
    }
}
