package dev.airlock.engine.code;

import dev.airlock.store.ByteStore;
import dev.airlock.store.EntryKey;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.Version;

/**
 * Compiled code in a folder. An entry's key is made of the module's bytes and of all else that decides what they are compiled
 * to, so that versions which differ there never meet each other's entries.
 */
final class CodeCache {

    /** Raised whenever the layout of an entry or what is generated changes: {@code CodeFormatTest} tells when. */
    static final int FORMAT = 8;

    private final ByteStore store;

    CodeCache(ByteStore store) {
        this.store = store;
    }

    static EntryKey key(byte[] module) {
        return EntryKey.of(
                module,
                "compiled module",
                Integer.toString(FORMAT),
                Version.version(),
                // Endive's one switch that changes what it generates.
                System.getProperty("endive.hugeMethodLimit", ""));
    }

    @Nullable
    CompiledCode find(EntryKey key) {
        ByteBuffer entry = store.find(key);
        if (entry == null) {
            return null;
        }
        try {
            return decode(entry);
        } catch (BufferUnderflowException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            // Its checksum is right, so another program wrote it.
            Debug.log("the cached code {0} cannot be read: {1}", key, e);
            return null;
        }
    }

    void save(EntryKey key, CompiledCode code) {
        store.save(key, encode(code));
    }

    private static byte[] encode(CompiledCode code) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(code.importedFunctions());
            out.writeInt(code.hasTailCalls() ? 1 : 0);
            out.writeInt(code.functionsPerClass());
            write(out, code.interpreted());
            write(out, code.large());
            write(out, code.mainClass().getBytes(StandardCharsets.UTF_8));
            out.writeInt(code.classes().size());
            for (Map.Entry<String, byte[]> type : new TreeMap<>(code.classes()).entrySet()) {
                write(out, type.getKey().getBytes(StandardCharsets.UTF_8));
                write(out, type.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("arrays have no end", e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Map<Integer, Integer> sizes) throws IOException {
        out.writeInt(sizes.size());
        for (Map.Entry<Integer, Integer> size : new TreeMap<>(sizes).entrySet()) {
            out.writeInt(size.getKey());
            out.writeInt(size.getValue());
        }
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static CompiledCode decode(ByteBuffer in) {
        int importedFunctions = in.getInt();
        boolean hasTailCalls = in.getInt() != 0;
        int functionsPerClass = in.getInt();
        Map<Integer, Integer> interpreted = sizes(in);
        Map<Integer, Integer> large = sizes(in);
        String mainClass = new String(bytes(in), StandardCharsets.UTF_8);
        Map<String, byte[]> classes = new LinkedHashMap<>();
        for (int left = in.getInt(); left > 0; left--) {
            classes.put(new String(bytes(in), StandardCharsets.UTF_8), bytes(in));
        }
        return new CompiledCode(
                mainClass, classes, functionsPerClass, interpreted, large, importedFunctions, hasTailCalls);
    }

    private static Map<Integer, Integer> sizes(ByteBuffer in) {
        Map<Integer, Integer> sizes = new TreeMap<>();
        for (int left = in.getInt(); left > 0; left--) {
            sizes.put(in.getInt(), in.getInt());
        }
        return sizes;
    }

    private static byte[] bytes(ByteBuffer in) {
        int length = in.getInt();
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
