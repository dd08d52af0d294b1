package dev.airlock.abi.form;

import dev.airlock.type.BorrowType;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.EnumType;
import dev.airlock.type.FlagsType;
import dev.airlock.type.FuncType;
import dev.airlock.type.FutureType;
import dev.airlock.type.ListType;
import dev.airlock.type.MapType;
import dev.airlock.type.OptionType;
import dev.airlock.type.OwnType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.RecordType;
import dev.airlock.type.ResultType;
import dev.airlock.type.StreamType;
import dev.airlock.type.TupleType;
import dev.airlock.type.ValType;
import dev.airlock.type.VariantType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Flattens values to core numbers, for calls that are small enough to pass them without memory (Canonical ABI,
 * "Flattening"). {@link Layout} is for those in memory. All of this is for synchronous calls.
 */
public final class LayoutFlattening {
    /** Above this many core parameters, one pointer to all of them is passed. */
    public static final int MAX_FLAT_PARAMS = 16;

    /** Above this many core results, they lie in memory. */
    public static final int MAX_FLAT_RESULTS = 1;

    private LayoutFlattening() {}

    /**
     * Returns the core numbers that a value is made of.
     *
     * @param max the most there may be. A list of fixed length can have billions, so there is no way to ask for all
     * @return null if there are more
     */
    public static @Nullable List<CoreValType> flatten(ValType type, int max) {
        return flatten(List.of(type), max);
    }

    /** Returns the same for several values, one after the other. */
    public static @Nullable List<CoreValType> flatten(List<? extends ValType> types, int max) {
        var flat = new Flat(max);
        return types.stream().allMatch(type -> type.accept(flat)) ? List.copyOf(flat.core) : null;
    }

    /** Returns the type of the core function that a component has for a function that it exports. */
    public static CoreFuncType lifted(FuncType type) {
        return new CoreFuncType(params(type), resultsInMemory(type) ? List.of(CoreValType.I32) : results(type));
    }

    /**
     * Returns the type of the core function that a component calls for a function that it imports. A result in memory
     * is written to the address in its last parameter.
     */
    public static CoreFuncType lowered(FuncType type) {
        return resultsInMemory(type)
                ? new CoreFuncType(
                        Stream.concat(params(type).stream(), Stream.of(CoreValType.I32))
                                .toList(),
                        List.of())
                : new CoreFuncType(params(type), results(type));
    }

    /** Returns whether the parameters lie in memory, as the fields of a tuple do. */
    public static boolean paramsInMemory(FuncType type) {
        return flatten(paramTypes(type), MAX_FLAT_PARAMS) == null;
    }

    /** Returns whether the result lies in memory. */
    public static boolean resultsInMemory(FuncType type) {
        return flatten(resultTypes(type), MAX_FLAT_RESULTS) == null;
    }

    private static List<CoreValType> params(FuncType type) {
        List<CoreValType> flat = flatten(paramTypes(type), MAX_FLAT_PARAMS);
        return flat == null ? List.of(CoreValType.I32) : flat;
    }

    private static List<CoreValType> results(FuncType type) {
        List<CoreValType> flat = flatten(resultTypes(type), MAX_FLAT_RESULTS);
        return flat == null ? List.of() : flat;
    }

    private static List<ValType> paramTypes(FuncType type) {
        return type.params().stream().map(FuncType.Param::type).toList();
    }

    private static List<ValType> resultTypes(FuncType type) {
        return type.result() == null ? List.of() : List.of(type.result());
    }

    /** Returns the core type that carries either of two: if they differ, the bits of one lie in the other. */
    static CoreValType join(CoreValType a, CoreValType b) {
        if (a == b) {
            return a;
        }
        return isFourBytes(a) && isFourBytes(b) ? CoreValType.I32 : CoreValType.I64;
    }

    private static boolean isFourBytes(CoreValType type) {
        return type == CoreValType.I32 || type == CoreValType.F32;
    }

    /** Adds the numbers of each type visited; false as soon as there are too many. */
    private static final class Flat implements ValType.Visitor<Boolean> {
        private final int max;
        private final List<CoreValType> core = new ArrayList<>();

        Flat(int max) {
            this.max = max;
        }

        private boolean add(CoreValType... types) {
            core.addAll(List.of(types));
            return core.size() <= max;
        }

        private boolean addAll(List<? extends ValType> types) {
            return types.stream().allMatch(type -> type.accept(this));
        }

        /** Adds the number of the case, then numbers that carry the payload of any case. */
        private boolean addVariant(List<? extends ValType> payloads) {
            if (!add(CoreValType.I32)) {
                return false;
            }
            var joined = new ArrayList<CoreValType>();
            for (ValType payload : payloads) {
                var flat = new Flat(max - core.size());
                if (!payload.accept(flat)) {
                    return false;
                }
                for (int i = 0; i < flat.core.size(); i++) {
                    CoreValType type = flat.core.get(i);
                    if (i < joined.size()) {
                        joined.set(i, join(joined.get(i), type));
                    } else {
                        joined.add(type);
                    }
                }
            }
            core.addAll(joined);
            return true;
        }

        @Override
        public Boolean visitPrimitive(PrimitiveType type) {
            return switch (type) {
                case BOOL, S8, U8, S16, U16, S32, U32, CHAR, ERROR_CONTEXT -> add(CoreValType.I32);
                case S64, U64 -> add(CoreValType.I64);
                case F32 -> add(CoreValType.F32);
                case F64 -> add(CoreValType.F64);
                case STRING -> add(CoreValType.I32, CoreValType.I32);
            };
        }

        @Override
        public Boolean visitList(ListType type) {
            if (type.fixedLength() == null) {
                return add(CoreValType.I32, CoreValType.I32);
            }
            for (int i = 0; i < type.fixedLength(); i++) {
                if (!type.element().accept(this)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Boolean visitRecord(RecordType type) {
            return addAll(type.parts());
        }

        @Override
        public Boolean visitTuple(TupleType type) {
            return addAll(type.elements());
        }

        @Override
        public Boolean visitVariant(VariantType type) {
            return addVariant(type.parts());
        }

        @Override
        public Boolean visitEnum(EnumType type) {
            return add(CoreValType.I32);
        }

        @Override
        public Boolean visitFlags(FlagsType type) {
            return add(CoreValType.I32);
        }

        @Override
        public Boolean visitOption(OptionType type) {
            return addVariant(type.parts());
        }

        @Override
        public Boolean visitResult(ResultType type) {
            return addVariant(type.parts());
        }

        @Override
        public Boolean visitMap(MapType type) {
            return add(CoreValType.I32, CoreValType.I32);
        }

        @Override
        public Boolean visitOwn(OwnType type) {
            return add(CoreValType.I32);
        }

        @Override
        public Boolean visitBorrow(BorrowType type) {
            return add(CoreValType.I32);
        }

        @Override
        public Boolean visitFuture(FutureType type) {
            return add(CoreValType.I32);
        }

        @Override
        public Boolean visitStream(StreamType type) {
            return add(CoreValType.I32);
        }
    }
}
