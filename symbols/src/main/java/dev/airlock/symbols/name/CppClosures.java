package dev.airlock.symbols.name;

import dev.airlock.symbols.name.NameNodes.Word;
import dev.airlock.symbols.name.TypeNodes.Sequence;
import java.util.ArrayList;

/** Reads parts without names: lambdas, blocks, and types without a tag (Itanium C++ ABI, section 5.1.8). */
final class CppClosures {
    private final CppSymbol symbol;

    CppClosures(CppSymbol symbol) {
        this.symbol = symbol;
    }

    Node unnamed() {
        Letters in = symbol.in;
        if (in.take("Ut")) {
            String number = in.digits();
            in.expect('_');
            return new Word("'unnamed" + number + "'");
        }
        if (in.take("Ub")) {
            in.digits();
            in.expect('_');
            return new Word("'block-literal'");
        }
        if (!in.take("Ul")) {
            throw NotUnderstood.INSTANCE;
        }
        CppArguments.Scope outer = symbol.arguments.enterLambda();
        var templates = new ArrayList<Node>();
        while (in.peek() == 'T' && "yptnk".indexOf(in.peek(1)) >= 0) {
            templates.add(symbol.arguments.declaration());
        }
        symbol.arguments.lambdaParameters(templates.isEmpty());
        Node before = in.take('Q') ? Sequence.of(" requires ", symbol.expressions.constraint()) : new Word("");
        var parameters = new ArrayList<Node>();
        if (!in.take('v')) {
            do {
                parameters.add(symbol.types.type());
            } while (in.peek() != 'E' && in.peek() != 'Q');
        }
        Node after = in.take('Q') ? Sequence.of(" requires ", symbol.expressions.constraint()) : new Word("");
        in.expect('E');
        symbol.arguments.leaveScope(outer);
        String number = in.digits();
        in.expect('_');
        Node generic = templates.isEmpty() ? new Word("") : Sequence.of("<", templates, ">");
        return Sequence.of("'lambda" + number + "'", generic, before, "(", parameters, ")", after);
    }
}
