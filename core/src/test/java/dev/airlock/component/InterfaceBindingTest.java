package dev.airlock.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Airlock;
import dev.airlock.ComponentGuest;
import dev.airlock.Guest;
import dev.airlock.Guests;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LinkException;
import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.error.ValueException;
import dev.airlock.mapping.GuestName;
import dev.airlock.mapping.Tuple2;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Java interfaces bound to components: functions, resources of both sides, and host objects. */
class InterfaceBindingTest {
    interface Greeter {
        String greet(String name);
    }

    record Point(int x, int y) {}

    record Line(Point start, Point end, String label) {}

    static final class Overdraft extends Exception {
        private static final long serialVersionUID = 1L;

        Overdraft(String message) {
            super(message);
        }
    }

    interface Account extends AutoCloseable {
        String owner();

        long balance();

        long deposit(long amount);

        long withdraw(long amount) throws Overdraft;

        void transfer(Account to, long amount) throws Overdraft;

        default String label() {
            return owner() + ": " + balance();
        }

        @Override
        void close();
    }

    record Holding(Account account, String label) {}

    interface Api extends AutoCloseable {
        String greet(String name);

        byte[] reverse(byte[] bytes);

        List<Line> echoLines(List<Line> lines);

        Tuple2<String, Integer> swap(Tuple2<Integer, String> both);

        int divide(int a, int b) throws Overdraft;

        String fail(String text);

        Account newAccount(String owner);

        List<Account> accountOpenAll(List<String> owners);

        @GuestName("[static]account.merge")
        Account merged(Account a, Account b);

        int accountExisting();

        long total(List<Account> accounts);

        @GuestName("close")
        long closeAccount(Account account);

        Holding echoHolding(Holding holding);

        Optional<Account> richest(List<Account> accounts);

        default String greetAll(String... names) {
            return String.join(" ", Stream.of(names).map(this::greet).toList());
        }

        @Override
        void close();
    }

    enum Level {
        DEBUG,
        INFO,
        WARN
    }

    sealed interface Refusal {
        record Empty() implements Refusal {}

        record TooLong(int size) implements Refusal {}

        record Other(String why) implements Refusal {}
    }

    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Refusal why;

        Refused(Refusal why) {
            this.why = why;
        }

        Refusal error() {
            return why;
        }
    }

    record Entry(int id, String name, double price) {}

    static final class Tally implements AutoCloseable {
        private final List<Tally> closed;
        private int total;

        Tally(int start, List<Tally> closed) {
            this.total = start;
            this.closed = closed;
        }

        int add(int by) {
            total += by;
            return total;
        }

        int value() {
            return total;
        }

        boolean larger(Tally than) {
            return total > than.total;
        }

        @Override
        public void close() {
            closed.add(this);
        }
    }

    static final class Host {
        private final List<String> logged = new ArrayList<>();
        private final List<Tally> closed = new ArrayList<>();

        void log(String text) {
            logged.add(text);
        }

        String answer(String question) {
            throw new IllegalStateException("no answer to " + question);
        }

        int add(int a, int b) {
            return a + b;
        }

        void tick() {}

        int check(String text) throws Refused {
            if (text.isEmpty()) {
                throw new Refused(new Refusal.Empty());
            }
            if (text.length() > 5) {
                throw new Refused(new Refusal.TooLong(text.length()));
            }
            return text.length();
        }

        List<Entry> review(Level level, List<Entry> entries) throws Refused {
            if (level == Level.WARN) {
                throw new Refused(new Refusal.Other("warned"));
            }
            return entries;
        }

        Tally newTally(int start) {
            return new Tally(start, closed);
        }

        Tally tallyMerge(Tally a, Tally b) {
            return new Tally(a.total + b.total, closed);
        }

        Optional<Tally> openTally(String name) {
            return name.isEmpty() ? Optional.empty() : Optional.of(new Tally(name.length(), closed));
        }
    }

    /** The imports that {@link Host} does not implement. */
    record Large(
            boolean a,
            byte b,
            int c,
            short d,
            int e,
            int f,
            int g,
            long h,
            long i,
            float j,
            double k,
            int l,
            String m,
            int[] n,
            Optional<Integer> o,
            Level p,
            Tuple2<Integer, Long> q) {}

    static final class Relay {
        Large relay(Large all) {
            return all;
        }
    }

    interface Hosted {
        void shout(String text);

        String ask(String question);

        int addByHost(int a, int b);

        int check(String text) throws Refused;

        List<Entry> review(Level level, List<Entry> entries) throws Refused;

        int countOn(Tally tally, int times);

        Tally makeTally(int start);

        void dropTally(Tally tally);

        Tally mergeTallies(Tally a, Tally b);

        Optional<Integer> largestTally(List<Tally> tallies);

        Optional<Tally> openTally(String name);

        void keepTally(Tally tally);
    }

    private static Guest kit(String language, Host host) {
        return Airlock.open(Guests.file("components/" + language + "/kit"))
                .imports("demo:kit/host", host)
                .imports("demo:kit/host", new Relay());
    }

    @Test
    void oneInterfaceWorksForModulesAndComponents() {
        var answers = new ArrayList<String>();
        for (String file : List.of("rust/kit", "c/kit", "components/c/kit", "components/javascript/kit")) {
            try (Guest guest = Airlock.open(Guests.file(file))) {
                Guest served = guest instanceof ComponentGuest
                        ? guest.imports("demo:kit/host", new Host()).imports("demo:kit/host", new Relay())
                        : guest.imports("env", new CoreHost());
                answers.add(served.as(Greeter.class).greet(file));
            }
        }
        assertThat(answers)
                .containsExactly(
                        "Hello, rust/kit!",
                        "Hello, c/kit!",
                        "Hello, components/c/kit!",
                        "Hello, components/javascript/kit!");
    }

    static final class CoreHost {
        void log(String message) {
            throw new IllegalStateException(message);
        }

        String answer(String question) {
            return question;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c", "rust", "javascript"})
    void valuesCrossByTheirJavaTypes(String language) throws Exception {
        try (Guest guest = kit(language, new Host())) {
            Api api = guest.as(Api.class);
            assertThat(api.greetAll("Ada", "世界")).isEqualTo("Hello, Ada! Hello, 世界!");
            assertThat(api.reverse(new byte[] {1, 2, 3})).containsExactly(3, 2, 1);
            List<Line> lines = List.of(new Line(new Point(1, 2), new Point(3, -4), "é"));
            assertThat(api.echoLines(lines)).isEqualTo(lines);
            assertThat(api.swap(new Tuple2<>(7, "x"))).isEqualTo(new Tuple2<>("x", 7));
            assertThat(api.divide(7, 2)).isEqualTo(3);
            assertThatThrownBy(() -> api.divide(7, 0))
                    .isExactlyInstanceOf(Overdraft.class)
                    .hasMessage("division by zero");
            assertThat(api.divide(8, 2)).isEqualTo(4);
            assertThatThrownBy(() -> api.greet(null)).isInstanceOf(ValueException.class);
            assertThatThrownBy(() -> api.total(Collections.singletonList(null))).isInstanceOf(ValueException.class);
            assertThat(api.greet("Eve")).isEqualTo("Hello, Eve!");
            assertThat(api.toString()).startsWith("Api by instance of kit.wasm");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c", "rust"})
    void resourcesOfAGuestAreObjects(String language) throws Exception {
        try (Guest guest = kit(language, new Host())) {
            Api api = guest.as(Api.class);
            Account ada = api.newAccount("Ada");
            Account bob = api.accountOpenAll(List.of("Bob", "Eve")).get(0);
            assertThat(ada.deposit(10)).isEqualTo(10);
            ada.transfer(bob, 4);
            assertThat(api.total(List.of(ada, bob))).isEqualTo(10);
            assertThat(bob.label()).isEqualTo("Bob: 4");
            assertThatThrownBy(() -> bob.withdraw(5))
                    .isInstanceOf(Overdraft.class)
                    .hasMessage("insufficient funds");
            Holding holding = api.echoHolding(new Holding(ada, "mine"));
            assertThat(holding.label()).isEqualTo("mine");
            assertThatThrownBy(ada::owner)
                    .isInstanceOf(InstanceStateException.class)
                    .hasMessageContaining("it was given away");
            ada.close();
            assertThat(holding.account().owner()).isEqualTo("Ada");
            Account both = api.merged(holding.account(), bob);
            assertThat(both.owner()).isEqualTo("Ada & Bob");
            assertThatThrownBy(() -> api.total(List.of(both, bob)))
                    .isInstanceOf(ValueException.class)
                    .hasMessageContaining("given away");
            assertThat(api.total(List.of(both))).isEqualTo(10);
            both.close();
            both.close();
            assertThatThrownBy(both::balance)
                    .isInstanceOf(InstanceStateException.class)
                    .hasMessageContaining("it is closed");
            Account last = api.newAccount("Last");
            assertThat(api.closeAccount(api.newAccount("Zoe"))).isZero();
            api.close();
            assertThatThrownBy(last::owner).isInstanceOf(InstanceStateException.class);
            last.close();
        }
    }

    /** The part that the JavaScript kit supports: guests/components/README.md lists the faults of its compiler. */
    @Test
    void resourcesCrossToJavaScript() {
        Host host = new Host();
        try (Guest guest = kit("javascript", host)) {
            Api api = guest.as(Api.class);
            Account ada = api.newAccount("Ada");
            Account bob = api.accountOpenAll(List.of("Bob")).get(0);
            assertThat(ada.deposit(10)).isEqualTo(10);
            assertThat(bob.label()).isEqualTo("Bob: 0");
            assertThat(api.total(List.of(ada, bob))).isEqualTo(10);
            ada.close();
            assertThatThrownBy(ada::owner).isInstanceOf(InstanceStateException.class);
            Hosted hosted = guest.as(Hosted.class);
            Tally mine = new Tally(5, host.closed);
            assertThat(hosted.mergeTallies(mine, hosted.makeTally(2)).value()).isEqualTo(7);
        }
    }

    @Test
    void aResourceOfAnotherInstanceIsRefused() {
        try (Guest guest = kit("c", new Host())) {
            Api api = guest.as(Api.class);
            Account foreign = guest.as(Api.class).newAccount("Mallory");
            assertThatThrownBy(() -> api.total(List.of(foreign)))
                    .isInstanceOf(ValueException.class)
                    .hasMessageContaining("one of another instance");
            assertThat(api.newAccount("Ada").getClass()).isSameAs(foreign.getClass());
        }
    }

    @Test
    void aResourceOfATrappedInstanceIsRefused() {
        try (Guest guest = kit("c", new Host())) {
            Api api = guest.as(Api.class);
            Account ada = api.newAccount("Ada");
            assertThatThrownBy(() -> api.fail("now")).isInstanceOf(Trap.class);
            assertThatThrownBy(ada::owner).isInstanceOf(InstanceStateException.class);
            ada.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c", "rust", "javascript"})
    void anObjectImplementsAnInterface(String language) throws Exception {
        Host host = new Host();
        try (Guest guest = kit(language, host)) {
            Hosted api = guest.as(Hosted.class);
            api.shout("hey");
            assertThat(host.logged).containsExactly("hey!");
            assertThat(api.addByHost(1, 2)).isEqualTo(3);
            assertThat(api.check("abc")).isEqualTo(3);
            assertThatThrownBy(() -> api.check("abcdef"))
                    .isInstanceOfSatisfying(
                            Refused.class, e -> assertThat(e.error()).isEqualTo(new Refusal.TooLong(6)));
            List<Entry> entries = List.of(new Entry(1, "a", 0.5));
            assertThat(api.review(Level.INFO, entries)).isEqualTo(entries);
            assertThatThrownBy(() -> api.review(Level.WARN, entries))
                    .isInstanceOfSatisfying(
                            Refused.class, e -> assertThat(e.error()).isEqualTo(new Refusal.Other("warned")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c", "rust"})
    void resourcesOfTheHostAreItsObjects(String language) {
        Host host = new Host();
        try (Guest guest = kit(language, host)) {
            Hosted api = guest.as(Hosted.class);
            Tally mine = new Tally(5, host.closed);
            assertThat(api.countOn(mine, 3)).isEqualTo(8);
            assertThat(mine.value()).isEqualTo(8);
            Tally made = api.makeTally(2);
            assertThat(api.largestTally(List.of(made, mine))).contains(1);
            assertThat(api.openTally("")).isEmpty();
            assertThat(api.openTally("four").orElseThrow().value()).isEqualTo(4);
            assertThat(api.mergeTallies(made, mine).value()).isEqualTo(10);
            assertThat(host.closed).isEmpty();
            api.dropTally(mine);
            api.keepTally(made);
            assertThat(host.closed).containsExactly(mine);
        }
        assertThat(host.closed).hasSize(2);
    }

    @Test
    void anExceptionOfTheHostIsATrapThatKeepsIt() {
        try (Guest guest = kit("c", new Host())) {
            Hosted api = guest.as(Hosted.class);
            assertThatThrownBy(() -> api.ask("why"))
                    .isInstanceOf(Trap.class)
                    .hasMessageContaining("demo:kit/host#answer")
                    .hasRootCauseInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("no answer to why");
            assertThatThrownBy(() -> api.addByHost(1, 2)).isInstanceOf(InstanceStateException.class);
        }
    }

    static final class Reentering {
        private Greeter api = name -> name;

        String answer(String question) {
            return api.greet(question);
        }
    }

    @Test
    void aHostFunctionCannotEnterTheGuestThatCallsIt() {
        var reentering = new Reentering();
        try (Guest guest = kit("c", new Host()).imports("demo:kit/host", reentering)) {
            Both api = guest.as(Both.class);
            reentering.api = api;
            assertThatThrownBy(() -> api.ask("why"))
                    .isInstanceOf(Trap.class)
                    .hasRootCauseInstanceOf(InstanceStateException.class);
        }
    }

    interface Both extends Greeter {
        String ask(String question);
    }

    @Test
    void undefinedImportsTrapIfTheGuestAllowsThem() {
        try (Guest guest = Airlock.open(Guests.file("components/rust/kit"))) {
            Both api = guest.unknownImportsAsTraps().as(Both.class);
            assertThat(api.greet("Ada")).isEqualTo("Hello, Ada!");
            assertThatThrownBy(() -> api.ask("why"))
                    .isInstanceOf(Trap.class)
                    .hasMessageContaining("demo:kit/host#answer");
        }
    }

    interface World {
        Greeter api();

        @GuestName("demo:kit/api")
        Numbers numbers();
    }

    interface Numbers {
        int add(int a, int b);
    }

    @Test
    void aMethodReturnsAnInterface() {
        try (Guest guest = kit("c", new Host())) {
            World world = guest.as(World.class);
            assertThat(world.api().greet("Ada")).isEqualTo("Hello, Ada!");
            assertThat(world.numbers().add(1, 2)).isEqualTo(3);
        }
    }

    interface Wrong {
        int greet(String name);

        String greeet(String name);

        long sum(List<String> values);
    }

    interface Elsewhere {
        @GuestName("demo:kit/nowhere")
        Greeter other();
    }

    @Test
    void allMismatchesAreReportedAtOnce() {
        try (Guest guest = kit("c", new Host())) {
            assertThatThrownBy(() -> guest.as(Wrong.class))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContainingAll(
                            "Wrong does not fit kit.wasm",
                            "Wrong.greet(String name)",
                            "Java has int (s32), WIT has string (String)",
                            "Wrong.greeet: demo:kit/api does not have it",
                            "Wrong.sum(List<String> values)");
            assertThatThrownBy(() -> guest.as(Elsewhere.class))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining("the component exports no interface demo:kit/nowhere");
        }
    }

    static final class WrongHost {
        long log(String text) {
            return text.length();
        }

        String answer(int question) {
            return "" + question;
        }
    }

    @Test
    void aMismatchedObjectIsRefusedWhenItIsAdded() {
        try (Guest guest = Airlock.open(Guests.file("components/c/kit"))) {
            assertThatThrownBy(() -> guest.imports("demo:kit/host", new WrongHost()))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContainingAll("log: ", "answer: ", "WrongHost");
            assertThatThrownBy(() -> guest.imports("demo:kit/hos", new Host()))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining("imports no interface \"demo:kit/hos\"");
            assertThatThrownBy(() -> guest.imports("demo:kit/host", new Relay()).as(Greeter.class))
                    .isInstanceOfSatisfying(
                            LinkException.class,
                            e -> assertThat(e.problems())
                                    .singleElement()
                                    .asString()
                                    .contains("- log: func"));
        }
    }

    @Test
    void componentsCannotRunAsProgramsYet() {
        try (ComponentGuest guest = Airlock.openComponent(Guests.file("components/c/kit"))) {
            assertThat(guest.component().exports()).contains("demo:kit/api");
            assertThatThrownBy(guest::program)
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining("components cannot be run as programs yet");
        }
    }

    static final class Clock {
        private final int reading;

        Clock(int reading) {
            this.reading = reading;
        }

        int get() {
            return reading;
        }
    }

    @GuestName("test:corners/sums@0.2.1")
    interface Sum {
        int sum();
    }

    @Test
    void anObjectImplementsAnInterfaceOfACompatibleVersion() {
        try (Guest guest = Airlock.open(Guests.file("components/wat/versions"))) {
            Guest served = guest.imports("test:clock/zero@0.2.9", new Clock(1000))
                    .imports("test:clock/one@1.0.0", new Clock(100))
                    .imports("test:clock/early@1.0.0-rc.1", new Clock(10))
                    .imports("test:clock/plain", new Clock(1));
            assertThat(served.as(Sum.class).sum()).isEqualTo(1111);
            assertThat(served.imports("test:clock/one@1.9.0", new Clock(200))
                            .as(Sum.class)
                            .sum())
                    .as("what was given last")
                    .isEqualTo(1211);
            for (String wrong : List.of(
                    "test:clock/zero@0.3.0",
                    "test:clock/one@2.0.0",
                    "test:clock/early@1.0.0",
                    "test:clock/plain@1.0.0")) {
                assertThatThrownBy(() -> guest.imports(wrong, new Clock(0)))
                        .isInstanceOf(SignatureException.class)
                        .hasMessageContaining("imports no interface \"" + wrong + "\"");
            }
        }
    }

    /** The next instance reuses what was found out for the first one, including the methods of resources. */
    @Test
    void manyInstancesShareOneRecipe() {
        try (Guest guest = kit("c", new Host())) {
            for (int i = 0; i < 3; i++) {
                Api api = guest.as(Api.class);
                try (Account account = api.newAccount("Ada")) {
                    assertThat(account.deposit(i)).isEqualTo(i);
                }
            }
        }
    }
}
