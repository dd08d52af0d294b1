package dev.airlock.engine.validate;

import dev.airlock.engine.binary.ByteInput;
import dev.airlock.engine.binary.ValueTypes;
import java.util.Arrays;

/**
 * The two stacks of validation (core specification, appendix "Validation Algorithm"): types of operands, and open constructs.
 * Also which code can be reached at all, which the specification does not ask but a compiler wants to know.
 */
final class OperandTypes {
    static final int[] NONE = {};

    /** The heap type of what {@code ref.as_non_null} makes of an operand that cannot be reached: below all others. */
    static final int HEAP_BOTTOM = ValueTypes.ABSTRACT;

    static final int BOTTOM_REFERENCE = ValueTypes.reference(false, HEAP_BOTTOM);

    /** A call takes two bytes and pushes up to 1,000 operands, so the length of a body is no bound. */
    private static final int MOST_OPERANDS = 1_000_000;

    private final ModuleTypes types;
    private final ByteInput in;
    private int[] operands = new int[64];
    private int size;

    /** The offset of the operator that is being validated, for errors. */
    private int at;

    /** One open construct. */
    static final class Frame {
        int opcode;
        int[] start = NONE;
        int[] end = NONE;
        int height;
        boolean unreachable;

        /** Whether its start can be reached, so that the sink knows of it. */
        boolean live;

        /** Whether a branch that can be reached goes to its end. */
        boolean joined;

        /** The last {@code br_table} that its label was checked for. */
        int checkedAt;

        /** How many locals were set before it. */
        int initialised;

        int[] label() {
            return opcode == FunctionValidator.LOOP ? start : end;
        }
    }

    private Frame[] frames = new Frame[16];
    private int depth;

    /** Whether the next operator can be reached. */
    private boolean live = true;

    OperandTypes(ModuleTypes types, ByteInput in) {
        this.types = types;
        this.in = in;
    }

    boolean isLive() {
        return live;
    }

    void setLive(boolean value) {
        live = value;
    }

    void at(int offset) {
        at = offset;
    }

    int depth() {
        return depth;
    }

    Frame top() {
        return frames[depth - 1];
    }

    Frame frame(int label, int offset) {
        if (label < 0 || label >= depth) {
            throw in.error(offset, "unknown label " + Integer.toUnsignedString(label));
        }
        return frames[depth - 1 - label];
    }

    void push(int type) {
        if (size == operands.length) {
            grow(1);
        }
        operands[size++] = type;
    }

    void push(int[] all) {
        if (all.length > operands.length - size) {
            grow(all.length);
        }
        System.arraycopy(all, 0, operands, size, all.length);
        size += all.length;
    }

    private void grow(int more) {
        if (more > MOST_OPERANDS - size) {
            throw in.error(at, "too many operands on the stack: the most is " + MOST_OPERANDS);
        }
        operands = Arrays.copyOf(operands, Math.min(MOST_OPERANDS, Math.max(2 * size, size + more)));
    }

    /** Takes an operand of any type off. */
    int pop() {
        Frame frame = frames[depth - 1];
        if (size == frame.height) {
            if (frame.unreachable) {
                return ValueTypes.BOTTOM;
            }
            throw in.error(at, "type mismatch: an operand was expected, but the stack is empty");
        }
        return operands[--size];
    }

    int pop(int wanted) {
        int found = pop();
        if (found != wanted && !types.matches(found, wanted)) {
            throw in.error(
                    at, "type mismatch: " + types.show(wanted) + " was expected, but there is " + types.show(found));
        }
        return found;
    }

    /** Takes one or two operands of a type off and pushes a result. */
    void apply(int count, int type, int result) {
        pop(type);
        if (count == 2) {
            pop(type);
        }
        push(result);
    }

    void pop(int[] wanted) {
        for (int i = wanted.length - 1; i >= 0 && !isBottomless(); i--) {
            pop(wanted[i]);
        }
    }

    /**
     * Whether any operand can be taken off, since none is left and the code cannot be reached. Loops over wanted operands end
     * here, so that an operator of a few bytes does not cost as much as a type of 10,000 fields.
     */
    boolean isBottomless() {
        Frame frame = frames[depth - 1];
        return frame.unreachable && size == frame.height;
    }

    /** Checks that these are on top, and leaves them with the types that they are wanted as. */
    void expect(int[] wanted) {
        // Without a copy of what lies there, unless something is missing.
        Frame frame = frames[depth - 1];
        int first = size - wanted.length;
        if (first >= frame.height) {
            for (int i = 0; i < wanted.length; i++) {
                int found = operands[first + i];
                if (found != wanted[i] && !types.matches(found, wanted[i])) {
                    throw in.error(
                            at,
                            "type mismatch: " + types.show(wanted[i]) + " was expected, but there is "
                                    + types.show(found));
                }
                operands[first + i] = wanted[i];
            }
            return;
        }
        pop(wanted);
        push(wanted);
    }

    /** Checks that these are on top, and leaves what is there as it is. */
    void check(int[] wanted) {
        Frame frame = frames[depth - 1];
        for (int i = 1; i <= wanted.length; i++) {
            if (size - i < frame.height) {
                if (!frame.unreachable) {
                    throw in.error(at, "type mismatch: an operand was expected, but the stack is empty");
                }
                return;
            }
            int found = operands[size - i];
            int type = wanted[wanted.length - i];
            if (found != type && !types.matches(found, type)) {
                throw in.error(
                        at, "type mismatch: " + types.show(type) + " was expected, but there is " + types.show(found));
            }
        }
    }

    Frame open(int opcode, int[] start, int[] end) {
        if (depth == frames.length) {
            frames = Arrays.copyOf(frames, 2 * depth);
        }
        Frame frame = frames[depth];
        if (frame == null) {
            frame = new Frame();
            frames[depth] = frame;
        }
        depth++;
        frame.opcode = opcode;
        frame.start = start;
        frame.end = end;
        frame.height = size;
        frame.unreachable = false;
        frame.live = live;
        frame.joined = false;
        frame.checkedAt = -1;
        push(start);
        return frame;
    }

    /** Checks that a construct ends with its results and nothing else, and takes them off. */
    Frame close() {
        Frame frame = frames[depth - 1];
        pop(frame.end);
        if (size != frame.height) {
            throw in.error(
                    at,
                    "type mismatch: " + (size - frame.height) + " values remain on the stack at the end of a block");
        }
        depth--;
        return frame;
    }

    /** What follows can never be reached. */
    void unreachable() {
        Frame frame = frames[depth - 1];
        size = frame.height;
        frame.unreachable = true;
        live = false;
    }

    int size() {
        return size;
    }
}
