package dev.airlock.symbols.name;

import dev.airlock.symbols.name.NameNodes.Abbreviation;
import dev.airlock.symbols.name.NameNodes.Forward;
import dev.airlock.symbols.name.NameNodes.Pack;
import dev.airlock.symbols.name.NameNodes.Word;
import dev.airlock.symbols.name.TypeNodes.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads template arguments, and what refers to them and to what was read before (Itanium C++ ABI, section 5.1.10). */
final class CppArguments {
    private static final int NOT_IN_A_LAMBDA = -1;
    private static final Map<Character, Abbreviation> ABBREVIATIONS = Map.of(
            'a', new Abbreviation("allocator", "allocator"),
            'b', new Abbreviation("basic_string", "basic_string"),
            's', new Abbreviation("string", "basic_string"),
            'i', new Abbreviation("istream", "basic_istream"),
            'o', new Abbreviation("ostream", "basic_ostream"),
            'd', new Abbreviation("iostream", "basic_iostream"));

    private final CppSymbol symbol;
    private final List<Forward> forwards = new ArrayList<>();

    /** The arguments that parameters stand for, of each level. */
    private List<List<Node>> levels = new ArrayList<>();

    private int lambdaLevel = NOT_IN_A_LAMBDA;
    private boolean isAmongArguments;
    private boolean permitsForwards;
    private boolean takesArguments = true;
    private final int[] declared = new int[3];

    CppArguments(CppSymbol symbol) {
        this.symbol = symbol;
    }

    private Letters in() {
        return symbol.in;
    }

    /** What is to be put back when a part with arguments of its own ends. */
    record Scope(List<List<Node>> levels, int lambdaLevel, boolean isAmongArguments) {}

    /** A function's name has arguments of its own, if any. */
    Scope enterScope() {
        var outer = new Scope(levels, lambdaLevel, isAmongArguments);
        levels = new ArrayList<>();
        lambdaLevel = NOT_IN_A_LAMBDA;
        isAmongArguments = false;
        return outer;
    }

    void leaveScope(Scope outer) {
        levels = outer.levels;
        lambdaLevel = outer.lambdaLevel;
        isAmongArguments = outer.isAmongArguments;
    }

    /** A lambda that is an argument does not know the other arguments. */
    Scope enterLambda() {
        return enterDeclarations(!isAmongArguments);
    }

    /** A scope in which template parameters are declared. */
    private Scope enterDeclarations(boolean seesOuter) {
        Scope outer = enterScope();
        levels = seesOuter ? new ArrayList<>(outer.levels) : levels;
        levels.add(new ArrayList<>());
        return outer;
    }

    /** Where a lambda declares no template parameters, those that its parameters refer to are {@code auto}. */
    void lambdaParameters(boolean areAuto) {
        lambdaLevel = levels.size() - 1;
        if (areAuto) {
            levels.remove(levels.size() - 1);
        }
    }

    int forwards() {
        return forwards.size();
    }

    /** Says what those are that were read before their arguments. */
    void resolve(int first) {
        while (forwards.size() > first) {
            Forward forward = forwards.remove(forwards.size() - 1);
            if (levels.isEmpty() || forward.index >= levels.get(0).size()) {
                throw NotUnderstood.INSTANCE;
            }
            forward.resolve(levels.get(0).get(forward.index));
        }
    }

    /** The type that a conversion operator converts to, whose arguments may stand behind it. */
    Node conversionType(boolean ofFunction) {
        boolean took = takesArguments;
        boolean permitted = permitsForwards;
        takesArguments = false;
        permitsForwards |= ofFunction;
        Node type = symbol.types.type();
        takesArguments = took;
        permitsForwards = permitted;
        return type;
    }

    boolean takesArguments() {
        return takesArguments;
    }

    /**
     * Template arguments.
     *
     * @param ofFunction whether it is these that parameters refer to from here on
     */
    List<Node> arguments(boolean ofFunction) {
        in().expect('I');
        in().enter();
        var level = new ArrayList<Node>();
        if (ofFunction) {
            levels.clear();
            levels.add(level);
        }
        var arguments = new ArrayList<Node>();
        while (!in().take('E')) {
            if (in().take('Q')) {
                symbol.expressions.constraint();
                in().expect('E');
                break;
            }
            boolean wasAmong = isAmongArguments;
            isAmongArguments |= ofFunction;
            boolean isPack = in().peek() == 'J';
            List<Node> elements = isPack ? pack() : List.of();
            Node argument = isPack ? Sequence.of(elements) : argument();
            isAmongArguments = wasAmong;
            arguments.add(argument);
            level.add(isPack ? new Pack(elements) : argument);
        }
        in().leave();
        return arguments;
    }

    private List<Node> pack() {
        in().expect('J');
        in().enter();
        var elements = new ArrayList<Node>();
        while (!in().take('E')) {
            elements.add(argument());
        }
        in().leave();
        return elements;
    }

    Node argument() {
        return switch (in().peek()) {
            case 'X' -> {
                in().next();
                Node expression = symbol.expressions.expression();
                in().expect('E');
                yield expression;
            }
            case 'J' -> Sequence.of(pack());
            case 'L' -> {
                if (in().take("LZ")) {
                    Node function = symbol.names.encoding();
                    in().expect('E');
                    yield function;
                }
                yield symbol.expressions.literal();
            }
            case 'T' -> {
                if (isDeclaration()) {
                    // Which parameter it is for: it neither shows nor can be referred to.
                    Scope outer = enterDeclarations(true);
                    declaration();
                    leaveScope(outer);
                    yield argument();
                }
                yield symbol.types.type();
            }
            default -> symbol.types.type();
        };
    }

    private boolean isDeclaration() {
        return "yptnk".indexOf(in().peek(1)) >= 0;
    }

    /** A template parameter of a lambda, which gets a name and is one that others may refer to. */
    Node declaration() {
        return declaration("");
    }

    private Node declaration(String dots) {
        in().enter();
        in().expect('T');
        Node declaration = switch (in().next()) {
            case 'y' -> Sequence.of("typename ", dots, named(0, "$T"));
            case 'k' -> Sequence.of(symbol.names.name(null), " ", dots, named(0, "$T"));
            case 'n' -> {
                Node name = named(1, "$N");
                yield Sequence.of(symbol.types.type(), " ", dots, name);
            }
            case 't' -> {
                Node name = named(2, "$TT");
                yield Sequence.of("template<", inner(), "> typename ", dots, name);
            }
            case 'p' -> declaration("...");
            default -> throw NotUnderstood.INSTANCE;
        };
        in().leave();
        return declaration;
    }

    private List<Node> inner() {
        Scope outer = enterDeclarations(true);
        var inner = new ArrayList<Node>();
        while (!in().take('E')) {
            inner.add(declaration());
        }
        leaveScope(outer);
        return inner;
    }

    private Node named(int kind, String prefix) {
        int number = declared[kind]++;
        Node name = new Word(prefix + (number == 0 ? "" : String.valueOf(number - 1)));
        levels.get(levels.size() - 1).add(name);
        return name;
    }

    /** A reference to a template parameter: what it stands for. */
    Node parameter() {
        in().expect('T');
        int level = 0;
        if (in().take('L')) {
            level = in().number() + 1;
            in().expect('_');
        }
        int index = 0;
        if (!in().take('_')) {
            index = in().number() + 1;
            in().expect('_');
        }
        if (permitsForwards && level == 0) {
            var forward = new Forward(index);
            forwards.add(forward);
            return forward;
        }
        if (level < levels.size() && index < levels.get(level).size()) {
            return levels.get(level).get(index);
        }
        if (level == lambdaLevel) {
            return new Word("auto");
        }
        throw NotUnderstood.INSTANCE;
    }

    /** What was read before, or one of the standard library's best known names. */
    Node substitution() {
        in().expect('S');
        Abbreviation known = ABBREVIATIONS.get(in().peek());
        if (known != null) {
            in().next();
            Node tagged = symbol.names.tagged(known);
            return tagged == known ? known : symbol.remember(tagged);
        }
        int index = 0;
        if (!in().take('_')) {
            index = in().sequenceNumber() + 1;
            in().expect('_');
        }
        if (index >= symbol.substitutions.size()) {
            throw NotUnderstood.INSTANCE;
        }
        return symbol.substitutions.get(index);
    }
}
