package dev.airlock.conformance;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A value of the core suite: numbers as raw bits, a vector as two halves.
 *
 * @param type {@code i32}, {@code i64}, {@code f32}, {@code f64}, {@code v128}, or {@code ref} for every reference
 * @param reference null for a null reference, and for numbers
 */
record CoreValue(String type, long low, long high, @Nullable Object reference) {
    /** An object of the host, which the suite calls {@code ref.extern} and {@code ref.host}. */
    record HostObject(long number) {}

    static CoreValue number(String type, long bits) {
        return new CoreValue(type, bits, 0, null);
    }

    static CoreValue vector(long low, long high) {
        return new CoreValue("v128", low, high, null);
    }

    static CoreValue reference(@Nullable Object reference) {
        return new CoreValue("ref", 0, 0, reference);
    }

    /** Returns an argument of an action. */
    static CoreValue of(JsonNode node) {
        String type = node.get("type").asString();
        switch (type) {
            case "i32", "f32" -> {
                return number(type, bits(node.get("value").asString()) & 0xFFFF_FFFFL);
            }
            case "i64", "f64" -> {
                return number(type, bits(node.get("value").asString()));
            }
            case "v128" -> {
                return lanes(node);
            }
            default -> {
                String value = node.path("value").asString("null");
                return reference(value.equals("null") ? null : new HostObject(Long.parseLong(value)));
            }
        }
    }

    private static CoreValue lanes(JsonNode node) {
        JsonNode lanes = node.get("value");
        int width = 128 / lanes.size();
        long[] halves = new long[2];
        for (int i = 0; i < lanes.size(); i++) {
            long lane = bits(lanes.get(i).asString());
            int at = i * width;
            halves[at / 64] |= (width == 64 ? lane : lane & (1L << width) - 1) << at % 64;
        }
        return vector(halves[0], halves[1]);
    }

    /** Returns a decimal number, signed or unsigned, as bits. */
    static long bits(String decimal) {
        return new BigInteger(decimal).longValue();
    }

    /** Returns one lane of a vector, zero-extended. */
    long lane(int index, int width) {
        int at = index * width;
        long half = at < 64 ? low : high;
        return width == 64 ? half : half >>> at % 64 & (1L << width) - 1;
    }

    @Override
    public String toString() {
        return switch (type) {
            case "v128" -> String.format("v128 0x%016x_%016x", high, low);
            case "ref" -> String.valueOf(reference);
            default -> type + " " + low + " (0x" + Long.toHexString(low) + ")";
        };
    }
}
