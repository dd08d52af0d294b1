package dev.airlock.symbols.name;

import java.util.ArrayList;
import java.util.List;

/**
 * A C++ symbol as it is read, after the Itanium C++ ABI, section 5.1: its letters, and what they may refer back to. Written
 * as LLVM's tools write it.
 */
final class CppSymbol {
    final Letters in;

    /** What {@code S_}, {@code S0_} and so on stand for. */
    final List<Node> substitutions = new ArrayList<>();

    final CppNames names = new CppNames(this);
    final CppTypes types = new CppTypes(this);
    final CppArguments arguments = new CppArguments(this);
    final CppExpressions expressions = new CppExpressions(this);

    private CppSymbol(String symbol) {
        in = new Letters(symbol, "_Z".length());
    }

    static String read(String symbol) {
        var read = new CppSymbol(symbol);
        Node name = read.names.encoding();
        var out = new Printer();
        out.print(name);
        if (read.in.peek() == '.') {
            // What a compiler puts behind a copy of its own, as in ".llvm.1234".
            out.add(" (" + read.in.rest() + ")");
        } else if (!read.in.atEnd()) {
            throw NotUnderstood.INSTANCE;
        }
        return out.toString();
    }

    /** Makes something known to references further on. */
    Node remember(Node node) {
        substitutions.add(node);
        return node;
    }
}
