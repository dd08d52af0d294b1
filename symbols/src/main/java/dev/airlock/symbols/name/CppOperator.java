package dev.airlock.symbols.name;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operators of C++, by their two letters (Itanium C++ ABI, section 5.1.3).
 *
 * @param text the operator in C++
 * @param kind its operands
 * @param precedence smaller numbers bind tighter
 * @param isFunction whether a function can have this name
 */
record CppOperator(String text, Kind kind, int precedence, boolean isFunction) {
    static final int PRIMARY = 0;
    static final int POSTFIX = 1;
    static final int UNARY = 2;
    static final int CAST = 3;
    static final int CONDITIONAL = 16;
    static final int ASSIGNMENT = 17;
    static final int COMMA = 18;
    static final int LOOSEST = 19;

    /** The operands of an operator. */
    enum Kind {
        BINARY,
        PREFIX,
        POSTFIX,
        SUBSCRIPT,
        MEMBER,
        NEW,
        DELETE,
        CALL,
        CONVERSION,
        CONDITIONAL,
        NAMED_CAST,
        OF_TYPE,
        OF_EXPRESSION,
        NAME_ONLY
    }

    private static final Map<String, CppOperator> BY_LETTERS = new HashMap<>();

    static {
        binary("aN &= aS = dV /= eO ^= lS <<= mI -= mL *= oR |= pL += rM %= rS >>=", ASSIGNMENT);
        binary("oo ||", 15);
        binary("aa &&", 14);
        binary("or |", 13);
        binary("eo ^", 12);
        binary("an &", 11);
        binary("eq == ne !=", 10);
        binary("ge >= gt > le <= lt <", 9);
        binary("ss <=>", 8);
        binary("ls << rs >>", 7);
        binary("pl + mi -", 6);
        binary("ml * dv / rm %", 5);
        binary("cm ,", COMMA);
        put("ad & co ~ de * ng - nt ! ps +", Kind.PREFIX, UNARY, true);
        put("mm -- pp ++", Kind.POSTFIX, POSTFIX, true);
        put("ix []", Kind.SUBSCRIPT, POSTFIX, true);
        put("cl ()", Kind.CALL, POSTFIX, true);
        put("cp ()", Kind.CALL, POSTFIX, false);
        put("dt . ", Kind.MEMBER, POSTFIX, false);
        put("pt ->", Kind.MEMBER, POSTFIX, true);
        put("ds .*", Kind.MEMBER, 4, false);
        put("pm ->*", Kind.MEMBER, 4, true);
        put("qu ?", Kind.CONDITIONAL, CONDITIONAL, false);
        put("cv ()", Kind.CONVERSION, CAST, true);
        put("cc const_cast dc dynamic_cast rc reinterpret_cast sc static_cast", Kind.NAMED_CAST, POSTFIX, false);
        put("st sizeof at alignof ti typeid", Kind.OF_TYPE, UNARY, false);
        put("sz sizeof az alignof te typeid", Kind.OF_EXPRESSION, UNARY, false);
        put("aw co_await", Kind.NAME_ONLY, PRIMARY, true);
        BY_LETTERS.put("nw", new CppOperator("new", Kind.NEW, UNARY, true));
        BY_LETTERS.put("na", new CppOperator("new[]", Kind.NEW, UNARY, true));
        BY_LETTERS.put("dl", new CppOperator("delete", Kind.DELETE, UNARY, true));
        BY_LETTERS.put("da", new CppOperator("delete[]", Kind.DELETE, UNARY, true));
    }

    private static void binary(String lettersAndText, int precedence) {
        put(lettersAndText, Kind.BINARY, precedence, true);
    }

    private static void put(String lettersAndText, Kind kind, int precedence, boolean isFunction) {
        String[] words = lettersAndText.trim().split(" ");
        for (int i = 0; i < words.length; i += 2) {
            BY_LETTERS.put(words[i], new CppOperator(words[i + 1], kind, precedence, isFunction));
        }
    }

    /** Takes the operator that comes next; returns null if none does. */
    static @Nullable CppOperator take(Letters in) {
        CppOperator found = BY_LETTERS.get("" + in.peek() + in.peek(1));
        if (found != null) {
            in.next(2);
        }
        return found;
    }

    /** Returns the name of a function that overloads the operator. */
    String name() {
        return "operator" + (Character.isLetter(text.charAt(0)) ? " " : "") + text;
    }
}
