package dev.airlock.abi.placed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.mapping.BlockForm;
import dev.airlock.memory.StaticMemory;
import dev.airlock.placement.Placement;
import dev.airlock.placement.Placement.Allocate;
import dev.airlock.placement.Placement.Free;
import dev.airlock.placement.Placement.In;
import dev.airlock.placement.Placement.Out;
import dev.airlock.shape.Absence;
import dev.airlock.shape.Carrier;
import dev.airlock.shape.ScalarForm;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The plans of calls from Java into a guest, step by step, for each convention. */
class PlanTest {
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
    private static final Carrier BYTES = block(BlockForm.BYTES, byte[].class);
    private static final Carrier LONGS = block(BlockForm.LONGS, long[].class);
    private static final Carrier DOUBLES = block(BlockForm.DOUBLES, double[].class);
    private static final Carrier ORDER = block(BlockForm.PAYLOAD, Order.class);

    private static Placement placement(Allocate allocate, @Nullable Free free, In in, Out out) {
        return new Placement(allocate, free, in, out, false, true, BlockForm.UTF8, null);
    }

    private static Placement guestTakes(Placement from) {
        return new Placement(
                from.allocate(), from.free(), from.in(), from.out(), true, from.hostFreesResults(), from.text(), null);
    }

    private static Carrier block(BlockForm form, Class<?> javaType) {
        return new Carrier.Block(form, javaType, javaType);
    }

    private static Carrier scalar(ScalarForm form) {
        return new Carrier.Scalar(form, form.javaType());
    }

    private static String plan(Placement placement, String names, @Nullable Carrier result, Carrier... params) {
        List<String> named = names.isEmpty() ? List.of() : List.of(names.split(" "));
        return Planner.call("run", placement, named, List.of(params), result).toString();
    }

    @Test
    void cPacked() {
        assertThat(plan(C, "name", STRING, STRING)).isEqualTo("""
                        run(name)
                          elements0 = utf8(name)
                          count0 = count(elements0)
                          ptr0 = allocate(count0)
                          memory[ptr0…] = elements0
                          fat = call(ptr0, count0)
                          ptr, count = fat >>> 32, fat
                          apart(memory[ptr, count], memory[ptr0, count0])
                          result = utf8(memory[ptr, count])
                          free(ptr, count)
                          free(ptr0, count0)
                          return result
                        """);
    }

    @Test
    void aStaticResultIsNotFreed() {
        assertThat(plan(withStatics(C), "", STRING)).isEqualTo("""
                        run()
                          fat = call()
                          ptr, count = fat >>> 32, fat
                          freed = ptr unless static
                          result = utf8(memory[ptr, count])
                          free(freed, count)
                          return result
                        """);
    }

    @Test
    void aStaticArgumentMeansThatTheHeapIsStatic() {
        assertThat(plan(
                        withStatics(placement(MALLOC, FREE, In.NUL_TERMINATED, Out.NUL_TERMINATED)),
                        "name",
                        STRING,
                        STRING))
                .isEqualTo("""
                        run(name)
                          elements0 = utf8(name), no NUL in it
                          count0 = count(elements0)
                          ptr0 = allocate(count0 + 1)
                          memory[ptr0…] = elements0, NUL
                          ptr = call(ptr0)
                          count = length(ptr)
                          apart(memory[ptr, count + 1], memory[ptr0, count0 + 1])
                          freed = ptr unless static and ptr0 is not
                          result = utf8(memory[ptr, count])
                          free(freed, count + 1)
                          free(ptr0, count0 + 1)
                          return result
                        """);
        assertThat(plan(withStatics(placement(MALLOC, FREE, In.POINTER_COUNT, Out.RETURN_POINTER)), "", STRING))
                .isEqualTo("""
                        run()
                          ret = allocate(8)
                          call(ret)
                          ptr = memory[ret + 0]
                          count = memory[ret + 4]
                          apart(memory[ptr, count], memory[ret, 8])
                          freed = ptr unless static and ret is not
                          result = utf8(memory[ptr, count])
                          free(freed, count)
                          free(ret, 8)
                          return result
                        """);
    }

    private static Carrier optional(Absence absence, Class<?> javaType) {
        return new Carrier.Block(BlockForm.UTF8, javaType, String.class, absence);
    }

    @Test
    void optionalValues() {
        Carrier text = optional(Absence.OPTIONAL, Optional.class);
        assertThat(plan(C, "name", text, text)).isEqualTo("""
                        run(name)
                          name' = name, or null
                          if name':
                            elements0 = utf8(name')
                            count0 = count(elements0)
                          if elements0:
                            ptr0 = allocate(count0)
                            memory[ptr0…] = elements0
                          fat = call(ptr0, count0)
                          ptr, count = fat >>> 32, fat
                          if ptr:
                            apart(memory[ptr, count], memory[ptr0, count0])
                            result' = utf8(memory[ptr, count])
                          result = option(result')
                          free(ptr, count)
                          free(ptr0, count0)
                          return result
                        """);
    }

    @Test
    void nullableStringsThatEndWithANul() {
        Carrier text = optional(Absence.NULL, String.class);
        assertThat(plan(
                        withStatics(placement(MALLOC, FREE, In.NUL_TERMINATED, Out.NUL_TERMINATED)),
                        "name",
                        text,
                        text))
                .isEqualTo("""
                        run(name)
                          if name:
                            elements0 = utf8(name), no NUL in it
                            count0 = count(elements0)
                          if elements0:
                            ptr0 = allocate(count0 + 1)
                            memory[ptr0…] = elements0, NUL
                          ptr = call(ptr0)
                          if ptr:
                            count = length(ptr)
                            apart(memory[ptr, count + 1], memory[ptr0, count0 + 1])
                            freed = ptr unless static
                            result = utf8(memory[ptr, count])
                          free(freed, count + 1)
                          free(ptr0, count0 + 1)
                          return result
                        """);
    }

    private static Placement withStatics(Placement from) {
        return new Placement(
                from.allocate(),
                from.free(),
                from.in(),
                from.out(),
                from.guestTakesArguments(),
                from.hostFreesResults(),
                from.text(),
                from.managed(),
                from.stackPointer(),
                StaticMemory.NONE.below(4096));
    }

    /** As wasm-bindgen's own host does: two moves of the shadow stack's pointer around the call. */
    @Test
    void wasmBindgenReturnPointer() {
        Placement from = placement(MALLOC, FREE, In.POINTER_COUNT, Out.RETURN_POINTER);
        assertThat(plan(
                        new Placement(
                                from.allocate(),
                                from.free(),
                                from.in(),
                                from.out(),
                                true,
                                true,
                                from.text(),
                                null,
                                "__wbindgen_add_to_stack_pointer"),
                        "name",
                        STRING,
                        STRING))
                .isEqualTo("""
                        run(name)
                          elements0 = utf8(name)
                          count0 = count(elements0)
                          ret = push(16)
                          ptr0 = allocate(count0)
                          memory[ptr0…] = elements0
                          call(ret, ptr0, count0)
                          ptr = memory[ret + 0]
                          count = memory[ret + 4]
                          apart(memory[ptr, count], memory[ret, 8])
                          result = utf8(memory[ptr, count])
                          free(ptr, count)
                          pop(ret, 16)
                          return result
                        """);
    }

    @Test
    void cReturnPointer() {
        assertThat(plan(placement(MALLOC, FREE, In.POINTER_COUNT, Out.RETURN_POINTER), "name", STRING, STRING))
                .isEqualTo("""
                        run(name)
                          elements0 = utf8(name)
                          count0 = count(elements0)
                          ret = allocate(8)
                          ptr0 = allocate(count0)
                          memory[ptr0…] = elements0
                          call(ret, ptr0, count0)
                          ptr = memory[ret + 0]
                          count = memory[ret + 4]
                          apart(memory[ptr, count], memory[ret, 8])
                          apart(memory[ptr, count], memory[ptr0, count0])
                          result = utf8(memory[ptr, count])
                          free(ptr, count)
                          free(ret, 8)
                          free(ptr0, count0)
                          return result
                        """);
    }

    @Test
    void cNulTerminated() {
        assertThat(plan(placement(MALLOC, FREE, In.NUL_TERMINATED, Out.NUL_TERMINATED), "name", STRING, STRING))
                .isEqualTo("""
                        run(name)
                          elements0 = utf8(name), no NUL in it
                          count0 = count(elements0)
                          ptr0 = allocate(count0 + 1)
                          memory[ptr0…] = elements0, NUL
                          ptr = call(ptr0)
                          count = length(ptr)
                          apart(memory[ptr, count + 1], memory[ptr0, count0 + 1])
                          result = utf8(memory[ptr, count])
                          free(ptr, count + 1)
                          free(ptr0, count0 + 1)
                          return result
                        """);
    }

    @Test
    void cTwoResults() {
        assertThat(plan(placement(MALLOC, FREE, In.POINTER_COUNT, Out.TWO_RESULTS), "name", STRING, STRING))
                .isEqualTo("""
                        run(name)
                          elements0 = utf8(name)
                          count0 = count(elements0)
                          ptr0 = allocate(count0)
                          memory[ptr0…] = elements0
                          both = call(ptr0, count0)
                          ptr = both[0]
                          count = both[1]
                          apart(memory[ptr, count], memory[ptr0, count0])
                          result = utf8(memory[ptr, count])
                          free(ptr, count)
                          free(ptr0, count0)
                          return result
                        """);
    }

    @Test
    void listsCountElementsAndBlocksCountBytes() {
        assertThat(plan(C, "values by", DOUBLES, DOUBLES, scalar(ScalarForm.F64)))
                .isEqualTo("""
                        run(values, by)
                          elements0 = doubles(values)
                          count0 = count(elements0)
                          core1 = f64(by)
                          ptr0 = allocate(count0 * 8)
                          memory[ptr0…] = elements0
                          fat = call(ptr0, count0, core1)
                          ptr, count = fat >>> 32, fat
                          apart(memory[ptr, count * 8], memory[ptr0, count0 * 8])
                          result = doubles(memory[ptr, count])
                          free(ptr, count * 8)
                          free(ptr0, count0 * 8)
                          return result
                        """);
    }

    @Test
    void rustFreesWithSizes() {
        assertThat(plan(RUST, "values", LONGS, LONGS)).isEqualTo("""
                        run(values)
                          elements0 = longs(values)
                          count0 = count(elements0)
                          ptr0 = allocate(count0 * 8)
                          memory[ptr0…] = elements0
                          fat = call(ptr0, count0)
                          ptr, count = fat >>> 32, fat
                          apart(memory[ptr, count * 8], memory[ptr0, count0 * 8])
                          result = longs(memory[ptr, count])
                          free(ptr, count * 8)
                          free(ptr0, count0 * 8)
                          return result
                        """);
    }

    @Test
    void aGuestThatTakesItsArgumentsFreesThem() {
        assertThat(plan(guestTakes(RUST), "name", STRING, STRING)).isEqualTo("""
                        run(name)
                          elements0 = utf8(name)
                          count0 = count(elements0)
                          ptr0 = allocate(count0)
                          memory[ptr0…] = elements0
                          fat = call(ptr0, count0)
                          ptr, count = fat >>> 32, fat
                          result = utf8(memory[ptr, count])
                          free(ptr, count)
                          return result
                        """);
    }

    @Test
    void slicesHaveACapacity() {
        assertThat(plan(placement(MALLOC, FREE, In.SLICE, Out.PACKED), "bytes", null, BYTES))
                .isEqualTo("""
                        run(bytes)
                          elements0 = bytes(bytes)
                          count0 = count(elements0)
                          ptr0 = allocate(count0)
                          memory[ptr0…] = elements0
                          call(ptr0, count0, count0)
                          free(ptr0, count0)
                        """);
    }

    @Test
    void aCollectedGuestKeepsArgumentsAndResults() {
        assertThat(plan(
                        new Placement(
                                MALLOC, FREE, In.POINTER_COUNT, Out.RETURN_POINTER, false, false, BlockForm.UTF8, null),
                        "name",
                        STRING,
                        STRING))
                .isEqualTo("""
                        run(name)
                          elements0 = utf8(name)
                          count0 = count(elements0)
                          ret = allocate(8)
                          ptr0 = allocate(count0)
                          memory[ptr0…] = elements0
                          call(ret, ptr0, count0)
                          ptr = memory[ret + 0]
                          count = memory[ret + 4]
                          result = utf8(memory[ptr, count])
                          free(ret, 8)
                          free(ptr0, count0)
                          return result
                        """);
    }

    @Test
    void fatPointersInAndOut() {
        assertThat(plan(FAT, "order", ORDER, ORDER)).isEqualTo("""
                        run(order)
                          elements0 = payload(order)
                          count0 = count(elements0)
                          ptr0 = allocate(count0)
                          memory[ptr0…] = elements0
                          fat0 = ptr0 << 32 | count0
                          fat = call(fat0)
                          ptr, count = fat >>> 32, fat
                          result = payload(memory[ptr, count])
                          free(ptr, count)
                          return result
                        """);
    }

    @Test
    void numbersAreCheckedAndNeedNoMemory() {
        assertThat(plan(
                        NUMBERS,
                        "a b c d",
                        scalar(ScalarForm.CHAR),
                        scalar(ScalarForm.U8),
                        scalar(ScalarForm.S64),
                        scalar(ScalarForm.BOOL),
                        new Carrier.Scalar(ScalarForm.ENUM, Color.class)))
                .isEqualTo("""
                        run(a, b, c, d)
                          core0 = u8(a)
                          core1 = s64(b)
                          core2 = bool(c)
                          core3 = enum(d)
                          core = call(core0, core1, core2, core3)
                          result = char(core)
                          return result
                        """);
    }

    @Test
    void noParametersAndNoResult() {
        assertThat(plan(NUMBERS, "", null)).isEqualTo("""
                        run()
                          call()
                        """);
    }

    @Test
    void payloadsAreBytes() {
        assertThat(plan(C, "order", ORDER, ORDER)).isEqualTo("""
                        run(order)
                          elements0 = payload(order)
                          count0 = count(elements0)
                          ptr0 = allocate(count0)
                          memory[ptr0…] = elements0
                          fat = call(ptr0, count0)
                          ptr, count = fat >>> 32, fat
                          apart(memory[ptr, count], memory[ptr0, count0])
                          result = payload(memory[ptr, count])
                          free(ptr, count)
                          free(ptr0, count0)
                          return result
                        """);
    }

    @Test
    void everyArgumentIsEncodedBeforeTheFirstAllocation() {
        assertThat(plan(C, "first second", scalar(ScalarForm.S32), STRING, ORDER))
                .isEqualTo("""
                        run(first, second)
                          elements0 = utf8(first)
                          count0 = count(elements0)
                          elements1 = payload(second)
                          count1 = count(elements1)
                          ptr0 = allocate(count0)
                          memory[ptr0…] = elements0
                          ptr1 = allocate(count1)
                          memory[ptr1…] = elements1
                          core = call(ptr0, count0, ptr1, count1)
                          result = s32(core)
                          free(ptr0, count0)
                          free(ptr1, count1)
                          return result
                        """);
    }

    @Test
    void withoutAnAllocatorTheGuestKeepsTheResult() {
        assertThat(plan(NUMBERS, "n", STRING, scalar(ScalarForm.S32))).isEqualTo("""
                        run(n)
                          core0 = s32(n)
                          fat = call(core0)
                          ptr, count = fat >>> 32, fat
                          result = utf8(memory[ptr, count])
                          return result
                        """);
    }

    @Test
    void withoutAFreeFunctionNothingIsFreed() {
        assertThat(plan(placement(MALLOC, null, In.POINTER_COUNT, Out.RETURN_POINTER), "name", STRING, STRING))
                .isEqualTo("""
                        run(name)
                          elements0 = utf8(name)
                          count0 = count(elements0)
                          ret = allocate(8)
                          ptr0 = allocate(count0)
                          memory[ptr0…] = elements0
                          call(ret, ptr0, count0)
                          ptr = memory[ret + 0]
                          count = memory[ret + 4]
                          result = utf8(memory[ptr, count])
                          return result
                        """);
    }

    @Test
    void wasmBindgenGivesAlignmentsAndKeepsArguments() {
        assertThat(plan(
                        new Placement(
                                new Allocate("__wbindgen_malloc", Allocate.Form.SIZE_ALIGN),
                                new Free("__wbindgen_free", Free.Form.POINTER_SIZE_ALIGN),
                                In.POINTER_COUNT,
                                Out.TWO_RESULTS,
                                true,
                                true,
                                BlockForm.UTF8,
                                null),
                        "values",
                        DOUBLES,
                        DOUBLES))
                .isEqualTo("""
                        run(values)
                          elements0 = doubles(values)
                          count0 = count(elements0)
                          ptr0 = allocate(count0 * 8)
                          memory[ptr0…] = elements0
                          both = call(ptr0, count0)
                          ptr = both[0]
                          count = both[1]
                          result = doubles(memory[ptr, count])
                          free(ptr, count * 8)
                          return result
                        """);
    }

    @Test
    void aParameterMayHaveTheNameOfAnIntermediateValue() {
        assertThat(plan(C, "count ptr0 result", STRING, STRING, scalar(ScalarForm.S32), LONGS))
                .isEqualTo("""
                        run(count, ptr0, result)
                          elements0 = utf8(count)
                          count0 = count(elements0)
                          core1 = s32(ptr0)
                          elements2 = longs(result)
                          count2 = count(elements2)
                          ptr0' = allocate(count0)
                          memory[ptr0'…] = elements0
                          ptr2 = allocate(count2 * 8)
                          memory[ptr2…] = elements2
                          fat = call(ptr0', count0, core1, ptr2, count2)
                          ptr, count' = fat >>> 32, fat
                          apart(memory[ptr, count'], memory[ptr0', count0])
                          apart(memory[ptr, count'], memory[ptr2, count2 * 8])
                          result' = utf8(memory[ptr, count'])
                          free(ptr, count')
                          free(ptr0', count0)
                          free(ptr2, count2 * 8)
                          return result'
                        """);
    }
}
