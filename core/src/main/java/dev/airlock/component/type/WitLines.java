package dev.airlock.component.type;

/** Lines of WIT, indented by the braces they stand in. */
final class WitLines {
    private static final String STEP = "  ";

    private final StringBuilder text = new StringBuilder();
    private int depth;

    void line(String line) {
        text.append(STEP.repeat(depth)).append(line).append('\n');
    }

    void blank() {
        text.append('\n');
    }

    void open(String what) {
        line(what + " {");
        depth++;
    }

    void close() {
        depth--;
        line("}");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
