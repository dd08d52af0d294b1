package dev.airlock.engine.runtime;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names functions by numbers that hold in other instances of the same modules too: that of the instance which defines or imports
 * the function, in the lower half, and its index there, in the upper.
 */
final class FunctionNumbers {
    static final long NULL = -1;

    private final Map<InstanceState, Integer> members;

    /** Functions that are not defined by a member: each by an import of one. */
    private final Map<FuncRef, Long> imported = new IdentityHashMap<>();

    /** @param members the instances whose functions may be named, and their numbers */
    FunctionNumbers(Map<InstanceState, Integer> members) {
        this.members = new HashMap<>(members);
        members.forEach((member, number) -> {
            for (int i = 0; i < member.functions.length; i++) {
                imported.putIfAbsent(member.functions[i], number(number, i));
            }
        });
    }

    private static long number(int member, int function) {
        return (long) function << 32 | member;
    }

    /** Returns the number of a function; {@link #NULL} if no member has it. */
    long of(FuncRef function) {
        Integer member = function.owner == null ? null : members.get(function.owner);
        if (member != null) {
            return number(member, function.index);
        }
        return imported.getOrDefault(function, NULL);
    }

    static @Nullable FuncRef function(long number, InstanceState[] members) {
        return number == NULL ? null : members[(int) number].function((int) (number >>> 32));
    }
}
