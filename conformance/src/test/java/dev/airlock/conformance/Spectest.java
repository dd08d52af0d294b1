package dev.airlock.conformance;

import static dev.airlock.conformance.WasmBytes.F32;
import static dev.airlock.conformance.WasmBytes.F64;
import static dev.airlock.conformance.WasmBytes.FUNCREF;
import static dev.airlock.conformance.WasmBytes.I32;
import static dev.airlock.conformance.WasmBytes.I64;

import java.util.List;

/** The module that the core suite imports as {@code spectest}, as its interpreter defines it. */
final class Spectest {
    private static final float FLOAT = 666.6f;
    private static final double DOUBLE = 666.6;
    private static final int INTEGER = 666;

    private record Print(String name, int... parameters) {}

    private static final List<Print> PRINTS = List.of(
            new Print("print"),
            new Print("print_i32", I32),
            new Print("print_i64", I64),
            new Print("print_f32", F32),
            new Print("print_f64", F64),
            new Print("print_i32_f32", I32, F32),
            new Print("print_f64_f64", F64, F64));

    private static final int TABLE = 1;
    private static final int MEMORY = 2;
    private static final int GLOBAL = 3;

    private Spectest() {}

    static byte[] bytes() {
        WasmBytes types = new WasmBytes().u(PRINTS.size());
        WasmBytes functions = new WasmBytes().u(PRINTS.size());
        WasmBytes exports = new WasmBytes().u(PRINTS.size() + 8L);
        WasmBytes code = new WasmBytes().u(PRINTS.size());
        for (int i = 0; i < PRINTS.size(); i++) {
            types.functionType(PRINTS.get(i).parameters(), new int[0]);
            functions.u(i);
            exports.name(PRINTS.get(i).name()).raw(0).u(i);
            code.sized(new WasmBytes().u(0).raw(0x0B));
        }
        WasmBytes tables = new WasmBytes()
                .u(2)
                .raw(FUNCREF, 1, 10, 20) // table
                .raw(FUNCREF, 5, 10, 20); // table64
        WasmBytes memories = new WasmBytes()
                .u(2)
                .raw(1, 1, 2) // memory
                .raw(3, 1, 2); // shared_memory
        WasmBytes globals = new WasmBytes().u(4);
        globals.raw(I32, 0, 0x41).s(INTEGER).raw(0x0B);
        globals.raw(I64, 0, 0x42).s(INTEGER).raw(0x0B);
        globals.raw(F32, 0, 0x43).fixed(Float.floatToRawIntBits(FLOAT), 4).raw(0x0B);
        globals.raw(F64, 0, 0x44).fixed(Double.doubleToRawLongBits(DOUBLE), 8).raw(0x0B);
        exports.name("table").raw(TABLE, 0).name("table64").raw(TABLE, 1);
        exports.name("memory").raw(MEMORY, 0).name("shared_memory").raw(MEMORY, 1);
        exports.name("global_i32").raw(GLOBAL, 0).name("global_i64").raw(GLOBAL, 1);
        exports.name("global_f32").raw(GLOBAL, 2).name("global_f64").raw(GLOBAL, 3);
        return WasmBytes.module()
                .section(1, types)
                .section(3, functions)
                .section(4, tables)
                .section(5, memories)
                .section(6, globals)
                .section(7, exports)
                .section(10, code)
                .toByteArray();
    }
}
