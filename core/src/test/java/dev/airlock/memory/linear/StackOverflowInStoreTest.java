package dev.airlock.memory.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.limit.Allowance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A guest recurses until the stack overflows, in the midst of a store, and what it stored must not be in the next one's memory.
 * In a process of its own, since compiled code has no calls within a store.
 */
@Tag("slow")
class StackOverflowInStoreTest {
    @Test
    void aResetUndoesTheWrites() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xint",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Recursing.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(said.strip()).isEqualTo("20 overflows, 0 memories changed");
    }

    static final class Recursing {
        private static final int OVERFLOWS = 20;
        private static int overflows;

        private Recursing() {}

        public static void main(String[] args) throws InterruptedException {
            var image = MemoryImage.of(LinearMemory.create(120, 120, false));
            byte[] zeros = new byte[120 << 16];
            int left = 0;
            for (int i = 0; i < OVERFLOWS; i++) {
                LinearMemory memory = image.newMemory(Allowance.ofHost());
                // Stacks of several sizes, so that they end at another place each time.
                Thread thread = new Thread(null, () -> overflow(memory), "recursing", (200L << 10) + i * 1_024L);
                thread.start();
                thread.join();
                image.recycle(memory);
                LinearMemory next = image.newMemory(Allowance.ofHost());
                byte[] bytes = next.bytes();
                left += Arrays.mismatch(bytes, zeros) < 0 ? 0 : 1;
                image.recycle(next);
            }
            System.out.println(overflows + " overflows, " + left + " memories changed");
        }

        private static void overflow(LinearMemory memory) {
            try {
                recurse(memory, 100);
            } catch (StackOverflowError e) {
                overflows++;
            }
        }

        /** Each store is the first to its chunk, and not near to the one before. */
        private static int recurse(LinearMemory memory, int offset) {
            memory.store8(offset, 0, 1);
            return recurse(memory, offset + 512) + 1;
        }
    }
}
