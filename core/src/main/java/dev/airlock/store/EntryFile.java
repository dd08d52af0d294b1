package dev.airlock.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The bytes of one entry's file, numbers big-endian.
 *
 * <pre>
 * ┌──────────┬─────────────┬────────────┬──────────┬─────────────┐
 * │ airlock1 │ key         │ n          │ contents │ CRC-32C of  │
 * │ 8 bytes  │ 32 bytes    │ 8 bytes    │ n bytes  │ all before  │
 * └──────────┴─────────────┴────────────┴──────────┴─────────────┘
 * </pre>
 *
 * The key finds a file that was renamed, the length one that was cut short or has grown, and the checksum any other damage of
 * up to 32 bits in a row, and all but one of four billion of the rest. None of it finds malice.
 */
final class EntryFile {
    private static final byte[] MAGIC = "airlock1".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY = MAGIC.length;
    private static final int LENGTH = KEY + EntryKey.BYTES;
    private static final int CONTENTS = LENGTH + Long.BYTES;
    private static final int CHECKSUM_BYTES = Integer.BYTES;

    /** How much longer a file is than its contents. */
    static final long OVERHEAD = CONTENTS + CHECKSUM_BYTES;

    private EntryFile() {}

    static void write(OutputStream out, EntryKey key, byte[] contents) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(CONTENTS).put(MAGIC);
        key.putTo(header);
        header.putLong(contents.length);
        var checksum = new CRC32C();
        checksum.update(header.array());
        checksum.update(contents);
        out.write(header.array());
        out.write(contents);
        out.write(ByteBuffer.allocate(CHECKSUM_BYTES)
                .putInt((int) checksum.getValue())
                .array());
    }

    /** @throws IOException if these are not the bytes that were written under this key */
    static ByteBuffer contents(byte[] file, EntryKey key) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int end = file.length - CHECKSUM_BYTES;
        if (end < CONTENTS) {
            throw new IOException("it is cut short");
        }
        if (!bytes.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            throw new IOException("it is of another format");
        }
        if (!key.isAt(bytes, KEY)) {
            throw new IOException("it is of another key");
        }
        if (bytes.getLong(LENGTH) != end - CONTENTS) {
            throw new IOException("it is cut short, or has grown");
        }
        var checksum = new CRC32C();
        checksum.update(file, 0, end);
        if (bytes.getInt(end) != (int) checksum.getValue()) {
            throw new IOException("its checksum is wrong");
        }
        return bytes.slice(CONTENTS, end - CONTENTS);
    }
}
