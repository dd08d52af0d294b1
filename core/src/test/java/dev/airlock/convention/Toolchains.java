package dev.airlock.convention;

import dev.airlock.mapping.BlockForm;
import dev.airlock.shape.Carrier;
import dev.airlock.shape.ScalarForm;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.ExportType;
import dev.airlock.type.GlobalType;
import dev.airlock.type.ImportType;
import dev.airlock.type.MemoryType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What real modules export and import, and what crosses into them. */
final class Toolchains {
    static final Carrier STRING = new Carrier.Block(BlockForm.UTF8, String.class, String.class);
    static final Carrier BYTES = new Carrier.Block(BlockForm.BYTES, byte[].class, byte[].class);
    static final Carrier LONGS = new Carrier.Block(BlockForm.LONGS, long[].class, long[].class);
    static final Carrier DOUBLES = new Carrier.Block(BlockForm.DOUBLES, double[].class, double[].class);
    static final Carrier RECORD = new Carrier.Block(BlockForm.PAYLOAD, Request.class, Request.class);
    static final Carrier S32 = new Carrier.Scalar(ScalarForm.S32, int.class);
    static final Carrier S64 = new Carrier.Scalar(ScalarForm.S64, long.class);
    static final Carrier F64 = new Carrier.Scalar(ScalarForm.F64, double.class);

    static final List<ExportType> C = exports(
            "memory",
            "_initialize()",
            "malloc(i32) -> i32",
            "free(i32)",
            "greet(i32, i32) -> i64",
            "greet_ret(i32, i32, i32)",
            "greet_cstr(i32) -> i32");
    static final List<String> CLANG = List.of("language: C99", "processed-by: Debian clang 14.0.6");

    static final List<ExportType> RUST = exports(
            "memory", "alloc(i32) -> i32", "dealloc(i32, i32)", "greet(i32, i32) -> i64", "__heap_base = 1054432");
    static final List<String> RUSTC = List.of("language: Rust", "processed-by: rustc 1.63.0");

    static final List<ExportType> TINYGO = exports(
            "memory",
            "malloc(i32) -> i32",
            "free(i32)",
            "calloc(i32, i32) -> i32",
            "realloc(i32, i32) -> i32",
            "_initialize()",
            "greet(i32, i32)",
            "greeting(i32, i32) -> i64");
    static final List<String> TINYGO_TOOLS = List.of(
            "language: C11",
            "language: C99",
            "processed-by: clang\\18.1.2 (https://github.com/tinygo-org/llvm-project 4d184351)",
            "processed-by: TinyGo 0.35.0");

    static final List<ExportType> GO =
            exports("_initialize()", "malloc(i32) -> i32", "free(i32)", "greet(i32, i32) -> i64", "memory");
    static final List<String> GO_TOOLS = List.of("language: Go go1.24.4", "processed-by: Go cmd/compile go1.24.4");

    static final List<ExportType> ZIG =
            exports("memory", "greet(i32, i32) -> i64", "dealloc(i32, i32)", "alloc(i32) -> i32");

    static final List<ExportType> ASSEMBLYSCRIPT = exports(
            "Uint8Array_ID = 5",
            "Int64Array_ID = 7",
            "Float64Array_ID = 9",
            "add(i32, i32) -> i32",
            "__new(i32, i32) -> i32",
            "__pin(i32) -> i32",
            "__unpin(i32)",
            "__collect()",
            "__rtti_base = 4512",
            "memory",
            "greet(i32) -> i32");
    static final List<ImportType> ASSEMBLYSCRIPT_IMPORTS = List.of(
            new ImportType("env", "abort", type("(i32, i32, i32, i32)")),
            new ImportType("env", "log", type("(i32)")),
            new ImportType("env", "answer", type("(i32) -> i32")));

    static final List<ExportType> WASM_BINDGEN = exports(
            "memory",
            "__wbindgen_add_to_stack_pointer(i32) -> i32",
            "__wbindgen_malloc(i32, i32) -> i32",
            "__wbindgen_realloc(i32, i32, i32, i32) -> i32",
            "__wbindgen_free(i32, i32, i32)",
            "greet(i32, i32, i32)");

    static final List<ExportType> FP_BINDGEN =
            exports("memory", "__fp_malloc(i32) -> i64", "__fp_free(i64)", "__fp_gen_greet(i64) -> i64");

    private static final Map<String, Integer> GLOBALS = Map.of(
            "Uint8Array_ID",
            5,
            "Int64Array_ID",
            7,
            "Float64Array_ID",
            9,
            "String_ID",
            1,
            "Uint16Array_ID",
            11,
            "__rtti_base",
            4512,
            "__heap_base",
            1054432,
            "reserved",
            80_000);

    /** A record that crosses as a payload. */
    record Request(String name, int num) {}

    private Toolchains() {}

    static ExportView view(List<ExportType> exports) {
        return new ExportView(exports, GLOBALS::get);
    }

    static ExportView view(String... exports) {
        return view(exports(exports));
    }

    /** Functions as in {@code free(i32)}, globals as in {@code A_ID = 5}, and the memory. */
    static List<ExportType> exports(String... exports) {
        return Stream.of(exports).map(Toolchains::export).toList();
    }

    static List<ExportType> with(List<ExportType> exports, String... more) {
        return Stream.concat(exports.stream(), exports(more).stream()).toList();
    }

    private static ExportType export(String text) {
        if (text.contains("(")) {
            int at = text.indexOf('(');
            return new ExportType(text.substring(0, at), type(text.substring(at)));
        }
        return text.contains("=")
                ? new ExportType(text.split(" ")[0], new GlobalType(CoreValType.I32, false))
                : new ExportType(text, new MemoryType(2, MemoryType.NO_MAXIMUM, false));
    }

    /** As in {@code (i32, i64) -> (i32, i32)}. */
    static CoreFuncType type(String text) {
        String[] sides = text.split(" -> ");
        return new CoreFuncType(types(sides[0]), sides.length == 1 ? List.of() : types(sides[1]));
    }

    private static List<CoreValType> types(String text) {
        var types = new ArrayList<CoreValType>();
        for (String name : text.replace("(", "").replace(")", "").split(", ")) {
            if (!name.isEmpty()) {
                types.add(CoreValType.named(name));
            }
        }
        return types;
    }
}
