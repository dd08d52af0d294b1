package dev.airlock.engine.code;

import dev.airlock.engine.binary.BinaryLayout;
import dev.airlock.engine.binary.ReducedModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads, validates and compiles a module: a large one in parts, side by side.
 *
 * <p>A part is the module with the bodies of some functions and no others, so that Endive, which uses one thread, can be run
 * on several parts at once. Each gives the classes of its own functions; what calls functions by number is made from the module
 * without any body. What comes out is the same for any number of parts.
 */
final class Compilation {
    /** The least for which a thread is worth while: to compile as much takes some tenths of a second at first. */
    private static final int PART_BYTES = 128 << 10;

    private final String module;
    private final BinaryLayout layout;
    private final byte[] bytes;
    private final CompileProgress progress;

    Compilation(String module, BinaryLayout layout, byte[] bytes, CompileProgress progress) {
        this.module = module;
        this.layout = layout;
        this.bytes = bytes;
        this.progress = progress;
    }

    static CompiledCode of(
            String module, BinaryLayout layout, byte[] bytes, CompileThreads threads, CompileProgress progress) {
        var compilation = new Compilation(module, layout, bytes, progress);
        int parts = (int) Math.min(threads.count(), sum(layout.bodySizes()) / PART_BYTES);
        CompiledCode code = parts < 2 ? null : compilation.inParts(threads, parts);
        return code == null ? compilation.whole() : code;
    }

    CompiledCode whole() {
        return CodeCompiler.compile(ParsedBodies.all(module, layout, bytes), progress);
    }

    /**
     * @param most how many parts at the most
     * @return null where only Endive as a whole can compile the module
     */
    @Nullable
    CompiledCode inParts(CompileThreads threads, int most) {
        int[] sizes = layout.bodySizes();
        ParsedBodies frame =
                ParsedBodies.of(WasmReader.read(module, layout, ReducedModule.withoutBodies(layout, bytes), false));
        int imported = frame.importedFunctions();
        List<Callable<Part>> tasks = new ArrayList<>();
        for (Range range : ranges(sizes, imported, most)) {
            tasks.add(() -> part(range, imported));
        }
        try {
            Map<String, byte[]> classes = new LinkedHashMap<>();
            Map<Integer, Integer> tooLarge = new TreeMap<>();
            for (Part part : threads.run(tasks)) {
                classes.putAll(part.classes);
                tooLarge.putAll(part.tooLarge);
            }
            classes.putAll(new CompilerRun(frame.wasm(), tooLarge, progress).others());
            return CodeCompiler.finish(classes, tooLarge, imported, false);
        } catch (Inseparable | CompilerRun.UnequalClasses e) {
            return null;
        }
    }

    private record Part(Map<String, byte[]> classes, Map<Integer, Integer> tooLarge) {}

    private Part part(Range range, int imported) {
        int first = range.from * CompilerRun.FUNCTIONS_PER_CLASS;
        long end = (long) range.to * CompilerRun.FUNCTIONS_PER_CLASS;
        ParsedBodies bodies =
                ParsedBodies.some(module, layout, bytes, imported, function -> function >= first && function < end);
        if (bodies.hasTailCalls() || bodies.callsReferences()) {
            throw new Inseparable();
        }
        Map<Integer, Integer> tooLarge = new TreeMap<>();
        return new Part(new CompilerRun(bodies.wasm(), tooLarge, progress).groups(range.from, range.to), tooLarge);
    }

    /** With tail calls and calls by reference, how one function is called depends on what is in others. */
    private static final class Inseparable extends RuntimeException {
        Inseparable() {
            super(null, null, false, false);
        }
    }

    /** Classes of functions, by number. */
    record Range(int from, int to) {}

    /** Cuts between classes, so that each range has about as many bytes of bodies. */
    static List<Range> ranges(int[] sizes, int imported, int most) {
        List<Range> ranges = new ArrayList<>();
        long left = sum(sizes);
        long here = 0;
        int from = 0;
        for (int function = 0; function < sizes.length; function++) {
            here += sizes[function];
            int next = imported + function + 1;
            boolean last = function == sizes.length - 1;
            boolean enough = here >= left / Math.max(1, most - ranges.size());
            if (last || enough && next % CompilerRun.FUNCTIONS_PER_CLASS == 0) {
                int to = (next + CompilerRun.FUNCTIONS_PER_CLASS - 1) / CompilerRun.FUNCTIONS_PER_CLASS;
                ranges.add(new Range(from, to));
                left -= here;
                here = 0;
                from = to;
            }
        }
        return ranges;
    }

    private static long sum(int[] sizes) {
        return IntStream.of(sizes).asLongStream().sum();
    }
}
