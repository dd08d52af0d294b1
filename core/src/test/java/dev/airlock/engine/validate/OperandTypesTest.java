package dev.airlock.engine.validate;

import static dev.airlock.engine.validate.ModuleBytes.all;
import static dev.airlock.engine.validate.ModuleBytes.bytes;
import static dev.airlock.engine.validate.ModuleBytes.function;
import static dev.airlock.engine.validate.ModuleBytes.number;
import static dev.airlock.engine.validate.ModuleBytes.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.ModuleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the stacks of validation accept, which operators a sink gets, and at which byte an error is. */
@Timeout(30)
class OperandTypesTest {
    /** Type 0 is () → (), type 1 is () → (i32), type 2 is (i32) → (i32). */
    private static ModuleBytes types() {
        return new ModuleBytes().type(function(0, 0)).type(function(0, 1)).type(function(1, 1));
    }

    private static byte[] hex(String operators) {
        String[] parts = operators.trim().split(" +");
        byte[] made = new byte[parts.length];
        for (int i = 0; i < made.length; i++) {
            made[i] = (byte) Integer.parseInt(parts[i], 16);
        }
        return made;
    }

    private static OperatorLog log(int type, String operators) {
        return OperatorLog.of(types().code(type, bytes(0), hex(operators)).module());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # type | operators | index of the offending byte among them | problem
            0 | 6A 0B                   | 0 | an operand was expected, but the stack is empty
            0 | 41 01 0B                | 2 | 1 values remain on the stack
            1 | 42 01 0B                | 2 | i32 was expected, but there is i64
            0 | 41 01 42 01 6A 1A 0B    | 4 | i32 was expected, but there is i64
            0 | 20 80 01 0B             | 0 | unknown local 128
            0 | 0C 01 0B                | 0 | unknown label 1
            0 | 10 05 0B                | 1 | unknown function 5
            0 | 02 07 0B 0B             | 1 | unknown type 7 of a block
            0 | 28 02 00 0B             | 0 | unknown memory 0
            0 | 41 00 24 00 0B          | 2 | unknown global 0
            0 | 05 0B                   | 0 | else without an if
            0 | 41 01 04 7F 41 00 0B 1A 0B | 6 | an if without else
            0 | FB 7F 0B                | 0 | illegal opcode 0xfb 127
            0 | FF 0B                   | 0 | illegal opcode 0xff
            0 | E3 0B                   | 0 | "stack switching", which is not supported
            0 | FB 20 00 0B             | 0 | "custom descriptors", which is not supported
            0 | FE 4F 00 00 0B          | 0 | "shared-everything threads", which is not supported
            0 | 0B 01                   | 1 | unexpected bytes after the end of a function
            0 | 41 80 80 80 80 80 00    | 1 | integer representation too long
            0 | 41 80 80 80 80 70       | 1 | integer too large
            # Nothing makes an i32 of a reference, not even in code that cannot be reached.
            0 | 00 D4 45 1A 0B          | 2 | i32 was expected, but there is (ref bottom)
            0 | 02 01 00 D6 00 41 00 0B 1A 0B | 3 | the label takes i32
            """)
    void anErrorNamesItsByte(int type, String operators, int index, String problem) {
        byte[] module = types().code(type, bytes(0), hex(operators)).module();
        int body = module.length - hex(operators).length;
        assertThatThrownBy(() -> OperatorLog.of(module)).isInstanceOfSatisfying(ModuleException.class, e -> {
            assertThat(e).hasMessageContaining(problem);
            assertThat(e.byteOffset() - body).isEqualTo(index);
        });
    }

    @Test
    void aBodyThatIsCutShortIsAnErrorAtItsEnd() {
        byte[] module = types().code(0, bytes(0), hex("02 40 0B")).module();
        assertThatThrownBy(() -> OperatorLog.of(module)).isInstanceOfSatisfying(ModuleException.class, e -> {
            assertThat(e).hasMessageContaining("unexpected end");
            assertThat(e.byteOffset()).isEqualTo(module.length);
        });
    }

    @Test
    void operatorsArePassedInOrderWithTheirOffsets() {
        OperatorLog log = log(2, "20 00 41 05 6A 0B");
        assertThat(log.operators)
                .containsExactly("begin [127] [127] 1", "localGet 0", "i32Const 5", "numeric 106", "end true");
        int first = log.offsets.get(0);
        assertThat(log.offsets).containsExactly(first, first + 2, first + 4, first + 5);
    }

    /** After a jump, the next operator passed on is the end of the construct. */
    @Test
    void operatorsThatCannotBeReachedAreValidatedButNotPassed() {
        assertThat(log(0, "02 40 0C 00 41 01 1A 02 40 0B 0B 01 0B").operators)
                .containsExactly("begin [] [] 0", "block [] []", "br 0", "end false", "end true");
        assertThat(log(1, "00 41 01 6A 0B").operators).containsExactly("begin [] [127] 0", "unreachable", "end false");
    }

    @Test
    void bothArmsAreReachedIfTheConditionIs() {
        assertThat(log(1, "41 01 04 7F 00 05 41 02 0B 0B").operators)
                .containsExactly(
                        "begin [] [127] 0",
                        "i32Const 1",
                        "ifThen [] [127]",
                        "unreachable",
                        "otherwise false",
                        "i32Const 2",
                        "end true",
                        "end true");
    }

    /** A jump to a loop goes to its start: what follows the loop is not reached by it. */
    @Test
    void nothingFollowsALoopThatOnlyJumpsBack() {
        assertThat(log(0, "03 40 0C 00 0B 41 01 1A 0B").operators)
                .containsExactly("begin [] [] 0", "loop [] []", "br 0", "end false", "end false");
        String clauses = "[CatchClause[kind=2, tag=-1, depth=0]]";
        assertThat(log(0, "03 40 1F 40 01 02 00 0C 01 0B 0B 41 01 1A 0B").operators)
                .containsExactly(
                        "begin [] [] 0",
                        "loop [] []",
                        "tryTable [] [] " + clauses,
                        "br 1",
                        "end false",
                        "end false",
                        "end false");
    }

    @Test
    void aCatchClauseReachesItsBlock() {
        String clauses = "[CatchClause[kind=2, tag=-1, depth=0]]";
        assertThat(log(0, "02 40 1F 40 01 02 00 00 0B 0B 01 0B").operators)
                .containsExactly(
                        "begin [] [] 0",
                        "block [] []",
                        "tryTable [] [] " + clauses,
                        "unreachable",
                        "end false",
                        "end false",
                        "end true");
    }

    @Test
    void theEndOfADelegateCountsFromOutside() {
        assertThat(log(0, "06 40 00 18 00 0B").operators)
                .containsExactly("begin [] [] 0", "tryLegacy [] []", "unreachable", "delegate false 0", "end false");
        assertThatThrownBy(() -> log(0, "06 40 00 18 01 0B")).hasMessageContaining("unknown label 1");
    }

    @Test
    void aLocalWithoutDefaultHasToBeSetInTheSameConstruct() {
        // (local (ref 0)); the function refers to itself
        byte[] locals = bytes(1, 1, 0x64, 0);
        ModuleBytes exported = types().middle(7, bytes(1, 0, 0, 0));
        assertThat(OperatorLog.of(exported.code(0, locals, hex("D2 00 21 00 20 00 1A 0B"))
                                .module())
                        .operators)
                .contains("localSet 0", "localGet 0");
        assertThatThrownBy(() -> OperatorLog.of(
                        types().code(0, locals, hex("20 00 1A 0B")).module()))
                .hasMessageContaining("uninitialized local 0");
        assertThatThrownBy(() -> OperatorLog.of(types().middle(7, bytes(1, 0, 0, 0))
                        .code(0, locals, hex("02 40 D2 00 21 00 0B 20 00 1A 0B"))
                        .module()))
                .hasMessageContaining("uninitialized local 0");
    }

    @Test
    void aBlockTypeMayBeAnIndexThatIsATypesByteAsWell() {
        ModuleBytes many = new ModuleBytes();
        for (int i = 0; i < 128; i++) {
            many.type(function(0, i == 105 || i == 64 ? 1 : 0));
        }
        for (int index : new int[] {64, 105}) {
            OperatorLog log =
                    OperatorLog.of(many.code(0, bytes(0, 0x02), ModuleBytes.index(index), hex("41 07 0B 1A 0B"))
                            .module());
            assertThat(log.operators).contains("block [] [127]");
        }
    }

    @Test
    void nestingIsBoundedByTheBodyAlone() {
        int depth = 1_000_000;
        assertThat(OperatorLog.valid(types().code(0, bytes(0), times(depth, 0x02, 0x40), times(depth + 1, 0x0B))
                                .module())
                        .functionCount())
                .isEqualTo(1);
        OperatorLog log = OperatorLog.of(types().code(0, bytes(0), times(10_000, 0x03, 0x40), times(10_001, 0x0B))
                .module());
        assertThat(log.operators).hasSize(1 + 10_000 + 10_001);
    }

    @Test
    void limitsOfABodyHaveTheirOwnMessages() {
        byte[] group = all(number(50_001), bytes(0x7F));
        assertThatThrownBy(() -> OperatorLog.of(
                        types().code(0, bytes(1), group, bytes(0x0B)).module()))
                .hasMessageContaining("too many locals: the most is 50000");
        assertThat(OperatorLog.of(types().code(2, bytes(1), number(49_999), bytes(0x7F), bytes(0x41, 0, 0x0B))
                                .module())
                        .operators)
                .hasSize(3);
        byte[] table = all(bytes(0, 0x41, 0, 0x0E), number(65_521), new byte[65_522], bytes(0x0B));
        assertThatThrownBy(() -> OperatorLog.of(types().code(0, table).module()))
                .hasMessageContaining("too many targets of a br_table: 65521, the most is 65520");
        byte[] longest = all(bytes(0, 0x41, 0, 0x0E), number(65_520), new byte[65_521], bytes(0x0B));
        assertThat(OperatorLog.of(types().code(0, longest).module()).operators).hasSize(4);
        byte[] array = bytes(0x5E, 0x7F, 0);
        byte[] fixed = all(bytes(0), times(10_001, 0x41, 0), bytes(0xFB, 8, 3), number(10_001), bytes(0x1A, 0x0B));
        assertThatThrownBy(
                        () -> OperatorLog.of(types().type(array).code(0, fixed).module()))
                .hasMessageContaining("array.new_fixed of 10001 elements, the most is 10000");
    }

    @Test
    void interruptsAreHeeded() {
        byte[] module =
                types().code(0, bytes(0), times(100_000, 1), bytes(0x0B)).module();
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> OperatorLog.of(module)).hasMessageContaining("interrupted while it was compiled");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    /** A call takes two bytes and pushes a thousand operands. */
    @Test
    void operandsAreBounded() {
        ModuleBytes module = new ModuleBytes().type(function(0, 1000));
        module.code(0, bytes(0), times(100_000, 0x10, 0), bytes(0x0B));
        assertThatThrownBy(() -> OperatorLog.of(module.module()))
                .hasMessageContaining("too many operands on the stack: the most is 1000000");
    }

    /** The results of a label cost nothing where any operand is there. */
    @Test
    void codeThatCannotBeReachedIsCheap() {
        ModuleBytes results = new ModuleBytes().type(function(0, 1000));
        results.code(0, bytes(0, 0), times(3_000_000, 0x0C, 0), bytes(0x0B));
        assertThat(OperatorLog.of(results.module()).operators).hasSize(3);
        byte[] struct = all(bytes(0x5F), number(10_000), times(10_000, 0x7F, 1));
        ModuleBytes fields = new ModuleBytes().type(function(0, 0)).type(struct);
        fields.code(0, bytes(0, 0), times(1_500_000, 0xFB, 0, 1, 0x1A), bytes(0x0B));
        assertThat(OperatorLog.of(fields.module()).operators).hasSize(3);
    }
}
