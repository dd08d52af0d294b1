package dev.airlock.conformance;

import dev.airlock.conformance.CoreDriver.Thrown;
import dev.airlock.conformance.CoreDriver.Trapped;
import dev.airlock.conformance.ModuleGenerator.Generated;
import dev.airlock.error.ModuleException;
import dev.airlock.error.TrapCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Runs generated modules here and in V8, and compares what they give. */
final class Differential {
    /** A call whose results differ. */
    record Difference(long seed, String call, String ours, String theirs) {}

    private static final int CALLS = 5;

    private final CoreDriver driver;
    private final NodeProcess node;
    private final Set<String> proposals;
    private final Map<String, Long> counts;
    private final List<Difference> differences = new ArrayList<>();
    private long results;
    private long failures;

    Differential(CoreDriver driver, NodeProcess node) throws IOException {
        this.driver = driver;
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

        List<CoreValue> values() {
            return List.of(
                    CoreValue.number("i32", i & 0xFFFF_FFFFL),
                    CoreValue.number("i64", l),
                    CoreValue.number("f32", f & 0xFFFF_FFFFL),
                    CoreValue.number("f64", d));
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
        List<String> ours = ours(module, arguments);
        boolean same = ours.size() == theirs.size();
        int at = 0;
        while (at < Math.min(ours.size(), theirs.size())
                && ours.get(at).equals(theirs.get(at).asString())) {
            at++;
        }
        if (!same || at < ours.size()) {
            String call = module.exports()
                            .get(Math.min(at / CALLS, module.exports().size() - 1)) + " " + arguments.get(at % CALLS);
            differences.add(new Difference(
                    seed,
                    call,
                    at < ours.size() ? ours.get(at) : "nothing",
                    at < theirs.size() ? theirs.get(at).asString() : "nothing"));
            Files.write(Files.createDirectories(folder).resolve("differential-" + seed + ".wasm"), module.bytes());
        }
    }

    private List<String> ours(Generated module, List<Arguments> arguments) {
        List<String> texts = new ArrayList<>();
        Object compiled;
        try {
            compiled = driver.compile("generated", module.bytes());
        } catch (ModuleException e) {
            return List.of("error " + e);
        }
        Object instance = driver.instantiate(compiled, Map.of());
        for (String export : module.exports()) {
            for (Arguments given : arguments) {
                try {
                    List<CoreValue> values = driver.invoke(instance, export, given.values());
                    results += values.size();
                    texts.add(values.stream().map(Differential::text).collect(Collectors.joining(" ")));
                } catch (Trapped e) {
                    texts.add("trap " + trap(e, texts.size()) + state(instance, module));
                    instance = driver.instantiate(compiled, Map.of());
                    failures++;
                } catch (Thrown e) {
                    texts.add("exception" + state(instance, module));
                    instance = driver.instantiate(compiled, Map.of());
                    failures++;
                }
            }
            texts.set(texts.size() - 1, texts.get(texts.size() - 1) + state(instance, module));
        }
        return texts;
    }

    private static String text(CoreValue value) {
        return switch (value.type()) {
            case "i64" -> "l" + value.low();
            case "i32" -> number((int) value.low());
            case "f32" -> number(Float.intBitsToFloat((int) value.low()));
            default -> number(Double.longBitsToDouble(value.low()));
        };
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "nan" : "n" + Long.toHexString(Double.doubleToRawLongBits(value));
    }

    private String state(Object instance, Generated module) {
        results++;
        List<String> globals = new ArrayList<>();
        for (String name : driver.globals(instance)) {
            globals.add(text(driver.global(instance, name)));
            results++;
        }
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest(driver.memory(instance));
            return " memory " + HexFormat.of().formatHex(hash) + " globals " + String.join(" ", globals);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What V8's messages tell apart. */
    private static String trap(Trapped trap, int call) {
        TrapCode code = trap.codes.iterator().next();
        return switch (code) {
            case UNREACHABLE -> "unreachable";
            case INTEGER_DIVIDE_BY_ZERO -> "division";
            case INTEGER_OVERFLOW, INVALID_CONVERSION_TO_INTEGER -> "range";
            case MEMORY_OUT_OF_BOUNDS -> "memory";
            case TABLE_OUT_OF_BOUNDS, UNDEFINED_ELEMENT -> "table";
            case UNINITIALIZED_ELEMENT, INDIRECT_CALL_TYPE_MISMATCH -> "signature";
            case UNALIGNED_ATOMIC -> "alignment";
            case NULL_REFERENCE -> "null";
            case CAST_FAILURE -> "cast";
            case ARRAY_OUT_OF_BOUNDS -> "array";
            default -> trap.getMessage() + " in call " + call;
        };
    }
}
