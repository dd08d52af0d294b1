/** The interfaces of guests, and their records: neither public nor exported, but open to the libraries that read them. */
module com.example.types {
    requires dev.airlock;
    requires dev.airlock.json;

    exports com.example.types;

    opens com.example.types to
            dev.airlock,
            tools.jackson.databind;
}
