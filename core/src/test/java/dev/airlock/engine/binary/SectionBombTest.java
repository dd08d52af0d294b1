package dev.airlock.engine.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Custom sections that are small and would become large. */
@Timeout(30)
class SectionBombTest {
    /** Writes a u32. */
    private static void write(ByteArrayOutputStream out, int value) {
        int left = value;
        for (; left > 127; left >>>= 7) {
            out.write(left & 0x7f | 0x80);
        }
        out.write(left);
    }

    private static byte[] module(String section, byte[] contents) {
        var body = new ByteArrayOutputStream();
        write(body, section.length());
        body.writeBytes(section.getBytes(StandardCharsets.UTF_8));
        body.writeBytes(contents);
        var module = new ByteArrayOutputStream();
        module.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 0});
        write(module, body.size());
        module.writeBytes(body.toByteArray());
        return module.toByteArray();
    }

    /** A megabyte for a field, and a million values of nothing: a terabyte of lines. */
    @Test
    void aFieldOfProducersIsNotRepeatedWithoutEnd() {
        var section = new ByteArrayOutputStream();
        write(section, 1);
        write(section, 1 << 20);
        section.writeBytes("f".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
        write(section, 1 << 20);
        section.writeBytes(new byte[2 << 20]);
        assertThat(Producers.read(section.toByteArray()))
                .hasSize(256)
                .allSatisfy(line -> assertThat(line.length()).isLessThan(300));
    }

    /** Names of functions that the module has not: each would be kept. */
    @Test
    void namesOfNoFunctionsAreBounded() {
        var names = new ByteArrayOutputStream();
        int count = 3_000_000;
        write(names, count);
        for (int i = 0; i < count; i++) {
            write(names, i);
            names.write(0);
        }
        var section = new ByteArrayOutputStream();
        section.write(1);
        write(section, names.size());
        section.writeBytes(names.toByteArray());
        byte[] module = module("name", section.toByteArray());
        FunctionNames read = FunctionNames.of(ModuleDecoder.decode("bomb.wasm", module));
        assertThat(read.name(7)).isEmpty();
        assertThat(read.name(2_000_000)).isNull();
    }
}
