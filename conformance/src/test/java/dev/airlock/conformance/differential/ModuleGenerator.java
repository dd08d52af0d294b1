package dev.airlock.conformance.differential;

import dev.airlock.conformance.WasmBytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Makes valid modules from seeds. They terminate, and give the same results on every engine: loops and calls spend fuel, NaNs whose
 * bits are free are made canonical, and nothing that is implementation-defined reaches a result.
 *
 * <p>Types are letters: i l f d v are numbers and vectors, F a funcref, E an externref, X an exnref; of modules with
 * garbage-collected types also N anyref, Q eqref, J i31ref, and references to the types in {@link CollectedTypes}.
 */
final class ModuleGenerator {
    /**
     * A module.
     *
     * @param exports its exported functions, each with parameters i32, i64, f32 and f64
     */
    record Generated(long seed, byte[] bytes, List<String> exports) {}

    /** A function type in letters. */
    record Shape(String parameters, String results) {}

    /** The exported function that returns what else is compared of an instance. */
    static final String STATE = "state";

    static final int PAGES = 1;
    static final int MOST_PAGES = 3;
    static final int TABLE_SIZE = 16;
    static final int MOST_TABLE_SIZE = 40;
    static final int SEGMENTS = 3;
    static final int SEGMENT_SIZE = 64;
    static final String[] TAGS = {"i", "lf", ""};

    private static final int FUNCTIONS = 8;
    private static final int FUEL = 400;

    final SplittableRandom random;
    final OperatorChoice choice;
    final Set<String> proposals;
    final boolean memory64;
    final boolean legacyExceptions;
    final CollectedTypes collected;

    /** All types of functions, by index. */
    final List<Shape> shapes = new ArrayList<>();

    /** The shapes of the functions without their wrappers. */
    final List<Shape> functions = new ArrayList<>();

    /** The types of the globals: the first is the fuel. */
    final String globals;

    private final long seed;
    private final WasmBytes types = new WasmBytes();
    private int typeCount;

    private ModuleGenerator(long seed, Set<String> available, Map<String, Long> counts) {
        this.seed = seed;
        random = new SplittableRandom(seed);
        proposals = new HashSet<>(available);
        drop("atomic", 4);
        drop("gc", 2);
        memory64 = proposals.contains("memory64") && random.nextInt(5) == 0;
        legacyExceptions = proposals.contains("legacy") && (!proposals.contains("exnref") || random.nextBoolean());
        proposals.remove(legacyExceptions ? "exnref" : "legacy");
        choice = new OperatorChoice(random, proposals, counts);
        collected = new CollectedTypes();
        if (has("gc")) {
            typeCount = collected.write(types);
        }
        globals = "iilfdvF" + (has("gc") ? collected.letters() : "");
    }

    /** Leaves a proposal out of all but one module of some. */
    private void drop(String proposal, int oneOf) {
        if (random.nextInt(oneOf) != 0) {
            proposals.remove(proposal);
        }
    }

    /**
     * Makes a module.
     *
     * @param available the proposals that may be used, in the words of {@code operators.txt}, and {@code memory64}
     * @param counts counts operators by name, over many modules; rare ones are preferred, so a module also depends on those that
     *     were made before
     */
    static Generated generate(long seed, Set<String> available, Map<String, Long> counts) {
        return new ModuleGenerator(seed, available, counts).module();
    }

    /** Makes the map that {@link #generate} counts in, with a zero for each operator. */
    static Map<String, Long> newCounts(Set<String> available) {
        Map<String, Long> counts = new TreeMap<>();
        for (OperatorTable.Operator operator : OperatorTable.all()) {
            if (operator.proposal().isEmpty() || available.contains(operator.proposal())) {
                counts.put(operator.name(), 0L);
            }
        }
        return counts;
    }

    boolean has(String proposal) {
        return proposals.contains(proposal);
    }

    char addressType() {
        return memory64 ? 'l' : 'i';
    }

    /** Returns the index of a function type, which it adds if there is none. */
    int type(String parameters, String results) {
        Shape wanted = new Shape(parameters, results);
        int known = shapes.indexOf(wanted);
        if (known < 0) {
            known = shapes.size();
            shapes.add(wanted);
            types.raw(0x60);
            typeList(types, parameters);
            typeList(types, results);
            typeCount++;
        }
        return firstShape() + known;
    }

    private int firstShape() {
        return has("gc") ? CollectedTypes.COUNT : 0;
    }

    void typeList(WasmBytes out, String letters) {
        out.u(letters.length());
        for (char letter : letters.toCharArray()) {
            valueType(out, letter);
        }
    }

    void valueType(WasmBytes out, char letter) {
        switch (letter) {
            case 'i' -> out.raw(WasmBytes.I32);
            case 'l' -> out.raw(WasmBytes.I64);
            case 'f' -> out.raw(WasmBytes.F32);
            case 'd' -> out.raw(WasmBytes.F64);
            case 'v' -> out.raw(WasmBytes.V128);
            case 'F' -> out.raw(WasmBytes.FUNCREF);
            case 'E' -> out.raw(0x6F);
            case 'X' -> out.raw(0x69);
            default -> collected.valueType(out, letter);
        }
    }

    private String someTypes(int most) {
        String from = "iilldfv" + (has("gc") ? collected.letters() : "F");
        var text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(from.charAt(random.nextInt(from.length())));
        }
        return text.toString();
    }

    private Generated module() {
        for (int i = 0; i < FUNCTIONS; i++) {
            // Some have the same type, so that they can be called through tables and by tail calls.
            Shape shape = i > 1 && random.nextInt(3) == 0
                    ? functions.get(random.nextInt(i))
                    : new Shape(
                            someTypes(4),
                            i > 1 && random.nextInt(3) == 0 ? functions.get(0).results() : someTypes(3));
            functions.add(shape);
            type(shape.parameters(), shape.results());
        }
        for (String tag : TAGS) {
            type(tag, "");
        }
        WasmBytes code = new WasmBytes().u(FUNCTIONS * 2L + 1);
        List<Integer> wrapperTypes = new ArrayList<>();
        for (int i = 0; i < FUNCTIONS; i++) {
            code.sized(new FunctionGenerator(this, i).body());
        }
        for (int i = 0; i < FUNCTIONS; i++) {
            String results = FunctionGenerator.plain(functions.get(i).results());
            wrapperTypes.add(type("ilfd", results));
            code.sized(new FunctionGenerator(this, i).wrapper(FUEL));
        }
        wrapperTypes.add(type("", FunctionGenerator.STATE_RESULTS));
        code.sized(new FunctionGenerator(this, 0).state());
        WasmBytes declared = new WasmBytes().u(FUNCTIONS * 2L + 1);
        functions.forEach(shape -> declared.u(type(shape.parameters(), shape.results())));
        wrapperTypes.forEach(declared::u);
        return new Generated(seed, sections(declared, code), exports());
    }

    private static List<String> exports() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < FUNCTIONS; i++) {
            names.add("f" + i);
        }
        return names;
    }

    private byte[] sections(WasmBytes declared, WasmBytes code) {
        var parts = new ModuleParts(this);
        WasmBytes allTypes = new WasmBytes();
        allTypes.u(typeCount - (has("gc") ? CollectedTypes.COUNT - 1 : 0)).append(types);
        return WasmBytes.module()
                .section(1, allTypes)
                .section(3, declared)
                .section(4, parts.tables())
                .section(5, parts.memories())
                .section(13, parts.tags())
                .section(6, parts.globals())
                .section(7, parts.exports(FUNCTIONS))
                .section(9, parts.elements())
                .section(12, new WasmBytes().u(SEGMENTS))
                .section(10, code)
                .section(11, parts.datas())
                .toByteArray();
    }

    /** Whether function references may go through tables and calls: only to the first half, so that calls end. */
    static int callable() {
        return FUNCTIONS / 2;
    }
}
