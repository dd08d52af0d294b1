package dev.airlock.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Airlock;
import dev.airlock.ComponentGuest;
import dev.airlock.Guest;
import dev.airlock.Guests;
import dev.airlock.engine.Module;
import dev.airlock.error.LinkException;
import dev.airlock.error.SignatureException;
import dev.airlock.mapping.GuestName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Java objects that implement imports: outside of interfaces, with resources across objects, and by similar names. */
class ComponentImportsTest {
    private static ComponentGuest open(String corner) {
        return Airlock.openComponent(Guests.file("components/wat/" + corner));
    }

    interface Run {
        void run();
    }

    static final class Printer {
        final List<String> printed = new ArrayList<>();

        void print(String message) {
            printed.add(message);
        }
    }

    @Test
    void aFunctionOfTheWorld() {
        var printer = new Printer();
        try (Guest guest = open("world-import").imports(printer)) {
            guest.as(Run.class).run();
        }
        assertThat(printer.printed).containsExactly("hello from the world");
    }

    interface Count {
        int run();
    }

    static final class R implements AutoCloseable {
        boolean closed;

        @Override
        public void close() {
            closed = true;
        }
    }

    static final class Maker {
        final R made = new R();

        R make() {
            return made;
        }
    }

    @Test
    void aResourceOfTheWorld() {
        var maker = new Maker();
        try (Guest guest = open("world-resource").imports(maker)) {
            assertThat(guest.as(Count.class).run()).isEqualTo(1);
            assertThat(maker.made.closed).isTrue();
        }
    }

    /** All imports of the world {@code unmet}. */
    static class World {
        final List<String> said = new ArrayList<>();

        final class Blob implements AutoCloseable {
            final int x;

            Blob(int x) {
                this.x = x;
            }

            int size() {
                return x;
            }

            @Override
            public void close() {
                said.add("dropped " + x);
            }
        }

        int plain(int x) {
            return x + 1;
        }

        Blob newBlob(int x) {
            return new Blob(x);
        }
    }

    static final class Cup implements AutoCloseable {
        final int filled;

        Cup(int filled) {
            this.filled = filled;
        }

        @Override
        public void close() {}
    }

    static final class Outer {
        int accessed;

        int resize(World.Blob blob, int by) {
            return blob.x + by;
        }

        Inner inner() {
            accessed++;
            return new Inner();
        }
    }

    static final class Inner {
        Cup fill(int x) {
            return new Cup(x);
        }

        int drink(Cup cup) {
            return cup.filled * 2;
        }

        Deep deep() {
            return new Deep();
        }
    }

    static final class Deep {
        int twice(int x) {
            return 2 * x;
        }
    }

    static final class Modules {
        Module answers() {
            return UnknownImportsTest.answers();
        }
    }

    interface Unmet {
        int callPlain(int x);

        int ofWorld(int x);

        int callInner(int x);

        int callDeep(int x);

        int module();
    }

    @Test
    void allKindsOfImportsByTheirJavaTypes() {
        var world = new World();
        var outer = new Outer();
        try (Guest guest = open("unmet")
                .imports("outer", outer)
                .imports(world)
                .imports("modules", new Modules())
                .unknownImportsAsTraps()) {
            for (int i = 0; i < 2; i++) {
                Unmet unmet = guest.as(Unmet.class);
                assertThat(unmet.callPlain(4)).isEqualTo(5);
                assertThat(unmet.ofWorld(3)).isEqualTo(403);
                assertThat(unmet.callInner(5)).isEqualTo(10);
                assertThat(unmet.callDeep(6)).isEqualTo(12);
                assertThat(unmet.module()).isEqualTo(42);
            }
        }
        assertThat(world.said).containsExactly("dropped 3", "dropped 3");
        assertThat(outer.accessed).isEqualTo(1);
    }

    @Test
    void oneObjectMayReturnInstancesOfTheWorldToo() {
        class Whole extends World {
            Outer outer() {
                return new Outer();
            }

            Modules modules() {
                return new Modules();
            }
        }
        try (Guest guest = open("unmet").imports(new Whole()).unknownImportsAsTraps()) {
            assertThat(guest.as(Unmet.class).callDeep(1)).isEqualTo(2);
        }
    }

    @Test
    void aMethodThatReturnsNoInstanceOrModuleIsRefused() {
        class NoModule {
            String answers() {
                return "42";
            }
        }
        class NoInstance {
            int inner() {
                return 1;
            }
        }
        class Nothing {
            Object inner() {
                return "nothing of it";
            }
        }
        class Throws {
            Object inner() {
                throw new IllegalStateException("not now");
            }
        }
        try (Guest guest = open("unmet")) {
            assertThatThrownBy(() -> guest.imports("modules", new NoModule()))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining("answers: a core module: its method must return a dev.airlock.engine.Module,"
                            + " but returned a java.lang.String");
            assertThatThrownBy(() -> guest.imports("outer", new Nothing()))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining("java.lang.String serves nothing that unmet.wasm imports from outer#inner")
                    .hasMessageContaining("fill: func(x: u32) -> cup");
            assertThatThrownBy(() -> guest.imports("outer", new NoInstance()))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining("java.lang.Integer serves nothing that unmet.wasm imports from outer#inner");
            assertThatThrownBy(() -> guest.imports("outer", new Throws()))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining("Throws.inner, which returns inner, threw")
                    .hasRootCauseMessage("not now");
        }
    }

    // Resources across objects.

    static final class Blob implements AutoCloseable {
        @Override
        public void close() {}

        int size() {
            return 7;
        }
    }

    static final class Plain {
        int plain(int x) {
            return x;
        }
    }

    static final class Blobs {
        @GuestName("[constructor]blob")
        Blob make(int x) {
            return new Blob();
        }
    }

    static final class Resizer {
        int resize(Blob blob, int by) {
            return blob.size() + by;
        }
    }

    @Test
    void aClassIsKnownAcrossObjectsInAnyOrder() {
        try (Guest guest = open("unmet").imports("modules", new Modules()).unknownImportsAsTraps()) {
            Guest one = guest.imports(new Blobs()).imports("outer", new Resizer());
            Guest other = guest.imports("outer", new Resizer()).imports(new Blobs());
            assertThat(one.as(Unmet.class).ofWorld(1)).isEqualTo(807);
            assertThat(other.as(Unmet.class).ofWorld(1)).isEqualTo(807);
        }
    }

    static final class OtherBlobs {
        static final class Blob implements AutoCloseable {
            @Override
            public void close() {}
        }

        int resize(Blob blob, int by) {
            return by;
        }
    }

    @Test
    void oneResourceHasOneClass() {
        try (Guest guest = open("unmet").imports(new Blobs())) {
            assertThatThrownBy(() -> guest.imports("outer", new OtherBlobs()))
                    .isInstanceOf(SignatureException.class)
                    .hasMessage("""
                            dev.airlock.component.ComponentImportsTest$OtherBlobs does not fit outer, which unmet.wasm imports
                              the resource blob is dev.airlock.component.ComponentImportsTest$Blob in Blobs.make, \
                            and dev.airlock.component.ComponentImportsTest$OtherBlobs$Blob in OtherBlobs.resize""".stripIndent());
        }
    }

    /** A class with the resource's name, which no method of the host mentions. */
    static final class Cup2 {
        static final class Cup implements AutoCloseable {
            @Override
            public void close() {}
        }
    }

    static final class Drinker {
        @GuestName("make-plate")
        Plate plate() {
            return new Plate();
        }

        static final class Plate implements AutoCloseable {
            @Override
            public void close() {}
        }
    }

    @GuestName("test:corners/handles")
    interface Handles {
        void drop(Cup2.Cup cup);
    }

    @Test
    void aClassThatNoMethodMentionsIsAddedByName() {
        try (Guest guest = open("handles").unknownImportsAsTraps()) {
            Guest named = guest.imports("host", new Drinker(), Cup2.Cup.class);
            named.as(Handles.class).drop(new Cup2.Cup());
            // The guest's borrow was dropped, not the object.
            assertThatThrownBy(() -> guest.imports("host", new Drinker(), Printer.class))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining("Printer cannot be the class of a resource: it must be AutoCloseable");
            assertThatThrownBy(() -> guest.imports("host", new Drinker(), R.class))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining("R has the name of no resource here; there are cup, plate");
        }
    }

    // Names.

    static final class Labels {
        final List<String> said = new ArrayList<>();

        int httpLog(int status) {
            said.add("status " + status);
            return status + 1;
        }

        int aB() {
            return 10;
        }

        @GuestName("ab")
        int other() {
            return 1;
        }
    }

    static final class HttpTypes {
        final List<String> said = new ArrayList<>();

        HttpClient newHttpClient(int seed) {
            return new HttpClient(seed);
        }

        int httpClientOpenNow() {
            return 200;
        }

        final class HttpClient implements AutoCloseable {
            private final int seed;

            HttpClient(int seed) {
                this.seed = seed;
            }

            int get() {
                return seed;
            }

            @Override
            public void close() {
                said.add("closed");
            }
        }
    }

    interface LabelsApi {
        int run();

        int httpGet();

        int twice();

        HttpApi httpApi();
    }

    interface HttpApi {
        int getIt();
    }

    interface Near {
        @GuestName("s-h-a-1")
        int sha();
    }

    @Test
    void methodsMatchLabelsAsFieldsDo() {
        var labels = new Labels();
        var types = new HttpTypes();
        try (Guest guest = open("labels").imports(labels).imports("test:corners/HTTP-types", types)) {
            LabelsApi api = guest.as(LabelsApi.class);
            assertThat(api.run()).isEqualTo(201);
            assertThat(labels.said).containsExactly("status 200");
            assertThat(types.said).containsExactly("closed");
            assertThat(api.httpGet()).isEqualTo(1);
            assertThat(api.twice()).isEqualTo(11);
            assertThat(api.httpApi().getIt()).isEqualTo(1);
            assertThat(guest.as(Near.class).sha()).isEqualTo(3);
        }
    }

    interface Ambiguous {
        int sHa1();
    }

    @Test
    void guestNameChoosesBetweenTwoLabelsOfOneMethod() {
        try (Guest guest = open("labels").unknownImportsAsTraps()) {
            assertThatThrownBy(() -> guest.as(Ambiguous.class))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining("Ambiguous.sHa1: it may stand for sha-1, s-h-a-1; choose one by @GuestName");
        }
    }

    // Versions.

    static final class Clock {
        int get() {
            return 1;
        }
    }

    @GuestName("test:corners/sums@0.3.0")
    interface Sum {
        int sum();
    }

    @GuestName("test:corners/sums")
    interface AnySum {
        int sum();
    }

    @GuestName("test:corners/HTTP-api")
    interface AnyApi {
        int getIt();
    }

    @Test
    void aNameWithoutAVersionMeansTheOneImportedVersion() {
        try (Guest guest = open("versions")) {
            Guest served = guest.imports("test:clock/zero", new Clock())
                    .imports("test:clock/one", new Clock())
                    .imports("test:clock/early", new Clock())
                    .imports("test:clock/plain", new Clock());
            assertThat(served.as(Sum.class).sum()).isEqualTo(4);
            assertThatThrownBy(() -> served.as(AnySum.class))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining("the component exports several interfaces test:corners/sums:"
                            + " test:corners/sums@0.2.1, test:corners/sums@0.3.0; give the whole name of one");
        }
        try (Guest guest = open("labels").unknownImportsAsTraps()) {
            assertThat(guest.as(AnyApi.class).getIt()).isEqualTo(1);
        }
    }

    @Test
    void severalVersionsAreListed() {
        try (Guest guest = open("two-versions")) {
            assertThatThrownBy(() -> guest.imports("test:clock/now", new Clock()))
                    .isInstanceOf(SignatureException.class)
                    .hasMessage("two-versions.wasm imports several versions of the interface \"test:clock/now\":"
                            + " test:clock/now@1.0.0, test:clock/now@2.1.0; name the one that"
                            + " dev.airlock.component.ComponentImportsTest$Clock serves");
            assertThat(guest.imports("test:clock/now@1.0.0", new Clock())
                            .imports("test:clock/now@2.1.0", new Clock())
                            .as(Run2.class)
                            .now())
                    .isEqualTo(2);
            assertThatThrownBy(() ->
                            guest.imports("test:clock/now@1.0.0", new Clock()).as(Run2.class))
                    .isInstanceOf(LinkException.class)
                    .hasMessageContaining(
                            "test:clock/now@2.1.0 is not defined (did you mean \"test:clock/now@1.0.0\"?)");
        }
    }

    interface Run2 {
        @GuestName("run")
        int now();
    }

    // Objects that implement nothing.

    static final class Typo {
        void prin(String message) {}

        private void print(String message) {}
    }

    @Test
    void anObjectThatImplementsNothingIsRefusedWithTheNearestName() {
        try (Guest guest = open("world-import")) {
            assertThatThrownBy(() -> guest.imports(new Typo()))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining("Typo serves nothing that world-import.wasm imports outside of interfaces")
                    .hasMessageContaining(
                            "print: func(msg: string) (print is private, and such methods serve nothing)");
            assertThatThrownBy(() -> guest.imports("print", new Printer()))
                    .isInstanceOf(SignatureException.class)
                    .hasMessage(
                            "\"print\" is a func that world-import.wasm imports outside of interfaces: give the object that"
                                    + " serves it by imports(host), without a name");
            assertThatThrownBy(() -> guest.imports("prints", new Printer()))
                    .isInstanceOf(SignatureException.class)
                    .hasMessage("world-import.wasm imports no interface \"prints\"; it imports none");
        }
        try (Guest guest = open("versions")) {
            assertThatThrownBy(() -> guest.imports(new Clock()))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining("versions.wasm imports no function outside of interfaces")
                    .hasMessageContaining("name the interface that it serves, one of test:clock/zero@0.2.1");
            assertThatThrownBy(() -> guest.imports("test:clock/zero@0.2.1", new Printer()))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining(
                            "Printer serves nothing that versions.wasm imports from test:clock/zero@0.2.1")
                    .hasMessageContaining("get: func() -> u32")
                    .hasMessageContaining("its methods are print");
            assertThatThrownBy(() -> guest.imports("tset:clock/zero@0.2.1", new Clock()))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining(
                            "(did you mean \"test:clock/zero@0.2.1\"?); it imports test:clock/zero@0.2.1,");
            assertThatThrownBy(() -> guest.imports("zero", new Clock()))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining("imports no interface \"zero\" (did you mean \"test:clock/zero@0.2.1\"?)");
        }
    }

    @Test
    void aCoreModuleHasNoWorld() {
        try (Guest guest = Airlock.open(Guests.file("wat/labels"))) {
            assertThatThrownBy(() -> guest.imports(new Clock()))
                    .isInstanceOf(SignatureException.class)
                    .hasMessage(
                            "labels.wasm is a core module, and its imports have two names: write imports(\"env\", host);"
                                    + " it imports from env");
        }
    }
}
