package dev.airlock.wasi;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Resources that are closed together, the last opened first: at once if opening fails half-way, or later. */
final class Closing implements Closeable {
    private final Deque<Closeable> open = new ArrayDeque<>();

    <T extends Closeable> T add(T resource) {
        open.push(resource);
        return resource;
    }

    /** Hands the resources over to the caller, who closes the result. */
    Closing release() {
        var later = new Closing();
        later.open.addAll(open);
        open.clear();
        return later;
    }

    @Override
    public void close() throws IOException {
        Exception failure = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (IOException | RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
    }
}
