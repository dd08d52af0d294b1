package dev.airlock.conformance;

import dev.airlock.component.Component;
import dev.airlock.component.ComponentFunc;
import dev.airlock.component.ComponentInstance;
import dev.airlock.component.ComponentLinker;
import dev.airlock.conformance.SExpression.Items;
import dev.airlock.conformance.SExpression.Text;
import dev.airlock.conformance.SExpression.Word;
import dev.airlock.engine.Engine;
import dev.airlock.error.AirlockException;
import dev.airlock.error.ModuleException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.type.FuncType;
import dev.airlock.type.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the directives of one file of the component model's suite, in order. */
final class ComponentSuite {
    /** How a directive ended. */
    enum End {
        PASSED,
        /** Its component was refused because it needs a gated feature, which the message names. */
        GATED,
        /** It is text without a binary. */
        NO_BINARY,
        FAILED
    }

    /**
     * The result of one directive.
     *
     * @param name the file and the line of the directive
     * @param kind the directive
     * @param reason empty if it passed
     */
    record Outcome(String name, String group, String kind, End end, String reason) {}

    private static final Set<TrapCode> POINTER = Set.of(TrapCode.BAD_POINTER, TrapCode.MEMORY_OUT_OF_BOUNDS);

    /** Our trap for each text of the specification. The first entry that a text starts with counts. */
    private static final Map<String, Set<TrapCode>> TRAPS = Map.ofEntries(
            Map.entry("cannot leave component instance", Set.of(TrapCode.CANNOT_LEAVE)),
            Map.entry("cannot enter component instance", Set.of(TrapCode.CANNOT_ENTER)),
            Map.entry("cannot remove owned resource while borrowed", Set.of(TrapCode.BAD_HANDLE)),
            Map.entry("borrow handles still remain", Set.of(TrapCode.BAD_HANDLE)),
            Map.entry("unknown handle index", Set.of(TrapCode.BAD_HANDLE)),
            Map.entry("handle index", Set.of(TrapCode.BAD_HANDLE)),
            Map.entry("incomplete utf-8", Set.of(TrapCode.BAD_VALUE)),
            Map.entry("invalid utf-8", Set.of(TrapCode.BAD_VALUE)),
            Map.entry("invalid `char` bit pattern", Set.of(TrapCode.BAD_VALUE)),
            Map.entry("invalid variant discriminant", Set.of(TrapCode.BAD_VALUE)),
            Map.entry("realloc return", POINTER),
            Map.entry("string content out-of-bounds", POINTER),
            Map.entry("string pointer/length out of bounds", POINTER),
            Map.entry("list content out-of-bounds", POINTER),
            Map.entry("unaligned pointer", POINTER),
            Map.entry("unreachable", Set.of(TrapCode.UNREACHABLE)),
            Map.entry("wasm `unreachable` instruction", Set.of(TrapCode.UNREACHABLE)));

    private static final String GATE = "needs the feature";

    private final Engine engine = Engine.create();
    private final String group;
    private final Path folder;
    private final Map<String, Component> definitions = new HashMap<>();
    private final Map<String, ComponentInstance> instances = new HashMap<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private @Nullable ComponentInstance current;
    private @Nullable String gate;

    private ComponentSuite(String group, Path folder) {
        this.group = group;
        this.folder = folder;
    }

    /** @param folder {@code <group>/<file>/} */
    static List<Outcome> run(String group, Path folder) throws IOException {
        var suite = new ComponentSuite(group, folder);
        JsonNode file = JsonMapper.shared().readTree(Files.readString(folder.resolve(folder.getFileName() + ".json")));
        for (JsonNode directive : file.get("commands")) {
            suite.run(directive);
        }
        return List.copyOf(suite.outcomes);
    }

    /** A directive that ended otherwise than the suite expects. */
    private static final class Mismatch extends Exception {
        private static final long serialVersionUID = 1L;

        Mismatch(String reason) {
            super(reason);
        }
    }

    private void run(JsonNode directive) throws IOException {
        String kind = directive.get("type").asString();
        String name =
                group + "/" + folder.getFileName() + ":" + directive.get("line").asInt() + " " + kind;
        if (!directive.has("filename") && !directive.has("action") && !directive.has("args")) {
            outcomes.add(new Outcome(name, group, kind, End.NO_BINARY, ""));
            return;
        }
        End end = End.PASSED;
        String reason = "";
        try {
            check(kind, directive);
        } catch (Mismatch e) {
            end = gate == null ? End.FAILED : End.GATED;
            reason = gate == null ? String.valueOf(e.getMessage()) : gate;
        } catch (AirlockException e) {
            end = gate == null ? End.FAILED : End.GATED;
            reason = gate == null ? e.getClass().getSimpleName() + ": " + e.getMessage() : gate;
        } catch (RuntimeException | Error e) {
            // No guest may make an internal exception escape.
            end = End.FAILED;
            reason = "from the inside: " + e;
        }
        outcomes.add(new Outcome(name, group, kind, end, reason));
    }

    private void check(String kind, JsonNode directive) throws IOException, Mismatch {
        switch (kind) {
            case "component" -> component(directive);
            case "assert_invalid", "assert_malformed" -> refused(directive);
            case "assert_return" -> returns(directive);
            case "assert_trap" -> traps(directive);
            case "invoke" -> invoke(directive);
            default -> throw new IllegalArgumentException("unknown directive:  " + kind);
        }
    }

    private Component compile(JsonNode directive) throws IOException {
        String file = directive.get("filename").asString();
        return Component.compile(engine, file, Files.readAllBytes(folder.resolve(file)));
    }

    private void component(JsonNode directive) throws IOException, Mismatch {
        current = null;
        gate = null;
        String name = directive.path("name").asString("");
        String sub = directive.path("sub").asString("");
        try {
            if (sub.equals("definition")) {
                definitions.put(name, compile(directive));
                return;
            }
            Component component;
            if (sub.equals("instance")) {
                JsonNode args = directive.get("args");
                name = args.get(0).asString();
                String of = args.get(1).asString();
                component = definitions.get(of);
                if (component == null) {
                    throw new Mismatch("there is no definition " + of);
                }
            } else {
                component = compile(directive);
            }
            var linker = new ComponentLinker();
            for (String wanted : component.imports()) {
                ComponentInstance named = instances.get("$" + wanted);
                if (named != null) {
                    linker.instance(wanted, named);
                }
            }
            current = linker.instantiate(component);
            if (!name.isEmpty()) {
                instances.put(name, current);
            }
        } catch (ModuleException e) {
            if (e.getMessage() != null && e.getMessage().contains(GATE)) {
                gate = e.getMessage().substring(e.getMessage().indexOf(GATE));
            }
            throw e;
        }
    }

    private void refused(JsonNode directive) throws IOException, Mismatch {
        try {
            compile(directive);
        } catch (ModuleException e) {
            return;
        }
        throw new Mismatch(
                "was accepted, but should be refused:  " + directive.get("text").asString());
    }

    private @Nullable Value invoke(JsonNode directive) throws Mismatch {
        List<SExpression> action =
                ((Items) SExpression.parse(directive.get("action").asString())).items();
        int at = 1;
        ComponentInstance instance = current;
        if (action.get(at) instanceof Word name) {
            instance = instances.get(name.text());
            at++;
        }
        if (instance == null) {
            throw new Mismatch("there is no instance");
        }
        ComponentFunc function = instance.function(((Text) action.get(at)).text());
        FuncType type = function.type();
        var args = new ArrayList<Value>();
        for (SExpression arg : action.subList(at + 1, action.size())) {
            args.add(WastValues.parse(arg, type.params().get(args.size()).type()));
        }
        return function.call(args);
    }

    private void returns(JsonNode directive) throws Mismatch {
        Value got = invoke(directive);
        JsonNode expected = directive.get("expected");
        if (expected.isEmpty() != (got == null)) {
            throw new Mismatch("gave " + got);
        }
        if (got != null) {
            Value wanted = WastValues.parse(SExpression.parse(expected.get(0).asString()), got.type());
            if (!wanted.equals(got)) {
                throw new Mismatch("gave " + got + ", not " + wanted);
            }
        }
    }

    private void traps(JsonNode directive) throws IOException, Mismatch {
        String text = directive.get("text").asString();
        String said = text.substring(1, text.length() - 1).replaceFirst("^wasm trap: ", "");
        Value got = null;
        try {
            if (directive.has("action")) {
                got = invoke(directive);
            } else {
                component(directive);
            }
        } catch (Trap e) {
            Set<TrapCode> codes = TRAPS.entrySet().stream()
                    .filter(known -> said.startsWith(known.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(Set.of());
            if (!codes.contains(e.code())) {
                throw new Mismatch("trapped with " + e.code() + ", not with " + said + ": " + e.getMessage());
            }
            return;
        }
        throw new Mismatch("gave " + got + " and did not trap with " + said);
    }
}
