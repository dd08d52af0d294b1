/** A program that opens nothing. */
module com.example.hidden {
    requires dev.airlock;
}
