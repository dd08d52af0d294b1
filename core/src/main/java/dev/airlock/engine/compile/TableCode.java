package dev.airlock.engine.compile;

import org.objectweb.asm.Opcodes;

/** Operators on tables and on segments (core specification, section 4.6.8): calls of the runtime. */
final class TableCode {
    private static final String OPERATORS = "dev/airlock/engine/runtime/TableOperators";
    private static final String OBJECT = "Ljava/lang/Object;";

    private final FunctionCompiler function;

    TableCode(FunctionCompiler function) {
        this.function = function;
    }

    private JvmMethod method() {
        return function.method();
    }

    private void loadTable(int table) {
        JvmMethod m = method();
        m.loadInstance();
        m.code.getField(ModulePlan.STATE, "tables", "[" + ModulePlan.TABLE_TYPE);
        m.code.pushInt(table);
        m.code.visitInsn(Opcodes.AALOAD);
    }

    private char address(int table) {
        return method().plan.module().table64(table) ? 'J' : 'I';
    }

    private void call(String name, String params, String result) {
        method().code.invokeStatic(OPERATORS, name, "(" + params + ModulePlan.TABLE_TYPE + ")" + result);
    }

    void get(int table) {
        method().stack.operands(1);
        loadTable(table);
        call("get", "" + address(table), OBJECT);
        method().stack.pushJvm('L');
    }

    void set(int table) {
        method().stack.operands(2);
        loadTable(table);
        call("set", address(table) + OBJECT, "V");
    }

    void size(int table) {
        OperandStack stack = method().stack;
        stack.settleBelow(stack.size());
        loadTable(table);
        char address = address(table);
        call(address == 'J' ? "size64" : "size32", "", "" + address);
        stack.pushJvm(address);
    }

    void grow(int table) {
        method().stack.operands(2);
        loadTable(table);
        char address = address(table);
        call("grow", OBJECT + address, "" + address);
        method().stack.pushJvm(address);
    }

    void fill(int table) {
        method().stack.operands(3);
        loadTable(table);
        char address = address(table);
        call("fill", address + OBJECT + address, "V");
    }

    void copy(int target, int source) {
        method().stack.operands(3);
        loadTable(target);
        loadTable(source);
        char to = address(target);
        char from = address(source);
        char length = to == 'J' && from == 'J' ? 'J' : 'I';
        call("copy", "" + to + from + length + ModulePlan.TABLE_TYPE, "V");
    }

    void init(int element, int table) {
        JvmMethod m = method();
        m.stack.operands(3);
        m.code.pushInt(element);
        loadTable(table);
        m.loadInstance();
        m.code.invokeStatic(
                OPERATORS, "init", "(" + address(table) + "III" + ModulePlan.TABLE_TYPE + ModulePlan.STATE_TYPE + ")V");
    }

    void dropElements(int segment) {
        drop(OPERATORS, "drop", segment);
    }

    void dropData(int segment) {
        drop(ModulePlan.STATE, "dropData", segment);
    }

    private void drop(String owner, String name, int segment) {
        JvmMethod m = method();
        m.stack.settleComparison();
        m.code.pushInt(segment);
        m.loadInstance();
        m.code.invokeStatic(owner, name, "(I" + ModulePlan.STATE_TYPE + ")V");
    }
}
