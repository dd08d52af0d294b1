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
 * A compiled component (component model, Explainer, "Component Definitions"). Immutable and stateless: threads and instances
 * share it.
 *
 * <pre>{@code
 * Component component = Component.compile(Engine.create(), Path.of("kit.wasm"));
 * System.out.println(component.wit()); // its imports and exports
 * try (ComponentInstance instance = new ComponentLinker().instantiate(component)) {
 *     instance.function("demo:kit/api@1.0.0#greet").call(List.of(new PrimitiveValue.Text("Ada")));
 * }
 * }</pre>
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
     * @param engine the engine that compiles the core modules
     * @param file the file
     * @return the component, named as the file
     * @throws ModuleException if the file cannot be read, or is not a component that Airlock can run
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
     * Validates and compiles a component and its core modules.
     *
     * @param engine the engine that compiles the core modules
     * @param name the name in errors and stack traces
     * @param bytes the binary, which the caller may change afterwards
     * @return the component
     * @throws ModuleException if the bytes are not a valid component, or need a feature of the component model that Airlock
     *     does not run; the message names the feature
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

    /** Returns the same component with interpreted plans: the reference that tests compare compiled code with. */
    Component interpreted() {
        return new Component(name, size, resolved, producers, true);
    }

    /**
     * Returns whether bytes start with the header of a component, of any version. A core module has another header.
     *
     * @param bytes the start of a file, or all of it
     * @return true for a component
     */
    public static boolean isComponent(byte[] bytes) {
        return bytes.length > LAYER_OFFSET
                && Arrays.equals(bytes, 0, HEADER.length, HEADER, 0, HEADER.length)
                && bytes[LAYER_OFFSET] == 1;
    }

    /**
     * Returns the name in errors and stack traces, usually the file name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Returns the size of the binary.
     *
     * @return the size in bytes
     */
    public int size() {
        return size;
    }

    /**
     * Returns the names of the imports, such as {@code wasi:cli/environment@0.2.0}.
     *
     * @return the names, in the order of the binary
     */
    public List<String> imports() {
        return List.copyOf(resolved.type().imports().keySet());
    }

    /**
     * Returns the names of the imports that the host must define: all except types that are not resources, and interfaces with
     * only such types.
     *
     * @return the names, in the order of the binary
     */
    public List<String> requiredImports() {
        return resolved.type().imports().entrySet().stream()
                .filter(wanted -> ImportMatching.isRequired(wanted.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Returns the names of the exports.
     *
     * @return the names, in the order of the binary
     */
    public List<String> exports() {
        return List.copyOf(resolved.type().exports().keySet());
    }

    /**
     * Returns the exported functions, including those of exported interfaces.
     *
     * @return the functions, in the order of the binary
     */
    public List<FunctionExport> functions() {
        return FunctionExport.of(this);
    }

    /**
     * Finds an exported function.
     *
     * @param name the full name, {@code greet} or {@code demo:kit/api@1.0.0#greet}. If only one function matches, also with a
     *     dot, without the version, or without the interface: {@code demo:kit/api.greet}, {@code greet}
     * @return the function
     * @throws dev.airlock.error.SignatureException if no function matches, or several do
     */
    public FunctionExport function(String name) {
        return FunctionExport.find(this, name);
    }

    /**
     * Returns the core modules, including those of nested components.
     *
     * @return the modules, in the order of the binary
     */
    public List<Module> coreModules() {
        return resolved.allModules();
    }

    /**
     * Returns the tools that made the component, from its {@code producers} section.
     *
     * @return entries such as {@code "processed-by: wit-component 0.20"}
     */
    public List<String> producers() {
        return producers;
    }

    /**
     * Prints the imports and exports as WIT (component model, WIT, "Worlds"): a world named {@code root}, followed by the
     * interfaces it names, by package.
     *
     * @return WIT text
     */
    public String wit() {
        return WorldPrinter.print(resolved.type());
    }

    ResolvedComponent resolved() {
        return resolved;
    }

    /**
     * Returns the component's type. For the library; the result's type is not exported.
     *
     * @return the types of the imports and exports
     */
    public ComponentType type() {
        return resolved.type();
    }

    /**
     * Returns the code that instances share. For the library; the result's type is not exported.
     *
     * @return the code
     */
    public ComponentCode code() {
        return code;
    }

    @Override
    public String toString() {
        return "component " + name;
    }
}
