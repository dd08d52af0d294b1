package dev.airlock.component.type;

/** Collects lines of WIT, indented by the depth of braces. */
public final class WitLines {
    private static final String STEP = "  ";

    private final StringBuilder text = new StringBuilder();
    private int depth;

    public void line(String line) {
        text.append(STEP.repeat(depth)).append(line).append('\n');
    }

    public void blank() {
        text.append('\n');
    }

    public void open(String what) {
        line(what + " {");
        depth++;
    }

    public void close() {
        depth--;
        line("}");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
