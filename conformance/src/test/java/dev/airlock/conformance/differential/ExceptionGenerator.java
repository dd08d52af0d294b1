package dev.airlock.conformance.differential;

import java.util.SplittableRandom;

/** Makes operators that throw and catch, in the encoding that the module has. */
final class ExceptionGenerator {
    private static final int CATCH = 0;
    private static final int CATCH_REF = 1;
    private static final int CATCH_ALL = 2;
    private static final int CATCH_ALL_REF = 3;

    private final FunctionGenerator function;
    private final ExpressionGenerator expressions;
    private final StatementGenerator statements;
    private final SplittableRandom random;

    ExceptionGenerator(FunctionGenerator function, ExpressionGenerator expressions, StatementGenerator statements) {
        this.function = function;
        this.expressions = expressions;
        this.statements = statements;
        this.random = function.random;
    }

    void statement() {
        if (!function.module.has("exceptions")) {
            function.op("nop");
        } else if (function.module.legacyExceptions) {
            legacy();
        } else {
            tryTable();
        }
    }

    private int someTag() {
        return random.nextInt(ModuleGenerator.TAGS.length);
    }

    /** Throws if a number says so. */
    private void throwSome() {
        int tag = someTag();
        expressions.expression('i');
        function.begin("if", "", "");
        expressions.all(ModuleGenerator.TAGS[tag]);
        function.op("throw").u(tag);
        function.endConstruct();
    }

    private void take(String types) {
        for (int i = types.length() - 1; i >= 0; i--) {
            function.op("local.set").u(function.local(types.charAt(i)));
        }
    }

    /**
     * <pre>
     * block $all (result exnref?)
     *   block $one (result values of the tag, exnref?)
     *     try_table (catch $tag $one) (catch_all $all) … end
     *     constants
     *   end
     *   local.set …
     *   ref.null exn?
     * end
     * </pre>
     */
    private void tryTable() {
        int tag = someTag();
        boolean withReference = random.nextBoolean();
        boolean allWithReference = random.nextBoolean();
        String caught = ModuleGenerator.TAGS[tag] + (withReference ? "X" : "");
        String all = allWithReference ? "X" : "";
        function.begin("block", "", all);
        function.begin("block", "", caught);
        function.begin("try_table", "", "");
        function.out.u(2);
        function.out.raw(withReference ? CATCH_REF : CATCH).u(tag).u(0);
        function.out.raw(allWithReference ? CATCH_ALL_REF : CATCH_ALL).u(1);
        statements.some();
        throwSome();
        function.endConstruct();
        expressions.constants(caught);
        function.endConstruct();
        take(caught);
        expressions.constants(all);
        function.endConstruct();
        take(all);
        if (function.chance(15)) {
            rethrow();
        }
    }

    private void rethrow() {
        int held = function.local('X');
        function.op("local.get").u(held);
        function.op("ref.is_null");
        function.op("i32.eqz");
        function.begin("if", "", "");
        function.op("local.get").u(held);
        function.op("throw_ref");
        function.endConstruct();
    }

    private void legacy() {
        int tag = someTag();
        function.begin("try", "", "");
        boolean delegates = random.nextInt(4) == 0;
        if (delegates) {
            function.begin("try", "", "");
        }
        statements.some();
        throwSome();
        if (delegates) {
            function.branches.remove(function.branches.size() - 1);
            function.op("delegate").u(random.nextInt(function.branches.size()));
        }
        function.op("catch").u(tag);
        take(ModuleGenerator.TAGS[tag]);
        if (function.chance(20)) {
            expressions.leaf('i');
            function.begin("if", "", "");
            function.op("rethrow").u(1);
            function.endConstruct();
        }
        function.op("catch_all");
        statements.some();
        function.endConstruct();
    }
}
