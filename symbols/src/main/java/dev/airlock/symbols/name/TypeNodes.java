package dev.airlock.symbols.name;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** C++ types, and other parts that surround another part. */
final class TypeNodes {
    private TypeNodes() {}

    /** A part that behaves like the part inside it in most respects. */
    private abstract static class Around extends Node {
        final Node inner;

        Around(Node inner, Node... others) {
            super(Math.max(height(inner), height(others)));
            this.inner = inner;
        }

        @Override
        boolean hasRight(Printer out) {
            return inner.hasRight(out);
        }

        static boolean isParenthesized(Node inner, Printer out) {
            return inner.isArray(out) || inner.isFunction(out);
        }
    }

    /** {@code const}, {@code volatile}, {@code __restrict} or a vendor's qualifier after a type. */
    static final class Qualified extends Around {
        private final String qualifiers;

        Qualified(Node inner, String qualifiers) {
            super(inner);
            this.qualifiers = qualifiers;
        }

        @Override
        void left(Printer out) {
            out.left(inner);
            out.add(qualifiers);
        }

        @Override
        void right(Printer out) {
            out.right(inner);
        }

        @Override
        boolean isArray(Printer out) {
            return inner.isArray(out);
        }

        @Override
        boolean isFunction(Printer out) {
            return inner.isFunction(out);
        }
    }

    /** A pointer. */
    static final class Pointer extends Around {
        Pointer(Node inner) {
            super(inner);
        }

        @Override
        void left(Printer out) {
            out.left(inner);
            if (inner.isArray(out)) {
                out.add(" ");
            }
            out.add(isParenthesized(inner, out) ? "(*" : "*");
        }

        @Override
        void right(Printer out) {
            if (isParenthesized(inner, out)) {
                out.add(")");
            }
            out.right(inner);
        }
    }

    /** A reference. A reference to a reference is one reference, and an rvalue reference only if both are. */
    static final class Reference extends Around {
        private final boolean isRvalue;

        Reference(Node inner, boolean isRvalue) {
            super(inner);
            this.isRvalue = isRvalue;
        }

        /** Returns the final target of the reference. If it is an element of a pack, it is known only while writing. */
        private Node referent(Printer out) {
            Node referent = inner.meant(out);
            return referent instanceof Reference other ? other.referent(out) : inner;
        }

        private boolean isRvalue(Printer out) {
            return isRvalue && (!(inner.meant(out) instanceof Reference other) || other.isRvalue(out));
        }

        @Override
        void left(Printer out) {
            Node referent = referent(out);
            out.left(referent);
            if (referent.isArray(out)) {
                out.add(" ");
            }
            out.add((isParenthesized(referent, out) ? "(" : "") + (isRvalue(out) ? "&&" : "&"));
        }

        @Override
        void right(Printer out) {
            Node referent = referent(out);
            if (isParenthesized(referent, out)) {
                out.add(")");
            }
            out.right(referent);
        }
    }

    /** A pointer to a member. */
    static final class MemberPointer extends Around {
        private final Node type;

        MemberPointer(Node type, Node member) {
            super(member, type);
            this.type = type;
        }

        @Override
        void left(Printer out) {
            out.left(inner);
            out.add(isParenthesized(inner, out) ? "(" : " ");
            out.print(type);
            out.add("::*");
        }

        @Override
        void right(Printer out) {
            if (isParenthesized(inner, out)) {
                out.add(")");
            }
            out.right(inner);
        }
    }

    /** An array. */
    static final class Array extends Around {
        private final Node size;

        Array(Node inner, Node size) {
            super(inner, size);
            this.size = size;
        }

        @Override
        boolean hasRight(Printer out) {
            return true;
        }

        @Override
        boolean isArray(Printer out) {
            return true;
        }

        @Override
        void left(Printer out) {
            out.left(inner);
        }

        @Override
        void right(Printer out) {
            out.add(out.endsWith(']') ? "[" : " [");
            out.print(size);
            out.add("]");
            out.right(inner);
        }
    }

    /** The type of a function, or, with a name, the function itself. */
    static final class Function extends Node {
        private final @Nullable Node result;
        private final @Nullable Node name;
        private final List<Node> parameters;
        private final Node behind;

        /**
         * Creates a function.
         *
         * @param result null if it is not written
         * @param name null for a type
         * @param parameters the types of the parameters
         * @param behind the text after the parameters
         */
        Function(@Nullable Node result, @Nullable Node name, List<Node> parameters, Node behind) {
            super(Math.max(
                    Math.max(result == null ? 0 : height(result), name == null ? 0 : height(name)),
                    Math.max(height(parameters), height(behind))));
            this.result = result;
            this.name = name;
            this.parameters = parameters;
            this.behind = behind;
        }

        @Override
        boolean hasRight(Printer out) {
            return true;
        }

        @Override
        boolean isFunction(Printer out) {
            return name == null;
        }

        @Override
        void left(Printer out) {
            if (result != null) {
                out.left(result);
                if (name == null || !result.hasRight(out)) {
                    out.add(" ");
                }
            }
            if (name != null) {
                out.print(name);
            }
        }

        @Override
        void right(Printer out) {
            out.add("(");
            out.parentheses++;
            out.list(parameters);
            out.parentheses--;
            out.add(")");
            if (result != null) {
                out.right(result);
            }
            out.print(behind);
        }

        @Override
        String base() {
            return name == null ? "" : name.base();
        }
    }

    /** A sequence of texts and parts; lists are written with commas. */
    static final class Sequence extends Node {
        private final int precedence;
        private final List<?> parts;

        /**
         * Creates a sequence.
         *
         * @param precedence see {@link CppOperator}
         * @param parts text, nodes, and lists of nodes
         */
        Sequence(int precedence, Object... parts) {
            super(highest(parts));
            this.precedence = precedence;
            this.parts = List.of(parts);
        }

        static Sequence of(Object... parts) {
            return new Sequence(CppOperator.PRIMARY, parts);
        }

        private static int highest(Object... parts) {
            int height = 0;
            for (Object part : parts) {
                if (part instanceof Node node) {
                    height = Math.max(height, height(node));
                } else if (part instanceof List<?> list) {
                    height = Math.max(height, highest(list.toArray()));
                }
            }
            return height;
        }

        @Override
        int precedence() {
            return precedence;
        }

        @Override
        void left(Printer out) {
            for (Object part : parts) {
                if (part instanceof Node node) {
                    out.print(node);
                } else if (part instanceof List<?> list) {
                    out.list(list.stream().map(Node.class::cast).toList());
                } else {
                    text(out, part.toString());
                }
            }
        }

        private static void text(Printer out, String text) {
            if (text.startsWith(")")) {
                out.parentheses--;
            }
            out.add(text);
            if (text.endsWith("(")) {
                out.parentheses++;
            }
        }
    }

    /** A part of an expression, with parentheses if it needs them. */
    static final class Operand extends Around {
        private final int loosest;

        /**
         * Creates an operand.
         *
         * @param inner the part
         * @param loosest the precedence from which on it needs parentheses
         */
        Operand(Node inner, int loosest) {
            super(inner);
            this.loosest = loosest;
        }

        @Override
        boolean hasRight(Printer out) {
            return false;
        }

        @Override
        void left(Printer out) {
            boolean open = inner.precedence() >= loosest;
            if (open) {
                out.add("(");
                out.parentheses++;
            }
            out.print(inner);
            if (open) {
                out.parentheses--;
                out.add(")");
            }
        }
    }

    /** {@code a > b} or {@code a >> b}, which without parentheses would end the template arguments around it. */
    static final class Greater extends Around {
        Greater(Node comparison) {
            super(comparison);
        }

        @Override
        int precedence() {
            return inner.precedence();
        }

        @Override
        boolean hasRight(Printer out) {
            return false;
        }

        @Override
        void left(Printer out) {
            if (out.parentheses > 0) {
                out.print(inner);
                return;
            }
            out.add("(");
            out.parentheses++;
            out.print(inner);
            out.parentheses--;
            out.add(")");
        }
    }
}
