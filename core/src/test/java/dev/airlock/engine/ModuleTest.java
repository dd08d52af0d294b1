package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.fail;

import dev.airlock.Guests;
import dev.airlock.error.AirlockException;
import dev.airlock.error.LimitException;
import dev.airlock.error.ModuleException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.ExportType;
import dev.airlock.type.GlobalType;
import dev.airlock.type.ImportType;
import dev.airlock.type.MemoryType;
import dev.airlock.type.TableType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntBinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class ModuleTest {
    private final Engine engine = Engine.create();

    private ModuleException refused(byte[] bytes) {
        ModuleException e = catchThrowableOfType(ModuleException.class, () -> engine.compile("guest.wasm", bytes));
        assertThat(e).as("it was compiled").isNotNull();
        return e;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    // What is no module.

    static Stream<Arguments> otherFormats() {
        String magic = "guest.wasm, byte 0: not WebAssembly: the first four bytes have to be 00 61 73 6d (\\0asm)";
        return Stream.of(
                Arguments.of(
                        "(module)".getBytes(StandardCharsets.UTF_8),
                        magic + "; this looks like the text format, to be assembled first"),
                Arguments.of(bytes('P', 'K', 3, 4, 20, 0, 0, 0), magic + "; this looks like a zip archive"),
                Arguments.of(bytes(0x7f, 'E', 'L', 'F', 2, 1, 1, 0), magic + "; this looks like a native program"),
                Arguments.of(bytes(0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'), magic),
                Arguments.of("P".getBytes(StandardCharsets.UTF_8), magic),
                Arguments.of(bytes(0x7f, 'E', 'L'), magic));
    }

    @ParameterizedTest
    @MethodSource("otherFormats")
    void anotherFormatIsNamedWhereItIsKnown(byte[] file, String message) {
        assertThat(refused(file)).hasMessage(message);
    }

    @Test
    void theFirstByteThatIsWrongIsNamed() {
        ModuleException e = refused(bytes(0, 'a', 's', 'n', 1, 0, 0, 0));
        assertThat(e)
                .hasMessage(
                        "guest.wasm, byte 3: not WebAssembly: the first four bytes have to be 00 61 73 6d (\\0asm)");
        assertThat(e.byteOffset()).isEqualTo(3);
        assertThat(e.module()).isEqualTo("guest.wasm");
    }

    @Test
    void nothingAtAllIsNoModule() {
        assertThat(refused(new byte[0])).hasMessage("guest.wasm, byte 0: empty: a WebAssembly module was expected");
    }

    @Test
    void aHeaderCutShortIsToldFromAnotherFormat() {
        assertThat(refused(bytes(0, 'a')))
                .hasMessage("guest.wasm, byte 2: cut short inside the four bytes that every module starts with");
        assertThat(refused(bytes(0, 'a', 's', 'm', 1, 0)))
                .hasMessage("guest.wasm, byte 6: cut short inside the version");
    }

    @Test
    void aComponentIsNamedAsOne() {
        ModuleException e = refused(bytes(0, 'a', 's', 'm', 0x0d, 0, 1, 0));
        assertThat(e)
                .hasMessage("guest.wasm, byte 4: a WebAssembly component, which is no core module:"
                        + " component.Component compiles those");
        assertThat(e.byteOffset()).isEqualTo(4);
    }

    @Test
    void anotherVersionIsNamed() {
        assertThat(refused(bytes(0, 'a', 's', 'm', 2, 0, 0, 0)))
                .hasMessage("guest.wasm, byte 4: version 1 was expected, this is 2");
        assertThat(refused(bytes(0, 'a', 's', 'm', 0xff, 0xff, 0xff, 0xff)))
                .hasMessage("guest.wasm, byte 4: version 1 was expected, this is 4294967295");
    }

    @Test
    void aFileThatIsNotThereIsNamedByItsPath(@TempDir Path folder) {
        Path file = folder.resolve("none.wasm");
        ModuleException e = catchThrowableOfType(ModuleException.class, () -> engine.compile(file));
        assertThat(e).hasMessage(file + ": no such file");
        assertThat(e.byteOffset()).isEqualTo(ModuleException.UNKNOWN_OFFSET);
    }

    @Test
    void aFolderIsNoFile(@TempDir Path folder) {
        assertThatThrownBy(() -> engine.compile(folder))
                .isInstanceOf(ModuleException.class)
                .hasMessage(folder + ": cannot be read: it is a folder");
    }

    @Test
    void aModuleIsNamedByItsFile(@TempDir Path folder) throws IOException {
        Path good = Files.write(folder.resolve("some name.wasm"), Guests.bytes("wat/numbers"));
        assertThat(engine.compile(good).name()).isEqualTo("some name.wasm");
        assertThat(engine.compile(good)).hasToString("module some name.wasm");
        Path bad = Files.write(folder.resolve("bad.wasm"), Arrays.copyOf(Guests.bytes("wat/numbers"), 100));
        assertThatThrownBy(() -> engine.compile(bad))
                .isInstanceOf(ModuleException.class)
                .hasMessage("bad.wasm, byte 91: cut short: the export section has 87 bytes, only 7 are left");
    }

    // What is cut short or malformed.

    @ParameterizedTest
    @CsvSource({
        "wat/numbers, 8 77 277 464",
        "wat/imports, 8 35 113 239 422",
        "wat/tables, 8 40 217 372",
        "c/return-string, 8 40 10642 10697 10905 10967 11042"
    })
    void aModuleCutShortAnywhereIsRefused(String guest, String lengthsThatAreModules) {
        byte[] whole = Guests.bytes(guest);
        List<Integer> boundaries = new ArrayList<>(List.of(8));
        for (int at = 8; at < whole.length; boundaries.add(at)) {
            int size = 0;
            int shift = 0;
            do {
                at++;
                size |= (whole[at] & 0x7f) << shift;
                shift += 7;
            } while (whole[at] < 0);
            at += 1 + size;
        }
        var compiled = new ArrayList<String>();
        for (int length = 0; length <= whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                engine.compile("guest.wasm", cut);
                compiled.add(String.valueOf(length));
                assertThat(boundaries).contains(length);
            } catch (ModuleException e) {
                assertThat(e.getMessage()).startsWith("guest.wasm");
                if (!boundaries.contains(length)) {
                    assertThat(e.getMessage()).as("%d bytes", length).containsAnyOf("cut short", "empty");
                    assertThat(e.byteOffset()).as("%d bytes", length).isBetween(0L, (long) length);
                }
            }
        }
        assertThat(String.join(" ", compiled)).isEqualTo(lengthsThatAreModules);
    }

    @Test
    void aSectionLongerThanTheFileSaysBothLengths() {
        ModuleException e = refused(Binary.concat(Binary.module(), bytes(1, 0x85, 0x80, 0x80, 0x80, 0, 1, 0x60)));
        assertThat(e).hasMessage("guest.wasm, byte 8: cut short: the type section has 5 bytes, only 2 are left");
        assertThat(refused(Binary.concat(Binary.module(), bytes(10, 0xff, 0xff, 0xff, 0xff, 0x0f))))
                .hasMessage("guest.wasm, byte 8: cut short: the code section has 4294967295 bytes, only 0 are left");
        assertThat(refused(Binary.concat(Binary.module(), bytes(3))))
                .hasMessage("guest.wasm, byte 9: cut short: unexpected end");
        assertThat(refused(Binary.concat(Binary.module(), bytes(3, 0x80, 0x80))))
                .hasMessage("guest.wasm, byte 11: cut short: unexpected end");
        assertThat(refused(Binary.concat(Binary.module(), bytes(3, 0x80, 0x80, 0x80, 0x80, 0x80, 0))))
                .hasMessage("guest.wasm, byte 9: integer representation too long");
    }

    @Test
    void everyErrorHasItsByte() {
        byte[] type = Binary.section(1, 1, 0x60, 0, 0);
        assertThat(refused(Binary.module(type, Binary.section(3, 1, 0))))
                .hasMessage(
                        "guest.wasm, byte 18: function and code section have inconsistent lengths: 1 functions, but 0"
                                + " bodies");
        assertThat(refused(Binary.module(type, Binary.section(3, 2, 0))))
                .hasMessage("guest.wasm, byte 16: cut short: unexpected end: 2 functions in 1 bytes");
        assertThat(refused(Binary.module(type, Binary.section(77, 1, 2, 3))))
                .hasMessage("guest.wasm, byte 14: malformed section id 77");
        assertThat(refused(Binary.module(Binary.section(3, 0), Binary.section(1, 0), Binary.section(10, 0))))
                .hasMessage(
                        "guest.wasm, byte 11: unexpected content: the type section is out of order, or there are two");
    }

    @Test
    void aFunctionThatDoesNotTypeCheckIsInvalid() {
        byte[] module = Binary.module(
                Binary.section(1, 1, 0x60, 0, 1, 0x7f), Binary.section(3, 1, 0), Binary.section(10, 1, 2, 0, 0x0b));
        assertThat(refused(module)).hasMessageStartingWith("guest.wasm, byte 24: type mismatch");
    }

    /** A guest with some bytes changed, as found by random changes. */
    private static byte[] changed(String guest, int... offsetsAndMasks) {
        byte[] bytes = Guests.bytes(guest);
        for (int i = 0; i < offsetsAndMasks.length; i += 2) {
            bytes[offsetsAndMasks[i]] ^= (byte) offsetsAndMasks[i + 1];
        }
        return bytes;
    }

    private static final byte[] TYPE = Binary.section(1, 1, 0x60, 0, 0);
    private static final byte[] FUNCTION = Binary.section(3, 1, 0);
    private static final byte[] CODE = Binary.section(10, 1, 2, 0, 0x0b);

    static Stream<Arguments> unsoundModules() {
        return Stream.of(
                Arguments.of(
                        "an import of a type that is not there", Binary.module(Binary.section(2, 1, "m", "f", 0, 3))),
                Arguments.of("a start function that is not there", Binary.module(Binary.section(8, 3))),
                Arguments.of(
                        "a start function with a result",
                        Binary.module(
                                Binary.section(1, 1, 0x60, 0, 1, 0x7f),
                                FUNCTION,
                                Binary.section(8, 0),
                                Binary.section(10, 1, 4, 0, 0x41, 0, 0x0b))),
                Arguments.of(
                        "a segment without a memory", Binary.module(Binary.section(11, 1, 0, 0x41, 0, 0x0b, "data"))),
                Arguments.of(
                        "a constant expression that gives nothing",
                        Binary.module(Binary.section(5, 1, 0, 1), Binary.section(11, 1, 0, 0x0b, "data"))),
                Arguments.of(
                        "a constant expression that gives two values",
                        Binary.module(
                                Binary.section(5, 1, 0, 1), Binary.section(11, 1, 0, 0x41, 0, 0x41, 0, 0x0b, "data"))),
                Arguments.of(
                        "an element's offset that gives nothing",
                        Binary.module(Binary.section(4, 1, 0x70, 0, 1), Binary.section(9, 1, 0, 0x0b, 0))),
                Arguments.of("a global without a value", Binary.module(Binary.section(6, 1, 0x7f, 0, 0x0b))),
                Arguments.of("a vector longer than its section", Binary.module(Binary.section(1, 0x7f))),
                Arguments.of(
                        "four billion locals",
                        Binary.module(
                                TYPE,
                                FUNCTION,
                                Binary.section(10, 1, 8, 1, bytes(0xff, 0xff, 0xff, 0xff, 0x0f), 0x7f, 0x0b))),
                Arguments.of("a custom section without a name", Binary.module(Binary.section(0, bytes(9, 'n', 'a')))),
                Arguments.of("a memory smaller than its minimum", Binary.module(Binary.section(5, 1, 1, 3, 2))),
                Arguments.of("two functions and one body", Binary.module(TYPE, Binary.section(3, 2, 0, 0), CODE)));
    }

    static Stream<Arguments> unsoundModulesThatSlipThrough() {
        return Stream.of(
                Arguments.of("an export of no function", Binary.module(Binary.section(7, 1, "f", 0, 0))),
                Arguments.of(
                        "an export of a function too many",
                        Binary.module(TYPE, FUNCTION, Binary.section(7, 1, "f", 0, 1), CODE)),
                Arguments.of("an export of no table", Binary.module(Binary.section(7, 1, "t", 1, 0))),
                Arguments.of("an export of no memory", Binary.module(Binary.section(7, 1, "m", 2, 0))),
                Arguments.of("an export of no global", Binary.module(Binary.section(7, 1, "g", 3, 0))),
                Arguments.of("an export of no tag", Binary.module(Binary.section(7, 1, "e", 4, 0))),
                Arguments.of(
                        "two exports of one name",
                        Binary.module(TYPE, FUNCTION, Binary.section(7, 2, "f", 0, 0, "f", 0, 0), CODE)),
                Arguments.of(
                        "four billion types", Binary.module(Binary.section(1, bytes(0xff, 0xff, 0xff, 0xff, 0x0f)))),
                Arguments.of(
                        "two billion parameters",
                        Binary.module(Binary.section(1, 1, 0x60, bytes(0xff, 0xff, 0xff, 0xff, 0x07), 0))),
                Arguments.of("numbers 139^123", changed("wat/numbers", 139, 123)),
                Arguments.of("tables 67^120", changed("wat/tables", 67, 120)),
                Arguments.of("tables 101^20", changed("wat/tables", 101, 20)),
                Arguments.of("start 59^157", changed("wat/start", 59, 157)),
                Arguments.of("traps 288^52 203^108", changed("wat/traps", 288, 52, 203, 108)),
                Arguments.of("traps 505^153 431^133 233^42", changed("wat/traps", 505, 153, 431, 133, 233, 42)),
                Arguments.of("initialize 71^33 53^207 44^187", changed("wat/initialize", 71, 33, 53, 207, 44, 187)),
                Arguments.of("numbers 115^4", changed("wat/numbers", 115, 4)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsoundModules")
    void whatIsNotSoundIsRefused(String what, byte[] bytes) {
        ModuleException e = refused(bytes);
        assertThat(e).as(what).hasMessageStartingWith("guest.wasm");
        assertThat(e.module()).isEqualTo("guest.wasm");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsoundModulesThatSlipThrough")
    void whatIsNotSoundIsRefusedAndNothingElseIsThrown(String what, byte[] bytes) {
        whatIsNotSoundIsRefused(what, bytes);
    }

    /** What became of a module that somebody changed: nothing but these may happen. */
    private String fate(byte[] bytes) {
        Module module;
        try {
            module = engine.compile("guest.wasm", bytes);
        } catch (ModuleException e) {
            return "refused";
        } catch (LimitException e) {
            return "over a limit";
        }
        if (module.startFunction().isPresent() || module.isReactor()) {
            return "compiled"; // guests' own code is not run here: it may never end
        }
        try {
            new Linker().instantiate(module);
            return "instantiated";
        } catch (AirlockException e) {
            return "not instantiated";
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wat/numbers",
                "wat/imports",
                "wat/provider",
                "wat/tables",
                "wat/traps",
                "wat/start",
                "wat/tailcalls",
                "wat/twomemories"
            })
    void randomChangesGiveAModuleOrAModuleException(String guest) throws Exception {
        long seed = 20_240_229;
        var random = new Random(seed);
        byte[] whole = Guests.bytes(guest);
        var fates = new ArrayList<String>();
        var thread = Executors.newSingleThreadExecutor(task -> {
            Thread daemon = new Thread(task, "changed " + guest);
            daemon.setDaemon(true);
            return daemon;
        });
        try {
            for (int round = 0; round < 600; round++) {
                byte[] bytes = whole.clone();
                var changes = new StringBuilder();
                for (int left = 1 + random.nextInt(4); left > 0; left--) {
                    int at = random.nextInt(bytes.length);
                    int mask = 1 + random.nextInt(255);
                    bytes[at] ^= (byte) mask;
                    changes.append(' ').append(at).append('^').append(mask);
                }
                Future<String> fate = thread.submit(() -> fate(bytes));
                try {
                    fates.add(fate.get(60, TimeUnit.SECONDS));
                } catch (ExecutionException e) {
                    fail("seed " + seed + ", " + guest + changes, e.getCause());
                } catch (TimeoutException e) {
                    fail("hangs: seed " + seed + ", " + guest + changes);
                }
            }
        } finally {
            thread.shutdownNow();
        }
        assertThat(fates).as("some changes are seen and some do no harm").contains("refused");
        assertThat(fates).containsAnyOf("compiled", "instantiated", "not instantiated");
    }

    @Test
    void aSecondCodeSectionIsRefusedWhereItStarts() {
        assertThat(refused(boom(Binary.section(10, 1, 3, 0, 0, 0x0b))))
                .hasMessage(
                        "guest.wasm, byte 35: unexpected content: the code section is out of order, or there are two");
    }

    @ParameterizedTest
    @CsvSource({"0x5f, a struct", "0x5e, an array"})
    void objectsOfACollectorAreRefusedWhereTheyAreNotWanted(int kind, String what) {
        byte[] fields = kind == 0x5f ? bytes(1, 0x7f, 0) : bytes(0x7f, 1);
        byte[] module = Binary.module(Binary.section(1, 2, 0x60, 0, 0, kind, fields));
        assertThat(engine.compile("guest.wasm", module).exports()).isEmpty();
        Engine without = Engine.builder().wasmGc(false).build();
        assertThatThrownBy(() -> without.compile("guest.wasm", module))
                .isInstanceOf(ModuleException.class)
                .hasMessage("guest.wasm, byte 14: type 1 is " + what
                        + ", an object of a collector, and this engine was made"
                        + " without them: see Engine.Builder.wasmGc");
        assertThat(without.compile("kit.wasm", Guests.bytes("c/kit")).exports()).isNotEmpty();
    }

    @Test
    void objectsOfACollectorAreRefusedOfCodeInTheCacheToo(@TempDir Path folder) {
        byte[] module = Binary.module(Binary.section(1, 1, 0x5e, 0x7f, 1));
        assertThat(Engine.withCodeCache(folder).compile("guest.wasm", module).exports())
                .isEmpty();
        Engine without = Engine.builder().codeCache(folder).wasmGc(false).build();
        assertThatThrownBy(() -> without.compile("guest.wasm", module)).isInstanceOf(ModuleException.class);
    }

    // Sections that a module may have as broken as they like.

    static Stream<Arguments> brokenPayloads() {
        return Stream.of(
                Arguments.of("nothing", bytes()),
                Arguments.of("a subsection without a size", bytes(1)),
                Arguments.of("a subsection longer than all", bytes(1, 0x7f, 1, 0, 1)),
                Arguments.of("a subsection of 2^31 - 1 bytes", bytes(1, 0xff, 0xff, 0xff, 0xff, 0x07, 1, 0, 1, 'x')),
                Arguments.of("a subsection of 2^32 - 1 bytes", bytes(1, 0xff, 0xff, 0xff, 0xff, 0x0f)),
                Arguments.of("a number of six bytes", bytes(1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00)),
                Arguments.of("2^31 - 1 entries", bytes(1, 5, 0xff, 0xff, 0xff, 0xff, 0x07)),
                Arguments.of("a name longer than all", bytes(1, 4, 1, 0, 0x7f, 'x')),
                Arguments.of("a count larger than its subsection", bytes(1, 2, 9, 0, 0, 0, 0, 0, 0)),
                Arguments.of("a name that is not UTF-8", bytes(1, 4, 1, 0, 1, 0xff)),
                Arguments.of("an index of no function", bytes(1, 8, 1, 0xff, 0xff, 0xff, 0xff, 0x07, 1, 'x')),
                Arguments.of("zeros", new byte[1000]),
                Arguments.of("text", "(module $m)".getBytes(StandardCharsets.UTF_8)));
    }

    /** A function "boom" that traps, without names; the section comes last. */
    private static byte[] boom(byte[] lastSection) {
        return Binary.module(
                Binary.section(1, 1, 0x60, 0, 0),
                Binary.section(3, 1, 0),
                Binary.section(7, 1, "boom", 0, 0),
                Binary.section(10, 1, 3, 0, 0, 0x0b),
                lastSection);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenPayloads")
    void aBrokenNameSectionDoesNoHarm(String what, byte[] payload) {
        Module module = engine.compile("guest.wasm", boom(Binary.section(0, "name", payload)));
        Trap trap = catchThrowableOfType(
                Trap.class,
                () -> new Linker().instantiate(module).function("boom").call());
        assertThat(trap.code()).as(what).isEqualTo(TrapCode.UNREACHABLE);
        assertThat(trap.getMessage()).matches("unreachable, in (boom|x|\ufffd|) of guest\\.wasm");
    }

    @Test
    void randomNameSectionsDoNoHarm() {
        var random = new Random(7);
        for (int round = 0; round < 300; round++) {
            byte[] payload = new byte[random.nextInt(40)];
            random.nextBytes(payload);
            if (payload.length > 0 && random.nextBoolean()) {
                payload[0] = 1;
            }
            Module module = engine.compile("guest.wasm", boom(Binary.section(0, "name", payload)));
            Trap trap = catchThrowableOfType(
                    Trap.class,
                    () -> new Linker().instantiate(module).function("boom").call());
            assertThat(trap.guestFrames()).as(Arrays.toString(payload)).hasSize(1);
        }
    }

    @Test
    void aBrokenNameSectionInFrontOfAGoodOneDoesNoHarm() {
        byte[] header = Arrays.copyOf(Guests.bytes("wat/traps"), 8);
        byte[] rest = Arrays.copyOfRange(Guests.bytes("wat/traps"), 8, Guests.bytes("wat/traps").length);
        byte[] both = Binary.concat(header, Binary.section(0, "name", 1, 99), rest);
        Instance instance = new Linker().instantiate(engine.compile("guest.wasm", both));
        assertThat(instance.function("divide").call(6, 3)).containsExactly(2);
        assertThatThrownBy(() -> instance.function("unreachable").call())
                .isInstanceOf(Trap.class)
                .hasMessageStartingWith("unreachable, in ");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenPayloads")
    void aBrokenProducersSectionIsAsGoodAsNone(String what, byte[] payload) {
        Module module = engine.compile("guest.wasm", boom(Binary.section(0, "producers", payload)));
        assertThat(module.producers()).as(what).isEmpty();
        assertThatThrownBy(
                        () -> new Linker().instantiate(module).function("boom").call())
                .isInstanceOf(Trap.class);
    }

    @Test
    void whatProducersSayIsToldLineByLine() {
        byte[] section = Binary.section(
                0, "producers", 2, "language", 1, "Zig", "", "processed-by", 2, "zig", "0.13", "wasm-opt", "118");
        assertThat(engine.compile("guest.wasm", boom(section)).producers())
                .containsExactly("language: Zig", "processed-by: zig 0.13", "processed-by: wasm-opt 118");
    }

    @Test
    void otherCustomSectionsMayHoldAnythingAnywhere() {
        byte[] junk = Binary.section(0, "junk", bytes(0xff, 0, 0xff));
        byte[] module = Binary.module(
                junk,
                Binary.section(1, 1, 0x60, 0, 0),
                junk,
                Binary.section(3, 1, 0),
                Binary.section(0, ""),
                Binary.section(7, 1, "nothing", 0, 0),
                junk,
                Binary.section(10, 1, 2, 0, 0x0b),
                junk);
        Instance instance = new Linker().instantiate(engine.compile("guest.wasm", module));
        assertThat(instance.function("nothing").call()).isEmpty();
    }

    // What a module says of itself.

    private static ImportType function(String name, int... types) {
        CoreValType[] all = {CoreValType.I32, CoreValType.I64};
        List<CoreValType> params =
                Arrays.stream(types).mapToObj(t -> all[t / 32 - 1]).toList();
        return new ImportType("env", name, new CoreFuncType(params, List.of()));
    }

    @Test
    void importsStandInTheBinarysOrder() {
        assertThat(Guests.module("wat/imports").imports())
                .containsExactly(
                        function("log", 32, 32),
                        new ImportType(
                                "env",
                                "mul",
                                new CoreFuncType(List.of(CoreValType.I64, CoreValType.I64), List.of(CoreValType.I64))),
                        new ImportType("env", "memory", new MemoryType(1, MemoryType.NO_MAXIMUM, false)),
                        new ImportType("env", "base", new GlobalType(CoreValType.I32, false)),
                        new ImportType("env", "counter", new GlobalType(CoreValType.I64, true)),
                        new ImportType("env", "table", new TableType(CoreValType.FUNCREF, 2, TableType.NO_MAXIMUM)));
        assertThat(Guests.module("c/echo").imports())
                .extracting(ImportType::name)
                .startsWith("args_get", "args_sizes_get")
                .endsWith("path_open", "proc_exit")
                .hasSize(14);
        assertThat(Guests.module("wat/numbers").imports()).isEmpty();
    }

    @Test
    void exportsStandInTheBinarysOrder() {
        assertThat(Guests.module("wat/provider").exports())
                .containsExactly(
                        new ExportType("memory", new MemoryType(1, MemoryType.NO_MAXIMUM, false)),
                        new ExportType("base", new GlobalType(CoreValType.I32, false)),
                        new ExportType("counter", new GlobalType(CoreValType.I64, true)),
                        new ExportType("table", new TableType(CoreValType.FUNCREF, 2, TableType.NO_MAXIMUM)),
                        new ExportType(
                                "mul",
                                new CoreFuncType(List.of(CoreValType.I64, CoreValType.I64), List.of(CoreValType.I64))),
                        new ExportType("log", new CoreFuncType(List.of(CoreValType.I32, CoreValType.I32), List.of())));
        assertThat(Guests.module("c/return-string").exports().stream().map(e -> e.name() + ": " + e.type()))
                .containsExactly(
                        "memory: memory 2.. pages",
                        "_initialize: ()",
                        "malloc: (i32) -> i32",
                        "free: (i32)",
                        "live: () -> i32",
                        "ReturnString: (i32)",
                        "Greet: (i32, i32, i32)");
    }

    @Test
    void anExportIsFoundByItsName() {
        Module module = Guests.module("wat/tables");
        assertThat(module.export("t")).contains(new TableType(CoreValType.FUNCREF, 2, 4));
        assertThat(module.export("x")).contains(new TableType(CoreValType.EXTERNREF, 2, TableType.NO_MAXIMUM));
        assertThat(module.export("idref"))
                .contains(new CoreFuncType(List.of(CoreValType.EXTERNREF), List.of(CoreValType.EXTERNREF)));
        assertThat(module.export("nothing")).isEmpty();
    }

    @Test
    void anImportThatIsExportedAgainKeepsItsType() {
        byte[] module = Binary.module(
                Binary.section(1, 1, 0x60, 1, 0x7e, 0),
                Binary.section(2, 2, "m", "g", 3, 0x7c, 1, "m", "f", 0, 0),
                Binary.section(7, 2, "again", 0, 0, "global", 3, 0));
        assertThat(engine.compile("guest.wasm", module).exports())
                .containsExactly(
                        new ExportType("again", new CoreFuncType(List.of(CoreValType.I64), List.of())),
                        new ExportType("global", new GlobalType(CoreValType.F64, true)));
    }

    @Test
    void memoriesAreTheModulesOwn() {
        assertThat(Guests.module("wat/numbers").memories()).isEmpty();
        assertThat(Guests.module("wat/imports").memories()).isEmpty();
        assertThat(Guests.module("wat/memory").memories()).containsExactly(new MemoryType(1, 4, false));
        assertThat(Guests.module("wat/atomics").memories()).containsExactly(new MemoryType(1, 2, true));
        assertThat(Guests.module("wat/twomemories").memories())
                .containsExactly(
                        new MemoryType(1, MemoryType.NO_MAXIMUM, false),
                        new MemoryType(1, MemoryType.NO_MAXIMUM, false));
    }

    @Test
    void theStartFunctionIsNamed() {
        assertThat(Guests.module("wat/start").startFunction()).contains("begin");
        assertThat(Guests.module("wat/command").startFunction())
                .as("_start is no start function")
                .isEmpty();
        byte[] imported = Binary.module(
                Binary.section(1, 1, 0x60, 0, 0), Binary.section(2, 1, "env", "go", 0, 0), Binary.section(8, 0));
        assertThat(engine.compile("guest.wasm", imported).startFunction()).contains("env.go");
        byte[] nameless = Binary.module(
                Binary.section(1, 1, 0x60, 0, 0),
                Binary.section(3, 1, 0),
                Binary.section(8, 0),
                Binary.section(10, 1, 2, 0, 0x0b));
        assertThat(engine.compile("guest.wasm", nameless).startFunction()).contains("func[0]");
    }

    @Test
    void producersOfGuestsAreRead() {
        assertThat(Guests.module("c/return-string").producers())
                .containsExactly("language: C99", "processed-by: Debian clang 14.0.6");
        assertThat(Guests.module("rust/repeat").producers())
                .containsExactly(
                        "language: C99",
                        "language: Rust",
                        "processed-by: Debian clang 14.0.6",
                        "processed-by: rustc 1.63.0");
        assertThat(Guests.module("wat/numbers").producers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "wat/command, true, false",
        "c/echo, true, false",
        "rust/repeat, true, false",
        "wat/initialize, false, true",
        "c/return-string, false, true",
        "wat/numbers, false, false",
        "wat/start, false, false"
    })
    void commandsAndReactorsAreToldApart(String guest, boolean command, boolean reactor) {
        Module module = Guests.module(guest);
        assertThat(module.isCommand()).isEqualTo(command);
        assertThat(module.isReactor()).isEqualTo(reactor);
    }

    /** Exports one function, of type {@code ()} or {@code (i32)}, by several names. */
    private Module exporting(boolean withParameter, String... names) {
        var parts = new ArrayList<Object>(List.of(names.length));
        for (String name : names) {
            parts.addAll(List.of(name, 0, 0));
        }
        byte[] type = withParameter ? Binary.section(1, 1, 0x60, 1, 0x7f, 0) : Binary.section(1, 1, 0x60, 0, 0);
        return engine.compile(
                "guest.wasm",
                Binary.module(
                        type,
                        Binary.section(3, 1, 0),
                        Binary.section(7, parts.toArray()),
                        Binary.section(10, 1, 2, 0, 0x0b)));
    }

    @Test
    void anEntryWithParametersIsNone() {
        assertThat(exporting(true, "_start", "_initialize").isCommand()).isFalse();
        assertThat(exporting(true, "_start", "_initialize").isReactor()).isFalse();
    }

    @Test
    void aModuleWithBothEntriesIsACommand() {
        assertThat(exporting(false, "_initialize", "_start").isCommand()).isTrue();
        assertThat(exporting(false, "_initialize", "_start").isReactor()).isFalse();
    }

    @Test
    void sizesAreThoseOfTheBinary() {
        Module module = Guests.module("wat/numbers");
        assertThat(module.size()).isEqualTo(464);
        assertThat(module.functionCount()).isEqualTo(11);
        assertThat(Guests.module("c/echo").functionCount())
                .as("imports do not count")
                .isEqualTo(80);
        assertThat(engine.compile("empty.wasm", Binary.module()).functionCount())
                .isZero();
        assertThat(engine.compile("empty.wasm", Binary.module()).size()).isEqualTo(8);
    }

    @Test
    void theEmptyModuleIsAModule() {
        Instance instance = new Linker().instantiate(engine.compile("empty.wasm", Binary.module()));
        assertThat(instance.module().exports()).isEmpty();
        assertThatThrownBy(() -> instance.function("any")).hasMessage("empty.wasm exports no function \"any\"");
    }

    @Test
    void theBytesMayBeChangedAfterwards() {
        byte[] bytes = Guests.bytes("wat/traps");
        Module module = engine.compile("traps.wasm", bytes);
        Arrays.fill(bytes, (byte) 0xee);
        assertThatThrownBy(() ->
                        new Linker().instantiate(module).function("unreachable").call())
                .hasMessage("unreachable, in inner < middle < outer of traps.wasm");
    }

    @Test
    void manyThreadsCompileAndInstantiateTheSameModuleAtOnce() throws Exception {
        byte[] bytes = Guests.bytes("c/return-string");
        byte[] numbers = Guests.bytes("wat/numbers");
        Module shared = engine.compile("shared.wasm", numbers);
        int threads = 4;
        var barrier = new CyclicBarrier(threads);
        var pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int mine = i;
                tasks.add(() -> {
                    barrier.await();
                    Instance instance = new Linker().instantiate(engine.compile("guest.wasm", bytes));
                    int pointer = (int) instance.function("malloc").call(8)[0];
                    instance.memory().writeInt(pointer, mine);
                    barrier.await();
                    IntBinaryOperator add = new Linker().instantiate(shared).function("add", IntBinaryOperator.class);
                    return add.applyAsInt(instance.memory().readInt(pointer), (int)
                            instance.function("live").call()[0]);
                });
            }
            List<Future<Integer>> results = pool.invokeAll(tasks, 60, TimeUnit.SECONDS);
            for (int i = 0; i < threads; i++) {
                assertThat(results.get(i).get()).isEqualTo(i + 1);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
