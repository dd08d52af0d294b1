package dev.airlock.symbols.name;

import java.util.List;

/** Writes C++ names, and knows what their parts have to know of their surroundings. */
final class Printer {
    static final int NO_PACK = -1;

    private final Text text = new Text();

    /** Which element of parameter packs is meant now, and how many the innermost has; both {@link #NO_PACK} at first. */
    int packIndex = NO_PACK;

    int packSize = NO_PACK;

    /** How many parentheses are open since the last angle bracket: where none is, {@code >} would close that one. */
    int parentheses = 1;

    void add(String more) {
        text.add(more);
    }

    void left(Node node) {
        text.step();
        node.left(this);
    }

    void right(Node node) {
        text.step();
        node.right(this);
    }

    void print(Node node) {
        left(node);
        if (node.hasRight(this)) {
            right(node);
        }
    }

    /** What writes nothing, as an empty pack, gets no comma. */
    void list(List<Node> nodes) {
        boolean first = true;
        for (Node node : nodes) {
            int before = text.length();
            add(first ? "" : ", ");
            int start = text.length();
            print(node);
            if (text.length() == start) {
                text.cut(before);
            } else {
                first = false;
            }
        }
    }

    int length() {
        return text.length();
    }

    void cut(int length) {
        text.cut(length);
    }

    boolean endsWith(char c) {
        return text.endsWith(c);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
