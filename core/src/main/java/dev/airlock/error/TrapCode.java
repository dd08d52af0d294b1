package dev.airlock.error;

/** Why a guest trapped: the causes of the core specification, section 4 (Execution), in the words of its test suite. */
public enum TrapCode {
    UNREACHABLE("unreachable"),
    MEMORY_OUT_OF_BOUNDS("out of bounds memory access"),
    TABLE_OUT_OF_BOUNDS("out of bounds table access"),
    UNDEFINED_ELEMENT("undefined element"),
    UNINITIALIZED_ELEMENT("uninitialized element"),
    INDIRECT_CALL_TYPE_MISMATCH("indirect call type mismatch"),
    NULL_REFERENCE("null reference"),
    INTEGER_DIVIDE_BY_ZERO("integer divide by zero"),
    INTEGER_OVERFLOW("integer overflow"),
    INVALID_CONVERSION_TO_INTEGER("invalid conversion to integer"),
    UNALIGNED_ATOMIC("unaligned atomic"),
    EXPECTED_SHARED_MEMORY("expected shared memory"),
    CALL_STACK_EXHAUSTED("call stack exhausted"),
    UNCAUGHT_EXCEPTION("uncaught exception"),
    INTERRUPTED("interrupted"),
    HOST_FUNCTION("a host function threw"),
    UNKNOWN_IMPORT("an imported function is not defined"),
    ALLOCATION_FAILED("the guest's allocator failed"),
    BAD_POINTER("bad pointer"),
    BAD_VALUE("bad value"),
    WRONG_CLASS("object of another class"),
    BAD_HANDLE("bad handle"),
    CANNOT_ENTER("cannot enter component instance"),
    CANNOT_LEAVE("cannot leave component instance"),
    NOT_SUPPORTED("not supported yet"),
    OTHER("trap");

    private final String text;

    TrapCode(String text) {
        this.text = text;
    }

    /** The words of the specification's test suite where it has any. */
    public String text() {
        return text;
    }
}
