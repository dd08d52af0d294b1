package dev.airlock.engine.runtime;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.validate.ConstantExpression;
import dev.airlock.engine.validate.ValidModule;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates constant expressions while an instance is made (core specification, section 4.5.4). Belongs to one instance; the value
 * is read by {@link #number}, {@link #high} and {@link #reference} before the next is evaluated.
 */
final class ConstantEvaluator {
    private static final int I32_ADD = 0x6A;
    private static final int I32_SUB = 0x6B;
    private static final int I32_MUL = 0x6C;
    private static final int I64_ADD = 0x7C;
    private static final int I64_SUB = 0x7D;
    private static final int I64_MUL = 0x7E;

    private final InstanceState state;
    private final ValidModule module;
    private long[] lows = new long[1];
    private long[] highs = new long[1];
    private @Nullable Object[] references = new Object[1];
    private int count;

    ConstantEvaluator(InstanceState state) {
        this.state = state;
        this.module = state.module;
    }

    /** Evaluates an expression that is valid, so it leaves one value. */
    void evaluate(ConstantExpression expression) {
        int[] opcodes = expression.opcodes();
        if (opcodes.length > lows.length) {
            lows = new long[opcodes.length];
            highs = new long[opcodes.length];
            references = new Object[opcodes.length];
        }
        count = 0;
        for (int i = 0; i < opcodes.length; i++) {
            run(opcodes[i], expression.arguments()[i], expression.extras()[i]);
        }
    }

    /** Returns the value as raw bits, if it is a number; of a vector, the low half. */
    long number() {
        return lows[0];
    }

    long high() {
        return highs[0];
    }

    @Nullable
    Object reference() {
        return references[0];
    }

    private void run(int opcode, long argument, long extra) {
        switch (opcode) {
            case ConstantExpression.I32_CONST,
                    ConstantExpression.I64_CONST,
                    ConstantExpression.F32_CONST,
                    ConstantExpression.F64_CONST -> push(argument, 0);
            case ConstantExpression.V128_CONST -> push(argument, extra);
            case ConstantExpression.REF_NULL -> push(null);
            case ConstantExpression.REF_FUNC -> push(state.function((int) argument));
            case ConstantExpression.GLOBAL_GET -> global((int) argument);
            case I32_ADD, I32_SUB, I32_MUL, I64_ADD, I64_SUB, I64_MUL -> arithmetic(opcode);
            default -> throw new IllegalStateException("not constant: " + Integer.toHexString(opcode));
        }
    }

    private void push(long low, long high) {
        lows[count] = low;
        highs[count++] = high;
    }

    private void push(@Nullable Object reference) {
        references[count++] = reference;
    }

    private void global(int index) {
        int type = module.globalType(index);
        if (ValueTypes.isReference(type)) {
            push(state.globalRef(index));
        } else {
            push(state.globalNumber(index), type == ValueTypes.V128 ? state.globalHigh(index) : 0);
        }
    }

    private void arithmetic(int opcode) {
        long second = lows[--count];
        long first = lows[--count];
        long result = switch (opcode) {
            case I32_ADD, I64_ADD -> first + second;
            case I32_SUB, I64_SUB -> first - second;
            default -> first * second;
        };
        push(opcode <= I32_MUL ? result & 0xFFFF_FFFFL : result, 0);
    }
}
