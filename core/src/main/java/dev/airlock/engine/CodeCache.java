package dev.airlock.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.Version;

/**
 * Compiled code in a folder, one file a module. The file's name is the SHA-256 of the module; its contents carry that
 * again, the version of the format and of Endive, and a checksum, so that a file that is damaged, or not the one it should
 * be, is seen and replaced.
 */
final class CodeCache {

    /** Raised whenever the layout of a file or what is generated changes. */
    private static final int FORMAT = 3;

    private static final int CHECKSUM_BYTES = 8;

    private final Path folder;

    CodeCache(Path folder) {
        this.folder = folder;
    }

    /**
     * What is kept of a module.
     *
     * @param code its compiled classes
     * @param importedFunctions how many functions it imports
     * @param hasTailCalls as in {@link ParsedModule}
     */
    record Entry(CompiledCode code, int importedFunctions, boolean hasTailCalls) {}

    @Nullable
    Entry find(byte[] module) {
        byte[] digest = digest(module);
        Path file = file(digest);
        try {
            return decode(Files.readAllBytes(file), digest);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            Debug.log("{0} cannot be used and is made anew: {1}", file, e);
            return null;
        }
    }

    void store(byte[] module, ParsedModule parsed, CompiledCode code) {
        byte[] digest = digest(module);
        Path file = file(digest);
        try {
            byte[] bytes = encode(new Entry(code, parsed.importedFunctions(), parsed.hasTailCalls()), digest);
            Files.createDirectories(folder);
            // Another process may write the same entry: each writes its own file, and the last one to move it wins.
            Path temporary = Files.createTempFile(folder, "code", ".tmp");
            try {
                Files.write(temporary, bytes);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            Debug.log("{0} cannot be written: {1}", file, e);
        }
    }

    private Path file(byte[] digest) {
        return folder.resolve(HexFormat.of().formatHex(digest) + ".code");
    }

    private static byte[] digest(byte[] module) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(module);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has SHA-256", e);
        }
    }

    private static byte[] encode(Entry entry, byte[] digest) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeInt(FORMAT);
        out.writeUTF(Version.version());
        out.write(digest);
        out.writeInt(entry.importedFunctions());
        out.writeBoolean(entry.hasTailCalls());
        out.writeInt(entry.code().interpreted().size());
        for (int index : entry.code().interpreted()) {
            out.writeInt(index);
        }
        out.writeUTF(entry.code().mainClass());
        out.writeInt(entry.code().classes().size());
        for (Map.Entry<String, byte[]> type : entry.code().classes().entrySet()) {
            out.writeUTF(type.getKey());
            out.writeInt(type.getValue().length);
            out.write(type.getValue());
        }
        out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
        return bytes.toByteArray();
    }

    private static Entry decode(byte[] bytes, byte[] digest) throws IOException {
        int length = bytes.length - CHECKSUM_BYTES;
        if (length < 0) {
            throw new IOException("it is cut short");
        }
        var checksum = new DataInputStream(new ByteArrayInputStream(bytes, length, CHECKSUM_BYTES));
        if (checksum.readLong() != checksum(bytes, length)) {
            throw new IOException("its checksum is wrong");
        }
        var in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
        if (in.readInt() != FORMAT || !in.readUTF().equals(Version.version())) {
            throw new IOException("it is of another version");
        }
        if (!Arrays.equals(in.readNBytes(digest.length), digest)) {
            throw new IOException("it is of another module");
        }
        int importedFunctions = in.readInt();
        boolean hasTailCalls = in.readBoolean();
        Set<Integer> interpreted = new HashSet<>();
        for (int left = in.readInt(); left > 0; left--) {
            interpreted.add(in.readInt());
        }
        String mainClass = in.readUTF();
        Map<String, byte[]> classes = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            int size = in.readInt();
            int start = length - in.available();
            in.skipBytes(size);
            classes.put(name, Arrays.copyOfRange(bytes, start, start + size));
        }
        return new Entry(new CompiledCode(mainClass, classes, interpreted), importedFunctions, hasTailCalls);
    }

    private static long checksum(byte[] bytes, int length) {
        var checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return checksum.getValue();
    }
}
