package dev.airlock.engine.compile;

import dev.airlock.engine.validate.ValidModule;
import java.util.Arrays;

/** Which functions share a class. The classes can be made side by side, and the JVM loads only those that are called. */
final class FunctionGroups {
    private static final int MOST_FUNCTIONS = 100;

    /** So that what they call and their constants fit into one class: a call takes at least two bytes and adds three names. */
    private static final int MOST_BYTES = 1 << 15;

    /** The first function of each group, and behind the last one the number of functions. */
    private final int[] firsts;

    FunctionGroups(ValidModule module) {
        int imported = module.importedFunctions();
        int count = module.functionCount();
        int[] made = new int[count - imported + 1];
        int groups = 0;
        int bytes = 0;
        for (int function = imported; function < count; function++) {
            int length = module.bodyRange(function).length();
            boolean begins = function == imported
                    || function - made[groups - 1] == MOST_FUNCTIONS
                    || bytes + length > MOST_BYTES;
            if (begins) {
                made[groups++] = function;
                bytes = 0;
            }
            bytes += length;
        }
        made[groups] = count;
        firsts = Arrays.copyOf(made, groups + 1);
    }

    int count() {
        return firsts.length - 1;
    }

    /** Returns the first function of a group; for the group behind the last, the number of functions. */
    int firstOf(int group) {
        return firsts[group];
    }

    /** Returns the group of a function that the module defines. */
    int of(int function) {
        int found = Arrays.binarySearch(firsts, 0, count(), function);
        return found < 0 ? -found - 2 : found;
    }
}
