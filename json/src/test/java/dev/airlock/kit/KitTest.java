package dev.airlock.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Airlock;
import dev.airlock.CoreGuest;
import dev.airlock.binding.Way;
import dev.airlock.convention.Convention;
import dev.airlock.engine.Instance;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.Trap;
import dev.airlock.error.ValueException;
import dev.airlock.mapping.GuestName;
import dev.airlock.type.CoreFuncType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls many guests through one interface, with interpreted plans and with generated code. */
@Tag("slow")
class KitTest {
    /** How often each function is called in the test that memory does not grow; CONTRIBUTING tells the long run. */
    private static final int MANY = Integer.getInteger("airlock.calls", 20_000);

    private static final List<String> TEXTS = List.of(
            "",
            "Ada",
            "Grüße",
            "世界",
            "🦀",
            "a\0b",
            "\ufffd",
            "Grüße, 世界 🦀",
            "x".repeat(1 << 20),
            "é🦀".repeat(1 << 18));
    private static final Convention TAKES =
            Convention.rust().toBuilder("takes").guestTakesArguments(true).build();

    record Request(String name, int num) {}

    record Names(List<String> names) {}

    record Total(List<String> names, int total) {}

    interface Texts {
        String greet(String name);

        String echo(String text);

        byte[] reverse(byte[] bytes);

        double[] scale(double[] values, double by);
    }

    interface Numbers extends Texts {
        int count(String text);

        long sum(long[] values);

        int add(int a, int b);

        String fail(String text);
    }

    interface Kit extends Numbers {
        Names repeat(Request request);

        @GuestName("repeat")
        Total miscounted(Request request);

        void shout(String text);

        String ask(String question);
    }

    interface Forms {
        @GuestName("greet_ret")
        String byReturnPointer(String name);

        @GuestName("greet_cstr")
        String nulTerminated(String name);
    }

    interface Taking {
        String greetTake(String name);
    }

    static class Host {
        final List<String> logged = new ArrayList<>();

        void log(String message) {
            logged.add(message);
        }

        String answer(String question) {
            return question.toUpperCase(Locale.ROOT);
        }
    }

    private static final Map<String, CoreGuest> GUESTS = new ConcurrentHashMap<>();

    /** Makes a new instance for each test; the guest is compiled once. */
    private record Bound<T>(T kit, Instance instance, Host host) {
        static <T> Bound<T> of(String file, Way way, Class<T> type) {
            return of(GUESTS.computeIfAbsent(file, KitTest::open), way, type);
        }

        static <T> Bound<T> of(CoreGuest guest, Way way, Class<T> type) {
            var host = new Host();
            boolean callsBack = guest.module().imports().stream()
                    .anyMatch(wanted ->
                            wanted.module().equals("env") && wanted.name().equals("log"));
            CoreGuest hosted = callsBack ? guest.imports("env", host) : guest;
            Instance instance = hosted.instance().instance();
            return new Bound<>(way.bind(instance, hosted.detection(), type), instance, host);
        }

        /** Checks that a guest which counts its allocations has freed all of them. */
        void nothingLeaks() {
            for (String counter : List.of("live", "live_bytes", "bad_frees")) {
                if (instance.module().export(counter).orElse(null) instanceof CoreFuncType) {
                    assertThat(instance.function(counter, IntSupplier.class).getAsInt())
                            .as(counter)
                            .isZero();
                }
            }
        }
    }

    private static CoreGuest open(String file) {
        CoreGuest guest =
                Airlock.openModule(Path.of(System.getProperty("airlock.guests", "../guests"), file + ".wasm"));
        // AssemblyScript passes records as objects by default, so JSON must be requested.
        Convention json =
                Convention.assemblyscript().toBuilder().payload("JSON").build();
        return (file.startsWith("assemblyscript") ? guest.convention(json) : guest)
                .linking(linker -> linker.function("env", "abort", (int a, int b, int c, int d) -> {}));
    }

    static Stream<Arguments> kits() {
        return bothWays("rust/kit", "c/kit", "assemblyscript/kit", "go/kit", "zig/kit");
    }

    static Stream<Arguments> numbers() {
        return Stream.concat(kits(), bothWays("rust/wbindgen-kit"));
    }

    static Stream<Arguments> texts() {
        return Stream.concat(numbers(), bothWays("c/multi", "rust/wbindgen-multi"));
    }

    private static Stream<Arguments> bothWays(String... files) {
        return Arrays.stream(files).flatMap(file -> Arrays.stream(Way.values()).map(way -> Arguments.of(file, way)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void stringsGoInAndComeBack(String file, Way way) {
        var bound = Bound.of(file, way, Texts.class);
        for (String text : TEXTS) {
            assertThat(bound.kit.greet(text)).isEqualTo("Hello, " + text + "!");
            assertThat(bound.kit.echo(text)).isEqualTo(text);
        }
        bound.nothingLeaks();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void listsOfNumbersGoInAndComeBack(String file, Way way) {
        var bound = Bound.of(file, way, Texts.class);
        assertThat(bound.kit.reverse(new byte[0])).isEmpty();
        assertThat(bound.kit.reverse(new byte[] {1, 2, -3})).containsExactly(-3, 2, 1);
        assertThat(bound.kit.scale(new double[0], 2)).isEmpty();
        assertThat(bound.kit.scale(new double[] {1, -2.5, Double.POSITIVE_INFINITY}, 2))
                .containsExactly(2, -5, Double.POSITIVE_INFINITY);
        byte[] large = new byte[1 << 20];
        large[0] = 7;
        assertThat(bound.kit.reverse(large)).hasSize(1 << 20).endsWith(7);
        double[] doubles = new double[100_000];
        Arrays.fill(doubles, 1.5);
        double[] doubled = bound.kit.scale(doubles, 2);
        assertThat(doubled).hasSize(100_000);
        assertThat(Arrays.stream(doubled).allMatch(d -> d == 3)).isTrue();
        bound.nothingLeaks();
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void numbersComeBack(String file, Way way) {
        var bound = Bound.of(file, way, Numbers.class);
        assertThat(bound.kit.add(2, 40)).isEqualTo(42);
        assertThat(bound.kit.add(Integer.MAX_VALUE, 1)).isEqualTo(Integer.MIN_VALUE);
        for (String text : TEXTS) {
            assertThat(bound.kit.count(text)).isEqualTo(text.codePointCount(0, text.length()));
        }
        assertThat(bound.kit.sum(new long[0])).isZero();
        assertThat(bound.kit.sum(new long[] {1, 2, Long.MAX_VALUE})).isEqualTo(Long.MIN_VALUE + 2);
        assertThat(bound.kit.sum(LongStream.range(0, 100_000).toArray())).isEqualTo(4_999_950_000L);
        bound.nothingLeaks();
    }

    @ParameterizedTest
    @MethodSource("kits")
    void recordsCrossAsJson(String file, Way way) {
        var bound = Bound.of(file, way, Kit.class);
        assertThat(bound.kit.repeat(new Request("é \"🦀\"", 2))).isEqualTo(new Names(List.of("é \"🦀\"", "é \"🦀\"")));
        assertThat(bound.kit.repeat(new Request("", 0))).isEqualTo(new Names(List.of()));
        assertThat(bound.kit.repeat(new Request("x", 10_000))).isEqualTo(new Names(Collections.nCopies(10_000, "x")));
        bound.nothingLeaks();
    }

    @ParameterizedTest
    @MethodSource("kits")
    void aGuestCallsBack(String file, Way way) {
        var bound = Bound.of(file, way, Kit.class);
        for (String text : TEXTS) {
            bound.host.logged.clear();
            bound.kit.shout(text);
            assertThat(bound.host.logged).containsExactly(text + "!");
            assertThat(bound.kit.ask(text)).isEqualTo("You said: " + text.toUpperCase(Locale.ROOT));
        }
        bound.nothingLeaks();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void memoryDoesNotGrowByCallsOnceItIsWarm(String file, Way way) {
        var bound = Bound.of(file, way, Texts.class);
        int many = way == Way.COMPILED ? MANY : MANY / 8;
        calls(bound.kit, many / 2);
        long warm = bound.instance.memory().dataSize();
        calls(bound.kit, many);
        assertThat(bound.instance.memory().dataSize()).isEqualTo(warm);
        bound.nothingLeaks();
    }

    private static void calls(Texts kit, int many) {
        double[] values = {1, 2, 3};
        byte[] bytes = new byte[100];
        for (int i = 0; i < many / 4; i++) {
            kit.greet("Ada");
            kit.echo("Grüße");
            kit.reverse(bytes);
            kit.scale(values, 2);
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aLoneSurrogateIsRefusedWithItsIndexAndNothingLeaks(String file, Way way) {
        var bound = Bound.of(file, way, Texts.class);
        String charset = file.startsWith("assemblyscript") ? "UTF-16LE" : "UTF-8";
        refused(
                () -> bound.kit.greet("ab\ud800c"),
                "name: lone surrogate U+D800 at index 2 of the string: " + charset + " cannot carry it");
        bound.nothingLeaks();
        assertThat(bound.kit.greet("Ada")).isEqualTo("Hello, Ada!");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void nullNamesTheParameter(String file, Way way) {
        var bound = Bound.of(file, way, Texts.class);
        refused(() -> bound.kit.greet(null), "name: null, where a value is needed");
        refused(() -> bound.kit.scale(null, 1), "values: null, where a value is needed");
        bound.nothingLeaks();
        assertThat(bound.kit.greet("Ada")).isEqualTo("Hello, Ada!");
    }

    @ParameterizedTest
    @MethodSource("kits")
    void aResultThatLacksAComponentIsRefusedAndItsBlockFreed(String file, Way way) {
        var bound = Bound.of(file, way, Kit.class);
        assertThatThrownBy(() -> bound.kit.miscounted(new Request("Ada", 1)))
                .isExactlyInstanceOf(ValueException.class)
                .hasMessage(
                        "the result of repeat: total: Missing required creator property 'total' (index 1), at byte 16");
        bound.nothingLeaks();
        assertThat(bound.kit.repeat(new Request("Ada", 1))).isEqualTo(new Names(List.of("Ada")));
        bound.nothingLeaks();
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void aFailingGuestTrapsAndIsUnusable(String file, Way way) {
        var bound = Bound.of(file, way, Numbers.class);
        assertThatThrownBy(() -> bound.kit.fail("why")).isExactlyInstanceOf(Trap.class);
        assertThatThrownBy(() -> bound.kit.add(1, 2))
                .isExactlyInstanceOf(InstanceStateException.class)
                .hasMessageContaining("it trapped before: ");
    }

    @ParameterizedTest
    @EnumSource
    void cReturnsByPointerAndByNul(Way way) {
        var bound = Bound.of("c/kit", way, Forms.class);
        for (String text : TEXTS) {
            assertThat(bound.kit.byReturnPointer(text)).isEqualTo("Hello, " + text + "!");
            if (text.indexOf('\0') < 0) {
                assertThat(bound.kit.nulTerminated(text)).isEqualTo("Hello, " + text + "!");
            }
        }
        bound.nothingLeaks();
        long warm = bound.instance.memory().dataSize();
        for (int i = 0; i < MANY / (way == Way.COMPILED ? 2 : 16); i++) {
            bound.kit.byReturnPointer("Ada");
            bound.kit.nulTerminated("Ada");
        }
        assertThat(bound.instance.memory().dataSize()).isEqualTo(warm);
        bound.nothingLeaks();
    }

    @ParameterizedTest
    @EnumSource
    void anInnerNulIsRefusedIfANulEndsTheString(Way way) {
        var bound = Bound.of("c/kit", way, Forms.class);
        refused(
                () -> bound.kit.nulTerminated("é\0b"),
                "name: a NUL character at byte 2, and the guest takes strings that end with a NUL");
        bound.nothingLeaks();
    }

    @ParameterizedTest
    @EnumSource
    void aGuestThatTakesItsArgumentsFreesThem(Way way) {
        CoreGuest guest = GUESTS.computeIfAbsent("rust/kit", KitTest::open).convention(TAKES);
        var bound = Bound.of(guest, way, Taking.class);
        for (String text : TEXTS) {
            assertThat(bound.kit.greetTake(text)).isEqualTo("Hello, " + text + "!");
        }
        bound.nothingLeaks();
    }

    @ParameterizedTest
    @EnumSource
    void codeOfARepeatedBindingIsMadeOnce(Way way) {
        Kit first = Bound.of("c/kit", way, Kit.class).kit;
        Kit second = Bound.of("c/kit", way, Kit.class).kit;
        assertThat(first).hasSameClassAs(second).isNotEqualTo(second);
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isExactlyInstanceOf(ValueException.class).hasMessage(message);
    }

    interface OnStack {
        String greet(String name);

        @GuestName("reverse")
        Names names(byte[] json);

        @GuestName("__wbindgen_add_to_stack_pointer")
        int move(int bytes);
    }

    @ParameterizedTest
    @EnumSource
    void wasmBindgensReturnPointersAreOnTheShadowStackAndLeaveItAsItWas(Way way) {
        var json = Convention.wasmBindgen().toBuilder("json").payload("JSON").build();
        Bound<OnStack> bound = Bound.of(open("rust/wbindgen-kit").convention(json), way, OnStack.class);
        int before = bound.kit.move(0);
        assertThat(bound.kit.greet("Ada")).isEqualTo("Hello, Ada!");
        assertThat(bound.kit.names("}][:\"seman\"{".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo(new Names(List.of()));
        assertThatThrownBy(() -> bound.kit.names(new byte[] {'x'})).isInstanceOf(ValueException.class);
        assertThat(bound.kit.move(0)).isEqualTo(before);
        bound.nothingLeaks();
    }
}
