package dev.airlock.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PipeTest {
    private static final int CAPACITY = 64 << 10;

    private final Pipe pipe = new Pipe();
    private final InputStream source = pipe.source();
    private final OutputStream sink = pipe.sink();

    private interface Body {
        void run() throws Exception;
    }

    private static final class Other {
        private final AtomicReference<Throwable> thrown = new AtomicReference<>();
        private final Thread thread;

        Other(Body body) {
            thread = new Thread(() -> {
                try {
                    body.run();
                } catch (Throwable e) {
                    thrown.set(e);
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        /** Waits until the thread waits for the other end. */
        void awaitWaiting() throws InterruptedException {
            while (thread.getState() != Thread.State.WAITING) {
                if (!thread.isAlive()) {
                    throw new AssertionError("it has ended", thrown.get());
                }
                Thread.sleep(1);
            }
        }

        Throwable join() throws InterruptedException {
            thread.join();
            return thrown.get();
        }
    }

    @Test
    void bytesComeOutInOrder() throws IOException {
        sink.write(new byte[] {1, 2, 3, -1}, 1, 3);
        sink.write(0xab);
        assertThat(source.available()).isEqualTo(4);
        assertThat(source.read()).isEqualTo(2);
        byte[] rest = new byte[10];
        assertThat(source.read(rest, 3, 5)).isEqualTo(3);
        assertThat(rest).containsExactly(0, 0, 0, 3, -1, 0xab, 0, 0, 0, 0);
        assertThat(source.available()).isZero();
    }

    @Test
    void emptyReadsAndWritesNeverWait() throws IOException {
        assertThat(source.read(new byte[0])).isZero();
        sink.write(new byte[0]);
        assertThat(source.available()).isZero();
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> source.read(new byte[3], 2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> sink.write(new byte[3], -1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void theReaderWaitsForTheWriter() throws Exception {
        var got = new AtomicInteger();
        Other reader = new Other(() -> got.set(source.read()));
        reader.awaitWaiting();
        sink.write(42);
        assertThat(reader.join()).isNull();
        assertThat(got).hasValue(42);
    }

    @Test
    void theWriterWaitsForTheReader() throws Exception {
        Other writer = new Other(() -> sink.write(new byte[CAPACITY + 10]));
        writer.awaitWaiting();
        assertThat(source.available()).as("the buffer is full").isEqualTo(CAPACITY);
        assertThat(source.readNBytes(20)).hasSize(20);
        assertThat(writer.join()).isNull();
        assertThat(source.available()).isEqualTo(CAPACITY - 10);
    }

    @Test
    void aClosedSinkIsTheEndOnceThePipeIsEmpty() throws IOException {
        sink.write(new byte[] {1, 2});
        sink.close();
        sink.close();
        assertThat(source.read()).isEqualTo(1);
        assertThat(source.readAllBytes()).containsExactly(2);
        assertThat(source.read()).isEqualTo(-1);
        assertThat(source.read(new byte[3])).isEqualTo(-1);
        assertThatThrownBy(() -> sink.write(1))
                .isInstanceOf(IOException.class)
                .hasMessage("this end of the pipe is closed");
    }

    @Test
    void closingTheSinkWakesTheReader() throws Exception {
        var got = new AtomicInteger();
        Other reader = new Other(() -> got.set(source.read()));
        reader.awaitWaiting();
        sink.close();
        assertThat(reader.join()).isNull();
        assertThat(got).hasValue(-1);
    }

    @Test
    void aClosedSourceFailsTheWriter() throws IOException {
        source.close();
        source.close();
        assertThatThrownBy(() -> sink.write(1))
                .isInstanceOf(IOException.class)
                .hasMessage("the reader of this pipe has closed it");
        assertThatThrownBy(source::read).isInstanceOf(IOException.class).hasMessage("this end of the pipe is closed");
    }

    @Test
    void closingTheSourceWakesTheWriter() throws Exception {
        Other writer = new Other(() -> sink.write(new byte[CAPACITY + 1]));
        writer.awaitWaiting();
        source.close();
        assertThat(writer.join()).isInstanceOf(IOException.class).hasMessage("the reader of this pipe has closed it");
    }

    @Test
    void closingTheSinkWakesItsOwnWriter() throws Exception {
        Other writer = new Other(() -> sink.write(new byte[CAPACITY + 1]));
        writer.awaitWaiting();
        sink.close();
        assertThat(writer.join()).isInstanceOf(IOException.class).hasMessage("this end of the pipe is closed");
    }

    @Test
    void closingTheSourceWakesItsOwnReader() throws Exception {
        Other reader = new Other(source::read);
        reader.awaitWaiting();
        source.close();
        assertThat(reader.join()).isInstanceOf(IOException.class).hasMessage("this end of the pipe is closed");
    }

    @Test
    void anInterruptEndsAReadersWaitAndStaysSet() throws Exception {
        var flag = new AtomicBoolean();
        Other reader = new Other(() -> {
            try {
                source.read();
            } finally {
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        reader.awaitWaiting();
        reader.thread.interrupt();
        assertThat(reader.join())
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("interrupted while waiting for the other end of a pipe");
        assertThat(flag).isTrue();
        sink.write(7);
        assertThat(source.read()).as("the pipe still works").isEqualTo(7);
    }

    @Test
    void anInterruptEndsAWritersWaitAndStaysSet() throws Exception {
        var flag = new AtomicBoolean();
        Other writer = new Other(() -> {
            try {
                sink.write(new byte[CAPACITY + 1]);
            } finally {
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        writer.awaitWaiting();
        writer.thread.interrupt();
        assertThat(writer.join()).isInstanceOf(InterruptedIOException.class);
        assertThat(flag).isTrue();
        assertThat(source.available()).isEqualTo(CAPACITY);
    }

    @Test
    void anInterruptedThreadReadsWhatIsThere() throws IOException {
        sink.write(5);
        Thread.currentThread().interrupt();
        try {
            assertThat(source.read()).isEqualTo(5);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void severalHandlesAreTheSameEnd() throws IOException {
        pipe.sink().write(1);
        assertThat(pipe.source().read()).isEqualTo(1);
        pipe.sink().close();
        assertThat(source.read()).isEqualTo(-1);
    }

    @Test
    void manyMebibytesPassUnchanged() throws Exception {
        int total = 10 << 20;
        var sent = new CRC32C();
        Other writer = new Other(() -> {
            var random = new Random(3);
            for (int left = total; left > 0; ) {
                byte[] piece = new byte[Math.min(left, 1 + random.nextInt(200_000))];
                random.nextBytes(piece);
                sent.update(piece);
                sink.write(piece);
                left -= piece.length;
            }
            sink.close();
        });
        var received = new CRC32C();
        var random = new Random(4);
        byte[] buffer = new byte[100_000];
        int count = 0;
        while (true) {
            int offset = random.nextInt(100);
            int read = source.read(buffer, offset, 1 + random.nextInt(buffer.length - offset));
            if (read < 0) {
                break;
            }
            received.update(buffer, offset, read);
            count += read;
        }
        assertThat(writer.join()).isNull();
        assertThat(count).isEqualTo(total);
        assertThat(received.getValue()).isEqualTo(sent.getValue());
    }

    @Test
    void severalWritersLoseNothing() throws Exception {
        int writers = 4;
        int each = 100_000;
        var all = new ArrayList<Other>();
        for (int w = 0; w < writers; w++) {
            int mine = w;
            all.add(new Other(() -> {
                for (int i = 0; i < each; i++) {
                    sink.write(mine);
                }
            }));
        }
        int[] counts = new int[writers];
        for (int i = 0; i < writers * each; i++) {
            counts[source.read()]++;
        }
        for (Other writer : all) {
            assertThat(writer.join()).isNull();
        }
        assertThat(counts).containsOnly(each);
    }
}
