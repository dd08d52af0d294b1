package dev.airlock.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.SignatureException;
import dev.airlock.mapping.Result;
import dev.airlock.mapping.Tuple2;
import dev.airlock.mapping.U8;
import dev.airlock.type.FuncType;
import dev.airlock.type.WrittenTypes;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Java types beside WIT types that come from elsewhere. */
class ShapeFitTest {
    enum Color {
        RED,
        GREEN
    }

    record Point(int y, int x) {}

    record Order(String id, List<Line> lines, @Nullable String note) {}

    record Line(long qty, boolean isXml) {}

    sealed interface Figure {}

    record Circle(int radius) implements Figure {}

    record Rect(int width, int height) implements Figure {}

    record Nothing() implements Figure {}

    static class Gone extends Exception {
        private static final long serialVersionUID = 1L;
    }

    @SuppressWarnings("unused")
    interface Api {
        void bool(boolean v);

        void bits8(byte v);

        void bits16(short v);

        void number(int v);

        void wide(long v);

        void marked(@U8 int v);

        void text(String v);

        void bytes(byte[] v);

        void ints(int[] v);

        void stream(InputStream v);

        void list(List<Integer> v);

        void map(Map<String, Integer> v);

        void option(Optional<Integer> v);

        void nullable(@Nullable String v);

        void result(Result<Integer, String> v);

        void color(Color v);

        void flags(EnumSet<Color> v);

        void point(Point v);

        void figure(Figure v);

        void tuple(Tuple2<Integer, Integer> v);

        int place(Order order, int times);

        String read(String name) throws Gone;

        void none();
    }

    private static MethodShape api(String name) {
        return MethodShape.calling(Api.class, MethodShapeTest.method(Api.class, name));
    }

    private static JavaShape fit(String method, String type) {
        MethodShape fitted = api(method).fit(WrittenTypes.func("func(v: " + type + ")"));
        assertThat(fitted.type()).hasToString("func(v: " + type + ")");
        assertThat(fitted.params().get(0).shape().type()).hasToString(type);
        return fitted.params().get(0).shape();
    }

    @ParameterizedTest
    @CsvSource({
        "bool, bool, BOOL",
        "bits8, s8, S8",
        "bits8, u8, U8",
        "bits16, s16, S16",
        "bits16, u16, U16",
        "number, s32, S32",
        "number, u8, U8",
        "number, u16, U16",
        "number, u32, U32",
        "number, char, CHAR",
        "wide, s64, S64",
        "wide, u64, U64",
        "marked, u8, U8"
    })
    void numbersTakeTheTypeOfWit(String method, String type, ScalarForm form) {
        Class<?> java = MethodShapeTest.method(Api.class, method).getParameterTypes()[0];
        assertThat(fit(method, type).carrier()).isEqualTo(new Carrier.Scalar(form, java));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text     | string
            bytes    | list<u8>
            bytes    | list<s8>
            ints     | list<u32>
            stream   | list<u8>
            list     | list<char>
            map      | map<string, u32>
            option   | option<u8>
            nullable | option<string>
            result   | result<u8, string>
            color    | enum {red, green}
            flags    | flags {green, red}
            point    | record {x: u8, y: u32}
            point    | tuple<u8, u32>
            tuple    | tuple<u8, u32>
            figure   | variant {nothing, rect(record {height: u8, width: u8}), circle(u32)}
            figure   | variant {nothing, rect(tuple<u8, u8>), circle(u32)}
            """)
    void whatFits(String method, String type) {
        fit(method, type);
    }

    @Test
    void componentsAreInTheOrderOfWit() {
        RecordShape byName = (RecordShape) fit("point", "record {x: u8, y: u32}");
        assertThat(byName.components())
                .extracting(RecordShape.Component::javaName)
                .containsExactly("x", "y");
        RecordShape byOrder = (RecordShape) fit("point", "tuple<u8, u32>");
        assertThat(byOrder.components())
                .extracting(RecordShape.Component::javaName)
                .containsExactly("y", "x");
    }

    @Test
    void constantsAndCasesAreInTheOrderOfWit() {
        assertThat(((JavaShape.FlagsShape) fit("flags", "flags {green, red}")).constants())
                .containsExactly(Color.GREEN, Color.RED);
        assertThat(((VariantShape) fit("figure", "variant {nothing, rect(tuple<u8, u8>), circle(u32)}")).cases())
                .extracting(VariantShape.Case::label)
                .containsExactly("nothing", "rect", "circle");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            number   | u64               | Java has int (s32), WIT has u64 (long)
            number   | s8                | Java has int (s32), WIT has s8 (byte)
            number   | option<s32>       | Java has int (s32), WIT has option<s32> (Optional or @Nullable)
            marked   | u16               | Java has int (u8), WIT has u16 (int or short)
            text     | list<u8>          | Java has String (string), WIT has list<u8> (byte[])
            bytes    | string            | Java has byte[] (list<u8>), WIT has string (String)
            bytes    | list<u8, 4>       | Java has byte[] (list<u8>), WIT has list<u8, 4> (not supported yet)
            stream   | list<s8>          | Java has InputStream (list<u8>), WIT has list<s8> (byte[])
            list     | list<string>      | [] Java has Integer (s32), WIT has string (String)
            map      | list<string>      | Java has Map<String, Integer> (map<string, s32>), WIT has list<string> (List)
            option   | s32               | Java has Optional<Integer> (option<s32>), WIT has s32 (int)
            nullable | string            | Java has String (option<string>), WIT has string (String)
            result   | result<u8>        | Java has Result<Integer, String> (result<s32, string>), WIT has result<u8> (Result, or, as what a method returns, a checked exception)
            color    | string            | Java has Color (color), WIT has string (String)
            color    | enum {green, red} | Java has the constants RED, GREEN, WIT has the cases green, red: they have to be in one order, since their numbers cross
            color    | enum {red, green, blue} | WIT has the case blue, Java has no such constant; it has RED, GREEN
            flags    | flags {red}       | Java has the constant GREEN, WIT has no such flag; it has red
            point    | tuple<u8>         | Java has Point (point), WIT has tuple<u8> (a record with @Tuple)
            point    | record {x: u8}    | Java has the component y, WIT has no such field; it has x
            tuple    | record {first: u8, second: u8} | Java has Tuple2<Integer, Integer> (tuple<s32, s32>), WIT has record {first: u8, second: u8} (a record)
            figure   | variant {nothing(u8), rect(tuple<u8, u8>), circle(u32)} | .Nothing Java has a record without components, WIT has u8 (int or byte)
            figure   | variant {nothing, rect(tuple<u8, u8>), circle} | .Circle Java has a record with components, WIT has a case without a value
            figure   | variant {nothing, circle(u32)} | Java has the record Rect, WIT has no such case; it has nothing, circle
            text     | blob              | Java has String (string), WIT has blob (an interface or class that is AutoCloseable)
            """)
    void whatDoesNotFit(String method, String type, String problem) {
        MethodShape shape = api(method);
        FuncType wit = WrittenTypes.func("func(v: " + type + ")");
        String place = problem.startsWith("Java") || problem.startsWith("WIT")
                ? ""
                : problem.substring(0, problem.indexOf(' '));
        String reason = place.isEmpty() ? problem : problem.substring(place.length() + 1);
        assertThatThrownBy(() -> shape.fit(wit))
                .isInstanceOf(SignatureException.class)
                .hasMessage(shape.describe() + " does not fit " + wit + ": v" + place + ": " + reason);
    }

    @Test
    void allMismatchesAreToldAtOnce() {
        FuncType wit = WrittenTypes.func("func(order: record {id: u64, lines: list<record {qty: u8, is-XML: bool}>,"
                + " due: string}, times: u32, extra: string)");
        assertThatThrownBy(() -> api("place").fit(wit))
                .hasMessage("Api.place(Order order, int times) does not fit " + wit + """
                        :
                          order: WIT has the field due, Java has no such component; it has id, lines, note
                          order: Java has the component note, WIT has no such field; it has id, lines, due
                          order.id: Java has String (string), WIT has u64 (long)
                          order.lines[].qty: Java has long (s64), WIT has u8 (int or byte)
                          extra: WIT has string here (String), Java has no such parameter
                          result: Java has int, WIT has none""");
    }

    @Test
    void parametersAndResultsThatWitHasNot() {
        assertThatThrownBy(() -> api("text").fit(WrittenTypes.func("func() -> list<u16>")))
                .hasMessage("""
                        Api.text(String v) does not fit func() -> list<u16>:
                          v: Java has String here, WIT has no such parameter
                          result: Java has none, WIT has list<u16> (@U16 short[])""");
        assertThatThrownBy(() -> api("none").fit(new FuncType(List.of(), null, true)))
                .hasMessage("Api.none() does not fit async func(): async functions are not supported yet");
    }

    @Test
    void aCheckedExceptionIsTheFailureOfAResult() {
        FuncType wit = WrittenTypes.func("func(name: string) -> result<string, u8>");
        MethodShape fitted = api("read").fit(wit);
        assertThat(fitted.type()).isEqualTo(wit);
        assertThat(fitted.result()).isEqualTo(new JavaShape.TextShape());
        assertThatThrownBy(() -> api("read").fit(WrittenTypes.func("func(name: string) -> string")))
                .hasMessage("Api.read(String name) does not fit func(name: string) -> string:"
                        + " result: Java throws Gone, WIT has string, which never fails");
    }

    @Test
    void fitsWithoutAMethodToo() {
        assertThat(Shapes.fit(Shapes.of(Point.class), WrittenTypes.type("tuple<u8, u32>"))
                        .type())
                .hasToString("tuple<u8, u32>");
        assertThatThrownBy(() -> Shapes.fit(Shapes.of(Point.class), WrittenTypes.type("record {x: u8, y: string}")))
                .hasMessage("Point does not fit record {x: u8, y: string}:"
                        + " Point.y: Java has int (s32), WIT has string (String)");
    }
}
