package dev.airlock.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryStreamTest {
    private static final int PAGE = 65_536;

    private final Memory memory = Memory.create(1, 4);

    MemoryStreamTest() {
        memory.fill(0, PAGE, (byte) '?');
    }

    private String draw(int length) {
        return memory.readString(0, length);
    }

    /** Gives at most so many bytes at a time. */
    private static InputStream slow(String text, int step) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] b, int off, int len) {
                return super.read(b, off, Math.min(len, step));
            }
        };
    }

    @Test
    void aRangeIsRead() throws IOException {
        memory.writeString(2, "abcdefgh");
        InputStream in = memory.inputStream(2, 8);
        assertThat(in.available()).isEqualTo(8);
        assertThat(in.read()).isEqualTo('a');
        assertThat(in.markSupported()).isTrue();
        in.mark(0);
        assertThat(in.skip(2)).isEqualTo(2);
        assertThat(in.skip(-1)).isZero();
        assertThat(in.readNBytes(3)).containsExactly('d', 'e', 'f');
        in.reset();
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("bcdefgh");
        assertThat(in.read()).isEqualTo(-1);
        assertThat(in.read(new byte[2])).isEqualTo(-1);
        assertThat(in.read(new byte[2], 0, 0)).isZero();
        assertThat(in.skip(5)).isZero();
        in.reset();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(in.transferTo(out)).isEqualTo(7);
        assertThat(out).hasToString("bcdefgh");
        assertThat(in.available()).isZero();
    }

    @Test
    void bytesAreReadUnsigned() throws IOException {
        memory.writeByte(0, (byte) 0xFF);
        assertThat(memory.inputStream(0, 1).read()).isEqualTo(255);
    }

    @Test
    void aRangeIsWrittenAndNothingPastIt() throws IOException {
        OutputStream out = memory.outputStream(2, 8);
        out.write('a');
        out.write("bcdef".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> out.write(new byte[3]))
                .isInstanceOf(IOException.class)
                .hasMessage("the range of 8 bytes at offset 2 has room for 2 more, not for 3");
        assertThat(draw(12)).isEqualTo("??abcdef????");
        out.write("_gh_".getBytes(StandardCharsets.UTF_8), 1, 2);
        assertThatThrownBy(() -> out.write(0)).isInstanceOf(IOException.class);
        assertThat(draw(12)).isEqualTo("??abcdefgh??");
    }

    @Test
    void streamsStayGoodWhenTheMemoryGrows() throws IOException {
        memory.writeString(2, "abcdef");
        InputStream in = memory.inputStream(2, 6);
        OutputStream out = memory.outputStream(10, 6);
        assertThat(in.read()).isEqualTo('a');
        out.write('A');
        memory.grow(1);
        memory.writeString(3, "BCD");
        assertThat(in.read()).isEqualTo('B');
        out.write("XYZ".getBytes(StandardCharsets.UTF_8));
        memory.linear().grow(1);
        memory.writeString(4, "__");
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("__ef");
        out.write('!');
        assertThat(draw(17)).isEqualTo("??aB__ef??AXYZ!??");
    }

    @Test
    void aRangeGoesToAStream() throws IOException {
        memory.writeString(2, "abcdef");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        memory.writeTo(1, 8, out);
        memory.writeTo(PAGE, 0, out);
        assertThat(out).hasToString("?abcdef?");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void aStreamGoesToARange(int step) throws IOException {
        assertThat(memory.readFrom(slow("abcdef", step), 2, 4)).isEqualTo(4);
        assertThat(draw(10)).isEqualTo("??abcd????");
        assertThat(memory.readFrom(slow("xyz", step), 1, 6)).isEqualTo(3);
        assertThat(draw(10)).isEqualTo("?xyzcd????");
        assertThat(memory.readFrom(slow("xyz", step), 1, 0)).isZero();
        assertThat(memory.readFrom(slow("", step), 1, 5)).isZero();
        assertThat(draw(10)).isEqualTo("?xyzcd????");
    }

    @Test
    void aStreamMayGrowTheMemoryThatItIsReadInto() throws IOException {
        InputStream growing = new InputStream() {
            private int next = 'a';

            @Override
            public int read() {
                throw new AssertionError("bytes one by one");
            }

            @Override
            public int read(byte[] b, int off, int len) {
                if (memory.size() < 4) {
                    memory.grow(1);
                }
                b[off] = (byte) next++;
                return 1;
            }
        };
        assertThat(memory.readFrom(growing, 2, 5)).isEqualTo(5);
        assertThat(draw(9)).isEqualTo("??abcde??");
    }
}
