package dev.airlock.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.engine.Engine;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.memory.Memory;
import dev.airlock.type.CoreValType;
import dev.airlock.wasi.WasiCtx;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A guest that exports all functions of a version of WASI, so that a test can call each directly. Its memory is full of
 * question marks, so that a test sees which bytes a call writes.
 */
final class Door implements AutoCloseable {
    static final int SIZE = 2 * 65_536;

    private static final Map<String, Module> MODULES = new ConcurrentHashMap<>();

    private final Instance instance;
    private final Memory memory;

    private Door(WasiCtx ctx, String module) {
        Linker linker = new Linker();
        WasiPreview1.addTo(linker, ctx);
        instance = linker.instantiate(MODULES.computeIfAbsent(module, Door::compile));
        memory = instance.memory();
        memory.fill(0, SIZE, (byte) '?');
    }

    static Door of(WasiCtx.Builder ctx) {
        return new Door(ctx.build(), Preview1Module.PREVIEW1);
    }

    static Door unstable(WasiCtx.Builder ctx) {
        return new Door(ctx.build(), Preview1Module.UNSTABLE);
    }

    private static Module compile(String module) {
        List<Call> calls = new ArrayList<>(List.of(Call.values()));
        if (module.equals(Preview1Module.UNSTABLE)) {
            calls.remove(Call.SOCK_ACCEPT);
        }
        var types = new ByteArrayOutputStream();
        var imports = new ByteArrayOutputStream();
        var exports = new ByteArrayOutputStream();
        types.write(calls.size());
        imports.write(calls.size());
        exports.write(calls.size() + 1);
        for (Call call : calls) {
            int index = calls.indexOf(call);
            types.write(0x60);
            types.writeBytes(types(call.type().params()));
            types.writeBytes(types(call.type().results()));
            imports.writeBytes(name(module));
            imports.writeBytes(name(call.lowerCase()));
            imports.writeBytes(new byte[] {0, (byte) index});
            exports.writeBytes(name(call.lowerCase()));
            exports.writeBytes(new byte[] {0, (byte) index});
        }
        exports.writeBytes(name("memory"));
        exports.writeBytes(new byte[] {2, 0});
        var wasm = new ByteArrayOutputStream();
        wasm.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        section(wasm, 1, types.toByteArray());
        section(wasm, 2, imports.toByteArray());
        section(wasm, 5, new byte[] {1, 0, SIZE / 65_536});
        section(wasm, 7, exports.toByteArray());
        return Engine.create().compile("door.wasm", wasm.toByteArray());
    }

    private static byte[] types(List<CoreValType> types) {
        byte[] encoded = new byte[types.size() + 1];
        encoded[0] = (byte) types.size();
        for (int i = 0; i < types.size(); i++) {
            encoded[i + 1] = (byte) (types.get(i) == CoreValType.I64 ? 0x7e : 0x7f);
        }
        return encoded;
    }

    private static byte[] name(String name) {
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        byte[] encoded = new byte[text.length + 1];
        encoded[0] = (byte) text.length;
        System.arraycopy(text, 0, encoded, 1, text.length);
        return encoded;
    }

    private static void section(ByteArrayOutputStream wasm, int id, byte[] content) {
        wasm.write(id);
        for (int left = content.length; ; left >>>= 7) {
            wasm.write(left & 0x7f | (left > 0x7f ? 0x80 : 0));
            if (left <= 0x7f) {
                break;
            }
        }
        wasm.writeBytes(content);
    }

    Instance instance() {
        return instance;
    }

    Memory memory() {
        return memory;
    }

    /** Calls a function, and returns its error number. */
    Errno call(String function, long... args) {
        return Errno.values()[(int) instance.function(function).call(args)[0]];
    }

    /** Calls a function that has to succeed. */
    void run(String function, long... args) {
        assertThat(call(function, args)).as(function + Arrays.toString(args)).isEqualTo(Errno.ESUCCESS);
    }

    /** Writes a text to memory, and returns its length. */
    int text(int offset, String text) {
        return memory.writeString(offset, text);
    }

    /** Writes an iovec array, of pairs of pointer and length. */
    void iovecs(int offset, int... pairs) {
        memory.writeInts(offset, pairs);
    }

    /** Opens a path in the folder that is descriptor 3. */
    int open(String path, int oflags, long rights, int fdflags) {
        run("path_open", 3, 0, 1024, text(1024, path), oflags, rights, 0, fdflags, 1020);
        return memory.readInt(1020);
    }

    Errno write(int fd, String text) {
        iovecs(2000, 2100, text(2100, text));
        return call("fd_write", fd, 2000, 1, 2008);
    }

    String read(int fd, int length) {
        iovecs(2000, 2100, length);
        run("fd_read", fd, 2000, 1, 2008);
        return memory.readString(2100, memory.readInt(2008));
    }

    /** Checks the contents of memory, each byte as a number. */
    void expect(int offset, byte[] drawn) {
        assertThat(memory.read(offset, drawn.length)).isEqualTo(drawn);
    }

    /** Draws memory: texts, small numbers as bytes, longs as eight bytes, little-endian. */
    static byte[] draw(Object... parts) {
        var drawn = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof String text) {
                drawn.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            } else if (part instanceof Integer number) {
                drawn.write(number);
            } else if (part instanceof Long number) {
                for (int i = 0; i < 8; i++) {
                    drawn.write((int) (number >>> 8 * i));
                }
            } else {
                throw new IllegalArgumentException("cannot be drawn: " + part);
            }
        }
        return drawn.toByteArray();
    }

    @Override
    public void close() {
        instance.close();
    }
}
