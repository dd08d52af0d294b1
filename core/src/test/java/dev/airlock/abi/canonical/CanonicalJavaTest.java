package dev.airlock.abi.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.ValueException;
import dev.airlock.mapping.Result;
import dev.airlock.mapping.Tuple2;
import dev.airlock.shape.MethodShape;
import dev.airlock.type.FuncType;
import dev.airlock.type.WrittenTypes;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Passes Java's own types through a guest and back: each method of {@link Echo} returns its argument. */
class CanonicalJavaTest {
    enum Color {
        DARK_RED,
        GREEN
    }

    enum Access {
        READ,
        WRITE,
        RUN
    }

    record Item(
            String name,
            int qty,
            Optional<Double> price,
            @Nullable Color color) {}

    record Order(long id, List<Item> items, Map<String, byte[]> notes, EnumSet<Access> access) {}

    sealed interface Shape {
        record Circle(double radius) implements Shape {}

        record Box(int width, int height, String label) implements Shape {}

        record Label(String text) implements Shape {}

        record Point() implements Shape {}
    }

    record Many(boolean a, byte b, short c, int d, long e, float f, double g, int h, int i, int j, String k, int[] l) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Many that && toString().equals(that.toString());
        }

        @Override
        public int hashCode() {
            return toString().hashCode();
        }

        @Override
        public String toString() {
            return "" + a + b + c + d + e + f + g + h + i + j + k + Arrays.toString(l);
        }
    }

    static class NotFound extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Item item;

        NotFound(Item item) {
            this.item = item;
        }

        Item error() {
            return item;
        }
    }

    static class Failed extends Exception {
        private static final long serialVersionUID = 1L;
    }

    interface Echo {
        default Order order(Order order) {
            return order;
        }

        default Shape shape(Shape shape) {
            return shape;
        }

        default List<Shape> shapes(List<Shape> shapes) {
            return shapes;
        }

        default @Nullable String nullable(@Nullable String text) {
            return text;
        }

        default Optional<Optional<Integer>> nested(Optional<Optional<Integer>> value) {
            return value;
        }

        default Result<String, Color> result(Result<String, Color> value) {
            return value;
        }

        default Tuple2<Integer, boolean[]> tuple(Tuple2<Integer, boolean[]> value) {
            return value;
        }

        default Many many(Many value, Many other) {
            return value;
        }

        default int find(Item item) throws NotFound {
            if (item.qty() == 0) {
                throw new NotFound(item);
            }
            return item.qty();
        }

        default void check(boolean well) throws Failed {
            if (!well) {
                throw new Failed();
            }
        }

        default List<@Nullable Integer> holes(List<@Nullable Integer> values) {
            return values;
        }
    }

    private static final String ITEM =
            "record {name: string, qty: u8, price: option<f64>, color: option<enum {dark-red, green}>}";
    private static final String SHAPE =
            "variant {circle(f64), box(record {width: s32, height: u16, label: string}), " + "label(string), point}";
    private static final String MANY = "record {a: bool, b: s8, c: u16, d: u32, e: u64, f: f32, g: f64, h: char, i: u8,"
            + " j: s32, k: string, l: list<u32>}";
    private static final Map<String, String> WIT = Map.ofEntries(
            Map.entry(
                    "order",
                    "func(o: record {id: u64, items: list<" + ITEM
                            + ">, notes: map<string, list<u8>>, access: flags {read, write, run}}) -> record {id: u64, items: list<"
                            + ITEM + ">, notes: map<string, list<u8>>, access: flags {read, write, run}}"),
            Map.entry("shape", "func(s: " + SHAPE + ") -> " + SHAPE),
            Map.entry("shapes", "func(s: list<" + SHAPE + ">) -> list<" + SHAPE + ">"),
            Map.entry("nullable", "func(t: option<string>) -> option<string>"),
            Map.entry("nested", "func(v: option<option<s32>>) -> option<option<s32>>"),
            Map.entry(
                    "result",
                    "func(v: result<string, enum {dark-red, green}>) -> result<string, enum {dark-red, green}>"),
            Map.entry("tuple", "func(v: tuple<s32, list<bool>>) -> tuple<s32, list<bool>>"),
            Map.entry("many", "func(v: " + MANY + ", o: " + MANY + ") -> " + MANY),
            Map.entry("find", "func(i: " + ITEM + ") -> result<u32, " + ITEM + ">"),
            Map.entry("check", "func(w: bool) -> result"),
            Map.entry("holes", "func(v: list<option<s32>>) -> list<option<s32>>"));

    private static final Echo HOST = new Echo() {};

    private final FakeGuest guest = new FakeGuest();

    private @Nullable Object echo(CanonicalRoundTripTest.Way way, String name, @Nullable Object... values)
            throws Throwable {
        guest.growing = true;
        Method method = Arrays.stream(Echo.class.getDeclaredMethods())
                .filter(m -> m.getName().equals(name))
                .findFirst()
                .orElseThrow();
        FuncType type = WrittenTypes.func(WIT.get(name));
        MethodHandle target = MethodHandles.lookup().unreflect(method).bindTo(HOST);
        var serving = CanonicalServing.of(
                name, MethodShape.serving(Echo.class, method).fit(type), StringEncoding.LATIN1_UTF16);
        MethodHandle lowered = way.serve(serving, FakeGuest.functions(target));
        var call =
                CanonicalCall.of(name, MethodShape.calling(Echo.class, method).fit(type), StringEncoding.LATIN1_UTF16);
        MethodHandle handle = way.call(call, FakeGuest.functions(FakeGuest.forwarding(type, lowered)));
        if (call.outcome() != null) {
            handle = MethodHandles.filterReturnValue(
                    handle.asType(handle.type().changeReturnType(Object.class)), call.outcome());
        }
        var args = new ArrayList<@Nullable Object>(Arrays.asList(values));
        args.add(0, guest);
        return handle.invokeWithArguments(args);
    }

    @ParameterizedTest
    @EnumSource
    void recordsOfAllTypes(CanonicalRoundTripTest.Way way) throws Throwable {
        byte[] note = {1, 2};
        var order = new Order(
                -1,
                List.of(
                        new Item("pen", 255, Optional.of(1.5), Color.GREEN),
                        new Item("日本", 0, Optional.empty(), null),
                        new Item("", 1, Optional.of(-0.0), Color.DARK_RED)),
                Map.of("n", note),
                EnumSet.of(Access.READ, Access.RUN));
        Order back = (Order) echo(way, "order", order);
        assertThat(back).usingRecursiveComparison().isEqualTo(order);
    }

    @ParameterizedTest
    @EnumSource
    void variants(CanonicalRoundTripTest.Way way) throws Throwable {
        List<Shape> shapes = List.of(
                new Shape.Circle(2), new Shape.Box(-1, 65_535, "b"), new Shape.Label("\u00e9"), new Shape.Point());
        for (Shape shape : shapes) {
            assertThat(echo(way, "shape", shape)).isEqualTo(shape);
        }
        assertThat(echo(way, "shapes", shapes)).isEqualTo(shapes);
    }

    @ParameterizedTest
    @EnumSource
    void optionalValues(CanonicalRoundTripTest.Way way) throws Throwable {
        assertThat(echo(way, "nullable", (Object) null)).isNull();
        assertThat(echo(way, "nullable", "x")).isEqualTo("x");
        for (Optional<?> nested :
                List.of(Optional.empty(), Optional.of(Optional.empty()), Optional.of(Optional.of(7)))) {
            assertThat(echo(way, "nested", nested)).isEqualTo(nested);
        }
        List<@Nullable Integer> holes = Arrays.asList(1, null, 3);
        assertThat(echo(way, "holes", holes)).isEqualTo(holes);
    }

    @ParameterizedTest
    @EnumSource
    void results(CanonicalRoundTripTest.Way way) throws Throwable {
        for (Result<?, ?> result : List.of(new Result.Ok<>("fine"), new Result.Err<>(Color.GREEN))) {
            assertThat(echo(way, "result", result)).isEqualTo(result);
        }
    }

    @ParameterizedTest
    @EnumSource
    void valuesTooLongForFlatNumbers(CanonicalRoundTripTest.Way way) throws Throwable {
        var many = new Many(
                true, (byte) -1, (short) -1, -1, -1, Float.NaN, -0.0, 0x1f30a, 255, -1, "k", new int[] {1, -1});
        assertThat(echo(way, "many", many, many)).isEqualTo(many);
        Tuple2<?, ?> back = (Tuple2<?, ?>) echo(way, "tuple", new Tuple2<>(1, new boolean[] {true, false}));
        assertThat(back).usingRecursiveComparison().isEqualTo(new Tuple2<>(1, new boolean[] {true, false}));
    }

    @ParameterizedTest
    @EnumSource
    void exceptionsCarryErrors(CanonicalRoundTripTest.Way way) throws Throwable {
        assertThat(echo(way, "find", new Item("a", 7, Optional.empty(), null))).isEqualTo(7);
        Item missing = new Item("b", 0, Optional.of(1.0), Color.GREEN);
        assertThatThrownBy(() -> echo(way, "find", missing))
                .isInstanceOfSatisfying(
                        NotFound.class, e -> assertThat(e.error()).isEqualTo(missing));
        assertThat(echo(way, "check", true)).isNull();
        assertThatThrownBy(() -> echo(way, "check", false)).isInstanceOf(Failed.class);
    }

    @ParameterizedTest
    @EnumSource
    void aWrongValueIsRefusedWithItsPathBeforeTheGuestIsTouched(CanonicalRoundTripTest.Way way) {
        Item good = new Item("pen", 1, Optional.empty(), null);
        Map<String, byte[]> none = Map.of();
        EnumSet<Access> all = EnumSet.allOf(Access.class);
        refuses(way, "order", new Order(1, List.of(good, new Item("p", 300, Optional.empty(), null)), none, all))
                .hasMessage("order.items[1].qty: u8 takes 0..255, got 300");
        refuses(
                        way,
                        "order",
                        new Order(1, List.of(good, good, new Item("\ud800", 3, Optional.empty(), null)), none, all))
                .hasMessageStartingWith("order.items[2].name: lone surrogate U+D800");
        refuses(way, "order", new Order(1, Arrays.asList(good, null), none, all))
                .hasMessage("order.items[1]: null, where a value is needed");
        refuses(way, "order", (Object) null).hasMessage("order: null, where a value is needed");
        refuses(way, "shapes", List.of(new Shape.Box(1, -1, "x")))
                .hasMessage("shapes[0].Box.height: u16 takes 0..65535, got -1");
        assertThat(guest.log).isEmpty();
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refuses(
            CanonicalRoundTripTest.Way way, String name, @Nullable Object value) {
        return assertThatThrownBy(() -> echo(way, name, value)).isInstanceOf(ValueException.class);
    }

    @Test
    void dynamicValuesOfAnotherTypeAreRefused() {
        FuncType type = WrittenTypes.func("func(a: u8)");
        MethodHandle call = CanonicalCall.dynamic("f", type, StringEncoding.UTF8)
                .compile(FakeGuest.functions(MethodHandles.empty(
                        java.lang.invoke.MethodType.methodType(void.class, CanonicalContext.class, int.class))));
        assertThatThrownBy(() -> call.invoke(guest, new dev.airlock.type.PrimitiveValue.Text("x")))
                .isInstanceOf(ValueException.class)
                .hasMessage("a: takes u8, got string");
    }
}
