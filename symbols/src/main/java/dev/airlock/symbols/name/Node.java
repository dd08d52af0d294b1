package dev.airlock.symbols.name;

import java.util.List;

/**
 * A part of a C++ name. A declarator stands around what it declares, so each is written in two halves: the left one of
 * {@code int (*)[3]} is {@code int (*}.
 *
 * <p>Parts are shared by all that refer to them, so what is read stays small whatever it stands for.
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

    /** What this stands for where it is written now. */
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

    /** How loosely an expression's parts hold together: see {@link CppOperator}. */
    int precedence() {
        return CppOperator.PRIMARY;
    }

    /** The last of a scoped name's names, without template arguments: what its constructors are called. */
    String base() {
        return "";
    }
}
