/** A program in a module of its own. */
module com.example.app {
    requires com.example.types;
    requires dev.airlock;
}
