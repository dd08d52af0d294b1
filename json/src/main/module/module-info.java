/** JSON payloads by Jackson 3. */
module dev.airlock.json {
    requires transitive dev.airlock;
    requires dev.airlock.json.form;
    requires transitive tools.jackson.databind;
    requires com.fasterxml.jackson.annotation;
    requires static org.jspecify;

    exports dev.airlock.json;

    provides dev.airlock.payload.PayloadCodec with
            dev.airlock.json.InstalledJson;
}
