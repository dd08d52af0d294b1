package dev.airlock.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Airlock;
import dev.airlock.CoreGuest;
import dev.airlock.Guests;
import dev.airlock.convention.Convention;
import dev.airlock.engine.Instance;
import dev.airlock.error.SignatureException;
import dev.airlock.mapping.GuestName;
import dev.airlock.placement.GuestPlacement;
import dev.airlock.placement.Placement.In;
import dev.airlock.placement.Placement.Out;
import java.util.function.IntSupplier;
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
                          Idle.greet: @GuestPlacement without in, out and staticResult chooses nothing
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

    interface Statics {
        String nameOf(int i);

        @GuestName("name_of_packed")
        String packed(int i);

        @GuestName("name_of_ret")
        String byReturnPointer(int i);

        int[] primes();

        String odd(int i);
    }

    interface Numbered {
        String numbered(int i);
    }

    interface Kept {
        @GuestPlacement(staticResult = true)
        String numbered(int i);

        String odd(int i);
    }

    interface KeptInVain {
        @GuestPlacement(staticResult = true)
        int length(String text);
    }

    private static int live(Instance instance) {
        return instance.function("live", IntSupplier.class).getAsInt();
    }

    @ParameterizedTest
    @EnumSource
    void aResultInADataSegmentIsNotFreed(Way way) {
        Instance instance = GUEST.instance().instance();
        Statics statics = way.bind(instance, GUEST.detection(), Statics.class);
        for (int i = 0; i < 3; i++) {
            assertThat(statics.nameOf(1)).isEqualTo("add");
            assertThat(statics.packed(2)).isEqualTo("jmp");
            assertThat(statics.byReturnPointer(0)).isEqualTo("mov");
            assertThat(statics.primes()).containsExactly(2, 3, 5, 7);
            assertThat(statics.odd(1)).isEqualTo("odd");
        }
        assertThat(live(instance)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void norOneBelowTheHeap(Way way) {
        CoreGuest exporting = Airlock.openModule(Guests.file("c/strings-heap"))
                .unknownImportsAsTraps()
                .convention(Convention.c());
        for (CoreGuest guest : new CoreGuest[] {GUEST, exporting}) {
            Instance instance = guest.instance().instance();
            assertThat(way.bind(instance, guest.detection(), Numbered.class).numbered(7))
                    .isEqualTo("number 7");
            Statics statics = way.bind(instance, guest.detection(), Statics.class);
            assertThat(statics.nameOf(1)).isEqualTo("add");
            assertThat(statics.odd(1)).isEqualTo("odd");
            assertThat(live(instance)).isZero();
        }
    }

    /** Without names and the export there is no telling where the heap starts. */
    @ParameterizedTest
    @EnumSource
    void elsewhereTheCallerSaysSo(Way way) {
        CoreGuest stripped = Airlock.openModule(Guests.file("c/strings-stripped"))
                .unknownImportsAsTraps()
                .convention(Convention.c());
        Instance freeing = stripped.instance().instance();
        way.bind(freeing, stripped.detection(), Numbered.class).numbered(7);
        assertThat(live(freeing)).as("one free too many").isEqualTo(-1);

        CoreGuest keeping = stripped.convention(Convention.c().staticResults());
        Instance kept = keeping.instance().instance();
        assertThat(way.bind(kept, keeping.detection(), Numbered.class).numbered(7))
                .isEqualTo("number 7");
        assertThat(live(kept)).isZero();

        Instance one = stripped.instance().instance();
        Kept oneOf = way.bind(one, stripped.detection(), Kept.class);
        assertThat(oneOf.numbered(8)).isEqualTo("number 8");
        assertThat(oneOf.odd(1)).isEqualTo("odd");
        assertThat(live(one)).isZero();
    }

    @Test
    void aStaticResultWithoutEffectIsRefused() {
        assertThatThrownBy(() -> GUEST.as(KeptInVain.class))
                .isExactlyInstanceOf(SignatureException.class)
                .hasMessageContaining(
                        "KeptInVain.length: @GuestPlacement(staticResult = true) has no effect, since only a"
                                + " number comes back");
        assertThatThrownBy(
                        () -> GUEST.convention(Convention.c().staticResults()).as(Kept.class))
                .isExactlyInstanceOf(SignatureException.class)
                .hasMessageContaining(
                        "Kept.numbered: @GuestPlacement(staticResult = true) has no effect, since the host frees"
                                + " no result of this guest");
    }
}
