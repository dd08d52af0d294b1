package dev.airlock.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.Guests;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LimitException;
import dev.airlock.error.LimitException.Kind;
import dev.airlock.error.Trap;
import dev.airlock.limit.Limits;
import dev.airlock.mapping.Tuple2;
import dev.airlock.type.PrimitiveValue.U32;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java heap that a guest can fill with values that are small in its memory: {@link Limits#liftedBytes}. */
@Timeout(60)
class LiftedBytesTest {
    private static final int MANY = 30_000_000;

    interface Lists {
        List<Tuple2<Integer, Integer>> pairs(int count);

        List<Optional<Integer>> options(int count);

        byte[] numbers(int count);

        long[] longs(int count);

        List<String> texts(int count);

        String text(int count);

        String textUtf16(int count);

        List<List<Tuple2<Integer, Integer>>> nestedPairs(int lists, int each);

        List<String> nestedTexts(int lists, int each);

        void fill(int at, int value, int count);

        void sendPairs(int count);

        void sendBytes(int count);

        void sendTexts(int count);

        void sendTwo(int count);
    }

    public static final class Host {
        private int got;

        public void pairs(List<Tuple2<Integer, Integer>> values) {
            got = values.size();
        }

        public void bytes(byte[] values) {
            got = values.length;
        }

        public void texts(List<String> values) {
            got = values.size();
        }

        public void two(String first, String second) {
            got = first.length() + second.length();
        }
    }

    private final Host host = new Host();

    private Lists lists(Limits limits) {
        return guest(limits).as(Lists.class);
    }

    private Guest guest(Limits limits) {
        return Airlock.open(Guests.file("components/wat/lists"))
                .imports("host", host)
                .limits(limits);
    }

    private static Limits limit(long bytes) {
        return Limits.defaults().liftedBytes(bytes);
    }

    private static LimitException refusal(Runnable call) {
        LimitException refused = catchThrowableOfType(LimitException.class, call::run);
        assertThat(refused).isNotNull();
        assertThat(refused.kind()).isEqualTo(Kind.LIFTED);
        return refused;
    }

    /** Returns the bytes that this thread allocates during a call. */
    private static long allocated(Runnable work) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @ParameterizedTest
    @ValueSource(strings = {"pairs", "options", "texts", "sendPairs", "sendTexts"})
    void manySmallValuesAreRefusedBeforeAnyIsMade(String which) throws ReflectiveOperationException {
        Limits limits = Limits.defaults().timeout(Duration.ofSeconds(20));
        int count = which.endsWith("exts") ? 8_000_000 : MANY;
        Lists warm = lists(limits);
        call(warm, which, 1);
        Lists guest = lists(limits);
        long allocated = allocated(() -> {
            LimitException refused = refusal(() -> call(guest, which, count));
            assertThat(refused.value()).isEqualTo(256 << 20);
            assertThat(refused.asked()).isBetween(24L * count, 128L * count);
            String function = which.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
            assertThat(refused)
                    .hasMessageStartingWith("over the limit of 268435456 bytes of Java's heap for the values of one"
                            + " call: the guest asked for " + refused.asked() + ", at ")
                    .hasMessageContaining(function.startsWith("send-") ? "values of " : "result of " + function)
                    .hasMessageEndingWith(". If that is wanted, raise Limits.liftedBytes");
        });
        assertThat(allocated).isLessThan(16 << 20);
        assertThat(host.got).isLessThan(2);
        assertThatThrownBy(() -> guest.numbers(1)).isInstanceOf(InstanceStateException.class);
    }

    private static void call(Lists guest, String which, int count) {
        switch (which) {
            case "pairs" -> guest.pairs(count);
            case "options" -> guest.options(count);
            case "texts" -> guest.texts(count);
            case "sendPairs" -> guest.sendPairs(count);
            case "sendTexts" -> guest.sendTexts(count);
            default -> throw new IllegalArgumentException(which);
        }
    }

    /** One list of the guest is small or large in Java: the size of the Java type counts. */
    @Test
    void theSizeInJavaCounts() {
        assertThat(lists(limit(MANY + 16)).numbers(MANY)).hasSize(MANY);
        assertThat(refusal(() -> lists(limit(MANY + 15)).numbers(MANY)).asked()).isEqualTo(MANY + 16);
        assertThat(lists(limit(8_000_016)).longs(1_000_000)).hasSize(1_000_000);
        refusal(() -> lists(limit(8_000_015)).longs(1_000_000));
        assertThat(lists(limit(1_000_000)).pairs(10_000)).hasSize(10_000);
        refusal(() -> lists(limit(1_000_000)).pairs(100_000));
        assertThat(lists(limit(1_000_000)).numbers(100_000)).hasSize(100_000);

        lists(limit(1_000_016)).sendBytes(1_000_000);
        assertThat(host.got).isEqualTo(1_000_000);
        refusal(() -> lists(limit(1_000_015)).sendBytes(1_000_000));
    }

    @Test
    void valuesWithoutAJavaTypeCountToo() {
        ComponentInstance instance = WaveCalls.corner(
                "lists", new ComponentLinker().unknownImportsAsTraps().limits(limit(10_000_000)));
        assertThat(instance.function("pairs").call(List.of(new U32(1000)))).isNotNull();
        long allocated = allocated(() -> {
            LimitException refused = refusal(() -> instance.function("pairs").call(List.of(new U32(1_000_000))));
            assertThat(refused.asked()).isGreaterThan(100_000_000);
        });
        assertThat(allocated).isLessThan(1 << 20);
    }

    /** A list of 1,000 lists of 1,000 pairs: each is small. */
    @Test
    void listsWithinListsCountTogether() {
        Limits limits = limit(30_000_000);
        assertThat(lists(limits).nestedPairs(10, 1_000)).hasSize(10);
        assertThat(lists(limits).pairs(100_000)).hasSize(100_000);
        assertThat(refusal(() -> lists(limits).nestedPairs(1_000, 1_000)))
                .hasMessageContaining("at result[] of nested-pairs");
    }

    @Test
    void emptyListsAreObjectsToo() {
        assertThat(refusal(() -> lists(limit(10_000_000)).nestedPairs(200_000, 0)))
                .hasMessageContaining("at result of nested-pairs");
    }

    /** The limit on the bytes of all strings comes first, unless it is raised. */
    @Test
    void stringsWithinListsCountTogether() {
        Limits limits = limit(20_000_000).payloadBytes(Limits.UNLIMITED);
        assertThat(lists(limits).nestedTexts(100, 50_000)).hasSize(100);
        assertThat(refusal(() -> lists(limits).nestedTexts(1_000, 50_000)))
                .hasMessageContaining("at result[] of nested-texts");
    }

    @Test
    void twoStringsCountTogether() {
        lists(limit(1_000_100)).sendTwo(250_000);
        assertThat(host.got).isEqualTo(500_000);
        assertThat(refusal(() -> lists(limit(500_000)).sendTwo(250_000))).hasMessageContaining("at second of ");
    }

    /** In Java, an ASCII string has one byte for each character; any other may have two. */
    @Test
    void textCountsWithItsSizeInJava() {
        int count = 1_000_000;
        Lists ascii = lists(limit(count + 48));
        assertThat(ascii.text(count)).hasSize(count);
        ascii.fill(count - 2, 0xC3, 1);
        ascii.fill(count - 1, 0xA9, 1);
        assertThat(refusal(() -> ascii.text(count)).asked()).isEqualTo(2L * count + 48);
        refusal(() -> lists(limit(count + 47)).text(count));

        Lists beyond = lists(limit(2L * count + 48));
        beyond.fill(count - 2, 0xC3, 1);
        beyond.fill(count - 1, 0xA9, 1);
        assertThat(beyond.text(count)).hasSize(count - 1);
    }

    @Test
    void utf16CountsItsBytes() {
        assertThat(lists(limit(2_000_048)).textUtf16(1_000_000)).hasSize(1_000_000);
        refusal(() -> lists(limit(2_000_047)).textUtf16(1_000_000));
    }

    /** A value outside of the guest's memory is a trap, whatever its size. */
    @Test
    void outOfBoundsComesFirst() {
        assertThatThrownBy(() -> lists(limit(10)).pairs(-1)).isInstanceOf(Trap.class);
    }

    @Test
    void withoutALimitAllValuesAreMade() {
        assertThat(lists(limit(Limits.UNLIMITED)).pairs(1_000_000)).hasSize(1_000_000);
    }
}
