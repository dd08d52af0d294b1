package dev.airlock.convention;

import dev.airlock.placement.Placement.Allocate;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.ExportType;
import dev.airlock.type.ImportType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a module says of the tools that made it, the strongest first: exports that only one tool makes; a language that
 * {@code producers} names; an allocator; a C compiler in {@code producers}, since most other languages link a libc that
 * it made, and say so.
 */
final class Clues {
    /** AssemblyScript's {@code abort(message, file, line, column)}. */
    private static final CoreFuncType ABORT =
            new CoreFuncType(List.of(CoreValType.I32, CoreValType.I32, CoreValType.I32, CoreValType.I32), List.of());

    private final ExportView exports;
    private final List<ImportType> imports;
    private final List<String> producers;
    private final List<Detection.Candidate> candidates = new ArrayList<>();
    private final List<Detection.Candidate> dismissed = new ArrayList<>();

    Clues(List<ExportType> exports, List<ImportType> imports, List<String> producers) {
        this.exports = ExportView.of(exports);
        this.imports = imports;
        this.producers = producers;
    }

    Detection detection() {
        ownExports();
        if (!candidates.isEmpty()) {
            List<String> doubt = candidates.get(0).reasons();
            languages(dismissed, doubt);
            dismissC(doubt);
            return new Detection(candidates, dismissed);
        }
        languages(candidates, List.of());
        if (!candidates.isEmpty()) {
            dismissC(List.of(
                    "that is for the C library which " + candidates.get(0).convention() + " links"));
            return new Detection(candidates, dismissed);
        }
        allocators();
        if (candidates.isEmpty()) {
            abort();
        }
        return new Detection(candidates, dismissed);
    }

    private void ownExports() {
        if (hasFunctions("__new", "__pin", "__unpin")) {
            candidate(Convention.assemblyscript(), "exports __new, __pin and __unpin");
        }
        var bindgen = new ArrayList<String>();
        if (hasFunctions("__wbindgen_malloc", "__wbindgen_free")) {
            bindgen.add("exports __wbindgen_malloc and __wbindgen_free");
        }
        producer(tool -> tool.startsWith("wasm-bindgen")).ifPresent(tool -> bindgen.add(names(tool)));
        if (!bindgen.isEmpty()) {
            candidates.add(new Detection.Candidate(Convention.wasmBindgen(), bindgen, List.of()));
        }
        if (hasFunctions("__fp_malloc", "__fp_free")) {
            candidate(Convention.fpBindgen(), "exports __fp_malloc and __fp_free");
        }
    }

    private void languages(List<Detection.Candidate> to, List<String> doubts) {
        language(to, doubts, Convention.tinygo(), tool -> tool.startsWith("TinyGo"));
        language(to, doubts, Convention.go(), tool -> tool.equals("Go") || tool.startsWith("Go "));
        language(to, doubts, Convention.rust(), tool -> tool.startsWith("rustc") || tool.equals("Rust"));
    }

    private void language(
            List<Detection.Candidate> to, List<String> doubts, Convention convention, Predicate<String> isIt) {
        producer(isIt).ifPresent(tool -> {
            var reasons = new ArrayList<>(List.of(names(tool)));
            allocatorOf(convention).map(Clues::exported).ifPresent(reasons::add);
            to.add(new Detection.Candidate(convention, reasons, doubts));
        });
    }

    /** Of those that say nothing of their language, or name C. */
    private void allocators() {
        Optional<String> c = clang();
        Optional<Allocator> libc = allocatorOf(Convention.c());
        Optional<Allocator> sized = allocatorOf(Convention.rust()).filter(found -> !libc.equals(Optional.of(found)));
        Optional<String> zig = producer(tool -> tool.toLowerCase(Locale.ROOT).startsWith("zig"));
        if (sized.isPresent() || (zig.isPresent() && libc.isEmpty())) {
            var reasons = new ArrayList<String>();
            zig.ifPresent(tool -> reasons.add(names(tool) + ", which has the same habits"));
            sized.map(Clues::exported).ifPresent(reasons::add);
            candidates.add(new Detection.Candidate(Convention.rust(), reasons, List.of()));
        }
        if (libc.isPresent()) {
            var reasons = new ArrayList<String>();
            c.ifPresent(tool -> reasons.add(names(tool)));
            reasons.add(exported(libc.get()));
            candidates.add(new Detection.Candidate(Convention.c(), reasons, List.of()));
            if (c.isEmpty() && zig.isEmpty()) {
                tinygoWithoutName();
            }
        } else if (sized.isPresent()) {
            dismissC(List.of("exports no malloc and free"));
        } else if (c.isPresent() && zig.isEmpty()) {
            candidates.add(new Detection.Candidate(
                    Convention.c(), List.of(names(c.get())), List.of("exports no malloc and free")));
        }
    }

    /** TinyGo writes its name, but a tool that strips modules may have taken it away. */
    private void tinygoWithoutName() {
        if (hasFunctions("calloc", "realloc")) {
            candidates.add(
                    0,
                    new Detection.Candidate(
                            Convention.tinygo(), List.of("exports malloc, free, calloc and realloc"), List.of()));
        } else {
            candidates.add(new Detection.Candidate(
                    Convention.tinygo(), List.of("exports malloc and free"), List.of("exports no calloc and realloc")));
        }
    }

    private void abort() {
        if (imports.contains(new ImportType("env", "abort", ABORT))) {
            candidates.add(new Detection.Candidate(
                    Convention.assemblyscript(),
                    List.of("imports env.abort" + ABORT),
                    List.of("exports no __new, __pin and __unpin, as --exportRuntime would make it")));
        }
    }

    private void candidate(Convention convention, String reason) {
        candidates.add(new Detection.Candidate(convention, List.of(reason), List.of()));
    }

    private void dismissC(List<String> doubts) {
        clang().ifPresent(tool -> dismissed.add(new Detection.Candidate(Convention.c(), List.of(names(tool)), doubts)));
    }

    private Optional<Allocator> allocatorOf(Convention convention) {
        return convention.allocators().stream()
                .filter(allocator -> allocator.isIn(exports))
                .findFirst();
    }

    private static String exported(Allocator allocator) {
        Allocate allocate = allocator.allocate();
        return "exports " + allocate.function()
                + (allocator.free() == null ? "" : " and " + allocator.free().function());
    }

    private Optional<String> clang() {
        return producer(tool -> tool.contains("clang") || tool.matches("C\\d\\d|C_plus_plus.*|C\\+\\+.*"));
    }

    /** Returns the first such tool, or else the first such language. */
    private Optional<String> producer(Predicate<String> isIt) {
        return Stream.of("processed-by: ", "sdk: ", "language: ")
                .flatMap(field -> producers.stream()
                        .filter(line -> line.startsWith(field))
                        .map(line -> line.substring(field.length())))
                .filter(isIt)
                .findFirst();
    }

    private static String names(String tool) {
        return "producers names " + tool;
    }

    private boolean hasFunctions(String... names) {
        return Stream.of(names).allMatch(name -> exports.function(name) != null);
    }
}
