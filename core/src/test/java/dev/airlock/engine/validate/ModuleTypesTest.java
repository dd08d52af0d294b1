package dev.airlock.engine.validate;

import static dev.airlock.engine.validate.ModuleBytes.all;
import static dev.airlock.engine.validate.ModuleBytes.bytes;
import static dev.airlock.engine.validate.ModuleBytes.function;
import static dev.airlock.engine.validate.ModuleBytes.index;
import static dev.airlock.engine.validate.ModuleBytes.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.validate.DefinedType.FieldType;
import dev.airlock.error.ModuleException;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Types are the same objects in all modules, and comparing them costs nothing. */
@Timeout(30)
class ModuleTypesTest {
    private static final byte[] OPEN = bytes(0x50, 0);

    private static ValidModule types(byte[]... types) {
        ModuleBytes module = new ModuleBytes();
        for (byte[] type : types) {
            module.type(type);
        }
        return OperatorLog.valid(module.module());
    }

    private static byte[] group(int count, byte[]... types) {
        return all(bytes(0x4E), number(count), all(types));
    }

    private static byte[] below(int supertype, byte[] type) {
        return all(bytes(0x50, 1), number(supertype), type);
    }

    @Test
    void theSameTypeIsTheSameObjectInAllModules() {
        ValidModule one = types(function(1, 1), bytes(0x5F, 1, 0x63, 0, 0));
        ValidModule other = types(bytes(0x5E, 0x78, 1), function(1, 1), bytes(0x5F, 1, 0x63, 1, 0));
        assertThat(one.type(0)).isSameAs(other.type(1));
        assertThat(one.type(1)).isSameAs(other.type(2));
        assertThat(one.type(0)).isNotSameAs(types(function(1, 2)).type(0));
    }

    @Test
    void whatATypeSaysTellsItFromOthers() {
        byte[][] types = {
            bytes(0x5F, 1, 0x7F, 0),
            bytes(0x5F, 1, 0x7F, 1),
            bytes(0x5F, 1, 0x78, 0),
            bytes(0x5F, 1, 0x77, 0),
            bytes(0x5F, 1, 0x70, 0),
            bytes(0x5F, 1, 0x64, 0x70, 0),
            bytes(0x5F, 0),
            bytes(0x5E, 0x7F, 0),
            bytes(0x60, 1, 0x7F, 0),
            bytes(0x60, 0, 1, 0x7F),
            bytes(0x50, 0, 0x5F, 0),
            bytes(0x5F, 1, 0x63, 6, 0),
            bytes(0x5F, 1, 0x64, 6, 0),
            bytes(0x5F, 1, 0x63, 6, 1),
            bytes(0x5F, 1, 0x63, 7, 0),
        };
        ValidModule module = types(types);
        for (int i = 0; i < types.length; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(module.type(i)).as("%s and %s", i, j).isNotSameAs(module.type(j));
            }
        }
    }

    /** Section 3.1.1: a group is equal as a whole, by the positions in it. */
    @Test
    void aTypeOfARecursionGroupIsItsGroupAndItsPlace() {
        byte[] first = bytes(0x5F, 1, 0x63, 1, 0);
        byte[] second = bytes(0x5F, 1, 0x63, 0, 0);
        ValidModule pair = types(group(2, first, second));
        ValidModule same = types(group(2, first, second), function(0, 0));
        assertThat(pair.type(0)).isSameAs(same.type(0));
        assertThat(pair.type(1)).isSameAs(same.type(1)).isNotSameAs(pair.type(0));
        ValidModule alone = types(bytes(0x5F, 1, 0x63, 0, 0));
        assertThat(alone.type(0)).isNotSameAs(pair.type(0)).isNotSameAs(pair.type(1));
        ValidModule later = types(function(0, 0), group(2, bytes(0x5F, 1, 0x63, 2, 0), bytes(0x5F, 1, 0x63, 1, 0)));
        assertThat(later.type(1)).isSameAs(pair.type(0));
    }

    @Test
    void subtypesAreFoundAcrossModules() {
        byte[] root = all(OPEN, bytes(0x5F, 0));
        byte[] child = below(0, bytes(0x5F, 1, 0x7F, 0));
        ValidModule one = types(root, child, below(1, bytes(0x5F, 2, 0x7F, 0, 0x7E, 1)));
        ValidModule other = types(root, child);
        assertThat(one.type(2).isSubtypeOf(other.type(0))).isTrue();
        assertThat(one.type(2).isSubtypeOf(other.type(1))).isTrue();
        assertThat(other.type(1).isSubtypeOf(one.type(2))).isFalse();
        assertThat(one.type(2).supertype()).isSameAs(other.type(1));
        assertThat(types(root, below(0, bytes(0x5F, 1, 0x7E, 0))).type(1).isSubtypeOf(one.type(1)))
                .isFalse();
    }

    @Test
    void aSubtypeHasToMatch() {
        byte[] root = all(OPEN, bytes(0x5F, 1, 0x7F, 0));
        assertThatThrownBy(() -> types(root, below(0, bytes(0x5F, 0)))).hasMessageContaining("does not match");
        assertThatThrownBy(() -> types(root, below(0, bytes(0x5F, 1, 0x7F, 1)))).hasMessageContaining("does not match");
        assertThatThrownBy(() -> types(root, below(0, bytes(0x5E, 0x7F, 0)))).hasMessageContaining("does not match");
        assertThatThrownBy(() -> types(bytes(0x5F, 0), below(0, bytes(0x5F, 0))))
                .hasMessageContaining("is final");
        assertThatThrownBy(() -> types(below(0, bytes(0x5F, 0)))).hasMessageContaining("unknown type 0");
        assertThatThrownBy(() -> types(bytes(0x5F, 1, 0x63, 1, 0), bytes(0x5F, 0)))
                .isInstanceOfSatisfying(ModuleException.class, e -> {
                    assertThat(e).hasMessageContaining("unknown type 1");
                    assertThat(e.byteOffset()).isEqualTo(11);
                });
    }

    private static byte[] chain(int count) {
        var types = new ByteArrayOutputStream();
        types.writeBytes(all(OPEN, bytes(0x5F, 0)));
        for (int i = 1; i < count; i++) {
            types.writeBytes(below(i - 1, bytes(0x5F, 0)));
        }
        return group(count, types.toByteArray());
    }

    /** The JS embedding's limit; each type lists its supertypes, so it has to be known before the types are made. */
    @Test
    void subtypesAreAtMost63Deep() {
        ValidModule deepest = types(chain(64));
        assertThat(deepest.type(63).isSubtypeOf(deepest.type(0))).isTrue();
        assertThatThrownBy(() -> types(chain(65))).hasMessageContaining("type 64 has more than 63 supertypes");
        assertThatThrownBy(() -> types(chain(100_000))).hasMessageContaining("type 64 has more than 63 supertypes");
    }

    /** Each level names the one before twice: written out, the last would have 2^60 parts. */
    @Test
    void typesThatDoubleAtEachLevelCostTheirBytes() {
        byte[][] levels = new byte[1000][];
        levels[0] = function(0, 0);
        for (int i = 1; i < levels.length; i++) {
            levels[i] = all(bytes(0x60, 2, 0x63), index(i - 1), bytes(0x63), index(i - 1), bytes(0));
        }
        assertThat(types(levels).type(999)).isSameAs(types(levels).type(999));
    }

    @Test
    void oneGroupCanHoldManyTypesThatNameEachOther() {
        int count = 200_000;
        var types = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            types.writeBytes(all(bytes(0x5F, 1, 0x63), index(count - 1 - i), bytes(1)));
        }
        ValidModule module = types(group(count, types.toByteArray()));
        FieldType field = module.type(0).first()[0];
        assertThat(field.defined()).isSameAs(module.type(count - 1));
        assertThat(field.mutable()).isTrue();
    }

    @Test
    void valuesOfOtherModulesMatchBySubtyping() {
        byte[] root = all(OPEN, bytes(0x5F, 0));
        ValidModule one = types(root, below(0, bytes(0x5F, 1, 0x7F, 0)), function(0, 0));
        ValidModule other = types(function(0, 0), root);
        FieldType child = one.portable(ValueTypes.reference(false, 1));
        FieldType parent = other.portable(ValueTypes.reference(true, 1));
        FieldType function = other.portable(ValueTypes.reference(false, 0));
        assertThat(Matching.value(child, parent)).isTrue();
        assertThat(Matching.value(parent, child)).isFalse();
        assertThat(Matching.same(parent, one.portable(ValueTypes.reference(true, 0))))
                .isTrue();
        assertThat(Matching.same(child, parent)).isFalse();
        assertThat(Matching.value(function, one.portable(ValueTypes.FUNCREF))).isTrue();
        assertThat(Matching.value(child, one.portable(ValueTypes.FUNCREF))).isFalse();
        assertThat(Matching.value(child, plain(ValueTypes.HEAP_STRUCT))).isTrue();
        assertThat(Matching.value(child, plain(ValueTypes.HEAP_ARRAY))).isFalse();
        assertThat(Matching.value(plain(ValueTypes.HEAP_NONE), parent)).isTrue();
        assertThat(Matching.value(plain(ValueTypes.HEAP_NONE), child)).isFalse();
        assertThat(Matching.value(plain(ValueTypes.HEAP_NOFUNC), parent)).isFalse();
        assertThat(Matching.value(plain(ValueTypes.HEAP_I31), plain(ValueTypes.HEAP_ANY)))
                .isTrue();
        assertThat(Matching.value(plain(ValueTypes.HEAP_ANY), plain(ValueTypes.HEAP_EQ)))
                .isFalse();
        assertThat(Matching.value(new FieldType(ValueTypes.I32, null, false), parent))
                .isFalse();
    }

    private static FieldType plain(int heapType) {
        return new FieldType(ValueTypes.reference(true, heapType), null, false);
    }
}
