package dev.airlock.component.type;

import static dev.airlock.component.binary.ComponentBytes.component;
import static dev.airlock.component.binary.ComponentBytes.contents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.component.binary.ComponentBytes;
import dev.airlock.component.binary.ComponentDecoder;
import dev.airlock.engine.Engine;
import dev.airlock.error.ModuleException;
import dev.airlock.type.EnumType;
import dev.airlock.type.OwnType;
import dev.airlock.type.RecordType;
import dev.airlock.type.ResourceType;
import org.junit.jupiter.api.Test;

class ResolverTest {
    private static final int COMPONENTS = 4;
    private static final int INSTANCES = 5;
    private static final int ALIASES = 6;
    private static final int TYPES = 7;
    private static final int IMPORTS = 10;
    private static final int EXPORTS = 11;

    private static ResolvedComponent resolve(ComponentBytes bytes) {
        return resolve("test.wasm", bytes.bytes());
    }

    private static ResolvedComponent resolve(String file, byte[] bytes) {
        return Resolver.resolve(Engine.create(), file, bytes, ComponentDecoder.decode(file, bytes));
    }

    private static void refuses(ComponentBytes bytes, String... parts) {
        assertThatThrownBy(() -> resolve(bytes))
                .isInstanceOfSatisfying(
                        ModuleException.class, e -> assertThat(e.byteOffset()).isPositive())
                .hasMessageContainingAll(parts);
    }

    private static ResourceType resource(ResolvedComponent component, int index) {
        return ((DefinedType.Resource) component.spaces().types().get(index)).type();
    }

    @Test
    void theIndexSpacesOfAWholeComponent() {
        ResolvedComponent resolved = resolve("sections.wasm", Guests.bytes("components/wat/sections"));
        IndexSpaces spaces = resolved.spaces();
        assertThat(spaces.coreModules()).as("an export adds one").hasSize(3);
        assertThat(resolved.modules()).hasSize(2);
        assertThat(spaces.coreInstances()).hasSize(3);
        assertThat(spaces.coreMemories()).hasSize(1);
        assertThat(spaces.coreTables()).hasSize(1);
        assertThat(spaces.coreGlobals()).hasSize(1);
        assertThat(spaces.coreTypes()).hasSize(2);
        assertThat(resolved.nested()).hasSize(1);
        assertThat(spaces.components()).containsExactly(resolved.nested().get(0).type());
        assertThat(spaces.instances()).hasSize(3);
        assertThat(spaces.funcs())
                .extracting(Object::toString)
                .contains("async func()", "func(from: u32) -> blob", "func(of: list<u8>) -> list<named>");
        assertThat(resolved.type().exports().keySet())
                .containsExactly("demo:sections/api@1.2.3-rc.1+b5", "task", "libc");
        assertThat(resolved.type().importBound()).hasSize(1);
        assertThat(resolved.type().exportBound()).hasSize(1);
    }

    /** {@code (type (resource (rep i32)))}, exported twice. */
    @Test
    void aResourceIsNamedByItsExportAndIsOneUnderAllNames() {
        ResolvedComponent resolved = resolve(component()
                .section(TYPES, contents(1, 0x3f, 0x7f, 0x00))
                .section(
                        EXPORTS,
                        contents(2, 0x00)
                                .name("blob")
                                .raw(3, 0, 0, 0x00)
                                .name("same")
                                .raw(3, 0, 0)));
        assertThat(resource(resolved, 0).name()).isEqualTo("blob");
        assertThat(resource(resolved, 1)).isEqualTo(resource(resolved, 0));
        assertThat(resource(resolved, 2)).isEqualTo(resource(resolved, 0));
        assertThat(resolved.type().exportBound()).containsExactly(ResourceVariable.of(resource(resolved, 0)));
        assertThat(ResourceVariable.of(resource(resolved, 0)).origin()).isEqualTo(ResourceVariable.Origin.DEFINED);
    }

    /** A component that exports a resource, instantiated twice, and the resource of each aliased. */
    @Test
    void eachInstanceHasFreshResources() {
        ComponentBytes child = component()
                .section(TYPES, contents(1, 0x3f, 0x7f, 0x00))
                .section(EXPORTS, contents(1, 0x00).name("r").raw(3, 0, 0));
        ResolvedComponent resolved = resolve(component()
                .section(COMPONENTS, child)
                .section(INSTANCES, contents(2, 0x00, 0, 0, 0x00, 0, 0))
                .section(
                        ALIASES,
                        contents(3, 3, 0, 0)
                                .name("r")
                                .raw(3, 0, 1)
                                .name("r")
                                .raw(3, 0, 0)
                                .name("r")));
        assertThat(resource(resolved, 0)).isNotEqualTo(resource(resolved, 1)).hasToString("r");
        assertThat(resource(resolved, 0)).isEqualTo(resource(resolved, 2));
        assertThat(ResourceVariable.of(resource(resolved, 0)).origin()).isEqualTo(ResourceVariable.Origin.EXPORTED);
    }

    /** A child imports a resource and exports a type of it: the argument's resource takes its place. */
    @Test
    void anArgumentTakesTheImportsPlace() {
        ComponentBytes child = component()
                .section(IMPORTS, contents(1, 0x00).name("t").raw(0x03, 0x01))
                .section(TYPES, contents(1, 0x69, 0))
                .section(EXPORTS, contents(1, 0x00).name("owned").raw(3, 1, 0));
        ResolvedComponent resolved = resolve(component()
                .section(IMPORTS, contents(1, 0x00).name("mine").raw(0x03, 0x01))
                .section(COMPONENTS, child)
                .section(INSTANCES, contents(1, 0x00, 0, 1).name("t").raw(3, 0))
                .section(ALIASES, contents(1, 3, 0, 0).name("owned")));
        assertThat(resolved.spaces().types().get(1))
                .isEqualTo(new DefinedType.Value(new OwnType(resource(resolved, 0))));
        assertThat(resource(resolved, 0)).hasToString("mine");
    }

    @Test
    void namedTypesTakeTheNamesOfTheirImportsAndExports() {
        ResolvedComponent resolved = resolve(component()
                .section(TYPES, contents(1, 0x6d, 2).name("a").name("b"))
                .section(IMPORTS, contents(1, 0x00).name("letter").raw(3, 0x00, 0))
                .section(TYPES, contents(1, 0x72, 1).name("l").u32(1))
                .section(EXPORTS, contents(1, 0x00).name("holder").raw(3, 2, 0)));
        var holder = (RecordType) ((DefinedType.Value) resolved.spaces().types().get(3)).type();
        assertThat(holder.name()).isEqualTo("holder");
        assertThat(((EnumType) holder.fields().get(0).type()).name()).isEqualTo("letter");
    }

    @Test
    void indicesOutOfRange() {
        refuses(component().section(TYPES, contents(1, 0x70, 0x05)), "there is no type 5 here, the index space has 0");
        refuses(component().section(INSTANCES, contents(1, 0x00, 3, 0)), "there is no component 3 here");
        refuses(component().section(TYPES, contents(2, 0x73, 0x69, 0)), "type 0 is a value type, not a resource");
        refuses(
                component().section(ALIASES, contents(1, 3, 2, 1, 0)),
                "an alias steps out of 1 components or types",
                "but only 0 enclose it");
    }

    @Test
    void errorsInTypesHaveTheirOffset() {
        refuses(component().section(TYPES, contents(1, 0x72, 0)), "byte 11: invalid: a record has at least one field");
        refuses(
                component()
                        .section(
                                TYPES,
                                contents(1, 0x72, 2)
                                        .name("a")
                                        .raw(0x7f)
                                        .name("A")
                                        .raw(0x7f)),
                "byte 11",
                "differ only in case");
        refuses(
                component().section(TYPES, contents(2, 0x67, 0x79).u32(1 << 26).raw(0x70, 0)),
                "a value of this type would have 268435456 bytes or more");
    }

    /** Twelve types, each a tuple of six of the one before: two billion types if written out. */
    @Test
    void aTypeThatGrowsWithEachDefinitionIsRefused() {
        ComponentBytes types = contents(13, 0x73);
        for (int i = 0; i < 12; i++) {
            types.raw(0x6f, 6, i, i, i, i, i, i);
        }
        refuses(component().section(TYPES, types), "a type has at most 10000 parts");
    }

    /** Each instance type has two instances of the one before, so forty types need a trillion resources. */
    @Test
    void instancesThatGrowWithEachDefinitionAreRefused() {
        ComponentBytes types = contents(41);
        types.raw(0x42, 1, 0x04, 0x00).name("r").raw(0x03, 0x01);
        for (int i = 0; i < 40; i++) {
            types.raw(0x42, 3, 0x02, 0x03, 0x02, 1, i);
            types.raw(0x04, 0x00).name("a").raw(0x05, 0);
            types.raw(0x04, 0x00).name("b").raw(0x05, 0);
        }
        refuses(component().section(TYPES, types), "its types are too large");
    }

    /** A hundred thousand functions, each with a large type. */
    @Test
    void manyUsesOfALargeTypeAreRefused() {
        ComponentBytes types = contents(4, 0x73);
        types.raw(0x6f, 100);
        for (int i = 0; i < 100; i++) {
            types.raw(0);
        }
        types.raw(0x6f, 90);
        for (int i = 0; i < 90; i++) {
            types.raw(1);
        }
        types.raw(0x40, 1).name("p").raw(2, 1, 0);
        ComponentBytes imports = contents().u32(100_000);
        for (int i = 0; i < 100_000; i++) {
            imports.raw(0x00).name("f" + i).raw(0x01, 3);
        }
        refuses(component().section(TYPES, types).section(IMPORTS, imports), "its types are too large");
    }

    /** Each type refers to the one before: deep, although none is written inside another. */
    @Test
    void typesThatAreDeepThroughReferencesAreRefused() {
        for (int kind : new int[] {0x41, 0x42}) {
            int depth = 100_000;
            ComponentBytes types = contents().u32(depth).raw(kind, 0);
            for (int i = 1; i < depth; i++) {
                types.raw(kind, 2, 0x02, 0x03, 0x02, 1).u32(i - 1);
                types.raw(0x04, 0x00).name("a").raw(kind == 0x41 ? 0x04 : 0x05, 0);
            }
            refuses(component().section(TYPES, types), "go 101 deep, 100 is the most");
        }
        ComponentBytes instances = contents().u32(100_000).raw(0x01, 0);
        for (int i = 1; i < 100_000; i++) {
            instances.raw(0x01, 1, 0x00).name("a").raw(0x05).u32(i - 1);
        }
        refuses(component().section(INSTANCES, instances), "go 101 deep, 100 is the most");
    }

    @Test
    void moreCoreModulesThanAnyComponentHasAreRefused() {
        ComponentBytes bytes = component();
        for (int i = 0; i <= Validation.MAX_CORE_MODULES; i++) {
            bytes.section(1, contents(0, 'a', 's', 'm', 1, 0, 0, 0));
        }
        assertThatThrownBy(() -> resolve(bytes))
                .isInstanceOf(ModuleException.class)
                .hasMessageContaining("it has 1001 core modules, at most 1000 are allowed");
    }

    @Test
    void anErrorInACoreModuleHasItsOffsetInTheFile() {
        ComponentBytes module = contents(0, 'a', 's', 'm', 1, 0, 0, 0, 1, 4, 1, 0x60, 0);
        refuses(
                component().section(1, module),
                "test.wasm, byte 18: core module 0: cut short: the type section has 4 bytes, only 3 are left");
    }
}
