package dev.airlock.symbols.name;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The constants among generic arguments: {@code 3} in {@code Matrix<3>}. */
final class RustConstants {
    private static final int MOST_DIGITS = 32;

    private final RustV0 symbol;
    private final Letters in;

    RustConstants(RustV0 symbol) {
        this.symbol = symbol;
        this.in = symbol.letters();
    }

    /**
     * Reads a constant.
     *
     * @param bare whether its place needs no braces
     */
    void constant(boolean bare) {
        in.enter();
        char tag = in.next();
        switch (tag) {
            case 'p' -> symbol.add("_");
            case 'h', 't', 'm', 'y', 'o', 'j' -> symbol.add(number());
            case 'a', 's', 'l', 'x', 'n', 'i' -> symbol.add((in.take('n') ? "-" : "") + number());
            case 'b' ->
                symbol.add(
                        switch (digits()) {
                            case "0" -> "false";
                            case "1" -> "true";
                            default -> throw NotUnderstood.INSTANCE;
                        });
            case 'c' -> symbol.add("'" + character(digits()) + "'");
            case 'B' -> symbol.back(() -> constant(bare));
            case 'R' -> {
                if (in.take('e')) {
                    symbol.add(string());
                } else {
                    braced(bare, () -> prefixed("&"));
                }
            }
            case 'e' -> braced(bare, () -> symbol.add("*" + string()));
            case 'Q' -> braced(bare, () -> prefixed("&mut "));
            case 'A' ->
                braced(bare, () -> {
                    symbol.add("[");
                    symbol.list(", ", () -> constant(true));
                    symbol.add("]");
                });
            case 'T' ->
                braced(bare, () -> {
                    symbol.add("(");
                    symbol.add(symbol.list(", ", () -> constant(true)) == 1 ? ",)" : ")");
                });
            case 'V' -> braced(bare, this::variant);
            default -> throw NotUnderstood.INSTANCE;
        }
        in.leave();
    }

    private void braced(boolean bare, Runnable inside) {
        symbol.add(bare ? "" : "{");
        inside.run();
        symbol.add(bare ? "" : "}");
    }

    private void prefixed(String prefix) {
        symbol.add(prefix);
        constant(true);
    }

    private void variant() {
        symbol.path();
        switch (in.next()) {
            case 'U' -> {}
            case 'T' -> {
                symbol.add("(");
                symbol.list(", ", () -> constant(true));
                symbol.add(")");
            }
            case 'S' -> {
                symbol.add(" { ");
                symbol.list(", ", () -> {
                    symbol.disambiguator();
                    symbol.add(symbol.identifier() + ": ");
                    constant(true);
                });
                symbol.add(" }");
            }
            default -> throw NotUnderstood.INSTANCE;
        }
    }

    private String number() {
        String digits = digits();
        if (digits.isEmpty() || digits.length() > MOST_DIGITS) {
            throw NotUnderstood.INSTANCE;
        }
        var value = new BigInteger(digits, 16);
        return value.bitLength() > Long.SIZE ? "0x" + value.toString(16) : value.toString();
    }

    /** Reads hexadecimal digits in small letters, up to an underscore. */
    private String digits() {
        var digits = new StringBuilder();
        while (!in.take('_')) {
            char c = in.next();
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
                throw NotUnderstood.INSTANCE;
            }
            digits.append(c);
        }
        return digits.toString();
    }

    private static String character(String digits) {
        if (digits.isEmpty() || digits.length() > 6) {
            throw NotUnderstood.INSTANCE;
        }
        int c = Integer.parseInt(digits, 16);
        if (!Character.isValidCodePoint(c) || Character.getType(c) == Character.SURROGATE) {
            throw NotUnderstood.INSTANCE;
        }
        return c == '\'' ? "\\'" : escaped(c);
    }

    private String string() {
        String digits = digits();
        try {
            var text = new StringBuilder("\"");
            StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(HexFormat.of().parseHex(digits)))
                    .codePoints()
                    .forEach(c -> text.append(c == '"' ? "\\\"" : escaped(c)));
            return text.append('"').toString();
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw NotUnderstood.INSTANCE;
        }
    }

    private static String escaped(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\0' -> "\\0";
            case '\\' -> "\\\\";
            default -> Character.isISOControl(c) ? "\\u{" + Integer.toHexString(c) + "}" : Character.toString(c);
        };
    }
}
