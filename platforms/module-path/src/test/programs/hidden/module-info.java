/** A program that opens no package. */
module com.example.hidden {
    requires dev.airlock;
}
