package dev.airlock.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.airlock.Airlock;
import dev.airlock.CoreGuest;
import dev.airlock.Guests;
import dev.airlock.convention.Convention;
import dev.airlock.convention.Detection;
import dev.airlock.engine.Instance;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.error.ValueException;
import dev.airlock.mapping.Char;
import dev.airlock.mapping.GuestName;
import dev.airlock.mapping.U16;
import dev.airlock.mapping.U8;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Java may get wrong, and what an interface may be. */
class BindingTest {
    private static final CoreGuest GUEST_ALONE = Airlock.openModule(Guests.file("c/hostile"));
    private static final CoreGuest GUEST = GUEST_ALONE.imports("env", new Host());

    static class Host {
        void log(String message) {}

        String answer(String question) {
            return question;
        }
    }

    interface Greeter {
        String greet(String name);
    }

    private interface Hidden {
        int add(int a, int b);
    }

    interface Rich extends Greeter {
        int add(int a, int b);

        default int twice(int a) {
            return add(a, a);
        }

        static String about() {
            return "static";
        }

        @Override
        boolean equals(Object other);

        @Override
        int hashCode();

        @Override
        String toString();
    }

    interface Generic<T> {
        T echo(T text);
    }

    interface OfStrings extends Generic<String> {}

    interface Left {
        int add(int a, int b);
    }

    interface Right {
        int add(int a, int b);
    }

    interface Both extends Left, Right {}

    interface Closing extends Greeter, AutoCloseable {
        @Override
        void close();
    }

    interface ClosingLoudly extends Greeter, AutoCloseable {}

    interface Streams {
        byte[] reverse(InputStream bytes);
    }

    interface Buffers {
        byte[] reverse(ByteBuffer bytes);
    }

    interface Clashing {
        String greet(String count);

        @GuestName("echo")
        String echo(String ptr0);

        long sum(long[] result);
    }

    interface Small {
        @GuestName("add")
        int bytes(@U8 int a, @U8 byte b);

        @GuestName("add")
        int shorts(@U16 int a, @U16 short b);

        @GuestName("add")
        int chars(@Char int a, int b);
    }

    interface Wrong {
        int add(int a, long b);

        int add(int a);

        String greet(String name) throws IOException;

        int missing(int a);

        Thread live();

        double sum(long[] values);

        byte[] reverse(byte[] bytes);
    }

    sealed interface Sealed permits Case {}

    record Case() implements Sealed {}

    static class Plain {}

    @interface Mark {}

    private static <T> T bind(Class<T> type) {
        return Bindings.bind(GUEST.instance().instance(), GUEST.detection(), type);
    }

    private static int counted(Instance instance, String function) {
        return instance.function(function, IntSupplier.class).getAsInt();
    }

    private static void unhurt(Instance instance) {
        assertThat(counted(instance, "live")).isZero();
        assertThat(counted(instance, "bad_frees")).isZero();
    }

    @Test
    void allThatDoesNotFitIsToldAtOnce() {
        assertThatThrownBy(() -> bind(Wrong.class))
                .isExactlyInstanceOf(SignatureException.class)
                .hasMessage("""
                        dev.airlock.binding.BindingTest$Wrong does not fit hostile.wasm
                          Wrong.add is overloaded, and a guest has one function of a name: give one of them a name of its own
                          Wrong.greet: it declares the checked exception IOException, which stands for WIT's result<T, E>, and nothing says what E is in a core module: return Result<T, E> instead, which crosses as a payload, in JSON {"ok": …} or {"err": …}
                          Wrong.live: live() -> Thread does not fit what the guest exports, by the convention c:
                            needs () -> i64         for ptr<<32 | len back
                            or    (i32)             for return pointer back
                            or    () -> (i32, i32)  for two results back
                            has   () -> i32
                            result: java.lang.Thread has no WIT type: it is a class; make it a record
                          Wrong.missing: the guest exports no function missing, Missing; it exports mode, malloc, free, live, bad_frees, greet, greet_ret, echo, reverse, sum, shout, ask, add
                          Wrong.sum: sum(long[]) -> double does not fit what the guest exports, by the convention c:
                            needs (i32, i32) -> f64  for (ptr, len) in
                            has   (i32, i32) -> i64""");
    }

    @Test
    void onlyOpenInterfacesAreBound() {
        for (Class<?> type : new Class<?>[] {Sealed.class, Plain.class, Mark.class, Case.class}) {
            signature(
                    () -> bind(type),
                    type.getName() + " cannot be bound: it has to be an interface, not sealed, and no annotation");
        }
    }

    @Test
    void defaultAndStaticMethodsStayWhatTheyAre() {
        Rich rich = bind(Rich.class);
        assertThat(rich.twice(21)).isEqualTo(42);
        assertThat(Rich.about()).isEqualTo("static");
        assertThat(rich.greet("Ada")).isEqualTo("Hello, Ada!");
    }

    @Test
    void theMethodsOfObjectAreAnsweredByTheHost() {
        Rich rich = bind(Rich.class);
        assertThat(rich).isEqualTo(rich).isNotEqualTo(bind(Rich.class)).hasSameHashCodeAs(rich);
        assertThat(rich).hasToString("Rich by instance of hostile.wasm");
    }

    @Test
    void typeArgumentsOfASuperInterfaceCount() {
        OfStrings strings = bind(OfStrings.class);
        assertThat(strings.echo("é")).isEqualTo("é");
        Generic<String> generic = strings;
        assertThat(generic.echo("x")).isEqualTo("x");
    }

    @Test
    void aMethodThatTwoInterfacesBringIsOne() {
        Both both = bind(Both.class);
        assertThat(((Left) both).add(1, 2)).isEqualTo(3);
        assertThat(((Right) both).add(3, 4)).isEqualTo(7);
    }

    @Test
    void anInterfaceMayBePrivate() {
        assertThat(bind(Hidden.class).add(2, 3)).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    void parametersMayHaveAnyName(Way way) {
        Instance instance = GUEST.instance().instance();
        Clashing clashing = way.bind(instance, GUEST.detection(), Clashing.class);
        assertThat(clashing.greet("Ada")).isEqualTo("Hello, Ada!");
        assertThat(clashing.echo("Ada")).isEqualTo("Ada");
        assertThat(clashing.sum(new long[] {1, 2})).isEqualTo(3);
        value(() -> clashing.greet(null), "count: null, where a value is needed");
        unhurt(instance);
    }

    @ParameterizedTest
    @EnumSource
    void smallNumbersAreChecked(Way way) {
        Small small = way.bind(GUEST.instance().instance(), GUEST.detection(), Small.class);
        assertThat(small.bytes(255, (byte) -1)).isEqualTo(510);
        assertThat(small.shorts(65_535, (short) -1)).isEqualTo(131_070);
        assertThat(small.chars(0x1f980, 1)).isEqualTo(0x1f981);
        value(() -> small.bytes(256, (byte) 0), "a: u8 takes 0..255, got 256");
        value(() -> small.bytes(-1, (byte) 0), "a: u8 takes 0..255, got -1");
        value(() -> small.shorts(65_536, (short) 0), "a: u16 takes 0..65535, got 65536");
        value(() -> small.chars(0xd800, 0), "a: char takes a Unicode scalar value, got U+D800");
        value(() -> small.chars(0x110000, 0), "a: char takes a Unicode scalar value, got U+110000");
        assertThat(small.bytes(1, (byte) 2)).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void bytesMayBeAStreamOrABuffer(Way way) {
        Instance instance = GUEST.instance().instance();
        Streams streams = way.bind(instance, GUEST.detection(), Streams.class);
        assertThat(streams.reverse(new ByteArrayInputStream(new byte[] {1, 2}))).containsExactly(2, 1);
        Buffers buffers = way.bind(instance, GUEST.detection(), Buffers.class);
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}, 1, 2);
        assertThat(buffers.reverse(buffer)).containsExactly(2, 1);
        assertThat(buffer.remaining()).isEqualTo(2);
        value(() -> buffers.reverse(null), "bytes: null, where a value is needed");
        unhurt(instance);
    }

    @ParameterizedTest
    @EnumSource
    void aStreamThatThrowsIsNoFaultOfTheGuests(Way way) {
        Instance instance = GUEST.instance().instance();
        Streams streams = way.bind(instance, GUEST.detection(), Streams.class);
        var failure = new IOException("no disk");
        for (Exception thrown : new Exception[] {failure, new UncheckedIOException("no luck", failure)}) {
            InputStream broken = new InputStream() {
                @Override
                public int read() throws IOException {
                    if (thrown instanceof IOException io) {
                        throw io;
                    }
                    throw (RuntimeException) thrown;
                }
            };
            assertThatThrownBy(() -> streams.reverse(broken))
                    .isExactlyInstanceOf(ValueException.class)
                    .hasMessage("bytes: the stream cannot be read: " + thrown.getMessage())
                    .hasCause(thrown);
        }
        unhurt(instance);
        assertThat(streams.reverse(new ByteArrayInputStream(new byte[] {1, 2}))).containsExactly(2, 1);
    }

    @Test
    void closingAnInterfaceClosesItsInstance() {
        Closing closing = bind(Closing.class);
        Greeter other = bind(Greeter.class);
        closing.close();
        closing.close();
        closed(() -> closing.greet("Ada"));
        assertThat(other.greet("Ada")).isEqualTo("Hello, Ada!");
    }

    @Test
    void closeMayBeInherited() throws Exception {
        ClosingLoudly closing = bind(ClosingLoudly.class);
        closing.close();
        closed(() -> closing.greet("Ada"));
    }

    @Test
    void closingAGuestClosesAllThatWasMadeOfIt() {
        Greeter kept;
        CoreGuest guest = Airlock.openModule(Guests.file("c/hostile"));
        CoreGuest hosted = guest.imports("env", new Host());
        try (guest) {
            kept = hosted.as(Greeter.class);
            assertThat(kept.greet("Ada")).isEqualTo("Hello, Ada!");
        }
        closed(() -> kept.greet("Ada"));
        assertThatThrownBy(() -> hosted.as(Greeter.class))
                .isExactlyInstanceOf(InstanceStateException.class)
                .hasMessage("the guest hostile.wasm is closed");
    }

    @Test
    void aConventionIsChosenAndThenNotDetected() {
        CoreGuest chosen = GUEST.convention(Convention.rust());
        assertThat(chosen.detection()).hasToString("rust: chosen\n");
        assertThat(chosen.as(Greeter.class).greet("Ada")).isEqualTo("Hello, Ada!");
        CoreGuest other = GUEST_ALONE.unknownImportsAsTraps().convention(Convention.fpBindgen());
        assertThatThrownBy(() -> other.as(Greeter.class))
                .isInstanceOf(SignatureException.class)
                .hasMessageStartingWith("dev.airlock.binding.BindingTest$Greeter does not fit hostile.wasm\n"
                        + "  Greeter.greet: greet(String) -> String does not fit what the guest exports, by the convention"
                        + " fp-bindgen:");
        assertThatThrownBy(() -> GUEST.convention(Convention.fpBindgen()))
                .as("imports that were given before follow it, too")
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("log(String) does not fit what the guest imports, by the convention fp-bindgen");
    }

    @Test
    void aConventionThatIsAmbiguousIsAskedFor() {
        Instance instance = GUEST.instance().instance();
        Convention takes =
                Convention.c().toBuilder("takes").guestTakesArguments(true).build();
        var both = new Detection(
                List.of(
                        new Detection.Candidate(Convention.c(), List.of("one says so"), List.of()),
                        new Detection.Candidate(takes, List.of("another too"), List.of())),
                List.of());
        assertThatThrownBy(() -> Bindings.bind(instance, both, Greeter.class))
                .isExactlyInstanceOf(SignatureException.class)
                .hasMessage("""
                        dev.airlock.binding.BindingTest$Greeter does not fit hostile.wasm
                          Greeter.greet: greet(String) -> String fits several conventions, which differ here:
                            c: (ptr, len) in, ptr<<32 | len back; room by malloc and free; arguments freed by the host; the result freed by the host
                              one says so
                            takes: (ptr, len) in, ptr<<32 | len back; room by malloc and free; arguments freed by the guest; the result freed by the host
                              another too
                          set the one it is, as in convention(Convention.c()) or --convention c""");
        assertThat(Bindings.bind(instance, both, Left.class).add(1, 1)).isEqualTo(2);
    }

    @Test
    void aHostThatDoesNotFitIsToldSoBeforeAnythingRuns() {
        class Misfit {
            int log(int a, String message, long more) {
                return a;
            }

            Stream<String> answer(String question) {
                return Stream.of(question);
            }
        }
        assertThatThrownBy(() -> GUEST.imports("env", new Misfit()))
                .isExactlyInstanceOf(SignatureException.class)
                .hasMessage("""
                        dev.airlock.binding.BindingTest$1Misfit does not fit what hostile.wasm imports from env
                          log: log(int, String, long) -> int does not fit what the guest imports, by the convention c:
                            needs (i32, i32, i32, i64) -> i32  for (ptr, len) in
                            or    (i32, i32, i64) -> i32       for NUL-terminated in
                            has   (i32, i32)
                          answer: Misfit.answer(String question): result: java.util.stream.Stream has no WIT type: streams are not supported yet; write List, or byte[]""");
    }

    @Test
    void aHostMayNotHaveTwoMethodsForOneImport() {
        class Twice {
            void log(String message) {}

            void log(byte[] message) {}
        }
        assertThatThrownBy(() -> GUEST.imports("env", new Twice()))
                .isExactlyInstanceOf(SignatureException.class)
                .hasMessage("""
                        dev.airlock.binding.BindingTest$1Twice does not fit what hostile.wasm imports from env
                          log: several methods have its name: log(String), log(byte[]); choose one by @GuestName""");
    }

    interface Talker {
        void shout(String text);

        String ask(String question);
    }

    @ParameterizedTest
    @EnumSource
    void aHostMethodThatThrowsTrapsTheGuestWithItsException(Way way) {
        var failure = new IOException("no disk");
        Talker talker = talker(way, 0, new Object() {
            void log(String message) throws IOException {
                throw failure;
            }

            String answer(String question) {
                return question;
            }
        });
        assertThatThrownBy(() -> talker.shout("Ada"))
                .isExactlyInstanceOf(Trap.class)
                .hasMessage("host function env.log threw IOException: no disk, in shout of hostile.wasm")
                .hasCause(failure)
                .satisfies(e -> assertThat(((Trap) e).code()).isEqualTo(TrapCode.HOST_FUNCTION));
    }

    @ParameterizedTest
    @EnumSource
    void aHostMethodThatReturnsWhatCannotCrossTraps(Way way) {
        assertThatThrownBy(() -> talker(way, 0, new Answering(null)).ask("Ada"))
                .isExactlyInstanceOf(Trap.class)
                .hasMessage(
                        "host function env.answer threw ValueException: answer: null, where a value is needed, in ask of hostile.wasm");
        assertThatThrownBy(() -> talker(way, 0, new Answering("\udc00")).ask("Ada"))
                .isExactlyInstanceOf(Trap.class)
                .hasMessage(
                        "host function env.answer threw ValueException: answer: lone surrogate U+DC00 at index 0 of the string: UTF-8 cannot carry it, in ask of hostile.wasm");
    }

    @ParameterizedTest
    @EnumSource
    void aBadPointerFromTheGuestNeverReachesTheHost(Way way) {
        Talker talker = talker(way, 22, new Answering("unasked"));
        assertThatThrownBy(() -> talker.ask("Ada"))
                .isExactlyInstanceOf(Trap.class)
                .hasMessage("out of bounds memory access: the guest's call of answer gave a block at offset 131068,"
                        + " length 5, but the memory has 131072 bytes");
        assertThat(catchThrowable(() -> talker.ask("Ada"))).isExactlyInstanceOf(InstanceStateException.class);
    }

    record Answering(String said) {
        void log(String message) {}

        String answer(String question) {
            return said;
        }
    }

    private static Talker talker(Way way, int mode, Object host) {
        CoreGuest fresh = GUEST_ALONE.imports("env", host);
        Instance instance = fresh.instance().instance();
        instance.function("mode", IntConsumer.class).accept(mode);
        return way.bind(instance, fresh.detection(), Talker.class);
    }

    private static void value(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isExactlyInstanceOf(ValueException.class).hasMessage(message);
    }

    private static void signature(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isExactlyInstanceOf(SignatureException.class).hasMessage(message);
    }

    private static void closed(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isExactlyInstanceOf(InstanceStateException.class)
                .hasMessage("this instance of hostile.wasm cannot be entered: it is closed");
    }

    interface Mistaken {
        @GuestName("sum")
        String text(long[] numbers);
    }

    @ParameterizedTest
    @EnumSource
    void aPlainNumberIsTakenForNoBlock(Way way) {
        for (long number : new long[] {1, 42, -1, 0xFFFF_FFFFL, -0x1_0000_0000L}) {
            Mistaken mistaken = way.bind(GUEST.instance().instance(), GUEST.detection(), Mistaken.class);
            assertThatThrownBy(() -> mistaken.text(new long[] {number}))
                    .isExactlyInstanceOf(Trap.class)
                    .hasMessage(
                            "sum gave the i64 " + number
                                    + ", which is no ptr<<32 | len of a block: if it stands for itself, it has to be long in Java");
        }
        Mistaken mistaken = way.bind(GUEST.instance().instance(), GUEST.detection(), Mistaken.class);
        assertThat(mistaken.text(new long[] {0})).isEmpty();
    }
}
