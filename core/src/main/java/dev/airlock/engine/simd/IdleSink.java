package dev.airlock.engine.simd;

import dev.airlock.engine.validate.CodeSink;

/** Ignores all operators, for sinks that are about a few. */
public abstract class IdleSink implements CodeSink {
    @Override
    public void begin(int[] locals, int[] results, int parameters) {}

    @Override
    public void at(int offset) {}

    @Override
    public void block(int[] params, int[] results) {}

    @Override
    public void loop(int[] params, int[] results) {}

    @Override
    public void ifThen(int[] params, int[] results) {}

    @Override
    public void otherwise(boolean reachable) {}

    @Override
    public void tryTable(int[] params, int[] results, CatchClause[] clauses) {}

    @Override
    public void tryLegacy(int[] params, int[] results) {}

    @Override
    public void catchLegacy(boolean reachable, int tag) {}

    @Override
    public void catchAllLegacy(boolean reachable) {}

    @Override
    public void delegate(boolean reachable, int depth) {}

    @Override
    public void rethrow(int depth) {}

    @Override
    public void end(boolean reachable) {}

    @Override
    public void unreachable() {}

    @Override
    public void br(int depth) {}

    @Override
    public void brIf(int depth) {}

    @Override
    public void brTable(int[] depths, int defaultDepth) {}

    @Override
    public void brOnNull(int depth) {}

    @Override
    public void brOnNonNull(int depth) {}

    @Override
    public void brOnCast(int depth, int from, int to, boolean onFail) {}

    @Override
    public void returnFromBody() {}

    @Override
    public void call(int function) {}

    @Override
    public void callIndirect(int type, int table) {}

    @Override
    public void callRef(int type) {}

    @Override
    public void returnCall(int function) {}

    @Override
    public void returnCallIndirect(int type, int table) {}

    @Override
    public void returnCallRef(int type) {}

    @Override
    public void throwTag(int tag) {}

    @Override
    public void throwRef() {}

    @Override
    public void drop(int type) {}

    @Override
    public void select(int type) {}

    @Override
    public void localGet(int local) {}

    @Override
    public void localSet(int local) {}

    @Override
    public void localTee(int local) {}

    @Override
    public void globalGet(int global) {}

    @Override
    public void globalSet(int global) {}

    @Override
    public void i32Const(int value) {}

    @Override
    public void i64Const(long value) {}

    @Override
    public void f32Const(int bits) {}

    @Override
    public void f64Const(long bits) {}

    @Override
    public void v128Const(long low, long high) {}

    @Override
    public void numeric(int opcode) {}

    @Override
    public void load(int opcode, int memory, long offset) {}

    @Override
    public void store(int opcode, int memory, long offset) {}

    @Override
    public void memorySize(int memory) {}

    @Override
    public void memoryGrow(int memory) {}

    @Override
    public void memoryFill(int memory) {}

    @Override
    public void memoryCopy(int target, int source) {}

    @Override
    public void memoryInit(int data, int memory) {}

    @Override
    public void dataDrop(int data) {}

    @Override
    public void tableGet(int table) {}

    @Override
    public void tableSet(int table) {}

    @Override
    public void tableSize(int table) {}

    @Override
    public void tableGrow(int table) {}

    @Override
    public void tableFill(int table) {}

    @Override
    public void tableCopy(int target, int source) {}

    @Override
    public void tableInit(int element, int table) {}

    @Override
    public void elementDrop(int element) {}

    @Override
    public void refNull(int type) {}

    @Override
    public void refIsNull() {}

    @Override
    public void refFunc(int function) {}

    @Override
    public void refAsNonNull() {}

    @Override
    public void refEq() {}

    @Override
    public void struct(int opcode, int type, int field) {}

    @Override
    public void array(int opcode, int type, int other) {}

    @Override
    public void refTest(int type) {}

    @Override
    public void refCast(int type) {}

    @Override
    public void conversion(int opcode) {}

    @Override
    public void vector(int opcode) {}

    @Override
    public void vectorLane(int opcode, int lane) {}

    @Override
    public void vectorShuffle(long low, long high) {}

    @Override
    public void vectorMemory(int opcode, int memory, long offset, int lane) {}

    @Override
    public void atomic(int opcode, int memory, long offset) {}
}
