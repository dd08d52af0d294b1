package dev.airlock.symbols.name;

/** The letters of a symbol, from first to last. */
final class Letters {
    /** The result of {@link #peek} at the end. */
    static final char END = '\0';

    private static final int DEEPEST = 160;

    private final String symbol;
    private int at;
    private int depth;

    Letters(String symbol, int at) {
        this.symbol = symbol;
        this.at = at;
    }

    int position() {
        return at;
    }

    void moveTo(int position) {
        at = position;
    }

    boolean atEnd() {
        return at >= symbol.length();
    }

    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        return at + ahead < symbol.length() ? symbol.charAt(at + ahead) : END;
    }

    boolean sees(String word) {
        return symbol.startsWith(word, at);
    }

    /** Takes a word if it comes next. */
    boolean take(String word) {
        if (sees(word)) {
            at += word.length();
            return true;
        }
        return false;
    }

    boolean take(char c) {
        if (!atEnd() && symbol.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    void expect(char c) {
        if (!take(c)) {
            throw NotUnderstood.INSTANCE;
        }
    }

    char next() {
        if (atEnd()) {
            throw NotUnderstood.INSTANCE;
        }
        return symbol.charAt(at++);
    }

    String next(int count) {
        if (count < 0 || count > symbol.length() - at) {
            throw NotUnderstood.INSTANCE;
        }
        at += count;
        return symbol.substring(at - count, at);
    }

    String rest() {
        return symbol.substring(at);
    }

    boolean seesDigit() {
        return peek() >= '0' && peek() <= '9';
    }

    /** Reads a decimal number that fits an int. */
    int number() {
        String digits = digits();
        if (digits.isEmpty() || digits.length() > 9) {
            throw NotUnderstood.INSTANCE;
        }
        return Integer.parseInt(digits);
    }

    /** Reads all decimal digits that come next, perhaps none. */
    String digits() {
        int start = at;
        while (seesDigit()) {
            at++;
        }
        return symbol.substring(start, at);
    }

    /** Reads a number in base 36, in digits and capital letters. */
    int sequenceNumber() {
        int value = -1;
        while (seesDigit() || (peek() >= 'A' && peek() <= 'Z')) {
            value = Math.max(value, 0) * 36 + Character.digit(next(), 36);
            if (value > symbol.length()) {
                throw NotUnderstood.INSTANCE;
            }
        }
        if (value < 0) {
            throw NotUnderstood.INSTANCE;
        }
        return value;
    }

    /** Goes one level deeper. Call {@link #leave} afterwards. */
    void enter() {
        if (++depth > DEEPEST) {
            throw NotUnderstood.INSTANCE;
        }
    }

    void leave() {
        depth--;
    }
}
