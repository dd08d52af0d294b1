package dev.airlock.component.binary;

import static dev.airlock.component.binary.ComponentBytes.component;
import static dev.airlock.component.binary.ComponentBytes.contents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.error.ModuleException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComponentDecoderTest {
    private static final int TYPES = 7;
    private static final int CANONS = 8;
    private static final int IMPORTS = 10;

    private static ParsedComponent decode(byte[] bytes) {
        return ComponentDecoder.decode("test.wasm", bytes);
    }

    private static void refuses(ComponentBytes bytes, int offset, String... parts) {
        assertThatThrownBy(() -> decode(bytes.bytes()))
                .isInstanceOfSatisfying(ModuleException.class, e -> {
                    assertThat(e.byteOffset()).as(e.getMessage()).isEqualTo(offset);
                    assertThat(e.module()).isEqualTo("test.wasm");
                })
                .hasMessageContainingAll(parts);
    }

    @Test
    void definitionsKeepTheirOrderAndOffsets() {
        ParsedComponent parsed = decode(component()
                .section(TYPES, contents(2, 0x73, 0x70, 0x00))
                .section(6, contents(1, 0x03, 0x02, 0x00, 0x01))
                .section(0, contents().name("between").raw(1, 2, 3))
                .section(TYPES, contents(1, 0x70, 0x02))
                .bytes());
        assertThat(parsed.definitions()).extracting(ComponentDefinition::offset).containsExactly(11, 12, 17, 37);
        assertThat(parsed.definitions())
                .extracting(definition -> definition.getClass().getSimpleName())
                .containsExactly("Type", "Type", "AliasOuter", "Type");
        assertThat(parsed.customSections()).containsExactly(new ParsedComponent.CustomSection("between", 31, 34));
    }

    @Test
    void theGuestWithEverySectionHasEveryKindOfDefinition() {
        ParsedComponent parsed = decode(Guests.bytes("components/wat/sections"));
        assertThat(parsed.definitions().stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(
                        ComponentDefinition.CoreModule.class,
                        ComponentDefinition.CoreInstantiate.class,
                        ComponentDefinition.CoreExports.class,
                        ComponentDefinition.CoreType.class,
                        ComponentDefinition.Nested.class,
                        ComponentDefinition.Instantiate.class,
                        ComponentDefinition.AliasExport.class,
                        ComponentDefinition.AliasCoreExport.class,
                        ComponentDefinition.Type.class,
                        ComponentDefinition.CanonFunc.class,
                        ComponentDefinition.Import.class,
                        ComponentDefinition.Export.class);
    }

    @Test
    void theErrorForOtherFilesSaysWhatWasExpected() {
        refuses(contents(), 0, "cut short", "00 61 73 6d 0d 00 01 00");
        refuses(contents('M', 'Z'), 0, "malformed: 0x4d is not part of the header");
        refuses(contents(0, 'a', 's', 'm', 1, 0, 0, 0), 4, "a core module has 01 00 00 00");
        refuses(component().raw(13, 0), 8, "0x0d is not the number of a section");
    }

    @Test
    void numbersAndLengthsOutOfRange() {
        refuses(component().raw(TYPES, 0x80, 0x80, 0x80, 0x80, 0x10), 9, "does not fit 32 bits");
        refuses(component().raw(TYPES, 0xff, 0xff, 0xff, 0xff, 0x0f), 8, "has 4294967295 bytes, but only 0 are left");
        refuses(component().raw(TYPES, 0x80), 10, "cut short: the size of the type section", "the file ends");
        refuses(
                component().section(TYPES, contents().u32(0xffff_ffffL).raw(0x73)),
                10,
                "4294967295 types are announced, but only 1 bytes are left");
        refuses(component().section(TYPES, contents(1, 0x73, 0x73)), 12, "1 bytes longer than its contents");
        refuses(component().section(TYPES, contents(1, 0x70, 0xff, 0xff, 0xff, 0xff, 0x0f)), 12, "out of bounds");
        refuses(component().section(TYPES, contents(1, 0x70, 0x80, 0x80, 0x80, 0x80, 0x40)), 12, "33 bits");
        refuses(component().section(TYPES, contents(1, 0x70, 0xff, 0x7f)), 12, "found -1");
    }

    @Test
    void overlongNumbersAreFineAsLongAsTheyFit() {
        byte[] padded = component()
                .raw(TYPES, 0x83, 0x80, 0x80, 0x80, 0x00, 0x81, 0x00, 0x73)
                .bytes();
        assertThat(decode(padded).definitions()).hasSize(1);
    }

    @Test
    void namesAreWellFormedAndFollowTheirGrammar() {
        refuses(importNamed(contents(2, 0xff, 0xfe)), 13, "ill-formed UTF-8");
        refuses(importNamed(contents(3, 0xed, 0xa0, 0x80)), 13, "ill-formed UTF-8");
        refuses(importNamed(contents().name("Foo")), 12, "\"Foo\" is not a name", "one hyphen between them");
        refuses(importNamed(contents().name("a\nb\u001b[31m")), 12, "\"a?b?[31m\" is not a name");
        refuses(importNamed(contents().name("a:b/c/d")), 12, "needs the feature \"nested namespaces");
        refuses(importNamed(contents().name("a:b/c@0.2")), 12, "needs the feature \"canonical interface names\"");
        refuses(importNamed(contents().name("unlocked-dep=<a:b>")), 12, "of an older specification");
    }

    private static ComponentBytes importNamed(ComponentBytes name) {
        return component().section(IMPORTS, contents(1, 0x00).raw(name.bytes()).raw(0x03, 0x01));
    }

    @Test
    void aNameOfAMillionBytesIsNoProblem() {
        String words = "a-".repeat(500_000) + "a";
        assertThat(decode(importNamed(contents().name(words)).bytes()).definitions())
                .hasSize(1);
        String brackets = "[".repeat(1_000_000);
        refuses(importNamed(contents().name(brackets)), 14, "…");
    }

    @Test
    void errorsNameTheGatedFeature() {
        refuses(component().section(9, contents(0, 0, 0)), 8, "value imports and exports, and start functions");
        refuses(component().section(12, contents(0)), 8, "value imports and exports, and start functions");
        refuses(component().section(CANONS, contents(1, 0x42, 0)), 11, "shared-everything-threads");
        refuses(component().section(TYPES, contents(1, 0x3f, 0x7e, 0)), 12, "memory64");
        refuses(component().section(3, contents(1, 0x5f, 0)), 11, "garbage-collected core types");
        refuses(component().section(3, contents(1, 0x50, 1, 1, 0x50, 0)), 14, "core modules that import or export");
    }

    @Test
    void coreTypesHaveReferencesOfAllAbstractTypes() {
        int[] codes = {0x74, 0x73, 0x72, 0x71, 0x70, 0x6f, 0x6e, 0x6d, 0x6c, 0x6b, 0x6a, 0x69};
        for (int code : codes) {
            ParsedComponent parsed = decode(component()
                    .section(3, contents(1, 0x60, 3, code, 0x63, code, 0x64, code, 0))
                    .bytes());
            var type = ((CoreDefType.Func)
                            ((ComponentDefinition.CoreType) parsed.definitions().get(0)).type())
                    .type();
            assertThat(type.params().get(0)).isSameAs(type.params().get(1));
            assertThat(type.params().get(0).isNullable()).isTrue();
            assertThat(type.params().get(2).isNullable()).isFalse();
            assertThat(type.params().get(2).heapType())
                    .isSameAs(type.params().get(0).heapType());
        }
        refuses(component().section(3, contents(1, 0x60, 1, 0x63, 0x05, 0)), 14, "garbage-collected core types");
        refuses(component().section(3, contents(1, 0x60, 1, 0x63, 0x80, 0x01, 0)), 14, "garbage-collected core types");
        refuses(component().section(3, contents(1, 0x60, 1, 0x64, 0x75, 0)), 14, "0x75 is not a heap type");
        refuses(component().section(3, contents(1, 0x60, 1, 0x68, 0)), 13, "0x68 is not a core value type");
    }

    @Test
    void nestingIsBounded() {
        ComponentBytes nested = component();
        for (int i = 0; i < ComponentDecoder.MAX_NESTING; i++) {
            nested = component().section(4, nested);
        }
        assertThat(decode(nested.bytes()).definitions()).hasSize(1);
        byte[] tooDeep = component().section(4, nested).bytes();
        assertThatThrownBy(() -> decode(tooDeep))
                .isInstanceOf(ModuleException.class)
                .hasMessageContaining("at most 100 levels are allowed");
        int[] types =
                IntStream.range(0, 300_000).map(i -> i % 3 == 0 ? 0x42 : 1).toArray();
        assertThatThrownBy(() -> decode(
                        component().section(TYPES, contents(1).raw(types)).bytes()))
                .isInstanceOf(ModuleException.class)
                .hasMessageContaining("at most 100 levels are allowed");
    }

    @Test
    void moreDefinitionsThanAnyComponentHasAreRefused() {
        ComponentBytes sections = component();
        for (int i = 0; i <= BinaryReader.MAX_ELEMENTS; i++) {
            sections.raw(0, 1, 0);
        }
        refuses(sections, 8 + 3 * BinaryReader.MAX_ELEMENTS, "more than 1000000 sections, definitions, fields");
        ComponentBytes strings = contents().u32(BinaryReader.MAX_ELEMENTS);
        for (int i = 0; i < BinaryReader.MAX_ELEMENTS; i++) {
            strings.raw(0x73);
        }
        refuses(component().section(TYPES, strings), 15 + BinaryReader.MAX_ELEMENTS - 1, "more than 1000000");
    }

    @Test
    void optionsAndAttributesOccurOnce() {
        refuses(
                component().section(CANONS, contents(1, 0x01, 0x00, 0, 2, 0x03, 0, 0x03, 0)),
                17,
                "\"memory\" is given twice");
        refuses(
                component()
                        .section(
                                IMPORTS,
                                contents(1, 0x02)
                                        .name("i")
                                        .raw(2, 0x02)
                                        .name("x")
                                        .raw(0x02)
                                        .name("y")
                                        .raw(5, 0)),
                18,
                "\"external-id\" twice");
    }

    @Test
    void aFileCutAtAnyByteIsRefusedThere() {
        byte[] whole = Guests.bytes("components/wat/sections");
        List<Integer> sectionEnds = sectionEnds(whole);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            if (sectionEnds.contains(length)) {
                assertThat(decode(part).end()).isEqualTo(length);
            } else {
                int cut = length;
                assertThatThrownBy(() -> decode(part))
                        .as("cut to %d bytes", cut)
                        .isInstanceOfSatisfying(
                                ModuleException.class,
                                e -> assertThat(e.byteOffset()).isBetween(0L, (long) cut))
                        .hasMessageContaining("cut short");
            }
        }
    }

    private static List<Integer> sectionEnds(byte[] bytes) {
        var ends = new ArrayList<Integer>();
        var in = new BinaryReader("test.wasm", bytes, 8, bytes.length);
        ends.add(8);
        while (!in.atEnd()) {
            in.next("a section");
            in.skip((int) in.u32("a size"));
            ends.add(in.position());
        }
        return ends;
    }
}
