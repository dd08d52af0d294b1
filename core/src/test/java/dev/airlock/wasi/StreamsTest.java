package dev.airlock.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.LimitException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsTest {
    private final List<String> lines = new ArrayList<>();

    private void write(Output output, String... pieces) throws IOException {
        try (OutputStream stream = output.open()) {
            for (String piece : pieces) {
                stream.write(piece.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void linesAreSplitAtTheirEndsForAllPieceSizes() throws IOException {
        write(Output.lines(lines::add), "one\ntw", "o\nthree", "\n\nfive");
        assertThat(lines).containsExactly("one", "two", "three", "", "five");
    }

    @Test
    void aCarriageReturnBeforeALineFeedIsRemoved() throws IOException {
        write(Output.lines(lines::add), "a\r\n\r\nb\rc\r", "\nd\r\r\n");
        assertThat(lines).containsExactly("a", "", "b\rc", "d\r");
    }

    @Test
    void noOutputMeansNoLine() throws IOException {
        write(Output.lines(lines::add));
        write(Output.lines(lines::add), "");
        assertThat(lines).isEmpty();
        write(Output.lines(lines::add), "\n");
        assertThat(lines).containsExactly("");
    }

    @Test
    void aLineIsPassedOnWhenItEnds() throws IOException {
        OutputStream stream = Output.lines(lines::add).open();
        stream.write('x');
        assertThat(lines).isEmpty();
        stream.write('\n');
        assertThat(lines).containsExactly("x");
        stream.close();
        stream.close();
        assertThat(lines).containsExactly("x");
    }

    @Test
    void aCharacterSplitBetweenWritesIsJoined() throws IOException {
        byte[] euro = "€\n".getBytes(StandardCharsets.UTF_8);
        OutputStream stream = Output.lines(lines::add).open();
        for (byte b : euro) {
            stream.write(b);
        }
        assertThat(lines).containsExactly("€");
    }

    @Test
    void onlyTheGivenPartOfAnArrayIsWritten() throws IOException {
        OutputStream stream = Output.lines(lines::add).open();
        stream.write("xxab\ncdyy".getBytes(StandardCharsets.UTF_8), 2, 5);
        assertThat(lines).containsExactly("ab");
        stream.close();
        assertThat(lines).containsExactly("ab", "cd");
    }

    @Test
    void onlyALineOverTheLimitIsRefused() throws IOException {
        write(Output.lines(5, lines::add), "12345\n12345\n", "123", "45\n");
        assertThat(lines).containsExactly("12345", "12345", "12345");
        OutputStream stream = Output.lines(5, lines::add).open();
        stream.write("abc".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> stream.write("def".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(LimitException.class, e -> {
                    assertThat(e.limit()).isEqualTo("bytes in a line of output");
                    assertThat(e.value()).isEqualTo(5);
                    assertThat(e.asked()).isEqualTo(6);
                })
                .hasMessage("over the limit of 5 bytes in a line of output: the guest asked for 6");
    }

    @Test
    void theLineEndDoesNotCountTowardsTheLimit() throws IOException {
        write(Output.lines(5, lines::add), "12345\r\n");
        assertThat(lines).containsExactly("12345");
    }

    @Test
    void theDefaultLimitOfALineIsOneMebibyte() throws IOException {
        write(Output.lines(lines::add), "x".repeat(1 << 20), "\n");
        assertThat(lines).singleElement().asString().hasSize(1 << 20);
        OutputStream stream = Output.lines(lines::add).open();
        assertThatThrownBy(() -> stream.write(new byte[(1 << 20) + 1]))
                .isInstanceOf(LimitException.class)
                .hasMessageContaining("1048576 bytes in a line of output");
    }

    @Test
    void aCappedBufferKeepsExactlyItsLimit() throws IOException {
        var buffer = new CappedBuffer("bytes of this test", 4);
        buffer.write(new byte[] {1, 2, 3});
        buffer.write(4);
        buffer.write(new byte[0]);
        assertThat(buffer.toByteArray()).containsExactly(1, 2, 3, 4);
        assertThatThrownBy(() -> buffer.write(5))
                .isInstanceOf(LimitException.class)
                .hasMessage("over the limit of 4 bytes of this test: the guest asked for 5");
        assertThatThrownBy(() -> buffer.write(new byte[10]))
                .isInstanceOfSatisfying(
                        LimitException.class, e -> assertThat(e.asked()).isEqualTo(14));
        assertThat(buffer.toByteArray()).as("nothing beyond the limit").containsExactly(1, 2, 3, 4);
    }

    @Test
    void aCappedBufferWithLimitZeroTakesNothing() {
        var buffer = new CappedBuffer("bytes of this test", 0);
        buffer.write(new byte[0], 0, 0);
        assertThatThrownBy(() -> buffer.write(1))
                .hasMessage("over the limit of 0 bytes of this test: the guest asked for 1");
    }

    private static final class Tracked extends ByteArrayOutputStream {
        private int flushed;
        private boolean closed;

        @Override
        public void flush() {
            flushed++;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void anOutputStreamIsFlushedAndNotClosed() throws IOException {
        var tracked = new Tracked();
        write(Output.stream(tracked), "text");
        assertThat(tracked.toString(StandardCharsets.UTF_8)).isEqualTo("text");
        assertThat(tracked.flushed).isPositive();
        assertThat(tracked.closed).isFalse();
    }

    @Test
    void anOutputFileIsCreatedOrEmptied(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("out.txt");
        write(Output.file(file), "first, and long");
        write(Output.file(file), "second");
        assertThat(file).hasContent("second");
        assertThatThrownBy(() -> Output.file(folder.resolve("none/out.txt")).open())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none");
    }

    @Test
    void inputsReturnTheirContents(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("in.txt"), "from a file");
        assertThat(Input.empty().open().read()).isEqualTo(-1);
        assertThat(Input.bytes(new byte[] {1, -1}).open().readAllBytes()).containsExactly(1, -1);
        assertThat(Input.text("é€").open().readAllBytes()).isEqualTo("é€".getBytes(StandardCharsets.UTF_8));
        Input fromFile = Input.file(file);
        for (int run = 0; run < 2; run++) {
            try (InputStream stream = fromFile.open()) {
                assertThat(stream.readAllBytes()).asString().isEqualTo("from a file");
            }
        }
        assertThatThrownBy(() -> Input.file(folder.resolve("none")).open())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none");
    }

    @Test
    void anInputStreamIsNotClosed() throws IOException {
        var closed = new AtomicBoolean();
        var stream = new ByteArrayInputStream(new byte[] {1}) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        Input.stream(stream).open().close();
        assertThat(closed).isFalse();
    }

    @Test
    void nullsAreRefusedAtOnce() {
        assertThatThrownBy(() -> Input.bytes(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("bytes");
        assertThatThrownBy(() -> Input.stream(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("stream");
        assertThatThrownBy(() -> Input.file(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("file");
        assertThatThrownBy(() -> Output.stream(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("stream");
        assertThatThrownBy(() -> Output.file(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("file");
        assertThatThrownBy(() -> Output.lines(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("consumer");
    }

    @Test
    void allResourcesAreClosedEvenIfSomeFail() {
        var closed = new ArrayList<String>();
        var closing = new Closing();
        closing.add(() -> closed.add("first"));
        closing.add(() -> {
            closed.add("second");
            throw new IOException("second");
        });
        closing.add(() -> {
            closed.add("third");
            throw new IOException("third");
        });
        assertThatThrownBy(closing::close)
                .isInstanceOf(IOException.class)
                .hasMessage("third")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(closed).containsExactly("third", "second", "first");
    }

    @Test
    void allResourcesAreClosedEvenIfAConsumerThrows() {
        var closed = new ArrayList<String>();
        var closing = new Closing();
        closing.add(() -> closed.add("first"));
        closing.add(() -> {
            throw new IllegalStateException("second");
        });
        assertThatThrownBy(closing::close).hasMessage("second");
        assertThat(closed).containsExactly("first");
    }

    @Test
    void aTeeCopiesWhatTheOutputTook() throws IOException {
        var copy = new ByteArrayOutputStream();
        write(Output.lines(lines::add).tee(copy), "one\n", "two");
        assertThat(lines).containsExactly("one", "two");
        assertThat(copy).hasToString("one\ntwo");
        assertThat(Output.inherit().tee(copy).inherited()).isTrue();
        assertThat(Output.discard().tee(copy).inherited()).isFalse();
        Output failing = Output.stream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("full");
            }
        });
        copy.reset();
        assertThatThrownBy(() -> write(failing.tee(copy), "lost")).isInstanceOf(IOException.class);
        assertThat(copy.size()).isZero();
    }
}
