package dev.airlock.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.Guests;
import dev.airlock.error.SignatureException;
import dev.airlock.mapping.GuestName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names that differ from Java's in case, hyphens and underscores: {@code guests/wat/labels.wat}. */
class MethodNamesTest {
    private final Guest guest = Airlock.open(Guests.file("wat/labels"));

    @AfterEach
    void close() {
        guest.close();
    }

    static final class Log {
        int httpLog(int x) {
            return x + 1;
        }
    }

    interface Near {
        int httpGet();

        int send(int x);
    }

    @Test
    void aNameMayDifferInCaseAndUnderscores() {
        Near near = guest.imports("env", new Log()).as(Near.class);
        assertThat(near.httpGet()).isEqualTo(1);
        assertThat(near.send(4)).isEqualTo(5);
    }

    interface Exact {
        int shaOne();
    }

    @Test
    void theVeryNameComesFirst() {
        assertThat(guest.unknownImportsAsTraps().as(Exact.class).shaOne()).isEqualTo(4);
    }

    interface Ambiguous {
        int sHA1();
    }

    interface Given {
        @GuestName("SHA_1")
        int sHA1();
    }

    @Test
    void twoNamesOfOneMethodAreToldApartByGuestName() {
        Guest stubbed = guest.unknownImportsAsTraps();
        assertThatThrownBy(() -> stubbed.as(Ambiguous.class))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining(
                        "Ambiguous.sHA1: the guest exports several functions that it may stand for: SHA_1, Sha1;"
                                + " choose one by @GuestName");
        assertThat(stubbed.as(Given.class).sHA1()).isEqualTo(2);
    }

    interface Hidden {
        int reset();
    }

    @Test
    void anUnderscoreInFrontIsPartOfTheName() {
        assertThatThrownBy(() -> guest.unknownImportsAsTraps().as(Hidden.class))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("the guest exports no function reset, Reset");
    }

    static final class TwoLogs {
        int httpLog(int x) {
            return x;
        }

        int http_log(int x) {
            return x;
        }
    }

    static final class GivenLog {
        int httpLog(int x) {
            return -1;
        }

        @GuestName("HTTP_Log")
        int tell(int x) {
            return x + 2;
        }
    }

    @Test
    void twoMethodsForOneNameAreToldApartByGuestName() {
        assertThatThrownBy(() -> guest.imports("env", new TwoLogs()))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining(
                        "HTTP_Log: several methods have its name: httpLog(int), http_log(int); choose one by @GuestName");
        assertThat(guest.imports("env", new GivenLog()).as(Near.class).send(1)).isEqualTo(3);
    }
}
