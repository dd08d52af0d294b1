package dev.airlock.benchmarks;

import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A name, and the check that it is greeted right. */
@State(Scope.Thread)
public abstract class Names {
    private static final String ASCII = "Ada";

    /** Characters of three, two and one byte, most of them beyond Latin-1. */
    private static final String NON_ASCII = "語Žluťoučký kůň ";

    /** Returns the size in UTF-8. */
    @Param({"3", "1024", "65536"})
    int bytes;

    @Param({"ascii", "nonAscii"})
    String text = "";

    String name = "";

    @Setup
    public void check() {
        name = name(text.equals("ascii") ? ASCII : NON_ASCII, bytes);
        GuestFiles.check(bytes, name.getBytes(StandardCharsets.UTF_8).length);
        open();
        for (int i = 0; i < 3; i++) {
            GuestFiles.check("Hello, " + name + "!", greet());
        }
        GuestFiles.check(0, liveBlocks());
    }

    void open() {}

    abstract String greet();

    /** The blocks that the guest allocated and that are not freed; 0 if a collector frees them. */
    abstract int liveBlocks();

    private static String name(String characters, int bytes) {
        var name = new StringBuilder();
        int left = bytes;
        for (int i = 0; left > 0; i++) {
            String next = characters.substring(i % characters.length(), i % characters.length() + 1);
            int size = next.getBytes(StandardCharsets.UTF_8).length;
            name.append(size <= left ? next : "!");
            left -= size <= left ? size : 1;
        }
        return name.toString();
    }
}
