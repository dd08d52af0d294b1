package dev.airlock.json.form;

/** A part of a payload, as a reader meets it. */
public enum Token {
    ARRAY("an array"),
    END_ARRAY("an array"),
    OBJECT("an object"),
    END_OBJECT("an object"),
    /** The name of an object's member; its value follows. */
    NAME("an object"),
    TEXT("a string"),
    /** A number without a fraction or an exponent. */
    WHOLE("a number"),
    FRACTION("a number"),
    TRUE("true or false"),
    FALSE("true or false"),
    NULL("null"),
    BYTES("bytes"),
    /** The end of the payload. */
    END("nothing");

    private final String words;

    Token(String words) {
        this.words = words;
    }

    /** Returns the words for the token in error messages. */
    String words() {
        return words;
    }
}
