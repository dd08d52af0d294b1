package dev.airlock.symbols.name;

import org.jspecify.annotations.Nullable;

/**
 * Rust's newer scheme (RFC 2603): paths and types, with references back to earlier parts. Written in the short form of
 * Rust's own tools, without the hashes of crates and the types of constants.
 */
final class RustV0 {
    private static final int BASE = 62;
    private static final int MOST_DIGITS = 11;

    /** The most lifetimes that one {@code for<…>} may introduce. */
    private static final int MOST_LIFETIMES = 256;

    private final Letters in;
    private final int start;
    private final BoundedText text = new BoundedText();
    private int silent;
    private long lifetimes;

    private RustV0(String symbol) {
        start = "_R".length();
        in = new Letters(symbol, start);
    }

    static String read(String symbol) {
        var symbols = new RustV0(symbol);
        symbols.path(true);
        if (isUpper(symbols.in.peek())) {
            // The crate in which a generic function was instantiated.
            symbols.silent++;
            symbols.path(false);
        }
        if (!symbols.in.atEnd() && symbols.in.peek() != '.' && symbols.in.peek() != '$') {
            throw NotUnderstood.INSTANCE;
        }
        return symbols.text.toString();
    }

    private void path(boolean isValue) {
        in.enter();
        text.step();
        switch (in.next()) {
            case 'C' -> {
                disambiguator();
                add(identifier());
            }
            case 'N' -> nested(isValue);
            case 'M' -> implementation(false, true);
            case 'X' -> implementation(true, true);
            case 'Y' -> implementation(true, false);
            case 'I' -> {
                path(isValue);
                add(isValue ? "::<" : "<");
                genericArguments();
                add(">");
            }
            case 'B' -> back(() -> path(isValue));
            default -> throw NotUnderstood.INSTANCE;
        }
        in.leave();
    }

    private void nested(boolean isValue) {
        char namespace = in.next();
        if (!isUpper(namespace) && !(namespace >= 'a' && namespace <= 'z')) {
            throw NotUnderstood.INSTANCE;
        }
        path(isValue);
        long number = disambiguator();
        String name = identifier();
        if (isUpper(namespace)) {
            String kind = switch (namespace) {
                case 'C' -> "closure";
                case 'S' -> "shim";
                default -> String.valueOf(namespace);
            };
            add("::{" + kind + (name.isEmpty() ? "" : ":" + name) + "#" + number + "}");
        } else if (!name.isEmpty()) {
            add("::" + name);
        }
    }

    private void implementation(boolean ofTrait, boolean hasPlace) {
        if (hasPlace) {
            disambiguator();
            silent++;
            path(false);
            silent--;
        }
        add("<");
        type();
        if (ofTrait) {
            add(" as ");
            path(false);
        }
        add(">");
    }

    private int genericArguments() {
        return list(", ", () -> {
            if (in.take('L')) {
                lifetime(number62());
            } else if (in.take('K')) {
                new RustConstants(this).constant(false);
            } else {
                type();
            }
        });
    }

    /** Reads items up to an {@code E}, and returns their number. */
    int list(String separator, Runnable item) {
        int count = 0;
        while (!in.take('E')) {
            if (count++ > 0) {
                add(separator);
            }
            item.run();
        }
        return count;
    }

    void type() {
        in.enter();
        text.step();
        char tag = in.next();
        String basic = basicType(tag);
        if (basic != null) {
            add(basic);
        } else {
            switch (tag) {
                case 'R' -> reference("");
                case 'Q' -> reference("mut ");
                case 'P' -> pointer("*const ");
                case 'O' -> pointer("*mut ");
                case 'S', 'A' -> {
                    pointer("[");
                    if (tag == 'A') {
                        add("; ");
                        new RustConstants(this).constant(true);
                    }
                    add("]");
                }
                case 'T' -> {
                    add("(");
                    add(list(", ", this::type) == 1 ? ",)" : ")");
                }
                case 'F' -> withLifetimes(this::functionType);
                case 'D' -> traitObject();
                case 'B' -> back(this::type);
                default -> {
                    in.moveTo(in.position() - 1);
                    path(false);
                }
            }
        }
        in.leave();
    }

    private void pointer(String before) {
        add(before);
        type();
    }

    private void reference(String mutable) {
        add("&");
        if (in.take('L')) {
            long lifetime = number62();
            if (lifetime != 0) {
                lifetime(lifetime);
                add(" ");
            }
        }
        pointer(mutable);
    }

    private void functionType() {
        if (in.take('U')) {
            add("unsafe ");
        }
        if (in.take('K')) {
            String convention = in.take('C') ? "C" : identifier().replace('_', '-');
            add("extern \"" + convention + "\" ");
        }
        add("fn(");
        list(", ", this::type);
        add(")");
        if (!in.take('u')) {
            pointer(" -> ");
        }
    }

    private void traitObject() {
        add("dyn ");
        withLifetimes(() -> list(" + ", this::boundTrait));
        in.expect('L');
        long lifetime = number62();
        if (lifetime != 0) {
            add(" + ");
            lifetime(lifetime);
        }
    }

    private void boundTrait() {
        boolean open = openPath();
        while (in.take('p')) {
            add(open ? ", " : "<");
            open = true;
            add(identifier() + " = ");
            type();
        }
        if (open) {
            add(">");
        }
    }

    /**
     * Reads a path whose generic arguments stay open, so that associated types can follow; returns whether it has any.
     */
    private boolean openPath() {
        if (in.take('B')) {
            boolean[] open = new boolean[1];
            back(() -> open[0] = openPath());
            return open[0];
        }
        if (in.take('I')) {
            path(false);
            add("<");
            genericArguments();
            return true;
        }
        path(false);
        return false;
    }

    private void withLifetimes(Runnable inside) {
        long bound = in.take('G') ? number62() + 1 : 0;
        if (bound < 0 || bound > MOST_LIFETIMES) {
            throw NotUnderstood.INSTANCE;
        }
        for (int i = 0; i < bound; i++) {
            add(i == 0 ? "for<" : ", ");
            lifetimes++;
            lifetime(1);
        }
        if (bound > 0) {
            add("> ");
        }
        inside.run();
        lifetimes -= bound;
    }

    private void lifetime(long index) {
        long depth = lifetimes - index;
        if (index == 0) {
            add("'_");
        } else if (index < 0 || depth < 0) {
            throw NotUnderstood.INSTANCE;
        } else if (depth < 26) {
            add("'" + (char) ('a' + depth));
        } else {
            add("'_" + depth);
        }
    }

    /** Reads an earlier part again. */
    void back(Runnable reading) {
        int self = in.position() - 1;
        long target = start + number62();
        if (target < start || target >= self) {
            throw NotUnderstood.INSTANCE;
        }
        if (silent > 0) {
            return;
        }
        in.enter();
        int after = in.position();
        in.moveTo((int) target);
        reading.run();
        in.moveTo(after);
        in.leave();
    }

    long disambiguator() {
        return in.take('s') ? number62() + 1 : 0;
    }

    String identifier() {
        boolean encoded = in.take('u');
        int length = in.take('0') ? 0 : in.number();
        // Separates a name that starts with a digit or an underscore.
        in.take('_');
        String name = in.next(length);
        return encoded ? Punycode.decode(name) : name;
    }

    /** Reads an unsigned number in base 62: the hashes of crates have 64 bits. */
    private long number62() {
        long value = 0;
        if (in.take('_')) {
            return value;
        }
        int first = in.position();
        while (!in.take('_')) {
            int digit = digit62(in.next());
            if (digit < 0 || in.position() - first > MOST_DIGITS) {
                throw NotUnderstood.INSTANCE;
            }
            value = value * BASE + digit;
        }
        return value + 1;
    }

    private static int digit62(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 10;
        }
        return isUpper(c) ? c - 'A' + 36 : -1;
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    Letters letters() {
        return in;
    }

    void path() {
        path(true);
    }

    void add(String more) {
        if (silent == 0) {
            text.add(more);
        } else {
            text.step();
        }
    }

    private static @Nullable String basicType(char tag) {
        return switch (tag) {
            case 'a' -> "i8";
            case 'b' -> "bool";
            case 'c' -> "char";
            case 'd' -> "f64";
            case 'e' -> "str";
            case 'f' -> "f32";
            case 'h' -> "u8";
            case 'i' -> "isize";
            case 'j' -> "usize";
            case 'l' -> "i32";
            case 'm' -> "u32";
            case 'n' -> "i128";
            case 'o' -> "u128";
            case 'p' -> "_";
            case 's' -> "i16";
            case 't' -> "u16";
            case 'u' -> "()";
            case 'v' -> "...";
            case 'x' -> "i64";
            case 'y' -> "u64";
            case 'z' -> "!";
            default -> null;
        };
    }
}
