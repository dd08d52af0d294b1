package dev.airlock.symbols.name;

import dev.airlock.symbols.name.NameNodes.Expansion;
import dev.airlock.symbols.name.NameNodes.WithArguments;
import dev.airlock.symbols.name.NameNodes.Word;
import dev.airlock.symbols.name.TypeNodes.Array;
import dev.airlock.symbols.name.TypeNodes.Function;
import dev.airlock.symbols.name.TypeNodes.MemberPointer;
import dev.airlock.symbols.name.TypeNodes.Pointer;
import dev.airlock.symbols.name.TypeNodes.Qualified;
import dev.airlock.symbols.name.TypeNodes.Reference;
import dev.airlock.symbols.name.TypeNodes.Sequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads types (Itanium C++ ABI, section 5.1.5). */
final class CppTypes {
    private final CppSymbol symbol;

    CppTypes(CppSymbol symbol) {
        this.symbol = symbol;
    }

    private Letters in() {
        return symbol.in;
    }

    Node type() {
        in().enter();
        Node type = builtIn();
        if (type == null) {
            type = in().peek() == 'S' && in().peek(1) != 't' ? substituted() : symbol.remember(made());
        }
        in().leave();
        return type;
    }

    /** Reads a reference to a type read before, or an instance of a template read before. */
    private Node substituted() {
        Node known = symbol.arguments.substitution();
        return in().peek() == 'I' && symbol.arguments.takesArguments()
                ? symbol.remember(new WithArguments(known, symbol.arguments.arguments(false)))
                : known;
    }

    private Node made() {
        switch (in().peek()) {
            case 'r', 'V', 'K' -> {
                return isFunctionBehindQualifiers() ? function() : qualified();
            }
            case 'U' -> {
                return qualified();
            }
            case 'u' -> {
                in().next();
                String name = symbol.names.identifier();
                if (!in().take('I')) {
                    return new Word(name);
                }
                Node of = type();
                in().expect('E');
                return Sequence.of(name, "(", of, ")");
            }
            case 'D' -> {
                return extended();
            }
            case 'F' -> {
                return function();
            }
            case 'A' -> {
                return array();
            }
            case 'M' -> {
                in().next();
                Node of = type();
                return new MemberPointer(of, type());
            }
            case 'T' -> {
                return elaboratedOrParameter();
            }
            case 'P' -> {
                in().next();
                return new Pointer(type());
            }
            case 'R', 'O' -> {
                boolean isRvalue = in().next() == 'O';
                return new Reference(type(), isRvalue);
            }
            case 'C', 'G' -> {
                String behind = in().next() == 'C' ? " complex" : " imaginary";
                return Sequence.of(type(), behind);
            }
            default -> {
                return symbol.names.name(null);
            }
        }
    }

    private Node elaboratedOrParameter() {
        String kind = in().take("Ts") ? "struct " : in().take("Tu") ? "union " : in().take("Te") ? "enum " : "";
        if (!kind.isEmpty()) {
            return Sequence.of(kind, symbol.names.name(null));
        }
        Node parameter = symbol.arguments.parameter();
        if (in().peek() == 'I' && symbol.arguments.takesArguments()) {
            symbol.remember(parameter);
            return new WithArguments(parameter, symbol.arguments.arguments(false));
        }
        return parameter;
    }

    private boolean isFunctionBehindQualifiers() {
        int behind = 0;
        for (char qualifier : "rVK".toCharArray()) {
            behind += in().peek(behind) == qualifier ? 1 : 0;
        }
        return in().peek(behind) == 'F' || (in().peek(behind) == 'D' && "oOwx".indexOf(in().peek(behind + 1)) >= 0);
    }

    private String qualifiers() {
        String restrict = in().take('r') ? " restrict" : "";
        String volatiles = in().take('V') ? " volatile" : "";
        return (in().take('K') ? " const" : "") + volatiles + restrict;
    }

    private Node qualified() {
        in().enter();
        try {
            if (in().take('U')) {
                String vendors = symbol.names.identifier();
                List<Node> arguments = in().peek() == 'I' ? symbol.arguments.arguments(false) : List.of();
                Node inner = qualified();
                Node name = new Word(vendors);
                return Sequence.of(inner, " ", arguments.isEmpty() ? name : new WithArguments(name, arguments));
            }
            String qualifiers = qualifiers();
            Node type = type();
            return qualifiers.isEmpty() ? type : new Qualified(type, qualifiers);
        } finally {
            in().leave();
        }
    }

    private Node function() {
        String qualifiers = qualifiers();
        Node exceptions = new Word("");
        if (in().take("Do")) {
            exceptions = new Word(" noexcept");
        } else if (in().take("DO")) {
            Node condition = symbol.expressions.expression();
            in().expect('E');
            exceptions = Sequence.of(" noexcept(", condition, ")");
        } else if (in().take("Dw")) {
            exceptions = Sequence.of(" throw(", types(), ")");
        }
        in().take("Dx");
        in().expect('F');
        in().take('Y');
        Node result = type();
        var parameters = new ArrayList<Node>();
        String reference = "";
        while (!in().take('E')) {
            if (in().take("RE")) {
                reference = " &";
                break;
            }
            if (in().take("OE")) {
                reference = " &&";
                break;
            }
            if (!in().take('v')) {
                parameters.add(type());
            }
        }
        return new Function(result, null, parameters, Sequence.of(qualifiers, reference, exceptions));
    }

    private List<Node> types() {
        var types = new ArrayList<Node>();
        while (!in().take('E')) {
            types.add(type());
        }
        return types;
    }

    private Node array() {
        in().expect('A');
        Node size = new Word(in().digits());
        if (!in().take('_')) {
            size = symbol.expressions.expression();
            in().expect('_');
        }
        return new Array(type(), size);
    }

    /** Reads a type that starts with a D and is not built in. */
    private Node extended() {
        if (in().peek(1) == 't' || in().peek(1) == 'T') {
            return symbol.expressions.decltype();
        }
        if (in().take("Dp")) {
            return new Expansion(type());
        }
        if (in().take("Dk")) {
            return Sequence.of(symbol.names.name(null), " auto");
        }
        if (in().take("DK")) {
            return Sequence.of(symbol.names.name(null), " decltype(auto)");
        }
        if (in().take("Dv")) {
            return vector();
        }
        if ("oOwx".indexOf(in().peek(1)) >= 0) {
            return function();
        }
        throw NotUnderstood.INSTANCE;
    }

    private Node vector() {
        Node size;
        if (in().seesDigit()) {
            size = new Word(in().digits());
            in().expect('_');
            if (in().take('p')) {
                return Sequence.of("pixel vector[", size, "]");
            }
        } else if (in().take('_')) {
            size = new Word("");
        } else {
            size = symbol.expressions.expression();
            in().expect('_');
        }
        return Sequence.of(type(), " vector[", size, "]");
    }

    /** Reads a type so short that references to it are not made; returns null if none comes next. */
    private @Nullable Node builtIn() {
        String name = builtInName(in().peek());
        if (name != null) {
            in().next();
            return new Word(name);
        }
        if (in().peek() != 'D') {
            return null;
        }
        String extended = extendedName(in().peek(1));
        if (extended != null) {
            in().next(2);
            return new Word(extended);
        }
        if (in().take("DF16b")) {
            return new Word("std::bfloat16_t");
        }
        if (in().take("DF")) {
            String bits = in().digits();
            String suffix = in().take('x') ? "x" : "";
            if (suffix.isEmpty()) {
                in().expect('_');
            }
            return new Word("_Float" + bits + suffix);
        }
        if (in().sees("DB") || in().sees("DU")) {
            String signed = in().next(2).equals("DB") ? "" : "unsigned ";
            Node size = in().seesDigit() ? new Word(in().digits()) : symbol.expressions.expression();
            in().expect('_');
            return Sequence.of(signed, "_BitInt(", size, ")");
        }
        return null;
    }

    private static @Nullable String extendedName(char letter) {
        return switch (letter) {
            case 'd' -> "decimal64";
            case 'e' -> "decimal128";
            case 'f' -> "decimal32";
            case 'h' -> "half";
            case 'i' -> "char32_t";
            case 's' -> "char16_t";
            case 'u' -> "char8_t";
            case 'a' -> "auto";
            case 'c' -> "decltype(auto)";
            case 'n' -> "std::nullptr_t";
            default -> null;
        };
    }

    static @Nullable String builtInName(char letter) {
        return switch (letter) {
            case 'v' -> "void";
            case 'w' -> "wchar_t";
            case 'b' -> "bool";
            case 'c' -> "char";
            case 'a' -> "signed char";
            case 'h' -> "unsigned char";
            case 's' -> "short";
            case 't' -> "unsigned short";
            case 'i' -> "int";
            case 'j' -> "unsigned int";
            case 'l' -> "long";
            case 'm' -> "unsigned long";
            case 'x' -> "long long";
            case 'y' -> "unsigned long long";
            case 'n' -> "__int128";
            case 'o' -> "unsigned __int128";
            case 'f' -> "float";
            case 'd' -> "double";
            case 'e' -> "long double";
            case 'g' -> "__float128";
            case 'z' -> "...";
            default -> null;
        };
    }
}
