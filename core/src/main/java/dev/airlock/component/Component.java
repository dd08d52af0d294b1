package dev.airlock.component;

import dev.airlock.component.binary.ComponentDecoder;
import dev.airlock.component.binary.ParsedComponent;
import dev.airlock.component.run.ComponentCode;
import dev.airlock.component.type.ComponentType;
import dev.airlock.component.type.ResolvedComponent;
import dev.airlock.component.type.Resolver;
import dev.airlock.engine.Engine;
import dev.airlock.engine.Module;
import dev.airlock.engine.binary.Producers;
import dev.airlock.error.ModuleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A compiled component (component model, Explainer, "Component Definitions"): immutable, without state of its own, and
 * shared between threads and instances.
 */
public final class Component {
    private static final byte[] HEADER = {0, 'a', 's', 'm'};
    private static final int LAYER_OFFSET = 6;

    private final String name;
    private final int size;
    private final ResolvedComponent resolved;
    private final ComponentCode code;
    private final List<String> producers;

    private Component(String name, int size, ResolvedComponent resolved, List<String> producers, boolean interpreted) {
        this.name = name;
        this.size = size;
        this.resolved = resolved;
        this.code = new ComponentCode(name, resolved, interpreted);
        this.producers = List.copyOf(producers);
    }

    /**
     * Reads, validates and compiles a component from a file.
     *
     * @throws ModuleException if there is no such file, or it is not a component that can be run
     */
    public static Component compile(Engine engine, Path file) {
        String name = Objects.requireNonNullElse(file.getFileName(), file).toString();
        try {
            return compile(engine, name, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new ModuleException(file.toString(), ModuleException.UNKNOWN_OFFSET, "no such file", e);
        } catch (IOException e) {
            String reason = Files.isDirectory(file) ? "it is a folder" : String.valueOf(e.getMessage());
            throw new ModuleException(file.toString(), ModuleException.UNKNOWN_OFFSET, "cannot be read: " + reason, e);
        }
    }

    /**
     * Validates and compiles a component, and the core modules in it.
     *
     * @param name how errors and stack traces name it
     * @param bytes its binary form, which the caller may change afterwards
     * @throws ModuleException if the bytes are not a component, are not valid, or need a feature of the component model
     *     that Airlock does not run; it names the feature
     */
    public static Component compile(Engine engine, String name, byte[] bytes) {
        byte[] own = bytes.clone();
        ParsedComponent parsed = ComponentDecoder.decode(name, own);
        ResolvedComponent resolved = Resolver.resolve(engine, name, own, parsed);
        var producers = new ArrayList<String>();
        for (ParsedComponent.CustomSection section : parsed.customSections()) {
            if (section.name().equals("producers")) {
                producers.addAll(Producers.read(Arrays.copyOfRange(own, section.start(), section.end())));
            }
        }
        return new Component(name, own.length, resolved, producers, false);
    }

    /** The same by plans that are interpreted: the measure for the code that is made of them. */
    Component interpreted() {
        return new Component(name, size, resolved, producers, true);
    }

    /** Whether the bytes start as a component does, of whatever version. A core module starts otherwise. */
    public static boolean isComponent(byte[] bytes) {
        return bytes.length > LAYER_OFFSET
                && Arrays.equals(bytes, 0, HEADER.length, HEADER, 0, HEADER.length)
                && bytes[LAYER_OFFSET] == 1;
    }

    /** How errors and stack traces name this component: its file name, as a rule. */
    public String name() {
        return name;
    }

    /** The size of the binary, in bytes. */
    public int size() {
        return size;
    }

    /** The names of what it needs from its host, in the binary's order: {@code wasi:cli/environment@0.2.0}. */
    public List<String> imports() {
        return List.copyOf(resolved.type().imports().keySet());
    }

    /**
     * The names of the imports that a host has to define, in the binary's order: all but types that are no resources, and
     * interfaces that have nothing but such types.
     */
    public List<String> requiredImports() {
        return resolved.type().imports().entrySet().stream()
                .filter(wanted -> ImportMatching.isRequired(wanted.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The names of what it offers, in the binary's order. */
    public List<String> exports() {
        return List.copyOf(resolved.type().exports().keySet());
    }

    /** The functions that it exports, by itself and in interfaces, in the binary's order. */
    public List<FunctionExport> functions() {
        return FunctionExport.of(this);
    }

    /**
     * Finds a function that it exports.
     *
     * @param name its whole name, {@code greet} or {@code demo:kit/api@1.0.0#greet}; or with a dot, without the version, or
     *     without the interface, where only one function fits: {@code demo:kit/api.greet}, {@code greet}
     * @throws dev.airlock.error.SignatureException if there is none, or if several fit
     */
    public FunctionExport function(String name) {
        return FunctionExport.find(this, name);
    }

    /** The core modules in it and in the components in it, in the binary's order. */
    public List<Module> coreModules() {
        return resolved.allModules();
    }

    /** What its {@code producers} section says made it, as in {@code "processed-by: wit-component 0.20"}. */
    public List<String> producers() {
        return producers;
    }

    /**
     * What it imports and exports, as WIT (component model, WIT, "Worlds"): a world called {@code root}, and the interfaces
     * that it names, by their packages.
     */
    public String wit() {
        return WorldPrinter.print(resolved.type());
    }

    ResolvedComponent resolved() {
        return resolved;
    }

    public ComponentType type() {
        return resolved.type();
    }

    public ComponentCode code() {
        return code;
    }

    @Override
    public String toString() {
        return "component " + name;
    }
}
