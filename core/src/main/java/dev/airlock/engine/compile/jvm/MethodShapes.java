package dev.airlock.engine.compile.jvm;

/**
 * Which parameters are passed as parameters of JVM methods. For each sequence of their kinds (int, long, float, double,
 * reference) that HotSpot meets first, it makes an adapter between compiled and interpreted code, which takes some hundred
 * bytes to some thousand of its code cache and stays until the process ends. Guests choose their function types, so without a
 * bound a few megabytes of types would leave no room for any code. Here are about 12,000 sequences in all; functions with
 * others pass their parameters through the spill.
 */
public final class MethodShapes {
    /** Methods take 255 slots; a few are for the instance and whatever else comes last. */
    private static final int MOST_SLOTS = 250;

    private static final String KINDS = "IJFDL";

    private MethodShapes() {}

    /** Whether a JVM method can have parameters of these carriers at all. */
    public static boolean canBePassed(String carriers) {
        return carriers.length() <= MOST_SLOTS && Signature.slots(carriers) <= MOST_SLOTS;
    }

    /**
     * Whether methods of guests have parameters of these carriers, so that callers pass them directly.
     *
     * @param carriers of {@link dev.airlock.engine.binary.ValueTypes#carrier}; a vector is two longs
     */
    public static boolean isPassed(String carriers) {
        if (!canBePassed(carriers)) {
            return false;
        }
        int[] counts = new int[KINDS.length()];
        int all = 0;
        int most = 0;
        for (int i = 0; i < carriers.length(); i++) {
            char carrier = carriers.charAt(i);
            int kind = KINDS.indexOf(carrier == 'V' ? 'J' : carrier);
            int parameters = carrier == 'V' ? 2 : 1;
            counts[kind] += parameters;
            most = Math.max(most, counts[kind]);
            all += parameters;
        }
        int others = all - most;
        int integers = counts[0] + counts[1];
        return all <= 5
                || others == 0
                || (all <= 8 && others <= 2)
                || (all <= 10 && integers == all)
                || (all <= 16 && counts[0] == most && others <= 1);
    }
}
