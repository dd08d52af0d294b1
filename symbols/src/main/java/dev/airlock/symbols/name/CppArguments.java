package dev.airlock.symbols.name;

import dev.airlock.symbols.name.NameNodes.Abbreviation;
import dev.airlock.symbols.name.NameNodes.Forward;
import dev.airlock.symbols.name.NameNodes.Pack;
import dev.airlock.symbols.name.NameNodes.Word;
import dev.airlock.symbols.name.TypeNodes.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads template arguments, and the references to them and to parts read before (Itanium C++ ABI, section 5.1.10). */
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

    /** The arguments to which parameters refer, by level. */
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

    /** The state to restore when a part with its own arguments ends. */
    record Scope(List<List<Node>> levels, int lambdaLevel, boolean isAmongArguments) {}

    /** Enters a scope for a function's name, which has its own arguments. */
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

    /** Enters a scope for a lambda that is an argument: it does not see the other arguments. */
    Scope enterLambda() {
        return enterDeclarations(!isAmongArguments);
    }

    /** Enters a scope in which template parameters are declared. */
    private Scope enterDeclarations(boolean seesOuter) {
        Scope outer = enterScope();
        levels = seesOuter ? new ArrayList<>(outer.levels) : levels;
        levels.add(new ArrayList<>());
        return outer;
    }

    /**
     * Sets whether the template parameters of a lambda's parameters are {@code auto}, as in a lambda that declares
     * none.
     */
    void lambdaParameters(boolean areAuto) {
        lambdaLevel = levels.size() - 1;
        if (areAuto) {
            levels.remove(levels.size() - 1);
        }
    }

    int forwards() {
        return forwards.size();
    }

    /** Resolves references that were read before their arguments. */
    void resolve(int first) {
        while (forwards.size() > first) {
            Forward forward = forwards.remove(forwards.size() - 1);
            if (levels.isEmpty() || forward.index >= levels.get(0).size()) {
                throw NotUnderstood.INSTANCE;
            }
            forward.resolve(levels.get(0).get(forward.index));
        }
    }

    /** Reads the type of a conversion operator, whose arguments may follow it. */
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
     * Reads template arguments.
     *
     * @param ofFunction whether parameters refer to these arguments from here on
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
                    // The declaration of the parameter that the argument is for: it is neither shown nor referred to.
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

    /** Reads a template parameter of a lambda. It gets a name, and references may follow. */
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

    /** Reads a reference to a template parameter, and returns its argument. */
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

    /** Reads a reference to a part read before, or an abbreviation of a name in the standard library. */
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
