package dev.airlock.memory;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Strings, for callers who meet a linear memory through Endive's interface. Lenient, as that interface has it; {@link
 * Memory} is strict.
 */
abstract sealed class LenientStrings extends DerivedMemory permits LinearMemory {
    LenientStrings(Extent extent) {
        super(extent);
    }

    @Override
    public final String readString(int addr, int len) {
        return readString(addr, len, StandardCharsets.UTF_8);
    }

    @Override
    public final String readString(int addr, int len, Charset charSet) {
        return new String(readBytes(addr, len), charSet);
    }

    @Override
    public final void writeString(int offset, String data) {
        write(offset, data.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public final void writeString(int offset, String data, Charset charSet) {
        write(offset, data.getBytes(charSet));
    }

    @Override
    public final String readCString(int addr) {
        return readCString(addr, StandardCharsets.UTF_8);
    }

    @Override
    public final String readCString(int addr, Charset charSet) {
        int end = addr;
        while (read(end) != 0) {
            end++;
        }
        return readString(addr, end - addr, charSet);
    }

    @Override
    public final void writeCString(int offset, String str) {
        writeCString(offset, str, StandardCharsets.UTF_8);
    }

    @Override
    public final void writeCString(int offset, String str, Charset charSet) {
        writeString(offset, str + '\0', charSet);
    }
}
