package dev.airlock.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Airlock;
import dev.airlock.CoreGuest;
import dev.airlock.Guests;
import dev.airlock.convention.Convention;
import dev.airlock.engine.Instance;
import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.error.ValueException;
import dev.airlock.mapping.GuestName;
import dev.airlock.placement.GuestPlacement;
import dev.airlock.placement.Placement.In;
import dev.airlock.type.FuncType;
import dev.airlock.type.ListType;
import dev.airlock.type.ListValue;
import dev.airlock.type.OptionType;
import dev.airlock.type.OptionValue;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.PrimitiveValue;
import dev.airlock.type.ValType;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A null pointer is a string or a list that is missing, both ways. */
class MissingStringsTest {
    private static final CoreGuest GUEST =
            Airlock.openModule(Guests.file("c/strings")).unknownImportsAsTraps();

    interface Options {
        Optional<String> nameOf(int i);

        @GuestName("name_of_packed")
        Optional<String> packed(int i);

        @GuestName("name_of_ret")
        Optional<String> byReturnPointer(int i);

        Optional<String> odd(int i);

        @GuestName("odd_packed")
        Optional<String> oddPacked(int i);

        int length(Optional<String> text);

        @GuestName("length_counted")
        int lengthCounted(Optional<String> text);

        long total(Optional<int[]> values);

        @GuestName("primes")
        Optional<int[]> primes();
    }

    interface Nullables {
        @Nullable
        String nameOf(int i);

        @GuestName("name_of_packed")
        @Nullable
        String packed(int i);

        @GuestName("name_of_ret")
        @Nullable
        String byReturnPointer(int i);

        @Nullable
        String odd(int i);

        int length(@Nullable String text);

        @GuestName("length_counted")
        int lengthCounted(@Nullable String text);

        long total(int @Nullable [] values);
    }

    interface Plain {
        String nameOf(int i);

        int length(String text);
    }

    private static int live(Instance instance) {
        return instance.function("live", IntSupplier.class).getAsInt();
    }

    @ParameterizedTest
    @EnumSource
    void anOptionalIsEmptyForANullPointer(Way way) {
        Instance instance = GUEST.instance().instance();
        Options options = way.bind(instance, GUEST.detection(), Options.class);
        assertThat(options.nameOf(1)).contains("add");
        assertThat(options.nameOf(3)).isEmpty();
        assertThat(options.packed(2)).contains("jmp");
        assertThat(options.packed(-1)).isEmpty();
        assertThat(options.byReturnPointer(0)).contains("mov");
        assertThat(options.byReturnPointer(9)).isEmpty();
        assertThat(options.odd(1)).contains("odd");
        assertThat(options.odd(2)).isEmpty();
        assertThat(options.oddPacked(3)).contains("odd");
        assertThat(options.oddPacked(4)).isEmpty();
        assertThat(options.primes())
                .hasValueSatisfying(primes -> assertThat(primes).containsExactly(2, 3, 5, 7));
        assertThat(live(instance)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyOptionalIsANullPointer(Way way) {
        Instance instance = GUEST.instance().instance();
        Options options = way.bind(instance, GUEST.detection(), Options.class);
        assertThat(options.length(Optional.of("four"))).isEqualTo(4);
        assertThat(options.length(Optional.of(""))).isZero();
        assertThat(options.length(Optional.empty())).isEqualTo(-1);
        assertThat(options.lengthCounted(Optional.of("Grüße"))).isEqualTo(7);
        assertThat(options.lengthCounted(Optional.of(""))).isZero();
        assertThat(options.lengthCounted(Optional.empty())).isEqualTo(-1);
        assertThat(options.total(Optional.of(new int[] {1, 2}))).isEqualTo(3);
        assertThat(options.total(Optional.empty())).isEqualTo(-1);
        assertThatThrownBy(() -> options.length(null))
                .isExactlyInstanceOf(ValueException.class)
                .hasMessage("text: null, where a value is needed");
        assertThatThrownBy(() -> options.length(Optional.of("\ud800")))
                .isExactlyInstanceOf(ValueException.class)
                .hasMessageStartingWith("text: lone surrogate U+D800 at index 0");
        assertThat(live(instance)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void nullIsANullPointer(Way way) {
        Instance instance = GUEST.instance().instance();
        Nullables nullables = way.bind(instance, GUEST.detection(), Nullables.class);
        assertThat(nullables.nameOf(1)).isEqualTo("add");
        assertThat(nullables.nameOf(3)).isNull();
        assertThat(nullables.packed(3)).isNull();
        assertThat(nullables.byReturnPointer(3)).isNull();
        assertThat(nullables.odd(1)).isEqualTo("odd");
        assertThat(nullables.odd(2)).isNull();
        assertThat(nullables.length("four")).isEqualTo(4);
        assertThat(nullables.length(null)).isEqualTo(-1);
        assertThat(nullables.lengthCounted(null)).isEqualTo(-1);
        assertThat(nullables.total(null)).isEqualTo(-1);
        assertThat(nullables.total(new int[] {4})).isEqualTo(4);
        assertThat(live(instance)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whoDeclaresNoneIsToldToDeclareOne(Way way) {
        Plain plain = way.bind(GUEST.instance().instance(), GUEST.detection(), Plain.class);
        assertThat(plain.nameOf(1)).isEqualTo("add");
        assertThatThrownBy(() -> plain.nameOf(3))
                .isExactlyInstanceOf(Trap.class)
                .hasMessage(
                        "name_of gave null, where a string is needed: if it may be missing, declare it as Optional or"
                                + " @Nullable, in WIT as option<…>");
    }

    static class Host {
        Optional<String> title(Optional<String> name) {
            return name.filter(n -> n.equals("Ada")).map(n -> "Countess");
        }

        @GuestPlacement(in = In.NUL_TERMINATED)
        @Nullable
        String nickname(@Nullable String name) {
            return "Ada".equals(name) ? "Ace" : null;
        }
    }

    interface Asking {
        String title(String name);

        String nickname(String name);

        String nicknameOfNone();
    }

    @ParameterizedTest
    @EnumSource
    void hostsTakeAndGiveThemToo(Way way) {
        CoreGuest hosted = GUEST.imports("env", new Host());
        Instance instance = hosted.instance().instance();
        Asking asking = way.bind(instance, hosted.detection(), Asking.class);
        assertThat(asking.title("Ada")).isEqualTo("Countess");
        assertThat(asking.title("Bob")).isEqualTo("-");
        assertThat(asking.nickname("Ada")).isEqualTo("Ace");
        assertThat(asking.nickname("Bob")).isEqualTo("-");
        assertThat(asking.nicknameOfNone()).isEqualTo("-");
        assertThat(live(instance)).isZero();
    }

    @Test
    void dynamicFunctionsHaveOptions() {
        Instance instance = GUEST.instance().instance();
        OptionType text = new OptionType(PrimitiveType.STRING);
        var nameOf = dynamic(instance, "name_of", text, PrimitiveType.S32);
        assertThat(nameOf.call(List.of(new PrimitiveValue.S32(1))))
                .isEqualTo(new OptionValue(text, new PrimitiveValue.Text("add")));
        assertThat(nameOf.call(List.of(new PrimitiveValue.S32(7)))).isEqualTo(new OptionValue(text, null));
        var length = dynamic(instance, "length", PrimitiveType.S32, text);
        assertThat(length.call(List.of(new OptionValue(text, new PrimitiveValue.Text("four")))))
                .isEqualTo(new PrimitiveValue.S32(4));
        assertThat(length.call(List.of(new OptionValue(text, null)))).isEqualTo(new PrimitiveValue.S32(-1));
        ListType numbers = new ListType(PrimitiveType.S32);
        OptionType list = new OptionType(numbers);
        var total = dynamic(instance, "total", PrimitiveType.S64, list);
        assertThat(total.call(List.of(new OptionValue(list, ListValue.ofArray(numbers, new int[] {1, 2})))))
                .isEqualTo(new PrimitiveValue.S64(3));
        assertThat(total.call(List.of(new OptionValue(list, null)))).isEqualTo(new PrimitiveValue.S64(-1));
        assertThat(live(instance)).isZero();
    }

    private static DynamicFunction dynamic(Instance instance, String name, ValType result, ValType param) {
        return DynamicFunction.of(
                instance, GUEST.detection(), name, new FuncType(List.of(new FuncType.Param("x", param)), result));
    }

    interface One {
        @GuestName("name_of_packed")
        Optional<String> packed(int i);
    }

    @Test
    void whereTheConventionHasNoNullItIsRefused() {
        for (Convention convention : List.of(Convention.go(), Convention.tinygo())) {
            assertThatThrownBy(() -> GUEST.convention(convention).as(One.class))
                    .isExactlyInstanceOf(SignatureException.class)
                    .hasMessageContaining(
                            "name_of_packed(int) -> Optional: Optional may be missing, and by the convention "
                                    + convention
                                    + " nothing says so, since an empty string or list may have a null pointer, too:"
                                    + " declare it as one that is never missing, or set nullPointers(true) if this guest's empty ones"
                                    + " have other pointers");
        }
        Convention nulls = Convention.go().toBuilder("mine").nullPointers(true).build();
        assertThat(GUEST.convention(nulls).as(One.class).packed(9)).isEmpty();
    }
}
