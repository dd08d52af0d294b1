package dev.airlock.error;

/** Why a guest trapped: the causes of the core specification, section 4 (Execution), in the words of its test suite. */
public enum TrapCode {
    /** The instruction {@code unreachable}, as an assertion of the guest compiles to. */
    UNREACHABLE("unreachable"),
    /** An access outside of linear memory. */
    MEMORY_OUT_OF_BOUNDS("out of bounds memory access"),
    /** An access outside of a table. */
    TABLE_OUT_OF_BOUNDS("out of bounds table access"),
    /** An index outside of a table was called. */
    UNDEFINED_ELEMENT("undefined element"),
    /** A null element of a table was called. */
    UNINITIALIZED_ELEMENT("uninitialized element"),
    /** A function of another type was called through a table. */
    INDIRECT_CALL_TYPE_MISMATCH("indirect call type mismatch"),
    /** A null reference was used. */
    NULL_REFERENCE("null reference"),
    /** A reference was cast to a type that it is not of. */
    CAST_FAILURE("cast failure"),
    /** An access outside of an array of the garbage-collected heap. */
    ARRAY_OUT_OF_BOUNDS("out of bounds array access"),
    /** An integer was divided by zero. */
    INTEGER_DIVIDE_BY_ZERO("integer divide by zero"),
    /** The result of a division or conversion does not fit. */
    INTEGER_OVERFLOW("integer overflow"),
    /** A NaN was converted to an integer. */
    INVALID_CONVERSION_TO_INTEGER("invalid conversion to integer"),
    /** An atomic access at an offset that is not a multiple of its size. */
    UNALIGNED_ATOMIC("unaligned atomic"),
    /** A wait on a memory that is not shared. */
    EXPECTED_SHARED_MEMORY("expected shared memory"),
    /** Recursion was too deep. */
    CALL_STACK_EXHAUSTED("call stack exhausted"),
    /** The guest did not catch an exception of its own. */
    UNCAUGHT_EXCEPTION("uncaught exception"),
    /** The thread was interrupted. */
    INTERRUPTED("interrupted"),
    /** A host function threw an exception. */
    HOST_FUNCTION("a host function threw"),
    /** The guest called an import that is not defined. */
    UNKNOWN_IMPORT("an imported function is not defined"),
    /** The guest's allocator returned null or a block outside of memory. */
    ALLOCATION_FAILED("the guest's allocator failed"),
    /** A pointer outside of memory, or not aligned. */
    BAD_POINTER("bad pointer"),
    /** Bytes that are no value of the expected type. */
    BAD_VALUE("bad value"),
    /** A managed object of another class than expected. */
    WRONG_CLASS("object of another class"),
    /** A handle index that does not exist, or of another type. */
    BAD_HANDLE("bad handle"),
    /** A component instance that is running was entered. */
    CANNOT_ENTER("cannot enter component instance"),
    /** A component instance called out while it was not allowed to leave. */
    CANNOT_LEAVE("cannot leave component instance"),
    /** The guest used a feature that is not supported yet. */
    NOT_SUPPORTED("not supported yet"),
    /** Another trap. */
    OTHER("trap");

    private final String text;

    TrapCode(String text) {
        this.text = text;
    }

    /** {@return the words of the specification's test suite if it has any} */
    public String text() {
        return text;
    }
}
