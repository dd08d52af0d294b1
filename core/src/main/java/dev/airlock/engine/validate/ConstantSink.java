package dev.airlock.engine.validate;

import dev.airlock.error.ModuleException;
import java.util.Arrays;

/** Keeps the operators of one constant expression. */
final class ConstantSink implements CodeSink {
    private final ValidModule module;

    /** How many globals an expression may read now. */
    private int visibleGlobals;

    private int offset;
    private int[] opcodes = new int[1];
    private long[] arguments = new long[1];
    private long[] extras = new long[1];
    private int count;

    ConstantSink(ValidModule module, int visibleGlobals) {
        this.module = module;
        this.visibleGlobals = visibleGlobals;
    }

    /** Lets the expressions that follow read one more global. */
    void addGlobal() {
        visibleGlobals++;
    }

    /** Returns the operators since the last one was returned. */
    ConstantExpression expression() {
        var expression = new ConstantExpression(
                Arrays.copyOf(opcodes, count), Arrays.copyOf(arguments, count), Arrays.copyOf(extras, count));
        count = 0;
        return expression;
    }

    private void add(int opcode, long argument, long extra) {
        if (count == opcodes.length) {
            opcodes = Arrays.copyOf(opcodes, 2 * count);
            arguments = Arrays.copyOf(arguments, 2 * count);
            extras = Arrays.copyOf(extras, 2 * count);
        }
        opcodes[count] = opcode;
        arguments[count] = argument;
        extras[count++] = extra;
    }

    private ModuleException notConstant() {
        return new ModuleException(module.name(), offset, "constant expression required", null);
    }

    @Override
    public void begin(int[] locals, int[] results, int parameters) {}

    @Override
    public void at(int operator) {
        offset = operator;
    }

    @Override
    public void block(int[] params, int[] results) {
        throw notConstant();
    }

    @Override
    public void loop(int[] params, int[] results) {
        throw notConstant();
    }

    @Override
    public void ifThen(int[] params, int[] results) {
        throw notConstant();
    }

    @Override
    public void otherwise(boolean reachable) {
        throw notConstant();
    }

    @Override
    public void tryTable(int[] params, int[] results, CatchClause[] clauses) {
        throw notConstant();
    }

    @Override
    public void tryLegacy(int[] params, int[] results) {
        throw notConstant();
    }

    @Override
    public void catchLegacy(boolean reachable, int tag) {
        throw notConstant();
    }

    @Override
    public void catchAllLegacy(boolean reachable) {
        throw notConstant();
    }

    @Override
    public void delegate(boolean reachable, int depth) {
        throw notConstant();
    }

    @Override
    public void rethrow(int depth) {
        throw notConstant();
    }

    @Override
    public void end(boolean reachable) {}

    @Override
    public void unreachable() {
        throw notConstant();
    }

    @Override
    public void br(int depth) {
        throw notConstant();
    }

    @Override
    public void brIf(int depth) {
        throw notConstant();
    }

    @Override
    public void brTable(int[] depths, int defaultDepth) {
        throw notConstant();
    }

    @Override
    public void brOnNull(int depth) {
        throw notConstant();
    }

    @Override
    public void brOnNonNull(int depth) {
        throw notConstant();
    }

    @Override
    public void brOnCast(int depth, int from, int to, boolean onFail) {
        throw notConstant();
    }

    @Override
    public void returnFromBody() {
        throw notConstant();
    }

    @Override
    public void call(int function) {
        throw notConstant();
    }

    @Override
    public void callIndirect(int type, int table) {
        throw notConstant();
    }

    @Override
    public void callRef(int type) {
        throw notConstant();
    }

    @Override
    public void returnCall(int function) {
        throw notConstant();
    }

    @Override
    public void returnCallIndirect(int type, int table) {
        throw notConstant();
    }

    @Override
    public void returnCallRef(int type) {
        throw notConstant();
    }

    @Override
    public void throwTag(int tag) {
        throw notConstant();
    }

    @Override
    public void throwRef() {
        throw notConstant();
    }

    @Override
    public void drop(int type) {
        throw notConstant();
    }

    @Override
    public void select(int type) {
        throw notConstant();
    }

    @Override
    public void localGet(int local) {
        throw notConstant();
    }

    @Override
    public void localSet(int local) {
        throw notConstant();
    }

    @Override
    public void localTee(int local) {
        throw notConstant();
    }

    @Override
    public void globalGet(int global) {
        if (global >= visibleGlobals) {
            throw new ModuleException(
                    module.name(), offset, "unknown global " + global + " in a constant expression", null);
        }
        if (module.globalMutable(global)) {
            throw new ModuleException(
                    module.name(), offset, "constant expression required: global " + global + " is mutable", null);
        }
        add(ConstantExpression.GLOBAL_GET, global, 0);
    }

    @Override
    public void globalSet(int global) {
        throw notConstant();
    }

    @Override
    public void i32Const(int value) {
        add(ConstantExpression.I32_CONST, value & 0xFFFF_FFFFL, 0);
    }

    @Override
    public void i64Const(long value) {
        add(ConstantExpression.I64_CONST, value, 0);
    }

    @Override
    public void f32Const(int bits) {
        add(ConstantExpression.F32_CONST, bits & 0xFFFF_FFFFL, 0);
    }

    @Override
    public void f64Const(long bits) {
        add(ConstantExpression.F64_CONST, bits, 0);
    }

    @Override
    public void v128Const(long low, long high) {
        add(ConstantExpression.V128_CONST, low, high);
    }

    @Override
    public void numeric(int opcode) {
        add(opcode, 0, 0);
    }

    @Override
    public void load(int opcode, int memory, long offset) {
        throw notConstant();
    }

    @Override
    public void store(int opcode, int memory, long offset) {
        throw notConstant();
    }

    @Override
    public void memorySize(int memory) {
        throw notConstant();
    }

    @Override
    public void memoryGrow(int memory) {
        throw notConstant();
    }

    @Override
    public void memoryFill(int memory) {
        throw notConstant();
    }

    @Override
    public void memoryCopy(int target, int source) {
        throw notConstant();
    }

    @Override
    public void memoryInit(int data, int memory) {
        throw notConstant();
    }

    @Override
    public void dataDrop(int data) {
        throw notConstant();
    }

    @Override
    public void tableGet(int table) {
        throw notConstant();
    }

    @Override
    public void tableSet(int table) {
        throw notConstant();
    }

    @Override
    public void tableSize(int table) {
        throw notConstant();
    }

    @Override
    public void tableGrow(int table) {
        throw notConstant();
    }

    @Override
    public void tableFill(int table) {
        throw notConstant();
    }

    @Override
    public void tableCopy(int target, int source) {
        throw notConstant();
    }

    @Override
    public void tableInit(int element, int table) {
        throw notConstant();
    }

    @Override
    public void elementDrop(int element) {
        throw notConstant();
    }

    @Override
    public void refNull(int type) {
        add(ConstantExpression.REF_NULL, type, 0);
    }

    @Override
    public void refIsNull() {
        throw notConstant();
    }

    @Override
    public void refFunc(int function) {
        add(ConstantExpression.REF_FUNC, function, 0);
    }

    @Override
    public void refAsNonNull() {
        throw notConstant();
    }

    @Override
    public void refEq() {
        throw notConstant();
    }

    @Override
    public void struct(int opcode, int type, int field) {
        add(opcode, type, 0);
    }

    @Override
    public void array(int opcode, int type, int other) {
        add(opcode, type, other);
    }

    @Override
    public void refTest(int type) {
        throw notConstant();
    }

    @Override
    public void refCast(int type) {
        throw notConstant();
    }

    @Override
    public void conversion(int opcode) {
        add(opcode, 0, 0);
    }

    @Override
    public void vector(int opcode) {
        throw notConstant();
    }

    @Override
    public void vectorLane(int opcode, int lane) {
        throw notConstant();
    }

    @Override
    public void vectorShuffle(long low, long high) {
        throw notConstant();
    }

    @Override
    public void vectorMemory(int opcode, int memory, long offset, int lane) {
        throw notConstant();
    }

    @Override
    public void atomic(int opcode, int memory, long offset) {
        throw notConstant();
    }
}
