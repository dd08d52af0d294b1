package dev.airlock.placement;

/** The kinds of AssemblyScript classes whose objects are lists. They differ in where the elements lie. */
public enum ManagedList {
    /** {@code ArrayBuffer}: the object consists of the bytes. Its header has their number. */
    ARRAY_BUFFER,
    /** A typed array such as {@code Int64Array}: an object of three fields, whose elements lie in a buffer. */
    TYPED_ARRAY,
    /** {@code Array<T>}: a typed array with the count as a fourth field, since the buffer may have room for more elements. */
    ARRAY,
    /** {@code StaticArray<T>}: the object consists of the elements. */
    STATIC_ARRAY;

    /**
     * Returns the size of the object that refers to the buffer, without its header.
     *
     * @return the size in bytes; without meaning if the list {@linkplain #hasBuffer() has no buffer}
     */
    public int fields() {
        return this == ARRAY ? 16 : 12;
    }

    /**
     * Returns whether the elements lie in a separate buffer that the object refers to.
     *
     * @return false if the object itself consists of the elements
     */
    public boolean hasBuffer() {
        return this == TYPED_ARRAY || this == ARRAY;
    }
}
