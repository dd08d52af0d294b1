package dev.airlock.conformance;

import dev.airlock.conformance.CoreDriver.Thrown;
import dev.airlock.conformance.CoreDriver.Trapped;
import dev.airlock.error.AirlockException;
import dev.airlock.error.LinkException;
import dev.airlock.error.ModuleException;
import dev.airlock.error.TrapCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the directives of one file of the core suite, in order. */
final class CoreSuite {
    /** How a directive ended. */
    enum End {
        PASSED,
        /** It failed, but its binary, or one that the file needs before it, is missing from the folder. */
        NO_BINARY,
        FAILED
    }

    /**
     * The result of one directive.
     *
     * @param file the file's folder below the suite
     * @param kind the directive
     * @param reason empty if it passed
     */
    record Outcome(String file, int line, String kind, End end, String reason) {
        String group() {
            return file.substring(0, file.indexOf('/'));
        }

        String name() {
            return file + ":" + line + " " + kind;
        }
    }

    /** Our trap for each beginning of the suite's texts. No beginning is that of another. */
    private static final Map<String, TrapCode> TRAPS = Map.ofEntries(
            Map.entry("uninitialized element", TrapCode.UNINITIALIZED_ELEMENT),
            Map.entry("undefined element", TrapCode.UNDEFINED_ELEMENT),
            Map.entry("out of bounds memory access", TrapCode.MEMORY_OUT_OF_BOUNDS),
            Map.entry("out of bounds table access", TrapCode.TABLE_OUT_OF_BOUNDS),
            Map.entry("out of bounds array access", TrapCode.ARRAY_OUT_OF_BOUNDS),
            Map.entry("unreachable", TrapCode.UNREACHABLE),
            Map.entry("unaligned atomic", TrapCode.UNALIGNED_ATOMIC),
            Map.entry("expected shared memory", TrapCode.EXPECTED_SHARED_MEMORY),
            Map.entry("integer overflow", TrapCode.INTEGER_OVERFLOW),
            Map.entry("integer divide by zero", TrapCode.INTEGER_DIVIDE_BY_ZERO),
            Map.entry("invalid conversion to integer", TrapCode.INVALID_CONVERSION_TO_INTEGER),
            Map.entry("cast failure", TrapCode.CAST_FAILURE),
            Map.entry("indirect call type mismatch", TrapCode.INDIRECT_CALL_TYPE_MISMATCH),
            Map.entry("null ", TrapCode.NULL_REFERENCE),
            Map.entry("call stack exhausted", TrapCode.CALL_STACK_EXHAUSTED));

    private static final String NO_INSTANCE = "there is no instance, since its module failed";

    private final CoreDriver driver;
    private final String file;
    private final Path folder;
    private final Map<String, Object> definitions = new HashMap<>();
    private final Map<String, Object> instances = new HashMap<>();
    private final Map<String, Object> registered = new HashMap<>();
    private final Map<String, CoreThread> threads = new HashMap<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    /** Set by any thread of the file. */
    private final AtomicBoolean isBinaryMissing;

    private @Nullable Object definition;
    private @Nullable Object current;

    private CoreSuite(CoreDriver driver, String file, Path folder, AtomicBoolean isBinaryMissing) {
        this.driver = driver;
        this.isBinaryMissing = isBinaryMissing;
        this.file = file;
        this.folder = folder;
        registered.put("spectest", driver.instantiate(driver.compile("spectest", Spectest.bytes()), Map.of()));
    }

    /** Returns the folders below one that have a file of the suite, relative to it and in order. */
    static List<String> files(Path suite) throws IOException {
        try (Stream<Path> all = Files.walk(suite)) {
            return all.filter(path -> path.getFileName().toString().endsWith(".json"))
                    .map(path -> suite.relativize(path.getParent()).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Runs a file.
     *
     * @param file a folder below the suite, whose JSON file has its name
     */
    static List<Outcome> run(CoreDriver driver, Path suite, String file) throws IOException {
        Path folder = suite.resolve(file);
        JsonNode commands = JsonMapper.shared()
                .readTree(Files.readString(folder.resolve(folder.getFileName() + ".json")))
                .get("commands");
        var run = new CoreSuite(driver, file, folder, new AtomicBoolean());
        run.all(commands);
        return List.copyOf(run.outcomes);
    }

    private void all(JsonNode commands) {
        for (JsonNode directive : commands) {
            one(directive);
        }
        for (CoreThread left : List.copyOf(threads.values())) {
            outcomes.addAll(left.outcomes());
        }
    }

    /** A directive that ended otherwise than the suite expects. */
    private static final class Mismatch extends Exception {
        private static final long serialVersionUID = 1L;

        Mismatch(String reason) {
            super(reason);
        }
    }

    private void one(JsonNode directive) {
        String kind = directive.get("type").asString();
        int line = directive.get("line").asInt();
        if (directive.has("filename") && !Files.isRegularFile(folder.resolve(binary(directive)))) {
            outcomes.add(new Outcome(file, line, kind, End.NO_BINARY, "its binary is missing"));
            if (kind.startsWith("module")) {
                isBinaryMissing.set(true);
            }
            current = kind.equals("module") ? null : current;
            return;
        }
        String reason = "";
        try {
            check(kind, directive);
        } catch (Mismatch | AirlockException | Trapped | Thrown e) {
            reason = e instanceof Mismatch ? String.valueOf(e.getMessage()) : e.toString();
        } catch (IOException | RuntimeException | Error e) {
            // No guest may make an internal exception escape.
            reason = "from the inside: " + e + at(e);
        }
        End end = reason.isEmpty() ? End.PASSED : isBinaryMissing.get() ? End.NO_BINARY : End.FAILED;
        outcomes.add(new Outcome(file, line, kind, end, reason));
    }

    private static String at(Throwable e) {
        var text = new StringBuilder();
        StackTraceElement[] frames = e.getStackTrace();
        if (frames.length > 0) {
            text.append(" at ").append(frames[0]);
        }
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            text.append(", because of ").append(cause);
        }
        return text.toString();
    }

    private void check(String kind, JsonNode directive) throws IOException, Mismatch {
        switch (kind) {
            case "module" -> module(directive);
            case "module_definition" -> {
                definition = compile(directive);
                name(definitions, directive.path("name"), definition);
            }
            case "module_instance" -> {
                JsonNode of = directive.path("module");
                Object made = driver.instantiate(
                        found(of.isMissingNode() ? definition : definitions.get(of.asString())), registered);
                current = made;
                name(instances, directive.path("instance"), made);
            }
            case "register" -> registered.put(directive.get("as").asString(), instance(directive.path("name")));
            case "action" -> act(directive.get("action"));
            case "assert_return" -> returns(directive);
            case "assert_trap", "assert_exhaustion" -> traps(directive);
            case "assert_exception" -> throwsException(directive);
            case "assert_invalid", "assert_malformed" -> refused(directive);
            case "assert_unlinkable" -> unlinkable(directive);
            case "assert_uninstantiable" -> uninstantiable(directive);
            case "thread" -> thread(directive);
            case "wait" -> {
                CoreThread thread = threads.remove(directive.get("thread").asString());
                if (thread == null) {
                    throw new Mismatch("there is no such thread");
                }
                outcomes.addAll(thread.outcomes());
            }
            default -> throw new IllegalArgumentException("unknown directive: " + kind);
        }
    }

    /** Returns the file's name, which is empty for text that has no binary. Text that has one names it in a second field. */
    private static String binary(JsonNode directive) {
        boolean isText = directive.path("module_type").asString("").equals("text");
        return directive.path(isText ? "binary_filename" : "filename").asString("");
    }

    private Object compile(JsonNode directive) throws IOException {
        String name = binary(directive);
        return driver.compile(name, Files.readAllBytes(folder.resolve(name)));
    }

    private void module(JsonNode directive) throws IOException {
        current = null;
        Object made = driver.instantiate(compile(directive), registered);
        current = made;
        name(instances, directive.path("name"), made);
    }

    private static void name(Map<String, Object> all, JsonNode name, Object what) {
        if (!name.isMissingNode()) {
            all.put(name.asString(), what);
        }
    }

    private Object instance(JsonNode name) throws Mismatch {
        return found(name.isMissingNode() ? current : instances.get(name.asString()));
    }

    private static Object found(@Nullable Object what) throws Mismatch {
        if (what == null) {
            throw new Mismatch(NO_INSTANCE);
        }
        return what;
    }

    private List<CoreValue> act(JsonNode action) throws Mismatch {
        Object instance = instance(action.path("module"));
        String field = action.get("field").asString();
        if (action.get("type").asString().equals("get")) {
            return List.of(driver.global(instance, field));
        }
        List<CoreValue> arguments =
                action.get("args").valueStream().map(CoreValue::of).toList();
        return driver.invoke(instance, field, arguments);
    }

    private void returns(JsonNode directive) throws Mismatch {
        List<CoreValue> got = act(directive.get("action"));
        JsonNode expected = directive.get("expected");
        boolean same = got.size() == expected.size();
        for (int i = 0; same && i < got.size(); i++) {
            same = CoreExpectation.matches(expected.get(i), got.get(i), driver);
        }
        if (!same) {
            throw new Mismatch("gave " + got + ", not " + expected + " (" + directive.get("action") + ")");
        }
    }

    private void traps(JsonNode directive) throws Mismatch {
        String text = directive.get("text").asString();
        List<CoreValue> got;
        try {
            got = act(directive.get("action"));
        } catch (Trapped e) {
            checkTrap(text, e);
            return;
        }
        throw new Mismatch("gave " + got + " and did not trap with \"" + text + "\" (" + directive.get("action") + ")");
    }

    private static void checkTrap(String text, Trapped trap) throws Mismatch {
        TrapCode wanted = TRAPS.entrySet().stream()
                .filter(known -> text.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown trap: " + text));
        if (!trap.codes.contains(wanted)) {
            throw new Mismatch("trapped with " + trap.codes + ", not with \"" + text + "\": " + trap.getMessage());
        }
    }

    private void throwsException(JsonNode directive) throws Mismatch {
        List<CoreValue> got;
        try {
            got = act(directive.get("action"));
        } catch (Thrown e) {
            return;
        }
        throw new Mismatch("gave " + got + " and no exception (" + directive.get("action") + ")");
    }

    private void refused(JsonNode directive) throws IOException, Mismatch {
        try {
            compile(directive);
        } catch (ModuleException e) {
            return;
        }
        throw new Mismatch(
                "was accepted, but should be refused: " + directive.get("text").asString());
    }

    private void unlinkable(JsonNode directive) throws IOException, Mismatch {
        String text = directive.get("text").asString();
        Object module = compile(directive);
        try {
            driver.instantiate(module, registered);
        } catch (LinkException e) {
            return;
        }
        throw new Mismatch("was linked, but should be refused: " + text);
    }

    private void uninstantiable(JsonNode directive) throws IOException, Mismatch {
        String text = directive.get("text").asString();
        Object module = compile(directive);
        try {
            driver.instantiate(module, registered);
        } catch (Trapped e) {
            checkTrap(text, e);
            return;
        }
        throw new Mismatch("was instantiated, but should trap: " + text);
    }

    /** Starts a thread that has one instance of this, by name, and runs its own directives. */
    private void thread(JsonNode directive) throws Mismatch {
        CoreSuite other = new CoreSuite(driver.forThread(), file, folder, isBinaryMissing);
        JsonNode shared = directive.path("shared_module");
        if (!shared.isMissingNode()) {
            other.instances.put(shared.asString(), instance(shared));
        }
        JsonNode commands = directive.get("commands");
        threads.put(directive.get("name").asString(), CoreThread.start(() -> {
            other.all(commands);
            return other.outcomes;
        }));
    }
}
