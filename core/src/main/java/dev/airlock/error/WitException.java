package dev.airlock.error;

/**
 * Text that is not what it should be: WIT that declares types and functions, or WAVE that writes down values. The
 * message has the place, what was expected there, and the line with a caret below the place.
 */
public final class WitException extends AirlockException {
    private static final long serialVersionUID = 1L;

    /** The line, counted from 1. */
    private final int line;
    /** The place in the line, counted from 1. */
    private final int column;

    /**
     * @param source the name of the file the text is from, or an empty string
     * @param line counted from 1
     * @param column counted from 1, in UTF-16 units
     * @param problem what is wrong there
     * @param excerpt the line, and below it the caret
     */
    public WitException(String source, int line, int column, String problem, String excerpt) {
        super((source.isEmpty() ? "line " + line + ", column " + column : source + ":" + line + ":" + column)
                + ": "
                + problem
                + "\n"
                + excerpt);
        this.line = line;
        this.column = column;
    }

    /** {@return the line in the text, counted from 1} */
    public int line() {
        return line;
    }

    /** {@return the place in the line, counted from 1, in UTF-16 units} */
    public int column() {
        return column;
    }
}
