package dev.airlock.wasi;

import dev.airlock.error.LimitException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Splits what a guest writes into lines. */
final class LineStream extends OutputStream {
    private final int limit;
    private final Consumer<String> consumer;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineStream(int limit, Consumer<String> consumer) {
        this.limit = limit;
        this.consumer = consumer;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int start = offset;
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') {
                append(bytes, start, i - start);
                emit();
                start = i + 1;
            }
        }
        append(bytes, start, offset + length - start);
    }

    private void append(byte[] bytes, int offset, int length) {
        // One byte above the limit may be kept: the \r of a line end, which is not part of the line.
        boolean endsInReturn = length > 0 && bytes[offset + length - 1] == '\r';
        if (length > limit - line.size() + (endsInReturn ? 1 : 0)) {
            throw new LimitException(
                    LimitException.Kind.OUTPUT, "bytes in a line of output", limit, (long) line.size() + length);
        }
        line.write(bytes, offset, length);
    }

    private void emit() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        consumer.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }

    @Override
    public void close() {
        if (line.size() > 0) {
            emit();
        }
    }
}
