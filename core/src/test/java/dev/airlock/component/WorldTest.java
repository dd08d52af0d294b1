package dev.airlock.component;

/** Imports outside of interfaces. */
class WorldTest {
    interface Run {
        void run();
    }

    interface Count {
        int run();
    }
}
