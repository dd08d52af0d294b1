package dev.airlock.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Airlock;
import dev.airlock.CoreGuest;
import dev.airlock.CoreGuestInstance;
import dev.airlock.Guest;
import dev.airlock.Guests;
import dev.airlock.engine.Caller;
import dev.airlock.engine.Instance;
import dev.airlock.error.SignatureException;
import dev.airlock.pool.PoolOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods of bound host objects that want to know who calls. */
class HostCallerTest {
    interface Kit {
        void shout(String text);

        String ask(String question);
    }

    public static final class Host {
        private final List<Instance> callers = new ArrayList<>();
        private final List<String> logged = new ArrayList<>();

        public void log(Caller caller, String text) {
            callers.add(caller.instance());
            logged.add(text);
        }

        public String answer(Caller caller, String question) {
            callers.add(caller.instance());
            return question + " " + (caller.memory().size() > 0);
        }
    }

    private static CoreGuest open(String file, Object host) {
        return Airlock.openModule(Guests.file(file)).imports("env", host).unknownImportsAsTraps();
    }

    @ParameterizedTest
    @ValueSource(strings = {"c/kit", "rust/kit", "go/kit", "assemblyscript/kit"})
    void aHostsMethodKnowsItsCaller(String file) {
        var host = new Host();
        try (CoreGuest guest = open(file, host)) {
            CoreGuestInstance first = guest.instance();
            CoreGuestInstance second = guest.instance();
            first.as(Kit.class).shout("on");
            assertThat(second.as(Kit.class).ask("why")).isEqualTo("You said: why true");
            assertThat(host.logged).containsExactly("on!");
            assertThat(host.callers).containsExactly(first.instance(), second.instance());
        }
    }

    @Test
    void eachInstanceOfAPoolIsACallerOfItsOwn() {
        var host = new Host();
        try (Guest guest = open("c/kit", host)) {
            Kit kit = guest.pooled(PoolOptions.size(1)).as(Kit.class);
            kit.shout("one");
            kit.shout("two");
            assertThat(host.callers).hasSize(2);
            assertThat(host.callers.get(0)).isSameAs(host.callers.get(1));
        }
    }

    public static final class Late {
        public void log(String text, Caller caller) {
            throw new AssertionError(text + caller);
        }
    }

    @Test
    void aCallerComesFirst() {
        assertThatThrownBy(() -> open("c/kit", new Late()))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("log: Late.log takes a Caller, which has to be its first parameter, once");
    }

    @Test
    void aComponentHasNoCaller() {
        assertThatThrownBy(() -> Airlock.open(Guests.file("components/c/kit")).imports("demo:kit/host", new Host()))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining(
                        "log: Host.log takes a Caller, which gives access to the memory and exports of a calling core module")
                .hasMessageContaining("so remove the Caller");
    }
}
