package dev.airlock.engine.binary;

import static dev.airlock.engine.validate.ModuleBytes.all;
import static dev.airlock.engine.validate.ModuleBytes.bytes;
import static dev.airlock.engine.validate.ModuleBytes.function;
import static dev.airlock.engine.validate.ModuleBytes.name;
import static dev.airlock.engine.validate.ModuleBytes.number;
import static dev.airlock.engine.validate.ModuleBytes.section;
import static dev.airlock.engine.validate.ModuleBytes.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.engine.Binary;
import dev.airlock.engine.binary.ModuleDefinition.Import;
import dev.airlock.engine.binary.ModuleDefinition.Mode;
import dev.airlock.engine.validate.ModuleBytes;
import dev.airlock.error.ModuleException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ModuleDecoderTest {
    private static final int HEADER = 8;

    private static ModuleDefinition decode(byte[] module) {
        return ModuleDecoder.decode("test.wasm", module);
    }

    private static byte[] hex(String text) {
        String[] parts = text.trim().split(" +");
        byte[] made = new byte[parts.length];
        for (int i = 0; i < made.length; i++) {
            made[i] = (byte) Integer.parseInt(parts[i], 16);
        }
        return made;
    }

    /** A module that has each section, and a custom one at each end. */
    private static byte[] everything() {
        return new ModuleBytes()
                .type(function(0, 0))
                .type(bytes(0x4E, 2, 0x50, 0, 0x5F, 1, 0x78, 1, 0x50, 1, 1, 0x5F, 2, 0x78, 1, 0x63, 2, 0))
                .type(bytes(0x5E, 0x7B, 0))
                .early(0, name("first"), bytes(0xFF, 0xFF))
                .early(2, number(2), name("host"), name("f"), bytes(0, 0), name("host"), name("t"), bytes(4, 0, 0))
                .body(0, 0x02, 0x40, 0x0B, 0x0B)
                .middle(4, bytes(2, 0x70, 1, 1, 2, 0x40, 0, 0x64, 0, 0, 1, 0xD2, 0, 0x0B))
                .middle(5, bytes(2, 1, 1, 2, 5, 1, 0x80, 1))
                .middle(13, bytes(1, 0, 0))
                .middle(6, bytes(1, 0x7B, 0, 0xFD, 12), new byte[16], bytes(0x0B))
                .middle(7, number(1), name("grüße"), bytes(0, 1))
                .middle(8, bytes(1))
                .middle(9, bytes(2, 0, 0x41, 0, 0x0B, 1, 1, 5, 0x70, 1, 0xD0, 0x70, 0x0B))
                .middle(12, bytes(2))
                .late(11, bytes(2, 0, 0x41, 1, 0x0B, 2, 9, 9, 1, 1, 8))
                .late(0, name("last"))
                .module();
    }

    @Test
    void decodesEachSection() {
        ModuleDefinition module = decode(everything());
        assertThat(module.types()).hasSize(3);
        assertThat(module.types().get(1).first()).isEqualTo(1);
        assertThat(module.types().get(1).types().get(1).supertype()).isEqualTo(1);
        assertThat(module.imports()).extracting(Import::name).containsExactly("f", "t");
        assertThat(module.functions()).containsExactly(0);
        assertThat(module.tables()).hasSize(2);
        assertThat(module.tables().get(0).initial()).isNull();
        assertThat(module.tables().get(1).initial()).isNotNull();
        assertThat(module.memories().get(0).limits().maximum()).isEqualTo(2);
        assertThat(module.memories().get(1).limits().is64()).isTrue();
        assertThat(module.memories().get(1).limits().maximum()).isEqualTo(128);
        assertThat(module.tags()).containsExactly(0);
        assertThat(module.globals().get(0).type()).isEqualTo(ValueTypes.V128);
        assertThat(module.exports().get(0).name()).isEqualTo("grüße");
        assertThat(module.start()).isEqualTo(1);
        assertThat(module.elements())
                .extracting(ModuleDefinition.Element::mode)
                .containsExactly(Mode.ACTIVE, Mode.PASSIVE);
        assertThat(module.elements().get(0).functions()).containsExactly(1);
        assertThat(module.elements().get(1).length()).isEqualTo(1);
        assertThat(module.dataCount()).isEqualTo(2);
        assertThat(module.datas().get(0).content().length()).isEqualTo(2);
        assertThat(module.bodies()).hasSize(1);
        assertThat(module.customs()).extracting(ModuleDefinition.Custom::name).containsExactly("first", "last");
    }

    /** A prefix is a module only if it ends between sections. */
    @Test
    void aModuleThatIsCutAtAnyByteIsRefusedThereOrBefore() {
        byte[] module = everything();
        int accepted = 0;
        for (int length = 0; length < module.length; length++) {
            byte[] cut = Arrays.copyOf(module, length);
            try {
                decode(cut);
                accepted++;
            } catch (ModuleException e) {
                assertThat(e.byteOffset()).as("cut to %s bytes", length).isBetween(0L, (long) length);
            }
        }
        // After the header, types, a custom section, imports; and after the data, since a function needs its body.
        assertThat(accepted).isEqualTo(5);
    }

    /** Whatever one byte becomes, the module decodes or is refused with a place in it. */
    @Test
    void aModuleWithOtherBytesIsRefusedWithAPlace() {
        byte[] module = everything();
        var random = new Random(14);
        int refused = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] changed = module.clone();
            for (int k = random.nextInt(3); k >= 0; k--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            try {
                decode(changed);
            } catch (ModuleException e) {
                refused++;
                assertThat(e.byteOffset()).isBetween(0L, (long) module.length);
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # bytes behind the header | index of the offending byte among them | problem
            0E 00                         | 0 | malformed section id 14
            01 05 00                      | 0 | cut short: the type section has 5 bytes, only 1 are left
            01 02 00 00                   | 3 | section size mismatch
            01 01 00 01 01 00             | 3 | the type section is out of order, or there are two
            03 01 00 01 01 00             | 3 | the type section is out of order, or there are two
            01 80 80 80 80 10             | 1 | integer too large
            01 80 80 80 80 80 00          | 1 | integer representation too long
            01 03 01 61 00                | 3 | malformed composite type: 0x61
            01 05 01 60 01 55 00          | 5 | malformed value type: 0x55
            01 05 01 50 02 00 00          | 4 | one supertype at most
            01 05 01 5F 01 7F 04          | 6 | malformed mutability: 4
            01 03 01 5D 00                | 3 | "stack switching", which is not supported
            01 05 01 60 01 68 00          | 5 | "stack switching", which is not supported
            01 04 01 65 5F 00             | 3 | "shared-everything threads", which is not supported
            01 05 01 5F 01 7F 02          | 6 | "shared-everything threads", which is not supported
            01 07 01 60 01 63 65 6E 00    | 6 | "shared-everything threads", which is not supported
            01 05 01 4D 00 5F 00          | 3 | "custom descriptors", which is not supported
            01 07 01 60 01 63 62 00 00    | 6 | "custom descriptors", which is not supported
            02 07 01 01 61 01 62 20 00    | 7 | "custom descriptors", which is not supported
            04 04 01 70 02 00             | 4 | "shared-everything threads", which is not supported
            02 07 01 01 61 01 62 07 00    | 7 | malformed import kind 7
            02 04 01 02 C3 28             | 4 | malformed UTF-8 encoding
            02 05 01 03 61 C3 28          | 5 | malformed UTF-8 encoding
            05 03 01 10 00                | 3 | malformed limits flags 16
            07 04 01 01 61 09             | 5 | malformed export kind 9
            0D 03 01 05 00                | 3 | malformed tag attribute 5
            06 04 01 7F 00 20             | 5 | constant expression required
            09 02 01 08                   | 3 | malformed elements segment kind 8
            0B 02 01 03                   | 3 | malformed data segment kind 3
            03 02 01 00                   | 4 | inconsistent lengths: 1 functions, but 0 bodies
            0C 01 01                      | 3 | inconsistent lengths: 1 and 0
            00 02 05 61                   | 2 | unexpected end: a name of 5 bytes
            """)
    void anErrorNamesItsByte(String sections, int index, String problem) {
        assertThatThrownBy(() -> decode(Binary.module(hex(sections))))
                .isInstanceOfSatisfying(ModuleException.class, e -> {
                    assertThat(e).hasMessageContaining(problem);
                    assertThat(e.byteOffset() - HEADER).isEqualTo(index);
                });
    }

    @Test
    void whatACustomSectionHasNeverFailsAModule() {
        var random = new Random(3);
        for (String name : new String[] {"name", "producers", "dylink.0", "branch", "metadata.code.branch_hint", ""}) {
            byte[] garbage = new byte[100];
            random.nextBytes(garbage);
            ModuleDefinition module = decode(Binary.module(section(0, name(name), garbage)));
            assertThat(module.customs().get(0).content().length()).isEqualTo(100);
        }
    }

    @Test
    void manyImportsOfOneModuleCanStandTogether() {
        byte[] types = section(1, number(2), function(0, 0), function(1, 0));
        byte[] each = section(
                2,
                number(2),
                name("a"),
                name("x"),
                bytes(0, 1),
                name("b"),
                bytes(0, 0x7F, 2),
                name("y"),
                bytes(0, 1),
                name("z"),
                bytes(3, 0x7F, 0));
        ModuleDefinition module = decode(Binary.module(types, each));
        assertThat(module.imports())
                .extracting(i -> i.module() + "." + i.name() + " " + i.kind())
                .containsExactly("a.x 0", "b.y 0", "b.z 3");
        byte[] one = section(2, number(1), name("b"), bytes(0, 0x7E, 0, 1, 3), name("x"), name("y"), name("z"));
        assertThat(decode(Binary.module(types, one)).imports())
                .extracting(i -> i.module() + "." + i.name() + " " + i.typeIndex())
                .containsExactly("b.x 1", "b.y 1", "b.z 1");
    }

    /** A name may be empty, and be followed by what is no kind of import. */
    @Test
    void importsUnderEmptyNamesAreNoMarks() {
        byte[] module = Binary.module(section(1, number(1), function(0, 0)), section(2, number(1), bytes(0, 0, 0, 0)));
        assertThat(decode(module).imports()).extracting(Import::name).containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16})
    void memoriesMayHaveOtherPageSizes(int shift) {
        assertThat(decode(Binary.module(section(5, bytes(1, 8, 1, shift))))
                        .memories()
                        .get(0)
                        .pageShift())
                .isEqualTo(shift);
    }

    /** The limits of the JS embedding, each with its own message. */
    @Test
    void limitsHaveTheirOwnMessages() {
        refused("too many types: 1000001, the most is 1000000", section(1, number(1_000_001), new byte[1_000_001]));
        refused("too many types: 1000001, the most", section(1, bytes(1, 0x4E), number(1_000_001), new byte[10]));
        byte[] plain = section(1, number(1), function(0, 0));
        refused("too many imports: 1000001, the most is 1000000", plain, section(2, number(1_000_001), new byte[10]));
        refused("too many functions: 1000001, the most is 1000000", section(3, number(1_000_001), new byte[1_000_001]));
        refused("too many tables: 100001, the most is 100000", section(4, number(100_001), new byte[100_001]));
        refused("too many memories: 101, the most is 100", section(5, number(101), new byte[300]));
        refused("too many globals: 1000001, the most is 1000000", section(6, number(1_000_001), new byte[10]));
        refused("too many exports: 1000001, the most is 1000000", section(7, number(1_000_001), new byte[10]));
        refused("too many tags: 1000001, the most is 1000000", section(13, number(1_000_001), new byte[10]));
        refused("too many data segments: 100001, the most is 100000", section(11, number(100_001), new byte[10]));
        refused("too many element segments: 10000001, the most is", section(9, number(10_000_001), new byte[10]));
        refused("too many elements of a segment: 10000001", section(9, bytes(1, 1, 0), number(10_000_001)));
        refused("too many parameters of a function: 1001, the most is 1000", section(1, bytes(1), function(1001, 0)));
        refused("too many results of a function: 1001, the most is 1000", section(1, bytes(1), function(0, 1001)));
        byte[] struct = all(bytes(0x5F), number(10_001), times(10_001, 0x7F, 0));
        refused("too many fields of a struct: 10001, the most is 10000", section(1, bytes(1), struct));
        byte[] body = all(number(7_654_322), new byte[7_654_322]);
        refused("a function of 7654322 bytes, the most is 7654321", section(10, number(1), body));
    }

    private static void refused(String problem, byte[]... sections) {
        assertThatThrownBy(() -> decode(Binary.module(sections)))
                .isInstanceOf(ModuleException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 6, 7})
    void interruptsAreHeeded(int id) {
        int[] anImport = {0, 0, 3, 0x7F, 0};
        int[] global = {0x7F, 0, 0x41, 0, 0x0B};
        int[] export = {0, 0, 0};
        int[] item = id == 2 ? anImport : id == 6 ? global : export;
        byte[] module = Binary.module(section(id, number(100_000), times(100_000, item)));
        assertThat(decode(module)).isNotNull();
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> decode(module))
                    .isInstanceOf(ModuleException.class)
                    .hasMessageContaining("interrupted while it was compiled");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    /** Counts that the bytes cannot hold take no memory. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 7, 9, 10, 11, 13})
    void aCountBeyondTheBytesIsRefused(int id) {
        byte[] module = Binary.module(section(id, number(90_000)));
        assertThatThrownBy(() -> decode(module))
                .isInstanceOfSatisfying(
                        ModuleException.class, e -> assertThat(e.byteOffset()).isEqualTo(HEADER + 2));
    }
}
