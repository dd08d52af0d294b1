package dev.airlock.symbols.name;

import java.util.List;

/** Writes C++ names, and keeps the context that their parts depend on. */
final class Printer {
    static final int NO_PACK = -1;

    private final BoundedText text = new BoundedText();

    /**
     * The current element of parameter packs, and the number of elements of the innermost pack; at first both are
     * {@link #NO_PACK}.
     */
    int packIndex = NO_PACK;

    int packSize = NO_PACK;

    /**
     * The number of parentheses that are open since the last angle bracket. If there is none, {@code >} would close the
     * bracket.
     */
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

    /** Writes a list. An element without text, such as an empty pack, gets no comma. */
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
