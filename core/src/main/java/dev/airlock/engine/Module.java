package dev.airlock.engine;

import dev.airlock.engine.binary.FunctionNames;
import dev.airlock.engine.binary.ModuleDefinition;
import dev.airlock.engine.binary.Producers;
import dev.airlock.engine.load.CompiledCode;
import dev.airlock.engine.load.LoadedCode;
import dev.airlock.engine.runtime.Instantiator;
import dev.airlock.engine.simd.IdleSink;
import dev.airlock.engine.simd.VectorObjectCode;
import dev.airlock.engine.validate.CodeSink;
import dev.airlock.engine.validate.DefinedType;
import dev.airlock.engine.validate.ValidModule;
import dev.airlock.symbol.GuestSymbols;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExportType;
import dev.airlock.type.ExternType;
import dev.airlock.type.ImportType;
import dev.airlock.type.MemoryType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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

    private static final String[] KINDS = {"function", "table", "memory", "global", "tag"};

    private final ValidModule valid;
    private final LoadedCode code;
    private final Instantiator instantiator;
    private final DefinedType[] types;
    private final FunctionNames names;
    private final List<ImportType> imports;
    private final List<ExportType> exports;
    private final Map<String, ExternType> exportTypes;
    private final boolean cached;
    private final boolean countsFuel;
    private final Map<Integer, Integer> large;
    private final Map<Object, Object> shapes = new ConcurrentHashMap<>();
    private final Map<String, ModuleDefinition.Export> exportEntries = new LinkedHashMap<>();
    private final @Nullable CoreFuncType[] functionTypes;
    private final @Nullable SourceLines sourceLines;

    /**
     * @param cached whether the code was found and not made
     * @param countsFuel whether the code counts the operators that it executes
     */
    Module(ValidModule valid, CompiledCode compiled, boolean cached, boolean countsFuel) {
        this.valid = valid;
        this.code = new LoadedCode(compiled, valid);
        this.instantiator = new Instantiator(valid);
        this.types = IntStream.range(0, valid.typeCount()).mapToObj(valid::type).toArray(DefinedType[]::new);
        this.names = FunctionNames.of(valid.definition());
        this.imports = ApiTypes.imports(valid);
        this.exports = ApiTypes.exports(valid);
        this.exportTypes = exports.stream().collect(Collectors.toMap(ExportType::name, ExportType::type));
        this.cached = cached;
        this.countsFuel = countsFuel;
        this.large = compiled.large();
        this.functionTypes = new CoreFuncType[valid.functionCount()];
        this.sourceLines = SourceLines.of(valid.definition());
        for (ModuleDefinition.Export export : valid.definition().exports()) {
            exportEntries.put(export.name(), export);
        }
    }

    /**
     * Returns the name that errors and stack traces use: usually the file name.
     *
     * @return the name
     */
    public String name() {
        return valid.name();
    }

    /** {@return the size of the binary, in bytes} */
    public int size() {
        return valid.definition().bytes().length;
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
        int start = valid.definition().start();
        return start < 0 ? Optional.empty() : Optional.of(readableName(start));
    }

    /**
     * Returns the types of the memories that the module defines itself, in index order; imported ones are in {@link #imports()}.
     *
     * @return the types of the memories that the module defines itself, in index order
     */
    public List<MemoryType> memories() {
        return valid.definition().memories().stream().map(ApiTypes::of).toList();
    }

    /** {@return how many functions the module defines} */
    public int functionCount() {
        return valid.definition().functions().length;
    }

    /**
     * Returns the tools that made the module, from its {@code producers} section. Any tool can write anything there.
     *
     * @return one entry for each tool, as in {@code "language: Rust"}; empty if there is no such section
     */
    public List<String> producers() {
        byte[] section = valid.definition().custom("producers");
        return section == null ? List.of() : Producers.read(section);
    }

    /**
     * Returns how vector operators of the module run in this JVM (core specification, section 4.6.3).
     *
     * @return {@code "lanes"}, as plain numbers; {@code "jdk.incubator.vector"}, by that module of the JDK; empty if no function has
     *     any. To find out, all bodies are read
     */
    public Optional<String> vectors() {
        boolean[] found = new boolean[1];
        CodeSink seeker = new IdleSink() {
            @Override
            public void v128Const(long low, long high) {
                found[0] = true;
            }

            @Override
            public void vector(int opcode) {
                found[0] = true;
            }

            @Override
            public void vectorLane(int opcode, int lane) {
                found[0] = true;
            }

            @Override
            public void vectorShuffle(long low, long high) {
                found[0] = true;
            }

            @Override
            public void vectorMemory(int opcode, int memory, long offset, int lane) {
                found[0] = true;
            }
        };
        int functions = valid.functionCount();
        for (int i = valid.importedFunctions(); i < functions && !found[0]; i++) {
            valid.body(i, seeker);
        }
        return found[0] ? Optional.of(VectorObjectCode.IS_CHOSEN ? "jdk.incubator.vector" : "lanes") : Optional.empty();
    }

    /**
     * Returns the functions with a JVM method of over 8,000 bytes, which HotSpot leaves to the JVM's interpreter unless the JVM is
     * started with {@code -XX:-DontCompileHugeMethods}. Airlock divides large functions into smaller methods, so most modules have
     * none.
     *
     * @return the functions, in the order of their indices; usually empty
     */
    public List<LargeFunction> largeFunctions() {
        return large.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(size -> new LargeFunction(readableName(size.getKey()), size.getValue()))
                .toList();
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
        return names.of(index, valid.definition());
    }

    /** Returns the name for people: as its author wrote it, with control characters escaped. */
    String readableName(int index) {
        return TraceText.shown(GuestSymbols.readable(functionName(index)), LONGEST_NAME);
    }

    /** Returns the name that calls of a function have: that of its export, if it has one. */
    String callName(int index) {
        for (ModuleDefinition.Export export : exportEntries.values()) {
            if (export.kind() == ModuleDefinition.FUNCTION && export.index() == index) {
                return TraceText.shown(export.name());
            }
        }
        return TraceText.shown(readableName(index));
    }

    /** Returns the first global that the name section gives this name; -1 if there is none. */
    int globalNamed(String globalName) {
        return names.global(globalName);
    }

    /** Whether its code counts the operators that it executes. */
    boolean countsFuel() {
        return countsFuel;
    }

    /** Whether it defines types of arrays, the objects of a collector. */
    boolean hasArrays() {
        return valid.definition().types().stream()
                .flatMap(group -> group.types().stream())
                .anyMatch(type -> type.kind() == ModuleDefinition.SubType.ARRAY);
    }

    /** Returns the name of a tag: that of its export or import, else its index. */
    String tagName(int index) {
        for (ModuleDefinition.Export export : exportEntries.values()) {
            if (export.kind() == ModuleDefinition.TAG && export.index() == index) {
                return TraceText.shown(export.name());
            }
        }
        int tag = 0;
        for (ModuleDefinition.Import wanted : valid.definition().imports()) {
            if (wanted.kind() == ModuleDefinition.TAG && tag++ == index) {
                return TraceText.shown(wanted.module() + "." + wanted.name());
            }
        }
        return Integer.toString(index);
    }

    boolean isImported(int functionIndex) {
        return functionIndex < valid.importedFunctions();
    }

    @Nullable
    SourceLines sourceLines() {
        return sourceLines;
    }

    ValidModule valid() {
        return valid;
    }

    /** Fills instances, and keeps what they share for it. */
    Instantiator instantiator() {
        return instantiator;
    }

    /** Returns the types that the module defines, by index. */
    DefinedType[] types() {
        return types;
    }

    LoadedCode code() {
        return code;
    }

    /** What was generated for this module, by whatever names it. Made once and kept as long as the module. */
    Map<Object, Object> shapes() {
        return shapes;
    }

    int functionIndex(String exportName) {
        return exportIndex(ModuleDefinition.FUNCTION, exportName);
    }

    /**
     * Where an export stands among all that the module has of its kind.
     *
     * @param kind as {@link ModuleDefinition} numbers them
     */
    int exportIndex(int kind, String exportName) {
        ModuleDefinition.Export found = exportEntries.get(exportName);
        if (found != null && found.kind() == kind) {
            return found.index();
        }
        throw new IllegalArgumentException(name() + " exports no " + KINDS[kind] + " " + exportName);
    }

    ModuleDefinition.Export exportEntry(String exportName) {
        ModuleDefinition.Export found = exportEntries.get(exportName);
        if (found == null) {
            throw new IllegalArgumentException("nothing is exported as " + exportName);
        }
        return found;
    }

    CoreFuncType functionType(int index) {
        // Two threads may both find it out, to the same end.
        CoreFuncType known = functionTypes[index];
        if (known == null) {
            known = ApiTypes.of(valid.functionType(index));
            functionTypes[index] = known;
        }
        return known;
    }

    /** Returns how compiled code carries what a function takes and gives. */
    CallShape callShape(int index) {
        return CallShape.of(valid.functionType(index));
    }

    @Override
    public String toString() {
        return "module " + name();
    }
}
