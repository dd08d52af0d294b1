package dev.airlock.engine.validate;

import dev.airlock.engine.binary.ByteInput;
import dev.airlock.engine.binary.ModuleDefinition.Range;
import dev.airlock.engine.binary.ModuleDefinition.SubType;
import dev.airlock.engine.binary.TypeDecoder;
import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.validate.OperandTypes.Frame;
import dev.airlock.error.ModuleException;
import java.util.Arrays;

/** Validates one function body or constant expression in one pass, and passes it on (core specification, section 3.4). */
final class FunctionValidator {
    static final int BLOCK = 0x02;
    static final int LOOP = 0x03;
    static final int IF = 0x04;
    static final int ELSE = 0x05;
    static final int TRY = 0x06;
    static final int CATCH = 0x07;
    static final int CATCH_ALL = 0x19;
    static final int TRY_TABLE = 0x1F;
    static final int BODY = -1;

    /** The JS embedding's limits. */
    private static final int MOST_LOCALS = 50_000;

    final ValidModule module;
    final ModuleTypes types;
    final ByteInput in;
    final CodeSink sink;
    final OperandTypes stack;
    private final ReferenceValidation references;
    private final AccessValidation accesses;

    private final ControlValidation control;
    int[] locals = {};
    private int localCount;

    /** Locals that have no default value, and are not set yet here; null if all have one. */
    private boolean[] unset = {};

    private int[] setLocals = {};
    private int setCount;

    FunctionValidator(ValidModule module, Range range, CodeSink sink) {
        this.module = module;
        this.types = module.types;
        this.in = new ByteInput(module.name(), module.definition().bytes(), range.from(), range.end());
        this.sink = sink;
        this.stack = new OperandTypes(types, in);
        this.references = new ReferenceValidation(this);
        this.accesses = new AccessValidation(this);
        this.control = new ControlValidation(this);
    }

    void function(int typeIndex) {
        SubType type = types.type(typeIndex);
        int[] params = type.first();
        locals = Arrays.copyOf(params, Math.max(16, params.length));
        localCount = params.length;
        declaredLocals();
        locals = Arrays.copyOf(locals, localCount);
        noteUnset(params.length);
        sink.begin(locals, type.results(), params.length);
        stack.open(BODY, OperandTypes.NONE, type.results());
        operators();
    }

    /** Validates a constant expression, whose operators the decoder has found to be allowed in one. Can be called again. */
    void constant(int from, int end, int type) {
        isConstant = true;
        in.range(from, end);
        stack.open(BODY, OperandTypes.NONE, new int[] {type});
        operators();
    }

    boolean isConstant() {
        return isConstant;
    }

    private boolean isConstant;

    private void declaredLocals() {
        int groups = in.count("locals");
        for (int i = 0; i < groups; i++) {
            int at = in.at();
            int count = in.u32();
            if (count < 0 || count > MOST_LOCALS - localCount) {
                throw in.error(at, "too many locals: the most is " + MOST_LOCALS);
            }
            int type = TypeDecoder.valueType(in);
            types.check(type, at);
            if (localCount + count > locals.length) {
                locals = Arrays.copyOf(locals, Math.max(2 * locals.length, localCount + count));
            }
            Arrays.fill(locals, localCount, localCount + count, type);
            localCount += count;
        }
    }

    private void noteUnset(int from) {
        for (int i = from; i < localCount; i++) {
            if (ValueTypes.isReference(locals[i]) && !ValueTypes.isNullable(locals[i])) {
                if (unset.length == 0) {
                    unset = new boolean[localCount];
                }
                unset[i] = true;
            }
        }
        if (unset.length != 0) {
            setLocals = new int[localCount];
        }
    }

    int initialised() {
        return setCount;
    }

    /** At the end of a construct: what was set in it need not be set after it. */
    void forgetSince(int before) {
        while (setCount > before) {
            unset[setLocals[--setCount]] = true;
        }
    }

    private void markSet(int local) {
        if (unset.length != 0 && unset[local]) {
            unset[local] = false;
            setLocals[setCount++] = local;
        }
    }

    ModuleException error(int offset, String problem) {
        return in.error(offset, problem);
    }

    boolean isLive() {
        return stack.isLive();
    }

    AccessValidation accesses() {
        return accesses;
    }

    private void operators() {
        for (int i = 0; stack.depth() > 0; i++) {
            in.heed(i);
            int at = in.at();
            int opcode = in.u8();
            stack.at(at);
            if (stack.isLive()) {
                sink.at(at);
            }
            operator(opcode, at);
        }
        if (in.hasMore()) {
            throw error(in.at(), "unexpected bytes after the end of a function");
        }
    }

    private void operator(int opcode, int at) {
        int operands = Shapes.operands(opcode);
        if (operands != 0) {
            stack.apply(operands, Shapes.operand(opcode), Shapes.result(opcode));
            if (isLive()) {
                sink.numeric(opcode);
            }
            return;
        }
        if (opcode <= 0x1F && opcode != 0x1A && opcode != 0x1B && opcode != 0x1C) {
            control.operator(opcode, at);
            return;
        }
        if (opcode >= 0x25 && opcode <= 0x40 || opcode == 0xFD || opcode == 0xFE || opcode == 0xFC) {
            accesses.operator(opcode, at);
            return;
        }
        switch (opcode) {
            case 0x1A -> {
                int type = stack.pop();
                if (isLive()) {
                    sink.drop(type);
                }
            }
            case 0x1B -> select(at);
            case 0x1C -> selectTyped(at);
            case 0x20, 0x21, 0x22 -> local(opcode, at);
            case 0x23, 0x24 -> global(opcode, at);
            case 0x41 -> {
                int value = in.s32();
                stack.push(ValueTypes.I32);
                if (isLive()) {
                    sink.i32Const(value);
                }
            }
            case 0x42 -> {
                long value = in.s64();
                stack.push(ValueTypes.I64);
                if (isLive()) {
                    sink.i64Const(value);
                }
            }
            case 0x43 -> {
                int bits = in.fixed32();
                stack.push(ValueTypes.F32);
                if (isLive()) {
                    sink.f32Const(bits);
                }
            }
            case 0x44 -> {
                long bits = in.fixed64();
                stack.push(ValueTypes.F64);
                if (isLive()) {
                    sink.f64Const(bits);
                }
            }
            default -> references.operator(opcode, at);
        }
    }

    /** Takes the operands of a shape off and pushes its results. */
    void apply(String shape) {
        int arrow = shape.indexOf('>');
        for (int i = arrow - 1; i >= 0; i--) {
            stack.pop(type(shape.charAt(i)));
        }
        for (int i = arrow + 1; i < shape.length(); i++) {
            stack.push(type(shape.charAt(i)));
        }
    }

    static int type(char carrier) {
        return switch (carrier) {
            case 'I' -> ValueTypes.I32;
            case 'J' -> ValueTypes.I64;
            case 'F' -> ValueTypes.F32;
            case 'D' -> ValueTypes.F64;
            default -> ValueTypes.V128;
        };
    }

    private void select(int at) {
        stack.pop(ValueTypes.I32);
        int second = stack.pop();
        int first = stack.pop();
        int type = first == ValueTypes.BOTTOM ? second : first;
        if (ValueTypes.isReference(first) || ValueTypes.isReference(second)) {
            throw error(at, "type mismatch: select without a type takes no references");
        }
        if (first != second && first != ValueTypes.BOTTOM && second != ValueTypes.BOTTOM) {
            throw error(at, "type mismatch: select between " + types.show(first) + " and " + types.show(second));
        }
        stack.push(type);
        if (isLive()) {
            sink.select(type);
        }
    }

    private void selectTyped(int at) {
        int count = in.count("types of a select");
        if (count != 1) {
            throw error(at, "invalid result arity: select has one type, not " + count);
        }
        int type = TypeDecoder.valueType(in);
        types.check(type, at);
        stack.pop(ValueTypes.I32);
        stack.pop(type);
        stack.pop(type);
        stack.push(type);
        if (isLive()) {
            sink.select(type);
        }
    }

    private void local(int opcode, int at) {
        int index = in.u32();
        if (index < 0 || index >= localCount) {
            throw error(at, "unknown local " + Integer.toUnsignedString(index));
        }
        int type = locals[index];
        if (opcode == 0x20) {
            if (unset.length != 0 && unset[index]) {
                throw error(at, "uninitialized local " + index);
            }
            stack.push(type);
            if (isLive()) {
                sink.localGet(index);
            }
            return;
        }
        stack.pop(type);
        markSet(index);
        if (opcode == 0x22) {
            stack.push(type);
            if (isLive()) {
                sink.localTee(index);
            }
        } else if (isLive()) {
            sink.localSet(index);
        }
    }

    private void global(int opcode, int at) {
        int index = in.u32();
        if (index < 0 || index >= module.globals.length) {
            throw error(at, "unknown global " + Integer.toUnsignedString(index));
        }
        if (opcode == 0x23) {
            stack.push(module.globals[index]);
            if (isLive()) {
                sink.globalGet(index);
            }
            return;
        }
        if (!module.mutables[index]) {
            throw error(at, "immutable global " + index + " is set");
        }
        stack.pop(module.globals[index]);
        if (isLive()) {
            sink.globalSet(index);
        }
    }

    /** Reads an index of one of the module's spaces. */
    int index(int count, String what) {
        int at = in.at();
        int index = in.u32();
        if (index < 0 || index >= count) {
            throw error(at, "unknown " + what + " " + Integer.toUnsignedString(index));
        }
        return index;
    }

    static int addressType(boolean is64) {
        return is64 ? ValueTypes.I64 : ValueTypes.I32;
    }

    Frame open(int opcode, int[] start, int[] end) {
        Frame frame = stack.open(opcode, start, end);
        frame.initialised = setCount;
        return frame;
    }
}
