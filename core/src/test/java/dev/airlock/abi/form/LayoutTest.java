package dev.airlock.abi.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.SignatureException;
import dev.airlock.type.CoreValType;
import dev.airlock.type.EnumType;
import dev.airlock.type.FuncType;
import dev.airlock.type.ListType;
import dev.airlock.type.OptionType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.RecordType;
import dev.airlock.type.TupleType;
import dev.airlock.type.ValType;
import dev.airlock.type.VariantType;
import dev.airlock.type.WrittenTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with the component model's reference: see the head of layout-oracle.txt. */
class LayoutTest {
    static Stream<String> types() throws IOException {
        return oracle("type | ");
    }

    static Stream<String> functions() throws IOException {
        return oracle("func | ");
    }

    private static Stream<String> oracle(String kind) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                LayoutTest.class.getResourceAsStream("layout-oracle.txt"), "layout-oracle.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> line.startsWith(kind))
                            .map(line -> line.substring(kind.length()))
                            .toList()
                            .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void agreesOnTypes(String line) {
        String[] expected = line.split(" \\| ");
        ValType type = WrittenTypes.type(expected[0]);
        assertThat(type).hasToString(expected[0]);
        assertThat(Layout.sizeOf(type)).as("size").hasToString(expected[1]);
        assertThat(Layout.alignmentOf(type)).as("alignment").hasToString(expected[2]);
        if (type instanceof RecordType || type instanceof TupleType) {
            assertThat(IntStream.of(Layout.offsets(type.parts()))
                            .mapToObj(Integer::toString)
                            .collect(Collectors.joining(" ")))
                    .as("offsets")
                    .isEqualTo(expected[3]);
        } else if (type instanceof VariantType variant) {
            assertThat(Layout.payloadOffset(variant.cases().size(), variant.parts()))
                    .as("payload")
                    .hasToString(expected[3]);
        }
        List<CoreValType> core =
                Arrays.stream(expected[4].split(" ")).map(CoreValType::named).toList();
        assertThat(LayoutFlattening.flatten(type, core.size())).as("core types").isEqualTo(core);
        assertThat(LayoutFlattening.flatten(type, core.size() - 1))
                .as("one too few")
                .isNull();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void agreesOnFunctions(String line) {
        String[] expected = line.split(" \\| ");
        FuncType type = WrittenTypes.func(expected[0]);
        assertThat(type).hasToString(expected[0]);
        assertThat(LayoutFlattening.lifted(type)).as("lifted").hasToString(expected[1]);
        assertThat(LayoutFlattening.lowered(type)).as("lowered").hasToString(expected[2]);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "256, 1", "257, 2", "65536, 2", "65537, 4"})
    void discriminantsGrowWithTheNumberOfCases(int cases, int size) {
        assertThat(Layout.discriminantSize(cases)).isEqualTo(size);
        EnumType type = new EnumType(
                null, IntStream.range(0, cases).mapToObj(i -> "c" + i).toList());
        assertThat(Layout.of(type)).isEqualTo(new Layout(size, size));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "8, 1", "9, 2", "16, 2", "17, 4", "32, 4"})
    void flagsArePacked(int flags, int size) {
        assertThat(Layout.flagsSize(flags)).isEqualTo(size);
    }

    @Test
    void refusesValuesLargerThanAMemory() {
        ValType half = new ListType(PrimitiveType.U32, 1 << 28);
        assertThat(Layout.of(half)).isEqualTo(new Layout(1 << 30, 4));
        ValType whole = new TupleType(List.of(half, half));
        assertThatThrownBy(() -> Layout.of(whole))
                .isInstanceOf(SignatureException.class)
                .hasMessage("a value would take 2147483648 bytes, more than a memory has");
        assertThatThrownBy(() -> Layout.of(new ListType(PrimitiveType.U64, Integer.MAX_VALUE)))
                .hasMessage("a value would take 17179869176 bytes, more than a memory has");
    }

    @Test
    void stopsFlatteningAboveTheMaximum() {
        ValType huge = new ListType(new ListType(PrimitiveType.U8, Integer.MAX_VALUE), Integer.MAX_VALUE);
        assertThat(LayoutFlattening.flatten(huge, LayoutFlattening.MAX_FLAT_PARAMS))
                .isNull();
        assertThat(LayoutFlattening.paramsInMemory(new FuncType(List.of(new FuncType.Param("a", huge)), null)))
                .isTrue();
    }

    @Test
    void layoutTimeGrowsWithTheSizeOfATypeNotItsDepth() {
        ValType type = PrimitiveType.U8;
        for (int i = 2; i < ValType.MAX_DEPTH; i += 2) {
            type = new OptionType(new TupleType(List.of(type)));
        }
        assertThat(Layout.of(type)).isEqualTo(new Layout(50, 1));
        assertThat(LayoutFlattening.flatten(type, 50)).hasSize(50);
    }
}
