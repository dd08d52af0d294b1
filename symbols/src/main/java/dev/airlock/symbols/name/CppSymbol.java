package dev.airlock.symbols.name;

import java.util.ArrayList;
import java.util.List;

/**
 * A C++ symbol while it is read, by the Itanium C++ ABI, section 5.1: its letters, and the parts to which references
 * may lead. It is written as LLVM's tools write it.
 */
final class CppSymbol {
    final Letters in;

    /** The parts to which {@code S_}, {@code S0_} and so on refer. */
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
            // A suffix that a compiler adds to its own copy of a function, such as ".llvm.1234".
            out.add(" (" + read.in.rest() + ")");
        } else if (!read.in.atEnd()) {
            throw NotUnderstood.INSTANCE;
        }
        return out.toString();
    }

    /** Makes a part available to later references. */
    Node remember(Node node) {
        substitutions.add(node);
        return node;
    }
}
