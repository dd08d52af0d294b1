package dev.airlock.type;

/** A heap type that the specification defines (core specification, section 2.3.3). */
public enum AbstractHeapType implements HeapType {
    /** All functions. */
    FUNC("func"),
    /** No function: the type of null. */
    NOFUNC("nofunc"),
    /** All objects of the host. */
    EXTERN("extern"),
    /** No object of the host: the type of null. */
    NOEXTERN("noextern"),
    /** All values that a guest makes, and objects of the host that it converted. */
    ANY("any"),
    /** All values that {@code ref.eq} compares: small integers, structs and arrays. */
    EQ("eq"),
    /** Integers of 31 bits. */
    I31("i31"),
    /** All structs. */
    STRUCT("struct"),
    /** All arrays. */
    ARRAY("array"),
    /** No value: the type of null. */
    NONE("none"),
    /** All exceptions. */
    EXN("exn"),
    /** No exception: the type of null. */
    NOEXN("noexn");

    private final String text;

    AbstractHeapType(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public boolean isSubtypeOf(HeapType other) {
        if (this == other) {
            return true;
        }
        return switch (this) {
            case NOFUNC, NOEXTERN, NOEXN, NONE -> other.top() == top();
            case I31, STRUCT, ARRAY -> other == EQ || other == ANY;
            case EQ -> other == ANY;
            case FUNC, EXTERN, ANY, EXN -> false;
        };
    }

    @Override
    public AbstractHeapType top() {
        return switch (this) {
            case FUNC, NOFUNC -> FUNC;
            case EXTERN, NOEXTERN -> EXTERN;
            case ANY, EQ, I31, STRUCT, ARRAY, NONE -> ANY;
            case EXN, NOEXN -> EXN;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
