package dev.airlock.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.convention.Convention;
import dev.airlock.convention.Detection;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.error.ValueException;
import dev.airlock.mapping.GuestName;
import dev.airlock.mapping.U64;
import dev.airlock.mapping.U8;
import dev.airlock.placement.GuestPlacement;
import dev.airlock.placement.ManagedList;
import dev.airlock.placement.Placement.In;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values that are objects of an AssemblyScript guest's classes, both ways. */
class ManagedObjectsTest {
    enum Color {
        RED,
        GREEN
    }

    /** Properties that a constructor declares come where the constructor stands: last. */
    record Point(boolean visible, double x, short layer) {}

    /** The fields of its base class come first. */
    record Circle(String kind, double radius) {}

    record Shape(String kind) {}

    record Person(
            List<String> tags,
            Point home,
            Color color,
            Optional<String> note,
            @U64 long id,
            byte[] photo,
            String name,
            @U8 int age) {}

    static class Host {
        final List<Person> seen = new ArrayList<>();

        void abort(@Nullable String message, @Nullable String file, int line, int column) {}

        String join(List<String> words, @Nullable String between) {
            return String.join(between == null ? "" : between, words);
        }

        List<String> split(String text) {
            return Arrays.asList(text.split(" "));
        }

        byte[] flip(byte[] bytes) {
            byte[] flipped = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                flipped[i] = bytes[bytes.length - 1 - i];
            }
            return flipped;
        }

        double[] halves(double[] values) {
            return Arrays.stream(values).map(v -> v / 2).toArray();
        }

        @Nullable
        String greeting(Person person) {
            seen.add(person);
            return person.name().isEmpty() ? null : "Hello, " + person.name();
        }
    }

    static final Module OBJECTS = Guests.module("assemblyscript/objects");
    private static final Convention OF_ARRAYS =
            Convention.assemblyscript().toBuilder().lists(ManagedList.ARRAY).build();

    private record Bound<T>(T api, Instance instance, Host host) {
        static <T> Bound<T> of(Way way, Class<T> type, Convention convention) {
            var host = new Host();
            var linker = new Linker();
            HostBindings.serve(OBJECTS, Detection.chosen(Convention.assemblyscript()), "env", host)
                    .accept(linker);
            Instance instance = linker.instantiate(OBJECTS);
            return new Bound<>(way.bind(instance, Detection.chosen(convention), type), instance, host);
        }
    }

    private static <T> T bind(Way way, Class<T> type) {
        return Bound.of(way, type, Convention.assemblyscript()).api;
    }

    private static <T> T bind(Class<T> type, Convention convention) {
        return Bound.of(Way.COMPILED, type, convention).api;
    }

    interface Words {
        List<String> sortWords(List<String> words);

        int countWords(List<String> words);

        List<String> words(int n);

        List<Optional<String>> holes();

        @GuestName("holes")
        List<String> full();

        @GuestName("people")
        List<String> people(int n);

        @GuestName("matrix")
        List<String> matrix();
    }

    @ParameterizedTest
    @EnumSource
    void listsOfStrings(Way way) {
        Words words = bind(way, Words.class);
        assertThat(words.sortWords(List.of("b", "", "🦀é", "a"))).containsExactly("", "a", "b", "🦀é");
        assertThat(words.sortWords(List.of())).isEmpty();
        assertThat(words.words(3)).containsExactly("word 0", "word 1", "word 2");
        assertThat(words.countWords(List.of("x", "y"))).isEqualTo(2);
        assertThat(words.holes()).containsExactly(Optional.of("a"), Optional.empty(), Optional.of("c"));
    }

    /** So many that the collector runs while they are made. */
    @ParameterizedTest
    @EnumSource
    void whatIsMadeOutlivesTheCollectorUntilTheCallEnds(Way way) {
        Bound<Words> bound = Bound.of(way, Words.class, Convention.assemblyscript());
        List<String> many =
                IntStream.range(0, 20_000).mapToObj(i -> "number " + i).toList();
        List<String> sorted = many.stream().sorted().toList();
        assertThat(bound.api.sortWords(many)).isEqualTo(sorted);
        bound.api.sortWords(many);
        long warm = bound.instance.memory().dataSize();
        for (int i = 0; i < 5; i++) {
            assertThat(bound.api.sortWords(many)).isEqualTo(sorted);
        }
        assertThat(bound.instance.memory().dataSize()).isEqualTo(warm);
    }

    interface Collecting {
        String collected(List<String> words, double[] values, String text);
    }

    @ParameterizedTest
    @EnumSource
    void argumentsArePinned(Way way) {
        Collecting guest = bind(way, Collecting.class);
        for (int i = 0; i < 50; i++) {
            assertThat(guest.collected(List.of("a" + i, "b" + i), new double[] {i, 0.5}, "text " + i))
                    .isEqualTo("a" + i + ",b" + i + " " + (i + 0.5) + " text " + i);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nullInAListOfStringsIsToldByItsPlace(Way way) {
        Words words = bind(way, Words.class);
        assertThatThrownBy(() -> words.sortWords(Arrays.asList("a", null)))
                .isExactlyInstanceOf(ValueException.class)
                .hasMessage("words[1]: null, where a value is needed");
        assertThatThrownBy(() -> words.sortWords(Arrays.asList("a", "b\ud800")))
                .isExactlyInstanceOf(ValueException.class)
                .hasMessage("words[1]: lone surrogate U+D800 at index 1 of the string: UTF-16LE cannot carry it");
        assertThatThrownBy(() -> words.sortWords(null))
                .isExactlyInstanceOf(ValueException.class)
                .hasMessage("words: null, where a value is needed");
        assertThat(words.sortWords(List.of("b", "a"))).containsExactly("a", "b");
        trap(
                TrapCode.BAD_POINTER,
                words::full,
                "holes gave null in result\\[1\\], where a string is needed: if it may be missing, declare it as"
                        + " Optional or @Nullable, in WIT as option<…>");
    }

    @ParameterizedTest
    @EnumSource
    void listsOfOtherObjectsAreNoListsOfStrings(Way way) {
        trap(
                TrapCode.WRONG_CLASS,
                () -> bind(way, Words.class).people(2),
                "people gave an object of class \\d+ at offset \\d+ in result\\[0\\], where a string is needed, of class 2"
                        + " \\(String\\)");
        trap(
                TrapCode.WRONG_CLASS,
                () -> bind(way, Words.class).matrix(),
                "matrix gave an object of class 13 \\(Array<f64>\\) at offset \\d+ in result\\[0\\], where a string is"
                        + " needed, of class 2 \\(String\\)");
    }

    private static void trap(TrapCode code, ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isExactlyInstanceOf(Trap.class)
                .hasMessageMatching(message)
                .satisfies(e -> assertThat(((Trap) e).code()).isEqualTo(code));
    }

    interface Numbers {
        long[] countTo(int n);

        @GuestName("countTo")
        List<Long> boxes(int n);

        @GuestName("double")
        double[] twice(double[] values);

        @GuestName("double")
        List<Double> twiceBoxed(List<Double> values);

        float[] negate(float[] values);

        float[] tail(float[] values);

        short[] shorts(short[] values);

        byte[] echoBuffer(byte[] bytes);

        List<double[]> matrix();

        @GuestName("matrix")
        List<List<Double>> boxedMatrix();
    }

    @ParameterizedTest
    @EnumSource
    void listsOfNumbers(Way way) {
        Numbers numbers = bind(way, Numbers.class);
        // An Array has room for more elements than it has.
        assertThat(numbers.countTo(9)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(numbers.countTo(0)).isEmpty();
        assertThat(numbers.boxes(3)).containsExactly(1L, 2L, 3L);
        assertThat(numbers.twice(new double[] {1.5, -0.0})).containsExactly(3, -0.0);
        assertThat(numbers.twiceBoxed(List.of(1.5, 2.0))).containsExactly(3.0, 4.0);
        assertThat(numbers.twice(new double[0])).isEmpty();
        assertThat(numbers.negate(new float[] {1, 2})).containsExactly(-1, -2);
        assertThat(numbers.tail(new float[] {1, 2, 3})).containsExactly(2, 3);
        assertThat(numbers.tail(new float[] {1})).isEmpty();
        assertThat(numbers.shorts(new short[] {1, -2, 3})).containsExactly((short) 3, (short) -2, (short) 1);
        assertThat(numbers.echoBuffer(new byte[] {1, -1})).containsExactly(1, -1);
        assertThat(numbers.echoBuffer(new byte[0])).isEmpty();
        assertThat(numbers.matrix()).containsExactly(new double[] {1, 2}, new double[0], new double[] {3});
        assertThat(numbers.boxedMatrix()).containsExactly(List.of(1.0, 2.0), List.of(), List.of(3.0));
    }

    interface OfArrays {
        long sumArray(long[] values);
    }

    interface OfTyped {
        long sumTyped(long[] values);

        byte[] echoBytes(byte[] bytes);
    }

    interface OfStatic {
        int[] squares(int[] values);

        boolean[] odd(int[] values);
    }

    interface ByType {
        @GuestName("sumArray")
        long sum(List<Long> values);
    }

    @Test
    void theCallerChoosesAmongClasses() {
        assertThatThrownBy(() -> bind(Way.COMPILED, OfArrays.class))
                .isExactlyInstanceOf(SignatureException.class)
                .hasMessageContaining("OfArrays.sumArray: sumArray(long[]) -> long: a list<s64> may become an object of"
                        + " several of the guest's classes: class 11 (Array<i64>), class 12 (Int64Array); choose by @GuestPlacement(lists = …), by"
                        + " lists(…) in the convention or by --lists, or have the guest export the one that it takes, as in"
                        + " `export const Int64Array_ID = idof<Int64Array>();`");
        assertThat(bind(OfArrays.class, OF_ARRAYS).sumArray(new long[] {1, 2, 3}))
                .isEqualTo(6);
        // In Java a List says it too.
        assertThat(bind(Way.COMPILED, ByType.class).sum(List.of(1L, 2L))).isEqualTo(3);
        OfTyped typed = bind(
                OfTyped.class,
                Convention.assemblyscript().toBuilder()
                        .lists(ManagedList.TYPED_ARRAY)
                        .build());
        assertThat(typed.sumTyped(new long[] {1, 2, 3})).isEqualTo(6);
        assertThat(typed.echoBytes(new byte[] {1, 2})).containsExactly(1, 2);
        OfStatic fixed = bind(
                OfStatic.class,
                Convention.assemblyscript().toBuilder()
                        .lists(ManagedList.STATIC_ARRAY)
                        .build());
        assertThat(fixed.squares(new int[] {2, -3})).containsExactly(4, 9);
        assertThat(fixed.odd(new int[] {2, 3})).containsExactly(false, true);
    }

    interface Chosen {
        @GuestPlacement(lists = ManagedList.ARRAY)
        long sumArray(long[] values);

        @GuestPlacement(lists = ManagedList.TYPED_ARRAY)
        long sumTyped(long[] values);

        @GuestPlacement(lists = ManagedList.STATIC_ARRAY)
        int[] squares(int[] values);
    }

    interface Idle {
        @GuestPlacement(lists = ManagedList.ARRAY)
        long[] countTo(int n);

        @GuestName("maybe")
        @GuestPlacement(lists = ManagedList.ARRAY)
        String maybe(String text);

        @GuestPlacement(lists = ManagedList.ARRAY, in = In.MANAGED)
        long sumArray(long[] values);

        @GuestPlacement(lists = ManagedList.TYPED_ARRAY)
        short[] shorts(short[] values);
    }

    @ParameterizedTest
    @EnumSource
    void eachMethodMayChoose(Way way) {
        Chosen chosen = bind(way, Chosen.class);
        assertThat(chosen.sumArray(new long[] {1, 2})).isEqualTo(3);
        assertThat(chosen.sumTyped(new long[] {1, 2})).isEqualTo(3);
        assertThat(chosen.squares(new int[] {3})).containsExactly(9);
        assertThatThrownBy(() -> bind(way, Idle.class))
                .isExactlyInstanceOf(SignatureException.class)
                .hasMessage("""
                        dev.airlock.binding.ManagedObjectsTest$Idle does not fit objects.wasm
                          Idle.countTo: @GuestPlacement(lists = …) has no effect, since no list goes into the guest
                          Idle.maybe: @GuestPlacement(lists = …) has no effect, since no list goes into the guest
                          Idle.shorts: shorts(short[]) -> short[]: a list<s16> becomes an object of a class that the guest \
                        does not have: add, for example, `export const Int16Array_ID = idof<Int16Array>();` to it
                          Idle.sumArray: @GuestPlacement(lists = …) is for AssemblyScript, and in, out and staticResult are for others""");
    }

    interface Classes {
        Person person(String name, @U8 int age);

        List<Person> people(int n);

        @Nullable
        Person personOrNull(boolean there);

        @GuestName("personOrNull")
        Person always(boolean there);

        Point point();

        Circle circle();
    }

    private static void isPerson(Person person, String name, int age) {
        assertThat(person)
                .usingRecursiveComparison()
                .isEqualTo(new Person(
                        List.of("first", name),
                        new Point(true, 0.5, (short) -1),
                        Color.GREEN,
                        Optional.empty(),
                        -1,
                        new byte[] {7, 7, 7},
                        name,
                        age));
    }

    @ParameterizedTest
    @EnumSource
    void classesComeOutAsRecords(Way way) {
        Classes classes = bind(way, Classes.class);
        isPerson(classes.person("Ada", 200), "Ada", 200);
        assertThat(classes.people(0)).isEmpty();
        List<Person> people = classes.people(3);
        assertThat(people).hasSize(3);
        isPerson(people.get(2), "person 2", 2);
        isPerson(classes.personOrNull(true), "Ada", 36);
        assertThat(classes.personOrNull(false)).isNull();
        assertThat(classes.point()).isEqualTo(new Point(true, 2.5, (short) 3));
        assertThat(classes.circle()).isEqualTo(new Circle("shape", 1.5));
        isPerson(classes.always(true), "Ada", 36);
        trap(
                TrapCode.BAD_POINTER,
                () -> classes.always(false),
                "personOrNull gave null, where Person is needed: if it may be missing, declare it as Optional or @Nullable,"
                        + " in WIT as option<…>");
    }

    record Larger(boolean visible, double x, short layer, byte more) {}

    record Smaller(double x) {}

    interface Mistaken {
        Shape shape();

        @GuestName("point")
        Larger larger();

        @GuestName("point")
        Smaller smaller();

        @GuestName("point")
        Circle circle();

        @GuestName("map")
        Shape map();

        @GuestName("point")
        String string();

        @GuestName("maybe")
        double[] numbers(@Nullable String text);

        @GuestName("maybe")
        byte[] bytes(@Nullable String text);
    }

    @ParameterizedTest
    @EnumSource
    void anObjectOfAnotherClassIsRefusedWithBothClasses(Way way) {
        trap(
                TrapCode.WRONG_CLASS,
                () -> bind(way, Mistaken.class).string(),
                "point gave an object of class 21 at offset \\d+, where a string is needed, of class 2 \\(String\\)");
        trap(
                TrapCode.WRONG_CLASS,
                () -> bind(way, Mistaken.class).circle(),
                "point gave an object of class 21 at offset \\d+, where Circle is needed, of class 5 \\(Circle\\)");
        trap(
                TrapCode.WRONG_CLASS,
                () -> bind(way, Mistaken.class).numbers("x"),
                "maybe gave an object of class 2 \\(String\\) at offset \\d+, where a list is needed, of class 13"
                        + " \\(Array<f64>\\)");
        trap(
                TrapCode.WRONG_CLASS,
                () -> bind(way, Mistaken.class).bytes("x"),
                "maybe gave an object of class 2 \\(String\\) at offset \\d+, where a list is needed, of class 1, 18 or 19");
        trap(
                TrapCode.WRONG_CLASS,
                () -> bind(way, Mistaken.class).map(),
                "map gave an object of class 24 at offset \\d+, where Shape is needed, of class 3, 5, 6, 7, 14 or 20");
    }

    @ParameterizedTest
    @EnumSource
    void anObjectOfAnotherSizeIsRefused(Way way) {
        trap(
                TrapCode.WRONG_CLASS,
                () -> bind(way, Mistaken.class).shape(),
                "shape gave an object of 16 bytes at offset \\d+, where Shape is needed, whose field takes 4");
        trap(
                TrapCode.WRONG_CLASS,
                () -> bind(way, Mistaken.class).larger(),
                "point gave an object of 18 bytes at offset \\d+, where Larger is needed, whose fields take 19");
        trap(
                TrapCode.WRONG_CLASS,
                () -> bind(way, Mistaken.class).smaller(),
                "point gave an object of 18 bytes at offset \\d+, where Smaller is needed, whose field takes 8");
    }

    interface Options {
        @Nullable
        String maybe(@Nullable String text);

        @GuestName("maybe")
        Optional<String> perhaps(Optional<String> text);

        @GuestName("maybe")
        String plain(@Nullable String text);

        @Nullable
        String firstOf(@Nullable List<String> words);

        @GuestName("firstOf")
        Optional<String> firstOfSome(Optional<List<String>> words);
    }

    @ParameterizedTest
    @EnumSource
    void nullIsNone(Way way) {
        Options options = bind(way, Options.class);
        assertThat(options.maybe("yes")).isEqualTo("yes!");
        assertThat(options.maybe("")).isNull();
        assertThat(options.maybe(null)).isEqualTo("nothing");
        assertThat(options.perhaps(Optional.of("yes"))).contains("yes!");
        assertThat(options.perhaps(Optional.of(""))).isEmpty();
        assertThat(options.perhaps(Optional.empty())).contains("nothing");
        assertThatThrownBy(() -> options.perhaps(null))
                .isExactlyInstanceOf(ValueException.class)
                .hasMessage("text: null, where a value is needed");
        assertThat(options.firstOf(null)).isNull();
        assertThat(options.firstOf(List.of("a", "b"))).isEqualTo("a");
        assertThat(options.firstOfSome(Optional.of(List.of("a", "b")))).contains("a");
        assertThat(options.firstOfSome(Optional.empty())).isEmpty();
        assertThat(options.plain("yes")).isEqualTo("yes!");
        trap(
                TrapCode.BAD_POINTER,
                () -> options.plain(""),
                "maybe gave null, where a string is needed: if it may be missing, declare it as Optional or @Nullable, in WIT"
                        + " as option<…>");
    }

    interface Calling {
        String joined(List<String> words, @Nullable String between);

        List<String> splitAndSorted(String text);

        byte[] flipped(byte[] bytes);

        double[] quarters(double[] values);

        String greeted(String name);
    }

    @ParameterizedTest
    @EnumSource
    void aHostServesWithLists(Way way) {
        Bound<Calling> bound = Bound.of(way, Calling.class, Convention.assemblyscript());
        assertThat(bound.api.joined(List.of("a", "b"), "-")).isEqualTo("a-b");
        assertThat(bound.api.joined(List.of("a", "b"), null)).isEqualTo("ab");
        assertThat(bound.api.joined(List.of(), "-")).isEmpty();
        assertThat(bound.api.splitAndSorted("c a b")).containsExactly("a", "b", "c");
        assertThat(bound.api.flipped(new byte[] {1, 2, 3})).containsExactly(3, 2, 1);
        assertThat(bound.api.quarters(new double[] {1, 8})).containsExactly(0.25, 2);
        assertThat(bound.api.greeted("Ada")).isEqualTo("Hello, Ada");
        assertThat(bound.api.greeted("")).isEqualTo("nothing");
        isPerson(bound.host.seen.get(0), "Ada", 1);
    }

    interface ByField {
        byte[] stringinout(byte[] name);

        String create();

        List<String> many(int n);

        @Nullable
        String maybe(boolean there);

        double sum(double[] values);
    }

    record P(String param) {}

    interface ByFieldToo {
        P create();
    }

    @ParameterizedTest
    @EnumSource
    void aModuleOfSomebodyElse(Way way) {
        Module module = Guests.module("assemblyscript/as");
        Detection detection = Detection.of(module.exports(), module.imports(), module.producers());
        ByField guest = way.bind(new Linker().unknownImportsAsTraps().instantiate(module), detection, ByField.class);
        assertThat(guest.stringinout(new byte[] {65, 66}))
                .containsExactly("Hello AB\0".getBytes(StandardCharsets.US_ASCII));
        assertThat(guest.many(3)).containsExactly("s0", "s1", "s2");
        assertThat(guest.maybe(true)).isEqualTo("yes");
        assertThat(guest.maybe(false)).isNull();
        assertThat(guest.sum(new double[] {1, 2.5})).isEqualTo(3.5);
        ByFieldToo too =
                way.bind(new Linker().unknownImportsAsTraps().instantiate(module), detection, ByFieldToo.class);
        assertThat(too.create()).isEqualTo(new P("x"));
        trap(
                TrapCode.WRONG_CLASS,
                guest::create,
                "create gave an object of class 8 at offset \\d+, where a string is needed, of class 2 \\(String\\)");
    }

    record Request(String item) {}

    interface Refused {
        int countWords(Request request);

        @GuestName("point")
        java.time.Instant instant();
    }

    @Test
    void whatHasNoClassIsRefusedWhenItIsBound() {
        assertThatThrownBy(() -> bind(Way.COMPILED, Refused.class))
                .isExactlyInstanceOf(SignatureException.class)
                .hasMessage("""
                        dev.airlock.binding.ManagedObjectsTest$Refused does not fit objects.wasm
                          Refused.countWords: countWords(Request) -> int: request cannot go into the guest as an object: \
                        objects of a class are made by its constructor, which is the guest's; pass what they are made of, \
                        one parameter each; if the guest has it as JSON in a string, say so: payload("JSON") in the \
                        convention, or --payload json
                          Refused.instant: point() -> Instant: result: java.time.Instant has no WIT type: a long or a String \
                        can carry it; if the guest has it as JSON in a string, say so: payload("JSON") in the convention, \
                        or --payload json""");
    }
}
