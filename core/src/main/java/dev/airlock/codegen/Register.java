package dev.airlock.codegen;

/**
 * A name for a value between two steps of a plan.
 *
 * @param name unique in its plan: a planner's fresh names keep the plan's own apart from those of parameters
 * @param type {@code int}, {@code long}, {@code float}, {@code double}, or a reference type
 */
public record Register(String name, Class<?> type) {
    static Register ofInt(String name) {
        return new Register(name, int.class);
    }

    /** The way to the value that it holds, for errors: registers of one value differ by what follows a prime. */
    public String path() {
        int prime = name.indexOf('\'');
        return prime < 0 ? name : name.substring(0, prime);
    }

    @Override
    public String toString() {
        return name;
    }
}
