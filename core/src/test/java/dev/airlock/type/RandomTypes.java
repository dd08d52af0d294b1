package dev.airlock.type;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates random types, the same ones for the same seed.
 *
 * <pre>{@code
 * RandomTypes.seeds(1_000, seed -> {
 *     ValType type = new RandomTypes(seed).next();
 *     Value value = new RandomValues(seed).next(type);
 *     …
 * });
 * }</pre>
 */
public final class RandomTypes {
    private static final int MAX_DEPTH = 4;
    private static final int MAX_MEMBERS = 5;

    /** Some are keywords of WIT or WAVE, some are in upper case. */
    private static final List<String> WORDS = List.of(
            "a",
            "b",
            "name",
            "num",
            "qty",
            "list",
            "record",
            "type",
            "some",
            "none",
            "ok",
            "err",
            "nan",
            "inf",
            "true",
            "false",
            "u8",
            "async",
            "func",
            "error-context",
            "is-XML",
            "a1-2-3",
            "HTTP",
            "very-long-name-of-a-thing");

    private static final List<PrimitiveType> WITH_TEXT =
            List.of(PrimitiveType.values()).subList(0, PrimitiveType.ERROR_CONTEXT.ordinal());

    private final Random random;
    private final boolean handles;

    /** Creates types of which {@link RandomValues} has values. */
    public RandomTypes(long seed) {
        this(new Random(seed), false);
    }

    private RandomTypes(Random random, boolean handles) {
        this.random = random;
        this.handles = handles;
    }

    /** Creates all types, including those whose values need a guest: handles, futures, streams, error contexts. */
    public static RandomTypes withHandles(long seed) {
        return new RandomTypes(new Random(seed), true);
    }

    /** Runs a test for the seeds from 0 on. A failure names its seed. */
    public static void seeds(int count, LongConsumer test) {
        for (long seed = 0; seed < count; seed++) {
            try {
                test.accept(seed);
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ": " + e, e);
            }
        }
    }

    /** Returns the next type. */
    public ValType next() {
        return type(1, handles);
    }

    /** Returns the next function type. */
    public FuncType nextFunc() {
        List<FuncType.Param> params =
                labels(0).stream().map(l -> new FuncType.Param(l, next())).toList();
        ValType result = random.nextInt(4) == 0 ? null : type(1, false);
        return new FuncType(params, result, random.nextInt(8) == 0);
    }

    private ValType type(int depth, boolean borrows) {
        if (depth >= MAX_DEPTH || random.nextInt(3) == 0) {
            return leaf(borrows);
        }
        Supplier<ValType> part = () -> type(depth + 1, borrows);
        return switch (random.nextInt(handles ? 12 : 10)) {
            case 0, 1 -> new ListType(part.get(), random.nextInt(5) == 0 ? 1 + random.nextInt(3) : null);
            case 2, 3 ->
                new RecordType(
                        name(),
                        labels(1).stream()
                                .map(l -> new RecordType.Field(l, part.get()))
                                .toList());
            case 4 -> {
                List<ValType> elements = new ArrayList<>();
                do {
                    elements.add(part.get());
                } while (random.nextInt(3) != 0);
                yield new TupleType(elements);
            }
            case 5, 6 ->
                new VariantType(
                        name(),
                        labels(1).stream()
                                .map(l -> new VariantType.Case(l, orNone(part)))
                                .toList());
            case 7 -> new OptionType(part.get());
            case 8 -> new ResultType(orNone(part), orNone(part));
            case 9 -> {
                PrimitiveType key = pick(WITH_TEXT);
                yield new MapType(key.isKey() ? key : PrimitiveType.STRING, part.get());
            }
            case 10 -> new FutureType(orNone(() -> type(depth + 1, false)));
            default -> {
                ValType element = orNone(() -> type(depth + 1, false));
                yield new StreamType(element == PrimitiveType.CHAR ? PrimitiveType.U8 : element);
            }
        };
    }

    private ValType leaf(boolean borrows) {
        return switch (random.nextInt(handles ? 8 : 6)) {
            case 0 -> new EnumType(name(), labels(1));
            case 1 -> new FlagsType(name(), labels(1));
            case 6 -> new OwnType(new ResourceType(pick(List.of("blob", "file", "stream"))));
            case 7 ->
                borrows ? new BorrowType(new ResourceType(pick(List.of("blob", "file")))) : PrimitiveType.ERROR_CONTEXT;
            default -> pick(WITH_TEXT);
        };
    }

    private @Nullable ValType orNone(Supplier<ValType> type) {
        return random.nextInt(3) == 0 ? null : type.get();
    }

    private @Nullable String name() {
        return random.nextInt(4) == 0 ? null : "t-" + pick(WORDS);
    }

    private List<String> labels(int least) {
        List<String> labels = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        int count = least + random.nextInt(MAX_MEMBERS);
        while (labels.size() < count) {
            String label = pick(WORDS);
            if (seen.add(label.toLowerCase(Locale.ROOT))) {
                labels.add(label);
            }
        }
        return labels;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
