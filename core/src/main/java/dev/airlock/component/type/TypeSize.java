package dev.airlock.component.type;

import dev.airlock.type.FuncType;
import dev.airlock.type.ValType;

/** The number of types that a type is made of, repetitions counted: the cost of visiting it. */
final class TypeSize {
    private TypeSize() {}

    /** Returns the size, at most {@link ValType#MAX_SIZE}. */
    static long of(ValType type) {
        long size = 1;
        for (ValType part : type.parts()) {
            size += of(part);
        }
        return size;
    }

    static long of(FuncType type) {
        long size = 1;
        for (FuncType.Param param : type.params()) {
            size += of(param.type());
        }
        return size + (type.result() == null ? 0 : of(type.result()));
    }
}
