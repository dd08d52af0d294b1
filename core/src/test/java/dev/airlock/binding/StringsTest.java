package dev.airlock.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Airlock;
import dev.airlock.CoreGuest;
import dev.airlock.Guests;
import dev.airlock.abi.Placement.In;
import dev.airlock.abi.Placement.Out;
import dev.airlock.convention.Convention;
import dev.airlock.error.SignatureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A guest in C whose strings have several forms, and what a method has to say of them. */
class StringsTest {
    private static final CoreGuest GUEST =
            Airlock.openModule(Guests.file("c/strings")).unknownImportsAsTraps();

    interface Copied {
        String greet(String who, int len);

        String repeat(String text, int times);
    }

    interface Chosen {
        String greet(String who);

        @GuestPlacement(in = In.NUL_TERMINATED)
        String repeat(String text, int times);
    }

    interface Repeating {
        String repeat(String text, int times);
    }

    interface Idle {
        @GuestPlacement
        String greet(String who);

        @GuestPlacement(in = In.NUL_TERMINATED)
        String nameOf(int i);

        @GuestPlacement(out = Out.PACKED)
        int length(String text);

        @GuestPlacement(in = In.FAT)
        String repeat(String text, int times);
    }

    @Test
    void whatCanBeReadInTwoWaysIsRefused() {
        assertThatThrownBy(() -> GUEST.as(Copied.class))
                .isExactlyInstanceOf(SignatureException.class)
                .hasMessage("""
                        dev.airlock.binding.StringsTest$Copied does not fit strings.wasm
                          Copied.greet: greet(String, int) -> String can be read in several ways as (i32, i32) -> i64, the type that the guest exports:
                            c: NUL-terminated in, ptr<<32 | len back, and each number is what it says
                              if so, allow this form alone: @GuestPlacement(in = NUL_TERMINATED) on the method, or in(In.NUL_TERMINATED) in the convention
                            c: (ptr, len) in, ptr<<32 | len back, and parameter 2 is the len of the String before it
                              if so, Airlock passes that itself: declare greet(String) -> String
                          Copied.repeat: repeat(String, int) -> String can be read in several ways as (i32, i32) -> i64, the type that the guest exports:
                            c: NUL-terminated in, ptr<<32 | len back, and each number is what it says
                              if so, allow this form alone: @GuestPlacement(in = NUL_TERMINATED) on the method, or in(In.NUL_TERMINATED) in the convention
                            c: (ptr, len) in, ptr<<32 | len back, and parameter 2 is the len of the String before it
                              if so, Airlock passes that itself: declare repeat(String) -> String""");
    }

    @ParameterizedTest
    @EnumSource
    void bothCanBeChosen(Way way) {
        Chosen chosen = way.bind(GUEST.instance().instance(), GUEST.detection(), Chosen.class);
        assertThat(chosen.greet("Ada")).isEqualTo("Hello, Ada!");
        assertThat(chosen.repeat("ab", 3)).isEqualTo("ababab");
        CoreGuest nul = GUEST.convention(
                Convention.c().toBuilder("nul").in(In.NUL_TERMINATED).build());
        assertThat(nul.as(Repeating.class).repeat("x", 2)).isEqualTo("xx");
    }

    @Test
    void aChoiceWithoutEffectIsRefused() {
        assertThatThrownBy(() -> GUEST.as(Idle.class))
                .isExactlyInstanceOf(SignatureException.class)
                .hasMessage("""
                        dev.airlock.binding.StringsTest$Idle does not fit strings.wasm
                          Idle.greet: @GuestPlacement without in and out chooses nothing
                          Idle.length: @GuestPlacement(out = …) has no effect, since only a number comes back
                          Idle.nameOf: @GuestPlacement(in = …) has no effect, since only numbers go in
                          Idle.repeat: @GuestPlacement asks for what the guest's convention does not allow: the convention c has the forms in POINTER_COUNT and NUL_TERMINATED, out PACKED, RETURN_POINTER, TWO_RESULTS and NUL_TERMINATED""");
    }

    @Test
    void aHostMethodChoosesToo() {
        class Copying {
            String nickname(String name, int more) {
                return name;
            }

            String title(String who, int len) {
                return who;
            }
        }
        assertThatThrownBy(() -> GUEST.imports("env", new Copying()))
                .isExactlyInstanceOf(SignatureException.class)
                .hasMessageContaining(
                        "title(String, int) -> String can be read in several ways as (i32, i32) -> i64, the type"
                                + " that the guest imports:");
        class Choosing {
            @GuestPlacement(in = In.NUL_TERMINATED)
            String title(String who, int len) {
                return who;
            }
        }
        assertThat(GUEST.imports("env", new Choosing())).isNotNull();
    }
}
