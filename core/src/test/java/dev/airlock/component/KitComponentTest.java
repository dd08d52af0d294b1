package dev.airlock.component;

import static dev.airlock.component.WaveCalls.component;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.type.FuncType;
import dev.airlock.type.GuestResource;
import dev.airlock.type.HandleValue;
import dev.airlock.type.ListType;
import dev.airlock.type.ListValue;
import dev.airlock.type.OptionType;
import dev.airlock.type.OptionValue;
import dev.airlock.type.PrimitiveValue;
import dev.airlock.type.PrimitiveValue.Bool;
import dev.airlock.type.PrimitiveValue.S32;
import dev.airlock.type.PrimitiveValue.S64;
import dev.airlock.type.PrimitiveValue.Text;
import dev.airlock.type.PrimitiveValue.U32;
import dev.airlock.type.ResultType;
import dev.airlock.type.ResultValue;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import dev.airlock.type.ValuePath;
import dev.airlock.wit.Wave;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The component kit, called with values: {@code guests/components/wit/kit.wit} says what each function does. */
class KitComponentTest {
    private static final String API = "demo:kit/api";
    private static final String HOST = "demo:kit/host";

    /** The host's running total. */
    private static final class Tally {
        int total;

        Tally(int total) {
            this.total = total;
        }
    }

    private final List<String> logs = new ArrayList<>();
    private final List<Tally> dropped = new ArrayList<>();
    private int ticks;

    private ComponentInstance kit(String language) {
        var linker = new ComponentLinker()
                .function(HOST, "log", (type, args) -> {
                    logs.add(text(args.get(0)));
                    return null;
                })
                .function(HOST, "answer", (type, args) -> text(text(args.get(0)).toUpperCase(Locale.ROOT)))
                .function(HOST, "add", (type, args) -> new S32(s32(args.get(0)) + s32(args.get(1))))
                .function(HOST, "tick", (type, args) -> {
                    ticks++;
                    return null;
                })
                .function(HOST, "check", KitComponentTest::check)
                .function(HOST, "review", (type, args) -> {
                    var entries = (ListValue) args.get(1);
                    return new ResultValue((ResultType) Objects.requireNonNull(type.result()), true, entries);
                })
                .function(HOST, "relay", (type, args) -> args.get(0))
                .resource(HOST, "tally", Tally.class, dropped::add)
                .function(HOST, "[constructor]tally", (type, args) -> own(type, new Tally(s32(args.get(0)))))
                .function(HOST, "[method]tally.add", (type, args) -> {
                    Tally tally = tally(args.get(0));
                    tally.total += s32(args.get(1));
                    return new S32(tally.total);
                })
                .function(HOST, "[method]tally.value", (type, args) -> new S32(tally(args.get(0)).total))
                .function(
                        HOST,
                        "[method]tally.larger",
                        (type, args) -> new Bool(tally(args.get(0)).total > tally(args.get(1)).total))
                .function(
                        HOST,
                        "[static]tally.merge",
                        (type, args) -> own(type, new Tally(tally(args.get(0)).total + tally(args.get(1)).total)))
                .function(HOST, "open-tally", (type, args) -> {
                    var option = (OptionType) Objects.requireNonNull(type.result());
                    String name = text(args.get(0));
                    return new OptionValue(
                            option,
                            name.isEmpty() ? null : new HandleValue(option.payload(), new Tally(name.length())));
                });
        return linker.instantiate(component(language + "/kit"));
    }

    private static Value check(FuncType type, List<Value> args) {
        var result = (ResultType) Objects.requireNonNull(type.result());
        String text = text(args.get(0));
        return text.isEmpty()
                ? new ResultValue(result, false, Wave.parse(Objects.requireNonNull(result.err()), "empty"))
                : new ResultValue(result, true, new U32(text.length()));
    }

    private static Value own(FuncType type, Object target) {
        return new HandleValue(Objects.requireNonNull(type.result()), target);
    }

    private static Tally tally(Value value) {
        return (Tally) ((HandleValue) value).target();
    }

    private static int s32(Value value) {
        return ((S32) value).value();
    }

    private static String text(Value value) {
        return ((Text) value).value();
    }

    private static Text text(String text) {
        return PrimitiveValue.string(text, ValuePath.root());
    }

    private static String wave(ComponentInstance kit, String call) {
        return WaveCalls.call(kit, API, call);
    }

    /** Compares resources by their target, for any kind of handle that a parameter takes. */
    private static @Nullable Value call(ComponentInstance kit, String function, Object... args) {
        ComponentFunc called = kit.function(API, function);
        var values = new ArrayList<Value>();
        for (int i = 0; i < args.length; i++) {
            values.add(value(called.type().params().get(i).type(), args[i]));
        }
        return called.call(values);
    }

    private static Value value(ValType type, Object arg) {
        if (arg instanceof Value value) {
            return value;
        }
        if (arg instanceof Object[] several) {
            var list = (ListType) type;
            return ListValue.of(
                    list,
                    Arrays.stream(several)
                            .map(each -> value(list.element(), each))
                            .toList());
        }
        return new HandleValue(type, arg);
    }

    private static Object made(@Nullable Value value) {
        return ((HandleValue) Objects.requireNonNull(value)).target();
    }

    private static final List<String> ECHOES = List.of(
            "echo-bool(true)",
            "echo-s8(-128)",
            "echo-u8(255)",
            "echo-s16(-32768)",
            "echo-u16(65535)",
            "echo-s32(-2147483648)",
            "echo-u32(4294967295)",
            "echo-s64(-9223372036854775808)",
            "echo-u64(18446744073709551615)",
            "echo-f32(0.5)",
            "echo-f64(-0)",
            "echo-char('🐉')",
            "echo(\"größe 🐉\\u{0}\")",
            "echo-bytes([0, 127, 255])",
            "echo-u32s([0, 4294967295])",
            "echo-strings([\"a\", \"\", \"ß\"])",
            "echo-nested([[1, 2], [], [65535]])",
            "echo-point({x: -1, y: 2})",
            "echo-lines([{start: {x: 1, y: -2}, end: {x: 3, y: 4}, label: \"ab\"}])",
            "echo-ten({a: true, b: 200, c: -3, d: 4000000000, e: -5, f: 0.25, g: 0.1, h: 'ß', i: \"ten\", j: [1]})",
            "echo-entries([{id: 1, name: \"pen\", price: 1.5}])",
            "echo-tuple((1, \"b\", 0.5))",
            "echo-shapes([dot, circle(0.5), square(9), label(\"l\"), polygon([{x: 1, y: 2}]), named((\"n\", {x: 5, y: -6}))])",
            "echo-color(blue)",
            "echo-days({monday, workday})",
            "echo-all-flags([({write}, {holiday}, {b31})])",
            "echo-nested-option(some(some(7)))",
            "echo-options([some(1), none])",
            "echo-results([ok([1, 2]), err(empty), err(too-long(9)), err(other(\"o\"))])",
            "relay({a: true, b: -128, c: 255, d: -32768, e: 65535, f: -1, g: 1, h: -1, i: 1, j: 0.5, k: 0.25, l: 'x',"
                    + " m: \"m\", n: [1], o: some(7), p: warn, q: (9, 10)})");

    @ParameterizedTest
    @ValueSource(strings = {"c", "rust"})
    void valuesOfEveryTypeComeBack(String language) {
        try (ComponentInstance kit = kit(language)) {
            for (String echo : ECHOES) {
                String value = echo.substring(echo.indexOf('(') + 1, echo.length() - 1);
                assertThat(wave(kit, echo)).as(echo).isEqualTo(value);
            }
            assertThat(wave(kit, "greet(\"Ada\")")).isEqualTo("\"Hello, Ada!\"");
            assertThat(wave(kit, "reverse([1, 2, 3])")).isEqualTo("[3, 2, 1]");
            assertThat(wave(kit, "divide(1, 0)")).isEqualTo("err(\"division by zero\")");
            assertThat(wave(kit, "occurrences(\"banana\", 'a')")).isEqualTo("ok(3)");
            assertThat(wave(kit, "swap((7, \"x\"))")).isEqualTo("(\"x\", 7)");
            assertThat(wave(kit, "live()")).isEqualTo("0");
            assertThatThrownBy(() -> wave(kit, "fail(\"x\")"))
                    .isInstanceOfSatisfying(
                            Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.UNREACHABLE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c", "rust"})
    void theHostImplementsImports(String language) {
        try (ComponentInstance kit = kit(language)) {
            wave(kit, "shout(\"hey\")");
            wave(kit, "call-log(2, \"x\")");
            assertThat(logs).containsExactly("hey!", "x", "x");
            assertThat(wave(kit, "ask(\"why?\")")).isEqualTo("\"You said: WHY?\"");
            assertThat(wave(kit, "add-by-host(2147483647, 1)")).isEqualTo("-2147483648");
            assertThat(wave(kit, "check(\"four\")")).isEqualTo("ok(4)");
            assertThat(wave(kit, "check(\"\")")).isEqualTo("err(empty)");
            assertThat(wave(kit, "review(info, [{id: 1, name: \"pen\", price: 1.5}])"))
                    .isEqualTo("ok([{id: 1, name: \"pen\", price: 1.5}])");
            wave(kit, "call-tick(5)");
            assertThat(ticks).isEqualTo(5);
            assertThat(wave(kit, "call-add(1000)")).isEqualTo("1000");
            assertThat(wave(kit, "live()")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c", "rust"})
    void resourcesOfTheGuest(String language) {
        try (ComponentInstance kit = kit(language)) {
            Object ada = made(call(kit, "[constructor]account", text("Ada")));
            Object bob = made(call(kit, "[constructor]account", text("Bob")));
            assertThat(call(kit, "[static]account.existing")).isEqualTo(new U32(2));
            assertThat(call(kit, "[method]account.deposit", ada, new S64(100))).isEqualTo(new S64(100));
            assertThat(Wave.print(Objects.requireNonNull(call(kit, "[method]account.transfer", ada, bob, new S64(30)))))
                    .isEqualTo("ok");
            assertThat(call(kit, "total", (Object) new Object[] {ada, bob, ada}))
                    .isEqualTo(new S64(170));
            Object both = made(call(kit, "[static]account.merge", ada, bob));
            assertThat(call(kit, "[method]account.owner", both)).isEqualTo(text("Ada & Bob"));
            assertThatThrownBy(() -> call(kit, "[method]account.owner", ada)).hasMessageContaining("it was given away");
            Object same = made(call(kit, "echo-account", both));
            assertThat(call(kit, "[static]account.existing")).isEqualTo(new U32(1));
            ((GuestResource) same).close();
            assertThat(wave(kit, "live()")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c", "rust"})
    void resourcesOfTheHost(String language) {
        try (ComponentInstance kit = kit(language)) {
            var tally = new Tally(5);
            assertThat(call(kit, "count-on", tally, new U32(3))).isEqualTo(new S32(8));
            assertThat(tally.total).isEqualTo(8);
            assertThat(dropped).isEmpty();
            assertThat(made(call(kit, "echo-tally", tally))).isSameAs(tally);
            assertThat(Wave.print(Objects.requireNonNull(
                            call(kit, "largest-tally", (Object) new Object[] {tally, new Tally(9), new Tally(9)}))))
                    .isEqualTo("some(1)");
            call(kit, "drop-tally", tally);
            assertThat(dropped).containsExactly(tally);
            var kept = new Tally(1);
            call(kit, "keep-tally", kept);
            assertThat(dropped).hasSize(1);
            kit.close();
            assertThat(dropped).containsExactly(tally, kept);
        }
    }
}
