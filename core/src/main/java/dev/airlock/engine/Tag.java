package dev.airlock.engine;

import dev.airlock.engine.runtime.TagInstance;
import dev.airlock.engine.validate.DefinedType.FieldType;
import dev.airlock.error.SignatureException;
import dev.airlock.error.WasmException;
import dev.airlock.type.CoreValType;
import dev.airlock.type.TagType;
import java.util.Collections;
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
     * @param values a value for each parameter of the tag's type, as {@link Func#invoke} takes it
     * @return the exception
     * @throws SignatureException if the values do not have the types of the tag
     */
    public WasmException exception(@Nullable Object... values) {
        List<CoreValType> types = type.func().params();
        if (values.length != types.size()) {
            throw new SignatureException(
                    "an exception of this tag carries " + types.size() + " values, not " + values.length + ": " + type);
        }
        FieldType[] fields = instance.type.first();
        int references = (int) types.stream().filter(CoreValType::isReference).count();
        int vectors = Collections.frequency(types, CoreValType.V128);
        long[] n = new long[values.length - references + vectors];
        @Nullable Object[] r = new Object[references];
        int number = 0;
        int reference = 0;
        for (int i = 0; i < values.length; i++) {
            String place = "value " + (i + 1) + " of an exception";
            if (BoxedValues.isReference(fields[i])) {
                r[reference++] = BoxedValues.toGuest(values[i], fields[i], place);
                continue;
            }
            n[number++] = BoxedValues.low(values[i], fields[i], place);
            if (BoxedValues.isVector(fields[i])) {
                n[number++] = BoxedValues.high(values[i]);
            }
        }
        return new dev.airlock.engine.runtime.WasmException(instance, n, r);
    }

    TagInstance instance() {
        return instance;
    }

    @Override
    public String toString() {
        return type.toString();
    }
}
