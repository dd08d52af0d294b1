package dev.airlock.symbols.name;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of C++ names. */
final class NameNodes {
    private NameNodes() {}

    /** A plain name, or any other text. */
    static final class Word extends Node {
        private final String text;

        Word(String text) {
            super(0);
            this.text = text;
        }

        @Override
        void left(Printer out) {
            out.add(text);
        }

        @Override
        String base() {
            return text;
        }
    }

    /** {@code scope::name}. */
    static final class Scoped extends Node {
        private final Node scope;
        private final Node name;

        Scoped(Node scope, Node name) {
            super(height(scope, name));
            this.scope = scope;
            this.name = name;
        }

        @Override
        void left(Printer out) {
            out.print(scope);
            out.add("::");
            out.print(name);
        }

        @Override
        String base() {
            return name.base();
        }
    }

    /** {@code name<arguments>}. */
    static final class WithArguments extends Node {
        private final Node name;
        private final List<Node> arguments;

        WithArguments(Node name, List<Node> arguments) {
            super(Math.max(height(name), height(arguments)));
            this.name = name;
            this.arguments = arguments;
        }

        @Override
        void left(Printer out) {
            out.print(name);
            int parentheses = out.parentheses;
            out.parentheses = 0;
            out.add("<");
            out.list(arguments);
            out.add(">");
            out.parentheses = parentheses;
        }

        @Override
        String base() {
            return name.base();
        }
    }

    /** One of the six names of the standard library that have their own letters. */
    static final class Abbreviation extends Node {
        private final String name;
        private final String template;

        /**
         * Creates an abbreviation.
         *
         * @param name the text that is shown
         * @param template the name of its constructors
         */
        Abbreviation(String name, String template) {
            super(0);
            this.name = name;
            this.template = template;
        }

        /** Returns the form that is shown before a constructor. */
        Node expanded() {
            boolean isTypedef = !name.equals(template);
            String arguments = template.equals("basic_string")
                    ? "<char, std::char_traits<char>, std::allocator<char>>"
                    : "<char, std::char_traits<char>>";
            return new Abbreviation(isTypedef ? template + arguments : name, template);
        }

        @Override
        void left(Printer out) {
            out.add("std::" + name);
        }

        @Override
        String base() {
            return template;
        }
    }

    /** A template argument that is known only after a later part has been read. */
    static final class Forward extends Node {
        final int index;
        private @Nullable Node target;
        private boolean busy;

        Forward(int index) {
            super(0);
            this.index = index;
        }

        void resolve(Node argument) {
            target = argument;
        }

        /** Guards against an argument that refers to itself, which then stands for nothing. */
        private Node enter() {
            if (busy || target == null) {
                throw NotUnderstood.INSTANCE;
            }
            busy = true;
            return target;
        }

        @Override
        Node meant(Printer out) {
            Node meant = enter().meant(out);
            busy = false;
            return meant;
        }

        @Override
        void left(Printer out) {
            out.left(enter());
            busy = false;
        }

        @Override
        void right(Printer out) {
            out.right(enter());
            busy = false;
        }

        @Override
        boolean hasRight(Printer out) {
            boolean has = enter().hasRight(out);
            busy = false;
            return has;
        }

        @Override
        boolean isArray(Printer out) {
            boolean is = enter().isArray(out);
            busy = false;
            return is;
        }

        @Override
        boolean isFunction(Printer out) {
            boolean is = enter().isFunction(out);
            busy = false;
            return is;
        }
    }

    /** The elements of a parameter pack. It stands for one element at a time, or for all of them at its expansion. */
    static final class Pack extends Node {
        private final List<Node> elements;

        Pack(List<Node> elements) {
            super(height(elements));
            this.elements = elements;
        }

        private @Nullable Node current(Printer out) {
            if (out.packSize == Printer.NO_PACK) {
                out.packSize = elements.size();
                out.packIndex = 0;
            }
            return out.packIndex < elements.size() ? elements.get(out.packIndex) : null;
        }

        @Override
        Node meant(Printer out) {
            Node current = current(out);
            return current == null ? this : current.meant(out);
        }

        @Override
        void left(Printer out) {
            Node current = current(out);
            if (current != null) {
                out.left(current);
            }
        }

        @Override
        void right(Printer out) {
            Node current = current(out);
            if (current != null) {
                out.right(current);
            }
        }

        @Override
        boolean hasRight(Printer out) {
            Node current = current(out);
            return current != null && current.hasRight(out);
        }

        @Override
        boolean isArray(Printer out) {
            Node current = current(out);
            return current != null && current.isArray(out);
        }

        @Override
        boolean isFunction(Printer out) {
            Node current = current(out);
            return current != null && current.isFunction(out);
        }
    }

    /** A pattern that is repeated for each element of the packs in it. */
    static final class Expansion extends Node {
        private final Node pattern;

        Expansion(Node pattern) {
            super(height(pattern));
            this.pattern = pattern;
        }

        @Override
        void left(Printer out) {
            int outerIndex = out.packIndex;
            int outerSize = out.packSize;
            out.packIndex = Printer.NO_PACK;
            out.packSize = Printer.NO_PACK;
            int start = out.length();
            out.print(pattern);
            int size = out.packSize;
            if (size == Printer.NO_PACK) {
                out.add("...");
            } else if (size == 0) {
                out.cut(start);
            }
            for (int i = 1; i < size; i++) {
                out.add(", ");
                out.packIndex = i;
                out.print(pattern);
            }
            out.packIndex = outerIndex;
            out.packSize = outerSize;
        }
    }
}
