/** The JSON form of each type, for the codecs of {@code dev.airlock.json} and {@code dev.airlock.json.jackson2}. */
module dev.airlock.json.form {
    requires transitive dev.airlock;
    requires com.fasterxml.jackson.annotation;
    requires static org.jspecify;

    exports dev.airlock.json.form to
            dev.airlock.json,
            dev.airlock.json.jackson2;

    // A codec checks that its Jackson works with a record of this package.
    opens dev.airlock.json.form to
            com.fasterxml.jackson.databind,
            tools.jackson.databind;
}
