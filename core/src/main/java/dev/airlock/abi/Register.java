package dev.airlock.abi;

/**
 * A name for a value between two steps of a plan.
 *
 * @param name unique among those of its kind
 * @param type {@code int}, {@code long}, {@code float}, {@code double}, or a reference type
 * @param parameter whether it holds a parameter of the Java method, which may have any name, those of the plan's own
 *     registers included
 */
record Register(String name, Class<?> type, boolean parameter) {
    Register(String name, Class<?> type) {
        this(name, type, false);
    }

    static Register ofInt(String name) {
        return new Register(name, int.class);
    }

    static Register ofParameter(String name, Class<?> type) {
        return new Register(name, type, true);
    }

    @Override
    public String toString() {
        return name;
    }
}
