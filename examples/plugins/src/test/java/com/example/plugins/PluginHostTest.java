package com.example.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginHostTest {
    @TempDir
    private Path folder;

    private void install(String resource, String name) throws IOException {
        Path part = folder.resolve(name + ".part");
        try (InputStream in = PluginHostTest.class.getResourceAsStream("/" + resource)) {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(part, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, what);
            Thread.sleep(10);
        }
    }

    @Test
    void aChangedPluginIsLoadedWhileCallsGoOn() throws Exception {
        install("ten-percent-off.wasm", "sale.wasm");
        try (var host = new PluginHost(folder)) {
            await("the plug-in is there", () -> host.names().equals(Set.of("sale")));
            assertEquals(900, host.price("sale", 1000));

            var ended = new AtomicBoolean();
            List<Object> wrong = new CopyOnWriteArrayList<>();
            List<Thread> callers = List.of(caller(host, ended, wrong), caller(host, ended, wrong));
            callers.forEach(Thread::start);
            install("half-price.wasm", "sale.wasm");
            await("the new version is called", () -> host.price("sale", 1000) == 500);
            ended.set(true);
            for (Thread caller : callers) {
                caller.join();
            }
            assertEquals(List.of(), wrong);
        }
    }

    private static Thread caller(PluginHost host, AtomicBoolean ended, List<Object> wrong) {
        return new Thread(() -> {
            try {
                while (!ended.get()) {
                    int price = host.price("sale", 1000);
                    if (price != 900 && price != 500) {
                        wrong.add(price);
                    }
                }
            } catch (RuntimeException e) {
                wrong.add(e);
            }
        });
    }

    @Test
    void aBrokenFileLeavesThePreviousVersion() throws Exception {
        install("ten-percent-off.wasm", "sale.wasm");
        try (var host = new PluginHost(folder)) {
            await("the plug-in is there", () -> host.names().contains("sale"));
            Files.writeString(folder.resolve("sale.wasm"), "no plug-in");
            Files.writeString(folder.resolve("other.wasm"), "nor this");
            install("half-price.wasm", "third.wasm");
            await("the later plug-in is there", () -> host.names().contains("third"));
            assertEquals(900, host.price("sale", 1000));
            assertEquals(Set.of("sale", "third"), host.names());
            assertThrows(NoSuchElementException.class, () -> host.price("other", 1));
        }
    }
}
