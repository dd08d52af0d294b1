package dev.airlock.msgpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.error.LimitException;
import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.error.ValueException;
import dev.airlock.limit.Limits;
import dev.airlock.mapping.Char;
import dev.airlock.mapping.Result;
import dev.airlock.mapping.Tuple2;
import dev.airlock.mapping.U16;
import dev.airlock.mapping.U64;
import dev.airlock.mapping.U8;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.shape.Shapes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagePackCodecTest {
    private final MessagePackCodec codec = new MessagePackCodec();

    record Reading(String sensor, long at, double value, byte[] raw, Optional<String> note) {}

    record Request(String name, int num) {}

    record Names(List<String> names) {}

    @Test
    void valuesReturnUnchanged() {
        var reading = new Reading("ä", 1L << 40, 0.1, new byte[] {1, -1}, Optional.empty());
        Reading back = (Reading) codec.decode(codec.encode(reading, Reading.class), Reading.class);
        assertThat(back).usingRecursiveComparison().isEqualTo(reading);
    }

    @Test
    void theBytesAreThoseOfTheFormat() {
        assertThat(HexFormat.of().formatHex(codec.encode(new Request("Ada", 300), Request.class)))
                .isEqualTo("82" + "a46e616d65" + "a3416461" + "a36e756d" + "cd012c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "82a46e616d65a3416461 | it is not MessagePack",
                "81a46e616d65a3416461 | num",
                "82a46e616d65a3416461a36e756da131 | num: ",
                "c0c0 | there are bytes after the value, from byte 1",
                "82a46e616d65c0a46e616d65c0 | name: the key occurs twice in one map",
                "c1 | it is not MessagePack",
                "82a46e616d65c67fffffff | it is not MessagePack",
                "82a46e616d65db7fffffff | it is not MessagePack",
                "dd7fffffff | it is not MessagePack",
                "df7fffffff | it is not MessagePack"
            })
    void whatDoesNotFitIsRefused(String hex, String words) {
        assertThatThrownBy(() -> codec.decode(HexFormat.of().parseHex(hex), Request.class))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining(words);
    }

    enum Color {
        RED,
        DARK_RED
    }

    sealed interface Figure {}

    record Point() implements Figure {}

    record Circle(double radius) implements Figure {}

    record All(
            @U8 int small,
            @U64 long large,
            @Char int letter,
            EnumSet<Color> colors,
            List<Figure> figures,
            Tuple2<@U16 Integer, String> pair,
            Result<Void, String> result,
            Map<String, Optional<byte[]>> map,
            float single,
            double most) {}

    private static All all(int small, String text) {
        return new All(
                small,
                -1,
                0x1F980,
                EnumSet.of(Color.DARK_RED),
                List.of(new Point(), new Circle(1.5)),
                new Tuple2<>(65535, text),
                new Result.Ok<>(null),
                Map.of("a", Optional.of(new byte[] {1, 2})),
                Float.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY);
    }

    @Test
    void everyTypeHasTheFormThatItHasInJson() {
        byte[] bytes = codec.encode(all(255, "a"), All.class);
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("8a"
                        + "a5736d616c6c" + "ccff"
                        + "a56c61726765" + "cfffffffffffffffff"
                        + "a66c6574746572" + "ce0001f980"
                        + "a6636f6c6f7273" + "91a84441524b5f524544"
                        + "a766696775726573" + "92a5706f696e7481a6636972636c65cb3ff8000000000000"
                        + "a470616972" + "92cdffffa161"
                        + "a6726573756c74" + "a26f6b"
                        + "a36d6170" + "81a161c4020102"
                        + "a673696e676c65" + "ca7f800000"
                        + "a46d6f7374" + "cbfff0000000000000");
        assertThat(codec.decode(bytes, All.class)).usingRecursiveComparison().isEqualTo(all(255, "a"));
    }

    @Test
    void mismatchesAreRefusedOnWriting() {
        assertThatThrownBy(() -> codec.encode(all(256, "a"), All.class))
                .isInstanceOf(ValueException.class)
                .hasMessage("small: u8 takes 0..255, got 256");
        assertThatThrownBy(() -> codec.encode(all(1, "\udc00"), All.class))
                .isInstanceOf(ValueException.class)
                .hasMessage("pair.1: string takes Unicode text, got the lone surrogate U+DC00 at index 0");
        byte[] tooLarge = HexFormat.of().parseHex("81a56f66457870cb7fe0000000000000");
        assertThatThrownBy(() -> codec.decode(tooLarge, Single.class))
                .hasMessage("ofExp: the number is too large for f32");
    }

    record Single(float ofExp) {}

    record Ages(Map<@U8 Integer, String> byAge) {}

    @Test
    void keysOtherThanStringsAreRefusedBeforeAnyCall() {
        assertThatThrownBy(() -> codec.check(Shapes.of(Ages.class)))
                .isInstanceOf(SignatureException.class)
                .hasMessageStartingWith("byAge: Map<Integer, String> has no form in MessagePack: its keys are strings");
    }

    @Test
    void depthIsBounded() {
        byte[] deep = new byte[100_000];
        java.util.Arrays.fill(deep, (byte) 0x91);
        assertThatThrownBy(() -> codec.decode(deep, Object.class)).hasMessage("values are nested deeper than 500");
    }

    /** A header of five bytes may announce two gigabytes. */
    @ParameterizedTest
    @CsvSource({"c67fffffff", "db7fffffff", "dd7fffffff", "df7fffffff", "c67fffffff00", "c5ffff", "91c67ffffff0"})
    void announcedButMissingBytesTakeNoMemory(String hex) {
        byte[] payload = HexFormat.of().parseHex(hex);
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> codec.decode(payload, Object.class))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("it is not MessagePack");
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(16 << 20);
    }

    @Test
    void itIsFoundOnTheClassPath() {
        assertThat(PayloadCodec.installed(MessagePackCodecTest.class, "MessagePack"))
                .isInstanceOf(MessagePackCodec.class);
    }

    interface Kit {
        String greet(String name);

        String echo(String text);

        int count(String text);

        byte[] reverse(byte[] bytes);

        Names repeat(Request request);

        void shout(String text);

        String ask(String question);

        int add(int a, int b);

        int live();
    }

    static class Host {
        private final List<String> logged = new ArrayList<>();

        void log(String message) {
            logged.add(message);
        }

        String answer(String question) {
            return question + "?";
        }
    }

    @Test
    void anFpBindgenGuestIsBound() {
        var host = new Host();
        Path file = Path.of(System.getProperty("airlock.guests", "../guests"), "rust", "fp-kit.wasm");
        try (Guest guest = Airlock.open(file)) {
            Kit kit = guest.imports("fp", host).as(Kit.class);
            for (int i = 0; i < 100; i++) {
                for (String name : List.of("", "Ada", "Grüße, 世界 🦀", "x".repeat(100_000))) {
                    assertThat(kit.greet(name)).isEqualTo("Hello, " + name + "!");
                    assertThat(kit.echo(name)).isEqualTo(name);
                    assertThat(kit.count(name)).isEqualTo(name.codePointCount(0, name.length()));
                }
            }
            assertThat(kit.reverse(new byte[] {1, 2, 3})).containsExactly(3, 2, 1);
            assertThat(kit.repeat(new Request("é", 2))).isEqualTo(new Names(List.of("é", "é")));
            kit.shout("hey");
            assertThat(host.logged).containsExactly("hey!");
            assertThat(kit.ask("why")).isEqualTo("You said: why?");
            assertThat(kit.add(2, 40)).isEqualTo(42);
            assertThat(kit.live()).isZero();
        }
    }

    interface Lists {
        byte[] reverse(byte[] bytes);

        int live();

        int add(int a, int b);
    }

    @Test
    void payloadsStayBelowTheBitsThatFpBindgenReserves() {
        Path file = Path.of(System.getProperty("airlock.guests", "../guests"), "rust", "fp-kit.wasm");
        try (Guest guest = Airlock.open(file)) {
            Lists kit = guest.imports("fp", new Host()).as(Lists.class);
            int header = 5;
            byte[] most = new byte[0xFF_FFFF - header];
            most[0] = 1;
            assertThat(kit.reverse(most)).hasSameSizeAs(most).endsWith(1);
            assertThatThrownBy(() -> kit.reverse(new byte[most.length + 1]))
                    .isInstanceOf(ValueException.class)
                    .hasMessage(
                            "bytes: a payload of 16777216 bytes is too large: the convention fp-bindgen has 16777215"
                                    + " at the most");
            assertThat(kit.live()).isZero();
            assertThat(kit.add(1, 2)).isEqualTo(3);
        }
    }

    /** A map with one name, and an array of two names of four bytes each. */
    @Test
    void aGuestsPayloadHasALimit() {
        Path file = Path.of(System.getProperty("airlock.guests", "../guests"), "rust", "fp-kit.wasm");
        int length = 1 + 6 + 1 + 4 + 4;
        try (Guest guest = Airlock.open(file).imports("fp", new Host())) {
            Kit kit = guest.limits(Limits.defaults().payloadBytes(length)).as(Kit.class);
            assertThat(kit.repeat(new Request("Ada", 2))).isEqualTo(new Names(List.of("Ada", "Ada")));
        }
        try (Guest guest = Airlock.open(file).imports("fp", new Host())) {
            Kit kit = guest.limits(Limits.defaults().payloadBytes(length - 1)).as(Kit.class);
            assertThatThrownBy(() -> kit.repeat(new Request("Ada", 2)))
                    .isInstanceOfSatisfying(
                            LimitException.class, e -> assertThat(e.kind()).isEqualTo(LimitException.Kind.PAYLOAD))
                    .hasMessage("over the limit of " + (length - 1) + " bytes of an encoded value: the guest asked for "
                            + length);
        }
    }

    @Test
    void anInterruptEndsTheReading() {
        byte[] many = codec.encode(Collections.nCopies(2_000, 1), List.class);
        assertThat((List<?>) codec.decode(many, List.class)).hasSize(2_000);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> codec.decode(many, List.class))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.INTERRUPTED));
        assertThat(Thread.interrupted()).as("the flag stays").isTrue();
    }

    interface Large {
        Names large();
    }

    @Test
    void aGuestsPayloadThatReachesIntoThoseBitsIsRefused() {
        Path file = Path.of(System.getProperty("airlock.guests", "../guests"), "wat", "fat.wasm");
        try (Guest guest = Airlock.open(file)) {
            assertThatThrownBy(() -> guest.as(Large.class).large())
                    .isInstanceOf(ValueException.class)
                    .hasMessage("the result of __fp_gen_large: a payload of 16777216 bytes is too large: the convention"
                            + " fp-bindgen has 16777215 at the most");
        }
    }
}
