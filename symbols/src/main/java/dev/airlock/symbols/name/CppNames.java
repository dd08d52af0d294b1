package dev.airlock.symbols.name;

import dev.airlock.symbols.name.NameNodes.Abbreviation;
import dev.airlock.symbols.name.NameNodes.Scoped;
import dev.airlock.symbols.name.NameNodes.WithArguments;
import dev.airlock.symbols.name.NameNodes.Word;
import dev.airlock.symbols.name.TypeNodes.Function;
import dev.airlock.symbols.name.TypeNodes.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads names of functions, variables and classes (Itanium C++ ABI, sections 5.1.2 to 5.1.6). */
final class CppNames {
    private static final Map<String, String> SPECIAL = Map.ofEntries(
            Map.entry("TV", "vtable for "),
            Map.entry("TT", "VTT for "),
            Map.entry("TI", "typeinfo for "),
            Map.entry("TS", "typeinfo name for "),
            Map.entry("TW", "thread-local wrapper routine for "),
            Map.entry("TH", "thread-local initialization routine for "),
            Map.entry("GV", "guard variable for "));

    private final CppSymbol symbol;

    CppNames(CppSymbol symbol) {
        this.symbol = symbol;
    }

    /** What a function's name implies for its signature. */
    static final class Traits {
        /** Whether it is a constructor, a destructor or a conversion, whose result is not written. */
        boolean hasNoResult;

        boolean endsWithArguments;
        String qualifiers = "";
    }

    private Letters in() {
        return symbol.in;
    }

    /** Reads a function with its parameters, a variable, or one of the symbols that compilers generate. */
    Node encoding() {
        in().enter();
        CppArguments.Scope outer = symbol.arguments.enterScope();
        Node encoding = in().peek() == 'G' || in().peek() == 'T' ? special() : function();
        symbol.arguments.leaveScope(outer);
        in().leave();
        return encoding;
    }

    private boolean atEncodingsEnd() {
        char next = in().peek();
        return in().atEnd() || next == 'E' || next == '.' || next == '_';
    }

    private Node function() {
        var traits = new Traits();
        int forwards = symbol.arguments.forwards();
        Node name = name(traits);
        symbol.arguments.resolve(forwards);
        if (atEncodingsEnd()) {
            return name;
        }
        String behind = traits.qualifiers;
        Node enabled = new Word("");
        if (in().take("Ua9enable_ifI")) {
            var conditions = new ArrayList<Node>();
            while (!in().take('E')) {
                conditions.add(symbol.arguments.argument());
            }
            enabled = Sequence.of(" [enable_if:", conditions, "]");
        }
        Node result = null;
        if (!traits.hasNoResult && traits.endsWithArguments) {
            result = symbol.types.type();
        }
        var parameters = new ArrayList<Node>();
        if (!in().take('v')) {
            do {
                parameters.add(symbol.types.type());
            } while (!atEncodingsEnd() && in().peek() != 'Q');
        }
        Node required = in().take('Q') ? Sequence.of(" requires ", symbol.expressions.constraint()) : new Word("");
        return new Function(result, name, parameters, Sequence.of(behind, enabled, required));
    }

    private Node special() {
        String prefix = SPECIAL.get("" + in().peek() + in().peek(1));
        if (prefix != null) {
            boolean ofType = in().next() == 'T' && "VTIS".indexOf(in().peek()) >= 0;
            in().next();
            return Sequence.of(prefix, ofType ? symbol.types.type() : name(null));
        }
        if (in().take("TC")) {
            Node whole = symbol.types.type();
            in().digits();
            in().expect('_');
            return Sequence.of("construction vtable for ", symbol.types.type(), "-in-", whole);
        }
        if (in().take("Tc")) {
            callOffset();
            callOffset();
            return Sequence.of("covariant return thunk to ", encoding());
        }
        if (in().take("TA")) {
            return Sequence.of("template parameter object for ", symbol.arguments.argument());
        }
        if (in().take("GR")) {
            Node name = name(null);
            boolean hasNumber = in().peek() != '_' && !in().atEnd();
            if (hasNumber) {
                in().sequenceNumber();
            }
            if (!in().take('_') && hasNumber) {
                throw NotUnderstood.INSTANCE;
            }
            return Sequence.of("reference temporary for ", name);
        }
        in().expect('T');
        boolean isVirtual = in().peek() == 'v';
        callOffset();
        return Sequence.of(isVirtual ? "virtual thunk to " : "non-virtual thunk to ", encoding());
    }

    private void callOffset() {
        boolean isVirtual = in().take('v');
        if (!isVirtual) {
            in().expect('h');
        }
        for (int i = isVirtual ? 2 : 1; i > 0; i--) {
            in().take('n');
            if (in().digits().isEmpty()) {
                throw NotUnderstood.INSTANCE;
            }
            in().expect('_');
        }
    }

    Node name(@Nullable Traits traits) {
        in().enter();
        Node name = anyName(traits);
        in().leave();
        return name;
    }

    private Node anyName(@Nullable Traits traits) {
        if (in().peek() == 'N') {
            return nested(traits);
        }
        if (in().peek() == 'Z') {
            return local(traits);
        }
        if (in().peek() == 'S' && in().peek(1) != 't') {
            Node template = symbol.arguments.substitution();
            if (in().peek() != 'I') {
                throw NotUnderstood.INSTANCE;
            }
            return withArguments(template, traits);
        }
        Node name = unscoped(traits);
        if (in().peek() != 'I') {
            return name;
        }
        return withArguments(symbol.remember(name), traits);
    }

    private Node withArguments(Node template, @Nullable Traits traits) {
        List<Node> arguments = symbol.arguments.arguments(traits != null);
        if (traits != null) {
            traits.endsWithArguments = true;
        }
        return new WithArguments(template, arguments);
    }

    private Node unscoped(@Nullable Traits traits) {
        return unqualified(traits, in().take("St") ? new Word("std") : null);
    }

    private Node nested(@Nullable Traits traits) {
        in().expect('N');
        String qualifiers = (in().take('r') ? " restrict" : "");
        qualifiers = (in().take('V') ? " volatile" : "") + qualifiers;
        qualifiers = (in().take('K') ? " const" : "") + qualifiers;
        qualifiers += in().take('O') ? " &&" : in().take('R') ? " &" : "";
        if (traits != null) {
            traits.qualifiers = qualifiers;
        }
        Node name = null;
        boolean remembered = false;
        while (!in().take('E')) {
            if (traits != null) {
                traits.endsWithArguments = false;
            }
            if (in().peek() == 'T' && name == null) {
                name = symbol.arguments.parameter();
            } else if (in().peek() == 'I') {
                if (name == null || name instanceof WithArguments) {
                    throw NotUnderstood.INSTANCE;
                }
                name = withArguments(name, traits);
            } else if (in().peek() == 'D' && (in().peek(1) == 't' || in().peek(1) == 'T') && name == null) {
                name = symbol.expressions.decltype();
            } else if (in().peek() == 'S' && name == null) {
                name = in().take("St") ? new Word("std") : symbol.arguments.substitution();
                continue;
            } else {
                name = unqualified(traits, name);
            }
            symbol.remember(name);
            remembered = true;
            in().take('M');
        }
        if (name == null || !remembered) {
            throw NotUnderstood.INSTANCE;
        }
        // The whole is not a prefix of anything.
        symbol.substitutions.remove(symbol.substitutions.size() - 1);
        return name;
    }

    private Node local(@Nullable Traits traits) {
        in().expect('Z');
        Node function = encoding();
        in().expect('E');
        if (in().take('s')) {
            discriminator();
            return new Scoped(function, new Word("string literal"));
        }
        if (in().take('d')) {
            in().take('n');
            in().digits();
            in().expect('_');
            return new Scoped(function, name(traits));
        }
        Node name = name(traits);
        discriminator();
        return new Scoped(function, name);
    }

    /** Skips the number that tells names within the same function apart. */
    private void discriminator() {
        if (in().peek() == '_') {
            boolean isLong = in().peek(1) == '_';
            int start = in().position();
            in().next(isLong ? 2 : 1);
            String digits = isLong ? in().digits() : in().seesDigit() ? in().next(1) : "";
            if (digits.isEmpty() || (isLong && !in().take('_'))) {
                in().moveTo(start);
            }
        } else if (in().seesDigit()) {
            // An older form, which ends the symbol.
            in().digits();
            if (!in().atEnd()) {
                throw NotUnderstood.INSTANCE;
            }
        }
    }

    private Node unqualified(@Nullable Traits traits, @Nullable Node scope) {
        boolean isFriend = scope != null && in().take('F');
        in().take('L');
        Node within = scope;
        Node name;
        char next = in().peek();
        if (next >= '1' && next <= '9') {
            name = sourceName();
        } else if (next == 'U') {
            name = new CppClosures(symbol).unnamed();
        } else if (in().take("DC")) {
            var bindings = new ArrayList<Node>();
            do {
                bindings.add(sourceName());
            } while (!in().take('E'));
            name = Sequence.of("[", bindings, "]");
        } else if (next == 'C' || next == 'D') {
            if (scope == null) {
                throw NotUnderstood.INSTANCE;
            }
            within = scope instanceof Abbreviation known ? known.expanded() : scope;
            name = structor(within, traits);
        } else {
            name = operatorName(traits);
        }
        name = tagged(name);
        return within == null ? name : new Scoped(within, isFriend ? Sequence.of("friend ", name) : name);
    }

    /** Reads ABI tags, as in {@code name[abi:cxx11]}. */
    Node tagged(Node name) {
        Node tagged = name;
        while (in().take('B')) {
            tagged = new Tagged(tagged, identifier());
        }
        return tagged;
    }

    private static final class Tagged extends Node {
        private final Node name;
        private final String tag;

        Tagged(Node name, String tag) {
            super(height(name));
            this.name = name;
            this.tag = tag;
        }

        @Override
        void left(Printer out) {
            out.left(name);
            out.add("[abi:" + tag + "]");
        }

        @Override
        String base() {
            return name.base();
        }
    }

    Node sourceName() {
        String name = identifier();
        return new Word(name.startsWith("_GLOBAL__N") ? "(anonymous namespace)" : name);
    }

    String identifier() {
        return in().next(in().number());
    }

    /** Reads a constructor or a destructor. */
    private Node structor(Node scope, @Nullable Traits traits) {
        boolean isConstructor = in().next() == 'C';
        boolean isInherited = isConstructor && in().take('I');
        char variant = in().next();
        if ((isConstructor ? "12345" : "01245").indexOf(variant) < 0) {
            throw NotUnderstood.INSTANCE;
        }
        if (traits != null) {
            traits.hasNoResult = true;
        }
        if (isInherited) {
            // The class that the constructor is inherited from, which is not shown.
            name(traits);
        }
        return new Word((isConstructor ? "" : "~") + scope.base());
    }

    Node operatorName(@Nullable Traits traits) {
        if (in().take("li")) {
            return Sequence.of("operator\"\" ", sourceName());
        }
        if (in().peek() == 'v' && Character.digit(in().peek(1), 10) >= 0) {
            in().next(2);
            if (traits != null) {
                traits.hasNoResult = true;
            }
            return Sequence.of("operator ", sourceName());
        }
        CppOperator operator = CppOperator.take(in());
        if (operator == null || !operator.isFunction()) {
            throw NotUnderstood.INSTANCE;
        }
        if (operator.kind() != CppOperator.Kind.CONVERSION) {
            return new Word(operator.name());
        }
        Node type = symbol.arguments.conversionType(traits != null);
        if (traits != null) {
            traits.hasNoResult = true;
        }
        return Sequence.of("operator ", type);
    }
}
