package dev.airlock.engine.validate;

import static dev.airlock.engine.validate.ModuleBytes.all;
import static dev.airlock.engine.validate.ModuleBytes.bytes;
import static dev.airlock.engine.validate.ModuleBytes.function;
import static dev.airlock.engine.validate.ModuleBytes.name;
import static dev.airlock.engine.validate.ModuleBytes.number;
import static dev.airlock.engine.validate.ModuleBytes.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.error.ModuleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Constant expressions, segments and exports: what a module says outside of its bodies. */
@Timeout(30)
class ConstantValidationTest {
    private static ModuleBytes module() {
        return new ModuleBytes().type(function(0, 0)).body(0, 0x0B);
    }

    private static ValidModule valid(ModuleBytes module) {
        return OperatorLog.valid(module.module());
    }

    /** Checks that a module is refused at the byte that its last section has at an index. */
    private static void refused(ModuleBytes module, byte[] section, int index, String problem) {
        byte[] bytes = module.module();
        int at = indexOf(bytes, section) + index;
        assertThatThrownBy(() -> OperatorLog.valid(bytes)).isInstanceOfSatisfying(ModuleException.class, e -> {
            assertThat(e).hasMessageContaining(problem);
            assertThat(e.byteOffset()).isEqualTo(at);
        });
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i <= bytes.length - part.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }

    @Test
    void anExpressionIsItsOperators() {
        ConstantExpression sum = valid(module().middle(6, bytes(1, 0x7E, 0, 0x42, 3, 0x42, 0x7F, 0x7C, 0x0B)))
                .globalValue(0);
        assertThat(sum.opcodes()).containsExactly(ConstantExpression.I64_CONST, ConstantExpression.I64_CONST, 0x7C);
        assertThat(sum.arguments()).containsExactly(3, -1, 0);
        assertThat(sum.isOnly(ConstantExpression.I64_CONST)).isFalse();
    }

    @Test
    void expressionsDoNotSeeEachOther() {
        ValidModule module = valid(
                module().middle(6, bytes(3, 0x7F, 0, 0x41, 3, 0x0B, 0x7F, 0, 0x23, 0, 0x0B, 0x70, 0, 0xD2, 0, 0x0B)));
        assertThat(module.globalValue(0).arguments()).containsExactly(3);
        assertThat(module.globalValue(1).isOnly(ConstantExpression.GLOBAL_GET)).isTrue();
        assertThat(module.globalValue(2).isOnly(ConstantExpression.REF_FUNC)).isTrue();
        assertThat(module.referencedFunctions().get(0)).isTrue();
    }

    @Test
    void anErrorNamesItsByte() {
        byte[] later = bytes(2, 0x7F, 0, 0x23, 1, 0x0B, 0x7F, 0, 0x41, 0, 0x0B);
        refused(module().middle(6, later), later, 3, "unknown global 1 in a constant expression");
        byte[] mutable = bytes(2, 0x7F, 1, 0x41, 0, 0x0B, 0x7F, 0, 0x23, 0, 0x0B);
        refused(module().middle(6, mutable), mutable, 8, "global 0 is mutable");
        byte[] mismatch = bytes(1, 0x7E, 0, 0x41, 0, 0x0B);
        refused(module().middle(6, mismatch), mismatch, 5, "i64 was expected, but there is i32");
        byte[] operator = bytes(1, 0x7F, 0, 0x41, 1, 0x41, 2, 0x6D, 0x0B);
        refused(module().middle(6, operator), operator, 7, "constant expression required");
        byte[] function = bytes(1, 0x70, 0, 0xD2, 9, 0x0B);
        refused(module().middle(6, function), function, 4, "unknown function 9");
        byte[] listed = bytes(1, 1, 0, 3, 0, 0, 5);
        refused(module().middle(9, listed), listed, 6, "unknown function 5");
        byte[] items = bytes(1, 5, 0x70, 2, 0xD2, 0, 0x0B, 0xD2, 7, 0x0B);
        refused(module().middle(9, items), items, 8, "unknown function 7");
        byte[] wrong = bytes(1, 5, 0x6F, 2, 0xD0, 0x6F, 0x0B, 0xD2, 0, 0x0B);
        refused(module().middle(9, wrong), wrong, 7, "(ref 0) in a segment of (ref null extern)");
        byte[] twice = all(number(2), name("twice"), bytes(0, 0), name("twice"), bytes(0, 0));
        refused(module().middle(7, twice), twice, 9, "duplicate export name");
    }

    @Test
    void anErrorInATypeIndexNamesItsByte() {
        ModuleBytes functions = new ModuleBytes().type(function(0, 0));
        functions.body(0, 0x0B).body(0, 0x0B).body(3, 0x0B);
        refused(functions, bytes(3, 4, 3, 0, 0, 3), 5, "unknown type 3");
        byte[] tags = bytes(2, 0, 0, 0, 1);
        refused(
                new ModuleBytes().type(function(0, 0)).type(function(0, 1)).early(13, tags),
                tags,
                4,
                "non-empty tag result type");
    }

    /** Segments of functions cost no object for each item. */
    @Test
    void segmentsOfFunctionsAreIndices() {
        ValidModule module = valid(module().middle(
                        9,
                        bytes(
                                3, 1, 0, 1, 0, 5, 0x70, 2, 0xD0, 0x70, 0x0B, 0xD2, 0, 0x0B, 5, 0x6F, 1, 0xD0, 0x6F,
                                0x0B)));
        assertThat(module.elementFunctions(0)).containsExactly(0);
        assertThat(module.elementFunctions(1)).containsExactly(-1, 0);
        assertThat(module.elementFunctions(2)).containsExactly(-1);
        assertThat(module.elementItems(1)).isEmpty();
        ValidModule others = valid(module().middle(9, bytes(1, 5, 0x6C, 1, 0x41, 7, 0xFB, 28, 0x0B)));
        assertThat(others.elementFunctions(0)).isNull();
        assertThat(others.elementItems(0)).hasSize(1);
        assertThat(others.elementItems(0).get(0).arguments()[0]).isEqualTo(7);
    }

    @Test
    void manyItemsAreFast() {
        byte[] items = all(bytes(1, 5, 0x70), number(2_000_000), times(2_000_000, 0xD2, 0, 0x0B));
        assertThat(valid(module().middle(9, items)).elementFunctions(0)).hasSize(2_000_000);
        byte[] globals = all(number(500_000), times(500_000, 0x70, 0, 0xD2, 0, 0x0B));
        assertThat(valid(module().middle(6, globals)).globalCount()).isEqualTo(500_000);
    }

    /** The binary format has no operator that would need a stack of the JVM for a long expression. */
    @Test
    void longExpressionsAreNotDeep() {
        byte[] sum = all(bytes(1, 0x7F, 0), times(900_000, 0x41, 1), times(899_999, 0x6A), bytes(0x0B));
        assertThat(valid(module().middle(6, sum)).globalValue(0).opcodes()).hasSize(1_799_999);
    }

    /** How large a table may become is for the limits of an instance. */
    @Test
    void tablesOfAnySizeAreValid() {
        ValidModule module = valid(module().middle(4, bytes(2, 0x70, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0x70, 4, 0)));
        assertThat(module.table(0).limits().minimum()).isEqualTo(0xFFFF_FFFFL);
        assertThat(module.table64(1)).isTrue();
        assertThatThrownBy(() -> valid(module().middle(4, bytes(1, 0x70, 1, 2, 1))))
                .hasMessageContaining("size minimum must not be greater than maximum");
    }

    @Test
    void memoriesAreCheckedByTheirPages() {
        assertThat(valid(module().middle(5, bytes(1, 8, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0)))
                        .memory(0)
                        .pageShift())
                .isZero();
        assertThatThrownBy(() -> valid(module().middle(5, bytes(1, 0, 0x81, 0x80, 4))))
                .hasMessageContaining("memory size must be at most 2^16 pages");
        assertThatThrownBy(() -> valid(module().middle(5, bytes(1, 8, 0, 1))))
                .hasMessageContaining("invalid custom page size: 2^1 bytes");
        assertThatThrownBy(() -> valid(module().middle(5, bytes(1, 2, 0))))
                .hasMessageContaining("shared memory must have maximum");
    }

    @Test
    void exportsAndElementsDeclareFunctionsForReferences() {
        byte[] names = all(number(1), name("f"), bytes(0, 0));
        ModuleBytes exported = new ModuleBytes().type(function(0, 0)).body(0, 0xD2, 0, 0x1A, 0x0B);
        assertThatThrownBy(() -> OperatorLog.of(exported.module()))
                .hasMessageContaining("undeclared function reference 0");
        assertThat(OperatorLog.of(exported.middle(7, names).module()).operators)
                .contains("refFunc 0", "drop " + ValueTypes.reference(false, 0));
    }
}
