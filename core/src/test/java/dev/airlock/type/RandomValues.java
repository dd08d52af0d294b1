package dev.airlock.type;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Creates random values of a type, the same ones for the same seed. The ends of ranges, empty lists and difficult text
 * are frequent.
 */
public final class RandomValues {
    private static final int[] HARD_CHARS = {
        0, '"', '\'', '\\', '\n', '\r', '\t', ' ', 0x7F, 0x80, 0x7FF, 0x800, 0x202E, 0x2028, 0xD7FF, 0xE000, 0xFEFF,
        0xFFFF, 0x10000, 0x1F30A, 0x10FFFF
    };

    private static final double[] HARD_FLOATS = {
        0,
        -0.0,
        1,
        -1,
        0.1,
        1e21,
        1e22,
        1e-7,
        123456789012345680.0,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        Float.MIN_VALUE,
        Float.MAX_VALUE,
        2e-3,
        8.41e21
    };

    private final Random random;

    public RandomValues(long seed) {
        this.random = new Random(seed * 31 + 7);
    }

    /** Returns a value of the type. There are none of handles, futures, streams and error contexts. */
    public Value next(ValType type) {
        return type.accept(new OfType());
    }

    private int count() {
        return random.nextInt(3) == 0 ? 0 : random.nextInt(6);
    }

    private int scalar() {
        while (true) {
            int c = switch (random.nextInt(3)) {
                case 0 -> HARD_CHARS[random.nextInt(HARD_CHARS.length)];
                case 1 -> ' ' + random.nextInt(95);
                default -> random.nextInt(Character.MAX_CODE_POINT + 1);
            };
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                return c;
            }
        }
    }

    private PrimitiveValue integer(PrimitiveType type, int bits, boolean signed) {
        BigInteger least = signed ? BigInteger.ONE.shiftLeft(bits - 1).negate() : BigInteger.ZERO;
        BigInteger most = least.add(BigInteger.ONE.shiftLeft(bits)).subtract(BigInteger.ONE);
        BigInteger number = switch (random.nextInt(4)) {
            case 0 -> least;
            case 1 -> most;
            case 2 -> BigInteger.valueOf(random.nextInt(10));
            default -> least.add(new BigInteger(bits, random));
        };
        return PrimitiveValue.integer(type, number, ValuePath.root());
    }

    private double number() {
        return random.nextBoolean()
                ? HARD_FLOATS[random.nextInt(HARD_FLOATS.length)]
                : random.nextInt(3) == 0
                        ? random.nextInt(1_000_000) / 1000.0
                        : Double.longBitsToDouble(random.nextLong());
    }

    private String string() {
        StringBuilder text = new StringBuilder();
        for (int i = count(); i > 0; i--) {
            text.appendCodePoint(scalar());
        }
        return text.toString();
    }

    private final class OfType implements ValType.Visitor<Value> {
        @Override
        public Value visitPrimitive(PrimitiveType type) {
            return switch (type) {
                case BOOL -> new PrimitiveValue.Bool(random.nextBoolean());
                case S8 -> integer(type, 8, true);
                case U8 -> integer(type, 8, false);
                case S16 -> integer(type, 16, true);
                case U16 -> integer(type, 16, false);
                case S32 -> integer(type, 32, true);
                case U32 -> integer(type, 32, false);
                case S64 -> integer(type, 64, true);
                case U64 -> integer(type, 64, false);
                case F32 ->
                    new PrimitiveValue.F32(
                            random.nextBoolean() ? (float) number() : Float.intBitsToFloat(random.nextInt()));
                case F64 -> new PrimitiveValue.F64(number());
                case CHAR -> new PrimitiveValue.Char(scalar());
                case STRING -> new PrimitiveValue.Text(string());
                case ERROR_CONTEXT -> throw noValues(type);
            };
        }

        @Override
        public Value visitList(ListType type) {
            List<Value> values = new ArrayList<>();
            Integer fixed = type.fixedLength();
            for (int i = fixed == null ? count() : fixed; i > 0; i--) {
                values.add(next(type.element()));
            }
            return ListValue.of(type, values);
        }

        @Override
        public Value visitRecord(RecordType type) {
            return new RecordValue(
                    type, type.parts().stream().map(RandomValues.this::next).toList());
        }

        @Override
        public Value visitTuple(TupleType type) {
            return new TupleValue(
                    type, type.parts().stream().map(RandomValues.this::next).toList());
        }

        @Override
        public Value visitVariant(VariantType type) {
            int index = random.nextInt(type.cases().size());
            return new VariantValue(type, index, orNull(type.cases().get(index).payload()));
        }

        @Override
        public Value visitEnum(EnumType type) {
            return new EnumValue(type, random.nextInt(type.cases().size()));
        }

        @Override
        public Value visitFlags(FlagsType type) {
            int count = type.flags().size();
            return new FlagsValue(type, count == 32 ? random.nextInt() : random.nextInt(1 << count));
        }

        @Override
        public Value visitOption(OptionType type) {
            return new OptionValue(type, random.nextInt(3) == 0 ? null : next(type.payload()));
        }

        @Override
        public Value visitResult(ResultType type) {
            boolean ok = random.nextBoolean();
            return new ResultValue(type, ok, orNull(ok ? type.ok() : type.err()));
        }

        @Override
        public Value visitMap(MapType type) {
            List<MapValue.Pair> pairs = new ArrayList<>();
            for (int i = count(); i > 0; i--) {
                pairs.add(new MapValue.Pair(next(type.key()), next(type.value())));
            }
            return new MapValue(type, pairs);
        }

        @Override
        public Value visitOwn(OwnType type) {
            throw noValues(type);
        }

        @Override
        public Value visitBorrow(BorrowType type) {
            throw noValues(type);
        }

        @Override
        public Value visitFuture(FutureType type) {
            throw noValues(type);
        }

        @Override
        public Value visitStream(StreamType type) {
            throw noValues(type);
        }

        private @Nullable Value orNull(@Nullable ValType type) {
            return type == null ? null : next(type);
        }

        private IllegalArgumentException noValues(ValType type) {
            return new IllegalArgumentException("no values of " + type + " are made up");
        }
    }
}
