package dev.airlock.type;

/**
 * What a reference refers to (core specification, section 2.3.3, Heap Types): one of the abstract types of the specification,
 * or a type that a module defines.
 */
public sealed interface HeapType permits AbstractHeapType, ConcreteType {
    /** {@return the type in the text format; a defined type is written out} */
    String text();

    /**
     * Returns whether this is the other type or a subtype of it (core specification, section 3.3.3).
     *
     * @param other another heap type
     * @return whether every reference to this is one to the other
     */
    boolean isSubtypeOf(HeapType other);

    /**
     * Returns the root of the hierarchy that the type belongs to. References of different hierarchies never match.
     *
     * @return {@link AbstractHeapType#ANY}, {@link AbstractHeapType#FUNC}, {@link AbstractHeapType#EXTERN} or
     *     {@link AbstractHeapType#EXN}
     */
    AbstractHeapType top();
}
