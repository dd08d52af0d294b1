package dev.airlock.conformance.differential;

import dev.airlock.conformance.differential.ModuleGenerator.Shape;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Makes calls: only of functions before the caller, so that they end. */
final class CallGenerator {
    private final FunctionGenerator function;
    private final ExpressionGenerator expressions;
    private final SplittableRandom random;

    CallGenerator(FunctionGenerator function, ExpressionGenerator expressions) {
        this.function = function;
        this.expressions = expressions;
        this.random = function.random;
    }

    void statement() {
        if (function.index == 0) {
            function.op("nop");
            return;
        }
        boolean throughReferences = function.index >= ModuleGenerator.callable();
        boolean hasTypes = function.module.has("typed");
        switch (random.nextInt(throughReferences ? hasTypes ? 8 : 7 : 2)) {
            case 0, 5 -> {
                int target = random.nextInt(function.index);
                Shape shape = function.module.functions.get(target);
                expressions.all(shape.parameters());
                function.op("call").u(target);
                keep(shape);
            }
            case 1, 4, 6 -> tailCall();
            case 2, 3 -> indirect();
            default -> {
                int target = random.nextInt(ModuleGenerator.callable());
                Shape shape = function.module.functions.get(target);
                expressions.all(shape.parameters());
                function.op("ref.func").u(target);
                function.op("call_ref").u(type(shape));
                keep(shape);
            }
        }
    }

    private int type(Shape shape) {
        return function.module.type(shape.parameters(), shape.results());
    }

    private void keep(Shape shape) {
        for (int i = shape.results().length() - 1; i >= 0; i--) {
            function.op("local.set").u(function.local(shape.results().charAt(i)));
        }
    }

    /** Calls through the table if there is a function; nearly always one of the right type. */
    private void indirect() {
        int target = random.nextInt(ModuleGenerator.callable());
        Shape shape = function.module.functions.get(target);
        int held = function.newLocal('i');
        if (function.chance(90)) {
            function.op("i32.const").s(target);
        } else {
            expressions.mask('i', 15);
        }
        function.op("local.tee").u(held);
        function.op("table.get").u(0);
        function.op("ref.is_null");
        function.op("i32.eqz");
        function.begin("if", "", "");
        expressions.all(shape.parameters());
        function.op("local.get").u(held);
        function.op("call_indirect").u(type(shape)).u(0);
        keep(shape);
        function.endConstruct();
    }

    private void tailCall() {
        boolean throughReferences = function.index >= ModuleGenerator.callable();
        List<Integer> targets = IntStream.range(0, throughReferences ? ModuleGenerator.callable() : function.index)
                .filter(i -> function.module.functions.get(i).results().equals(function.shape.results()))
                .boxed()
                .toList();
        if (targets.isEmpty() || !function.module.has("tail")) {
            function.op("nop");
            return;
        }
        int target = targets.get(random.nextInt(targets.size()));
        Shape shape = function.module.functions.get(target);
        expressions.expression('i');
        function.begin("if", "", "");
        expressions.all(shape.parameters());
        switch (random.nextInt(throughReferences ? function.module.has("typed") ? 5 : 3 : 1)) {
            case 0 -> function.op("return_call").u(target);
            case 1, 2 -> {
                function.op("i32.const").s(target);
                function.op("return_call_indirect").u(type(shape)).u(0);
            }
            default -> {
                function.op("ref.func").u(target);
                function.op("return_call_ref").u(type(shape));
            }
        }
        function.endConstruct();
    }
}
