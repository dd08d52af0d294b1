package dev.airlock.conformance.differential;

import dev.airlock.conformance.differential.ModuleGenerator.Generated;
import dev.airlock.engine.Engine;
import dev.airlock.engine.Func;
import dev.airlock.engine.Global;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Module;
import dev.airlock.engine.Snapshot;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.memory.Memory;
import dev.airlock.type.CoreValType;
import dev.airlock.type.ExportType;
import dev.airlock.type.GlobalType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;

/** Runs generated modules here and in V8, and compares what they give. */
final class Differential {
    /** A call whose results differ. */
    record Difference(long seed, String call, String ours, String theirs) {}

    private static final int CALLS = 3;
    private static final String NOTHING = "nothing";

    /** How a module runs here; V8 has one way. */
    private enum Way {
        PLAIN,
        DETERMINISTIC,
        FUEL,
        /** In an instance that was made of a snapshot, ran all calls before, and went back. */
        RESET
    }

    private final Engine engine = Engine.create();
    private final Map<Way, Engine> others = Map.of(
            Way.DETERMINISTIC, Engine.builder().deterministic(true).build(),
            Way.FUEL, Engine.builder().fuel(true).build());
    private final NodeProcess node;
    private final Set<String> proposals;
    private final Map<String, Long> counts;
    private final List<Difference> differences = new ArrayList<>();
    private long results;
    private long failures;

    Differential(NodeProcess node) throws IOException {
        this.node = node;
        this.proposals = node.proposals();
        this.counts = ModuleGenerator.newCounts(proposals);
    }

    /** How often each operator was generated. */
    Map<String, Long> counts() {
        return counts;
    }

    Set<String> proposals() {
        return proposals;
    }

    List<Difference> differences() {
        return differences;
    }

    /** How many values were compared. */
    long results() {
        return results;
    }

    /** How many calls trapped or threw. */
    long failures() {
        return failures;
    }

    /** Arguments of the wrappers: i32, i64, and bits of f32 and f64. */
    private record Arguments(int i, long l, int f, long d) {
        static Arguments some(SplittableRandom random) {
            return new Arguments(
                    random.nextInt(3) == 0 ? random.nextInt(4) : random.nextInt(),
                    random.nextInt(3) == 0 ? random.nextInt(4) : random.nextLong(),
                    random.nextBoolean() ? Float.floatToRawIntBits(random.nextInt(1000)) : number(random.nextInt()),
                    random.nextBoolean()
                            ? Double.doubleToRawLongBits(random.nextInt(1000) / 8.0)
                            : number(random.nextLong()));
        }

        /** NaNs lose their bits on their way into V8. */
        private static int number(int bits) {
            return Float.isNaN(Float.intBitsToFloat(bits)) ? 0x7FC0_0000 : bits;
        }

        private static long number(long bits) {
            return Double.isNaN(Double.longBitsToDouble(bits)) ? 0x7FF8_0000_0000_0000L : bits;
        }

        List<Object> json() {
            return List.of(i, Long.toString(l), Integer.toUnsignedString(f), Long.toUnsignedString(d));
        }

        long[] bits() {
            return new long[] {i, l, f & 0xFFFF_FFFFL, d};
        }
    }

    /** Makes the module of a seed, runs it, and compares. */
    void run(long seed, Path folder) throws IOException {
        Generated module = ModuleGenerator.generate(seed, proposals, counts);
        var random = new SplittableRandom(seed);
        List<Arguments> arguments = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            arguments.add(Arguments.some(random));
        }
        JsonNode theirs = node.ask(Map.of(
                "wasm", Base64.getEncoder().encodeToString(module.bytes()),
                "exports", module.exports(),
                "arguments", arguments.stream().map(Arguments::json).toList()));
        List<String> ours = outcomes(module, arguments);
        int at = 0;
        while (at < Math.max(ours.size(), theirs.size())
                && text(ours, at).equals(theirs.path(at).asString(NOTHING))) {
            at++;
        }
        if (at < Math.max(ours.size(), theirs.size())) {
            List<String> exports = module.exports();
            String call = exports.get(Math.min(at / CALLS, exports.size() - 1)) + " " + arguments.get(at % CALLS);
            differences.add(
                    new Difference(seed, call, text(ours, at), theirs.path(at).asString(NOTHING)));
            Files.write(Files.createDirectories(folder).resolve("differential-" + seed + ".wasm"), module.bytes());
        }
    }

    private static String text(List<String> texts, int at) {
        return at < texts.size() ? texts.get(at) : NOTHING;
    }

    /** Returns what the calls give. A failure of ours, such as a refused module, is an outcome that V8 does not have. */
    private List<String> outcomes(Generated generated, List<Arguments> arguments) {
        try {
            return ours(generated, arguments);
        } catch (RuntimeException | LinkageError e) {
            return List.of("failed: " + e);
        }
    }

    private List<String> ours(Generated generated, List<Arguments> arguments) {
        List<String> texts = new ArrayList<>();
        Way way = Way.values()[(int) Math.floorMod(generated.seed(), (long) Way.values().length)];
        Module module = others.getOrDefault(way, engine).compile("generated", generated.bytes());
        Run run = new Run(
                way == Way.RESET
                        ? reset(module, generated, arguments)
                        : engine.linker().instantiate(module));
        for (String export : generated.exports()) {
            for (Arguments given : arguments) {
                try {
                    texts.add(run.call(export, given.bits()));
                } catch (Trap e) {
                    texts.add(failure(e) + run.state());
                    run.instance.close();
                    run = new Run(engine.linker().instantiate(module));
                    failures++;
                }
            }
            int last = texts.size() - 1;
            texts.set(last, texts.get(last) + run.state() + " " + run.call(ModuleGenerator.STATE));
        }
        run.instance.close();
        return texts;
    }

    /** Returns an instance that went back to where it was made, or a new one if it trapped or is one that cannot go back. */
    private Instance reset(Module module, Generated generated, List<Arguments> arguments) {
        Instance first = engine.linker().instantiate(module);
        if (first.memory("memory").isShared()) {
            return first;
        }
        Snapshot snapshot = first.snapshot();
        first.close();
        Instance instance = engine.linker().instantiate(snapshot);
        try {
            for (String export : generated.exports()) {
                for (Arguments given : arguments) {
                    instance.function(export).call(given.bits());
                }
            }
            instance.reset();
            return instance;
        } catch (Trap e) {
            instance.close();
            return engine.linker().instantiate(snapshot);
        }
    }

    private static String text(CoreValType.Kind type, long bits) {
        return switch (type) {
            case I32 -> number((int) bits);
            case I64 -> "l" + bits;
            case F32 -> number(Float.intBitsToFloat((int) bits));
            case F64 -> number(Double.longBitsToDouble(bits));
            case V128, REF -> throw new IllegalArgumentException("no wrapper returns one");
        };
    }

    /** All NaNs are equal: V8 may change their bits when they become values of JavaScript. */
    private static String number(double value) {
        return Double.isNaN(value) ? "nan" : "n" + Long.toHexString(Double.doubleToRawLongBits(value));
    }

    /** What V8's messages tell apart. */
    private static String failure(Trap trap) {
        TrapCode code = trap.code();
        return switch (code) {
            case UNREACHABLE -> "trap unreachable";
            case INTEGER_DIVIDE_BY_ZERO -> "trap division";
            case INTEGER_OVERFLOW, INVALID_CONVERSION_TO_INTEGER -> "trap range";
            case MEMORY_OUT_OF_BOUNDS -> "trap memory";
            case TABLE_OUT_OF_BOUNDS, UNDEFINED_ELEMENT -> "trap table";
            case UNINITIALIZED_ELEMENT, INDIRECT_CALL_TYPE_MISMATCH -> "trap signature";
            case UNALIGNED_ATOMIC -> "trap alignment";
            case NULL_REFERENCE -> "trap null";
            case CAST_FAILURE -> "trap cast";
            case ARRAY_OUT_OF_BOUNDS -> "trap array";
            case UNCAUGHT_EXCEPTION -> "exception";
            default -> "trap " + trap.getMessage();
        };
    }

    /** An instance with what is compared of it; both stay readable after a trap. */
    private final class Run {
        private final Instance instance;
        private final Memory memory;
        private final Map<String, Global> globals = new LinkedHashMap<>();

        Run(Instance instance) {
            this.instance = instance;
            memory = instance.memory("memory");
            for (ExportType export : instance.module().exports()) {
                if (export.type() instanceof GlobalType) {
                    globals.put(export.name(), instance.global(export.name()));
                }
            }
        }

        String call(String export, long... arguments) {
            Func function = instance.function(export);
            long[] bits = function.call(arguments);
            List<CoreValType> types = function.type().results();
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < bits.length; i++) {
                texts.add(text(types.get(i).kind(), bits[i]));
            }
            results += bits.length;
            return String.join(" ", texts);
        }

        String state() {
            List<String> texts = new ArrayList<>();
            globals.forEach(
                    (name, global) -> texts.add(text(global.type().value().kind(), bits(global))));
            results += texts.size() + 1;
            return " memory " + hash() + " globals " + String.join(" ", texts);
        }

        private String hash() {
            byte[] bytes = memory.read(0, Math.toIntExact(memory.dataSize()));
            try {
                return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        private static long bits(Global global) {
            return switch (global.type().value().kind()) {
                case I32 -> global.getInt();
                case I64 -> global.getLong();
                case F32 -> Float.floatToRawIntBits(global.getFloat());
                case F64 -> Double.doubleToRawLongBits(global.getDouble());
                case V128, REF -> throw new IllegalArgumentException("not exported");
            };
        }
    }
}
