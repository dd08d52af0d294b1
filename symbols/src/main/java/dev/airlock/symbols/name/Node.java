package dev.airlock.symbols.name;

import java.util.List;

/**
 * A part of a C++ name. A declarator surrounds what it declares, so each part is written in two halves: the left half
 * of {@code int (*)[3]} is {@code int (*}.
 *
 * <p>All references to a part share it, so the tree stays small even if its text is long.
 */
abstract class Node {
    private static final int DEEPEST = 200;

    private final int height;

    Node(int highestChild) {
        height = highestChild + 1;
        if (height > DEEPEST) {
            throw NotUnderstood.INSTANCE;
        }
    }

    static int height(Node... children) {
        return height(List.of(children));
    }

    static int height(List<Node> children) {
        int height = 0;
        for (Node child : children) {
            height = Math.max(height, child.height);
        }
        return height;
    }

    abstract void left(Printer out);

    void right(Printer out) {}

    /** Returns the part that this one stands for at this point of writing. */
    Node meant(Printer out) {
        return this;
    }

    boolean hasRight(Printer out) {
        return false;
    }

    boolean isArray(Printer out) {
        return false;
    }

    boolean isFunction(Printer out) {
        return false;
    }

    /** Returns how loosely the parts of an expression bind: see {@link CppOperator}. */
    int precedence() {
        return CppOperator.PRIMARY;
    }

    /** Returns the last name of a scoped name, without template arguments: the name of its constructors. */
    String base() {
        return "";
    }
}
