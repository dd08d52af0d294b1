package dev.airlock.engine;

import dev.airlock.engine.binary.Producers;
import dev.airlock.engine.code.CompiledModule;
import dev.airlock.engine.code.EndiveTypes;
import dev.airlock.engine.code.LoadedCode;
import dev.airlock.engine.code.ModuleCompiler;
import dev.airlock.engine.code.ParsedModule;
import dev.airlock.engine.code.SourceLines;
import dev.airlock.symbol.GuestSymbols;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExportType;
import dev.airlock.type.ExternType;
import dev.airlock.type.ImportType;
import dev.airlock.type.MemoryType;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.UnknownCustomSection;

/**
 * A compiled core module (core specification, section 2.5). A module is immutable, has no state of its own, and is shared
 * between threads and instances.
 *
 * <pre>{@code
 * Module module = engine.compile("guest.wasm", bytes);
 * module.imports().forEach(wanted -> System.out.println(wanted.module() + "." + wanted.name() + ": " + wanted.type()));
 * try (Instance instance = engine.linker().unknownImportsAsTraps().instantiate(module)) {
 *   long answer = instance.function("answer").call(new long[0])[0];
 * }
 * }</pre>
 */
public final class Module {
    private static final String COMMAND_ENTRY = "_start";
    private static final String REACTOR_ENTRY = "_initialize";

    /** Templates have long names, of which people want to see the end; guests may have names of any size. */
    private static final int LONGEST_NAME = 1_000;

    private final String name;
    private final int size;
    private final ParsedModule parsed;
    private final LoadedCode code;
    private final List<ImportType> imports;
    private final List<ExportType> exports;
    private final Map<String, ExternType> exportTypes;
    private final boolean cached;
    private final Map<Integer, Integer> interpreted;
    private final Map<Integer, Integer> large;
    private final Map<Object, Object> shapes = new ConcurrentHashMap<>();
    private final Map<String, Export> exportEntries = new LinkedHashMap<>();
    private final @Nullable CoreFuncType[] functionTypes;

    private final @Nullable SourceLines sourceLines;

    private volatile @Nullable WasmModule bare;
    private volatile @Nullable WasmModule unexported;

    private Module(String name, int size, CompiledModule compiled) {
        this.name = name;
        this.size = size;
        this.sourceLines = compiled.sourceLines();
        this.parsed = compiled.parsed();
        this.code = compiled.code();
        this.imports = parsed.imports();
        this.exports = parsed.exports();
        this.exportTypes = exports.stream().collect(Collectors.toMap(ExportType::name, ExportType::type));
        this.cached = compiled.cached();
        this.interpreted = compiled.interpreted();
        this.large = compiled.large();
        this.functionTypes = new CoreFuncType
                [parsed.importedFunctions() + parsed.wasm().functionSection().functionCount()];
        for (int i = 0; i < parsed.wasm().exportSection().exportCount(); i++) {
            Export export = parsed.wasm().exportSection().getExport(i);
            exportEntries.put(export.name(), export);
        }
        interpreted.forEach((index, bytes) -> System.getLogger("dev.airlock.engine")
                .log(
                        Level.DEBUG,
                        "{0}: {1} is too large for one JVM method, with {2} bytes of code, and runs in Endive''s interpreter",
                        name,
                        readableName(index),
                        bytes));
    }

    static Module compile(String name, byte[] bytes, ModuleCompiler compiler) {
        return new Module(name, bytes.length, compiler.compile(name, bytes));
    }

    /**
     * Returns the name that errors and stack traces use: usually the file name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /** {@return the size of the binary, in bytes} */
    public int size() {
        return size;
    }

    /**
     * Returns the imports of this module, in the order of the binary.
     *
     * @return the imports, in the order of the module
     */
    public List<ImportType> imports() {
        return imports;
    }

    /**
     * Returns the exports of this module, in the order of the binary.
     *
     * @return one entry for each export
     */
    public List<ExportType> exports() {
        return exports;
    }

    /**
     * Returns the type of an export.
     *
     * @param exportName the name of the export
     * @return the type of an export
     */
    public Optional<ExternType> export(String exportName) {
        return Optional.ofNullable(exportTypes.get(exportName));
    }

    /**
     * Returns whether this is a WASI command: it has a {@code _start} and is run once, as a program.
     *
     * @return whether this is a WASI command
     */
    public boolean isCommand() {
        return isEntry(COMMAND_ENTRY);
    }

    /**
     * Returns whether this is a WASI reactor with an {@code _initialize}, which runs once before anything else of it.
     *
     * @return whether this is a WASI reactor with an {@code _initialize}
     */
    public boolean isReactor() {
        return !isCommand() && isEntry(REACTOR_ENTRY);
    }

    private boolean isEntry(String entry) {
        return exportTypes.get(entry) instanceof CoreFuncType type
                && type.params().isEmpty()
                && type.results().isEmpty();
    }

    /** {@return the start function, by name, which runs on each instantiation (core specification, section 2.5.9)} */
    public Optional<String> startFunction() {
        return parsed.wasm().startSection().map(start -> readableName((int) start.startIndex()));
    }

    /**
     * Returns the types of the memories that the module defines itself, in index order; imported ones are in {@link #imports()}.
     *
     * @return the types of the memories that the module defines itself, in index order
     */
    public List<MemoryType> memories() {
        return parsed.wasm()
                .memorySection()
                .map(section -> IntStream.range(0, section.memoryCount())
                        .mapToObj(i -> EndiveTypes.of(section.getMemory(i).limits()))
                        .toList())
                .orElse(List.of());
    }

    /** {@return how many functions the module defines} */
    public int functionCount() {
        return parsed.wasm().functionSection().functionCount();
    }

    /**
     * Returns the tools that made the module, from its {@code producers} section. Any tool can write anything there.
     *
     * @return one entry for each tool, as in {@code "language: Rust"}; empty if there is no such section
     */
    public List<String> producers() {
        return parsed.wasm().customSection("producers") instanceof UnknownCustomSection section
                ? Producers.read(section.bytes())
                : List.of();
    }

    /**
     * Returns the names of the functions that are too large for one JVM method, so that Endive's interpreter runs them.
     *
     * @return the names of the functions that are too large for one JVM method
     */
    public List<String> interpretedFunctions() {
        return interpreted.keySet().stream().map(this::readableName).toList();
    }

    /**
     * Returns the functions that the JVM does not compile, in the module's order: those that are too large for one JVM method, and
     * those that HotSpot leaves to the JVM's own interpreter. The latter it compiles where it is started with {@code
     * -XX:-DontCompileHugeMethods}.
     *
     * @return the functions that the JVM does not compile, in the module's order
     */
    public List<LargeFunction> largeFunctions() {
        var all = new TreeMap<Integer, LargeFunction>();
        interpreted.forEach((index, bytes) -> all.put(index, new LargeFunction(readableName(index), bytes, true)));
        large.forEach((index, bytes) -> all.put(index, new LargeFunction(readableName(index), bytes, false)));
        return List.copyOf(all.values());
    }

    /**
     * Returns whether its compiled code was found in the engine's code cache, so that nothing was compiled.
     *
     * @return true if it was found in the cache
     */
    public boolean isCached() {
        return cached;
    }

    /** Returns a function's name in the name section, else that of its import or export, else {@code func[12]}. */
    String functionName(int index) {
        return parsed.functionName(index);
    }

    /** Returns the name for people: as its author wrote it, with control characters escaped. */
    String readableName(int index) {
        return TraceText.shown(GuestSymbols.readable(functionName(index)), LONGEST_NAME);
    }

    /** Returns the name that calls of a function have: that of its export, if it has one. */
    String callName(int index) {
        for (Export export : exportEntries.values()) {
            if (export.exportType() == ExternalType.FUNCTION && export.index() == index) {
                return TraceText.shown(export.name());
            }
        }
        return TraceText.shown(readableName(index));
    }

    /** Returns the first global that the name section gives this name; -1 if there is none. */
    int globalNamed(String globalName) {
        return parsed.names().global(globalName);
    }

    boolean isImported(int functionIndex) {
        return functionIndex < wasm().importSection().count(ExternalType.FUNCTION);
    }

    @Nullable
    SourceLines sourceLines() {
        return sourceLines;
    }

    WasmModule wasm() {
        return parsed.wasm();
    }

    /** Returns the same for instances that start from a snapshot. */
    WasmModule bare() {
        // Two threads may both make it, to the same end.
        WasmModule known = bare;
        if (known == null) {
            known = BareModule.of(wasm());
            bare = known;
        }
        return known;
    }

    /** Returns the same for instances in a compartment. */
    WasmModule unexported() {
        WasmModule known = unexported;
        if (known == null) {
            known = BareModule.withoutExports(wasm());
            unexported = known;
        }
        return known;
    }

    LoadedCode code() {
        return code;
    }

    /** What was generated for this module, by whatever names it. Made once and kept as long as the module. */
    Map<Object, Object> shapes() {
        return shapes;
    }

    int functionIndex(String exportName) {
        return exportIndex(ExternalType.FUNCTION, exportName);
    }

    /** Where an export stands among all that the module has of its kind. */
    int exportIndex(ExternalType kind, String exportName) {
        Export found = exportEntries.get(exportName);
        if (found != null && found.exportType() == kind) {
            return found.index();
        }
        throw new IllegalArgumentException(
                name + " exports no " + kind.name().toLowerCase(Locale.ROOT) + " " + exportName);
    }

    /** Returns an export as Endive has it: its kind and its index. */
    Export exportEntry(String exportName) {
        Export found = exportEntries.get(exportName);
        if (found == null) {
            throw new IllegalArgumentException("nothing is exported as " + exportName);
        }
        return found;
    }

    CoreFuncType functionType(int index) {
        // Two threads may both find it out, to the same end.
        CoreFuncType known = functionTypes[index];
        if (known == null) {
            known = parsed.functionType(index);
            functionTypes[index] = known;
        }
        return known;
    }

    /** Returns the type of an imported function in Endive's terms, by the place among all imports. */
    FunctionType importedFunctionType(int place) {
        FunctionImport wanted = (FunctionImport) wasm().importSection().getImport(place);
        return wasm().typeSection().getType(wanted.typeIndex());
    }

    boolean hasTailCalls() {
        return parsed.hasTailCalls();
    }

    @Override
    public String toString() {
        return "module " + name;
    }
}
