package dev.airlock.engine.load;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What compiling a module gives: JVM classes, not loaded yet. It can be kept on disk.
 *
 * @param instanceClass the binary name of the class of its instances
 * @param groups the classes of its functions
 * @param others all other classes by their binary names
 */
public record CompiledCode(String instanceClass, List<CompiledGroup> groups, Map<String, byte[]> others) {
    public CompiledCode {
        groups = List.copyOf(groups);
        others = Map.copyOf(others);
    }

    /** Returns the functions with more JVM code than HotSpot compiles by default, and how many bytes it is. */
    public Map<Integer, Integer> large() {
        Map<Integer, Integer> all = new TreeMap<>();
        groups.forEach(group -> all.putAll(group.large()));
        return all;
    }

    /** Returns all of this as bytes. */
    public byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            write(out, instanceClass);
            out.writeInt(groups.size());
            for (CompiledGroup group : groups) {
                write(out, group.name());
                write(out, group.classes());
                out.writeInt(group.methods().length);
                for (int i = 0; i < group.methods().length; i++) {
                    write(out, group.methods()[i]);
                    out.writeInt(group.functions()[i]);
                }
                out.writeInt(group.large().size());
                for (Map.Entry<Integer, Integer> size : new TreeMap<>(group.large()).entrySet()) {
                    out.writeInt(size.getKey());
                    out.writeInt(size.getValue());
                }
            }
            write(out, others);
        } catch (IOException e) {
            throw new UncheckedIOException("arrays have no end", e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Map<String, byte[]> classes) throws IOException {
        out.writeInt(classes.size());
        for (Map.Entry<String, byte[]> type : new TreeMap<>(classes).entrySet()) {
            write(out, type.getKey());
            write(out, type.getValue());
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        write(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /**
     * Reads what {@link #bytes} has written.
     *
     * @throws BufferUnderflowException if the bytes are something else
     */
    public static CompiledCode read(ByteBuffer in) {
        String instanceClass = text(in);
        int count = count(in);
        List<CompiledGroup> groups = new ArrayList<>();
        for (int left = count; left > 0; left--) {
            String name = text(in);
            Map<String, byte[]> bytes = classes(in);
            String[] methods = new String[count(in)];
            int[] functions = new int[methods.length];
            for (int i = 0; i < methods.length; i++) {
                methods[i] = text(in);
                functions[i] = in.getInt();
            }
            Map<Integer, Integer> large = new TreeMap<>();
            for (int sizes = count(in); sizes > 0; sizes--) {
                large.put(in.getInt(), in.getInt());
            }
            groups.add(new CompiledGroup(name, bytes, methods, functions, large));
        }
        return new CompiledCode(instanceClass, groups, classes(in));
    }

    private static Map<String, byte[]> classes(ByteBuffer in) {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        for (int left = count(in); left > 0; left--) {
            classes.put(text(in), bytes(in));
        }
        return classes;
    }

    /** Each thing that is counted takes bytes. */
    private static int count(ByteBuffer in) {
        int count = in.getInt();
        if (count < 0 || count > in.remaining()) {
            throw new BufferUnderflowException();
        }
        return count;
    }

    private static String text(ByteBuffer in) {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[count(in)];
        in.get(bytes);
        return bytes;
    }
}
