package dev.airlock.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.ValueException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListValueTest {
    private static final ListType BYTES = new ListType(PrimitiveType.U8);

    @Test
    void numbersAreHeldInArrays() {
        assertThat(held(PrimitiveType.BOOL, new PrimitiveValue.Bool(true))).isEqualTo(new boolean[] {true});
        assertThat(held(PrimitiveType.S8, new PrimitiveValue.S8((byte) -1))).isEqualTo(new byte[] {-1});
        assertThat(held(PrimitiveType.U8, new PrimitiveValue.U8(255))).isEqualTo(new byte[] {-1});
        assertThat(held(PrimitiveType.S16, new PrimitiveValue.S16((short) -1))).isEqualTo(new short[] {-1});
        assertThat(held(PrimitiveType.U16, new PrimitiveValue.U16(65_535))).isEqualTo(new short[] {-1});
        assertThat(held(PrimitiveType.S32, new PrimitiveValue.S32(-1))).isEqualTo(new int[] {-1});
        assertThat(held(PrimitiveType.U32, new PrimitiveValue.U32(-1))).isEqualTo(new int[] {-1});
        assertThat(held(PrimitiveType.S64, new PrimitiveValue.S64(-1))).isEqualTo(new long[] {-1});
        assertThat(held(PrimitiveType.U64, new PrimitiveValue.U64(-1))).isEqualTo(new long[] {-1});
        assertThat(held(PrimitiveType.F32, new PrimitiveValue.F32(0.5f))).isEqualTo(new float[] {0.5f});
        assertThat(held(PrimitiveType.F64, new PrimitiveValue.F64(0.5))).isEqualTo(new double[] {0.5});
        assertThat(held(PrimitiveType.CHAR, new PrimitiveValue.Char(0x1F30A))).isEqualTo(new int[] {0x1F30A});
        assertThat(held(PrimitiveType.STRING, new PrimitiveValue.Text("x"))).isNull();
    }

    @Test
    void elementsAreReturnedUnchanged() {
        RandomTypes.seeds(500, seed -> {
            ListType type = new ListType(new RandomTypes(seed).next());
            RandomValues values = new RandomValues(seed);
            List<Value> elements = List.of(values.next(type.element()), values.next(type.element()));
            ListValue list = ListValue.of(type, elements);
            assertThat(list.values()).isEqualTo(elements);
            assertThat(list.get(1)).isEqualTo(elements.get(1));
            assertThat(list).isEqualTo(ListValue.of(type, elements)).hasSameHashCodeAs(ListValue.of(type, elements));
        });
    }

    @Test
    void anArrayIsCopiedUnlessItIsWrapped() {
        byte[] bytes = {1, 2};
        ListValue copied = ListValue.ofArray(BYTES, bytes);
        ListValue wrapped = ListValue.wrap(BYTES, bytes, ValuePath.root());
        assertThat(copied).isEqualTo(wrapped);
        assertThat(wrapped.array()).isSameAs(bytes);
        bytes[0] = 9;
        assertThat(copied.get(0)).isEqualTo(new PrimitiveValue.U8(1));
    }

    @Test
    void aMegabyteOfBytesIsOneArray() {
        ListValue value = ListValue.wrap(BYTES, new byte[1 << 20], ValuePath.root());
        assertThat(value).isEqualTo(ListValue.ofArray(BYTES, new byte[1 << 20]));
        assertThat(value).hasToString("ListValue[list<u8>, 1048576 elements]");
    }

    @Test
    void refusesValuesThatDoNotFit() {
        ValuePath path = ValuePath.of("data");
        assertThatThrownBy(() -> ListValue.wrap(BYTES, new int[1], path))
                .isInstanceOf(ValueException.class)
                .hasMessage("data: list<u8> is not held as int[]");
        assertThatThrownBy(() -> ListValue.wrap(new ListType(PrimitiveType.STRING), new String[1], path))
                .hasMessage("data: list<string> is not held as String[]");
        assertThatThrownBy(() -> ListValue.wrap(BYTES, "text", path))
                .hasMessage("data: list<u8> is not held as String");
        assertThatThrownBy(() -> ListValue.of(BYTES, List.of(new PrimitiveValue.S8((byte) 1)), path))
                .hasMessage("data[0]: takes u8, got s8");
        assertThatThrownBy(() -> ListValue.wrap(new ListType(PrimitiveType.U8, 4), new byte[3], path))
                .hasMessage("data: list<u8, 4> has 4 elements, got 3");
        assertThatThrownBy(() -> ListValue.wrap(new ListType(PrimitiveType.CHAR), new int[] {'a', 0xDFFF}, path))
                .hasMessage("data[1]: char takes Unicode scalar values, got the surrogate U+DFFF");
        assertThatThrownBy(() -> ListValue.wrap(new ListType(PrimitiveType.CHAR), new int[] {-1}, path))
                .hasMessage("data[0]: char takes Unicode scalar values, got U+FFFFFFFF");
    }

    private static Object held(PrimitiveType type, Value value) {
        return ListValue.of(new ListType(type), List.of(value)).array();
    }
}
