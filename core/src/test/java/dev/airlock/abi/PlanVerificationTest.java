package dev.airlock.abi;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.codegen.Register;
import dev.airlock.shape.ScalarForm;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Broken plans, each with one mistake of a planner. */
class PlanVerificationTest {
    private static final Register A = new Register("a", int.class);
    private static final Register B = new Register("b", int.class);
    private static final Register CASE = new Register("case", int.class);

    /** A step that has only operands. */
    private record Fake(String text, Consumer<Operands> declares) implements Step {
        @Override
        public void operands(Operands operands) {
            declares.accept(operands);
        }

        @Override
        public void emit(StepCode code) {}

        @Override
        public void run(Frame frame) {}

        @Override
        public String toString() {
            return text;
        }
    }

    private static Step copy(Register to, Register from) {
        return new Fake(to + " = " + from, operands -> operands.reads(from).sets(to));
    }

    private static Step match(List<List<Step>> bodies) {
        return new Fake("match", operands -> operands.reads(int.class, CASE).oneOf(bodies));
    }

    private static Step maybe(List<Step> steps) {
        return new Fake("maybe", operands -> operands.maybe(() -> operands.once(steps)));
    }

    private static Plan plan(List<Register> params, @Nullable Register result, Step... steps) {
        return new Plan("f", params, List.of(steps), result);
    }

    private static void isWrong(Plan plan, String message) {
        assertThatThrownBy(plan::verify)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the plan of f: " + message);
    }

    @Test
    void aRightPlanPasses() {
        Register number = new Register("number", long.class);
        Register core = new Register("core", long.class);
        assertThatCode(() -> plan(
                                List.of(A, number),
                                B,
                                copy(B, A),
                                new Step.Lower(core, number, ScalarForm.S64),
                                maybe(List.of(copy(A, B))))
                        .verify())
                .doesNotThrowAnyException();
    }

    @Test
    void aRegisterIsReadBeforeItIsSet() {
        isWrong(plan(List.of(), null, copy(B, A), new Step.Clear(A)), "\"b = a\" reads a before it is set");
    }

    @Test
    void theResultIsNeverSet() {
        isWrong(plan(List.of(A), B), "its result reads b before it is set");
    }

    @Test
    void oneCaseDoesNotSetIt() {
        List<Register> params = List.of(A, CASE);
        List<Step> sets = List.of(copy(B, A));
        assertThatCode(() -> plan(params, B, match(List.of(sets, sets))).verify())
                .doesNotThrowAnyException();
        isWrong(plan(params, B, match(List.of(sets, List.of()))), "its result reads b before it is set");
    }

    @Test
    void whatAnotherCaseSetsDoesNotCount() {
        isWrong(
                plan(List.of(A, CASE), null, match(List.of(List.of(copy(B, A)), List.of(copy(A, B))))),
                "\"a = b\" reads b before it is set");
    }

    @Test
    void whatMayNotRunDoesNotCount() {
        isWrong(plan(List.of(A), null, maybe(List.of(copy(B, A))), copy(A, B)), "\"a = b\" reads b before it is set");
    }

    @Test
    void aStepWithinAnotherIsNamed() {
        isWrong(plan(List.of(), null, maybe(List.of(copy(B, A)))), "\"b = a\" reads a before it is set");
    }

    @Test
    void aPrimitiveHasTheWrongType() {
        Register wide = new Register("wide", long.class);
        isWrong(
                plan(List.of(A), null, new Step.Lower(wide, A, ScalarForm.S32)),
                "\"wide = s32(a)\" wants wide to be int, and it is long");
        isWrong(
                plan(List.of(wide), null, new Step.Lift(A, wide, ScalarForm.S32)),
                "\"a = s32(wide)\" wants wide to be int, and it is long");
    }

    @Test
    void aReferenceHasTheWrongType() {
        Register bytes = new Register("bytes", byte[].class);
        Step takesText = new Fake("text(bytes)", operands -> operands.reads(String.class, bytes));
        isWrong(
                plan(List.of(bytes), null, takesText),
                "\"text(bytes)\" wants bytes to be java.lang.String, and it is byte[]");
        Step takesNumber = new Fake("number(bytes)", operands -> operands.reads(int.class, bytes));
        isWrong(plan(List.of(bytes), null, takesNumber), "\"number(bytes)\" wants bytes to be int, and it is byte[]");
    }

    @Test
    void oneNameHasTwoTypes() {
        Register other = new Register("a", long.class);
        isWrong(plan(List.of(A), null, new Step.Clear(other)), "\"a = 0\" has a as long, which is int elsewhere");
    }

    @Test
    void testsCompileAndInterpretNoBrokenPlan() {
        Plan broken = plan(List.of(), A);
        assertThatThrownBy(() -> PlanCompiler.compile(broken, null)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> PlanInterpreter.handle(broken, null)).isInstanceOf(IllegalStateException.class);
    }
}
