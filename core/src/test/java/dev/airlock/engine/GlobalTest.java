package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.error.SignatureException;
import dev.airlock.type.CoreValType;
import dev.airlock.type.GlobalType;
import dev.airlock.wasi.WasiCtx;
import dev.airlock.wasi.preview1.WasiPreview1;
import org.junit.jupiter.api.Test;

class GlobalTest {
    @Test
    void eachTypeHoldsItsValues() {
        Global i32 = Global.ofInt(Integer.MIN_VALUE, true);
        assertThat(i32.getInt()).isEqualTo(Integer.MIN_VALUE);
        i32.setInt(-1);
        assertThat(i32.getInt()).isEqualTo(-1);
        Global i64 = Global.ofLong(Long.MIN_VALUE, true);
        assertThat(i64.getLong()).isEqualTo(Long.MIN_VALUE);
        i64.setLong(-1);
        assertThat(i64.getLong()).isEqualTo(-1);
        Global f32 = Global.ofFloat(-0.0f, true);
        assertThat(Float.floatToRawIntBits(f32.getFloat())).isEqualTo(0x80000000);
        f32.setFloat(Float.intBitsToFloat(0x7fc00001));
        assertThat(Float.floatToRawIntBits(f32.getFloat()))
                .as("a NaN keeps its bits")
                .isEqualTo(0x7fc00001);
        Global f64 = Global.ofDouble(0.1, true);
        assertThat(f64.getDouble()).isEqualTo(0.1);
        f64.setDouble(Double.NEGATIVE_INFINITY);
        assertThat(f64.getDouble()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void aGlobalKnowsItsType() {
        assertThat(Global.ofInt(1, false).type()).isEqualTo(new GlobalType(CoreValType.I32, false));
        assertThat(Global.ofLong(1, true).type()).isEqualTo(new GlobalType(CoreValType.I64, true));
        assertThat(Global.ofFloat(1, false)).hasToString("global f32");
        assertThat(Global.ofDouble(1, true)).hasToString("global mut f64");
    }

    @Test
    void whatIsNotMutableIsNotWritten() {
        Global base = new Linker().instantiate(Guests.module("wat/provider")).global("base");
        assertThat(base.getInt()).isEqualTo(42);
        assertThatThrownBy(() -> base.setInt(1))
                .isInstanceOf(SignatureException.class)
                .hasMessage("this global cannot be written: it is not mutable");
        assertThat(base.getInt()).isEqualTo(42);
        Global mine = Global.ofDouble(1.5, false);
        assertThatThrownBy(() -> mine.setDouble(2))
                .isInstanceOf(SignatureException.class)
                .hasMessage("this global cannot be written: it is not mutable");
        assertThat(mine.getDouble()).isEqualTo(1.5);
    }

    @Test
    void theWrongTypeIsRefusedBothWays() {
        Global i64 = Global.ofLong(7, true);
        assertThatThrownBy(i64::getInt)
                .isInstanceOf(SignatureException.class)
                .hasMessage("this global holds i64, not i32");
        assertThatThrownBy(i64::getFloat)
                .isInstanceOf(SignatureException.class)
                .hasMessage("this global holds i64, not f32");
        assertThatThrownBy(() -> i64.setInt(1))
                .isInstanceOf(SignatureException.class)
                .hasMessage("this global holds i64, not i32");
        assertThatThrownBy(() -> i64.setDouble(1))
                .isInstanceOf(SignatureException.class)
                .hasMessage("this global holds i64, not f64");
        assertThatThrownBy(() -> Global.ofDouble(1, true).getLong())
                .isInstanceOf(SignatureException.class)
                .hasMessage("this global holds f64, not i64");
        assertThat(i64.getLong()).isEqualTo(7);
    }

    @Test
    void aGuestsGlobalIsReadAndWritten() {
        Instance command = Guests.instance("wat/command");
        Global runs = command.global("runs");
        assertThat(runs.type()).isEqualTo(new GlobalType(CoreValType.I32, true));
        runs.setInt(41);
        command.function("_start").call();
        assertThat(runs.getInt()).isEqualTo(42);
        assertThat(command.global("runs").getInt())
                .as("another handle on the same")
                .isEqualTo(42);
    }

    @Test
    void globalsOfTwoInstancesDoNotMix() {
        Global one = Guests.instance("wat/command").global("runs");
        Global other = Guests.instance("wat/command").global("runs");
        one.setInt(5);
        assertThat(other.getInt()).isZero();
        assertThat(Guests.instance("wat/command").global("runs").getInt()).isZero();
    }

    @Test
    void i32ValuesWithTheHighBitSetKeepTheirSign() {
        Instance command = Guests.instance("wat/command");
        Global runs = command.global("runs");
        runs.setInt(Integer.MAX_VALUE);
        command.function("_start").call();
        assertThat(runs.getInt()).isEqualTo(Integer.MIN_VALUE);
    }

    @Test
    void aGlobalAmongOthersIsFoundByName() {
        Instance repeat = instanceOfRepeat();
        assertThat(repeat.global("__heap_base").getInt())
                .isGreaterThanOrEqualTo(repeat.global("__data_end").getInt());
        assertThat(repeat.global("__heap_base").type()).isEqualTo(new GlobalType(CoreValType.I32, false));
    }

    private static Instance instanceOfRepeat() {
        Linker linker = new Linker();
        WasiPreview1.addTo(linker, WasiCtx.builder().build());
        return linker.instantiate(Guests.module("rust/repeat"));
    }

    @Test
    void aNameThatIsNoGlobalNamesTheNearest() {
        Instance command = Guests.instance("wat/command");
        assertThatThrownBy(() -> command.global("run"))
                .isInstanceOf(SignatureException.class)
                .hasMessage("command.wasm exports no global \"run\" (did you mean \"runs\"?); it exports runs");
        assertThatThrownBy(() -> command.global("_start"))
                .isInstanceOf(SignatureException.class)
                .hasMessage("command.wasm exports \"_start\" as (), not as a global");
    }
}
