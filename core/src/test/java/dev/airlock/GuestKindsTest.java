package dev.airlock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.convention.Convention;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LimitException;
import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.limit.CallOptions;
import dev.airlock.limit.Limits;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.pool.Pool;
import dev.airlock.pool.PoolOptions;
import dev.airlock.wasi.WasiCtx;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every setting of a guest has an effect on a program, a library and a component, or is refused: none is ignored. */
class GuestKindsTest {
    interface Echo {
        String run(String input);
    }

    interface Sized {
        Size run(Size input);
    }

    record Size(int bytes) {}

    interface Kit {
        String greet(String name);

        void shout(String text);
    }

    interface Repeat {
        Size repeat(Size request);
    }

    /** Serves what the kits' shout calls. */
    static final class Log {
        final List<String> lines = new ArrayList<>();

        void log(String text) {
            lines.add(text);
        }
    }

    /** A format of no guest's: the same bytes go in and the same value comes out. */
    private static final class Fixed implements PayloadCodec {
        @Override
        public String format() {
            return JSON;
        }

        @Override
        public byte[] encode(@Nullable Object value, Type type) {
            return "{\"name\":\"Ada\",\"num\":0}".getBytes(UTF_8);
        }

        @Override
        public Object decode(byte[] bytes, Type type) {
            return new Size(bytes.length);
        }
    }

    private static CoreGuest program() {
        return Airlock.openModule(Guests.file("c/echo"));
    }

    private static CoreGuest library() {
        return Airlock.openModule(Guests.file("c/kit"));
    }

    private static ComponentGuest component() {
        return Airlock.openComponent(Guests.file("components/c/kit"));
    }

    private static void refused(Runnable call, String part) {
        assertThatThrownBy(call::run).isInstanceOf(SignatureException.class).hasMessageContaining(part);
    }

    /** A method that is added to a guest has to be added to this test. */
    @Test
    void theTestsHereNameEveryMethod() {
        Set<String> methods = Arrays.stream(Guest.class.getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isSynthetic())
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(methods)
                .containsExactly(
                        "as",
                        "bind",
                        "call",
                        "close",
                        "explain",
                        "function",
                        "imports",
                        "instance",
                        "limits",
                        "name",
                        "payloads",
                        "pooled",
                        "program",
                        "toString",
                        "unknownImportsAsTraps",
                        "wasi");
    }

    @Test
    void imports() {
        refused(() -> program().imports("env", new Log()), "imports nothing from env");
        refused(() -> library().imports(new Log()), "imports(\"env\"");
        refused(() -> component().imports(new Log()), "kit.wasm");
        var log = new Log();
        library().imports("env", log).unknownImportsAsTraps().as(Kit.class).shout("core");
        component()
                .imports("demo:kit/host", log)
                .unknownImportsAsTraps()
                .as(Kit.class)
                .shout("component");
        assertThat(log.lines).containsExactly("core!", "component!");
    }

    @Test
    void unknownImportsAsTraps() {
        CoreGuest unmet = Airlock.openModule(Guests.file("wat/unmet")).unknownImportsAsTraps();
        assertThatThrownBy(() -> unmet.program().invocation().run())
                .isInstanceOf(Trap.class)
                .hasMessageContaining("env.missing");
        for (Guest guest : List.of(library(), component())) {
            Kit kit = guest.unknownImportsAsTraps().as(Kit.class);
            assertThatThrownBy(() -> kit.shout("it is not heard"))
                    .isInstanceOf(Trap.class)
                    .hasMessageContaining("log");
        }
    }

    @Test
    void wasiAndProgram() {
        assertThat(program()
                        .wasi(WasiCtx.builder().args("env").env("WHO", "Ada").build())
                        .as(Echo.class)
                        .run(""))
                .isEqualTo("WHO=Ada\n");
        assertThat(program().program().invocation().args("exit", "3").run().exitCode())
                .isEqualTo(3);
        assertThat(program()
                        .wasi(WasiCtx.builder().args("cat").build())
                        .program()
                        .bind(Echo.class)
                        .run("by another name"))
                .isEqualTo("by another name");
        refused(() -> library().program(), "_start");
        refused(() -> component().wasi(WasiCtx.builder().build()), "WASI 0.2");
        refused(() -> component().program(), "components cannot be run as programs yet");
    }

    @Test
    void limits() {
        Limits nothing = Limits.defaults().memoryBytes(0);
        assertThatThrownBy(() -> program().limits(nothing).as(Echo.class).run(""))
                .isInstanceOf(LimitException.class);
        for (Guest guest : List.of(library(), component())) {
            Guest limited = guest.unknownImportsAsTraps().limits(nothing);
            assertThatThrownBy(() -> limited.as(Kit.class)).isInstanceOf(LimitException.class);
            assertThatThrownBy(limited::instance).isInstanceOf(LimitException.class);
            assertThatThrownBy(() -> limited.pooled(PoolOptions.size(1))).isInstanceOf(LimitException.class);
        }
    }

    @Test
    void payloads() {
        var codec = new Fixed();
        assertThat(program()
                        .wasi(WasiCtx.builder().args("cat").build())
                        .payloads(codec)
                        .as(Sized.class)
                        .run(new Size(1)))
                .isEqualTo(new Size(22));
        CoreGuest kit = library().unknownImportsAsTraps().payloads(codec);
        assertThat(kit.as(Repeat.class).repeat(new Size(1)).bytes()).isPositive();
        try (Pool pool = kit.pooled(PoolOptions.size(1))) {
            assertThat(pool.as(Repeat.class).repeat(new Size(1)).bytes()).isPositive();
        }
        refused(() -> component().payloads(codec), "none as a payload of JSON");
    }

    @Test
    void conventionIsForCoreModules() {
        assertThat(library()
                        .convention(Convention.c())
                        .unknownImportsAsTraps()
                        .as(Kit.class)
                        .greet("Ada"))
                .isEqualTo("Hello, Ada!");
        refused(
                () -> library()
                        .convention(Convention.assemblyscript())
                        .unknownImportsAsTraps()
                        .as(Kit.class),
                "assemblyscript");
    }

    @Test
    void callsFunctionsAndPlans() {
        refused(() -> program().explain(Kit.class), "Kit");
        for (Guest guest : List.of(library(), component())) {
            Guest kit = guest.unknownImportsAsTraps();
            assertThat(kit.call("greet: func(name: string) -> string", "Ada")).isEqualTo("Hello, Ada!");
            assertThat(kit.function("greet: func(name: string) -> string")
                            .type()
                            .params())
                    .hasSize(1);
            assertThat(kit.explain(Kit.class)).contains("greet", "utf8(name");
            assertThat(kit.explain("greet: func(name: string) -> string")).contains("utf8(name");
            assertThat(kit.bind(Kit.class, CallOptions.timeout(Duration.ofMinutes(1)))
                            .greet("Ada"))
                    .isEqualTo("Hello, Ada!");
            try (GuestInstance own = kit.instance()) {
                assertThat(own.as(Kit.class).greet("Ada")).isEqualTo("Hello, Ada!");
            }
            try (Pool pool = kit.pooled(PoolOptions.size(1))) {
                assertThat(pool.bind(Kit.class).greet("Ada")).isEqualTo("Hello, Ada!");
            }
        }
        refused(() -> program().pooled(PoolOptions.size(1)), "is a program");
    }

    @Test
    void closedGuestsMakeNothing() {
        for (Guest guest : List.of(library(), component())) {
            assertThat(guest.name()).isEqualTo("kit.wasm");
            assertThat(guest).hasToString("guest kit.wasm");
            Guest kit = guest.unknownImportsAsTraps();
            Kit bound = kit.bind(Kit.class);
            guest.close();
            assertThatThrownBy(() -> bound.greet("Ada")).isInstanceOf(InstanceStateException.class);
            assertThatThrownBy(kit::instance).isInstanceOf(InstanceStateException.class);
        }
    }
}
