package dev.airlock.engine.validate;

import dev.airlock.engine.binary.ByteInput;
import dev.airlock.engine.binary.ModuleDefinition.SubType;
import dev.airlock.engine.binary.TypeDecoder;
import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.validate.OperandTypes.Frame;
import java.util.Arrays;

/** References, structs and arrays (core specification, sections 3.4.4, 3.4.6 and 3.4.7). */
final class ReferenceValidation {
    /** The JS embedding's limit. */
    private static final int LONGEST_FIXED_ARRAY = 10_000;

    private static final int ANYREF = ValueTypes.reference(true, ValueTypes.HEAP_ANY);
    private static final int EQREF = ValueTypes.reference(true, ValueTypes.HEAP_EQ);
    private static final int I31REF = ValueTypes.reference(true, ValueTypes.HEAP_I31);
    private static final int ARRAYREF = ValueTypes.reference(true, ValueTypes.HEAP_ARRAY);

    private final FunctionValidator function;
    private final OperandTypes stack;
    private final ByteInput in;
    private final ModuleTypes types;
    private final CodeSink sink;

    ReferenceValidation(FunctionValidator function) {
        this.function = function;
        this.stack = function.stack;
        this.in = function.in;
        this.types = function.types;
        this.sink = function.sink;
    }

    private boolean live() {
        return stack.isLive();
    }

    void operator(int opcode, int at) {
        switch (opcode) {
            case 0xD0 -> {
                int heap = heapType();
                int type = ValueTypes.reference(true, heap);
                stack.push(type);
                if (live()) {
                    sink.refNull(type);
                }
            }
            case 0xD1 -> {
                popReference(at);
                stack.push(ValueTypes.I32);
                if (live()) {
                    sink.refIsNull();
                }
            }
            case 0xD2 -> refFunc(at);
            case 0xD3 -> {
                stack.pop(EQREF);
                stack.pop(EQREF);
                stack.push(ValueTypes.I32);
                if (live()) {
                    sink.refEq();
                }
            }
            case 0xD4 -> {
                stack.push(nonNull(popReference(at)));
                if (live()) {
                    sink.refAsNonNull();
                }
            }
            case 0xD5 -> brOnNull(at);
            case 0xD6 -> brOnNonNull(at);
            case 0xFB -> aggregate(at);
            case 0xE0, 0xE1, 0xE2, 0xE3, 0xE4, 0xE5, 0xE6 ->
                throw function.error(
                        at, "this operator needs the proposal \"stack switching\", which is not supported");
            default -> throw function.error(at, "illegal opcode 0x" + Integer.toHexString(opcode));
        }
    }

    private int heapType() {
        int at = in.at();
        int heap = TypeDecoder.heapType(in);
        types.checkHeap(heap, at);
        return heap;
    }

    private int popReference(int at) {
        int type = stack.pop();
        if (type != ValueTypes.BOTTOM && !ValueTypes.isReference(type)) {
            throw function.error(at, "type mismatch: a reference was expected, but there is " + types.show(type));
        }
        return type;
    }

    private static int nonNull(int type) {
        return type == ValueTypes.BOTTOM
                ? OperandTypes.BOTTOM_REFERENCE
                : ValueTypes.reference(false, ValueTypes.heapType(type));
    }

    private void refFunc(int at) {
        int index = function.index(function.module.functions.length, "function");
        if (function.isConstant()) {
            // An expression outside of bodies declares the functions that it names.
            function.module.references.set(index);
        } else if (!function.module.references.get(index)) {
            throw function.error(at, "undeclared function reference " + index);
        }
        stack.push(ValueTypes.reference(false, function.module.functions[index]));
        if (live()) {
            sink.refFunc(index);
        }
    }

    private void join(Frame frame) {
        if (live() && frame.opcode != FunctionValidator.LOOP) {
            frame.joined = true;
        }
    }

    private void brOnNull(int at) {
        int label = in.u32();
        Frame frame = stack.frame(label, at);
        int type = popReference(at);
        stack.expect(frame.label());
        stack.push(nonNull(type));
        join(frame);
        if (live()) {
            sink.brOnNull(label);
        }
    }

    private void brOnNonNull(int at) {
        int label = in.u32();
        Frame frame = stack.frame(label, at);
        int[] wanted = frame.label();
        if (wanted.length == 0) {
            throw function.error(at, "type mismatch: the label of br_on_non_null takes no reference");
        }
        int last = wanted[wanted.length - 1];
        int type = popReference(at);
        if (!types.matches(nonNull(type), last)) {
            throw function.error(
                    at, "type mismatch: the label takes " + types.show(last) + ", not " + types.show(nonNull(type)));
        }
        stack.expect(Arrays.copyOf(wanted, wanted.length - 1));
        join(frame);
        if (live()) {
            sink.brOnNonNull(label);
        }
    }

    private void brOnCast(boolean onFail, int at) {
        int flags = in.u8();
        if (flags > 3) {
            throw function.error(at, "malformed br_on_cast flags " + flags);
        }
        int label = in.u32();
        Frame frame = stack.frame(label, at);
        int from = ValueTypes.reference((flags & 1) != 0, heapType());
        int to = ValueTypes.reference((flags & 2) != 0, heapType());
        if (!types.matches(to, from)) {
            throw function.error(at, "type mismatch: " + types.show(to) + " is no subtype of " + types.show(from));
        }
        int[] wanted = frame.label();
        if (wanted.length == 0) {
            throw function.error(at, "type mismatch: the label of br_on_cast takes no reference");
        }
        // What is left of the first type once the second is taken away.
        boolean mayBeNull = ValueTypes.isNullable(from) && !ValueTypes.isNullable(to);
        int rest = ValueTypes.reference(mayBeNull, ValueTypes.heapType(from));
        int branches = onFail ? rest : to;
        int last = wanted[wanted.length - 1];
        if (!types.matches(branches, last)) {
            throw function.error(
                    at, "type mismatch: the label takes " + types.show(last) + ", not " + types.show(branches));
        }
        stack.pop(from);
        stack.expect(Arrays.copyOf(wanted, wanted.length - 1));
        stack.push(onFail ? to : rest);
        join(frame);
        if (live()) {
            sink.brOnCast(label, from, to, onFail);
        }
    }

    private void aggregate(int at) {
        int number = in.u32();
        int opcode = 0xFB << 16 | number;
        switch (number) {
            case 0, 1, 2, 3, 4, 5 -> struct(opcode, number, at);
            case 20, 21, 22, 23 -> {
                int type = ValueTypes.reference((number & 1) != 0, heapType());
                stack.pop(ValueTypes.reference(true, types.top(ValueTypes.heapType(type))));
                boolean isTest = number < 22;
                stack.push(isTest ? ValueTypes.I32 : type);
                if (live()) {
                    if (isTest) {
                        sink.refTest(type);
                    } else {
                        sink.refCast(type);
                    }
                }
            }
            case 24, 25 -> brOnCast(number == 25, at);
            case 26 -> convert(opcode, ValueTypes.HEAP_EXTERN, ValueTypes.HEAP_ANY, at);
            case 27 -> convert(opcode, ValueTypes.HEAP_ANY, ValueTypes.HEAP_EXTERN, at);
            case 28 -> {
                stack.pop(ValueTypes.I32);
                stack.push(ValueTypes.reference(false, ValueTypes.HEAP_I31));
                if (live()) {
                    sink.conversion(opcode);
                }
            }
            case 29, 30 -> {
                stack.pop(I31REF);
                stack.push(ValueTypes.I32);
                if (live()) {
                    sink.conversion(opcode);
                }
            }
            default -> {
                if (number >= 6 && number <= 19) {
                    array(opcode, number, at);
                } else if (number >= 32 && number <= 38) {
                    throw function.error(
                            at, "this operator needs the proposal \"custom descriptors\", which is not supported");
                } else {
                    throw function.error(at, "illegal opcode 0xfb " + Integer.toUnsignedString(number));
                }
            }
        }
    }

    private void convert(int opcode, int from, int to, int at) {
        int type = stack.pop(ValueTypes.reference(true, from));
        boolean nullable = type == ValueTypes.BOTTOM ? false : ValueTypes.isNullable(type);
        stack.push(type == ValueTypes.BOTTOM ? ValueTypes.reference(false, to) : ValueTypes.reference(nullable, to));
        if (live()) {
            sink.conversion(opcode);
        }
    }

    private static int unpacked(int field) {
        return field == ValueTypes.I8 || field == ValueTypes.I16 ? ValueTypes.I32 : field;
    }

    private static boolean isPacked(int field) {
        return field == ValueTypes.I8 || field == ValueTypes.I16;
    }

    private void struct(int opcode, int number, int at) {
        int index = in.u32();
        SubType type = types.require(index, SubType.STRUCT, at);
        int field = 0;
        if (number <= 1) {
            if (number == 0) {
                for (int i = type.first().length - 1; i >= 0 && !stack.isBottomless(); i--) {
                    stack.pop(unpacked(type.first()[i]));
                }
            } else {
                requireDefault(types.withoutDefault(index), at);
            }
            stack.push(ValueTypes.reference(false, index));
        } else {
            field = function.index(type.first().length, "field");
            int code = type.first()[field];
            if (number == 5) {
                requireMutable(type.mutable()[field], "field", at);
                stack.pop(unpacked(code));
                stack.pop(ValueTypes.reference(true, index));
            } else {
                requirePacked(isPacked(code), number != 2, at);
                stack.pop(ValueTypes.reference(true, index));
                stack.push(unpacked(code));
            }
        }
        if (live()) {
            sink.struct(opcode, index, field);
        }
    }

    private void requireDefault(int code, int at) {
        if (!ModuleTypes.hasDefault(code)) {
            throw function.error(at, "type mismatch: " + types.show(code) + " has no default value");
        }
    }

    private void requireMutable(boolean mutable, String what, int at) {
        if (!mutable) {
            throw function.error(at, "immutable " + what + " is written");
        }
    }

    private void requirePacked(boolean packed, boolean wanted, int at) {
        if (packed != wanted) {
            throw function.error(
                    at,
                    "type mismatch: " + (packed ? "a packed field is read with a sign" : "the field is not packed"));
        }
    }

    private void array(int opcode, int number, int at) {
        if (number == 15) {
            stack.pop(ARRAYREF);
            stack.push(ValueTypes.I32);
            if (live()) {
                sink.array(opcode, 0, 0);
            }
            return;
        }
        int index = in.u32();
        SubType type = types.require(index, SubType.ARRAY, at);
        int element = type.first()[0];
        boolean mutable = type.mutable()[0];
        int reference = ValueTypes.reference(true, index);
        int made = ValueTypes.reference(false, index);
        int other = 0;
        switch (number) {
            case 6 -> {
                stack.pop(ValueTypes.I32);
                stack.pop(unpacked(element));
                stack.push(made);
            }
            case 7 -> {
                requireDefault(element, at);
                stack.pop(ValueTypes.I32);
                stack.push(made);
            }
            case 8 -> {
                other = in.u32();
                if (other < 0 || other > LONGEST_FIXED_ARRAY) {
                    throw function.error(
                            at,
                            "an array.new_fixed of " + Integer.toUnsignedString(other) + " elements, the most is "
                                    + LONGEST_FIXED_ARRAY);
                }
                for (int i = 0; i < other && !stack.isBottomless(); i++) {
                    stack.pop(unpacked(element));
                }
                stack.push(made);
            }
            case 9, 18 -> {
                other = function.accesses().data(at);
                if (ValueTypes.isReference(element)) {
                    throw function.error(at, "array type is not numeric or vector");
                }
                segment(number == 18, mutable, reference, made, at);
            }
            case 10, 19 -> {
                other = function.index(function.module.definition().elements().size(), "elem segment");
                int given = function.module.definition().elements().get(other).type();
                if (!types.matches(given, element)) {
                    throw function.error(
                            at,
                            "type mismatch: elements of " + types.show(given) + " for an array of "
                                    + types.show(element));
                }
                segment(number == 19, mutable, reference, made, at);
            }
            case 11, 12, 13 -> {
                requirePacked(isPacked(element), number != 11, at);
                stack.pop(ValueTypes.I32);
                stack.pop(reference);
                stack.push(unpacked(element));
            }
            case 14 -> {
                requireMutable(mutable, "array", at);
                stack.pop(unpacked(element));
                stack.pop(ValueTypes.I32);
                stack.pop(reference);
            }
            case 16 -> {
                requireMutable(mutable, "array", at);
                stack.pop(ValueTypes.I32);
                stack.pop(unpacked(element));
                stack.pop(ValueTypes.I32);
                stack.pop(reference);
            }
            default -> other = copy(element, mutable, reference, at);
        }
        if (live()) {
            sink.array(opcode, index, other);
        }
    }

    private void segment(boolean intoArray, boolean mutable, int reference, int made, int at) {
        stack.pop(ValueTypes.I32);
        stack.pop(ValueTypes.I32);
        if (intoArray) {
            requireMutable(mutable, "array", at);
            stack.pop(ValueTypes.I32);
            stack.pop(reference);
        } else {
            stack.push(made);
        }
    }

    private int copy(int element, boolean mutable, int reference, int at) {
        int source = in.u32();
        int given = types.require(source, SubType.ARRAY, at).first()[0];
        requireMutable(mutable, "array", at);
        if (isPacked(element) || isPacked(given) ? element != given : !types.matches(given, element)) {
            throw function.error(at, "array types do not match");
        }
        stack.pop(ValueTypes.I32);
        stack.pop(ValueTypes.I32);
        stack.pop(ValueTypes.reference(true, source));
        stack.pop(ValueTypes.I32);
        stack.pop(reference);
        return source;
    }
}
