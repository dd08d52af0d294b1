package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.error.AirlockException;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LimitException;
import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.TableType;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class TableTest {
    private final Instance guest = Guests.instance("wat/tables");
    private final Table functions = guest.table("t");
    private final Table objects = guest.table("x");

    private interface Put {
        void put(int slot, Object value);
    }

    private interface Get {
        Object get(int slot);
    }

    @Test
    void aTableKnowsItsTypeAndSize() {
        assertThat(functions.type()).isEqualTo(new TableType(CoreValType.FUNCREF, 2, 4));
        assertThat(functions.size()).isEqualTo(2);
        assertThat(functions).hasToString("table funcref 2..4");
        assertThat(objects.type()).isEqualTo(new TableType(CoreValType.EXTERNREF, 2, TableType.NO_MAXIMUM));
        assertThat(objects).hasToString("table externref 2..");
    }

    @Test
    void functionsComeOutAndAreCalled() {
        Func one = functions.get(0);
        assertThat(one.name()).isEqualTo("one");
        assertThat(one.type()).isEqualTo(new CoreFuncType(List.of(), List.of(CoreValType.I32)));
        assertThat(one.instance()).isSameAs(guest);
        assertThat(one.call()).containsExactly(1);
        assertThat(functions.get(1).typed(IntSupplier.class).getAsInt()).isEqualTo(2);
    }

    @Test
    void theHostMovesAndEmptiesSlots() {
        functions.set(0, functions.get(1));
        assertThat(guest.function("call").call(0)).containsExactly(2);
        functions.set(1, null);
        assertThat(functions.get(1)).isNull();
        assertThatThrownBy(() -> guest.function("call").call(1))
                .isInstanceOf(Trap.class)
                .hasMessage("uninitialized element 1, in call of tables.wasm");
    }

    @Test
    void theGuestFillsAndEmptiesSlots() {
        guest.function("set").call(0, 2);
        assertThat(functions.get(0).name()).isEqualTo("two");
        assertThat(functions.get(0).call()).containsExactly(2);
        guest.function("set").call(0, 0);
        assertThat(functions.get(0)).isNull();
    }

    @Test
    void aFunctionOfAnotherInstanceRunsInItsOwn() {
        Instance other = Guests.instance("wat/initialize");
        functions.set(0, other.function("count"));
        other.function("_initialize").call();
        assertThat(guest.function("call").call(0)).containsExactly(2);
        assertThat(functions.get(0).instance()).isSameAs(other);
        assertThat(functions.get(0).name()).isEqualTo("count");
        assertThat(functions.get(0).call()).containsExactly(2);
    }

    @Test
    void aFunctionOfTheWrongTypeIsFoundWhenItIsCalled() {
        functions.set(0, Guests.instance("wat/numbers").function("add"));
        assertThatThrownBy(() -> guest.function("call").call(0))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.INDIRECT_CALL_TYPE_MISMATCH));
    }

    @Test
    void aTrapInAFunctionOutOfATableIsItsOwnersTrap() {
        Instance traps = Guests.instance("wat/traps");
        Table table = Table.create(CoreValType.FUNCREF, 1, 1);
        table.set(0, traps.function("unreachable"));
        Func outer = table.get(0);
        assertThatThrownBy(outer::call)
                .isInstanceOf(Trap.class)
                .hasMessage("unreachable, in inner < middle < outer of traps.wasm");
        assertThatThrownBy(() -> traps.function("load").call(0)).isInstanceOf(InstanceStateException.class);
    }

    @Test
    void indicesOutsideAreRefused() {
        for (int index : new int[] {2, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> functions.get(index))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("Index " + index + " out of bounds for length 2");
            assertThatThrownBy(() -> functions.set(index, null)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> objects.getExtern(index)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> objects.setExtern(index, "x")).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void aGuestOutsideItsTableTraps() {
        assertThatThrownBy(() -> guest.function("set").call(2, 1))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.TABLE_OUT_OF_BOUNDS))
                .hasMessageEndingWith("in set of tables.wasm");
    }

    @Test
    void theWrongKindOfElementIsRefused() {
        assertThatThrownBy(() -> functions.getExtern(0))
                .isInstanceOf(SignatureException.class)
                .hasMessage("this table holds funcref, not externref");
        assertThatThrownBy(() -> functions.setExtern(0, "x"))
                .isInstanceOf(SignatureException.class)
                .hasMessage("this table holds funcref, not externref");
        assertThatThrownBy(() -> objects.get(0))
                .isInstanceOf(SignatureException.class)
                .hasMessage("this table holds externref, not funcref");
        assertThatThrownBy(() -> objects.set(0, null))
                .isInstanceOf(SignatureException.class)
                .hasMessage("this table holds externref, not funcref");
        assertThatThrownBy(() -> Table.create(CoreValType.I32, 1, 2))
                .isInstanceOf(SignatureException.class)
                .hasMessage("a table of the host holds references that may be null, not i32");
    }

    @Test
    void growthIsSeenByBothSides() {
        assertThat(functions.grow(1)).as("the size before").isEqualTo(2);
        assertThat(functions.size()).isEqualTo(3);
        assertThat(functions.get(2)).isNull();
        guest.function("set").call(2, 1);
        assertThat(functions.get(2).call()).containsExactly(1);
        assertThat(guest.function("grow").call(1)).containsExactly(3);
        assertThat(functions.size()).isEqualTo(4);
        assertThat(functions.type()).isEqualTo(new TableType(CoreValType.FUNCREF, 4, 4));
        assertThat(functions.get(0).call()).as("old elements stay").containsExactly(1);
    }

    @Test
    void growthByNothingIsAllowed() {
        assertThat(functions.grow(0)).isEqualTo(2);
        assertThat(functions.size()).isEqualTo(2);
    }

    @Test
    void growthOverTheMaximumIsALimitToTheHostAndANumberToTheGuest() {
        assertThatThrownBy(() -> functions.grow(3))
                .isInstanceOfSatisfying(LimitException.class, e -> {
                    assertThat(e.limit()).isEqualTo("table elements");
                    assertThat(e.value()).isEqualTo(4);
                    assertThat(e.asked()).isEqualTo(5);
                })
                .hasMessage("over the limit of 4 table elements: the guest asked for 5");
        assertThatThrownBy(() -> functions.grow(Integer.MAX_VALUE)).isInstanceOf(LimitException.class);
        assertThat(functions.size()).as("nothing changed").isEqualTo(2);
        assertThat(guest.function("grow").call(3)).containsExactly(-1);
        assertThat(functions.size()).isEqualTo(2);
        assertThat(guest.function("grow").call(2)).containsExactly(2);
    }

    @Test
    void aTableDoesNotShrink() {
        assertThatThrownBy(() -> functions.grow(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a table does not shrink: -1");
    }

    @Test
    void growthInOneInstanceDoesNotChangeAnotherOfTheSameModule() {
        Instance other = Guests.instance("wat/tables");
        functions.grow(2);
        objects.grow(10);
        assertThat(other.table("t").size()).isEqualTo(2);
        assertThat(other.table("x").size()).isEqualTo(2);
        assertThat(other.function("grow").call(2))
                .as("it may still grow itself")
                .containsExactly(2);
        Instance later = Guests.instance("wat/tables");
        assertThat(later.table("t").size()).isEqualTo(2);
        assertThat(later.table("t").type()).isEqualTo(new TableType(CoreValType.FUNCREF, 2, 4));
        assertThat(later.table("x").size()).isEqualTo(2);
        assertThat(later.module().export("t")).contains(new TableType(CoreValType.FUNCREF, 2, 4));
    }

    @Test
    void growthByTheGuestDoesNotChangeAnotherInstanceOfTheSameModule() {
        assertThat(guest.function("grow").call(2)).containsExactly(2);
        Instance later = Guests.instance("wat/tables");
        assertThat(later.table("t").size()).isEqualTo(2);
        assertThat(later.function("grow").call(2)).containsExactly(2);
    }

    @Test
    void elementsOfTwoInstancesDoNotMix() {
        Instance other = Guests.instance("wat/tables");
        functions.set(0, null);
        objects.setExtern(0, "mine");
        assertThat(other.function("call").call(0)).containsExactly(1);
        assertThat(other.table("x").getExtern(0)).isNull();
    }

    @Test
    void hostObjectsGoInAndOut() {
        var mine = new Object();
        assertThat(objects.getExtern(0)).isNull();
        objects.setExtern(1, mine);
        assertThat(guest.function("get_x", Get.class).get(1)).isSameAs(mine);
        guest.function("set_x", Put.class).put(0, "text");
        assertThat(objects.getExtern(0)).isEqualTo("text");
        objects.setExtern(1, null);
        assertThat(guest.function("get_x", Get.class).get(1)).isNull();
        guest.function("set_x", Put.class).put(0, null);
        assertThat(objects.getExtern(0)).isNull();
    }

    @Test
    void aTableOfHostObjectsGrows() {
        objects.setExtern(0, "first");
        assertThat(objects.grow(3)).isEqualTo(2);
        assertThat(objects.size()).isEqualTo(5);
        assertThat(objects.getExtern(4)).isNull();
        objects.setExtern(4, List.of(1, 2));
        assertThat(guest.function("get_x", Get.class).get(4)).isEqualTo(List.of(1, 2));
        assertThat(objects.getExtern(0)).isEqualTo("first");
    }

    @Test
    void aTableOfTheHostsStartsEmpty() {
        Table table = Table.create(CoreValType.FUNCREF, 3, 5);
        assertThat(table.size()).isEqualTo(3);
        assertThat(table.type()).isEqualTo(new TableType(CoreValType.FUNCREF, 3, 5));
        assertThat(table.get(0)).isNull();
        assertThat(table.get(2)).isNull();
        assertThat(Table.create(CoreValType.FUNCREF, 0, TableType.NO_MAXIMUM).type())
                .isEqualTo(new TableType(CoreValType.FUNCREF, 0, TableType.NO_MAXIMUM));
        Table externs = Table.create(CoreValType.EXTERNREF, 1, 2);
        assertThat(externs.getExtern(0)).isNull();
        externs.setExtern(0, this);
        assertThat(externs.getExtern(0)).isSameAs(this);
        assertThat(externs.grow(1)).isEqualTo(1);
        assertThatThrownBy(() -> externs.grow(1)).isInstanceOf(LimitException.class);
    }

    @Test
    void limitsThatContradictThemselvesAreRefused() {
        assertThatThrownBy(() -> Table.create(CoreValType.FUNCREF, 3, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Table.create(CoreValType.FUNCREF, -1, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void growthThatTheHeapCannotHoldIsALimit() {
        Table table = Table.create(CoreValType.FUNCREF, 1, TableType.NO_MAXIMUM);
        assertThatThrownBy(() -> table.grow(Integer.MAX_VALUE - 1)).isInstanceOf(LimitException.class);
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.grow(1)).isEqualTo(1);
    }

    @Test
    void aTableThatIsTooLargeIsRefusedOneWayOrTheOther() {
        byte[] twoBillion = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07};
        byte[] module = Binary.module(Binary.section(4, 1, 0x70, 0, twoBillion));
        assertThatThrownBy(() -> new Linker().instantiate(Engine.create().compile("large.wasm", module)))
                .isInstanceOf(AirlockException.class)
                .hasMessageContaining("elements of tables");
    }

    @Test
    void aNameThatIsNoTableNamesTheNearest() {
        assertThatThrownBy(() -> guest.table("tt"))
                .isInstanceOf(SignatureException.class)
                .hasMessage("tables.wasm exports no table \"tt\" (did you mean \"t\"?); it exports t, x");
        assertThatThrownBy(() -> guest.table("call"))
                .isInstanceOf(SignatureException.class)
                .hasMessage("tables.wasm exports \"call\" as (i32) -> i32, not as a table");
    }
}
