package dev.airlock.engine.runtime;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.gc.ArrayCreation;
import dev.airlock.engine.gc.ArrayObject;
import dev.airlock.engine.gc.I31;
import dev.airlock.engine.gc.StructClasses;
import dev.airlock.engine.gc.StructObject;
import dev.airlock.engine.gc.StructShape;
import dev.airlock.engine.validate.ConstantExpression;
import dev.airlock.engine.validate.ValidModule;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates constant expressions while an instance is made (core specification, section 4.5.4). Belongs to one instance; the value
 * is read by {@link #number}, {@link #high} and {@link #reference} before the next is evaluated.
 */
final class ConstantEvaluator {
    private static final int STRUCT_NEW = 0xFB << 16;
    private static final int STRUCT_NEW_DEFAULT = STRUCT_NEW | 1;
    private static final int ARRAY_NEW = STRUCT_NEW | 6;
    private static final int ARRAY_NEW_DEFAULT = STRUCT_NEW | 7;
    private static final int ARRAY_NEW_FIXED = STRUCT_NEW | 8;
    private static final int ANY_CONVERT_EXTERN = STRUCT_NEW | 0x1A;
    private static final int EXTERN_CONVERT_ANY = STRUCT_NEW | 0x1B;
    private static final int REF_I31 = STRUCT_NEW | 0x1C;
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
            case STRUCT_NEW -> newStruct((int) argument);
            case STRUCT_NEW_DEFAULT -> push(StructClasses.blank(module.type((int) argument), state.collected));
            case ARRAY_NEW -> newArray((int) argument);
            case ARRAY_NEW_DEFAULT -> push(blankArray((int) argument, (int) lows[--count]));
            case ARRAY_NEW_FIXED -> newFixedArray((int) argument, (int) extra);
            case REF_I31 -> push(I31.of((int) lows[--count], state.collected));
            // The same object on both sides.
            case ANY_CONVERT_EXTERN, EXTERN_CONVERT_ANY -> {}
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

    private void newStruct(int type) {
        StructObject struct = StructClasses.blank(module.type(type), state.collected);
        int[] fields = module.fields(type);
        count -= fields.length;
        for (int i = 0; i < fields.length; i++) {
            if (ValueTypes.isReference(fields[i])) {
                struct.setReference(i, references[count + i]);
                continue;
            }
            struct.setNumber(i, lows[count + i]);
            if (fields[i] == ValueTypes.V128) {
                struct.setHigh(i, highs[count + i]);
            }
        }
        push(struct);
    }

    private ArrayObject blankArray(int type, int length) {
        char kind = StructShape.kind(module.fields(type)[0]);
        return ArrayCreation.blank(kind, length, module.type(type), state.collected);
    }

    private void newArray(int type) {
        ArrayObject array = blankArray(type, (int) lows[--count]);
        count--;
        for (int i = 0; i < array.length(); i++) {
            set(array, i, count);
        }
        push(array);
    }

    private void newFixedArray(int type, int length) {
        ArrayObject array = blankArray(type, length);
        count -= length;
        for (int i = 0; i < length; i++) {
            set(array, i, count + i);
        }
        push(array);
    }

    /** Sets an element to an operand. */
    private void set(ArrayObject array, int index, int operand) {
        if (array instanceof ArrayObject.References holder) {
            holder.a[index] = references[operand];
            return;
        }
        array.setNumber(index, lows[operand]);
        if (array instanceof ArrayObject.Vectors vectors) {
            vectors.setHigh(index, highs[operand]);
        }
    }
}
