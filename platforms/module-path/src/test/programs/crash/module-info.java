/** A program whose guest traps. */
module com.example.crash {
    requires dev.airlock;
}
