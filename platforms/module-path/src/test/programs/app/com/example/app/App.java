package com.example.app;

import com.example.types.Guests;
import java.nio.file.Path;

/** Prints the guests' answers. */
public final class App {
    private App() {}

    public static void main(String[] args) {
        Path guests = Path.of(args[0]);
        System.out.println(Guests.program(guests));
        System.out.println(Guests.coreModule(guests));
        System.out.println(Guests.component(guests));
        Module library = dev.airlock.Airlock.class.getModule();
        System.out.println(library.isNamed() ? library.getName() : "on the class path");
    }
}
