package dev.airlock.engine.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.validate.CodeSink;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class VectorFormsTest {
    private static final int V = ValueTypes.V128;
    private static final int I32X4_ADD = 0xFD_00AE;
    private static final int F32X4_ADD = 0xFD_00E4;
    private static final int F32X4_LT = 0xFD_0043;
    private static final int F64X2_MUL = 0xFD_00F2;
    private static final int I8X16_ADD = 0xFD_006E;
    private static final int I16X8_EXTEND_LOW = 0xFD_0089;
    private static final int BITSELECT = 0xFD_0052;
    private static final int XOR = 0xFD_0051;
    private static final int[] NONE = {};

    /** Type 0 takes and gives a vector. */
    private static VectorForms forms(int parameters, int locals, Consumer<CodeSink> body) {
        VectorForms forms = new VectorForms(
                new VectorForms.Types(
                        type -> new int[] {V},
                        type -> new int[] {V},
                        type -> new int[] {V},
                        function -> 0,
                        tag -> 0,
                        global -> V),
                false);
        int[] types = new int[locals];
        Arrays.fill(types, V);
        forms.begin(types, NONE, parameters);
        body.accept(forms);
        forms.end(true);
        return forms;
    }

    @Test
    void aLoadAndItsLocalTakeTheLanesOfTheOperatorThatUsesThem() {
        VectorForms forms = forms(0, 2, code -> {
            code.vectorMemory(VectorEmitter.V128_LOAD, 0, 0, 0);
            code.localSet(0);
            code.localGet(0);
            code.localGet(1);
            code.vector(F32X4_ADD);
            code.localSet(1);
        });
        assertThat(forms.ofResult(0)).isEqualTo(VectorForm.FLOATS);
        assertThat(forms.ofLocal(0)).isEqualTo(VectorForm.FLOATS);
        assertThat(forms.ofLocal(1)).isEqualTo(VectorForm.FLOATS);
    }

    @Test
    void whatALoopDoesWeighsMore() {
        VectorForms forms = forms(0, 1, code -> {
            for (int i = 0; i < 7; i++) {
                code.localGet(0);
                code.localGet(0);
                code.vector(F64X2_MUL);
                code.drop(V);
            }
            code.loop(NONE, NONE);
            code.localGet(0);
            code.localGet(0);
            code.vector(I32X4_ADD);
            code.localSet(0);
            code.end(true);
        });
        assertThat(forms.ofLocal(0)).isEqualTo(VectorForm.INTS);
    }

    @Test
    void bitsFollowTheirOperands() {
        VectorForms forms = forms(0, 2, code -> {
            code.localGet(0);
            code.v128Const(1, 2);
            code.vector(XOR);
            code.localTee(1);
            code.localGet(1);
            code.vector(I32X4_ADD);
            code.drop(V);
        });
        assertThat(forms.ofResult(0)).isEqualTo(VectorForm.INTS);
        assertThat(forms.ofLocal(0)).isEqualTo(VectorForm.INTS);
    }

    @Test
    void lanesOfBytesAndWhatLeavesTheFunctionAreTwoLongs() {
        VectorForms forms = forms(1, 3, code -> {
            code.localGet(0);
            code.call(0);
            code.localSet(1);
            code.localGet(2);
            code.localGet(2);
            code.vector(I8X16_ADD);
            code.localSet(2);
            code.globalGet(0);
            code.vector(I16X8_EXTEND_LOW);
            code.globalSet(0);
        });
        assertThat(forms.ofLocal(0)).isEqualTo(VectorForm.LONGS);
        assertThat(forms.ofLocal(1)).isEqualTo(VectorForm.LONGS);
        assertThat(forms.ofLocal(2)).isEqualTo(VectorForm.LONGS);
    }

    @Test
    void followsTheStackThroughConstructsAndUnreachableCode() {
        VectorForms forms = forms(0, 3, code -> {
            code.localGet(0);
            code.block(NONE, new int[] {V});
            code.localGet(1);
            code.br(0);
            code.end(false);
            code.ifThen(NONE, new int[] {V});
            code.localGet(1);
            code.otherwise(true);
            code.unreachable();
            code.end(false);
            code.drop(V);
            code.vector(F32X4_LT);
            code.localSet(2);
            code.v128Const(0, 0);
            code.v128Const(0, 0);
            code.v128Const(0, 0);
            code.vector(BITSELECT);
            code.drop(V);
        });
        // The operands of the comparison are local 0 and the result of the block.
        assertThat(forms.ofLocal(0)).isEqualTo(VectorForm.FLOATS);
        assertThat(forms.ofLocal(1)).isEqualTo(VectorForm.LONGS);
        assertThat(forms.ofLocal(2)).isEqualTo(VectorForm.INTS);
    }
}
