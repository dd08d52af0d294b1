package dev.airlock.cli;

import dev.airlock.engine.Engine;
import dev.airlock.engine.TraceText;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Shows the progress of a long compilation on a terminal, in one line that is erased at the end. */
final class Progress implements Engine.CompileListener {
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int LONGEST_NAME = 30;

    /** Moves to the start of the line and erases it (ECMA-48). */
    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter terminal;
    private final LongSupplier clock;
    private long begin;
    private long shownAt;
    private boolean shown;

    Progress(PrintWriter terminal, LongSupplier clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public void compiled(String module, int functions, int total) {
        long now = clock.getAsLong();
        if (functions == 0) {
            begin = now;
            shownAt = now;
        } else if (functions == total) {
            if (shown) {
                terminal.print(ERASE);
                terminal.flush();
                shown = false;
            }
        } else if (now - begin >= PATIENCE && now - shownAt >= PAUSE) {
            terminal.print(String.format(
                    "%scompiling %s: %,d of %,d functions, %d s",
                    ERASE, named(module), functions, total, TimeUnit.NANOSECONDS.toSeconds(now - begin)));
            terminal.flush();
            shown = true;
            shownAt = now;
        }
    }

    /** Shortens a module's name, since only a text that fits in one line of the terminal can be erased. */
    private static String named(String module) {
        String name = TraceText.shown(module);
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }
}
