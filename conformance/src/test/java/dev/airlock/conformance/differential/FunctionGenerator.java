package dev.airlock.conformance.differential;

import dev.airlock.conformance.WasmBytes;
import dev.airlock.conformance.differential.ModuleGenerator.Shape;
import dev.airlock.conformance.differential.OperatorTable.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes the body of one function of a generated module: locals, labels, and what expressions and statements share. */
final class FunctionGenerator {
    /** A construct that code can branch to. {@code types} are what a branch takes along. */
    record Branch(String types, boolean isLoop) {}

    static final String STATE_RESULTS = "llii";

    private static final int LOCALS_OF_A_TYPE = 3;
    private static final int MOST_OPERATORS = 150;
    private static final int STATEMENTS = 5;

    final ModuleGenerator module;
    final SplittableRandom random;
    final WasmBytes out = new WasmBytes();
    final int index;
    final Shape shape;

    /** The innermost last; the first is the body itself. */
    final List<Branch> branches = new ArrayList<>();

    private final StringBuilder locals = new StringBuilder();
    private final ExpressionGenerator expressions;
    private final StatementGenerator statements;
    private int operators;

    FunctionGenerator(ModuleGenerator module, int index) {
        this.module = module;
        this.index = index;
        random = module.random;
        shape = module.functions.get(index);
        expressions = new ExpressionGenerator(this);
        statements = new StatementGenerator(this, expressions);
    }

    WasmBytes body() {
        locals.append(shape.parameters());
        branches.add(new Branch(shape.results(), false));
        op("global.get").u(0);
        op("i32.const").s(1);
        op("i32.sub");
        op("global.set").u(0);
        op("global.get").u(0);
        op("i32.const").s(0);
        op("i32.lt_s");
        op("if").raw(0x40);
        expressions.constants(shape.results());
        op("return");
        end();
        for (int i = random.nextInt(STATEMENTS) + 2; i > 0; i--) {
            statements.statement();
        }
        expressions.all(shape.results());
        end();
        return withLocals(shape.parameters().length());
    }

    /** Calls the function with what it is given, and with constants, and makes results that any host understands. */
    WasmBytes wrapper(int fuel) {
        locals.append("ilfd");
        branches.add(new Branch("", false));
        op("i32.const").s(fuel);
        op("global.set").u(0);
        for (char parameter : shape.parameters().toCharArray()) {
            int given = "ilfd".indexOf(parameter);
            if (given >= 0) {
                op("local.get").u(given);
            } else if (parameter == 'v') {
                op("local.get").u(1);
                op("i64x2.splat");
                op("local.get").u(3);
                op("f64x2.replace_lane").raw(0);
            } else {
                expressions.constant(parameter);
            }
        }
        op("call").u(index);
        int[] held = new int[shape.results().length()];
        for (int i = held.length - 1; i >= 0; i--) {
            held[i] = newLocal(shape.results().charAt(i));
            op("local.set").u(held[i]);
        }
        for (int i = 0; i < held.length; i++) {
            op("local.get").u(held[i]);
            char result = shape.results().charAt(i);
            if (result == 'v') {
                op("i64x2.extract_lane").raw(0);
                op("local.get").u(held[i]);
                op("i64x2.extract_lane").raw(1);
            } else if ("ilfd".indexOf(result) < 0) {
                op("ref.is_null");
            }
        }
        end();
        return withLocals("ilfd".length());
    }

    /** Returns the vector among the globals, and the sizes of the tables. */
    WasmBytes state() {
        for (int half = 0; half < 2; half++) {
            op("global.get").u(global('v'));
            op("i64x2.extract_lane").raw(half);
        }
        op("table.size").u(0);
        op("table.size").u(1);
        end();
        return withLocals(0);
    }

    /** What a wrapper gives for results: vectors as two i64, and of references whether they are null. */
    static String plain(String results) {
        var text = new StringBuilder();
        for (char result : results.toCharArray()) {
            text.append(result == 'v' ? "ll" : "ilfd".indexOf(result) >= 0 ? String.valueOf(result) : "i");
        }
        return text.toString();
    }

    private WasmBytes withLocals(int parameters) {
        WasmBytes all = new WasmBytes().u(locals.length() - parameters);
        for (int i = parameters; i < locals.length(); i++) {
            all.u(1);
            module.valueType(all, locals.charAt(i));
        }
        return all.append(out);
    }

    /** Writes an operator without its immediates, and counts it. */
    WasmBytes op(String name) {
        return op(OperatorTable.named(name));
    }

    WasmBytes op(Operator operator) {
        operators++;
        module.choice.count(operator);
        operator.write(out);
        return out;
    }

    void end() {
        out.raw(0x0B);
    }

    /** Whether the function is large enough, so that leaves are made. */
    boolean isFull() {
        return operators > MOST_OPERATORS;
    }

    int newLocal(char type) {
        locals.append(type);
        return locals.length() - 1;
    }

    /** Returns a local of a type, new or not. */
    int local(char type) {
        List<Integer> known = new ArrayList<>();
        for (int i = 0; i < locals.length(); i++) {
            if (locals.charAt(i) == type) {
                known.add(i);
            }
        }
        boolean more = known.isEmpty() || (known.size() < LOCALS_OF_A_TYPE && random.nextInt(4) == 0);
        return more ? newLocal(type) : known.get(random.nextInt(known.size()));
    }

    /** Returns the index of a global of a type that is not the fuel; -1 if there is none. */
    int global(char type) {
        return module.globals.indexOf(String.valueOf(type), 1);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    char someType() {
        String types = "iilldfvFE" + (module.has("gc") ? module.collected.letters() : "");
        return types.charAt(random.nextInt(types.length()));
    }

    /** Begins a construct whose label takes types along. */
    void begin(String name, String parameters, String results) {
        op(name);
        blockType(parameters, results);
        branches.add(new Branch(name.equals("loop") ? parameters : results, name.equals("loop")));
    }

    void blockType(String parameters, String results) {
        if (parameters.isEmpty() && results.isEmpty()) {
            out.raw(0x40);
        } else if (parameters.isEmpty() && results.length() == 1) {
            module.valueType(out, results.charAt(0));
        } else {
            out.s(module.type(parameters, results));
        }
    }

    void endConstruct() {
        branches.remove(branches.size() - 1);
        end();
    }

    /** Returns the depth of a label, counted from inside. */
    int depth(int branch) {
        return branches.size() - 1 - branch;
    }

    /** Writes the heap type of a nullable reference's letter. */
    static void heapType(ModuleGenerator module, WasmBytes out, char letter) {
        switch (letter) {
            case 'F' -> out.raw(0x70);
            case 'E' -> out.raw(0x6F);
            case 'X' -> out.raw(0x69);
            case 'N' -> out.raw(0x6E);
            case 'Q' -> out.raw(0x6D);
            case 'J' -> out.raw(0x6C);
            default -> out.s(module.collected.index(letter));
        }
    }
}
