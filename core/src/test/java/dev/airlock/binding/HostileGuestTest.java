package dev.airlock.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.airlock.Airlock;
import dev.airlock.CoreGuest;
import dev.airlock.Guests;
import dev.airlock.engine.Instance;
import dev.airlock.error.Trap;
import dev.airlock.mapping.GuestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A guest that breaks its word in every way that guests/README.md lists: a trap says how, and nothing else happens. */
class HostileGuestTest {
    interface Kit {
        String greet(String name);

        @GuestName("greet_ret")
        String byReturnPointer(String name);

        byte[] reverse(byte[] bytes);

        long sum(long[] values);

        void shout(String text);

        String ask(String question);
    }

    static class Host {
        final List<String> logged = new ArrayList<>();

        void log(String message) {
            logged.add(message);
        }

        String answer(String question) {
            return question;
        }
    }

    private static final CoreGuest GUEST = Airlock.openModule(Guests.file("c/hostile"));

    private record Bound(Kit kit, Instance instance, Host host) {
        static Bound of(Way way, int mode) {
            var host = new Host();
            CoreGuest guest = GUEST.imports("env", host);
            Instance instance = guest.instance().instance();
            Kit kit = way.bind(instance, guest.detection(), Kit.class);
            instance.function("mode", IntConsumer.class).accept(mode);
            return new Bound(kit, instance, host);
        }

        int counted(String name) {
            return instance.function(name, IntSupplier.class).getAsInt();
        }

        /** What a call answers, or the message of its trap. */
        String outcome(Call call) {
            var answer = new Object[1];
            Throwable thrown = catchThrowable(() -> answer[0] = call.run(this));
            if (thrown == null) {
                String shown = answer[0] instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(answer[0]);
                return "works: <" + shown.replace('\0', '␀') + ">";
            }
            assertThat(thrown).isExactlyInstanceOf(Trap.class);
            return ((Trap) thrown).code() + ": " + thrown.getMessage();
        }
    }

    private interface Call {
        Object run(Bound bound);
    }

    private enum Function {
        GREET(b -> b.kit.greet("Grace Hopper")),
        BY_RETURN_POINTER(b -> b.kit.byReturnPointer("Grace Hopper")),
        REVERSE(b -> b.kit.reverse(new byte[] {1, 2})),
        SUM(b -> b.kit.sum(new long[] {1, 2})),
        SHOUT(b -> {
            b.kit.shout("Grace Hopper");
            return b.host.logged;
        }),
        ASK(b -> b.kit.ask("Grace Hopper"));

        private final Call call;

        Function(Call call) {
            this.call = call;
        }
    }

    private static final String EXPECTED = """
            0 GREET works: <Hello, Grace Hopper!>
            0 BY_RETURN_POINTER works: <Hello, Grace Hopper!>
            0 REVERSE works: <[2, 1]>
            0 SUM works: <3>
            0 SHOUT works: <[Hello, Grace Hopper!]>
            0 ASK works: <Grace Hopper>
            1 GREET ALLOCATION_FAILED: the allocator gave no block of 12 bytes, for a call of greet
            1 BY_RETURN_POINTER ALLOCATION_FAILED: the allocator gave no block of 8 bytes, for a call of greet_ret
            1 REVERSE ALLOCATION_FAILED: the allocator gave no block of 2 bytes, for a call of reverse
            1 SUM ALLOCATION_FAILED: the allocator gave no block of 16 bytes, for a call of sum
            1 SHOUT ALLOCATION_FAILED: the allocator gave no block of 12 bytes, for a call of shout
            1 ASK ALLOCATION_FAILED: the allocator gave no block of 12 bytes, for a call of ask
            2 GREET works: <Hello, Grace Hopper!>
            2 BY_RETURN_POINTER BAD_POINTER: the allocator gave an unaligned pointer, 82993 for elements of 4 bytes, for a call of greet_ret
            2 REVERSE works: <[2, 1]>
            2 SUM BAD_POINTER: the allocator gave an unaligned pointer, 82993 for elements of 8 bytes, for a call of sum
            2 SHOUT works: <[Hello, Grace Hopper!]>
            2 ASK works: <Grace Hopper>
            3 GREET BAD_POINTER: the allocator gave a block outside the memory: offset 131072, length 12, but the memory has 131072 bytes, for a call of greet
            3 BY_RETURN_POINTER BAD_POINTER: the allocator gave a block outside the memory: offset 131072, length 8, but the memory has 131072 bytes, for a call of greet_ret
            3 REVERSE BAD_POINTER: the allocator gave a block outside the memory: offset 131072, length 2, but the memory has 131072 bytes, for a call of reverse
            3 SUM BAD_POINTER: the allocator gave a block outside the memory: offset 131072, length 16, but the memory has 131072 bytes, for a call of sum
            3 SHOUT BAD_POINTER: the allocator gave a block outside the memory: offset 131072, length 12, but the memory has 131072 bytes, for a call of shout
            3 ASK BAD_POINTER: the allocator gave a block outside the memory: offset 131072, length 12, but the memory has 131072 bytes, for a call of ask
            4 GREET BAD_POINTER: the allocator gave a block outside the memory: offset 131071, length 12, but the memory has 131072 bytes, for a call of greet
            4 BY_RETURN_POINTER BAD_POINTER: the allocator gave an unaligned pointer, 131071 for elements of 4 bytes, for a call of greet_ret
            4 REVERSE BAD_POINTER: the allocator gave a block outside the memory: offset 131071, length 2, but the memory has 131072 bytes, for a call of reverse
            4 SUM BAD_POINTER: the allocator gave an unaligned pointer, 131071 for elements of 8 bytes, for a call of sum
            4 SHOUT BAD_POINTER: the allocator gave a block outside the memory: offset 131071, length 12, but the memory has 131072 bytes, for a call of shout
            4 ASK BAD_POINTER: the allocator gave a block outside the memory: offset 131071, length 12, but the memory has 131072 bytes, for a call of ask
            5 GREET BAD_POINTER: greet gave a block that overlaps a block of the host: offset 82992, length 20, and the host's is at offset 82992, length 12: the host would free it twice
            5 BY_RETURN_POINTER BAD_POINTER: the allocator gave the same bytes twice: offset 82992, length 8, and offset 82992, length 12, for a call of greet_ret
            5 REVERSE BAD_POINTER: reverse gave a block that overlaps a block of the host: offset 82992, length 2, and the host's is at offset 82992, length 2: the host would free it twice
            5 SUM works: <3>
            5 SHOUT works: <[Hello, Hello, Hello!]>
            5 ASK BAD_POINTER: ask gave a block that overlaps a block of the host: offset 82992, length 12, and the host's is at offset 82992, length 12: the host would free it twice
            6 GREET works: <Hello, Grace Hopper!>
            6 BY_RETURN_POINTER works: <Hello, Grace Hopper!>
            6 REVERSE works: <[2, 1]>
            6 SUM works: <3>
            6 SHOUT works: <[Hello, Grace Hopper!]>
            6 ASK works: <Grace Hopper>
            7 GREET works: <Hello, Grace Hopper!>
            7 BY_RETURN_POINTER works: <Hello, Grace Hopper!>
            7 REVERSE works: <[2, 1]>
            7 SUM works: <3>
            7 SHOUT works: <[from malloc, from malloc, Hello, Grace Hopper!]>
            7 ASK works: <Grace Hopper>
            8 GREET BAD_POINTER: the allocator gave a block outside the memory: offset 2147483648, length 12, but the memory has 131072 bytes, for a call of greet
            8 BY_RETURN_POINTER BAD_POINTER: the allocator gave a block outside the memory: offset 2147483648, length 8, but the memory has 131072 bytes, for a call of greet_ret
            8 REVERSE BAD_POINTER: the allocator gave a block outside the memory: offset 2147483648, length 2, but the memory has 131072 bytes, for a call of reverse
            8 SUM BAD_POINTER: the allocator gave a block outside the memory: offset 2147483648, length 16, but the memory has 131072 bytes, for a call of sum
            8 SHOUT BAD_POINTER: the allocator gave a block outside the memory: offset 2147483648, length 12, but the memory has 131072 bytes, for a call of shout
            8 ASK BAD_POINTER: the allocator gave a block outside the memory: offset 2147483648, length 12, but the memory has 131072 bytes, for a call of ask
            9 GREET BAD_POINTER: the allocator gave a block outside the memory: offset 4294967280, length 12, but the memory has 131072 bytes, for a call of greet
            9 BY_RETURN_POINTER BAD_POINTER: the allocator gave a block outside the memory: offset 4294967280, length 8, but the memory has 131072 bytes, for a call of greet_ret
            9 REVERSE BAD_POINTER: the allocator gave a block outside the memory: offset 4294967280, length 2, but the memory has 131072 bytes, for a call of reverse
            9 SUM BAD_POINTER: the allocator gave a block outside the memory: offset 4294967280, length 16, but the memory has 131072 bytes, for a call of sum
            9 SHOUT BAD_POINTER: the allocator gave a block outside the memory: offset 4294967280, length 12, but the memory has 131072 bytes, for a call of shout
            9 ASK BAD_POINTER: the allocator gave a block outside the memory: offset 4294967280, length 12, but the memory has 131072 bytes, for a call of ask
            10 GREET UNREACHABLE: unreachable, in counted_malloc of hostile.wasm
            10 BY_RETURN_POINTER UNREACHABLE: unreachable, in counted_malloc of hostile.wasm
            10 REVERSE UNREACHABLE: unreachable, in counted_malloc of hostile.wasm
            10 SUM UNREACHABLE: unreachable, in counted_malloc of hostile.wasm
            10 SHOUT UNREACHABLE: unreachable, in counted_malloc of hostile.wasm
            10 ASK UNREACHABLE: unreachable, in counted_malloc of hostile.wasm
            11 GREET UNREACHABLE: unreachable, in counted_free of hostile.wasm, while the host freed what greet returned: if the guest keeps that, as it keeps a static string, say so by Convention.c().staticResults(), or that of its own convention, by @GuestPlacement(staticResult = true) on the method, or by --static-results
            11 BY_RETURN_POINTER UNREACHABLE: unreachable, in counted_free of hostile.wasm, while the host freed what greet_ret returned: if the guest keeps that, as it keeps a static string, say so by Convention.c().staticResults(), or that of its own convention, by @GuestPlacement(staticResult = true) on the method, or by --static-results
            11 REVERSE UNREACHABLE: unreachable, in counted_free of hostile.wasm, while the host freed what reverse returned: if the guest keeps that, as it keeps a static string, say so by Convention.c().staticResults(), or that of its own convention, by @GuestPlacement(staticResult = true) on the method, or by --static-results
            11 SUM UNREACHABLE: unreachable, in counted_free of hostile.wasm
            11 SHOUT UNREACHABLE: unreachable, in counted_free of hostile.wasm
            11 ASK UNREACHABLE: unreachable, in counted_free of hostile.wasm, while the host freed what ask returned: if the guest keeps that, as it keeps a static string, say so by Convention.c().staticResults(), or that of its own convention, by @GuestPlacement(staticResult = true) on the method, or by --static-results
            20 GREET MEMORY_OUT_OF_BOUNDS: out of bounds memory access: greet gave a block at offset 83008, length 4294967295, but the memory has 131072 bytes
            20 BY_RETURN_POINTER MEMORY_OUT_OF_BOUNDS: out of bounds memory access: greet_ret gave a block at offset 83024, length 4294967295, but the memory has 131072 bytes
            20 REVERSE works: <[2, 1]>
            20 SUM works: <3>
            20 SHOUT MEMORY_OUT_OF_BOUNDS: out of bounds memory access: the guest's call of log gave a block at offset 83008, length 4294967295, but the memory has 131072 bytes
            20 ASK MEMORY_OUT_OF_BOUNDS: out of bounds memory access: the guest's call of answer gave a block at offset 83008, length 4294967295, but the memory has 131072 bytes
            21 GREET MEMORY_OUT_OF_BOUNDS: out of bounds memory access: greet gave a block at offset 131072, length 1, but the memory has 131072 bytes
            21 BY_RETURN_POINTER MEMORY_OUT_OF_BOUNDS: out of bounds memory access: greet_ret gave a block at offset 131072, length 1, but the memory has 131072 bytes
            21 REVERSE works: <[2, 1]>
            21 SUM works: <3>
            21 SHOUT MEMORY_OUT_OF_BOUNDS: out of bounds memory access: the guest's call of log gave a block at offset 131072, length 1, but the memory has 131072 bytes
            21 ASK MEMORY_OUT_OF_BOUNDS: out of bounds memory access: the guest's call of answer gave a block at offset 131072, length 1, but the memory has 131072 bytes
            22 GREET MEMORY_OUT_OF_BOUNDS: out of bounds memory access: greet gave a block at offset 131068, length 5, but the memory has 131072 bytes
            22 BY_RETURN_POINTER MEMORY_OUT_OF_BOUNDS: out of bounds memory access: greet_ret gave a block at offset 131068, length 5, but the memory has 131072 bytes
            22 REVERSE works: <[2, 1]>
            22 SUM works: <3>
            22 SHOUT MEMORY_OUT_OF_BOUNDS: out of bounds memory access: the guest's call of log gave a block at offset 131068, length 5, but the memory has 131072 bytes
            22 ASK MEMORY_OUT_OF_BOUNDS: out of bounds memory access: the guest's call of answer gave a block at offset 131068, length 5, but the memory has 131072 bytes
            23 GREET BAD_VALUE: greet gave a string that is no text: ill-formed UTF-8 at offset 83015: byte 0xc3
            23 BY_RETURN_POINTER BAD_VALUE: greet_ret gave a string that is no text: ill-formed UTF-8 at offset 83031: byte 0xc3
            23 REVERSE works: <[2, 1]>
            23 SUM works: <3>
            23 SHOUT BAD_VALUE: the guest's call of log gave a string that is no text: ill-formed UTF-8 at offset 83015: byte 0xc3
            23 ASK BAD_VALUE: the guest's call of answer gave a string that is no text: ill-formed UTF-8 at offset 83015: byte 0xc3
            24 GREET BAD_VALUE: greet gave a string that is no text: ill-formed UTF-8 at offset 83015: byte 0xed
            24 BY_RETURN_POINTER BAD_VALUE: greet_ret gave a string that is no text: ill-formed UTF-8 at offset 83031: byte 0xed
            24 REVERSE works: <[2, 1]>
            24 SUM works: <3>
            24 SHOUT BAD_VALUE: the guest's call of log gave a string that is no text: ill-formed UTF-8 at offset 83015: byte 0xed
            24 ASK BAD_VALUE: the guest's call of answer gave a string that is no text: ill-formed UTF-8 at offset 83015: byte 0xed
            25 GREET BAD_POINTER: greet gave a block that overlaps a block of the host: offset 82998, length 6, and the host's is at offset 82992, length 12: the host would free it twice
            25 BY_RETURN_POINTER BAD_POINTER: greet_ret gave a block that overlaps a block of the host: offset 83014, length 6, and the host's is at offset 83008, length 12: the host would free it twice
            25 REVERSE works: <[2, 1]>
            25 SUM works: <3>
            25 SHOUT works: <[Hopper]>
            25 ASK works: <Hopper>
            26 GREET MEMORY_OUT_OF_BOUNDS: out of bounds memory access: greet gave a block at offset 2147483648, length 5, but the memory has 131072 bytes
            26 BY_RETURN_POINTER MEMORY_OUT_OF_BOUNDS: out of bounds memory access: greet_ret gave a block at offset 2147483648, length 5, but the memory has 131072 bytes
            26 REVERSE works: <[2, 1]>
            26 SUM works: <3>
            26 SHOUT MEMORY_OUT_OF_BOUNDS: out of bounds memory access: the guest's call of log gave a block at offset 2147483648, length 5, but the memory has 131072 bytes
            26 ASK MEMORY_OUT_OF_BOUNDS: out of bounds memory access: the guest's call of answer gave a block at offset 2147483648, length 5, but the memory has 131072 bytes
            27 GREET works: <>
            27 BY_RETURN_POINTER works: <>
            27 REVERSE works: <[2, 1]>
            27 SUM works: <3>
            27 SHOUT works: <[]>
            27 ASK works: <>
            28 GREET BAD_POINTER: greet gave the i64 5, which is no ptr<<32 | len of a block: if it stands for itself, it has to be long in Java
            28 BY_RETURN_POINTER works: <␀␀␀␀␀>
            28 REVERSE works: <[2, 1]>
            28 SUM works: <3>
            28 SHOUT works: <[␀␀␀␀␀]>
            28 ASK works: <␀␀␀␀␀>
            29 GREET MEMORY_OUT_OF_BOUNDS: out of bounds memory access: greet gave a block at offset 83008, length 2147483648, but the memory has 131072 bytes
            29 BY_RETURN_POINTER MEMORY_OUT_OF_BOUNDS: out of bounds memory access: greet_ret gave a block at offset 83024, length 2147483648, but the memory has 131072 bytes
            29 REVERSE works: <[2, 1]>
            29 SUM works: <3>
            29 SHOUT MEMORY_OUT_OF_BOUNDS: out of bounds memory access: the guest's call of log gave a block at offset 83008, length 2147483648, but the memory has 131072 bytes
            29 ASK MEMORY_OUT_OF_BOUNDS: out of bounds memory access: the guest's call of answer gave a block at offset 83008, length 2147483648, but the memory has 131072 bytes
            30 GREET works: <Hello, Grace Hopper!>
            30 BY_RETURN_POINTER works: <Hello, Grace Hopper!>
            30 REVERSE works: <[2, 1]>
            30 SUM works: <3>
            30 SHOUT works: <[Hello, Grace Hopper!]>
            30 ASK works: <Hello, Grace Hopper!>
            31 GREET works: <Hello>
            31 BY_RETURN_POINTER works: <Hello>
            31 REVERSE works: <[2, 1]>
            31 SUM works: <3>
            31 SHOUT works: <[Hello]>
            31 ASK works: <Hello>
            32 GREET BAD_VALUE: greet gave a string that is no text: ill-formed UTF-8 at offset 83015: byte 0xe2
            32 BY_RETURN_POINTER BAD_VALUE: greet_ret gave a string that is no text: ill-formed UTF-8 at offset 83031: byte 0xe2
            32 REVERSE works: <[2, 1]>
            32 SUM works: <3>
            32 SHOUT BAD_VALUE: the guest's call of log gave a string that is no text: ill-formed UTF-8 at offset 83015: byte 0xe2
            32 ASK BAD_VALUE: the guest's call of answer gave a string that is no text: ill-formed UTF-8 at offset 83015: byte 0xe2
            33 GREET BAD_POINTER: greet gave a block that overlaps a block of the host: offset 82992, length 12, and the host's is at offset 82992, length 12: the host would free it twice
            33 BY_RETURN_POINTER BAD_POINTER: greet_ret gave a block that overlaps a block of the host: offset 83008, length 12, and the host's is at offset 83008, length 12: the host would free it twice
            33 REVERSE works: <[2, 1]>
            33 SUM works: <3>
            33 SHOUT works: <[Grace Hopper]>
            33 ASK works: <Grace Hopper>
            """;

    static Stream<Arguments> modes() {
        return Stream.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33)
                .flatMap(mode -> Arrays.stream(Way.values()).map(way -> Arguments.of(mode, way)));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void everyModeTrapsOrWorksAndSaysWhatIsWrong(int mode, Way way) {
        var outcomes = new StringBuilder();
        for (Function function : Function.values()) {
            outcomes.append(mode + " " + function + " " + Bound.of(way, mode).outcome(function.call) + "\n");
        }
        String expected = EXPECTED.lines()
                .filter(line -> line.startsWith(mode + " "))
                .map(line -> line + "\n")
                .reduce("", String::concat);
        assertThat(outcomes.toString()).isEqualTo(expected);
    }
}
