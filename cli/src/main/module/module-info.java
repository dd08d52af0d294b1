/** The {@code airlock} command. */
module dev.airlock.cli {
    requires dev.airlock;
    requires dev.airlock.json;
    requires info.picocli;
    requires static org.jspecify;

    opens dev.airlock.cli to
            info.picocli;
}
