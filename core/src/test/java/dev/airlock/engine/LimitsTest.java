package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.Guests;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LimitException;
import dev.airlock.error.LimitException.Kind;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.limit.Limits;
import dev.airlock.memory.Memory;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is counted in bytes, elements and calls; what is counted in time is DeadlineTest's. */
class LimitsTest {
    private static final int PAGE = 65_536;

    private static Linker linker(Limits limits) {
        return new Linker().limits(limits).function("env", "call", (int x) -> x);
    }

    private static Instance runaway(Limits limits) {
        return linker(limits).instantiate(Guests.module("wat/runaway"));
    }

    private static LimitException over(Kind kind, ThrowingCallable call) {
        LimitException over = catchThrowableOfType(LimitException.class, call);
        assertThat(over).isNotNull();
        assertThat(over.kind()).isEqualTo(kind);
        return over;
    }

    @Test
    void memoryGrowsUpToItsLimitAndIsThenRefused() {
        Instance instance = runaway(Limits.defaults().memoryBytes(10 * PAGE));
        assertThat(instance.function("grow_till_refused").call()).containsExactly(10);
        assertThat(instance.memory().dataSize()).isEqualTo(10 * PAGE);
        assertThat(instance.function("grow").call(1)).as("-1, as an i32").containsExactly(-1);
        assertThat(instance.function("quick").call()).as("it may go on").containsExactly(42);
    }

    @Test
    void toAskForTooMuchMayBeTheEnd() {
        Instance instance = runaway(Limits.defaults().memoryBytes(10 * PAGE).growthTraps(true));
        assertThat(instance.function("grow").call(9)).containsExactly(1);
        LimitException over = over(Kind.MEMORY, () -> instance.function("grow").call(1));
        assertThat(over).hasMessage("over the limit of 655360 bytes of linear memory: the guest asked for 720896");
        assertThat(over.value()).isEqualTo(10 * PAGE);
        assertThat(over.asked()).isEqualTo(11 * PAGE);
        assertThatThrownBy(() -> instance.function("quick").call())
                .isInstanceOf(InstanceStateException.class)
                .hasMessageEndingWith(
                        "cannot be entered: it was cut off before: over the limit of 655360 bytes of linear"
                                + " memory: the guest asked for 720896");
    }

    @Test
    void theHostIsToldWhyAGuestsMemoryDoesNotGrow() {
        Memory memory = runaway(Limits.defaults().memoryBytes(10 * PAGE)).memory();
        assertThat(memory.grow(9)).isEqualTo(1);
        over(Kind.MEMORY, () -> memory.grow(1));
        assertThat(memory.size()).isEqualTo(10);
    }

    @Test
    void aModuleThatDeclaresMoreIsNotInstantiated() {
        long before = used();
        LimitException over = over(Kind.MEMORY, () -> new Linker().instantiate(Guests.module("wat/claims-memory")));
        assertThat(over)
                .hasMessage("over the limit of 1073741824 bytes of linear memory: the guest asked for 4294967296");
        assertThat(used() - before).as("nothing was allocated").isLessThan(64 << 20);
        over(Kind.MEMORY, () -> runaway(Limits.defaults().memoryBytes(PAGE - 1)));
        assertThat(runaway(Limits.defaults().memoryBytes(PAGE)).memory().size()).isEqualTo(1);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void allMemoriesOfAnInstanceCountTogether() {
        Module two = Guests.module("wat/twomemories");
        long both = 2 * PAGE;
        new Linker().limits(Limits.defaults().memoryBytes(both)).instantiate(two);
        over(
                Kind.MEMORY,
                () -> new Linker()
                        .limits(Limits.defaults().memoryBytes(both - 1))
                        .instantiate(two));
    }

    @Test
    void anImportedMemoryCountsWhereItWasMade() {
        Memory ofHost = Memory.create(1, 100);
        Instance guest = new Linker()
                .limits(Limits.defaults().memoryBytes(0))
                .instance("env", new Linker().instantiate(Guests.module("wat/provider")))
                .memory("env", "memory", ofHost)
                .instantiate(Guests.module("wat/imports"));
        assertThat(guest).isNotNull();
        assertThat(ofHost.grow(99)).isEqualTo(1);
    }

    @Test
    void aSharedMemoryCountsWithAllThatItMayGrowTo() {
        Module threads = Guests.module("wat/atomics");
        Instance instance =
                new Linker().limits(Limits.defaults().memoryBytes(PAGE)).instantiate(threads);
        assertThat(instance.memory().maximumPages()).isEqualTo(1);
    }

    @Test
    void tablesGrowUpToTheirLimitAndAreThenRefused() {
        Instance instance = runaway(Limits.defaults().tableElements(100));
        assertThat(instance.function("table_grow").call(84)).containsExactly(16);
        assertThat(instance.function("table_grow").call(1)).containsExactly(-1);
        assertThat(instance.function("table_grow").call(-1)).containsExactly(-1);
        assertThat(instance.table("table").size()).isEqualTo(100);
        over(Kind.TABLE, () -> instance.table("table").grow(1));
        Instance strict = runaway(Limits.defaults().tableElements(100).growthTraps(true));
        assertThat(over(Kind.TABLE, () -> strict.function("table_grow").call(85)))
                .hasMessage("over the limit of 100 elements of tables: the guest asked for 101");
    }

    @Test
    void aModuleThatDeclaresALargerTableIsNotInstantiated() {
        assertThat(over(Kind.TABLE, () -> new Linker().instantiate(Guests.module("wat/claims-table"))))
                .hasMessage("over the limit of 1000000 elements of tables: the guest asked for 1000001");
        assertThat(new Linker()
                        .limits(Limits.defaults().tableElements(1_000_001))
                        .instantiate(Guests.module("wat/claims-table"))
                        .table("table")
                        .size())
                .isEqualTo(1_000_001);
    }

    @Test
    void segmentsMayReachTheEdgeAndNotOverIt() {
        assertThat(Guests.instance("wat/edge").memory().read(65_535, 1)).containsExactly('x');
        assertThatThrownBy(() -> Guests.instance("wat/over-edge"))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.MEMORY_OUT_OF_BOUNDS));
    }

    @Test
    void aRecursionThroughTheHostHasAnEnd() {
        var deepest = new int[1];
        Instance instance = new Linker()
                .function("env", "call", (Caller caller, int depth) -> {
                    deepest[0] = depth;
                    return (int) caller.function("host_once").call(depth + 1)[0];
                })
                .instantiate(Guests.module("wat/runaway"));
        assertThat(over(Kind.CALL_DEPTH, () -> instance.function("host_once").call(1)))
                .hasMessage("over the limit of 200 calls into a guest within calls into it: the guest asked for 201");
        assertThat(deepest[0]).isEqualTo(200);
        assertThatThrownBy(() -> instance.function("quick").call())
                .isInstanceOf(InstanceStateException.class)
                .hasMessageContaining("it was cut off before: over the limit of 200 calls into a guest");
    }

    /** The margin that the default leaves: the stack of a thread as Java makes them, with code that is not compiled yet. */
    @Test
    void theDefaultDepthFitsOntoTheStackOfAThread() throws InterruptedException {
        var results = new long[1];
        Thread thread = new Thread(
                null,
                () -> {
                    Instance instance = new Linker()
                            .function(
                                    "env",
                                    "call",
                                    (Caller caller, int left) -> left == 0
                                            ? 7
                                            : (int) caller.function("host_once").call(left - 1)[0])
                            .instantiate(Guests.module("wat/runaway"));
                    results[0] = instance.function("host_once").call(199)[0];
                },
                "512 KiB",
                512 << 10);
        thread.start();
        thread.join();
        assertThat(results[0]).isEqualTo(7);
    }

    @Test
    void callsToTheHostAreCountedByTheCall() {
        Instance instance = runaway(Limits.defaults().hostCalls(3));
        for (int i = 0; i < 10; i++) {
            assertThat(instance.function("host_once").call(5)).containsExactly(5);
        }
        assertThat(over(Kind.HOST_CALLS, () -> instance.function("host_loop").call(1)))
                .hasMessage("over the limit of 3 calls to the host in a call: the guest asked for 4");
        assertThatThrownBy(() -> instance.function("quick").call()).hasMessageContaining("it was cut off before");
    }

    interface Greeter {
        String greet(String name);
    }

    private static Greeter greeter(String guest, Limits limits) {
        return Airlock.open(Guests.file(guest))
                .unknownImportsAsTraps()
                .limits(limits)
                .as(Greeter.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rust/kit", "components/rust/kit"})
    void whatAGuestHandsOverHasALimit(String guest) {
        Limits limits = Limits.defaults().stringBytes(11);
        assertThat(greeter(guest, limits).greet("Ada")).isEqualTo("Hello, Ada!");
        assertThat(over(Kind.PAYLOAD, () -> greeter(guest, limits).greet("Adam")))
                .hasMessage("over the limit of 11 bytes of a string or list: the guest asked for 12");
    }

    interface Nested {
        List<String> echoStrings(List<String> values);

        List<short[]> echoNested(List<short[]> values);
    }

    private static Nested nested(long payloadBytes) {
        return Airlock.open(Guests.file("components/rust/kit"))
                .unknownImportsAsTraps()
                .limits(Limits.defaults().payloadBytes(payloadBytes))
                .as(Nested.class);
    }

    /** All together: each alone is within the limit. */
    @Test
    void whatAComponentHandsOverInOneValueHasALimit() {
        List<String> strings = List.of("Ada", "Grace", "Alan");
        assertThat(nested(12).echoStrings(strings)).isEqualTo(strings);
        LimitException over = over(Kind.PAYLOAD, () -> nested(11).echoStrings(strings));
        assertThat(over)
                .hasMessage("over the limit of 11 bytes of lists and strings within one value:"
                        + " the guest asked for 12");
        assertThat(over.value()).isEqualTo(11);
        List<short[]> lists = List.of(new short[] {1, 2}, new short[] {3, 4, 5});
        assertThat(nested(10).echoNested(lists)).containsExactly(lists.get(0), lists.get(1));
        assertThat(over(Kind.PAYLOAD, () -> nested(9).echoNested(lists)).asked())
                .isEqualTo(10);
    }

    interface Asker {
        String ask(String question);
    }

    @ParameterizedTest
    @CsvSource({"rust/kit,env", "components/rust/kit,demo:kit/host"})
    void callsToJavaObjectsCountAsWell(String guest, String module) {
        Object host = new Object() {
            @SuppressWarnings("unused")
            String answer(String question) {
                return question;
            }
        };
        Guest opened = Airlock.open(Guests.file(guest)).imports(module, host).unknownImportsAsTraps();
        Asker once = opened.limits(Limits.defaults().hostCalls(1)).as(Asker.class);
        assertThat(once.ask("a")).endsWith("a");
        assertThat(once.ask("b")).as("by the call").endsWith("b");
        Asker never = opened.limits(Limits.defaults().hostCalls(0)).as(Asker.class);
        over(Kind.HOST_CALLS, () -> never.ask("a"));
    }

    @Test
    void aComponentHasOneLimitForAllItsInstances() {
        Guest wide = Airlock.open(Guests.file("components/wat/wide"));
        assertThat(over(
                        Kind.INSTANCES,
                        () -> wide.limits(Limits.defaults().instances(10)).as(Runnable.class)))
                .hasMessage("over the limit of 10 instances in one component: the guest asked for 11");
        over(
                Kind.MEMORY,
                () -> wide.limits(Limits.defaults().memoryBytes(31 * PAGE)).as(Runnable.class));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void limitsAreNotNegative(long value) {
        assertThatThrownBy(() -> Limits.defaults().memoryBytes(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a limit is not negative: " + value);
        assertThatThrownBy(() -> Limits.defaults().timeout(Duration.ofNanos(value)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Limits.defaults().callDepth(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void limitsAreImmutable() {
        Limits some = Limits.defaults().memoryBytes(1);
        assertThat(some.hostCalls(2).memoryBytes()).isEqualTo(1);
        assertThat(some.hostCalls()).isEqualTo(Limits.UNLIMITED);
        assertThat(Limits.defaults().memoryBytes()).isEqualTo(1 << 30);
    }

    @Test
    void anArrayOfACollectorThatDoesNotFitIsALimit() {
        // array.new_default of 2^31 - 1 elements of 8 bytes
        byte[] body = {0, 0x41, -1, -1, -1, -1, 7, -5, 7, 0, 0x1a, 0x0b};
        byte[] module = Binary.module(
                Binary.section(1, 2, 0x5e, 0x7e, 1, 0x60, 0, 0),
                Binary.section(3, 1, 1),
                Binary.section(7, 1, "run", 0, 0),
                Binary.section(10, 1, body.length, body));
        Instance instance = new Linker().instantiate(Engine.create().compile("guest.wasm", module));
        Runnable call = instance.function("run", Runnable.class);
        assertThatThrownBy(call::run).isInstanceOf(LimitException.class);
        assertThatThrownBy(call::run).isInstanceOf(InstanceStateException.class);
    }
}
