package dev.airlock.symbols.name;

/** What is written of a symbol so far. It has an end: a short symbol may stand for text without one. */
final class Text {
    private static final int LONGEST = 16_384;
    private static final int MOST_STEPS = 20_000;

    private final StringBuilder text = new StringBuilder();
    private int steps;

    Text add(String more) {
        step();
        if (more.length() > LONGEST - text.length()) {
            throw NotUnderstood.INSTANCE;
        }
        text.append(more);
        return this;
    }

    Text addCodePoint(int more) {
        return add(Character.toString(more));
    }

    /** Counts also what writes nothing: that can go on for ever as well. */
    void step() {
        if (++steps > MOST_STEPS) {
            throw NotUnderstood.INSTANCE;
        }
    }

    int length() {
        return text.length();
    }

    /** Takes back what was written behind a place. */
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
