package dev.airlock.abi.placed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.abi.Plan;
import dev.airlock.error.SignatureException;
import dev.airlock.mapping.BlockForm;
import dev.airlock.placement.ManagedClasses;
import dev.airlock.placement.ManagedList;
import dev.airlock.placement.Placement;
import dev.airlock.placement.Placement.Allocate;
import dev.airlock.placement.Placement.In;
import dev.airlock.placement.Placement.Managed;
import dev.airlock.placement.Placement.Out;
import dev.airlock.shape.Carrier;
import dev.airlock.shape.JavaShape;
import dev.airlock.shape.MethodShape;
import dev.airlock.shape.ScalarForm;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The plans of values that cross as objects of an AssemblyScript guest, step by step. */
class ManagedPlanTest {
    enum Color {
        RED,
        GREEN
    }

    record Point(boolean visible, double x, short layer) {}

    record Order(String item, List<String> tags, Point at, Color color, Optional<String> note) {}

    record Request(String item) {}

    interface Calls {
        double[] scale(double[] values, double by);

        byte[] reverse(byte[] bytes);

        long[] sorted(long[] values);

        List<String> sort(List<String> names);

        List<Integer> small(List<Byte> numbers);

        Order order();

        List<Point> points();

        Optional<String> maybe(Optional<String> text);

        int request(Request request);

        List<List<String>> nested(List<List<String>> lists);
    }

    /** As today's compiler writes it. The last six are for other tests. */
    private static final List<Integer> TABLE = List.of(
            32,
            32,
            32, // Object, ArrayBuffer, String
            0, // 3: with references
            32, // 4: without
            65, // 5: Uint8Array
            2561, // 6: Int64Array
            2562, // 7: Array<i64>
            16642, // 8: Array<string>
            2306, // 9: Array<i32>
            2370 & ~256 | 2048, // 10: Array<i8>
            6657 // 11: Float64Array
            );

    private static Placement placement(Set<ManagedList> lists, List<Integer> table, Map<String, Integer> exported) {
        return new Placement(
                new Allocate("__new", Allocate.Form.MANAGED),
                null,
                In.MANAGED,
                Out.MANAGED,
                false,
                false,
                BlockForm.UTF16,
                new Managed("__pin", "__unpin", new ManagedClasses(2, lists, table, exported)));
    }

    private static final Placement BY_TABLE = placement(Set.of(), TABLE, Map.of());
    private static final Placement BY_EXPORTS =
            placement(Set.of(), List.of(), Map.of("Uint8Array_ID", 5, "Float64Array_ID", 9));

    private static final Carrier STRING = new Carrier.Block(BlockForm.UTF8, String.class, String.class);
    private static final Carrier JSON = new Carrier.Block(BlockForm.PAYLOAD, Order.class, Order.class);

    private static Carrier carrier(JavaShape shape) {
        return shape.carrier() instanceof Carrier.Block block && block.form() == BlockForm.PAYLOAD
                ? new Carrier.Block(BlockForm.OBJECTS, block.javaType(), block.type())
                : shape.carrier();
    }

    private static MethodShape shape(String method) {
        return MethodShape.calling(
                Calls.class,
                Arrays.stream(Calls.class.getMethods())
                        .filter(m -> m.getName().equals(method))
                        .findFirst()
                        .orElseThrow());
    }

    private static String plan(Placement placement, String method) {
        return plan(placement, method, Planner::call);
    }

    private static String serving(Placement placement, String method) {
        return plan(
                placement,
                method,
                (function, from, names, params, result) ->
                        ServingPlanner.serve(function, from, false, names, params, result));
    }

    private interface Planning {
        Plan plan(
                String function,
                Placement placement,
                List<String> names,
                List<Carrier> params,
                @Nullable Carrier result);
    }

    private static String plan(Placement placement, String method, Planning planning) {
        MethodShape shape = shape(method);
        Function<MethodShape.Param, Carrier> param = p -> carrier(p.shape());
        return planning.plan(
                        "run",
                        placement,
                        shape.paramNames(),
                        shape.params().stream().map(param).toList(),
                        shape.result() == null ? null : carrier(shape.result()))
                .toString();
    }

    private static String planOf(Placement placement, String name, Carrier param, Carrier result) {
        return Planner.call("run", placement, List.of(name), List.of(param), result)
                .toString();
    }

    @Test
    void stringsArePinnedForTheCall() {
        assertThat(planOf(BY_EXPORTS, "name", STRING, STRING)).isEqualTo("""
                        run(name)
                          elements0 = utf16(name)
                          count0 = count(elements0) / 2
                          ptr0 = new(count0 * 2, class 2), pinned
                          memory[ptr0…] = elements0
                          object = call(ptr0)
                          count = units(object, class 2)
                          result = utf16(memory[object, count])
                          unpin(ptr0)
                          return result
                        """);
    }

    @Test
    void jsonIsAString() {
        assertThat(planOf(BY_EXPORTS, "order", JSON, JSON)).isEqualTo("""
                        run(order)
                          elements0 = payload_utf16(order)
                          count0 = count(elements0) / 2
                          ptr0 = new(count0 * 2, class 2), pinned
                          memory[ptr0…] = elements0
                          object = call(ptr0)
                          count = units(object, class 2)
                          result = payload_utf16(memory[object, count])
                          unpin(ptr0)
                          return result
                        """);
    }

    @Test
    void typedArraysHaveABufferOfTheirOwn() {
        assertThat(plan(BY_EXPORTS, "scale")).isEqualTo("""
                        run(values, by)
                          elements0 = doubles(values)
                          count0 = count(elements0)
                          core1 = f64(by)
                          buffer0 = new(count0 * 8, class 1), pinned
                          memory[buffer0…] = elements0
                          ptr0 = new(12, class 9), pinned
                          memory[ptr0…] = buffer0, buffer0, count0 * 8
                          object = call(ptr0, core1)
                          ptr, count = elements(object, class 9) / 8
                          result = doubles(memory[ptr, count])
                          unpin(buffer0)
                          unpin(ptr0)
                          return result
                        """);
    }

    @Test
    void arraysSayHowManyElementsTheyHaveToo() {
        assertThat(plan(placement(Set.of(ManagedList.ARRAY), TABLE, Map.of()), "sorted"))
                .isEqualTo("""
                        run(values)
                          elements0 = longs(values)
                          count0 = count(elements0)
                          buffer0 = new(count0 * 8, class 1), pinned
                          memory[buffer0…] = elements0
                          ptr0 = new(16, class 7), pinned
                          memory[ptr0…] = buffer0, buffer0, count0 * 8, count0
                          object = call(ptr0)
                          ptr, count = elements(object, class 6 or 7) / 8
                          result = longs(memory[ptr, count])
                          unpin(buffer0)
                          unpin(ptr0)
                          return result
                        """);
    }

    @Test
    void bytesAreAnArrayBufferUnlessTheGuestSaysOtherwise() {
        assertThat(plan(BY_TABLE, "reverse")).isEqualTo("""
                        run(bytes)
                          elements0 = bytes(bytes)
                          count0 = count(elements0)
                          ptr0 = new(count0, class 1), pinned
                          memory[ptr0…] = elements0
                          object = call(ptr0)
                          ptr, count = elements(object, class 1, 5 or 10)
                          result = bytes(memory[ptr, count])
                          unpin(ptr0)
                          return result
                        """);
        assertThat(plan(BY_EXPORTS, "reverse")).contains("ptr0 = new(12, class 5), pinned\n");
        assertThat(plan(placement(Set.of(ManagedList.ARRAY_BUFFER), List.of(), Map.of("Uint8Array_ID", 5)), "reverse"))
                .contains("ptr0 = new(count0, class 1), pinned\n");
        assertThat(plan(placement(Set.of(ManagedList.TYPED_ARRAY), TABLE, Map.of()), "reverse"))
                .contains("ptr0 = new(12, class 5), pinned\n");
    }

    @Test
    void eachStringOfAListIsAnObject() {
        assertThat(plan(BY_TABLE, "sort")).isEqualTo("""
                        run(names)
                          encoded0 = encode(names: list<string of class 2> of class 8)
                          objects0 = new(encoded0), pinned
                          ptr0 = objects0[0]
                          object = call(ptr0)
                          result = read(object: list<string of class 2> of class 8)
                          unpin(objects0…)
                          return result
                        """);
    }

    @Test
    void aListOfJavaIsAnArray() {
        assertThat(plan(BY_TABLE, "small")).isEqualTo("""
                        run(numbers)
                          encoded0 = encode(numbers: list<s8> of class 10)
                          objects0 = new(encoded0), pinned
                          ptr0 = objects0[0]
                          object = call(ptr0)
                          result = read(object: list<s32> of class 9)
                          unpin(objects0…)
                          return result
                        """);
    }

    @Test
    void fieldsLieOneAfterTheOther() {
        assertThat(plan(BY_TABLE, "order")).isEqualTo("""
                        run()
                          object = call()
                          result = read(object: Order {item: string of class 2 at 0, \
                        tags: list<string of class 2> of class 8 at 4, \
                        at: Point {visible: bool at 0, x: f64 at 8, layer: s16 at 16} of class 4 at 8, \
                        color: enum at 12, \
                        note: option<string of class 2> at 16} of class 3)
                          return result
                        """);
    }

    @Test
    void aClassIsKnownByItsExport() {
        assertThat(plan(placement(Set.of(), TABLE, Map.of("Point_ID", 12)), "points"))
                .contains(
                        "result = read(object: list<Point {visible: bool at 0, x: f64 at 8, layer: s16 at 16} of class"
                                + " 12> of class 8)\n");
    }

    @Test
    void nullMeansNone() {
        assertThat(plan(BY_TABLE, "maybe")).isEqualTo("""
                        run(text)
                          encoded0 = encode(text: option<string of class 2>)
                          objects0 = new(encoded0), pinned
                          ptr0 = objects0[0]
                          object = call(ptr0)
                          result = read(object: option<string of class 2>)
                          unpin(objects0…)
                          return result
                        """);
    }

    @Test
    void importsReadWhatTheyGetBeforeJavaRuns() {
        assertThat(serving(BY_EXPORTS, "scale")).isEqualTo("""
                        run(object0, core1)
                          ptr0, count0 = elements(object0, class 9) / 8
                          values = doubles(memory[ptr0, count0])
                          by = f64(core1)
                          answer = java(values, by)
                          elements = doubles(answer)
                          count = count(elements)
                          buffer = new(count * 8, class 1), pinned
                          memory[buffer…] = elements
                          ptr = new(12, class 9), pinned
                          memory[ptr…] = buffer, buffer, count * 8
                          object = ptr
                          unpin(buffer)
                          unpin(ptr)
                          return object
                        """);
        assertThat(serving(BY_TABLE, "sort")).isEqualTo("""
                        run(object0)
                          names = read(object0: list<string of class 2> of class 8)
                          answer = java(names)
                          encoded = encode(answer: list<string of class 2> of class 8)
                          objects = new(encoded), pinned
                          ptr = objects[0]
                          object = ptr
                          unpin(objects…)
                          return object
                        """);
        assertThat(ServingPlanner.serve("run", BY_EXPORTS, false, List.of("question"), List.of(STRING), STRING))
                .hasToString("""
                        run(object0)
                          count0 = units(object0, class 2)
                          question = utf16(memory[object0, count0])
                          answer = java(question)
                          elements = utf16(answer)
                          count = count(elements) / 2
                          ptr = new(count * 2, class 2), pinned
                          memory[ptr…] = elements
                          object = ptr
                          unpin(ptr)
                          return object
                        """);
    }

    private static void refused(Placement placement, String method, String message) {
        assertThatThrownBy(() -> plan(placement, method))
                .isExactlyInstanceOf(SignatureException.class)
                .hasMessage(message);
    }

    private static final String JSON_HINT =
            "; if the guest has it as JSON in a string, say so: payload(\"JSON\") in the"
                    + " convention, or --payload json";

    @Test
    void twoClassesThatFitAreRefused() {
        refused(
                BY_TABLE,
                "sorted",
                "a list<s64> may become an object of several of the guest's classes: class 6 (Int64Array), class 7"
                        + " (Array<i64>); choose by @GuestPlacement(lists = …), by"
                        + " lists(…) in the convention or by --lists, or have the guest export the one that"
                        + " it takes, as in `export const Int64Array_ID = idof<Int64Array>();`");
        assertThat(plan(placement(Set.of(), TABLE, Map.of("Array_i64_ID", 7)), "sorted"))
                .contains("ptr0 = new(16, class 7), pinned\n");
        refused(
                placement(Set.of(), TABLE, Map.of("Array_i64_ID", 7, "Int64Array_ID", 6)),
                "sorted",
                "a list<s64> may become an object of several of the guest's classes: class 6 (Int64Array), class 7"
                        + " (Array<i64>); choose by @GuestPlacement(lists = …), by"
                        + " lists(…) in the convention or by --lists, or have the guest export the one that"
                        + " it takes, as in `export const Int64Array_ID = idof<Int64Array>();`");
    }

    @Test
    void anExportThatContradictsTheTableIsRefused() {
        refused(
                placement(Set.of(), TABLE, Map.of("Int64Array_ID", 7)),
                "sorted",
                "the guest exports Int64Array_ID = 7, and by its own table that is class 7 (Array<i64>)");
    }

    @Test
    void typesWithoutAClassAreRefused() {
        refused(
                BY_TABLE,
                "request",
                "request cannot go into the guest as an object: objects of a class are made by its constructor, which is the"
                        + " guest's; pass what they are made of, one parameter each" + JSON_HINT);
        refused(
                BY_TABLE,
                "nested",
                "list<list<string>> cannot go into the guest as an object: lists that go in are of numbers or strings"
                        + JSON_HINT);
        refused(
                BY_EXPORTS,
                "sort",
                "a list<string> becomes an object of a class that the guest does not give the number of: add, for example,"
                        + " `export const Array_string_ID = idof<Array<string>>();` to it");
        refused(
                BY_EXPORTS,
                "order",
                "list<string> cannot come out of the guest as an object: compile the guest with --exportRuntime, so that it"
                        + " says what its classes are" + JSON_HINT);
    }

    @Test
    void numbersAreNotBoxed() {
        assertThat(planOf(BY_TABLE, "name", STRING, new Carrier.Scalar(ScalarForm.S32, int.class)))
                .contains("result = s32(core)\n");
    }
}
