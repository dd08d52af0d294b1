package dev.airlock.conformance.differential;

import java.util.SplittableRandom;

/** Makes operators on whole ranges of memories and tables, and on segments. */
final class SegmentGenerator {
    private static final int LENGTHS = 63;
    private static final int FEW = 7;
    private static final int RARE = 127;

    private final FunctionGenerator function;
    private final ExpressionGenerator expressions;
    private final SplittableRandom random;

    SegmentGenerator(FunctionGenerator function, ExpressionGenerator expressions) {
        this.function = function;
        this.expressions = expressions;
        this.random = function.random;
    }

    void statement() {
        int table = random.nextInt(2);
        char element = table == 0 ? 'F' : 'E';
        switch (random.nextInt(9)) {
            case 0 -> {
                expressions.address(false);
                expressions.expression('i');
                expressions.index(LENGTHS);
                function.op("memory.fill").raw(0);
            }
            case 1 -> {
                expressions.address(false);
                expressions.address(false);
                expressions.index(LENGTHS);
                function.op("memory.copy").raw(0, 0);
            }
            case 2 -> {
                expressions.address(false);
                expressions.mask('i', 31);
                expressions.mask('i', 31);
                function.op("memory.init").u(1 + random.nextInt(2)).raw(0);
            }
            case 3 -> {
                expressions.mask('i', FEW);
                expressions.expression(element);
                function.op("table.set").u(table);
            }
            case 4 -> {
                expressions.mask('i', FEW);
                expressions.expression(element);
                expressions.mask('i', FEW);
                function.op("table.fill").u(table);
            }
            case 5 -> {
                ranges();
                function.op("table.copy").u(table).u(table);
            }
            case 6 -> {
                ranges();
                function.op("table.init").u(1).u(0);
            }
            case 7 -> seldom("data.drop", 1 + random.nextInt(2));
            default -> seldom("elem.drop", 1);
        }
    }

    /** Drops a segment in one run of many, since most operators on it trap from then on. */
    private void seldom(String operator, int segment) {
        expressions.mask('i', RARE);
        function.op("i32.eqz");
        function.begin("if", "", "");
        function.op(operator).u(segment);
        function.endConstruct();
    }

    private void ranges() {
        for (int i = 0; i < 3; i++) {
            expressions.mask('i', FEW);
        }
    }
}
