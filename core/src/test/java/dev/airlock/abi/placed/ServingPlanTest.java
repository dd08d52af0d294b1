package dev.airlock.abi.placed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.mapping.BlockForm;
import dev.airlock.placement.Placement;
import dev.airlock.placement.Placement.Allocate;
import dev.airlock.placement.Placement.Free;
import dev.airlock.placement.Placement.In;
import dev.airlock.placement.Placement.Out;
import dev.airlock.shape.Carrier;
import dev.airlock.shape.ScalarForm;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The plans of calls from a guest into Java, step by step. */
class ServingPlanTest {
    record Order(String item, int count) {}

    enum Color {
        RED,
        GREEN
    }

    private static final Allocate MALLOC = new Allocate("malloc", Allocate.Form.SIZE);
    private static final Free FREE = new Free("free", Free.Form.POINTER);
    private static final Placement C = placement(MALLOC, FREE, In.POINTER_COUNT, Out.PACKED);
    private static final Placement RUST = placement(
            new Allocate("alloc", Allocate.Form.SIZE),
            new Free("dealloc", Free.Form.POINTER_SIZE),
            In.POINTER_COUNT,
            Out.PACKED);
    private static final Placement NUMBERS =
            new Placement(null, null, In.POINTER_COUNT, Out.PACKED, false, false, BlockForm.UTF8, null);
    private static final Placement FAT = new Placement(
            new Allocate("__fp_malloc", Allocate.Form.FAT),
            new Free("__fp_free", Free.Form.FAT),
            In.FAT,
            Out.PACKED,
            true,
            true,
            BlockForm.UTF8,
            null);

    private static final Carrier STRING = block(BlockForm.UTF8, String.class);
    private static final Carrier LONGS = block(BlockForm.LONGS, long[].class);
    private static final Carrier DOUBLES = block(BlockForm.DOUBLES, double[].class);
    private static final Carrier ORDER = block(BlockForm.PAYLOAD, Order.class);

    private static Placement placement(Allocate allocate, @Nullable Free free, In in, Out out) {
        return new Placement(allocate, free, in, out, false, true, BlockForm.UTF8, null);
    }

    private static Carrier block(BlockForm form, Class<?> javaType) {
        return new Carrier.Block(form, javaType, javaType);
    }

    private static Carrier scalar(ScalarForm form) {
        return new Carrier.Scalar(form, form.javaType());
    }

    private static String plan(Placement placement, String names, @Nullable Carrier result, Carrier... params) {
        List<String> named = names.isEmpty() ? List.of() : List.of(names.split(" "));
        return ServingPlanner.serve("run", placement, false, named, List.of(params), result)
                .toString();
    }

    private static Placement unfreed(Placement from) {
        return new Placement(from.allocate(), from.free(), from.in(), from.out(), true, false, from.text(), null);
    }

    @Test
    void aStringArgumentIsReadAndTheGuestKeepsIt() {
        assertThat(plan(unfreed(C), "message", null, STRING)).isEqualTo("""
                        run(ptr0, count0)
                          message = utf8(memory[ptr0, count0])
                          java(message)
                        """);
    }

    @Test
    void theGuestsAllocatorAllocatesTheResultAndTheGuestOwnsIt() {
        assertThat(plan(unfreed(C), "question", STRING, STRING)).isEqualTo("""
                        run(ptr0, count0)
                          question = utf8(memory[ptr0, count0])
                          answer = java(question)
                          elements = utf8(answer)
                          count = count(elements)
                          ptr = allocate(count)
                          memory[ptr…] = elements
                          fat = ptr << 32 | count
                          return fat
                        """);
    }

    @Test
    void aMethodMayTakeTheGuestToo() {
        assertThat(ServingPlanner.serve(
                        "run",
                        unfreed(C),
                        true,
                        List.of("message", "level"),
                        List.of(STRING, scalar(ScalarForm.S32)),
                        null))
                .hasToString("""
                        run(ptr0, count0, core1)
                          message = utf8(memory[ptr0, count0])
                          level = s32(core1)
                          java(guest, message, level)
                        """);
    }

    @Test
    void aResultByReturnPointer() {
        assertThat(plan(
                        unfreed(placement(MALLOC, FREE, In.POINTER_COUNT, Out.RETURN_POINTER)),
                        "question",
                        STRING,
                        STRING))
                .isEqualTo("""
                        run(ret, ptr0, count0)
                          question = utf8(memory[ptr0, count0])
                          answer = java(question)
                          elements = utf8(answer)
                          count = count(elements)
                          ptr = allocate(count)
                          memory[ptr…] = elements
                          memory[ret…] = ptr, count
                        """);
    }

    @Test
    void nulTerminatedBothWays() {
        assertThat(plan(
                        unfreed(placement(MALLOC, FREE, In.NUL_TERMINATED, Out.NUL_TERMINATED)),
                        "question",
                        STRING,
                        STRING))
                .isEqualTo("""
                        run(ptr0)
                          count0 = length(ptr0)
                          question = utf8(memory[ptr0, count0])
                          answer = java(question)
                          elements = utf8(answer), no NUL in it
                          count = count(elements)
                          ptr = allocate(count + 1)
                          memory[ptr…] = elements, NUL
                          return ptr
                        """);
    }

    @Test
    void twoResults() {
        assertThat(plan(
                        unfreed(placement(MALLOC, FREE, In.POINTER_COUNT, Out.TWO_RESULTS)),
                        "question",
                        STRING,
                        STRING))
                .isEqualTo("""
                        run(ptr0, count0)
                          question = utf8(memory[ptr0, count0])
                          answer = java(question)
                          elements = utf8(answer)
                          count = count(elements)
                          ptr = allocate(count)
                          memory[ptr…] = elements
                          both = ptr, count
                          return both
                        """);
    }

    @Test
    void slices() {
        assertThat(plan(unfreed(placement(MALLOC, FREE, In.SLICE, Out.PACKED)), "values", null, LONGS))
                .isEqualTo("""
                        run(ptr0, count0, capacity0)
                          values = longs(memory[ptr0, count0])
                          java(values)
                        """);
    }

    @Test
    void fatPointersAreFreedBeforeJavaRuns() {
        assertThat(plan(FAT, "order", ORDER, ORDER)).isEqualTo("""
                        run(fat0)
                          ptr0, count0 = fat0 >>> 32, fat0
                          order = payload(memory[ptr0, count0])
                          free(ptr0, count0)
                          answer = java(order)
                          elements = payload(answer)
                          count = count(elements)
                          ptr = allocate(count)
                          memory[ptr…] = elements
                          fat = ptr << 32 | count
                          return fat
                        """);
    }

    @Test
    void argumentsWithASizeAreFreedWithIt() {
        assertThat(plan(RUST, "values", null, DOUBLES)).isEqualTo("""
                        run(ptr0, count0)
                          values = doubles(memory[ptr0, count0])
                          free(ptr0, count0 * 8)
                          java(values)
                        """);
    }

    @Test
    void numbersAreCheckedBothWays() {
        assertThat(plan(
                        NUMBERS,
                        "a b",
                        scalar(ScalarForm.U16),
                        scalar(ScalarForm.CHAR),
                        new Carrier.Scalar(ScalarForm.ENUM, Color.class)))
                .isEqualTo("""
                        run(core0, core1)
                          a = char(core0)
                          b = enum(core1)
                          answer = java(a, b)
                          core = u16(answer)
                          return core
                        """);
    }

    @Test
    void noParametersAndNoResult() {
        assertThat(plan(NUMBERS, "", null)).isEqualTo("""
                        run()
                          java()
                        """);
    }

    @Test
    void payloadsAreBytes() {
        assertThat(plan(unfreed(C), "order", ORDER, ORDER)).isEqualTo("""
                        run(ptr0, count0)
                          order = payload(memory[ptr0, count0])
                          answer = java(order)
                          elements = payload(answer)
                          count = count(elements)
                          ptr = allocate(count)
                          memory[ptr…] = elements
                          fat = ptr << 32 | count
                          return fat
                        """);
    }

    @Test
    void aParameterMayHaveTheNameOfAnIntermediateValue() {
        assertThat(plan(
                        unfreed(placement(MALLOC, FREE, In.POINTER_COUNT, Out.RETURN_POINTER)),
                        "ptr0 count1 ret answer",
                        STRING,
                        STRING,
                        STRING,
                        LONGS,
                        scalar(ScalarForm.S32)))
                .isEqualTo("""
                        run(ret', ptr0', count0, ptr1, count1', ptr2, count2, core3)
                          ptr0 = utf8(memory[ptr0', count0])
                          count1 = utf8(memory[ptr1, count1'])
                          ret = longs(memory[ptr2, count2])
                          answer = s32(core3)
                          answer' = java(ptr0, count1, ret, answer)
                          elements = utf8(answer')
                          count = count(elements)
                          ptr = allocate(count)
                          memory[ptr…] = elements
                          memory[ret'…] = ptr, count
                        """);
    }
}
