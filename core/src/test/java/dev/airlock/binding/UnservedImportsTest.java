package dev.airlock.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.Guests;
import dev.airlock.engine.HostFunction;
import dev.airlock.error.SignatureException;
import dev.airlock.mapping.GuestName;
import java.util.HexFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A host object that would serve nothing is refused, with the names that may have been meant. */
class UnservedImportsTest {
    private static final Guest GUEST = Airlock.open(Guests.file("c/hostile"));
    private static final String HERE = "dev.airlock.binding.UnservedImportsTest$";

    static class Host {
        void log(String message) {}

        String answer(String question) {
            return question;
        }
    }

    @Test
    void aModuleNameThatTheGuestDoesNotImport() {
        refused(
                () -> GUEST.imports("evn", new Host()),
                "hostile.wasm imports nothing from evn (did you mean \"env\"?), so " + HERE
                        + "Host would serve nothing: it imports functions from env");
        refused(
                () -> GUEST.imports("somewhere", new Host()),
                "hostile.wasm imports nothing from somewhere, so " + HERE
                        + "Host would serve nothing: it imports functions from env");
    }

    @Test
    void aGuestThatImportsNothing() {
        Guest alone = Airlock.open(Guests.file("c/sort"));
        refused(
                () -> alone.imports("env", new Host()),
                "sort.wasm imports nothing from env, so " + HERE
                        + "Host would serve nothing: it imports no function at all");
    }

    @Test
    void aModuleNameThatHasNoFunctions() {
        byte[] importsMemory =
                HexFormat.of().parseHex("0061736d01000000" + "020f" + "01" + "03656e76" + "066d656d6f7279" + "020001");
        Guest shared = Airlock.open("shared.wasm", importsMemory);
        refused(
                () -> shared.imports("env", new Host()),
                "shared.wasm imports no function from env, only memory, which no method of " + HERE
                        + "Host can serve: define it by linking(…)");
    }

    @Test
    void methodsOfOtherNames() {
        class Misspelt {
            void lgo(String message) {}

            @GuestName("anwser")
            String reply(String question) {
                return question;
            }
        }
        refused(
                () -> GUEST.imports("env", new Misspelt()),
                HERE
                        + "1Misspelt serves nothing that hostile.wasm imports from env: none of its methods has the name of"
                        + """
                         one of these
                          log(i32, i32) (did you mean "lgo"?)
                          answer(i32, i32) -> i64 (did you mean "anwser"?)
                        its methods are anwser, lgo; @GuestName gives a method another name""");
    }

    static class Hidden {
        private void log(String message) {}

        static String answer(String question) {
            return question;
        }
    }

    @Test
    void methodsThatServeNothing() {
        refused(
                () -> GUEST.imports("env", new Hidden()),
                HERE
                        + "Hidden serves nothing that hostile.wasm imports from env: none of its methods has the name of one"
                        + """
                         of these
                          log(i32, i32) (log is private, and such methods serve nothing)
                          answer(i32, i32) -> i64 (answer is static, and such methods serve nothing)
                        its methods are none; @GuestName gives a method another name""");
    }

    @Test
    void anAnnotationThatIsForLinkers() {
        class Marked {
            void log(String message) {}

            @HostFunction("answer")
            String reply(String question) {
                return question;
            }
        }
        refused(() -> GUEST.imports("env", new Marked()), HERE + """
                        1Marked does not fit what hostile.wasm imports from env
                          reply: @HostFunction names methods for Linker.functions only: write @GuestName("answer")""");
    }

    @Test
    void whatTheObjectHasMoreIsLeftAlone() {
        class More extends Host {
            void unrelated(Thread thread) {}
        }
        assertThat(GUEST.imports("env", new More())
                        .as(BindingTest.Greeter.class)
                        .greet("Ada"))
                .isEqualTo("Hello, Ada!");
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isExactlyInstanceOf(SignatureException.class).hasMessage(message);
    }
}
