package dev.airlock.symbols.name;

import dev.airlock.symbols.name.NameNodes.Expansion;
import dev.airlock.symbols.name.NameNodes.Scoped;
import dev.airlock.symbols.name.NameNodes.WithArguments;
import dev.airlock.symbols.name.NameNodes.Word;
import dev.airlock.symbols.name.TypeNodes.Greater;
import dev.airlock.symbols.name.TypeNodes.Operand;
import dev.airlock.symbols.name.TypeNodes.Sequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads expressions, which occur in template arguments and in types that depend on them (Itanium C++ ABI, 5.1.7). */
final class CppExpressions {
    private final CppSymbol symbol;

    CppExpressions(CppSymbol symbol) {
        this.symbol = symbol;
    }

    private Letters in() {
        return symbol.in;
    }

    Node expression() {
        in().enter();
        boolean isGlobal = in().take("gs");
        CppOperator operator = CppOperator.take(in());
        Node expression = operator == null ? other(isGlobal) : of(operator, isGlobal);
        in().leave();
        return expression;
    }

    /** Reads a constraint on template arguments. */
    Node constraint() {
        return expression();
    }

    private Node operand(int loosest) {
        return new Operand(expression(), loosest);
    }

    private Node of(CppOperator operator, boolean isGlobal) {
        int precedence = operator.precedence();
        String global = isGlobal ? "::" : "";
        return switch (operator.kind()) {
            case BINARY -> binary(operator);
            case PREFIX -> new Sequence(precedence, operator.text(), operand(precedence));
            case POSTFIX ->
                in().take('_')
                        ? new Sequence(CppOperator.UNARY, operator.text(), operand(CppOperator.UNARY))
                        : new Sequence(precedence, operand(precedence + 1), operator.text());
            case SUBSCRIPT -> new Sequence(precedence, operand(precedence), "[", operand(CppOperator.LOOSEST), "]");
            case MEMBER -> new Sequence(precedence, operand(precedence + 1), operator.text(), operand(precedence));
            case NEW -> {
                List<Node> placement = list('_');
                Node type = symbol.types.type();
                boolean hasInitializer = in().take("pi");
                List<Node> initializer = hasInitializer ? list('E') : List.of();
                if (!hasInitializer) {
                    in().expect('E');
                }
                yield new Sequence(
                        precedence,
                        global + operator.text(),
                        placement.isEmpty() ? new Word("") : Sequence.of("(", placement, ")"),
                        " ",
                        type,
                        initializer.isEmpty() ? new Word("") : Sequence.of("(", initializer, ")"));
            }
            case DELETE -> new Sequence(precedence, global + operator.text() + " ", expression());
            case CALL -> new Sequence(precedence, operand(precedence + 1), "(", list('E'), ")");
            case CONVERSION -> {
                Node type = symbol.arguments.conversionType(false);
                List<Node> values = in().take('_') ? list('E') : List.of(expression());
                yield new Sequence(precedence, "(", type, ")(", values, ")");
            }
            case CONDITIONAL ->
                new Sequence(
                        precedence,
                        operand(precedence),
                        " ? ",
                        operand(CppOperator.LOOSEST),
                        " : ",
                        operand(CppOperator.ASSIGNMENT + 1));
            case NAMED_CAST ->
                new Sequence(
                        precedence,
                        new WithArguments(new Word(operator.text()), List.of(symbol.types.type())),
                        "(",
                        expression(),
                        ")");
            case OF_TYPE -> new Sequence(precedence, operator.text() + " (", symbol.types.type(), ")");
            case OF_EXPRESSION -> new Sequence(precedence, operator.text() + " (", expression(), ")");
            case NAME_ONLY -> throw NotUnderstood.INSTANCE;
        };
    }

    private Node binary(CppOperator operator) {
        int precedence = operator.precedence();
        int right = precedence == CppOperator.ASSIGNMENT ? 1 : 0;
        String between = (operator.text().equals(",") ? "" : " ") + operator.text() + " ";
        Node made = new Sequence(precedence, operand(precedence + 1 - right), between, operand(precedence + right));
        return operator.text().equals(">") || operator.text().equals(">>") ? new Greater(made) : made;
    }

    private List<Node> list(char end) {
        var list = new ArrayList<Node>();
        while (!in().take(end)) {
            list.add(expression());
        }
        return list;
    }

    private Node other(boolean isGlobal) {
        String global = isGlobal ? "::" : "";
        switch (in().peek()) {
            case 'L' -> {
                return literal();
            }
            case 'T' -> {
                return symbol.arguments.parameter();
            }
            case 'f' -> {
                return in().peek(1) == 'p' || (in().peek(1) == 'L' && Character.digit(in().peek(2), 10) >= 0)
                        ? functionParameter()
                        : fold();
            }
            default -> {}
        }
        if (in().take("il")) {
            return Sequence.of("{", list('E'), "}");
        }
        if (in().take("tl")) {
            Node type = symbol.types.type();
            return Sequence.of(type, "{", list('E'), "}");
        }
        if (in().take("nx")) {
            return new Sequence(CppOperator.UNARY, "noexcept (", expression(), ")");
        }
        if (in().take("sp")) {
            return new Expansion(expression());
        }
        if (in().take("sZ")) {
            Node pack = in().peek() == 'T' ? symbol.arguments.parameter() : functionParameter();
            return Sequence.of("sizeof...(", new Expansion(pack), ")");
        }
        if (in().take("sP")) {
            var arguments = new ArrayList<Node>();
            while (!in().take('E')) {
                arguments.add(symbol.arguments.argument());
            }
            return Sequence.of("sizeof...(", arguments, ")");
        }
        if (in().take("tr")) {
            return new Word("throw");
        }
        if (in().take("tw")) {
            return Sequence.of(global + "throw ", expression());
        }
        return unresolved(isGlobal);
    }

    private Node functionParameter() {
        if (in().take("fpT")) {
            return new Word("this");
        }
        if (in().take("fL")) {
            in().digits();
            in().expect('p');
        } else if (!in().take("fp")) {
            throw NotUnderstood.INSTANCE;
        }
        in().take('r');
        in().take('V');
        in().take('K');
        String number = in().digits();
        in().expect('_');
        return new Word("fp" + number);
    }

    private Node fold() {
        in().expect('f');
        char kind = in().next();
        if ("lrLR".indexOf(kind) < 0) {
            throw NotUnderstood.INSTANCE;
        }
        boolean isLeft = kind == 'l' || kind == 'L';
        CppOperator operator = CppOperator.take(in());
        if (operator == null) {
            throw NotUnderstood.INSTANCE;
        }
        Node pack = expression();
        Node start = kind == 'L' || kind == 'R' ? expression() : null;
        if (start != null && isLeft) {
            Node swapped = pack;
            pack = start;
            start = swapped;
        }
        String text = " " + operator.text() + " ";
        Node known = start == null ? new Word("") : new Operand(start, CppOperator.CAST + 1);
        Node all = Sequence.of("(", new Expansion(pack), ")");
        return isLeft
                ? Sequence.of("(", known, (start == null ? "" : text) + "..." + text, all, ")")
                : Sequence.of("(", all, text + "..." + (start == null ? "" : text), known, ")");
    }

    Node decltype() {
        in().next(2);
        Node expression = expression();
        in().expect('E');
        return Sequence.of("decltype(", expression, ")");
    }

    /** Reads a value, or the symbol of a function or an object. */
    Node literal() {
        in().expect('L');
        in().enter();
        Node literal = anyLiteral();
        in().leave();
        return literal;
    }

    private Node anyLiteral() {
        char type = in().peek();
        switch (type) {
            case '_' -> {
                if (!in().take("_Z")) {
                    throw NotUnderstood.INSTANCE;
                }
                Node function = symbol.names.encoding();
                in().expect('E');
                return function;
            }
            case 'b' -> {
                if (in().take("b0E")) {
                    return new Word("false");
                }
                if (in().take("b1E")) {
                    return new Word("true");
                }
                throw NotUnderstood.INSTANCE;
            }
            case 'f', 'd' -> {
                in().next();
                String value = CppFloats.hexadecimal(in().next(type == 'f' ? 8 : 16));
                in().expect('E');
                return new Word(value + (type == 'f' ? "f" : ""));
            }
            case 'T', 'U', 'e' -> throw NotUnderstood.INSTANCE;
            case 'A' -> {
                Node string = symbol.types.type();
                in().expect('E');
                return Sequence.of("\"<", string, ">\"");
            }
            default -> {}
        }
        if (in().take("DnE") || in().take("Dn0E")) {
            return new Word("nullptr");
        }
        String suffix = suffix(type);
        if (suffix != null) {
            in().next();
            return new Word(number() + suffix);
        }
        Node named = symbol.types.type();
        return new Sequence(CppOperator.PRIMARY, "(", named, ")", number());
    }

    private String number() {
        String sign = in().take('n') ? "-" : "";
        String digits = in().digits();
        if (digits.isEmpty()) {
            throw NotUnderstood.INSTANCE;
        }
        in().expect('E');
        return sign + digits;
    }

    private static @Nullable String suffix(char type) {
        return switch (type) {
            case 'i' -> "";
            case 'j' -> "u";
            case 'l' -> "l";
            case 'm' -> "ul";
            case 'x' -> "ll";
            case 'y' -> "ull";
            default -> null;
        };
    }

    /** Reads a name that is looked up once the template arguments are known. */
    private Node unresolved(boolean isGlobal) {
        if (in().take("srN")) {
            Node scope = unresolvedType();
            while (!in().take('E')) {
                scope = new Scoped(scope, simple());
            }
            return new Scoped(scope, unresolvedBase());
        }
        Node global = new Word("");
        if (!in().take("sr")) {
            Node base = unresolvedBase();
            return isGlobal ? new Scoped(global, base) : base;
        }
        Node scope = isGlobal ? global : null;
        if (in().seesDigit()) {
            do {
                scope = scope == null ? simple() : new Scoped(scope, simple());
            } while (!in().take('E'));
        } else {
            scope = unresolvedType();
        }
        return new Scoped(scope, unresolvedBase());
    }

    private Node unresolvedType() {
        Node type = switch (in().peek()) {
            case 'T' -> symbol.remember(symbol.arguments.parameter());
            case 'D' -> symbol.remember(decltype());
            default -> symbol.arguments.substitution();
        };
        return withArguments(type);
    }

    private Node withArguments(Node name) {
        return in().peek() == 'I' ? new WithArguments(name, symbol.arguments.arguments(false)) : name;
    }

    private Node simple() {
        return withArguments(symbol.names.sourceName());
    }

    private Node unresolvedBase() {
        if (in().seesDigit()) {
            return simple();
        }
        if (in().take("dn")) {
            return Sequence.of("~", in().seesDigit() ? simple() : unresolvedType());
        }
        in().take("on");
        return withArguments(symbol.names.operatorName(null));
    }
}
