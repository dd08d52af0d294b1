package dev.airlock.engine.vector;

/**
 * Arithmetic on all lanes of a half at once, for lanes of 8 and of 16 bits: carries are kept from leaving a lane by computing
 * its highest bit apart. {@code tops} has the highest bit of each lane set. Methods that compare return lanes of ones or zeros.
 */
final class PackedLanes {
    private PackedLanes() {}

    static long add(long a, long b, long tops) {
        return (a & ~tops) + (b & ~tops) ^ (a ^ b) & tops;
    }

    static long sub(long a, long b, long tops) {
        return (a | tops) - (b & ~tops) ^ (a ^ ~b) & tops;
    }

    /** Returns the highest bit of each lane that is not zero. */
    static long nonZero(long a, long tops) {
        return ((a & ~tops) + ~tops | a) & tops;
    }

    /** Returns the highest bit of each lane that is zero. */
    static long zero(long a, long tops) {
        return ~((a & ~tops) + ~tops | a) & tops;
    }

    /** Fills each lane whose highest bit is set, by shifting it down and subtracting within the lane. */
    static long fill(long topBits, int width) {
        return (topBits << 1) - (topBits >>> width - 1);
    }

    /** Returns the highest bit of each lane in which {@code a} is less, all signed. */
    static long lessSigned(long a, long b, long tops) {
        return (a & ~b | ~(a ^ b | notBelow(a, b, tops))) & tops;
    }

    /** Returns the highest bit of each lane in which {@code a} is less, all unsigned. */
    static long lessUnsigned(long a, long b, long tops) {
        return (~a & b | ~(a ^ b | notBelow(a, b, tops))) & tops;
    }

    /** Sets the highest bit of each lane in which {@code a} is not less as far as the other bits say; the rest is undefined. */
    private static long notBelow(long a, long b, long tops) {
        return (a | tops) - (b & ~tops);
    }

    /** Returns {@code a} where the mask is set, else {@code b}. */
    static long choose(long mask, long a, long b) {
        return (a ^ b) & mask ^ b;
    }

    static long abs(long a, long tops, int width) {
        long negative = fill(a & tops, width);
        return sub(a ^ negative, negative, tops);
    }

    static long addSaturatingUnsigned(long a, long b, long tops, int width) {
        long sum = add(a, b, tops);
        return sum | fill((a & b | (a | b) & ~sum) & tops, width);
    }

    static long subSaturatingUnsigned(long a, long b, long tops, int width) {
        return sub(a, b, tops) & ~fill(lessUnsigned(a, b, tops), width);
    }

    static long addSaturatingSigned(long a, long b, long tops, int width) {
        long sum = add(a, b, tops);
        return choose(fill(~(a ^ b) & (a ^ sum) & tops, width), limit(a, tops, width), sum);
    }

    static long subSaturatingSigned(long a, long b, long tops, int width) {
        long difference = sub(a, b, tops);
        return choose(fill((a ^ b) & (a ^ difference) & tops, width), limit(a, tops, width), difference);
    }

    /** Returns the greatest value in lanes that are not negative, and the least in those that are. */
    private static long limit(long a, long tops, int width) {
        return ~tops + ((a & tops) >>> width - 1);
    }

    /** Returns the rounded averages; the sum of a lane is never formed. */
    static long average(long a, long b, long tops, int width) {
        return (a | b) - (((a ^ b) & ~(tops >>> width - 1)) >>> 1);
    }
}
