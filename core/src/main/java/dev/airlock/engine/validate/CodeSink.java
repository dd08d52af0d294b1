package dev.airlock.engine.validate;

/**
 * Receives the operators of one function body, or of one constant expression, in order, as validation accepts them. Only
 * operators that can be reached are passed: after an operator that does not continue ({@code br}, {@code return},
 * {@code unreachable}, {@code throw}, ...) the next call is the {@code else}, {@code catch} or {@code end} that closes the
 * innermost construct. So every label depth counts constructs that were passed, and the operand stack below is always known.
 *
 * <p>Types are codes of {@link dev.airlock.engine.binary.ValueTypes}. Opcodes are the byte of the binary format, or
 * {@code prefix << 16 | number} for those behind 0xFB, 0xFC, 0xFD and 0xFE. All indices are unsigned and valid.
 */
public interface CodeSink {
    /** One clause of a {@code try_table}. */
    record CatchClause(int kind, int tag, int depth) {
        public static final int CATCH = 0;
        public static final int CATCH_REF = 1;
        public static final int CATCH_ALL = 2;
        public static final int CATCH_ALL_REF = 3;
    }

    /**
     * Begins a body.
     *
     * @param locals types of all locals, parameters first
     * @param results types of the results
     * @param parameters how many of the locals are parameters
     */
    void begin(int[] locals, int[] results, int parameters);

    /** Called before each operator, with its byte offset in the module. */
    void at(int offset);

    void block(int[] params, int[] results);

    void loop(int[] params, int[] results);

    void ifThen(int[] params, int[] results);

    /** @param reachable whether control falls out of the arm that ends here */
    void otherwise(boolean reachable);

    /** @param depth of a clause counts from outside of this construct, so 0 is the construct around it */
    void tryTable(int[] params, int[] results, CatchClause[] clauses);

    /** The legacy {@code try}. */
    void tryLegacy(int[] params, int[] results);

    /**
     * The legacy {@code catch}; the values of the tag are on the operand stack then.
     *
     * @param reachable whether control falls out of the body or handler that ends here
     */
    void catchLegacy(boolean reachable, int tag);

    void catchAllLegacy(boolean reachable);

    /** Ends a legacy {@code try}; {@code depth} counts from outside of it, and may name the function itself. */
    void delegate(boolean reachable, int depth);

    void rethrow(int depth);

    /**
     * Ends the innermost construct, or the body.
     *
     * @param reachable whether control falls into this end
     */
    void end(boolean reachable);

    void unreachable();

    void br(int depth);

    void brIf(int depth);

    void brTable(int[] depths, int defaultDepth);

    void brOnNull(int depth);

    void brOnNonNull(int depth);

    /** @param onFail whether it branches if the cast fails */
    void brOnCast(int depth, int from, int to, boolean onFail);

    void returnFromBody();

    void call(int function);

    /** @param type index of a function type; the index into the table has the table's address type */
    void callIndirect(int type, int table);

    void callRef(int type);

    void returnCall(int function);

    void returnCallIndirect(int type, int table);

    void returnCallRef(int type);

    void throwTag(int tag);

    void throwRef();

    void drop(int type);

    void select(int type);

    void localGet(int local);

    void localSet(int local);

    void localTee(int local);

    void globalGet(int global);

    void globalSet(int global);

    void i32Const(int value);

    void i64Const(long value);

    void f32Const(int bits);

    void f64Const(long bits);

    void v128Const(long low, long high);

    /** Operators on numbers without immediates: 0x45 to 0xC4, 0xFC 0 to 7, wide arithmetic (0xFC 19 to 22). */
    void numeric(int opcode);

    /** 0x28 to 0x35. */
    void load(int opcode, int memory, long offset);

    /** 0x36 to 0x3E. */
    void store(int opcode, int memory, long offset);

    void memorySize(int memory);

    void memoryGrow(int memory);

    void memoryFill(int memory);

    void memoryCopy(int target, int source);

    void memoryInit(int data, int memory);

    void dataDrop(int data);

    void tableGet(int table);

    void tableSet(int table);

    void tableSize(int table);

    void tableGrow(int table);

    void tableFill(int table);

    void tableCopy(int target, int source);

    void tableInit(int element, int table);

    void elementDrop(int element);

    void refNull(int type);

    void refIsNull();

    void refFunc(int function);

    void refAsNonNull();

    void refEq();

    /** 0xFB operators on structs, by type and field; the field is 0 for {@code struct.new} and {@code struct.new_default}. */
    void struct(int opcode, int type, int field);

    /**
     * 0xFB operators on arrays.
     *
     * @param type the (target) array type; 0 for {@code array.len}
     * @param other the length of {@code array.new_fixed}, the data or element segment, the source type of {@code array.copy};
     *     else 0
     */
    void array(int opcode, int type, int other);

    /** {@code ref.test} and {@code ref.cast}; the nullability is in the type. */
    void refTest(int type);

    void refCast(int type);

    /** {@code any.convert_extern}, {@code extern.convert_any}, {@code ref.i31}, {@code i31.get_s}, {@code i31.get_u}. */
    void conversion(int opcode);

    /** 0xFD operators without immediates. */
    void vector(int opcode);

    /** Lane extraction and replacement. */
    void vectorLane(int opcode, int lane);

    /** {@code i8x16.shuffle}: 16 lane numbers, little-endian in two longs. */
    void vectorShuffle(long low, long high);

    /** Vector loads and stores, with a lane for those of one lane, else 0. */
    void vectorMemory(int opcode, int memory, long offset, int lane);

    /** 0xFE operators with a memory; {@code atomic.fence} has none and is not passed. */
    void atomic(int opcode, int memory, long offset);
}
