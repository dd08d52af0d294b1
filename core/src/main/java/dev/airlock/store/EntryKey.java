package dev.airlock.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What an entry is found by: a SHA-256, which a hostile guest cannot make two inputs for.
 *
 * <p>Immutable: no code outside of this class gets the array itself.
 */
public final class EntryKey {
    static final int BYTES = 32;

    private final byte[] digest;

    private EntryKey(byte[] digest) {
        this.digest = digest;
    }

    /**
     * @param source what the entry was made from
     * @param facts what else decides what is made of it: versions, options. Their order counts
     */
    public static EntryKey of(byte[] source, String... facts) {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has SHA-256", e);
        }
        // With their number and lengths, so that "a", "bc" is not "ab", "c".
        sha256.update((byte) facts.length);
        for (String fact : facts) {
            byte[] bytes = fact.getBytes(StandardCharsets.UTF_8);
            sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            sha256.update(bytes);
        }
        return new EntryKey(sha256.digest(source));
    }

    /** 64 hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(digest);
    }

    void putTo(ByteBuffer target) {
        target.put(digest);
    }

    boolean isAt(ByteBuffer bytes, int offset) {
        return bytes.slice(offset, BYTES).equals(ByteBuffer.wrap(digest));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EntryKey key && Arrays.equals(digest, key.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    @Override
    public String toString() {
        return hex();
    }
}
