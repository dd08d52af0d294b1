package dev.airlock.abi;

import dev.airlock.codegen.Register;
import dev.airlock.mapping.BlockForm;
import dev.airlock.shape.Carrier;
import dev.airlock.shape.ScalarForm;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One step of a {@link Plan}. Steps run in order, and each reads registers that earlier ones have set.
 *
 * <p>Offsets are in bytes, from the start of the guest's first memory.
 */
public interface Step {
    /** A Java number to a core number, checked against its range. */
    record Lower(Register core, Register value, ScalarForm form) implements Step {
        @Override
        public String toString() {
            return core + " = " + form.name().toLowerCase(Locale.ROOT) + "(" + value + ")";
        }
    }

    /** A core number to a Java number. */
    record Lift(Register value, Register core, ScalarForm form) implements Step {
        @Override
        public String toString() {
            return value + " = " + form.name().toLowerCase(Locale.ROOT) + "(" + core + ")";
        }
    }

    /** A Java value to the array that holds its elements; without a NUL among them where one is to end them. */
    record Encode(Register elements, Register value, Carrier.Block carrier, boolean nul) implements Step {
        @Override
        public String toString() {
            return elements + " = " + carrier.form().name().toLowerCase(Locale.ROOT) + "(" + value + ")"
                    + (nul ? ", no NUL in it" : "");
        }
    }

    /** How many elements an array has; an array of bytes may have several to an element. */
    record Count(Register count, Register elements, int divisor) implements Step {
        @Override
        public String toString() {
            return count + " = count(" + elements + ")" + (divisor == 1 ? "" : " / " + divisor);
        }
    }

    /**
     * A block is set aside in the guest. Checked: inside the memory, aligned, not null unless it is empty.
     *
     * @param count how many elements it has to hold
     * @param extra bytes behind them
     * @param evenEmpty whether a block of no bytes is asked for too, as its owner will free it; else nobody is asked,
     *     and the pointer is 8
     */
    record Allocate(Register pointer, Register count, int width, int extra, boolean evenEmpty) implements Step {
        @Override
        public String toString() {
            return pointer + " = allocate(" + size(count, width, extra) + ")";
        }
    }

    /** Eight bytes are set aside for a function to say where its result is. */
    record AllocateReturn(Register pointer) implements Step {
        @Override
        public String toString() {
            return pointer + " = allocate(8)";
        }
    }

    /** The same on the guest's shadow stack, which stays aligned: {@link #ROOM} bytes of it. */
    record PushReturn(Register pointer) implements Step {
        public static final int ROOM = 16;

        @Override
        public String toString() {
            return pointer + " = push(" + ROOM + ")";
        }
    }

    /** The guest's shadow stack is as it was before {@link PushReturn}. */
    record PopReturn(Register pointer) implements Step {
        @Override
        public String toString() {
            return "pop(" + pointer + ", " + PushReturn.ROOM + ")";
        }
    }

    /** Elements are copied into the guest, and a NUL behind them where it asks for one. */
    record Store(Register pointer, Register elements, BlockForm form, boolean nul) implements Step {
        @Override
        public String toString() {
            return "memory[" + pointer + "…] = " + elements + (nul ? ", NUL" : "");
        }
    }

    /** Pointer and count in one i64. */
    record Pack(Register fat, Register pointer, Register count) implements Step {
        @Override
        public String toString() {
            return fat + " = " + pointer + " << 32 | " + count;
        }
    }

    /** The guest function is called. From here on what it takes is the guest's. */
    record Call(@Nullable Register result, List<Register> args) implements Step {
        public Call {
            args = List.copyOf(args);
        }

        @Override
        public String toString() {
            return (result == null ? "" : result + " = ")
                    + args.stream().map(Register::name).collect(Collectors.joining(", ", "call(", ")"));
        }
    }

    /**
     * The Java method is called.
     *
     * @param givesGuest whether the method takes the guest before its arguments
     */
    record CallJava(@Nullable Register result, boolean givesGuest, List<Register> args) implements Step {
        public CallJava {
            args = List.copyOf(args);
        }

        @Override
        public String toString() {
            return (result == null ? "" : result + " = ")
                    + Stream.concat(
                                    givesGuest ? Stream.of("guest") : Stream.of(),
                                    args.stream().map(Register::name))
                            .collect(Collectors.joining(", ", "java(", ")"));
        }
    }

    /** Pointer and count are written to the eight bytes of a return pointer. */
    record StorePair(Register ret, Register pointer, Register count) implements Step {
        @Override
        public String toString() {
            return "memory[" + ret + "…] = " + pointer + ", " + count;
        }
    }

    /** Pointer and count as two results. */
    record Pair(Register both, Register pointer, Register count) implements Step {
        @Override
        public String toString() {
            return both + " = " + pointer + ", " + count;
        }
    }

    /** A register that outlives the one it is copied from. */
    record Move(Register to, Register from) implements Step {
        @Override
        public String toString() {
            return to + " = " + from;
        }
    }

    /** Pointer and count out of one i64. */
    record Unpack(Register pointer, Register count, Register fat) implements Step {
        @Override
        public String toString() {
            return pointer + ", " + count + " = " + fat + " >>> 32, " + fat;
        }
    }

    /** One of several results. */
    record Pick(Register value, Register results, int index) implements Step {
        @Override
        public String toString() {
            return value + " = " + results + "[" + index + "]";
        }
    }

    /** Four bytes of the guest's memory. */
    record Load(Register value, Register pointer, int displacement) implements Step {
        @Override
        public String toString() {
            return value + " = memory[" + pointer + " + " + displacement + "]";
        }
    }

    /** How many bytes there are before a NUL. */
    record Length(Register count, Register pointer) implements Step {
        @Override
        public String toString() {
            return count + " = length(" + pointer + ")";
        }
    }

    /** A block of the guest's to a Java value, copied. Checked: inside the memory, aligned, well-formed. */
    record Decode(Register value, Register pointer, Register count, Carrier.Block carrier) implements Step {
        @Override
        public String toString() {
            return value + " = " + carrier.form().name().toLowerCase(Locale.ROOT) + "(memory[" + pointer + ", " + count
                    + "])";
        }
    }

    /**
     * A block is given back; if the count is missing, the eight bytes of a return pointer.
     *
     * @param ours whether it was set aside by this plan; else the guest gave it
     */
    record Free(Register pointer, @Nullable Register count, int width, int extra, boolean ours) implements Step {
        @Override
        public String toString() {
            return "free(" + pointer + ", " + (count == null ? "8" : size(count, width, extra)) + ")";
        }
    }

    /**
     * The pointer to free: none if what the guest gave is static, so that its allocator never had it. If the allocator's own
     * blocks lie there, too, nothing is.
     *
     * @param freed the pointer, or 0
     * @param own a block that the allocator gave for this call; null for none
     */
    record SkipStatic(
            Register freed, Register pointer, @Nullable Free own) implements Step {
        @Override
        public String toString() {
            return freed + " = " + pointer + " unless static"
                    + (own == null ? "" : " and " + own.pointer() + " is not");
        }
    }

    /**
     * The guest gave no bytes back that are the host's to free anyway. Checked before they are read, since from then on
     * both are freed whatever happens.
     */
    record CheckDisjoint(Free result, Free other) implements Step {
        @Override
        public String toString() {
            return "apart(" + block(result) + ", " + block(other) + ")";
        }

        private static String block(Free free) {
            return "memory[" + free.pointer() + ", "
                    + (free.count() == null ? "8" : size(free.count(), free.width(), free.extra())) + "]";
        }
    }

    /** As in {@code count * 8 + 1}. */
    /**
     * Steps for what may be missing: they run if a pointer or an object is not null.
     *
     * @param sets the registers that others read, which are 0 or null if they do not run
     */
    record IfThere(Register there, List<Step> steps, List<Register> sets) implements Step {
        public IfThere {
            steps = List.copyOf(steps);
            sets = List.copyOf(sets);
        }

        @Override
        public String toString() {
            return "if " + there + ":"
                    + steps.stream()
                            .map(step -> "\n  " + step.toString().replace("\n", "\n  "))
                            .collect(Collectors.joining());
        }
    }

    /** What is in an option, or null. */
    record Unwrap(Register payload, Register option) implements Step {
        @Override
        public String toString() {
            return payload + " = " + option + ", or null";
        }
    }

    /** An option of what may be null. */
    record Wrap(Register option, Register payload, Carrier.Block carrier) implements Step {
        @Override
        public String toString() {
            return option + " = option(" + payload + ")";
        }
    }

    static String size(Register count, int width, int extra) {
        return count + (width == 1 ? "" : " * " + width) + (extra == 0 ? "" : " + " + extra);
    }
}
