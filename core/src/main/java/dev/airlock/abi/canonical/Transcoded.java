package dev.airlock.abi.canonical;

import dev.airlock.abi.GuestText;
import dev.airlock.abi.GuestText.Coding;
import dev.airlock.abi.form.Budget;
import dev.airlock.memory.linear.LinearMemory;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * A string of one guest for another, from memory to memory (Canonical ABI, "Storing", {@code store_string_into_range}).
 * The receiver is asked for room as the specification says, in sizes that it can see: first for a guess, then for the
 * worst case, and last for the actual size.
 */
final class Transcoded {
    private final GuestText text;
    private final boolean tagged;
    private final StringEncoding to;

    private Transcoded(GuestText text, boolean tagged, StringEncoding to) {
        this.text = text;
        this.tagged = tagged;
        this.to = to;
    }

    /** Traps unless the string is well-formed. */
    static Transcoded of(
            LinearMemory memory,
            int pointer,
            int count,
            StringEncoding from,
            StringEncoding to,
            @Nullable Budget budget,
            boolean nested,
            String what) {
        boolean tagged = from == StringEncoding.LATIN1_UTF16 && (count & CanonicalOperations.UTF16_TAG) != 0;
        Coding coding = from == StringEncoding.UTF8
                ? Coding.UTF8
                : tagged || from == StringEncoding.UTF16 ? Coding.UTF16 : Coding.LATIN1;
        int units = tagged ? count ^ CanonicalOperations.UTF16_TAG : count;
        LiftingOperations.checkList(memory, pointer, units, coding.width(), from.alignment(), 0, budget, nested, what);
        GuestText text = GuestText.of(memory, pointer, units, coding);
        if (text == null) {
            String said = LiftingOperations.decodeText(memory, pointer, count, from, null, nested, what);
            throw new IllegalStateException(what + " is ill-formed and was decoded: " + said.length() + " characters");
        }
        return new Transcoded(text, tagged, to);
    }

    private Coding coding() {
        return switch (to) {
            case UTF8 -> Coding.UTF8;
            case UTF16 -> Coding.UTF16;
            case LATIN1_UTF16 -> text.highest() <= GuestText.LATIN1 ? Coding.LATIN1 : Coding.UTF16;
        };
    }

    /** Returns the length in the receiver's code units, with the tag if there is one. */
    int units() {
        int size = text.size(coding());
        return switch (to) {
            case UTF8 -> size;
            case UTF16 -> size / 2;
            case LATIN1_UTF16 -> coding() == Coding.LATIN1 ? size : size / 2 | CanonicalOperations.UTF16_TAG;
        };
    }

    /**
     * Allocates and fills.
     *
     * @return the pointer to the string
     */
    int place(MethodHandle realloc, LinearMemory memory, CanonicalContext context, String function) throws Throwable {
        var block = new Block(realloc, memory, context, function);
        Coding coding = coding();
        int align = to.alignment();
        int units = text.units();
        switch (to) {
            case UTF8 -> {
                block.resize(align, units);
                if (text.highest() > GuestText.ASCII && text.coding() != Coding.UTF8) {
                    block.resize(align, units * (text.coding() == Coding.UTF16 ? 3 : 2));
                }
            }
            case UTF16 -> block.resize(align, units * 2);
            case LATIN1_UTF16 -> {
                block.resize(align, tagged ? units * 2 : units);
                if (coding == Coding.UTF16 && !tagged) {
                    block.resize(align, units * 2);
                }
            }
        }
        text.write(memory, block.pointer, coding);
        int size = text.size(coding);
        boolean narrowed = tagged && coding == Coding.LATIN1;
        if (narrowed || size < block.size) {
            block.resize(narrowed ? 1 : align, size);
        }
        return block.pointer;
    }

    /** Asks the receiver for room. */
    private static final class Block {
        private final MethodHandle realloc;
        private final LinearMemory memory;
        private final CanonicalContext context;
        private final String function;
        private int pointer;
        private int size;

        Block(MethodHandle realloc, LinearMemory memory, CanonicalContext context, String function) {
            this.realloc = realloc;
            this.memory = memory;
            this.context = context;
            this.function = function;
        }

        /** Three times the most that the sender may have is still an int. */
        void resize(int align, int wanted) throws Throwable {
            context.mayLeave(false);
            int given = (int) realloc.invokeExact(context, pointer, size, align, wanted);
            context.mayLeave(true);
            pointer = LoweringOperations.allocated(memory, given, wanted, align, function);
            size = wanted;
        }
    }
}
