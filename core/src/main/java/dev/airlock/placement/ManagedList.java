package dev.airlock.placement;

/** The kinds of AssemblyScript classes whose objects are lists: they differ in where the elements lie. */
public enum ManagedList {
    /** {@code ArrayBuffer}: the object itself is the bytes, as many as its header says. */
    ARRAY_BUFFER,
    /** {@code Int64Array} and the like: an object of three fields, whose elements lie in a buffer. */
    TYPED_ARRAY,
    /** {@code Array<T>}: the same with a count as a fourth field, since the buffer may have room for more elements. */
    ARRAY,
    /** {@code StaticArray<T>}: the object itself is the elements. */
    STATIC_ARRAY;

    /**
     * Returns the bytes of the object that refers to the buffer.
     *
     * @return the bytes of the object that refers to the buffer
     */
    public int fields() {
        return this == ARRAY ? 16 : 12;
    }

    /**
     * Returns whether the elements lie in a buffer of their own.
     *
     * @return whether the elements lie in a buffer of their own
     */
    public boolean hasBuffer() {
        return this == TYPED_ARRAY || this == ARRAY;
    }
}
