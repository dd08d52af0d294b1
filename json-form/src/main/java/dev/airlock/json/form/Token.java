package dev.airlock.json.form;

/** A part of a payload, in the order in which it is read. */
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
    /** The payload is over. */
    END("nothing");

    private final String words;

    Token(String words) {
        this.words = words;
    }

    /** The token in the words of errors. */
    String words() {
        return words;
    }
}
