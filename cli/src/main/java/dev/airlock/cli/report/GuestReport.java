package dev.airlock.cli.report;

import dev.airlock.convention.Detection;
import dev.airlock.engine.LargeFunction;
import dev.airlock.engine.Module;
import dev.airlock.type.ExternType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The description of a guest. Its components are the members that {@code inspect --json} prints.
 *
 * @param name the file's name
 * @param kind {@code command}, {@code reactor} or {@code module}
 * @param bytes the file's size
 * @param producers the tools that made it, according to its producers section
 * @param functions the number of functions it defines
 * @param largeFunctions the functions that HotSpot does not compile by default
 * @param vectors how its vector operators run, {@code lanes} or {@code jdk.incubator.vector}; null if it has none
 * @param startFunction the function that runs on each instantiation, or null
 * @param memories the memories it defines
 * @param imports the imports, in the module's order
 * @param exports the exports, in the module's order
 * @param convention how a library's functions take strings and lists; null for a program, whose function takes none
 * @param needs what it needs from its host, as text
 */
public record GuestReport(
        String name,
        String kind,
        int bytes,
        List<String> producers,
        int functions,
        List<LargeFunction> largeFunctions,
        @Nullable String vectors,
        @Nullable String startFunction,
        List<Memory> memories,
        List<Import> imports,
        List<Export> exports,
        @Nullable Convention convention,
        List<String> needs) {
    /** A memory, in pages; {@code is64} says whether addresses are i64. */
    public record Memory(long initialPages, @Nullable Long maximumPages, boolean shared, boolean is64, int pageBytes) {}

    /** An import. */
    public record Import(String module, String name, String kind, String type) {}

    /** An export. */
    public record Export(String name, String kind, String type) {}

    /**
     * The conventions that the guest may follow.
     *
     * @param candidates the remaining candidates, most likely first; empty if there is no evidence
     * @param dismissed conventions with evidence for them and stronger evidence against them
     */
    public record Convention(List<Candidate> candidates, List<Candidate> dismissed) {}

    /** A convention with the evidence for it and against it. */
    public record Candidate(String name, List<String> reasons, List<String> doubts) {}

    private static final int LABEL = 12;

    public static GuestReport of(Module module) {
        return new GuestReport(
                module.name(),
                module.isCommand() ? "command" : module.isReactor() ? "reactor" : "module",
                module.size(),
                module.producers(),
                module.functionCount(),
                module.largeFunctions(),
                module.vectors().orElse(null),
                module.startFunction().orElse(null),
                module.memories().stream()
                        .map(m -> new Memory(
                                m.initialPages(),
                                m.maximumPages() == dev.airlock.type.MemoryType.NO_MAXIMUM ? null : m.maximumPages(),
                                m.shared(),
                                m.is64(),
                                m.pageBytes()))
                        .toList(),
                module.imports().stream()
                        .map(i -> new Import(i.module(), i.name(), i.type().kind(), shown(i.type())))
                        .toList(),
                module.exports().stream()
                        .map(e -> new Export(e.name(), e.type().kind(), shown(e.type())))
                        .toList(),
                module.isCommand()
                        ? null
                        : convention(Detection.of(module.exports(), module.imports(), module.producers())),
                Needs.of(module));
    }

    private static Convention convention(Detection detection) {
        return new Convention(candidates(detection.candidates()), candidates(detection.dismissed()));
    }

    private static List<Candidate> candidates(List<Detection.Candidate> found) {
        return found.stream()
                .map(c -> new Candidate(c.convention().name(), c.reasons(), c.doubts()))
                .toList();
    }

    /** Returns a type without the word for its kind, which has a column of its own. */
    private static String shown(ExternType type) {
        String text = type.toString();
        return text.startsWith(type.kind() + " ") ? text.substring(type.kind().length() + 1) : text;
    }

    public String toJson() {
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(this)
                + "\n";
    }

    public String toPage() {
        var page = new StringBuilder();
        page.append(name).append(": ").append(kindInWords()).append(String.format(", %,d bytes%n", bytes));
        line(page, "made by", producers.isEmpty() ? "unknown: it has no producers section" : producers.get(0));
        for (int i = 1; i < producers.size(); i++) {
            line(page, "", producers.get(i));
        }
        if (!producers.isEmpty()) {
            line(page, "", "(as its producers section says, which any tool can write)");
        }
        line(page, "functions", String.format("%,d", functions));
        LargeFunctions.lines(largeFunctions).forEach(text -> line(page, "", text));
        if (vectors != null) {
            line(page, "vectors", vectors.equals("lanes") ? "as plain numbers" : "by the module " + vectors);
        }
        for (Memory memory : memories) {
            line(page, "memory", inWords(memory));
        }
        if (startFunction != null) {
            line(page, "start", startFunction + " runs on each instantiation");
        }
        page.append(System.lineSeparator())
                .append(imports.isEmpty() ? "imports: none" : "imports")
                .append(System.lineSeparator());
        byModule().forEach((module, found) -> {
            page.append("  ").append(module).append(System.lineSeparator());
            int width = found.stream().mapToInt(i -> i.name().length()).max().orElse(0);
            for (Import i : found) {
                row(page, "    ", width, i.name(), i.kind(), i.type());
            }
        });
        page.append(System.lineSeparator())
                .append(exports.isEmpty() ? "exports: none" : "exports")
                .append(System.lineSeparator());
        int width = exports.stream().mapToInt(e -> e.name().length()).max().orElse(0);
        for (Export e : exports) {
            row(page, "  ", width, e.name(), e.kind(), e.type());
        }
        if (convention != null) {
            convention(page, convention);
        }
        page.append(System.lineSeparator()).append("needs from its host").append(System.lineSeparator());
        for (String need : needs) {
            page.append("  ").append(need).append(System.lineSeparator());
        }
        return page.toString();
    }

    private static void convention(StringBuilder page, Convention convention) {
        List<Candidate> candidates = convention.candidates();
        page.append(System.lineSeparator()).append("convention of its functions: ");
        if (candidates.isEmpty()) {
            page.append("unknown, so only numbers can cross unless --convention chooses one");
        } else if (candidates.size() == 1) {
            page.append(candidates.get(0).name());
        } else {
            page.append("one of several; if they differ for a function, --convention must choose one");
        }
        page.append(System.lineSeparator());
        for (Candidate candidate : candidates) {
            reasons(page, candidates.size() == 1 ? "" : candidate.name() + ": ", candidate);
        }
        for (Candidate candidate : convention.dismissed()) {
            reasons(page, "not " + candidate.name() + ": ", candidate);
        }
    }

    private static void reasons(StringBuilder page, String lead, Candidate candidate) {
        page.append("  ")
                .append(lead)
                .append(String.join("; ", candidate.reasons()))
                .append(System.lineSeparator());
        if (!candidate.doubts().isEmpty()) {
            page.append("    but ")
                    .append(String.join("; ", candidate.doubts()))
                    .append(System.lineSeparator());
        }
    }

    private String kindInWords() {
        return switch (kind) {
            case "command" -> "a WASI command (a program: it has a _start)";
            case "reactor" -> "a WASI reactor (a library: _initialize runs before the first call)";
            default -> "a core module (a library)";
        };
    }

    private static String inWords(Memory memory) {
        Long maximum = memory.maximumPages();
        int page = memory.pageBytes();
        return String.format("%,d pages (%s)", memory.initialPages(), size(memory.initialPages(), page))
                + (maximum == null ? ", no maximum" : String.format(", at most %,d (%s)", maximum, size(maximum, page)))
                + (memory.is64() ? ", addressed by i64" : "")
                + (memory.shared() ? ", shared" : "");
    }

    private static String size(long pages, int pageBytes) {
        double bytes = (double) pages * pageBytes;
        if (bytes < 1 << 10) {
            return (int) bytes + " bytes";
        }
        return bytes < 1 << 20
                ? (int) (bytes / (1 << 10)) + " KiB"
                : bytes < 1L << 40
                        ? String.format("%.4s MiB", bytes / (1 << 20)).replaceAll("\\.0* ", " ")
                        : String.format("%,.0f GiB", bytes / (1 << 30));
    }

    private Map<String, List<Import>> byModule() {
        var modules = new LinkedHashMap<String, List<Import>>();
        for (Import i : imports) {
            modules.computeIfAbsent(i.module(), key -> new ArrayList<>()).add(i);
        }
        return modules;
    }

    private static void line(StringBuilder page, String label, String text) {
        page.append(String.format("  %-" + LABEL + "s%s%n", label, text));
    }

    private static void row(StringBuilder page, String indent, int width, String name, String kind, String type) {
        page.append(String.format("%s%-" + Math.max(1, width) + "s  %-6s  %s%n", indent, name, kind, type));
    }
}
