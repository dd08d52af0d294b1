package dev.airlock.wit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.AirlockException;
import dev.airlock.error.ValueException;
import dev.airlock.error.WitException;
import dev.airlock.type.FuncType;
import dev.airlock.type.ListType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.RandomTypes;
import dev.airlock.type.RandomValues;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads hostile texts: reading ends soon, with a result or with one of two exceptions. */
@Tag("slow")
@Timeout(60)
class HostileTextTest {
    private static final int MANY = 100_000;

    private static final String SAMPLE = """
            /* a /* b */ */ resource blob;
            record request { name: string, %list: option<list<u32, 4>> } // c
            variant shape { circle(f64), point } enum color { red } flags access { read, write }
            type id = map<string, result<_, shape>>;
            "quoted \\u{1f30a}": async func(a: request, b: borrow<blob>) -> tuple<color, access, id>;
            demo:kit/api@0.1.0#f: func() -> future<stream<u8>>;
            """;

    @Test
    void truncatedAtEveryCharacter() {
        for (int end = 0; end <= SAMPLE.length(); end++) {
            readsOrRefuses(SAMPLE.substring(0, end));
            readsOrRefuses(SAMPLE.substring(end));
        }
    }

    @Test
    void changedInOneCharacter() {
        Random random = new Random(1);
        String marks = "{}()<>[],:;=%\"'\\/*-_. \n0aZ\u0000\uD800🌊";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(SAMPLE);
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                int end = random.nextBoolean() ? at : Math.min(text.length(), at + random.nextInt(4));
                text.replace(at, end, "" + marks.charAt(random.nextInt(marks.length())));
            }
            readsOrRefuses(text.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list<", "option<", "tuple<u8, ", "result<_, ", "stream<", "map<u8, ", "(", "{", "<", "\"", "'", "/*",
                        "//",
                "%", "->", "a", "a-", "type a = ", "record r { x: ", "f: func(", "\\u{", "1", "-", "\n", "🌊", "\uD800",
                "=", ":", ";"
            })
    void repeatedAHundredThousandTimes(String piece) {
        String many = piece.repeat(MANY);
        for (String text : List.of(many, "type a = " + many, "f: func(x: " + many, "record r { " + many, "\"" + many)) {
            readsOrRefuses(text);
        }
        for (ValType type :
                List.of(PrimitiveType.U8, PrimitiveType.F64, PrimitiveType.STRING, new ListType(PrimitiveType.U8))) {
            readsOrRefuses(type, many);
        }
        callOrRefusal(many);
        callOrRefusal("f(" + many);
        callOrRefusal("f(" + many + ")");
    }

    @Test
    void typesThatDoubleInSizeAreRefusedEarly() {
        StringBuilder text = new StringBuilder("type a0 = u8;");
        for (int i = 1; i < 60; i++) {
            text.append("record a")
                    .append(i)
                    .append(" { x: a")
                    .append(i - 1)
                    .append(", y: a")
                    .append(i - 1)
                    .append(" }");
        }
        assertThatThrownBy(() -> WitSignatures.parse(text.toString()))
                .isInstanceOf(WitException.class)
                .hasMessageContaining("a type has at most 10000 parts, this record has more");
    }

    /** Hours, if the time grew with the square of their number. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void manyLargeTypesAreReadQuickly() {
        StringBuilder text = new StringBuilder("type a0 = u8;");
        for (int i = 1; i < 13; i++) {
            text.append("record a")
                    .append(i)
                    .append(" { x: a")
                    .append(i - 1)
                    .append(", y: a")
                    .append(i - 1)
                    .append(" }");
        }
        for (int i = 0; i < 9_900; i++) {
            text.append("record b").append(i).append(" {x:a12}");
        }
        assertThat(WitSignatures.parse(text.toString()).types()).hasSize(9_900 + 13);
    }

    @Test
    void deepTypesThatReferToDeepTypesAreRefused() throws InterruptedException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 190; i++) {
            text.append("type a").append(i).append(" = ");
            text.append("list<".repeat(98))
                    .append("a")
                    .append(i + 1)
                    .append(">".repeat(98))
                    .append(';');
        }
        text.append("type a190 = u8;");
        assertThat(thrownOnAUsualStack(text.toString()))
                .isInstanceOf(WitException.class)
                .hasMessageContaining("types nest to a depth of 100");
    }

    @Test
    void longChainsOfNamesAreRefused() throws InterruptedException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 9_000; i++) {
            text.append("type a").append(i).append(" = a").append(i + 1).append(';');
        }
        text.append("type a9000 = u8;");
        assertThat(thrownOnAUsualStack(text.toString()))
                .isInstanceOf(WitException.class)
                .hasMessageContaining("a chain of types has at most 200 steps");
    }

    /** The thread that runs tests may have a far larger stack than a server's threads. */
    private static @Nullable Throwable thrownOnAUsualStack(String text) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(null, () -> WitSignatures.parse(text), "usual", 1 << 20);
        thread.setUncaughtExceptionHandler((t, e) -> thrown.set(e));
        thread.start();
        thread.join();
        return thrown.get();
    }

    @Test
    void tooMuchTextIsRefused() {
        assertThatThrownBy(() -> WitSignatures.parse(" ".repeat(2_000_000)))
                .isInstanceOf(WitException.class)
                .hasMessageContaining("the text may have 1048576 characters, it has 2000000");
        assertThatThrownBy(() -> WitSignatures.parse(enums(10_001)))
                .hasMessageContaining("a text declares at most 10000 types");
    }

    private static String enums(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("enum e").append(i).append(" { a }\n");
        }
        return text.toString();
    }

    @Test
    void longNumbersAreReadQuickly() {
        assertThatThrownBy(() -> Wave.parse(PrimitiveType.U64, "9".repeat(10_000_000)))
                .isInstanceOf(ValueException.class)
                .hasMessage("u64 takes no number of 10000000 digits, got " + "9".repeat(40) + "… (line 1, column 1)");
        assertThat(Wave.print(Wave.parse(PrimitiveType.F64, "0." + "3".repeat(1_000_000))))
                .isEqualTo("0.3333333333333333");
        assertThat(Wave.print(Wave.parse(PrimitiveType.F64, "1e999999999999"))).isEqualTo("inf");
        assertThat(Wave.print(Wave.parse(PrimitiveType.F64, "-1e-999999999999")))
                .isEqualTo("-0");
    }

    @Test
    void valuesCutOrChangedAnywhere() {
        RandomTypes.seeds(300, seed -> {
            ValType type = new RandomTypes(seed).next();
            Value value = new RandomValues(seed).next(type);
            String text = Wave.print(value);
            Random random = new Random(seed);
            String marks = "{}()[],:%\"'\\/-. 0aZ\n\uD800";
            for (int i = 0; i < text.length() && i < 300; i++) {
                readsOrRefuses(type, text.substring(0, i));
                readsOrRefuses(type, text.substring(i));
                readsOrRefuses(
                        type,
                        text.substring(0, i) + marks.charAt(random.nextInt(marks.length())) + text.substring(i + 1));
                callOrRefusal("f(" + text.substring(0, i) + ")");
            }
        });
    }

    private static void readsOrRefuses(String text) {
        try {
            WitSignatures read = WitSignatures.parse(text);
            assertThat(WitSignatures.parse(read.print())).isEqualTo(read);
        } catch (WitException e) {
            isBrief(e);
        }
    }

    private static void readsOrRefuses(ValType type, String text) {
        try {
            Value read = Wave.parse(type, text);
            assertThat(Wave.parse(type, Wave.print(read))).isEqualTo(read);
        } catch (WitException | ValueException e) {
            isBrief(e);
        }
    }

    private static void callOrRefusal(String text) {
        try {
            WaveCall call = WaveCall.parse(text);
            call.arguments(new FuncType(List.of(new FuncType.Param("a", PrimitiveType.STRING)), null));
        } catch (WitException | ValueException e) {
            isBrief(e);
        }
    }

    private static void isBrief(AirlockException e) {
        assertThat(e.getMessage()).hasSizeLessThan(1_000);
    }
}
