package dev.airlock.engine.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.engine.Engine;
import dev.airlock.error.ModuleException;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class DeclaredLocalsTest {
    /** A module of functions of no type, each with as many locals of type i64. */
    private static byte[] module(int functions, int locals) {
        var bodies = new ByteArrayOutputStream();
        var types = new ByteArrayOutputStream();
        Leb128.write(bodies, functions);
        Leb128.write(types, functions);
        for (int i = 0; i < functions; i++) {
            var body = new ByteArrayOutputStream();
            body.write(1);
            Leb128.write(body, locals);
            body.write(0x7e);
            body.write(0x0b);
            Leb128.write(bodies, body.size());
            bodies.writeBytes(body.toByteArray());
            types.write(0);
        }
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        section(out, 1, new byte[] {1, 0x60, 0, 0});
        section(out, 3, types.toByteArray());
        section(out, 10, bodies.toByteArray());
        return out.toByteArray();
    }

    private static void section(ByteArrayOutputStream out, int id, byte[] contents) {
        out.write(id);
        Leb128.write(out, contents.length);
        out.writeBytes(contents);
    }

    @Test
    void tenThousandFunctionsOfAThousandLocalsAreRefused() {
        byte[] bytes = module(10_000, 1_000);
        assertThat(bytes.length).isLessThan(100_000);
        assertThatThrownBy(() -> Engine.create().compile("many.wasm", bytes))
                .isInstanceOf(ModuleException.class)
                .hasMessage("many.wasm, byte 16385: the functions up to here declare 1061000 locals;"
                        + " of a module with so little code at most 1060002 are compiled");
    }

    @Test
    void oneFunctionHasItsOwnBound() {
        assertThat(Engine.create().compile("one.wasm", module(1, 50_000)).functionCount())
                .isEqualTo(1);
        assertThatThrownBy(() -> Engine.create().compile("one.wasm", module(1, 50_001)))
                .isInstanceOf(ModuleException.class)
                .hasMessage("one.wasm, byte 21: a function declares 50001 locals; at most 50000 are compiled");
    }

    @Test
    void referencesCountAsOthersDo() {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        byte[] thirtyThousand = {(byte) 0xb0, (byte) 0xea, 1};
        var body = new ByteArrayOutputStream();
        body.write(2);
        body.writeBytes(thirtyThousand);
        body.writeBytes(new byte[] {0x63, 0x70});
        body.writeBytes(thirtyThousand);
        body.writeBytes(new byte[] {0x7f, 0x0b});
        var code = new ByteArrayOutputStream();
        code.write(1);
        code.write(body.size());
        code.writeBytes(body.toByteArray());
        section(out, 10, code.toByteArray());
        byte[] bytes = out.toByteArray();
        assertThatThrownBy(() -> DeclaredLocals.check("refs.wasm", BinaryLayout.read("refs.wasm", bytes), bytes))
                .hasMessage("refs.wasm, byte 11: a function declares 60000 locals; at most 50000 are compiled");
    }

    @Test
    void whatIsMalformedIsLeftToTheParser() {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        section(out, 10, new byte[] {1, 2, (byte) 0xd1, (byte) 0x86});
        byte[] bytes = out.toByteArray();
        assertThatCode(() -> DeclaredLocals.check("cut.wasm", BinaryLayout.read("cut.wasm", bytes), bytes))
                .doesNotThrowAnyException();
    }
}
