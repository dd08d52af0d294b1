/** A program in a named module. */
module com.example.app {
    requires com.example.types;
    requires dev.airlock;
}
