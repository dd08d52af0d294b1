package com.example.types;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.pool.Pool;
import dev.airlock.pool.PoolOptions;
import java.nio.file.Path;
import java.util.List;

/** Calls one guest of each kind by interfaces that only this package sees. */
public final class Guests {
    private Guests() {}

    record Request(String name, int num) {}

    record Names(List<String> names) {}

    interface Repeat {
        Names repeat(Request request);
    }

    interface Kit {
        String greet(String name);

        Names repeat(Request request);
    }

    /** A kit's imports. */
    static final class Host {
        void log(String message) {}

        String answer(String question) {
            return question;
        }
    }

    /** Runs a WASI program, with JSON on its standard input. */
    public static String program(Path guests) {
        try (Guest guest = Airlock.open(guests.resolve("rust/repeat.wasm"))) {
            return guest.as(Repeat.class).repeat(new Request("Ada", 2)).toString();
        }
    }

    /** Calls a core module: strings in its memory, records as JSON, host functions, and a pool. */
    public static String coreModule(Path guests) {
        try (Guest guest = Airlock.open(guests.resolve("c/kit.wasm")).imports("env", new Host());
                Pool pool = guest.pooled(PoolOptions.size(1))) {
            Kit kit = pool.as(Kit.class);
            return kit.greet("Ada") + " " + kit.repeat(new Request("Ada", 2));
        }
    }

    interface Strings {
        String echo(String text);
    }

    /** Calls a component, whose strings cross by the canonical ABI. */
    public static String component(Path guests) {
        try (Guest guest = Airlock.open(guests.resolve("components/wat/strings-utf16.wasm"))) {
            return guest.as(Strings.class).echo("Ada");
        }
    }
}
