package dev.airlock.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads types in the form in which they print: WIT, except that types without a name are written out. */
public final class WrittenTypes {
    private static final ResourceType BLOB = new ResourceType("blob");

    private final String text;
    private int at;

    private WrittenTypes(String text) {
        this.text = text;
    }

    public static ValType type(String text) {
        WrittenTypes reader = new WrittenTypes(text);
        ValType type = reader.type();
        reader.end();
        return type;
    }

    public static FuncType func(String text) {
        WrittenTypes reader = new WrittenTypes(text);
        reader.expect("func(");
        List<FuncType.Param> params = reader.list(")", () -> {
            String name = reader.word();
            reader.expect(": ");
            return new FuncType.Param(name, reader.type());
        });
        ValType result = reader.accept(" -> ") ? reader.type() : null;
        reader.end();
        return new FuncType(params, result);
    }

    private ValType type() {
        String word = word();
        return switch (word) {
            case "list" -> list();
            case "record" ->
                new RecordType(null, braces(() -> {
                    String name = word();
                    expect(": ");
                    return new RecordType.Field(name, type());
                }));
            case "tuple" -> new TupleType(angles(this::type));
            case "variant" -> new VariantType(null, braces(this::variantCase));
            case "enum" -> new EnumType(null, braces(this::word));
            case "flags" -> new FlagsType(null, braces(this::word));
            case "option" -> new OptionType(angles(this::type).get(0));
            case "result" -> result();
            case "map" -> {
                List<ValType> pair = angles(this::type);
                yield new MapType((PrimitiveType) pair.get(0), pair.get(1));
            }
            case "blob" -> new OwnType(BLOB);
            case "borrow" -> {
                expect("<blob>");
                yield new BorrowType(BLOB);
            }
            case "future" -> new FutureType(angles(this::type).get(0));
            case "stream" -> new StreamType(angles(this::type).get(0));
            default ->
                Stream.of(PrimitiveType.values())
                        .filter(p -> p.text().equals(word))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no type " + word + " in " + text));
        };
    }

    private ValType list() {
        expect("<");
        ValType element = type();
        Integer length = accept(", ") ? Integer.valueOf(word()) : null;
        expect(">");
        return new ListType(element, length);
    }

    private VariantType.Case variantCase() {
        String name = word();
        ValType payload = null;
        if (accept("(")) {
            payload = type();
            expect(")");
        }
        return new VariantType.Case(name, payload);
    }

    private ValType result() {
        if (!text.startsWith("<", at)) {
            return new ResultType(null, null);
        }
        List<Optional<ValType>> parts = angles(() -> accept("_") ? Optional.empty() : Optional.of(type()));
        return new ResultType(orNull(parts.get(0)), parts.size() == 1 ? null : orNull(parts.get(1)));
    }

    private static @Nullable ValType orNull(Optional<ValType> type) {
        return type.orElse(null);
    }

    private <T> List<T> braces(Supplier<T> item) {
        expect(" {");
        return list("}", item);
    }

    private <T> List<T> angles(Supplier<T> item) {
        expect("<");
        return list(">", item);
    }

    private <T> List<T> list(String close, Supplier<T> item) {
        var items = new ArrayList<T>();
        while (!accept(close)) {
            if (!items.isEmpty()) {
                expect(", ");
            }
            items.add(item.get());
        }
        return items;
    }

    private String word() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-')) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean accept(String token) {
        boolean found = text.startsWith(token, at);
        at += found ? token.length() : 0;
        return found;
    }

    private void expect(String token) {
        if (!accept(token)) {
            throw new IllegalArgumentException("expected " + token + " at " + at + " of " + text);
        }
    }

    private void end() {
        if (at != text.length()) {
            throw new IllegalArgumentException("more at " + at + " of " + text);
        }
    }
}
