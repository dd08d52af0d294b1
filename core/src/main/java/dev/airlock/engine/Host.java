package dev.airlock.engine;

/**
 * The shapes of host functions that Java's own functional interfaces lack: up to six {@code int} parameters (i32), with
 * or without the {@link Caller} in front, to nothing, {@code int} (i32) or {@code long} (i64).
 *
 * <p>They are here so that a lambda can be given to {@link Linker}: {@code (Caller caller, int offset) -> …}. For any
 * other mix of types write a functional interface of your own and name it:
 * {@link Linker#function(String, String, Class, Object)}.
 */
public final class Host {
    private Host() {}

    /** {@code (i32, i32)}. */
    @FunctionalInterface
    public interface Void2 {
        void call(int a, int b);
    }

    /** {@code (i32, i32, i32)}. */
    @FunctionalInterface
    public interface Void3 {
        void call(int a, int b, int c);
    }

    /** {@code (i32, i32, i32, i32)}. */
    @FunctionalInterface
    public interface Void4 {
        void call(int a, int b, int c, int d);
    }

    /** {@code (i32, i32, i32, i32, i32)}. */
    @FunctionalInterface
    public interface Void5 {
        void call(int a, int b, int c, int d, int e);
    }

    /** {@code (i32, i32, i32, i32, i32, i32)}. */
    @FunctionalInterface
    public interface Void6 {
        void call(int a, int b, int c, int d, int e, int f);
    }

    /** {@code (i32, i32, i32) -> i32}. */
    @FunctionalInterface
    public interface Int3 {
        int call(int a, int b, int c);
    }

    /** {@code (i32, i32, i32, i32) -> i32}. */
    @FunctionalInterface
    public interface Int4 {
        int call(int a, int b, int c, int d);
    }

    /** {@code (i32, i32, i32, i32, i32) -> i32}. */
    @FunctionalInterface
    public interface Int5 {
        int call(int a, int b, int c, int d, int e);
    }

    /** {@code (i32, i32, i32, i32, i32, i32) -> i32}. */
    @FunctionalInterface
    public interface Int6 {
        int call(int a, int b, int c, int d, int e, int f);
    }

    /** {@code (i32, i32) -> i64}. */
    @FunctionalInterface
    public interface Long2 {
        long call(int a, int b);
    }

    /** {@code (i32, i32, i32) -> i64}. */
    @FunctionalInterface
    public interface Long3 {
        long call(int a, int b, int c);
    }

    /** {@code (i32, i32, i32, i32) -> i64}. */
    @FunctionalInterface
    public interface Long4 {
        long call(int a, int b, int c, int d);
    }

    /** {@code (i32, i32, i32, i32, i32) -> i64}. */
    @FunctionalInterface
    public interface Long5 {
        long call(int a, int b, int c, int d, int e);
    }

    /** {@code (i32, i32, i32, i32, i32, i32) -> i64}. */
    @FunctionalInterface
    public interface Long6 {
        long call(int a, int b, int c, int d, int e, int f);
    }

    /** {@code ()}, and who called. */
    @FunctionalInterface
    public interface CallerVoid0 {
        void call(Caller caller);
    }

    /** {@code (i32)}, and who called. */
    @FunctionalInterface
    public interface CallerVoid1 {
        void call(Caller caller, int a);
    }

    /** {@code (i32, i32)}, and who called. */
    @FunctionalInterface
    public interface CallerVoid2 {
        void call(Caller caller, int a, int b);
    }

    /** {@code (i32, i32, i32)}, and who called. */
    @FunctionalInterface
    public interface CallerVoid3 {
        void call(Caller caller, int a, int b, int c);
    }

    /** {@code (i32, i32, i32, i32)}, and who called. */
    @FunctionalInterface
    public interface CallerVoid4 {
        void call(Caller caller, int a, int b, int c, int d);
    }

    /** {@code (i32, i32, i32, i32, i32)}, and who called. */
    @FunctionalInterface
    public interface CallerVoid5 {
        void call(Caller caller, int a, int b, int c, int d, int e);
    }

    /** {@code (i32, i32, i32, i32, i32, i32)}, and who called. */
    @FunctionalInterface
    public interface CallerVoid6 {
        void call(Caller caller, int a, int b, int c, int d, int e, int f);
    }

    /** {@code () -> i32}, and who called. */
    @FunctionalInterface
    public interface CallerInt0 {
        int call(Caller caller);
    }

    /** {@code (i32) -> i32}, and who called. */
    @FunctionalInterface
    public interface CallerInt1 {
        int call(Caller caller, int a);
    }

    /** {@code (i32, i32) -> i32}, and who called. */
    @FunctionalInterface
    public interface CallerInt2 {
        int call(Caller caller, int a, int b);
    }

    /** {@code (i32, i32, i32) -> i32}, and who called. */
    @FunctionalInterface
    public interface CallerInt3 {
        int call(Caller caller, int a, int b, int c);
    }

    /** {@code (i32, i32, i32, i32) -> i32}, and who called. */
    @FunctionalInterface
    public interface CallerInt4 {
        int call(Caller caller, int a, int b, int c, int d);
    }

    /** {@code (i32, i32, i32, i32, i32) -> i32}, and who called. */
    @FunctionalInterface
    public interface CallerInt5 {
        int call(Caller caller, int a, int b, int c, int d, int e);
    }

    /** {@code (i32, i32, i32, i32, i32, i32) -> i32}, and who called. */
    @FunctionalInterface
    public interface CallerInt6 {
        int call(Caller caller, int a, int b, int c, int d, int e, int f);
    }

    /** {@code () -> i64}, and who called. */
    @FunctionalInterface
    public interface CallerLong0 {
        long call(Caller caller);
    }

    /** {@code (i32) -> i64}, and who called. */
    @FunctionalInterface
    public interface CallerLong1 {
        long call(Caller caller, int a);
    }

    /** {@code (i32, i32) -> i64}, and who called. */
    @FunctionalInterface
    public interface CallerLong2 {
        long call(Caller caller, int a, int b);
    }

    /** {@code (i32, i32, i32) -> i64}, and who called. */
    @FunctionalInterface
    public interface CallerLong3 {
        long call(Caller caller, int a, int b, int c);
    }

    /** {@code (i32, i32, i32, i32) -> i64}, and who called. */
    @FunctionalInterface
    public interface CallerLong4 {
        long call(Caller caller, int a, int b, int c, int d);
    }

    /** {@code (i32, i32, i32, i32, i32) -> i64}, and who called. */
    @FunctionalInterface
    public interface CallerLong5 {
        long call(Caller caller, int a, int b, int c, int d, int e);
    }

    /** {@code (i32, i32, i32, i32, i32, i32) -> i64}, and who called. */
    @FunctionalInterface
    public interface CallerLong6 {
        long call(Caller caller, int a, int b, int c, int d, int e, int f);
    }
}
