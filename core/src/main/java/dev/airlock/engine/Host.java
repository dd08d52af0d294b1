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
        /**
         * Called by the guest, in its thread.
         *
         * @param a the first parameter
         * @param b the second parameter
         */
        void call(int a, int b);
    }

    /** {@code (i32, i32, i32)}. */
    @FunctionalInterface
    public interface Void3 {
        /**
         * Called by the guest, in its thread.
         *
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         */
        void call(int a, int b, int c);
    }

    /** {@code (i32, i32, i32, i32)}. */
    @FunctionalInterface
    public interface Void4 {
        /**
         * Called by the guest, in its thread.
         *
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         * @param d the fourth parameter
         */
        void call(int a, int b, int c, int d);
    }

    /** {@code (i32, i32, i32, i32, i32)}. */
    @FunctionalInterface
    public interface Void5 {
        /**
         * Called by the guest, in its thread.
         *
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         * @param d the fourth parameter
         * @param e the fifth parameter
         */
        void call(int a, int b, int c, int d, int e);
    }

    /** {@code (i32, i32, i32, i32, i32, i32)}. */
    @FunctionalInterface
    public interface Void6 {
        /**
         * Called by the guest, in its thread.
         *
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         * @param d the fourth parameter
         * @param e the fifth parameter
         * @param f the sixth parameter
         */
        void call(int a, int b, int c, int d, int e, int f);
    }

    /** {@code (i32, i32, i32) -> i32}. */
    @FunctionalInterface
    public interface Int3 {
        /**
         * Called by the guest, in its thread.
         *
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         * @return the result
         */
        int call(int a, int b, int c);
    }

    /** {@code (i32, i32, i32, i32) -> i32}. */
    @FunctionalInterface
    public interface Int4 {
        /**
         * Called by the guest, in its thread.
         *
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         * @param d the fourth parameter
         * @return the result
         */
        int call(int a, int b, int c, int d);
    }

    /** {@code (i32, i32, i32, i32, i32) -> i32}. */
    @FunctionalInterface
    public interface Int5 {
        /**
         * Called by the guest, in its thread.
         *
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         * @param d the fourth parameter
         * @param e the fifth parameter
         * @return the result
         */
        int call(int a, int b, int c, int d, int e);
    }

    /** {@code (i32, i32, i32, i32, i32, i32) -> i32}. */
    @FunctionalInterface
    public interface Int6 {
        /**
         * Called by the guest, in its thread.
         *
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         * @param d the fourth parameter
         * @param e the fifth parameter
         * @param f the sixth parameter
         * @return the result
         */
        int call(int a, int b, int c, int d, int e, int f);
    }

    /** {@code (i32, i32) -> i64}. */
    @FunctionalInterface
    public interface Long2 {
        /**
         * Called by the guest, in its thread.
         *
         * @param a the first parameter
         * @param b the second parameter
         * @return the result
         */
        long call(int a, int b);
    }

    /** {@code (i32, i32, i32) -> i64}. */
    @FunctionalInterface
    public interface Long3 {
        /**
         * Called by the guest, in its thread.
         *
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         * @return the result
         */
        long call(int a, int b, int c);
    }

    /** {@code (i32, i32, i32, i32) -> i64}. */
    @FunctionalInterface
    public interface Long4 {
        /**
         * Called by the guest, in its thread.
         *
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         * @param d the fourth parameter
         * @return the result
         */
        long call(int a, int b, int c, int d);
    }

    /** {@code (i32, i32, i32, i32, i32) -> i64}. */
    @FunctionalInterface
    public interface Long5 {
        /**
         * Called by the guest, in its thread.
         *
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         * @param d the fourth parameter
         * @param e the fifth parameter
         * @return the result
         */
        long call(int a, int b, int c, int d, int e);
    }

    /** {@code (i32, i32, i32, i32, i32, i32) -> i64}. */
    @FunctionalInterface
    public interface Long6 {
        /**
         * Called by the guest, in its thread.
         *
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         * @param d the fourth parameter
         * @param e the fifth parameter
         * @param f the sixth parameter
         * @return the result
         */
        long call(int a, int b, int c, int d, int e, int f);
    }

    /** {@code ()}, and who called. */
    @FunctionalInterface
    public interface CallerVoid0 {
        /**
         * Called by the guest, in its thread.
         *
         * @param caller the instance that calls
         */
        void call(Caller caller);
    }

    /** {@code (i32)}, and who called. */
    @FunctionalInterface
    public interface CallerVoid1 {
        /**
         * Called by the guest, in its thread.
         *
         * @param caller the instance that calls
         * @param a the first parameter
         */
        void call(Caller caller, int a);
    }

    /** {@code (i32, i32)}, and who called. */
    @FunctionalInterface
    public interface CallerVoid2 {
        /**
         * Called by the guest, in its thread.
         *
         * @param caller the instance that calls
         * @param a the first parameter
         * @param b the second parameter
         */
        void call(Caller caller, int a, int b);
    }

    /** {@code (i32, i32, i32)}, and who called. */
    @FunctionalInterface
    public interface CallerVoid3 {
        /**
         * Called by the guest, in its thread.
         *
         * @param caller the instance that calls
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         */
        void call(Caller caller, int a, int b, int c);
    }

    /** {@code (i32, i32, i32, i32)}, and who called. */
    @FunctionalInterface
    public interface CallerVoid4 {
        /**
         * Called by the guest, in its thread.
         *
         * @param caller the instance that calls
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         * @param d the fourth parameter
         */
        void call(Caller caller, int a, int b, int c, int d);
    }

    /** {@code (i32, i32, i32, i32, i32)}, and who called. */
    @FunctionalInterface
    public interface CallerVoid5 {
        /**
         * Called by the guest, in its thread.
         *
         * @param caller the instance that calls
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         * @param d the fourth parameter
         * @param e the fifth parameter
         */
        void call(Caller caller, int a, int b, int c, int d, int e);
    }

    /** {@code (i32, i32, i32, i32, i32, i32)}, and who called. */
    @FunctionalInterface
    public interface CallerVoid6 {
        /**
         * Called by the guest, in its thread.
         *
         * @param caller the instance that calls
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         * @param d the fourth parameter
         * @param e the fifth parameter
         * @param f the sixth parameter
         */
        void call(Caller caller, int a, int b, int c, int d, int e, int f);
    }

    /** {@code () -> i32}, and who called. */
    @FunctionalInterface
    public interface CallerInt0 {
        /**
         * Called by the guest, in its thread.
         *
         * @param caller the instance that calls
         * @return the result
         */
        int call(Caller caller);
    }

    /** {@code (i32) -> i32}, and who called. */
    @FunctionalInterface
    public interface CallerInt1 {
        /**
         * Called by the guest, in its thread.
         *
         * @param caller the instance that calls
         * @param a the first parameter
         * @return the result
         */
        int call(Caller caller, int a);
    }

    /** {@code (i32, i32) -> i32}, and who called. */
    @FunctionalInterface
    public interface CallerInt2 {
        /**
         * Called by the guest, in its thread.
         *
         * @param caller the instance that calls
         * @param a the first parameter
         * @param b the second parameter
         * @return the result
         */
        int call(Caller caller, int a, int b);
    }

    /** {@code (i32, i32, i32) -> i32}, and who called. */
    @FunctionalInterface
    public interface CallerInt3 {
        /**
         * Called by the guest, in its thread.
         *
         * @param caller the instance that calls
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         * @return the result
         */
        int call(Caller caller, int a, int b, int c);
    }

    /** {@code (i32, i32, i32, i32) -> i32}, and who called. */
    @FunctionalInterface
    public interface CallerInt4 {
        /**
         * Called by the guest, in its thread.
         *
         * @param caller the instance that calls
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         * @param d the fourth parameter
         * @return the result
         */
        int call(Caller caller, int a, int b, int c, int d);
    }

    /** {@code (i32, i32, i32, i32, i32) -> i32}, and who called. */
    @FunctionalInterface
    public interface CallerInt5 {
        /**
         * Called by the guest, in its thread.
         *
         * @param caller the instance that calls
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         * @param d the fourth parameter
         * @param e the fifth parameter
         * @return the result
         */
        int call(Caller caller, int a, int b, int c, int d, int e);
    }

    /** {@code (i32, i32, i32, i32, i32, i32) -> i32}, and who called. */
    @FunctionalInterface
    public interface CallerInt6 {
        /**
         * Called by the guest, in its thread.
         *
         * @param caller the instance that calls
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         * @param d the fourth parameter
         * @param e the fifth parameter
         * @param f the sixth parameter
         * @return the result
         */
        int call(Caller caller, int a, int b, int c, int d, int e, int f);
    }

    /** {@code () -> i64}, and who called. */
    @FunctionalInterface
    public interface CallerLong0 {
        /**
         * Called by the guest, in its thread.
         *
         * @param caller the instance that calls
         * @return the result
         */
        long call(Caller caller);
    }

    /** {@code (i32) -> i64}, and who called. */
    @FunctionalInterface
    public interface CallerLong1 {
        /**
         * Called by the guest, in its thread.
         *
         * @param caller the instance that calls
         * @param a the first parameter
         * @return the result
         */
        long call(Caller caller, int a);
    }

    /** {@code (i32, i32) -> i64}, and who called. */
    @FunctionalInterface
    public interface CallerLong2 {
        /**
         * Called by the guest, in its thread.
         *
         * @param caller the instance that calls
         * @param a the first parameter
         * @param b the second parameter
         * @return the result
         */
        long call(Caller caller, int a, int b);
    }

    /** {@code (i32, i32, i32) -> i64}, and who called. */
    @FunctionalInterface
    public interface CallerLong3 {
        /**
         * Called by the guest, in its thread.
         *
         * @param caller the instance that calls
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         * @return the result
         */
        long call(Caller caller, int a, int b, int c);
    }

    /** {@code (i32, i32, i32, i32) -> i64}, and who called. */
    @FunctionalInterface
    public interface CallerLong4 {
        /**
         * Called by the guest, in its thread.
         *
         * @param caller the instance that calls
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         * @param d the fourth parameter
         * @return the result
         */
        long call(Caller caller, int a, int b, int c, int d);
    }

    /** {@code (i32, i32, i32, i32, i32) -> i64}, and who called. */
    @FunctionalInterface
    public interface CallerLong5 {
        /**
         * Called by the guest, in its thread.
         *
         * @param caller the instance that calls
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         * @param d the fourth parameter
         * @param e the fifth parameter
         * @return the result
         */
        long call(Caller caller, int a, int b, int c, int d, int e);
    }

    /** {@code (i32, i32, i32, i32, i32, i32) -> i64}, and who called. */
    @FunctionalInterface
    public interface CallerLong6 {
        /**
         * Called by the guest, in its thread.
         *
         * @param caller the instance that calls
         * @param a the first parameter
         * @param b the second parameter
         * @param c the third parameter
         * @param d the fourth parameter
         * @param e the fifth parameter
         * @param f the sixth parameter
         * @return the result
         */
        long call(Caller caller, int a, int b, int c, int d, int e, int f);
    }
}
