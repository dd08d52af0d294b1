package dev.airlock.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.SignatureException;
import dev.airlock.mapping.BlockForm;
import dev.airlock.mapping.U32;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MethodShapeTest {
    record Line(String name, Date price) {}

    record Order(List<Line> items) {}

    record Page<T>(List<T> items) {}

    static class NotFound extends Exception {
        private static final long serialVersionUID = 1L;
    }

    interface Store<K, V> {
        Page<V> page(K key, @U32 int fromIndex);

        @Nullable
        V find(K key);
    }

    interface Orders extends Store<String, Long> {}

    interface Api {
        String greet(String name);

        void log(byte[] message);

        int send(InputStream body, ByteBuffer more);

        InputStream body();

        void place(Order order);

        Date both(Date when, int ok, char c);

        String read(String name) throws NotFound;

        void many() throws NotFound, IOException;

        void unchecked() throws IllegalStateException;

        <E extends Exception> void generic() throws E;

        <T> T identity(T value);

        CompletableFuture<String> later();

        Void nothing();

        void twins(int aB, int a_b);

        int sum(int... numbers);

        void line(int größe);
    }

    static Method method(Class<?> owner, String name) {
        return Arrays.stream(owner.getMethods())
                .filter(m -> m.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static MethodShape api(String name) {
        return MethodShape.calling(Api.class, method(Api.class, name));
    }

    @Test
    void aMethodIsAFunction() {
        MethodShape greet = api("greet");
        Carrier text = new Carrier.Block(BlockForm.UTF8, String.class, String.class);
        assertThat(greet.name()).isEqualTo("greet");
        assertThat(greet.type()).hasToString("func(name: string) -> string");
        assertThat(greet.paramNames()).containsExactly("name");
        assertThat(greet.carriers()).containsExactly(text);
        assertThat(greet.resultCarrier()).isEqualTo(text);
        assertThat(greet.error()).isNull();
        assertThat(greet.describe()).isEqualTo("Api.greet(String name)");
    }

    @Test
    void nothingReturnedIsNoResult() {
        assertThat(api("log").type()).hasToString("func(message: list<u8>)");
        assertThat(api("log").resultCarrier()).isNull();
        assertThat(api("nothing").type()).hasToString("func()");
        assertThat(api("sum").type()).hasToString("func(numbers: list<s32>) -> s32");
    }

    @Test
    void streamsAndBuffersGoIn() {
        MethodShape send = api("send");
        assertThat(send.type()).hasToString("func(body: list<u8>, more: list<u8>) -> s32");
        assertThat(send.carriers())
                .containsExactly(
                        new Carrier.Block(
                                BlockForm.BYTES,
                                InputStream.class,
                                send.params().get(0).shape()),
                        new Carrier.Block(
                                BlockForm.BYTES,
                                ByteBuffer.class,
                                send.params().get(1).shape()));
        assertThatThrownBy(() -> api("body"))
                .hasMessage("Api.body(): result: java.io.InputStream has no WIT type:"
                        + " it goes in only, as a parameter of its own; write byte[]");
    }

    @Test
    void whatAServedMethodReturnsGoesIn() {
        assertThat(MethodShape.serving(Api.class, method(Api.class, "body")).type())
                .hasToString("func() -> list<u8>");
        assertThatThrownBy(() -> MethodShape.serving(Api.class, method(Api.class, "send")))
                .hasMessage("""
                        Api.send(InputStream body, ByteBuffer more):
                          body: java.io.InputStream has no WIT type: it goes in only, as a parameter of its own; write byte[]
                          more: java.nio.ByteBuffer has no WIT type: it goes in only, as a parameter of its own; write byte[]""");
    }

    @Test
    void inheritedTypeVariablesAreResolved() {
        MethodShape page = MethodShape.calling(Orders.class, method(Orders.class, "page"));
        assertThat(page.type()).hasToString("func(key: string, from-index: u32) -> page-long");
        assertThat(page.resultCarrier()).isInstanceOf(Carrier.Block.class);
        assertThat(((Carrier.Block) page.resultCarrier()).type().getTypeName())
                .isEqualTo("dev.airlock.shape.MethodShapeTest$Page<java.lang.Long>");
        assertThat(MethodShape.calling(Orders.class, method(Orders.class, "find"))
                        .type())
                .hasToString("func(key: string) -> option<s64>");
    }

    @Test
    void anInterfaceMayHaveTypeArguments() throws Exception {
        class Holder {
            @SuppressWarnings("unused")
            Store<Integer, String> store;
        }
        Type owner = Holder.class.getDeclaredField("store").getGenericType();
        assertThat(MethodShape.calling(owner, method(Store.class, "page")).type())
                .hasToString("func(key: s32, from-index: u32) -> page-string");
        assertThatThrownBy(() -> MethodShape.calling(Store.class, method(Store.class, "find")))
                .hasMessage("""
                        Store.find(K key):
                          key: nothing says what type K is
                          result: nothing says what type V is""");
    }

    @Test
    void showsHowWeGotToWhatHasNoType() {
        assertThatThrownBy(() -> api("place"))
                .isInstanceOf(SignatureException.class)
                .hasMessage("Api.place(Order order): order.items[].price: java.util.Date has no WIT type:"
                        + " a long or a String can carry it");
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        assertThatThrownBy(() -> api("both")).hasMessage("""
                        Api.both(Date when, int ok, char c):
                          when: java.util.Date has no WIT type: a long or a String can carry it
                          c: char has no WIT type: write @Char int, or String, since a char is but half of some characters
                          result: java.util.Date has no WIT type: a long or a String can carry it""");
    }

    @Test
    void oneCheckedExceptionIsNoted() {
        assertThat(api("read").error()).isEqualTo(NotFound.class);
        assertThat(api("read").type()).hasToString("func(name: string) -> string");
        assertThat(api("unchecked").error()).isNull();
        assertThatThrownBy(() -> api("many"))
                .hasMessage("Api.many(): throws NotFound, IOException: a WIT function fails in one way at the most,"
                        + " so one checked exception can stand for it");
        assertThatThrownBy(() -> api("generic")).hasMessage("Api.generic(): throws E: nothing says what type E is");
    }

    @Test
    void aFutureStandsForWhatItCompletesWith() {
        assertThat(api("later").type()).hasToString("func() -> string");
    }

    @Test
    void whatIsLeftOutYetIsNamed() {
        assertThatThrownBy(() -> MethodShape.serving(Api.class, method(Api.class, "later")))
                .hasMessage("Api.later(): result: java.util.concurrent.CompletableFuture has no WIT type:"
                        + " async functions are not supported yet; write what it completes with");
        assertThatThrownBy(() -> api("identity")).hasMessage("""
                        Api.identity(T value):
                          value: nothing says what type T is
                          result: nothing says what type T is""");
    }

    @Test
    void parametersNeedNamesOfTheirOwn() {
        assertThatThrownBy(() -> api("twins"))
                .hasMessage("Api.twins(int aB, int a_b): two parameters have the name \"a-b\"");
        assertThatThrownBy(() -> api("line"))
                .hasMessage("Api.line(int größe): größe: \"größe\" makes no WIT name:"
                        + " one is made of ASCII letters and digits, and starts with a letter");
    }
}
