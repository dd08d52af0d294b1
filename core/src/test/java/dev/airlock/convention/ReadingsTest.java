package dev.airlock.convention;

import static dev.airlock.convention.Toolchains.BYTES;
import static dev.airlock.convention.Toolchains.F64;
import static dev.airlock.convention.Toolchains.LONGS;
import static dev.airlock.convention.Toolchains.RECORD;
import static dev.airlock.convention.Toolchains.S32;
import static dev.airlock.convention.Toolchains.S64;
import static dev.airlock.convention.Toolchains.STRING;
import static dev.airlock.convention.Toolchains.type;
import static dev.airlock.convention.Toolchains.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.SignatureException;
import dev.airlock.placement.Placement.In;
import dev.airlock.placement.Placement.Out;
import dev.airlock.shape.Carrier;
import dev.airlock.shape.ScalarForm;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** If a method can be read in two ways as the function's core type, Airlock does not guess: docs/CONVENTIONS.md draws the line. */
class ReadingsTest {
    private static final Detection C = Detection.chosen(Convention.c());
    private static final Detection STRIPPED = Detection.of(Toolchains.C, List.of(), List.of());
    private static final Carrier BOOL = new Carrier.Scalar(ScalarForm.BOOL, boolean.class);

    @Test
    void aNumberBehindAStringMayBeItsLength() {
        refuses(C, "(i32, i32) -> i64", """
                greet(String, int) -> String can be read in several ways as (i32, i32) -> i64, the type that the guest exports:
                  c: NUL-terminated in, ptr<<32 | len back, and each number is what it says
                    if so, allow this form alone: @GuestPlacement(in = NUL_TERMINATED) on the method, or in(In.NUL_TERMINATED) in the convention
                  c: (ptr, len) in, ptr<<32 | len back, and parameter 2 is the len of the String before it
                    if so, Airlock passes that itself: declare greet(String) -> String""", STRING, STRING, S32);
    }

    @Test
    void inWhateverFormTheResultComes() {
        for (String results : List.of(" -> i64", " -> (i32, i32)", " -> i32")) {
            ambiguous(C, "(i32, i32)" + results, STRING, STRING, S32);
        }
        ambiguous(C, "(i32, i32, i32)", STRING, STRING, S32);
        ambiguous(C, "(i32, i32) -> f64", F64, STRING, S32);
        ambiguous(C, "(i32, i32)", null, STRING, S32);
        ambiguous(C, "(f64, i32, i32, f64)", null, F64, STRING, S32, F64);
    }

    @Test
    void theSameForImports() {
        assertThatThrownBy(() ->
                        C.resolveImport("greet", type("(i32, i32)"), List.of(STRING, S32), null, view(Toolchains.C)))
                .isInstanceOf(SignatureException.class)
                .hasMessageStartingWith(
                        "greet(String, int) can be read in several ways as (i32, i32), the type that the guest imports:");
    }

    @Test
    void aFirstNumberMayBeTheReturnPointer() {
        refuses(C, "(i32, i32, i32)", """
                greet(int, String) -> String can be read in several ways as (i32, i32, i32), the type that the guest exports:
                  c: NUL-terminated in, return pointer back, and each number is what it says
                    if so, allow this form alone: @GuestPlacement(in = NUL_TERMINATED) on the method, or in(In.NUL_TERMINATED) in the convention
                  c: (ptr, len) in, return pointer back, and parameter 1 is the return pointer
                    if so, Airlock passes that itself: declare greet(String) -> String""", STRING, S32, STRING);
    }

    @Test
    void someStringsMayHaveTheirLengthAndOthersEndWithANul() {
        refuses(C, "(i32, i32, i32)", """
                greet(String, int, String) can be read in several ways as (i32, i32, i32), the type that the guest exports:
                  c: NUL-terminated in, and each number is what it says
                    if so, allow this form alone: @GuestPlacement(in = NUL_TERMINATED) on the method, or in(In.NUL_TERMINATED) in the convention
                  c: (ptr, len) in, and parameter 2 is the len of the String before it
                    if so, no convention has both forms in one function: call it by Instance.function, with offsets""", null, STRING, S32, STRING);
        refuses(C, "(i32, i32, i32, i32)", """
                greet(String, int, String, int) can be read in several ways as (i32, i32, i32, i32), the type that the guest exports:
                  c: NUL-terminated in, and each number is what it says
                    if so, allow this form alone: @GuestPlacement(in = NUL_TERMINATED) on the method, or in(In.NUL_TERMINATED) in the convention
                  c: (ptr, len) in, and parameter 2 is the len of the String before it, parameter 4 is the len of the String before it
                    if so, Airlock passes that itself: declare greet(String, String)""", null, STRING, S32, STRING, S32);
    }

    @Test
    void otherCandidatesMayReadItOtherwise() {
        assertThat(STRIPPED.candidates()).hasSize(2);
        refuses(STRIPPED, "(i32, i32) -> i64", """
                greet(String, int) -> String can be read in several ways as (i32, i32) -> i64, the type that the guest exports:
                  c: NUL-terminated in, ptr<<32 | len back, and each number is what it says
                    if so, allow this form alone: @GuestPlacement(in = NUL_TERMINATED) on the method, or in(In.NUL_TERMINATED) in the convention
                  c and tinygo: (ptr, len) in, ptr<<32 | len back, and parameter 2 is the len of the String before it
                    if so, Airlock passes that itself: declare greet(String) -> String""", STRING, STRING, S32);
    }

    @Test
    void aSingleFormIsAChoice() {
        Detection nul = C.narrowed(Set.of(In.NUL_TERMINATED), Set.of());
        assertThat(in(nul, "(i32, i32) -> i64", STRING, STRING, S32)).isEqualTo(In.NUL_TERMINATED);
        assertThat(in(
                        STRIPPED.narrowed(EnumSet.of(In.NUL_TERMINATED), Set.of()),
                        "(i32, i32) -> i64",
                        STRING,
                        STRING,
                        S32))
                .isEqualTo(In.NUL_TERMINATED);
        Convention mine = Convention.c().toBuilder("mine").in(In.NUL_TERMINATED).build();
        assertThat(in(Detection.chosen(mine), "(i32, i32) -> i64", STRING, STRING, S32))
                .isEqualTo(In.NUL_TERMINATED);
        assertThat(in(nul, "(i32, i32, i32)", STRING, S32, STRING)).isEqualTo(In.NUL_TERMINATED);
    }

    @Test
    void formsThatTheConventionLacksCannotBeChosen() {
        assertThatThrownBy(() -> STRIPPED.narrowed(Set.of(In.FAT), Set.of()))
                .isInstanceOf(SignatureException.class)
                .hasMessage(
                        "the convention c has the forms in POINTER_COUNT and NUL_TERMINATED, out PACKED, RETURN_POINTER,"
                                + " TWO_RESULTS and NUL_TERMINATED; the convention tinygo has the forms in POINTER_COUNT and SLICE,"
                                + " out PACKED and RETURN_POINTER");
        assertThat(STRIPPED.narrowed(Set.of(), Set.of(Out.TWO_RESULTS)).candidates())
                .hasSize(1);
    }

    @Test
    void aNumberIsSeparateIfTheLengthIsPassedAnyway() {
        assertThat(in(C, "(i32, i32, i32) -> i64", STRING, STRING, S32)).isEqualTo(In.POINTER_COUNT);
        assertThat(in(C, "(i32, i32, i32, i32)", STRING, STRING, S32)).isEqualTo(In.POINTER_COUNT);
        assertThat(in(STRIPPED, "(i32, i32, i32) -> i64", S64, BYTES, S32)).isEqualTo(In.POINTER_COUNT);
        assertThat(in(Detection.chosen(Convention.tinygo()), "(i32, i32, i32, i32) -> i64", S64, BYTES, S32))
                .isEqualTo(In.SLICE);
    }

    @Test
    void aNumberThatIsNoLengthIsUnambiguous() {
        assertThat(in(C, "(i32, i32) -> i64", STRING, S32, STRING)).isEqualTo(In.NUL_TERMINATED);
        assertThat(in(C, "(i32, i64) -> i64", STRING, STRING, S64)).isEqualTo(In.NUL_TERMINATED);
        assertThat(in(C, "(i32, i32) -> i64", STRING, STRING, BOOL)).isEqualTo(In.NUL_TERMINATED);
        assertThat(in(C, "(i32, i32) -> i64", STRING, STRING, STRING)).isEqualTo(In.NUL_TERMINATED);
        assertThat(in(C, "(i32) -> i32", S32, STRING)).isEqualTo(In.NUL_TERMINATED);
        assertThat(in(C, "(i32, i32, i32)", null, S32, STRING)).isEqualTo(In.POINTER_COUNT);
    }

    @Test
    void aLongIsANumberAndAStringIsABlock() {
        assertThat(in(C, "(i32, i32) -> i64", S64, STRING)).isEqualTo(In.POINTER_COUNT);
        assertThat(C.resolve("f", type("(i32, i32) -> i64"), List.of(STRING), STRING, view(Toolchains.C))
                        .placement()
                        .out())
                .isEqualTo(Out.PACKED);
    }

    @Test
    void aMismatchNamesWhatMayBeTooMuch() {
        refuses(Detection.chosen(Convention.rust()), "(i32, i32) -> i64", """
                greet(String, int) -> String does not fit what the guest exports, by the convention rust:
                  needs (i32, i32, i32) -> i64  for (ptr, len) in, ptr<<32 | len back
                  has   (i32, i32) -> i64
                if parameter 2 is the len of the String before it, Airlock passes that itself: declare greet(String) -> String""", STRING, STRING, S32);
        refuses(C, "(i32, i32)", """
                greet(long[], int) does not fit what the guest exports, by the convention c:
                  needs (i32, i32, i32)  for (ptr, len) in
                  has   (i32, i32)
                if parameter 2 is the len of the long[] before it, Airlock passes that itself: declare greet(long[])""", null, LONGS, S32);
        refuses(C, "(i32, i32)", """
                greet(Request, int) does not fit what the guest exports, by the convention c:
                  needs (i32, i32, i32)  for (ptr, len) in
                  has   (i32, i32)
                if parameter 2 is the len of the Request before it, Airlock passes that itself: declare greet(Request)""", null, RECORD, S32);
    }

    /** A search that tried every way would not end. */
    @Test
    void manyParametersTakeNoTime() {
        var params = new ArrayList<Carrier>();
        var core = new ArrayList<CoreValType>();
        for (int i = 0; i < 120; i++) {
            params.addAll(List.of(STRING, S32));
            core.addAll(List.of(CoreValType.I32, CoreValType.I32));
        }
        core.add(CoreValType.F64);
        var type = new CoreFuncType(core, List.of());
        assertThatThrownBy(() -> C.resolve("f", type, params, null, view(Toolchains.C)))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("does not fit");
    }

    private static In in(Detection detection, String core, @Nullable Carrier result, Carrier... params) {
        return detection
                .resolve("f", type(core), List.of(params), result, view(Toolchains.C))
                .placement()
                .in();
    }

    private static void ambiguous(Detection detection, String core, @Nullable Carrier result, Carrier... params) {
        assertThatThrownBy(() -> in(detection, core, result, params))
                .as(core)
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("can be read in several ways");
    }

    private static void refuses(
            Detection detection, String core, String message, @Nullable Carrier result, Carrier... params) {
        assertThatThrownBy(() -> detection.resolve("greet", type(core), List.of(params), result, view(Toolchains.C)))
                .isInstanceOf(SignatureException.class)
                .hasMessage(message);
    }
}
