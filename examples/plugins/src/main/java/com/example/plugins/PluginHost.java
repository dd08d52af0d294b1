package com.example.plugins;

import dev.airlock.error.AirlockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the plug-ins in a folder, {@code NAME.wasm} each, and reloads one when its file has changed. */
public final class PluginHost implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PluginHost.class.getName());

    private final Path folder;
    private final Map<String, Plugin> plugins = new ConcurrentHashMap<>();
    private final Map<Path, Object> loaded = new HashMap<>();
    private final Map<Path, Object> seen = new HashMap<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "plug-ins");
        thread.setDaemon(true);
        return thread;
    });

    public PluginHost(Path folder) {
        this.folder = folder;
        watch.scheduleWithFixedDelay(this::look, 0, 50, TimeUnit.MILLISECONDS);
    }

    /**
     * Calls a plug-in.
     *
     * @throws NoSuchElementException if there is no plug-in of that name
     */
    public int price(String name, int cents) {
        Plugin plugin = plugins.get(name);
        if (plugin == null) {
            throw new NoSuchElementException("there is no plug-in " + name + ": " + names());
        }
        return plugin.price(cents);
    }

    public Set<String> names() {
        return new TreeSet<>(plugins.keySet());
    }

    /** Runs on the only thread of {@link #watch}. Reads a file after it has been the same in two successive checks. */
    private void look() {
        for (Path file : files()) {
            Object stamp = stamp(file);
            if (stamp.equals(seen.put(file, stamp)) && !stamp.equals(loaded.get(file))) {
                loaded.put(file, stamp);
                load(file);
            }
        }
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".wasm")).toList();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the folder of plug-ins cannot be read", e);
            return List.of();
        }
    }

    private static Object stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size();
        } catch (IOException e) {
            return "gone";
        }
    }

    private void load(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.wasm$", "");
        try {
            Plugin known = plugins.get(name);
            if (known == null) {
                plugins.put(name, new Plugin(file));
            } else {
                known.reload(file);
            }
            LOG.log(System.Logger.Level.INFO, "loaded {0}", name);
        } catch (AirlockException | IOException e) {
            LOG.log(System.Logger.Level.WARNING, name + " cannot be loaded: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        watch.shutdown();
        try {
            watch.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        plugins.values().forEach(Plugin::close);
    }
}
