package dev.airlock.engine.simd;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;

/**
 * What the specification says of each operator on vectors (section 4.3), lane by lane, on integers without bounds and without
 * regard to speed. Numbers of operators are those behind the prefix 0xFD.
 */
final class VectorReference {
    private VectorReference() {}

    /** A value of an operand or a result: a vector, or a scalar as its bits. */
    record Value(long low, long high) {
        long lane(int width, int lane) {
            int position = lane * width;
            long half = position < 64 ? low : high;
            return width == 64 ? half : half >>> (position & 63) & (1L << width) - 1;
        }

        BigInteger unsigned(int width, int lane) {
            BigInteger value = BigInteger.valueOf(lane(width, lane));
            return value.signum() < 0 ? value.add(BigInteger.ONE.shiftLeft(64)) : value;
        }

        BigInteger signed(int width, int lane) {
            BigInteger value = unsigned(width, lane);
            return value.testBit(width - 1) ? value.subtract(BigInteger.ONE.shiftLeft(width)) : value;
        }

        BigInteger integer(int width, int lane, boolean signed) {
            return signed ? signed(width, lane) : unsigned(width, lane);
        }
    }

    interface Lane {
        BigInteger of(int lane);
    }

    private static Value build(int width, Lane lanes) {
        BigInteger all = BigInteger.ZERO;
        for (int lane = 0; lane < 128 / width; lane++) {
            BigInteger mask = BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
            all = all.or(lanes.of(lane).and(mask).shiftLeft(lane * width));
        }
        return new Value(all.longValue(), all.shiftRight(64).longValue());
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }

    private static BigInteger mask(boolean condition) {
        return condition ? BigInteger.ONE.negate() : BigInteger.ZERO;
    }

    private static BigInteger saturate(BigInteger value, int width, boolean signed) {
        BigInteger greatest =
                BigInteger.ONE.shiftLeft(signed ? width - 1 : width).subtract(BigInteger.ONE);
        BigInteger least = signed ? greatest.negate().subtract(BigInteger.ONE) : BigInteger.ZERO;
        return value.max(least).min(greatest);
    }

    private static float f32(Value v, int lane) {
        return Float.intBitsToFloat((int) v.lane(32, lane));
    }

    private static double f64(Value v, int lane) {
        return Double.longBitsToDouble(v.lane(64, lane));
    }

    private static BigInteger bits(float value) {
        return big(Float.floatToRawIntBits(value));
    }

    private static BigInteger bits(double value) {
        return big(Double.doubleToRawLongBits(value));
    }

    /** Evaluates an operator; the immediate is its lane, or in two longs the constant or the numbers of a shuffle. */
    static Value evaluate(int number, long immediateLow, long immediateHigh, Value... operands) {
        Value a = operands.length > 0 ? operands[0] : new Value(0, 0);
        Value b = operands.length > 1 ? operands[1] : a;
        Value c = operands.length > 2 ? operands[2] : a;
        int lane = (int) immediateLow;
        if (number >= 0x01 && number <= 0x06) {
            int from = 8 << (number - 1) / 2;
            return build(from * 2, i -> a.integer(from, i, number % 2 == 1));
        }
        if (number >= 0x23 && number <= 0x40) {
            return compareIntegers(8 << (number - 0x23) / 10, (number - 0x23) % 10, a, b);
        }
        if (number >= 0x41 && number <= 0x4C) {
            return compareFloats(number < 0x47 ? 32 : 64, (number - 0x41) % 6, a, b);
        }
        if (number >= 0xD6 && number <= 0xDB) {
            return compareIntegers(64, new int[] {0, 1, 2, 4, 6, 8}[number - 0xD6], a, b);
        }
        switch (number) {
            case 0x07, 0x0F:
                return build(8, i -> big(a.low));
            case 0x08, 0x10:
                return build(16, i -> big(a.low));
            case 0x09, 0x11, 0x13:
                return build(32, i -> big(a.low));
            case 0x0A, 0x12, 0x14:
                return build(64, i -> big(a.low));
            case 0x0C:
                return new Value(immediateLow, immediateHigh);
            case 0x0D:
                return build(8, i -> {
                    int from = (int) new Value(immediateLow, immediateHigh).lane(8, i);
                    return big(from < 16 ? a.lane(8, from) : b.lane(8, from - 16));
                });
            case 0x0E, 0x100:
                return build(8, i -> big(b.lane(8, i) < 16 ? a.lane(8, (int) b.lane(8, i)) : 0));
            case 0x15:
                return new Value((int) a.signed(8, lane).longValue() & 0xFFFF_FFFFL, 0);
            case 0x16, 0x58:
                return new Value(a.lane(8, lane), 0);
            case 0x18:
                return new Value((int) a.signed(16, lane).longValue() & 0xFFFF_FFFFL, 0);
            case 0x19, 0x59:
                return new Value(a.lane(16, lane), 0);
            case 0x1B, 0x1F, 0x5A:
                return new Value(a.lane(32, lane), 0);
            case 0x1D, 0x21, 0x5B:
                return new Value(a.lane(64, lane), 0);
            case 0x17:
                return build(8, i -> big(i == lane ? b.low : a.lane(8, i)));
            case 0x1A:
                return build(16, i -> big(i == lane ? b.low : a.lane(16, i)));
            case 0x1C, 0x20:
                return build(32, i -> big(i == lane ? b.low : a.lane(32, i)));
            case 0x1E, 0x22:
                return build(64, i -> big(i == lane ? b.low : a.lane(64, i)));
            case 0x54, 0x55, 0x56, 0x57:
                int loaded = 8 << number - 0x54;
                return build(loaded, i -> big(i == lane ? a.low : b.lane(loaded, i)));
            case 0x5C:
                return new Value(a.low & 0xFFFF_FFFFL, 0);
            case 0x5D:
                return new Value(a.low, 0);
            case 0x4D:
                return new Value(~a.low, ~a.high);
            case 0x4E:
                return new Value(a.low & b.low, a.high & b.high);
            case 0x4F:
                return new Value(a.low & ~b.low, a.high & ~b.high);
            case 0x50:
                return new Value(a.low | b.low, a.high | b.high);
            case 0x51:
                return new Value(a.low ^ b.low, a.high ^ b.high);
            case 0x52, 0x109, 0x10A, 0x10B, 0x10C:
                return new Value(a.low & c.low | b.low & ~c.low, a.high & c.high | b.high & ~c.high);
            case 0x53:
                return new Value((a.low | a.high) != 0 ? 1 : 0, 0);
            case 0x5E:
                return build(32, i -> i < 2 ? demote(f64(a, i)) : BigInteger.ZERO);
            case 0x5F:
                return build(64, i -> promote(f32(a, i)));
            case 0x62:
                return build(8, i -> big(Long.bitCount(a.lane(8, i))));
            case 0x65, 0x66, 0x85, 0x86:
                int narrowed = number < 0x80 ? 8 : 16;
                return build(narrowed, i -> {
                    int half = 64 / narrowed;
                    BigInteger value = i < half ? a.signed(narrowed * 2, i) : b.signed(narrowed * 2, i - half);
                    return saturate(value, narrowed, (number & 1) == 1);
                });
            case 0x7C, 0x7D, 0x7E, 0x7F:
                int added = number < 0x7E ? 8 : 16;
                boolean addSigned = number % 2 == 0;
                return build(
                        added * 2, i -> a.integer(added, 2 * i, addSigned).add(a.integer(added, 2 * i + 1, addSigned)));
            case 0x82, 0x111:
                return build(
                        16,
                        i -> saturate(
                                a.signed(16, i)
                                        .multiply(b.signed(16, i))
                                        .add(big(0x4000))
                                        .shiftRight(15),
                                16,
                                true));
            case 0xBA:
                return build(32, i -> products(16, i, a, b));
            case 0x112:
                return build(16, i -> saturate(products(8, i, a, b), 16, true));
            case 0x113:
                return build(
                        32,
                        i -> saturate(products(8, 2 * i, a, b), 16, true)
                                .add(saturate(products(8, 2 * i + 1, a, b), 16, true))
                                .add(c.signed(32, i)));
            case 0xF8, 0x101:
                return build(32, i -> truncate(f32(a, i), true));
            case 0xF9, 0x102:
                return build(32, i -> truncate(f32(a, i), false));
            case 0xFC, 0x103:
                return build(32, i -> i < 2 ? truncate(f64(a, i), true) : BigInteger.ZERO);
            case 0xFD, 0x104:
                return build(32, i -> i < 2 ? truncate(f64(a, i), false) : BigInteger.ZERO);
            case 0xFA:
                return build(32, i -> bits(new BigDecimal(a.signed(32, i)).floatValue()));
            case 0xFB:
                return build(32, i -> bits(new BigDecimal(a.unsigned(32, i)).floatValue()));
            case 0xFE:
                return build(64, i -> bits(a.signed(32, i).doubleValue()));
            case 0xFF:
                return build(64, i -> bits(a.unsigned(32, i).doubleValue()));
            case 0x105:
                return build(32, i -> bits(f32(a, i) * f32(b, i) + f32(c, i)));
            case 0x106:
                return build(32, i -> bits(-f32(a, i) * f32(b, i) + f32(c, i)));
            case 0x107:
                return build(64, i -> bits(f64(a, i) * f64(b, i) + f64(c, i)));
            case 0x108:
                return build(64, i -> bits(-f64(a, i) * f64(b, i) + f64(c, i)));
            case 0x67:
                return round(32, Math::ceil, a);
            case 0x68:
                return round(32, Math::floor, a);
            case 0x69:
                return round(32, x -> x < 0 ? Math.ceil(x) : Math.floor(x), a);
            case 0x6A:
                return round(32, Math::rint, a);
            case 0x74:
                return round(64, Math::ceil, a);
            case 0x75:
                return round(64, Math::floor, a);
            case 0x7A:
                return round(64, x -> x < 0 ? Math.ceil(x) : Math.floor(x), a);
            case 0x94:
                return round(64, Math::rint, a);
            case 0x10D, 0x10E:
                return floats(32, number - 0x10D + 0xE8 - 0xE0, a, b);
            case 0x10F, 0x110:
                return floats(64, number - 0x10F + 0xF4 - 0xEC, a, b);
            default:
                return number >= 0xE0
                        ? floats(number < 0xEC ? 32 : 64, number < 0xEC ? number - 0xE0 : number - 0xEC, a, b)
                        : integers(8 << (number - 0x60) / 0x20, (number - 0x60) % 0x20, a, b);
        }
    }

    private static BigInteger products(int width, int lane, Value a, Value b) {
        return a.signed(width, 2 * lane)
                .multiply(b.signed(width, 2 * lane))
                .add(a.signed(width, 2 * lane + 1).multiply(b.signed(width, 2 * lane + 1)));
    }

    private static Value compareIntegers(int width, int comparison, Value a, Value b) {
        return build(width, i -> {
            int signed = a.signed(width, i).compareTo(b.signed(width, i));
            int unsigned = a.unsigned(width, i).compareTo(b.unsigned(width, i));
            int order = comparison % 2 == 0 ? signed : unsigned;
            return mask(
                    switch (comparison) {
                        case 0 -> signed == 0;
                        case 1 -> signed != 0;
                        case 2, 3 -> order < 0;
                        case 4, 5 -> order > 0;
                        case 6, 7 -> order <= 0;
                        default -> order >= 0;
                    });
        });
    }

    private static Value compareFloats(int width, int comparison, Value a, Value b) {
        return build(width, i -> {
            double x = width == 32 ? f32(a, i) : f64(a, i);
            double y = width == 32 ? f32(b, i) : f64(b, i);
            return mask(
                    switch (comparison) {
                        case 0 -> x == y;
                        case 1 -> x != y;
                        case 2 -> x < y;
                        case 3 -> x > y;
                        case 4 -> x <= y;
                        default -> x >= y;
                    });
        });
    }

    private static Value integers(int width, int operator, Value a, Value b) {
        int lanes = 128 / width;
        int count = (int) (b.low & width - 1);
        IntUnaryOperator isNegative = i -> a.signed(width, i).signum() < 0 ? 1 : 0;
        switch (operator) {
            case 0x03, 0x04:
                int all = 1;
                int mask = 0;
                for (int i = 0; i < lanes; i++) {
                    all &= a.lane(width, i) != 0 ? 1 : 0;
                    mask |= isNegative.applyAsInt(i) << i;
                }
                return new Value(operator == 0x03 ? all : mask, 0);
            case 0x07, 0x08, 0x09, 0x0A:
                int skipped = operator % 2 == 0 ? lanes : 0;
                return build(width, i -> a.integer(width / 2, i + skipped, operator < 0x09));
            case 0x1C, 0x1D, 0x1E, 0x1F:
                int from = operator % 2 == 1 ? lanes : 0;
                boolean signed = operator < 0x1E;
                return build(
                        width,
                        i -> a.integer(width / 2, i + from, signed).multiply(b.integer(width / 2, i + from, signed)));
            default:
                break;
        }
        return build(width, i -> {
            BigInteger x = a.signed(width, i);
            BigInteger y = b.signed(width, i);
            BigInteger ux = a.unsigned(width, i);
            BigInteger uy = b.unsigned(width, i);
            return switch (operator) {
                case 0x00 -> x.abs();
                case 0x01 -> x.negate();
                case 0x0B -> x.shiftLeft(count);
                case 0x0C -> x.shiftRight(count);
                case 0x0D -> ux.shiftRight(count);
                case 0x0E -> x.add(y);
                case 0x0F -> saturate(x.add(y), width, true);
                case 0x10 -> saturate(ux.add(uy), width, false);
                case 0x11 -> x.subtract(y);
                case 0x12 -> saturate(x.subtract(y), width, true);
                case 0x13 -> saturate(ux.subtract(uy), width, false);
                case 0x15 -> x.multiply(y);
                case 0x16 -> x.min(y);
                case 0x17 -> ux.min(uy);
                case 0x18 -> x.max(y);
                case 0x19 -> ux.max(uy);
                case 0x1B -> ux.add(uy).add(BigInteger.ONE).shiftRight(1);
                default -> throw new IllegalArgumentException("operator " + operator + " of width " + width);
            };
        });
    }

    private static Value round(int width, DoubleUnaryOperator operator, Value a) {
        return build(
                width,
                i -> width == 32
                        ? bits((float) operator.applyAsDouble(f32(a, i)))
                        : bits(operator.applyAsDouble(f64(a, i))));
    }

    /** @param operator counted from {@code abs} */
    private static Value floats(int width, int operator, Value a, Value b) {
        return build(width, i -> {
            if (operator == 0 || operator == 1 || operator >= 10) {
                BigInteger x = a.unsigned(width, i);
                boolean takesSecond = width == 32
                        ? operator == 10 ? f32(b, i) < f32(a, i) : f32(a, i) < f32(b, i)
                        : operator == 10 ? f64(b, i) < f64(a, i) : f64(a, i) < f64(b, i);
                return switch (operator) {
                    case 0 -> x.clearBit(width - 1);
                    case 1 -> x.flipBit(width - 1);
                    default -> takesSecond ? b.unsigned(width, i) : x;
                };
            }
            if (operator == 3) {
                return width == 32 ? bits((float) Math.sqrt(f32(a, i))) : bits(Math.sqrt(f64(a, i)));
            }
            // A sum, product or quotient of two floats is exact enough as a double to be rounded once more.
            DoubleBinaryOperator binary = switch (operator) {
                case 4 -> (x, y) -> x + y;
                case 5 -> (x, y) -> x - y;
                case 6 -> (x, y) -> x * y;
                case 7 -> (x, y) -> x / y;
                case 8 -> Math::min;
                case 9 -> Math::max;
                default -> throw new IllegalArgumentException("operator " + operator + " of floats");
            };
            return width == 32
                    ? bits((float) binary.applyAsDouble(f32(a, i), f32(b, i)))
                    : bits(binary.applyAsDouble(f64(a, i), f64(b, i)));
        });
    }

    private static BigInteger truncate(double value, boolean signed) {
        if (Double.isNaN(value)) {
            return BigInteger.ZERO;
        }
        if (Double.isInfinite(value)) {
            return saturate(BigInteger.ONE.shiftLeft(64).multiply(big((long) Math.signum(value))), 32, signed);
        }
        return saturate(new BigDecimal(value).toBigInteger(), 32, signed);
    }

    private static BigInteger demote(double value) {
        return bits((float) value);
    }

    private static BigInteger promote(float value) {
        return bits((double) value);
    }

    /**
     * Returns the width of the lanes of a result that must be a quiet NaN wherever one is expected, canonical if every NaN of
     * the operands is; else 0, and the bits are given.
     */
    static int nanWidth(int number) {
        return switch (number) {
            case 0x5E, 0x67, 0x68, 0x69, 0x6A, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0x105, 0x106, 0x10D, 0x10E ->
                32;
            case 0x5F, 0x74, 0x75, 0x7A, 0x94, 0xEF, 0xF0, 0xF1, 0xF2, 0xF3, 0xF4, 0xF5, 0x107, 0x108, 0x10F, 0x110 ->
                64;
            default -> 0;
        };
    }
}
