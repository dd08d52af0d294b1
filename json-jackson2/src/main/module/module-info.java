/** JSON payloads by Jackson 2, for programs in which Jackson 3 cannot run. */
module dev.airlock.json.jackson2 {
    requires transitive dev.airlock;
    requires dev.airlock.json.form;
    requires transitive com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jdk8;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires static org.jspecify;

    exports dev.airlock.json.jackson2;

    provides dev.airlock.payload.PayloadCodec with
            dev.airlock.json.jackson2.InstalledJackson2;
}
