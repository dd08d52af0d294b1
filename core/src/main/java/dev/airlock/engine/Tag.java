package dev.airlock.engine;

import dev.airlock.engine.runtime.TagInstance;
import dev.airlock.error.SignatureException;
import dev.airlock.error.WasmException;
import dev.airlock.type.CoreValType;
import dev.airlock.type.TagType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exception tag of a guest (core specification, section 4.2.10): what tells exceptions apart. A tag is equal to itself alone,
 * whatever its type.
 *
 * <pre>{@code
 * Tag failed = instance.tag("failed"); // (i32)
 * linker.function("env", "check", (Caller caller, int value) -> {
 *   try {
 *     caller.function("run").call(value);
 *   } catch (WasmException e) {
 *     if (!failed.isOf(e)) {
 *       throw e; // the guest that called may catch it
 *     }
 *     System.out.println(e.values());
 *   }
 * });
 * }</pre>
 */
public final class Tag {
    private final TagInstance instance;
    private final TagType type;

    Tag(TagInstance instance) {
        this.instance = instance;
        this.type = new TagType(ApiTypes.of(instance.type));
    }

    /** {@return the types of the values that its exceptions carry} */
    public TagType type() {
        return type;
    }

    /**
     * Returns whether an exception has this tag.
     *
     * @param exception an exception of a guest
     * @return whether it was thrown with this tag
     */
    public boolean isOf(WasmException exception) {
        return exception instanceof dev.airlock.engine.runtime.WasmException thrown && thrown.tag == instance;
    }

    /**
     * Returns an exception with this tag, for a host function to throw. The guest that called may catch it.
     *
     * @param values an Integer, Long, Float or Double for each i32, i64, f32 or f64, and any object or null for each externref
     * @return the exception
     * @throws SignatureException if the values do not have the types of the tag
     */
    public WasmException exception(@Nullable Object... values) {
        List<CoreValType> types = type.func().params();
        if (values.length != types.size()) {
            throw new SignatureException(
                    "an exception of this tag carries " + types.size() + " values, not " + values.length + ": " + type);
        }
        int numbers = (int) types.stream().filter(CoreValType::isNumber).count();
        long[] n = new long[numbers];
        @Nullable Object[] r = new Object[values.length - numbers];
        int number = 0;
        int reference = 0;
        for (int i = 0; i < values.length; i++) {
            if (types.get(i) == CoreValType.EXTERNREF) {
                r[reference++] = values[i];
            } else {
                n[number++] = bits(types.get(i), values[i]);
            }
        }
        return new dev.airlock.engine.runtime.WasmException(instance, n, r);
    }

    private static long bits(CoreValType type, @Nullable Object value) {
        if (type == CoreValType.I32 && value instanceof Integer i) {
            return i;
        } else if (type == CoreValType.I64 && value instanceof Long l) {
            return l;
        } else if (type == CoreValType.F32 && value instanceof Float f) {
            return Float.floatToRawIntBits(f);
        } else if (type == CoreValType.F64 && value instanceof Double d) {
            return Double.doubleToRawLongBits(d);
        }
        throw new SignatureException("a value of type " + type + " was expected, not "
                + (value == null ? "null" : "a " + value.getClass().getSimpleName()));
    }

    TagInstance instance() {
        return instance;
    }

    @Override
    public String toString() {
        return type.toString();
    }
}
