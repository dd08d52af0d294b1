package dev.airlock.codegen;

/**
 * A name for a value between two steps of a plan.
 *
 * @param name unique in its plan: planners make fresh names that differ from those of parameters
 * @param type {@code int}, {@code long}, {@code float}, {@code double}, or a reference type
 */
public record Register(String name, Class<?> type) {
    static Register ofInt(String name) {
        return new Register(name, int.class);
    }

    /**
     * Returns the path of the value that the register holds, for errors. Registers of one value differ in what follows
     * a prime.
     */
    public String path() {
        int prime = name.indexOf('\'');
        return prime < 0 ? name : name.substring(0, prime);
    }

    @Override
    public String toString() {
        return name;
    }
}
