package dev.airlock.symbols.name;

/** The text written so far. It has a bound, since a short symbol may stand for endless text. */
final class BoundedText {
    private static final int LONGEST = 16_384;
    private static final int MOST_STEPS = 20_000;

    private final StringBuilder text = new StringBuilder();
    private int steps;

    BoundedText add(String more) {
        step();
        if (more.length() > LONGEST - text.length()) {
            throw NotUnderstood.INSTANCE;
        }
        text.append(more);
        return this;
    }

    BoundedText addCodePoint(int more) {
        return add(Character.toString(more));
    }

    /** Counts a step. Steps that write nothing count as well, since they can go on for ever too. */
    void step() {
        if (++steps > MOST_STEPS) {
            throw NotUnderstood.INSTANCE;
        }
    }

    int length() {
        return text.length();
    }

    /** Removes the text after a place. */
    void cut(int length) {
        text.setLength(length);
    }

    boolean endsWith(char c) {
        return text.length() > 0 && text.charAt(text.length() - 1) == c;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
