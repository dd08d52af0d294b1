package dev.airlock.abi.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.shape.MethodShape;
import dev.airlock.type.FuncType;
import dev.airlock.type.WrittenTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The plans of the canonical ABI, step by step. */
class CanonicalPlanTest {
    record Item(String name, int qty) {}

    sealed interface Shape {
        record Circle(double radius) implements Shape {}

        record Label(String text) implements Shape {}

        record Point() implements Shape {}
    }

    interface Blob extends AutoCloseable {
        @Override
        void close();
    }

    interface Api {
        int add(int a, int b);

        String greet(String name);

        void order(List<Item> items);

        void draw(Shape shape);

        Optional<Item> find(int id);

        long[] sums(float[] terms);

        Blob copy(Blob blob);
    }

    static MethodShape method(Class<?> api, String name, String wit) {
        FuncType type = WrittenTypes.func(wit);
        return Arrays.stream(api.getDeclaredMethods())
                .filter(m -> m.getName().equals(name))
                .findFirst()
                .map(m -> MethodShape.calling(api, m).fit(type))
                .orElseThrow();
    }

    private static String call(String name, String wit) {
        return CanonicalCall.of(name, method(Api.class, name, wit), StringEncoding.UTF8)
                .explain();
    }

    private static String serve(String name, String wit) {
        return CanonicalServing.of(name, method(Api.class, name, wit), StringEncoding.UTF16)
                .explain();
    }

    @Test
    void numbers() {
        assertThat(call("add", "func(a: s32, b: s32) -> s32")).isEqualTo("""
            add(a, b)
              core = s32(a)
              core2 = s32(b)
              core3 = call(core, core2)
              result = s32(core3)
              post-return(core3)
              return result
            """);
    }

    @Test
    void strings() {
        assertThat(call("greet", "func(name: string) -> string")).isEqualTo("""
            greet(name)
              bytes, count = utf8(name)
              ptr = place(bytes, align 1)
              ret = call(ptr, count)
              memory = the guest's memory
              memory[ret, 8] lies inside, align 4
              ptr2 = memory[ret, 4]
              count2 = memory[ret + 4, 4]
              result = utf8(memory[ptr2, count2])
              post-return(ret)
              return result
            """);
    }

    @Test
    void elementsAreTakenApartBeforeTheGuestIsAsked() {
        assertThat(call("order", "func(items: list<record {name: string, qty: u8}>)"))
                .isEqualTo("""
            order(items)
              items is not null
              array = elements of items
              count = count(array)
              image = image(count * 12, align 4)
              start = 0
              each index < count:
                items[] = array[index]
                at = start + index * 12
                items[] is not null
                items[].name = name of items[]
                bytes, count2 = utf8(items[].name)
                image[at, 8] = → bytes, count2
                items[].qty = qty of items[]
                core = u8(items[].qty)
                image[at + 8, 1] = core
              ptr = place(image, align 4)
              call(ptr, count)
              post-return()
            """);
    }

    @Test
    void casesShareTheirNumbers() {
        assertThat(call("draw", "func(shape: variant {circle(f64), label(string), point})"))
                .isEqualTo("""
            draw(shape)
              bytes = null
              ptr = 0
              shape is not null
              shape# = case of shape
              match shape#
                Circle:
                  shape.Circle = what shape carries
                  core = f64(shape.Circle)
                  slot = long(core)
                  slot2 = 0
                Label:
                  shape.Label = what shape carries
                  bytes, count = utf8(shape.Label)
                  slot = long(ptr)
                  slot2 = count
                Point:
                  slot = 0
                  slot2 = 0
              ptr = place(bytes, align 1) if there is one
                slot = long(ptr)
              call(shape#, slot, slot2)
              post-return()
            """);
    }

    @Test
    void resultsInMemory() {
        assertThat(call("find", "func(id: u32) -> option<record {name: string, qty: u8}>"))
                .isEqualTo("""
            find(id)
              core = u32(id)
              ret = call(core)
              memory = the guest's memory
              memory[ret, 16] lies inside, align 4
              number = memory[ret, 1]
              number < 2
              match number
                none:
                  result = none[]
                some:
                  ptr = memory[ret + 4, 4]
                  count = memory[ret + 8, 4]
                  result.some.name = utf8(memory[ptr, count])
                  core2 = memory[ret + 12, 1]
                  result.some.qty = u8(core2)
                  result.some = Item[result.some.name, result.some.qty]
                  result = some[result.some]
              post-return(ret)
              return result
            """);
    }

    @Test
    void lists() {
        assertThat(call("sums", "func(terms: list<f32>) -> list<u64>")).isEqualTo("""
            sums(terms)
              elements, count = floats(terms)
              ptr = place(elements, align 4)
              ret = call(ptr, count)
              memory = the guest's memory
              memory[ret, 8] lies inside, align 4
              ptr2 = memory[ret, 4]
              count2 = memory[ret + 4, 4]
              result = longs(memory[ptr2, count2])
              post-return(ret)
              return result
            """);
    }

    @Test
    void resources() {
        assertThat(call("copy", "func(blob: borrow<blob>) -> blob")).isEqualTo("""
            copy(blob)
              blob is not null
              rep = representation(blob)
              begin scope
              handle = borrow(rep)
              core = call(handle)
              rep2 = lift own(core)
              result = resource(rep2)
              end scope
              post-return(core)
              what was lifted is taken
              return result
            """);
    }

    @Test
    void resourcesHaveOneOwner() {
        assertThat(serve("copy", "func(blob: blob) -> blob")).isEqualTo("""
            copy(core)
              the guest may leave
              rep = lift own(core)
              blob = resource(rep)
              what was lifted is taken
              result = java(blob)
              give what was returned
              result is not null
              rep2 = representation(result)
              handle = own(rep2)
              what was returned is given
              return handle
            """);
    }

    @Test
    void guestsCallJava() {
        assertThat(serve("greet", "func(name: string) -> string")).isEqualTo("""
            greet(core, core2, ret)
              the guest may leave
              memory = the guest's memory
              name = utf16(memory[core, core2])
              result = java(name)
              one = 1
              start = 0
              results = image(one * 8, align 4)
              bytes, count = utf16(result)
              results[start, 8] = → bytes, count
              memory[ret, 8] = results, align 4
            """);
    }

    @Test
    void guestsGetListsFromJava() {
        assertThat(serve("sums", "func(terms: list<f32>) -> list<u64>")).isEqualTo("""
            sums(core, core2, ret)
              the guest may leave
              memory = the guest's memory
              terms = floats(memory[core, core2])
              result = java(terms)
              one = 1
              start = 0
              results = image(one * 8, align 4)
              elements, count = longs(result)
              results[start, 8] = → elements, count
              memory[ret, 8] = results, align 4
            """);
    }
}
