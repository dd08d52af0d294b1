package com.example.hidden;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import java.nio.file.Path;
import java.util.List;

/** Binds an interface that Airlock may not access. */
public final class Hidden {
    private Hidden() {}

    interface Kit {
        Names repeat(Request request);
    }

    record Request(String name, int num) {}

    record Names(List<String> names) {}

    /** The kit's imports. */
    static final class Host {
        void log(String message) {}

        String answer(String question) {
            return question;
        }
    }

    public static void main(String[] args) {
        try (Guest guest = Airlock.open(Path.of(args[0], "c/kit.wasm")).imports("env", new Host())) {
            System.out.println(guest.as(Kit.class).repeat(new Request("Ada", 2)));
        } catch (RuntimeException e) {
            System.out.println(e.getMessage().replace("\n", " "));
        }
        try (Guest guest = Airlock.open(Path.of(args[0], "rust/repeat.wasm"))) {
            System.out.println(guest.as(Kit.class).repeat(new Request("Ada", 2)));
        } catch (RuntimeException e) {
            System.out.println(e.getMessage().replace("\n", " "));
        }
    }
}
