package dev.airlock.conformance;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Compares a result with what the core suite expects of it. */
final class CoreExpectation {
    private static final long QUIET_32 = 0x7FC0_0000L;
    private static final long QUIET_64 = 0x7FF8_0000_0000_0000L;

    /** The kinds of references that match each expected type, if no value is given. */
    private static final Set<CoreDriver.Kind> EQUATABLE =
            Set.of(CoreDriver.Kind.I31, CoreDriver.Kind.STRUCT, CoreDriver.Kind.ARRAY);

    private CoreExpectation() {}

    static boolean matches(JsonNode expected, CoreValue got, CoreDriver driver) {
        String type = expected.get("type").asString();
        return switch (type) {
            case "either" -> expected.get("values").valueStream().anyMatch(one -> matches(one, got, driver));
            case "i32", "i64", "f32", "f64" ->
                got.type().equals(type)
                        && number(expected.get("value").asString(), got.low(), type.endsWith("32") ? 32 : 64);
            case "v128" -> got.type().equals(type) && lanes(expected.get("value"), got);
            default -> got.type().equals("ref") && reference(type, expected.path("value"), got, driver);
        };
    }

    private static boolean lanes(JsonNode lanes, CoreValue got) {
        int width = 128 / lanes.size();
        for (int i = 0; i < lanes.size(); i++) {
            if (!number(lanes.get(i).asString(), got.lane(i, width), width)) {
                return false;
            }
        }
        return true;
    }

    /** The patterns of the suite for NaNs, or bits. */
    private static boolean number(String expected, long bits, int width) {
        long quiet = width == 32 ? QUIET_32 : QUIET_64;
        long mask = width == 64 ? -1 : (1L << width) - 1;
        return switch (expected) {
            case "nan:canonical" -> (bits & mask >>> 1) == quiet;
            case "nan:arithmetic" -> (bits & quiet) == quiet;
            default -> ((CoreValue.bits(expected) ^ bits) & mask) == 0;
        };
    }

    private static boolean reference(String type, JsonNode value, CoreValue got, CoreDriver driver) {
        Object reference = got.reference();
        if (type.equals("refnull")
                || type.startsWith("null")
                || value.asString("").equals("null")) {
            return reference == null;
        }
        if (reference == null) {
            return false;
        }
        if (!value.isMissingNode()) {
            return reference.equals(new CoreValue.HostObject(CoreValue.bits(value.asString())));
        }
        CoreDriver.Kind kind = driver.kind(reference);
        return switch (type) {
            case "externref" -> true;
            case "anyref" -> kind != CoreDriver.Kind.FUNCTION && kind != CoreDriver.Kind.EXCEPTION;
            case "eqref" -> EQUATABLE.contains(kind);
            case "funcref" -> kind == CoreDriver.Kind.FUNCTION;
            case "i31ref" -> kind == CoreDriver.Kind.I31;
            case "structref" -> kind == CoreDriver.Kind.STRUCT;
            case "arrayref" -> kind == CoreDriver.Kind.ARRAY;
            case "exnref" -> kind == CoreDriver.Kind.EXCEPTION;
            default -> throw new IllegalArgumentException("unknown expectation: " + type);
        };
    }
}
