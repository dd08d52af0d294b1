package dev.airlock.engine.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.engine.Engine;
import dev.airlock.error.ModuleException;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class DeclaredLocalsTest {
    /** Writes a u32. */
    private static void write(ByteArrayOutputStream out, int value) {
        int left = value;
        for (; left > 127; left >>>= 7) {
            out.write(left & 0x7f | 0x80);
        }
        out.write(left);
    }

    /** A module of functions of no type, each with as many locals of type i64. */
    private static byte[] module(int functions, int locals) {
        var bodies = new ByteArrayOutputStream();
        var types = new ByteArrayOutputStream();
        write(bodies, functions);
        write(types, functions);
        for (int i = 0; i < functions; i++) {
            var body = new ByteArrayOutputStream();
            body.write(1);
            write(body, locals);
            body.write(0x7e);
            body.write(0x0b);
            write(bodies, body.size());
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
        write(out, contents.length);
        out.writeBytes(contents);
    }

    @Test
    void aFunctionHasFiftyThousandAtMost() {
        assertThat(Engine.create().compile("one.wasm", module(1, 50_000)).functionCount())
                .isEqualTo(1);
        assertThatThrownBy(() -> Engine.create().compile("one.wasm", module(1, 50_001)))
                .isInstanceOf(ModuleException.class)
                .hasMessageContaining("too many locals");
    }
}
