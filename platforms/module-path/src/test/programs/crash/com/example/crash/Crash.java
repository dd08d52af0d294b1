package com.example.crash;

import dev.airlock.engine.Engine;
import dev.airlock.engine.Linker;
import dev.airlock.error.Trap;
import java.nio.file.Path;
import java.util.Arrays;

/** Prints the guest frames of a trap. */
public final class Crash {
    private Crash() {}

    public static void main(String[] args) {
        var crash = new Linker().instantiate(Engine.create().compile(Path.of(args[0], "rust/crash.wasm")));
        try {
            crash.function("area").call(0);
        } catch (Trap trap) {
            Arrays.stream(trap.getStackTrace())
                    .filter(frame -> frame.getClassName().equals("wasm"))
                    .forEach(System.out::println);
        }
    }
}
