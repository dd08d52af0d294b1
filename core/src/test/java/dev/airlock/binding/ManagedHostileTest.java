package dev.airlock.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.airlock.Guests;
import dev.airlock.convention.Detection;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.error.LimitException;
import dev.airlock.error.Trap;
import dev.airlock.limit.Limits;
import dev.airlock.mapping.GuestName;
import dev.airlock.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Objects that lie, in a guest that looks like AssemblyScript's: a trap says what and where, and nothing else happens. */
class ManagedHostileTest {
    record Address(int number, List<String> lines) {}

    record Person(String name, Address address, @Nullable String note) {}

    interface Api {
        @GuestName("give")
        String text();

        @GuestName("give")
        @Nullable
        String textOrNull();

        @GuestName("give")
        byte[] bytes();

        @GuestName("give")
        long[] longs();

        @GuestName("give")
        double[] doubles();

        @GuestName("give")
        List<String> words();

        @GuestName("give")
        List<Long> boxes();

        @GuestName("give")
        Person person();

        @GuestName("keep")
        String keepText(String text);

        @GuestName("keep")
        double[] keepDoubles(double[] values);

        @GuestName("keep")
        List<Long> keepLongs(List<Long> values);

        @GuestName("keep")
        List<String> keepWords(List<String> words);

        @GuestName("pass")
        List<String> pass(List<String> words);

        @GuestName("passed")
        int passed();
    }

    static class Host {
        List<String> take(List<String> words) {
            var changed = new ArrayList<>(words);
            changed.add("more");
            return changed;
        }
    }

    private static final Module MODULE = Guests.module("wat/managed");
    private static final int END = 2 * 65536;

    private static final int BUFFER = 1;
    private static final int STRING = 2;
    private static final int PERSON = 3;
    private static final int NUMBERS = 4;
    private static final int WORDS = 5;
    private static final int LONGS = 6;
    private static final int TYPED = 7;
    private static final int STATIC = 8;

    /** Where the objects are that are forged. */
    private static final int A = 4096;

    private static final int B = 8192;
    private static final int C = 12288;

    private record Bound(Api api, Instance instance, Memory memory) {
        static Bound of(Way way, Limits limits) {
            Detection detection = Detection.of(MODULE.exports(), MODULE.imports(), MODULE.producers());
            var linker = new Linker().limits(limits);
            HostBindings.serve(MODULE, detection, "env", new Host()).accept(linker);
            Instance instance = linker.instantiate(MODULE);
            return new Bound(way.bind(instance, detection, Api.class), instance, instance.memory());
        }

        void set(String name, int value) {
            instance.function(name, IntConsumer.class).accept(value);
        }

        /** An object's header and its first words. */
        int object(int at, int number, int size, int... words) {
            memory.writeInt(at - 8, number);
            memory.writeInt(at - 4, size);
            memory.writeInts(at, words);
            return at;
        }

        int text(int at, String text) {
            memory.write(at, text.getBytes(StandardCharsets.UTF_16LE));
            return object(at, STRING, text.length() * 2);
        }

        int pinned() {
            return instance.function("pinned", IntSupplier.class).getAsInt();
        }
    }

    private interface Call {
        Object run(Api api);
    }

    /** What a call answers, or the kind of its failure and the message. */
    private static String outcome(Bound bound, Call call) {
        var answer = new Object[1];
        Throwable thrown = catchThrowable(() -> answer[0] = call.run(bound.api));
        if (thrown == null) {
            return "works: " + shown(answer[0]);
        } else if (thrown instanceof Trap trap) {
            return trap.code() + ": " + trap.getMessage();
        }
        assertThat(thrown).isExactlyInstanceOf(LimitException.class);
        return "LIMIT: " + thrown.getMessage();
    }

    private static String shown(@Nullable Object answer) {
        return answer instanceof byte[] bytes
                ? Arrays.toString(bytes)
                : answer instanceof long[] longs
                        ? Arrays.toString(longs)
                        : answer instanceof double[] doubles ? Arrays.toString(doubles) : String.valueOf(answer);
    }

    /** One forged value: what makes it and gives its pointer, and how it is read. */
    private record Forged(String what, Forge forge, Call call, String expected) {
        String outcome(Way way) {
            Bound bound = Bound.of(way, Limits.defaults());
            bound.set("at", forge.in(bound));
            return ManagedHostileTest.outcome(bound, call);
        }
    }

    private interface Forge {
        int in(Bound bound);
    }

    private static void check(Way way, Forged... all) {
        assertThat(Arrays.stream(all).map(f -> f.what + " → " + f.outcome(way)))
                .containsExactly(
                        Arrays.stream(all).map(f -> f.what + " → " + f.expected).toArray(String[]::new));
    }

    private static Forged text(String what, Forge forge, String expected) {
        return new Forged(what, forge, Api::text, expected);
    }

    private static final String NULL =
            ": if it may be missing, declare it as Optional or @Nullable, in WIT as option<…>";

    @ParameterizedTest
    @EnumSource
    void strings(Way way) {
        check(
                way,
                text("a string", b -> b.text(A, "Ada"), "works: Ada"),
                text("an empty one at the very end", b -> b.object(END, STRING, 0), "works: "),
                text("null", b -> 0, "BAD_POINTER: give gave null, where a string is needed" + NULL),
                text(
                        "no room for a header",
                        b -> 19,
                        "BAD_POINTER: give gave the pointer 19, where no object can be: the memory has 131072 bytes"),
                text(
                        "behind the end",
                        b -> END + 1,
                        "BAD_POINTER: give gave the pointer 131073, where no object can be: the memory has 131072 bytes"),
                text(
                        "the last pointer there could be",
                        b -> -1,
                        "BAD_POINTER: give gave the pointer 4294967295, where no object can be: the memory has 131072 bytes"),
                text(
                        "a class that there is",
                        b -> b.object(A, NUMBERS, 8),
                        "WRONG_CLASS: give gave an object of class 4 at offset 4096, where a string is needed, of class 2"
                                + " (String)"),
                text(
                        "a class with a name",
                        b -> b.object(A, PERSON, 8),
                        "WRONG_CLASS: give gave an object of class 3 (Person) at offset 4096, where a string is needed, of"
                                + " class 2 (String)"),
                text(
                        "a class that there is not",
                        b -> b.object(A, -1, 8),
                        "WRONG_CLASS: give gave an object of class 4294967295 (which the guest does not have) at offset 4096,"
                                + " where a string is needed, of class 2 (String)"),
                text(
                        "half a code unit",
                        b -> b.object(A, STRING, 3),
                        "BAD_VALUE: give gave a string of 3 bytes, which is no number of UTF-16 code units"),
                text(
                        "one byte more than the memory has",
                        b -> b.object(END - 6, STRING, 7),
                        "BAD_POINTER: give gave an object at offset 131066 that says it has 7 bytes, but the memory has"
                                + " 131072 bytes"),
                text(
                        "the largest size",
                        b -> b.object(A, STRING, -2),
                        "BAD_POINTER: give gave an object at offset 4096 that says it has 4294967294 bytes, but the memory"
                                + " has 131072 bytes"),
                text(
                        "half a character",
                        b -> b.object(A, STRING, 2, 0xd800),
                        "BAD_VALUE: give gave a string that is no text: ill-formed UTF-16LE at offset 4096: byte 0x00"),
                new Forged("null as none", b -> 0, Api::textOrNull, "works: null"),
                new Forged(
                        "another class as some",
                        b -> b.object(A, NUMBERS, 8),
                        Api::textOrNull,
                        "WRONG_CLASS: give gave an object of class 4 at offset 4096, where a string is needed, of class 2"
                                + " (String)"));
    }

    private static Forged longs(String what, Forge forge, String expected) {
        return new Forged(what, forge, Api::longs, expected);
    }

    @ParameterizedTest
    @EnumSource
    void lists(Way way) {
        check(
                way,
                longs(
                        "an array with room to spare",
                        b -> b.object(A, LONGS, 16, b.object(B, BUFFER, 64, 0, 0, 7, 0, 9, 0), B + 8, 40, 2),
                        "works: [7, 9]"),
                longs(
                        "a typed array in the middle of its buffer",
                        b -> b.object(A, TYPED, 12, b.object(B, BUFFER, 32, 0, 0, 7, 0, 9, 0), B + 8, 16),
                        "works: [7, 9]"),
                longs("nothing", b -> b.object(A, LONGS, 16, b.object(B, BUFFER, 0), B, 0, 0), "works: []"),
                longs("null", b -> 0, "BAD_POINTER: give gave null, where a list is needed" + NULL),
                longs(
                        "a buffer alone",
                        b -> b.object(A, BUFFER, 16),
                        "WRONG_CLASS: give gave an object of class 1 (ArrayBuffer) at offset 4096, where a list is needed, of"
                                + " class 6 or 7"),
                longs(
                        "an object too small for its fields",
                        b -> b.object(A, LONGS, 15, b.object(B, BUFFER, 16), B, 16, 2),
                        "BAD_VALUE: give gave a list at offset 4096 whose object has 15 bytes, which has to have 16"),
                longs(
                        "an object that is cut off",
                        b -> b.object(END - 8, TYPED, 12),
                        "BAD_POINTER: give gave an object at offset 131064 that says it has 12 bytes, but the memory has"
                                + " 131072 bytes"),
                longs(
                        "no buffer",
                        b -> b.object(A, LONGS, 16, 0, 0, 0, 0),
                        "BAD_POINTER: give gave null, where the buffer of a list is needed" + NULL),
                longs(
                        "a buffer of another class",
                        b -> b.object(A, LONGS, 16, b.object(B, STRING, 16), B, 16, 2),
                        "WRONG_CLASS: give gave an object of class 2 (String) at offset 8192, where the buffer of a list is"
                                + " needed, of class 1 (ArrayBuffer)"),
                longs(
                        "a buffer outside the memory",
                        b -> b.object(A, LONGS, 16, 0x80000000, 0x80000000, 16, 2),
                        "BAD_POINTER: give gave the pointer 2147483648, where no object can be: the memory has 131072 bytes"),
                longs(
                        "itself for its buffer",
                        b -> b.object(A, LONGS, 16, A, A, 16, 2),
                        "WRONG_CLASS: give gave an object of class 6 (Array<i64>) at offset 4096, where the buffer of a list"
                                + " is needed, of class 1 (ArrayBuffer)"),
                longs(
                        "elements before the buffer",
                        b -> b.object(A, LONGS, 16, b.object(B, BUFFER, 16), B - 8, 16, 2),
                        "BAD_POINTER: give gave a list at offset 4096 with its elements at offset 8184, length 16, and its"
                                + " buffer is at offset 8192, length 16"),
                longs(
                        "elements beyond the buffer",
                        b -> b.object(A, LONGS, 16, b.object(B, BUFFER, 16), B + 8, 16, 2),
                        "BAD_POINTER: give gave a list at offset 4096 with its elements at offset 8200, length 16, and its"
                                + " buffer is at offset 8192, length 16"),
                longs(
                        "elements that wrap around",
                        b -> b.object(A, LONGS, 16, b.object(B, BUFFER, 16), -8, 16, 2),
                        "BAD_POINTER: give gave a list at offset 4096 with its elements at offset 4294967288, length 16, and"
                                + " its buffer is at offset 8192, length 16"),
                longs(
                        "more elements than there is room for",
                        b -> b.object(A, LONGS, 16, b.object(B, BUFFER, 16), B, 16, 3),
                        "BAD_VALUE: give gave a list of 3 elements at offset 4096, which has room for 2"),
                longs(
                        "the largest count",
                        b -> b.object(A, LONGS, 16, b.object(B, BUFFER, 16), B, 16, -1),
                        "BAD_VALUE: give gave a list of 4294967295 elements at offset 4096, which has room for 2"),
                longs(
                        "the largest length",
                        b -> b.object(A, TYPED, 12, b.object(B, BUFFER, 16), B, -8),
                        "BAD_POINTER: give gave a list at offset 4096 with its elements at offset 8192, length 4294967288,"
                                + " and its buffer is at offset 8192, length 16"),
                longs(
                        "half an element",
                        b -> b.object(A, TYPED, 12, b.object(B, BUFFER, 16), B, 12),
                        "BAD_VALUE: give gave a list of 12 bytes at offset 4096, which is no number of elements of 8"),
                longs(
                        "elements that are not aligned",
                        b -> b.object(A, TYPED, 12, b.object(B, BUFFER, 16), B + 4, 8),
                        "BAD_POINTER: give gave an unaligned pointer, 8196 for elements of 8 bytes"),
                new Forged("bytes", b -> b.object(A, BUFFER, 4, 0x04030201), Api::bytes, "works: [1, 2, 3, 4]"),
                new Forged(
                        "more bytes than the memory has",
                        b -> b.object(A, BUFFER, END),
                        Api::bytes,
                        "BAD_POINTER: give gave an object at offset 4096 that says it has 131072 bytes, but the memory has"
                                + " 131072 bytes"),
                new Forged("a static array", b -> b.object(A, STATIC, 8, 0, 0x3ff00000), Api::doubles, "works: [1.0]"),
                new Forged(
                        "a static array with half an element",
                        b -> b.object(A, STATIC, 12, 0, 0x3ff00000),
                        Api::doubles,
                        "BAD_VALUE: give gave a list of 12 bytes at offset 4096, which is no number of elements of 8"),
                new Forged(
                        "boxes",
                        b -> b.object(A, TYPED, 12, b.object(B, BUFFER, 16), B, 9),
                        Api::boxes,
                        "BAD_VALUE: give gave a list of 9 bytes at offset 4096, which is no number of elements of 8"));
    }

    private static int words(Bound bound, int... pointers) {
        bound.object(B, BUFFER, pointers.length * 4, pointers);
        return bound.object(A, WORDS, 16, B, B, pointers.length * 4, pointers.length);
    }

    private static Forged words(String what, Forge forge, String expected) {
        return new Forged(what, forge, Api::words, expected);
    }

    @ParameterizedTest
    @EnumSource
    void listsOfStrings(Way way) {
        check(
                way,
                words("words", b -> words(b, b.text(C, "a"), b.text(C + 64, "b"), C), "works: [a, b, a]"),
                words(
                        "null among them",
                        b -> words(b, b.text(C, "a"), 0),
                        "BAD_POINTER: give gave null in result[1], where a string is needed" + NULL),
                words(
                        "a number among them",
                        b -> words(b, b.text(C, "a"), C, 7),
                        "BAD_POINTER: give gave the pointer 7 in result[2], where no object can be: the memory has 131072"
                                + " bytes"),
                words(
                        "itself among them",
                        b -> words(b, A),
                        "WRONG_CLASS: give gave an object of class 5 (Array<object>) at offset 4096 in result[0], where a"
                                + " string is needed, of class 2 (String)"),
                words(
                        "a string that is too long",
                        b -> words(b, b.object(C, STRING, END)),
                        "BAD_POINTER: give gave an object at offset 12288 that says it has 131072 bytes in result[0], but the"
                                + " memory has 131072 bytes"),
                words(
                        "a string that is no text",
                        b -> words(b, b.object(C, STRING, 2, 0xdc00)),
                        "BAD_VALUE: give gave a string that is no text in result[0]: ill-formed UTF-16LE at offset 12288:"
                                + " byte 0x00"),
                words(
                        "more than the memory has",
                        b -> b.object(A, WORDS, 16, b.object(B, BUFFER, 16), B, -1, 0x3fffffff),
                        "BAD_POINTER: give gave a list at offset 4096 with its elements at offset 8192, length 4294967295,"
                                + " and its buffer is at offset 8192, length 16"));
    }

    @ParameterizedTest
    @EnumSource
    void aFewBytesThatAreMeantTooOften(Way way) {
        Limits limits = Limits.defaults().payloadBytes(1 << 20);
        Bound bound = Bound.of(way, limits);
        bound.object(65536, STRING, 40_000);
        bound.set("at", words(bound, IntStream.generate(() -> 65536).limit(1000).toArray()));
        assertThat(outcome(bound, Api::words)).startsWith("LIMIT: ");
        Bound heap = Bound.of(way, Limits.defaults().liftedBytes(400_000));
        heap.object(65536, STRING, 0);
        heap.set("at", words(heap, IntStream.generate(() -> 65536).limit(1000).toArray()));
        assertThat(heap.api.words()).hasSize(1000);
        heap.set("at", words(heap, IntStream.generate(() -> 65536).limit(8000).toArray()));
        assertThat(outcome(heap, Api::words)).startsWith("LIMIT: ").contains("Limits.liftedBytes");
        Bound boxes = Bound.of(way, Limits.defaults().liftedBytes(400_000));
        boxes.object(65536, BUFFER, 65536);
        boxes.set("at", boxes.object(A, LONGS, 16, 65536, 65536, 65536, 8192));
        assertThat(boxes.api.longs()).hasSize(8192);
        boxes.set("at", boxes.object(A, LONGS, 16, 65536, 65536, 65536, 8192));
        assertThat(boxes.api.boxes()).hasSize(8192);
        Bound fewer = Bound.of(way, Limits.defaults().liftedBytes(200_000));
        fewer.object(65536, BUFFER, 65536);
        fewer.set("at", fewer.object(A, LONGS, 16, 65536, 65536, 65536, 8192));
        assertThat(fewer.api.longs()).hasSize(8192);
        assertThat(outcome(fewer, Api::boxes)).startsWith("LIMIT: ").contains("Limits.liftedBytes");
        Bound shorter = Bound.of(way, Limits.defaults().stringBytes(100));
        shorter.object(B, BUFFER, 104);
        shorter.set("at", shorter.object(A, LONGS, 16, B, B, 104, 13));
        assertThat(outcome(shorter, Api::longs)).startsWith("LIMIT: ");
        Bound text = Bound.of(way, Limits.defaults().stringBytes(100));
        text.set("at", text.object(A, STRING, 102));
        assertThat(outcome(text, Api::text)).startsWith("LIMIT: ");
    }

    private static Forged person(String what, Forge forge, String expected) {
        return new Forged(what, forge, Api::person, expected);
    }

    @ParameterizedTest
    @EnumSource
    void classes(Way way) {
        int address = 16384;
        Forge good = b -> {
            b.object(address, PERSON, 8, 5, words(b, b.text(C, "a"), b.text(C + 64, "b")));
            return b.object(20480, PERSON, 12, b.text(C + 128, "Ada"), address, 0);
        };
        Consumer<Bound> none = b -> {};
        check(
                way,
                person(
                        "a person",
                        b -> after(good, none, b),
                        "works: Person[name=Ada, address=Address[number=5, lines=[a, b]], note=null]"),
                person(
                        "a name of another class",
                        b -> after(good, x -> x.object(C + 128, BUFFER, 6), b),
                        "WRONG_CLASS: give gave an object of class 1 (ArrayBuffer) at offset 12416 in result.name, where a"
                                + " string is needed, of class 2 (String)"),
                person(
                        "a line of another class",
                        b -> after(good, x -> x.object(C + 64, NUMBERS, 2), b),
                        "WRONG_CLASS: give gave an object of class 4 at offset 12352 in result.address.lines[1], where a"
                                + " string is needed, of class 2 (String)"),
                person(
                        "fewer fields",
                        b -> after(good, x -> x.object(20480, PERSON, 8), b),
                        "WRONG_CLASS: give gave an object of 8 bytes at offset 20480, where Person is needed, whose fields"
                                + " take 12"),
                person(
                        "another size within",
                        b -> after(good, x -> x.object(address, PERSON, -1), b),
                        "BAD_POINTER: give gave an object at offset 16384 that says it has 4294967295 bytes in"
                                + " result.address, but the memory has 131072 bytes"),
                person(
                        "a person without an address",
                        b -> after(good, x -> x.memory.writeInt(20484, 0), b),
                        "BAD_POINTER: give gave null in result.address, where Address is needed" + NULL));
    }

    private static int after(Forge forge, Consumer<Bound> spoil, Bound bound) {
        int pointer = forge.in(bound);
        spoil.accept(bound);
        return pointer;
    }

    private static String allocating(Way way, int mode, Call call) {
        Bound bound = Bound.of(way, Limits.defaults());
        bound.set("mode", mode);
        String outcome = mode + " → " + outcome(bound, call);
        if (outcome.contains("works")) {
            assertThat(bound.pinned()).isZero();
        }
        return outcome;
    }

    @ParameterizedTest
    @EnumSource
    void anAllocatorThatLies(Way way) {
        assertThat(IntStream.rangeClosed(0, 11)
                        .mapToObj(mode -> allocating(way, mode, api -> api.keepWords(List.of("a", "bcdef")))))
                .containsExactly(
                        "0 → works: [a, bcdef]",
                        "1 → ALLOCATION_FAILED: the allocator gave no block of 2 bytes, for a call of keep",
                        "2 → BAD_POINTER: the allocator gave an unaligned pointer, 65553 for elements of 2 bytes, for a call of"
                                + " keep",
                        "3 → BAD_POINTER: the allocator gave a block outside the memory: offset 131072, length 2, but the"
                                + " memory has 131072 bytes, for a call of keep",
                        "4 → BAD_POINTER: the allocator gave a block outside the memory: offset 131064, length 10, but the"
                                + " memory has 131072 bytes, for a call of keep",
                        "5 → WRONG_CLASS: keep gave an object of class 0 at offset 65568, where a list is needed, of class 5"
                                + " (Array<object>)",
                        "6 → works: [a, bcdef]",
                        "7 → UNREACHABLE: unreachable, in __new of managed.wasm",
                        "8 → BAD_POINTER: the allocator gave a block outside the memory: offset 2147483648, length 2, but the"
                                + " memory has 131072 bytes, for a call of keep",
                        "9 → BAD_POINTER: the allocator gave a block outside the memory: offset 4294967280, length 2, but the"
                                + " memory has 131072 bytes, for a call of keep",
                        "10 → UNREACHABLE: unreachable, in __pin of managed.wasm",
                        "11 → UNREACHABLE: unreachable, in __unpin of managed.wasm");
        assertThat(IntStream.of(1, 2, 3, 4, 10, 11)
                        .mapToObj(mode -> allocating(way, mode, api -> api.keepDoubles(new double[] {1, 2}))))
                .containsExactly(
                        "1 → ALLOCATION_FAILED: the allocator gave no block of 16 bytes, for a call of keep",
                        "2 → BAD_POINTER: the allocator gave an unaligned pointer, 65553 for elements of 8 bytes, for a call of"
                                + " keep",
                        "3 → BAD_POINTER: the allocator gave a block outside the memory: offset 131072, length 16, but the"
                                + " memory has 131072 bytes, for a call of keep",
                        "4 → BAD_POINTER: the allocator gave a block outside the memory: offset 131064, length 16, but the"
                                + " memory has 131072 bytes, for a call of keep",
                        "10 → UNREACHABLE: unreachable, in __pin of managed.wasm",
                        "11 → UNREACHABLE: unreachable, in __unpin of managed.wasm");
        assertThat(IntStream.of(0, 6).mapToObj(mode -> allocating(way, mode, api -> api.keepLongs(List.of(1L, -2L)))))
                .containsExactly("0 → works: [1, -2]", "6 → works: [1, -2]");
        assertThat(IntStream.of(0, 6).mapToObj(mode -> allocating(way, mode, api -> api.keepText("Ada"))))
                .containsExactly("0 → works: Ada", "6 → works: Ada");
    }

    @ParameterizedTest
    @EnumSource
    void aHostIsHandedNothingThatIsNotWhatItSays(Way way) {
        assertThat(IntStream.of(0, 6, 11).mapToObj(mode -> allocating(way, mode, api -> api.pass(List.of("a", "b")))))
                .containsExactly(
                        "0 → works: [a, b, more]",
                        "6 → works: [a, b, more]",
                        "11 → UNREACHABLE: unreachable, in __unpin < pass of managed.wasm");
        Bound bound = Bound.of(way, Limits.defaults());
        bound.set("at", words(bound, bound.text(C, "a"), bound.object(C + 64, BUFFER, 2)));
        assertThat(outcome(bound, Api::passed))
                .isEqualTo(
                        "WRONG_CLASS: the guest's call of take gave an object of class 1 (ArrayBuffer) at offset 12352 in"
                                + " words[1], where a string is needed, of class 2 (String)");
    }
}
