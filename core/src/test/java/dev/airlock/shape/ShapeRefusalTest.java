package dev.airlock.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.airlock.error.SignatureException;
import dev.airlock.mapping.Char;
import dev.airlock.mapping.U16;
import dev.airlock.mapping.U32;
import dev.airlock.mapping.U8;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Java types without a WIT type: the messages about them. */
class ShapeRefusalTest {
    record Order(List<Line> items) {}

    record Line(Date price) {}

    record Tree(int value, List<Tree> children) {}

    record Wrapped<T>(Optional<Wrapped<List<T>>> inner) {}

    sealed interface Expr {}

    record Num(int value) implements Expr {}

    record Add(Expr left, Expr right) implements Expr {}

    sealed interface Mixed {}

    static final class Plain implements Mixed {}

    record Empty() {}

    record Bytes(ByteBuffer data) {}

    record Umlaut(int größe) {}

    record Twins(int aB, int a_b) {}

    enum NoConstants {}

    enum Odd {
        _1
    }

    interface Open {}

    static class Bean {}

    @SuppressWarnings({"unused", "rawtypes"})
    static class Fields {
        Order order;
        Tree tree;
        Wrapped<String> wrapped;
        Expr expr;
        Mixed mixed;
        Empty empty;
        Bytes bytes;
        Umlaut umlaut;
        Twins twins;
        NoConstants noConstants;
        Odd odd;
        Open open;
        Bean bean;
        AutoCloseable gate;
        Object object;
        char character;
        char[] characters;
        Character boxed;
        String[] strings;
        Date date;
        Instant instant;
        BigDecimal decimal;
        OptionalInt optionalInt;
        Set<String> set;
        ArrayList<String> arrayList;
        List raw;
        List<?> unknown;
        List<? super String> lower;
        EnumSet<?> flags;
        Map<Double, String> floats;
        Map<List<String>, String> lists;
        CompletableFuture<String> future;
        Stream<String> stream;
        InputStream in;
        Void nothing;

        @U8
        String unsignedText;

        @U8
        long unsignedLong;

        @U32
        long wide;

        @U8
        @U16
        int both;

        @U8
        int[] wideBytes;

        @Char
        int[] codePoints;

        @Nullable
        Optional<String> optional;

        @Nullable
        byte[] elements;

        @Nullable
        String[] texts;

        @U8
        List<Integer> marked;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            order        | Order.items[].price: java.util.Date has no WIT type: a long or a String can carry it
            tree         | Tree.children[]: Tree is made of itself (Tree → Tree): WIT has no recursive types; a list of nodes that know others by their place in it has one
            expr         | Expr.Add.left: Expr is made of itself (Expr → Add → Expr): WIT has no recursive types; a list of nodes that know others by their place in it has one
            mixed        | Mixed.Plain: Plain is no record, and the cases of a variant are records
            empty        | Empty: Empty has no components, and records of WIT have at least one field
            bytes        | Bytes.data: java.nio.ByteBuffer has no WIT type: it goes in only, as a parameter of its own; write byte[]
            umlaut       | Umlaut.größe: "größe" makes no WIT name: one is made of ASCII letters and digits, and starts with a letter
            twins        | Twins: two fields have the name "a-b"
            noConstants  | NoConstants: an enum has at least one case
            odd          | Odd._1: "_1" makes no WIT name: one is made of ASCII letters and digits, and starts with a letter
            open         | Open: dev.airlock.shape.ShapeRefusalTest$Open has no WIT type: it is an interface; seal it, and permit records only
            bean         | Bean: dev.airlock.shape.ShapeRefusalTest$Bean has no WIT type: it is a class; make it a record
            gate         | AutoCloseable: java.lang.AutoCloseable has no WIT type: a resource is an interface or class of your own that is AutoCloseable
            object       | Object: java.lang.Object has no WIT type: it says nothing of the value
            character    | char: char has no WIT type: write @Char int, or String, since a char is but half of some characters
            characters   | char[]: char[] has no WIT type: write String
            boxed        | Character: java.lang.Character has no WIT type: write @Char Integer, or String, since a char is but half of some characters
            strings      | String[]: String[] has no WIT type: write List<String>
            instant      | Instant: java.time.Instant has no WIT type: a long or a String can carry it
            decimal      | BigDecimal: java.math.BigDecimal has no WIT type: a String can carry it
            optionalInt  | OptionalInt: java.util.OptionalInt has no WIT type: write Optional<Integer>
            set          | Set<String>: java.util.Set has no WIT type: write List, or EnumSet for flags
            arrayList    | ArrayList<String>: java.util.ArrayList has no WIT type: write List
            raw          | List: List has type arguments: write List<…>
            unknown      | List<?>[]: ? has no WIT type: write which type it is
            lower        | List<? super java.lang.String>[]: ? super java.lang.String has no WIT type: write which type it is
            flags        | EnumSet<?>: EnumSet<?> has no WIT type: write which enum it is of
            floats       | Map<Double, String>: a map's key is a bool, an integer, a char or a string, not f64
            lists        | Map<List<String>, String>[].key: a map's key is a bool, an integer, a char or a string, not List<String>
            future       | CompletableFuture<String>: java.util.concurrent.CompletableFuture has no WIT type: async functions are not supported yet; write what it completes with
            stream       | Stream<String>: java.util.stream.Stream has no WIT type: streams are not supported yet; write List, or byte[]
            in           | InputStream: java.io.InputStream has no WIT type: it goes in only, as a parameter of its own; write byte[]
            nothing      | Void: java.lang.Void has no WIT type: nothing is for results only
            unsignedText | String: @U8 goes with int or byte, not with String
            unsignedLong | long: @U8 goes with int or byte, not with long
            wide         | long: @U32 goes with int, which carries the bits, not with long
            both         | int: @U8 and @U16 exclude each other
            wideBytes    | int[]: @U8 does not go with int[]: list<u8> is byte[]
            codePoints   | int[]: @Char does not go with int[]: write List<@Char Integer>
            optional     | Optional<String>: Optional<String> is not to be null: leave either @Nullable or Optional out
            elements     | byte[]: byte cannot be null: if the array is meant, write byte @Nullable []
            texts        | String[]: String[] has no WIT type: write List<String>
            marked       | List<Integer>: @U8 goes with int or byte, not with List<Integer>
            """)
    void saysWhatIsWrongAndWhatToWrite(String field, String message) {
        SignatureException e =
                catchThrowableOfType(SignatureException.class, () -> Shapes.of(ShapesTest.field(Fields.class, field)));
        assertThat(e).hasMessage(message);
    }

    @Test
    void endsWhereTypeArgumentsGrowForEver() {
        SignatureException e = catchThrowableOfType(
                SignatureException.class, () -> Shapes.of(ShapesTest.field(Fields.class, "wrapped")));
        assertThat(e.getMessage())
                .startsWith("Wrapped<String>.inner.some.inner.some.")
                .contains("is made of itself (Wrapped<String> → Wrapped<List<String>> → Wrapped<List<List<String>>> → ")
                .endsWith("WIT has no recursive types; a list of nodes that know others by their place in it has one");
    }
}
