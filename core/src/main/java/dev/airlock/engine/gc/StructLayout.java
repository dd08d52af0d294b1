package dev.airlock.engine.gc;

import dev.airlock.engine.validate.DefinedType;
import dev.airlock.limit.CollectedHeap;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** The fields of one class of structs, by number, for hosts and constant expressions. */
final class StructLayout {
    private static final ClassValue<StructLayout> LAYOUTS = new ClassValue<>() {
        @Override
        protected StructLayout computeValue(Class<?> type) {
            return new StructLayout(type);
        }
    };

    private final String kinds;
    private final VarHandle[] fields;
    private final @Nullable VarHandle[] highs;
    private final MethodHandle blank;

    private StructLayout(Class<?> shape) {
        kinds = shape == StructObject.class
                ? ""
                : StructShape.kinds(shape.getName().substring(StructShape.PACKAGE.length()));
        fields = new VarHandle[kinds.length()];
        highs = new VarHandle[kinds.length()];
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        try {
            for (int i = 0; i < fields.length; i++) {
                fields[i] = lookup.findVarHandle(shape, StructShape.fieldName(i), javaType(kinds.charAt(i)));
                if (kinds.charAt(i) == 'V') {
                    highs[i] = lookup.findVarHandle(shape, StructShape.highName(i), long.class);
                }
            }
            blank = shape == StructObject.class
                    ? MethodHandles.lookup().findStatic(StructClasses.class, "empty", blankType(StructObject.class))
                    : lookup.findStatic(shape, "blank", blankType(shape)).asType(blankType(StructObject.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a class of structs has not the fields of its name: " + shape.getName(), e);
        }
    }

    private static MethodType blankType(Class<?> result) {
        return MethodType.methodType(result, DefinedType.class, CollectedHeap.class);
    }

    private static Class<?> javaType(char kind) {
        return switch (kind) {
            case 'B' -> byte.class;
            case 'S' -> short.class;
            case 'I' -> int.class;
            case 'F' -> float.class;
            case 'D' -> double.class;
            case 'R' -> Object.class;
            default -> long.class;
        };
    }

    static StructLayout of(Class<?> shape) {
        return LAYOUTS.get(shape);
    }

    StructObject blank(DefinedType type, CollectedHeap heap) {
        try {
            return (StructObject) blank.invokeExact(type, heap);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("a struct cannot be made", e);
        }
    }

    long number(StructObject struct, int field) {
        VarHandle handle = fields[field];
        return switch (kinds.charAt(field)) {
            case 'B' -> (byte) handle.get(struct);
            case 'S' -> (short) handle.get(struct);
            case 'I' -> (int) handle.get(struct);
            case 'F' -> Float.floatToRawIntBits((float) handle.get(struct));
            case 'D' -> Double.doubleToRawLongBits((double) handle.get(struct));
            case 'R' -> throw new IllegalStateException("a reference, not a number");
            default -> (long) handle.get(struct);
        };
    }

    void setNumber(StructObject struct, int field, long bits) {
        VarHandle handle = fields[field];
        switch (kinds.charAt(field)) {
            case 'B' -> handle.set(struct, (byte) bits);
            case 'S' -> handle.set(struct, (short) bits);
            case 'I' -> handle.set(struct, (int) bits);
            case 'F' -> handle.set(struct, Float.intBitsToFloat((int) bits));
            case 'D' -> handle.set(struct, Double.longBitsToDouble(bits));
            case 'R' -> throw new IllegalStateException("a reference, not a number");
            default -> handle.set(struct, bits);
        }
    }

    long high(StructObject struct, int field) {
        return (long) highHandle(field).get(struct);
    }

    void setHigh(StructObject struct, int field, long bits) {
        highHandle(field).set(struct, bits);
    }

    private VarHandle highHandle(int field) {
        VarHandle handle = highs[field];
        if (handle == null) {
            throw new IllegalStateException("no vector");
        }
        return handle;
    }

    @Nullable
    Object reference(StructObject struct, int field) {
        return fields[field].get(struct);
    }

    void setReference(StructObject struct, int field, @Nullable Object value) {
        fields[field].set(struct, value);
    }
}
