package dev.airlock.conformance.differential;

import dev.airlock.conformance.differential.FunctionGenerator.Branch;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Makes statements: what leaves the operand stack as it was. */
final class StatementGenerator {
    private static final int DEEPEST = 4;

    private final FunctionGenerator function;
    private final ExpressionGenerator expressions;
    private final SplittableRandom random;
    private final CallGenerator calls;
    private final ExceptionGenerator exceptions;
    private final SegmentGenerator segments;
    private int depth;

    StatementGenerator(FunctionGenerator function, ExpressionGenerator expressions) {
        this.function = function;
        this.expressions = expressions;
        this.random = function.random;
        this.calls = new CallGenerator(function, expressions);
        this.exceptions = new ExceptionGenerator(function, expressions, this);
        this.segments = new SegmentGenerator(function, expressions);
    }

    void some() {
        for (int i = random.nextInt(3); i >= 0; i--) {
            statement();
        }
    }

    void statement() {
        if (function.isFull() || depth >= DEEPEST) {
            simple();
            return;
        }
        depth++;
        switch (random.nextInt(18)) {
            case 0 -> ifElse();
            case 1 -> block();
            case 2, 3 -> loop();
            case 4 -> branchIf();
            case 5 -> branchAway();
            case 6 -> branchTable();
            case 7, 8, 15 -> calls.statement();
            case 9 -> exceptions.statement();
            case 10, 17 -> segments.statement();
            case 11 -> branchOnNull();
            case 12, 16 -> {
                if (function.module.has("gc")) {
                    expressions.collected().statement();
                } else {
                    store();
                }
            }
            default -> simple();
        }
        depth--;
    }

    private void simple() {
        switch (random.nextInt(6)) {
            case 0 -> store();
            case 1 -> {
                char type = function.someType();
                int global = function.global(type);
                expressions.expression(type);
                if (global < 0) {
                    function.op("drop");
                } else {
                    function.op("global.set").u(global);
                }
            }
            case 2 -> {
                if (function.module.has("atomic") && random.nextBoolean()) {
                    function.op("atomic.fence").raw(0);
                } else {
                    function.op("nop");
                }
            }
            default -> set(function.someType());
        }
    }

    private void set(char type) {
        expressions.expression(type);
        function.op("local.set").u(function.local(type));
    }

    private void store() {
        var operator = function.module.choice.of("");
        expressions.operator(operator);
    }

    private void ifElse() {
        expressions.expression('i');
        function.begin("if", "", "");
        some();
        if (random.nextBoolean()) {
            function.op("else");
            some();
        }
        function.endConstruct();
        if (function.chance(10)) {
            function.op("i32.const").s(0);
            function.begin("if", "", "");
            function.op("unreachable");
            function.endConstruct();
        }
    }

    /** A block with parameters and results. */
    private void block() {
        String parameters = "" + function.someType() + function.someType();
        String results = "" + function.someType() + function.someType();
        expressions.all(parameters);
        function.begin("block", parameters, results);
        setAll(parameters);
        some();
        expressions.all(results);
        function.endConstruct();
        setAll(results);
    }

    /** Takes values from the operand stack, the last first. */
    private void setAll(String types) {
        for (int i = types.length() - 1; i >= 0; i--) {
            function.op("local.set").u(function.local(types.charAt(i)));
        }
    }

    /** A loop of a few rounds, which carries values from round to round, over operands that lie below. */
    private void loop() {
        boolean isOverOperand = random.nextInt(3) == 0;
        if (isOverOperand) {
            expressions.expression('l');
        }
        String carried = random.nextBoolean() ? "" : String.valueOf(function.someType());
        int counter = function.newLocal('i');
        function.op("i32.const").s(random.nextInt(12) + 1L);
        function.op("local.set").u(counter);
        expressions.all(carried);
        function.begin("loop", carried, carried);
        setAll(carried);
        some();
        expressions.all(carried);
        function.op("local.get").u(counter);
        function.op("i32.const").s(1);
        function.op("i32.sub");
        function.op("local.tee").u(counter);
        function.op("i32.const").s(0);
        function.op("i32.gt_s");
        hasFuel();
        function.op("i32.and");
        function.op("br_if").u(0);
        function.endConstruct();
        setAll(carried);
        if (isOverOperand) {
            function.op("local.set").u(function.local('l'));
        }
    }

    /** Spends fuel, and pushes whether there is some left. */
    private void hasFuel() {
        function.op("global.get").u(0);
        function.op("i32.const").s(1);
        function.op("i32.sub");
        function.op("global.set").u(0);
        function.op("global.get").u(0);
        function.op("i32.const").s(0);
        function.op("i32.gt_s");
    }

    private void branchIf() {
        int target = random.nextInt(function.branches.size());
        Branch branch = function.branches.get(target);
        expressions.all(branch.types());
        expressions.expression('i');
        if (branch.isLoop()) {
            hasFuel();
            function.op("i32.and");
        }
        function.op("br_if").u(function.depth(target));
        setAll(branch.types());
    }

    /** Branches out, or returns, and has code after it that cannot be reached. */
    private void branchAway() {
        List<Integer> targets = forward();
        int target = targets.get(random.nextInt(targets.size()));
        expressions.expression('i');
        function.begin("if", "", "");
        expressions.all(function.branches.get(target).types());
        if (target == 0 && random.nextBoolean()) {
            function.op("return");
        } else {
            function.op("br").u(function.depth(target));
        }
        if (function.chance(20)) {
            function.op("i32.add");
            function.op("drop");
        }
        function.endConstruct();
    }

    private List<Integer> forward() {
        return IntStream.range(0, function.branches.size())
                .filter(i -> !function.branches.get(i).isLoop())
                .boxed()
                .toList();
    }

    private void branchTable() {
        List<Integer> targets = forward();
        int chosen = targets.get(random.nextInt(targets.size()));
        String types = function.branches.get(chosen).types();
        List<Integer> alike = targets.stream()
                .filter(i -> function.branches.get(i).types().equals(types))
                .toList();
        expressions.expression('i');
        function.begin("if", "", "");
        expressions.all(types);
        expressions.mask('i', 7);
        int count = random.nextInt(6);
        function.op("br_table").u(count);
        for (int i = 0; i <= count; i++) {
            function.out.u(function.depth(alike.get(random.nextInt(alike.size()))));
        }
        function.endConstruct();
    }

    private void branchOnNull() {
        if (!function.module.has("typed")) {
            simple();
            return;
        }
        char type = function.module.has("gc") ? "FEQSB".charAt(random.nextInt(5)) : 'F';
        if (random.nextBoolean()) {
            function.begin("block", "", "");
            expressions.expression(type);
            function.op("br_on_null").u(0);
            function.op("local.set").u(function.local(type));
            function.endConstruct();
        } else {
            function.begin("block", "", String.valueOf(type));
            expressions.expression(type);
            function.op("br_on_non_null").u(0);
            expressions.constant(type);
            function.endConstruct();
            function.op("local.set").u(function.local(type));
        }
    }
}
