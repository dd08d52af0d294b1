package dev.airlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.SignatureException;
import dev.airlock.error.ValueException;
import dev.airlock.error.WitException;
import dev.airlock.mapping.Result;
import dev.airlock.mapping.Tuple2;
import dev.airlock.type.HandleValue;
import dev.airlock.type.PrimitiveValue;
import dev.airlock.type.Value;
import dev.airlock.wit.Wave;
import java.math.BigInteger;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of functions that are known only while a program runs, by the same lines for both kinds of guest. */
class GuestCallTest {
    private static final Guest MODULE = Airlock.open(Guests.file("c/kit")).unknownImportsAsTraps();
    private static final Guest COMPONENT =
            Airlock.open(Guests.file("components/c/kit")).unknownImportsAsTraps();

    /** JUnit would close guests that are arguments themselves. */
    static Stream<Supplier<Guest>> kits() {
        return Stream.of(() -> MODULE, () -> COMPONENT);
    }

    enum Color {
        RED,
        GREEN,
        BLUE
    }

    @ParameterizedTest
    @MethodSource("kits")
    void aSignatureSaysWhatAFunctionTakes(Supplier<Guest> given) {
        Guest kit = given.get();
        assertThat(kit.call("greet: func(name: string) -> string", "Ada")).isEqualTo("Hello, Ada!");
        assertThat(kit.call("sum: func(values: list<s64>) -> s64", List.of(1, 2L, (short) 3)))
                .isEqualTo(6L);
        assertThat(kit.call("reverse: func(bytes: list<u8>) -> list<u8>", (Object) new byte[] {1, 2, -1}))
                .isEqualTo(new byte[] {-1, 2, 1});
        assertThat(kit.call("scale: func(values: list<f64>, by: f64) -> list<f64>", new int[] {1, 2}, 2))
                .isEqualTo(new double[] {2, 4});
        assertThat(kit.call("add: func(a: s32, b: s32) -> s32", 1, 2)).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("kits")
    void aNameSufficesIfTheGuestHasTypes(Supplier<Guest> given) {
        Guest kit = given.get();
        assertThat(kit.call("add", 1, 2)).isEqualTo(3);
        assertThat(kit.call("live")).isEqualTo(0);
        assertThat(kit.function("add"))
                .hasToString(
                        kit.function("add").name() + ": " + kit.function("add").type());
    }

    @ParameterizedTest
    @MethodSource("kits")
    void anInstanceKeepsItsState(Supplier<Guest> given) {
        Guest kit = given.get();
        try (GuestInstance instance = kit.instance()) {
            GuestFunction greet = instance.function("greet: func(name: string) -> string");
            for (int i = 0; i < 100; i++) {
                assertThat(greet.invoke("Ada")).isEqualTo("Hello, Ada!");
            }
            assertThat(greet.call(List.of(new PrimitiveValue.Text("Ada"))))
                    .isEqualTo(new PrimitiveValue.Text("Hello, Ada!"));
            assertThat(instance.call("live")).isEqualTo(0);
        }
    }

    @Test
    void eachCallOfAGuestUsesANewInstance() {
        try (Guest state = Airlock.open(Guests.file("wat/state"))) {
            Object pages = state.call("grow", 3);
            assertThat(state.call("grow", 0)).isEqualTo(pages);
            try (GuestInstance instance = state.instance()) {
                assertThat(instance.call("grow", 3)).isEqualTo(pages);
                assertThat(instance.call("grow", 0)).isEqualTo((int) pages + 3);
            }
        }
    }

    // Names.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "greet",
                "demo:kit/api.greet",
                "demo:kit/api#greet",
                "demo:kit/api.greet: func(x: string) -> string"
            })
    void aComponentsFunctionHasShortNames(String name) {
        assertThat(COMPONENT.call(name, "Ada")).isEqualTo("Hello, Ada!");
        assertThat(COMPONENT.function(name).name()).isEqualTo("demo:kit/api#greet");
    }

    @Test
    void aNameWithoutAVersionIsEnoughIfOneVersionIsThere() {
        try (Guest versions = Airlock.open(Guests.file("components/wat/versions"))) {
            refused(
                    () -> versions.function("test:corners/sums.sum"),
                    "versions.wasm exports several functions \"test:corners/sums.sum\": choose one of"
                            + " test:corners/sums@0.2.1.sum, test:corners/sums@0.3.0.sum");
            assertThat(versions.function("test:corners/sums@0.3.0.sum").name())
                    .isEqualTo("test:corners/sums@0.3.0#sum");
            assertThat(versions.function("sum").name())
                    .as("the one in no interface")
                    .isEqualTo("sum");
        }
    }

    private static void refused(ThrowingCallable call, String... message) {
        assertThatThrownBy(call).isInstanceOf(SignatureException.class).hasMessageContainingAll(message);
    }

    @ParameterizedTest
    @MethodSource("kits")
    void aMissingFunctionIsRefusedWithTheNearestName(Supplier<Guest> given) {
        Guest kit = given.get();
        refused(() -> kit.call("graet", "Ada"), "kit.wasm exports no function \"graet\" (did you mean \"greet\"?)");
        refused(() -> kit.call("graet: func(name: string) -> string", "Ada"), "(did you mean \"greet\"?)");
        refused(() -> kit.instance().function("graet"), "(did you mean \"greet\"?)");
        refused(() -> kit.explain("graet"), "(did you mean \"greet\"?)");
    }

    @Test
    void aSignatureThatAComponentDoesNotHaveIsRefused() {
        refused(
                () -> COMPONENT.call("greet: func(name: string) -> u32", "Ada"),
                "demo:kit/api#greet is func(name: string) -> string, not func(name: string) -> u32");
        refused(() -> COMPONENT.instance().function("greet: func() -> string"), ", not func() -> string");
    }

    @ParameterizedTest
    @MethodSource("kits")
    void aTextThatIsNeitherANameNorASignatureIsRefused(Supplier<Guest> given) {
        Guest kit = given.get();
        assertThatThrownBy(() -> kit.call("greet(name: string)", "Ada")).isInstanceOf(WitException.class);
        assertThatThrownBy(() -> kit.call("", "Ada")).isInstanceOf(WitException.class);
        assertThatThrownBy(() -> kit.call("record point { x: s32 }"))
                .isInstanceOf(WitException.class)
                .hasMessageContaining("there is no function here");
        assertThatThrownBy(() -> kit.call("a: func() b: func()"))
                .isInstanceOf(WitException.class)
                .hasMessageContaining("one function is called, and these are 2: a, b");
    }

    @Test
    void numbersThatAreMoreThanNumbersLeadToTheSignature() {
        assertThatThrownBy(() -> MODULE.call("greet", "Ada"))
                .isInstanceOf(ValueException.class)
                .hasMessage("greet takes 2 arguments (arg1: s32, arg2: s32), got 1; the guest has greet as"
                        + " (i32, i32) -> i64: if its numbers stand for something else, give a signature, as in"
                        + " \"greet: func(name: string) -> string\"");
        assertThat(MODULE.function("greet").numbers()).isPresent();
        assertThat(MODULE.function("greet: func(name: string) -> string").numbers())
                .isEmpty();
        assertThat(COMPONENT.function("greet").numbers()).isEmpty();
    }

    @Test
    void severalResultsAreATuple() {
        try (Guest guest = Airlock.open(Guests.file("wat/numbers"))) {
            assertThat(guest.call("swap", 1, 2)).isEqualTo(List.of(2L, 1));
        }
    }

    // Values.

    private static Map<String, @Nullable Object> map(@Nullable Object... pairs) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static Map.Entry<String, @Nullable Object> variant(String name, @Nullable Object payload) {
        return new AbstractMap.SimpleImmutableEntry<>(name, payload);
    }

    static Stream<Arguments> values() {
        Map<String, @Nullable Object> point = map("x", 1, "y", -2);
        return Stream.of(
                Arguments.of("echo-bool", true, true),
                Arguments.of("echo-s8", -128, (byte) -128),
                Arguments.of("echo-u8", 255L, 255),
                Arguments.of("echo-s16", (byte) 5, (short) 5),
                Arguments.of("echo-u16", 65535, 65535),
                Arguments.of("echo-s32", BigInteger.TEN, 10),
                Arguments.of("echo-u32", 4294967295L, -1),
                Arguments.of("echo-u32", -1, -1),
                Arguments.of("echo-s64", Long.MIN_VALUE, Long.MIN_VALUE),
                Arguments.of("echo-u64", new BigInteger("18446744073709551615"), -1L),
                Arguments.of("echo-u64", -1L, -1L),
                Arguments.of("echo-f32", 0.1, 0.1f),
                Arguments.of("echo-f32", 16777216, 16777216f),
                Arguments.of("echo-f64", 1.5f, 1.5),
                Arguments.of("echo-f64", 3, 3.0),
                Arguments.of("echo-char", 'é', (int) 'é'),
                Arguments.of("echo-char", 0x1F30D, 0x1F30D),
                Arguments.of("echo-bytes", List.of(1, 255), new byte[] {1, -1}),
                Arguments.of("echo-u32s", new int[] {1, -1}, new int[] {1, -1}),
                Arguments.of("echo-u32s", new long[] {1, 4294967295L}, new int[] {1, -1}),
                Arguments.of("echo-strings", new String[] {"a", "b"}, List.of("a", "b")),
                Arguments.of(
                        "echo-nested", List.of(new int[] {65535}, List.of()), List.of(new short[] {-1}, new short[0])),
                Arguments.of("echo-point", map("y", -2, "x", 1), point),
                Arguments.of(
                        "echo-line",
                        map("start", point, "end", point, "label", "l"),
                        map("start", point, "end", point, "label", "l")),
                Arguments.of("echo-tuple", List.of(1, "a", 2), List.of(1, "a", 2.0)),
                Arguments.of("swap", new Tuple2<>(7, "a"), List.of("a", 7)),
                Arguments.of("echo-shape", "dot", variant("dot", null)),
                Arguments.of("echo-shape", variant("dot", null), variant("dot", null)),
                Arguments.of("echo-shape", Map.entry("circle", 1.5), variant("circle", 1.5f)),
                Arguments.of("echo-shape", Map.of("square", 9), variant("square", 9L)),
                Arguments.of("echo-shape", Map.entry("polygon", List.of(point)), variant("polygon", List.of(point))),
                Arguments.of("echo-color", "green", "green"),
                Arguments.of("echo-color", Color.BLUE, "blue"),
                Arguments.of("echo-rights", EnumSet.noneOf(Color.class), Set.of()),
                Arguments.of("echo-rights", List.of("write", "read"), Set.of("read", "write")),
                Arguments.of("echo-option", null, Optional.empty()),
                Arguments.of("echo-option", "a", Optional.of("a")),
                Arguments.of("echo-option", Optional.of("a"), Optional.of("a")),
                Arguments.of("echo-nested-option", Optional.of(Optional.empty()), Optional.of(Optional.empty())),
                Arguments.of("echo-nested-option", null, Optional.empty()),
                Arguments.of("echo-options", Arrays.asList(1, null), List.of(Optional.of(1L), Optional.empty())),
                Arguments.of("echo-result", new Result.Ok<>(1), new Result.Ok<>(1)),
                Arguments.of("echo-result", new Result.Err<>("no"), new Result.Err<>("no")),
                Arguments.of("expect", false, new Result.Err<>(null)));
    }

    @ParameterizedTest
    @MethodSource("values")
    void plainJavaValuesGoInAndComeBack(String function, @Nullable Object given, Object back) {
        assertThat(COMPONENT.call(function, new @Nullable Object[] {given}))
                .usingRecursiveComparison()
                .isEqualTo(back);
    }

    @Test
    void fieldsAreMetByTheirNamesInJavaAndInWit() {
        Guest named = Airlock.open(Guests.file("components/c/kit")).unknownImportsAsTraps();
        Map<String, @Nullable Object> ten =
                map("A", true, "b", 1, "c", 2, "d", 3, "e", 4, "f", 5, "g", 6, "h", 'x', "i", "i", "j", new byte[] {1});
        assertThat(named.call("echo-ten", ten))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("a", true)
                .containsEntry("h", (int) 'x');
    }

    @Test
    void aValueOfTheTypeIsTakenAsItIs() {
        Value point = Wave.parse(
                COMPONENT.function("echo-point").type().params().get(0).type(), "{x: 1, y: 2}");
        assertThat(COMPONENT.call("echo-point", point)).isEqualTo(map("x", 1, "y", 2));
        assertThatThrownBy(() -> COMPONENT.call("echo-u32", new PrimitiveValue.S32(1)))
                .isInstanceOf(ValueException.class)
                .hasMessage("value: expected u32, got a value of s32");
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                Arguments.of("echo-bool", 1, "value: bool takes a Boolean, got java.lang.Integer"),
                Arguments.of("echo-u8", 256, "value: u8 takes 0..255, got 256"),
                Arguments.of("echo-u8", (byte) -1, "value: u8 takes 0..255, got -1"),
                Arguments.of("echo-u32", -1L, "value: u32 takes 0..4294967295, got -1"),
                Arguments.of("echo-s32", 1.0, "value: s32 takes a whole number, got java.lang.Double"),
                Arguments.of("echo-s32", 'a', "value: s32 takes a whole number, got java.lang.Character"),
                Arguments.of("echo-s32", null, "value: s32 takes a whole number, got null"),
                Arguments.of("echo-f32", 1e300, "value: the number is too large for f32: 1.0E300"),
                Arguments.of("echo-f32", 16777217, "value: f32 cannot hold this whole number exactly: 16777217"),
                Arguments.of(
                        "echo-f64",
                        Long.MAX_VALUE,
                        "value: f64 cannot hold this whole number exactly: 9223372036854775807"),
                Arguments.of("echo-f64", "1", "value: f64 takes a number, got java.lang.String"),
                Arguments.of(
                        "echo-char", '\ud800', "value: char takes Unicode scalar values, got the surrogate U+D800"),
                Arguments.of("echo-bytes", "ab", "values: list<u8> takes a List or an array, got java.lang.String"),
                Arguments.of("echo-bytes", List.of(1, 300), "values[1]: u8 takes 0..255, got 300"),
                Arguments.of(
                        "echo-strings",
                        List.of("a\ud800"),
                        "values[0]: string takes Unicode text, got the lone surrogate U+D800"),
                Arguments.of("echo-point", map("x", 1), "value: the field \"y\" is missing"),
                Arguments.of(
                        "echo-point", map("x", 1, "y", 2, "z", 3), "value: there is no field \"z\"; there is x, y"),
                Arguments.of("echo-point", map("x", 1, "X", 2), "value: the field \"x\" is given twice"),
                Arguments.of("echo-point", map("x", 1, "y", "2"), "value.y: s32 takes a whole number"),
                Arguments.of("echo-point", List.of(1, 2), "takes a Map of its fields, got java.util."),
                Arguments.of("echo-tuple", List.of(1, "a"), "value: expected a tuple of 3, got 2 elements"),
                Arguments.of("echo-shape", "circel", "there is no case \"circel\" (did you mean \"circle\"?)"),
                Arguments.of("echo-shape", "circle", "value.circle: the case carries f32"),
                Arguments.of("echo-shape", Map.entry("dot", 1), "value.dot: the case carries nothing, got"),
                Arguments.of("echo-shape", Map.entry("named", List.of("a", 1)), "value.named.1: "),
                Arguments.of("echo-shape", 1, "takes a case: its name, or a Map.Entry"),
                Arguments.of("echo-color", "purple", "value: there is no case \"purple\"; there is red, green, blue"),
                Arguments.of("echo-rights", List.of("fly"), "value: there is no flag \"fly\""),
                Arguments.of("echo-nested-option", 1, "takes an Optional, since another option is in it"),
                Arguments.of("echo-result", 1, "takes a Result.Ok or a Result.Err"),
                Arguments.of("expect", "yes", "yes: bool takes a Boolean"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void aMismatchIsRefusedWithItsPath(String function, @Nullable Object given, String message) {
        assertThatThrownBy(() -> COMPONENT.call(function, new @Nullable Object[] {given}))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theNumberOfArgumentsHasToBeRight() {
        assertThatThrownBy(() -> COMPONENT.call("add", 1))
                .isInstanceOf(ValueException.class)
                .hasMessage("demo:kit/api#add takes 2 arguments (a: s32, b: s32), got 1");
        assertThatThrownBy(() -> COMPONENT.call("live", 1)).hasMessage("demo:kit/api#live takes 0 arguments, got 1");
        assertThat(COMPONENT.call("echo-option")).as("an option at the end").isEqualTo(Optional.empty());
        assertThat(COMPONENT.call("echo-option", (Object[]) null)).isEqualTo(Optional.empty());
    }

    // Resources belong to one instance.

    @Test
    void resourcesAreForAnInstanceOfOnesOwn() {
        refused(
                () -> COMPONENT.call("[constructor]account", "Ada"),
                "demo:kit/api#[constructor]account takes or gives a resource, account",
                "call guest.instance()");
        try (GuestInstance instance = COMPONENT.instance()) {
            Object account = instance.call("[constructor]account", "Ada");
            assertThat(account).isInstanceOf(HandleValue.class);
            assertThat(instance.call("[method]account.deposit", account, 5)).isEqualTo(5L);
            assertThat(instance.call("[method]account.withdraw", account, 7))
                    .isEqualTo(new Result.Err<>("insufficient funds"));
            assertThat(instance.call("[method]account.owner", account)).isEqualTo("Ada");
        }
    }
}
