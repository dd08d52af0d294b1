package dev.airlock.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.SignatureException;
import dev.airlock.error.ValueException;
import dev.airlock.mapping.U8;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.shape.JavaShape;
import dev.airlock.shape.Shapes;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that types without a WIT type cross as JSON if Jackson can map them, whole or as parts of other types. */
public abstract class RuleContract {
    private final PayloadCodec codec;

    protected RuleContract(PayloadCodec codec) {
        this.codec = codec;
    }

    /** A bean, which Jackson maps by its getters and setters. */
    public static class Bean {
        private int count;
        private @Nullable String name;

        public int getCount() {
            return count;
        }

        public void setCount(int count) {
            this.count = count;
        }

        public @Nullable String getName() {
            return name;
        }

        public void setName(@Nullable String name) {
            this.name = name;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bean that && count == that.count && Objects.equals(name, that.name);
        }

        @Override
        public int hashCode() {
            return count;
        }
    }

    enum Size {
        SMALL,
        LARGE
    }

    record Event(Instant at, UUID id, @U8 int level) {}

    record Node(String name, List<Node> children) {}

    sealed interface Expr {}

    record Num(int value) implements Expr {}

    record Neg(Expr of) implements Expr {}

    record Add(Expr left, Expr right) implements Expr {}

    record Größe(int größe) {}

    record Nothing() {}

    record Types(
            Instant instant,
            LocalDate date,
            Duration duration,
            UUID uuid,
            URI uri,
            BigDecimal decimal,
            OptionalInt optionalInt,
            Object object,
            Set<String> set,
            Set<Event> events,
            List<Instant> instants,
            List<@Nullable Instant> gaps,
            Optional<UUID> maybe,
            Map<String, Object> anything,
            Map<UUID, Integer> byId,
            TreeMap<String, Size> sorted,
            String[] texts,
            Item[] items,
            Bean bean,
            List<Bean> beans,
            Event event,
            Node node,
            Expr expr,
            List<Expr> exprs,
            Größe größe,
            Nothing nothing) {}

    record Item(String sku, @U8 int qty) {}

    private static JavaShape type(String name) {
        return Arrays.stream(Types.class.getRecordComponents())
                .filter(c -> c.getName().equals(name))
                .map(c -> Shapes.payload(c.getAnnotatedType()))
                .findFirst()
                .orElseThrow();
    }

    private void comesBackEqual(Object value, String name, String json) {
        JavaShape type = type(name);
        codec.check(type);
        assertThat(new String(codec.encode(value, type), UTF_8)).isEqualTo(json);
        assertThat(codec.decode(json.getBytes(UTF_8), type)).isEqualTo(value);
    }

    private static Bean bean() {
        var bean = new Bean();
        bean.setCount(2);
        bean.setName("b");
        return bean;
    }

    @Test
    void valuesOfTheJdkAreTextsAndNumbers() {
        UUID id = UUID.fromString("6f1d6a2e-0000-4000-8000-000000000001");
        comesBackEqual(Instant.parse("2026-11-30T12:00:00Z"), "instant", "\"2026-11-30T12:00:00Z\"");
        comesBackEqual(LocalDate.of(2026, 11, 30), "date", "\"2026-11-30\"");
        comesBackEqual(Duration.ofSeconds(90), "duration", "\"PT1M30S\"");
        comesBackEqual(id, "uuid", "\"" + id + "\"");
        comesBackEqual(URI.create("a:b"), "uri", "\"a:b\"");
        comesBackEqual(new BigDecimal("1.10"), "decimal", "1.10");
        comesBackEqual(OptionalInt.of(3), "optionalInt", "3");
        comesBackEqual(Optional.of(id), "maybe", "\"" + id + "\"");
        comesBackEqual(Optional.empty(), "maybe", "null");
    }

    @Test
    void collectionsOfAnyKindAreArraysAndObjects() {
        comesBackEqual(new LinkedHashSet<>(List.of("b", "a")), "set", "[\"b\",\"a\"]");
        comesBackEqual(List.of(Instant.EPOCH), "instants", "[\"1970-01-01T00:00:00Z\"]");
        comesBackEqual(Arrays.asList(Instant.EPOCH, null), "gaps", "[\"1970-01-01T00:00:00Z\",null]");
        comesBackEqual(new TreeMap<>(Map.of("a", Size.SMALL)), "sorted", "{\"a\":\"SMALL\"}");
        comesBackEqual(
                Map.of(UUID.fromString("6f1d6a2e-0000-4000-8000-000000000001"), 1),
                "byId",
                "{\"6f1d6a2e-0000-4000-8000-000000000001\":1}");
        assertThat(new String(codec.encode(new String[] {"a", "b"}, type("texts")), UTF_8))
                .isEqualTo("[\"a\",\"b\"]");
        assertThat((String[]) codec.decode("[\"a\"]".getBytes(UTF_8), type("texts")))
                .containsExactly("a");
        assertThat((Item[]) codec.decode("[{\"sku\":\"a\",\"qty\":200}]".getBytes(UTF_8), type("items")))
                .containsExactly(new Item("a", 200));
    }

    @Test
    void anObjectTakesTheTypeOfTheText() {
        Map<String, Object> anything = new LinkedHashMap<>();
        anything.put("n", 1);
        anything.put("t", List.of("a", true));
        anything.put("o", Map.of("x", 1.5));
        comesBackEqual(anything, "anything", "{\"n\":1,\"t\":[\"a\",true],\"o\":{\"x\":1.5}}");
        comesBackEqual(List.of(1), "object", "[1]");
        // The elements are mapped as everywhere.
        assertThat(new String(codec.encode(Map.of("e", new Item("a", 255)), type("anything")), UTF_8))
                .isEqualTo("{\"e\":{\"sku\":\"a\",\"qty\":255}}");
    }

    @Test
    void beansAreObjects() {
        comesBackEqual(bean(), "bean", "{\"count\":2,\"name\":\"b\"}");
        comesBackEqual(List.of(bean()), "beans", "[{\"count\":2,\"name\":\"b\"}]");
    }

    @Test
    void recordsMayHaveSuchComponents() {
        var event = new Event(Instant.EPOCH, UUID.fromString("6f1d6a2e-0000-4000-8000-000000000001"), 255);
        String json = "{\"at\":\"1970-01-01T00:00:00Z\",\"id\":\"6f1d6a2e-0000-4000-8000-000000000001\",\"level\":255}";
        comesBackEqual(event, "event", json);
        comesBackEqual(Set.of(event), "events", "[" + json + "]");
        comesBackEqual(new Größe(1), "größe", "{\"größe\":1}");
        comesBackEqual(new Nothing(), "nothing", "{}");
    }

    @Test
    void typesMayBeRecursive() {
        comesBackEqual(
                new Node("a", List.of(new Node("b", List.of()))),
                "node",
                "{\"name\":\"a\",\"children\":[{\"name\":\"b\",\"children\":[]}]}");
        comesBackEqual(
                new Add(new Num(1), new Neg(new Neg(new Num(2)))),
                "expr",
                "{\"add\":{\"left\":{\"num\":1},\"right\":{\"neg\":{\"neg\":{\"num\":2}}}}}");
        comesBackEqual(List.of(new Neg(new Num(1))), "exprs", "[{\"neg\":{\"num\":1}}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
            instant  | "yesterday"                        | Instant
            instant  | null                               | expected a Instant, got null
            instants | ["1970-01-01T00:00:00Z",null]      | [1]: expected a Instant, got null
            uuid     | "x"                                | UUID
            event    | {"at":"1970-01-01T00:00:00Z","id":"6f1d6a2e-0000-4000-8000-000000000001","level":256} | level: u8 takes 0..255, got 256
            event    | {"at":null,"id":"6f1d6a2e-0000-4000-8000-000000000001","level":1} | at
            event    | {"at":"1970-01-01T00:00:00Z","level":1} | id
            exprs    | [{"neg":{"neg":{"mul":1}}}]        | [0].neg.neg: there is no case "mul"
            node     | {"name":"a","children":[{"name":1,"children":[]}]} | children[0].name
            bean     | {"count":1,"more":2}               | more
            """)
    void mismatchesAreRefusedWithTheirPath(String type, String json, String words) {
        assertThatThrownBy(() -> codec.decode(json.getBytes(UTF_8), type(type)))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining(words);
    }

    interface Refused {
        Set<@U8 Integer> marks();

        java.util.stream.Stream<String> stream();

        java.util.concurrent.CompletableFuture<String> later();

        java.io.InputStream input();

        @U8
        Instant wrong();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            marks  | @U8 has no effect inside of Set<Integer>
            stream | streams are not supported yet
            later  | async functions are not supported yet
            input  | write byte[]
            wrong  | @U8 goes with int or byte, not with Instant
            """)
    void typesThatCannotBePayloadsAreRefusedBeforeAnyCall(String method, String words) throws NoSuchMethodException {
        var type = Refused.class.getDeclaredMethod(method).getAnnotatedReturnType();
        assertThatThrownBy(() -> Shapes.payload(type))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining(words);
    }

    @Test
    void depthIsBounded() {
        String deep = "[".repeat(100_000);
        assertThatThrownBy(() -> codec.decode(deep.getBytes(UTF_8), type("object")))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("depth");
        String nested = "{\"neg\":".repeat(5_000) + "{\"num\":1}" + "}".repeat(5_000);
        assertThatThrownBy(() -> codec.decode(nested.getBytes(UTF_8), type("expr")))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("depth");
    }
}
