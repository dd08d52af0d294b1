package dev.airlock.engine.compile;

import dev.airlock.engine.compile.jvm.JvmCode;
import dev.airlock.engine.compile.jvm.Signature;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Loads, stores and bulk operators (core specification, section 4.6.7). Memory 0, if it is flat, is an array in a local, whose
 * own bounds check does most of the work; all other memories are objects with methods.
 */
final class MemoryCode {
    private static final String VIEWS = "dev/airlock/memory/linear/Views";
    private static final String OPERATORS = "dev/airlock/memory/linear/MemoryOperators";
    private static final String VAR_HANDLE = "java/lang/invoke/VarHandle";

    /** For each load from 0x28 on: the view, the carrier of what is read, and how it is widened. */
    private static final String[] LOADS = {
        "INTS I  ",
        "LONGS J  ",
        "FLOATS F  ",
        "DOUBLES D  ",
        "BYTES I  ",
        "BYTES I u",
        "SHORTS S  ",
        "SHORTS S u",
        "BYTES I J",
        "BYTES I U",
        "SHORTS S J",
        "SHORTS S U",
        "INTS I J",
        "INTS I U"
    };

    private static final String[] STORES = {"i32", "i64", "f32", "f64", "i8", "i16", "i8", "i16", "i32"};
    private static final String[] STORED_VIEWS = {
        "INTS", "LONGS", "FLOATS", "DOUBLES", "BYTES", "SHORTS", "BYTES", "SHORTS", "INTS"
    };
    private static final String STORED = "IJFDIIIII";
    private static final int FIRST_LOAD = 0x28;
    private static final int FIRST_STORE = 0x36;
    private static final int FIRST_NARROW_STORE = 0x3C;

    private final FunctionCompiler function;

    MemoryCode(FunctionCompiler function) {
        this.function = function;
    }

    private JvmMethod method() {
        return function.method();
    }

    private static int width(String view) {
        return switch (view) {
            case "BYTES" -> 1;
            case "SHORTS" -> 2;
            case "INTS", "FLOATS" -> 4;
            default -> 8;
        };
    }

    void load(int opcode, int memory, long offset) {
        String form = LOADS[opcode - FIRST_LOAD];
        int space = form.indexOf(' ');
        String view = form.substring(0, space);
        char read = form.charAt(space + 1);
        char widen = form.charAt(space + 3);
        JvmMethod m = method();
        if (memory == 0 && m.plan.isFlat()) {
            flatLoad(view, read, offset);
        } else {
            m.stack.operands(1);
            m.code.pushLong(offset);
            loadMemoryObject(memory);
            anyLoad(memory, view);
        }
        widen(m.code, view, widen);
        m.stack.pushJvm(
                switch (widen) {
                    case 'J', 'U' -> 'J';
                    default -> read == 'S' ? 'I' : read;
                });
    }

    private static void widen(JvmCode code, String view, char widen) {
        boolean unsigned = widen == 'u' || widen == 'U';
        if (unsigned && !view.equals("INTS")) {
            code.pushInt(view.equals("BYTES") ? 0xFF : 0xFFFF);
            code.visitInsn(Opcodes.IAND);
        }
        if (widen == 'J' || widen == 'U') {
            code.visitInsn(Opcodes.I2L);
            if (unsigned && view.equals("INTS")) {
                code.visitLdcInsn(0xFFFF_FFFFL);
                code.visitInsn(Opcodes.LAND);
            }
        }
    }

    /** Leaves what a view of memory 0 reads at the address on top of the operand stack. */
    void flatLoad(String view, char read, long offset) {
        JvmMethod m = method();
        m.refreshMemory();
        int width = width(view);
        boolean isBytes = width == 1;
        OperandStack stack = m.stack;
        int top = stack.size() - 1;
        stack.settleComparison();
        if (stack.place(top) == OperandStack.JVM) {
            stack.operands(1);
            address(m, offset, width);
            if (isBytes) {
                m.loadBytes();
                m.code.visitInsn(Opcodes.SWAP);
            } else {
                loadView(m, view);
                m.loadBytes();
                m.code.visitInsn(Opcodes.DUP2_X1);
                m.code.visitInsn(Opcodes.POP2);
            }
        } else {
            stack.settleBelow(top);
            if (!isBytes) {
                loadView(m, view);
            }
            m.loadBytes();
            pushAddress(m, top, offset, width);
            stack.drop(1);
        }
        if (isBytes) {
            m.code.visitInsn(Opcodes.BALOAD);
        } else {
            m.code.invokeVirtual(VAR_HANDLE, "get", "([BI)" + read);
        }
    }

    private static void loadView(JvmMethod m, String view) {
        m.code.visitFieldInsn(Opcodes.GETSTATIC, VIEWS, view, "Ljava/lang/invoke/VarHandle;");
    }

    /** Pushes the address of an entry that is not on the JVM's stack, with the offset added and checked. */
    private static void pushAddress(JvmMethod m, int depth, long offset, int width) {
        OperandStack stack = m.stack;
        if (stack.place(depth) == OperandStack.CONSTANT) {
            long sum = (stack.value(depth) & 0xFFFF_FFFFL) + offset;
            // What no array has is left to the array's own check.
            m.code.pushInt(sum > Integer.MAX_VALUE ? -1 : (int) sum);
            checkLimit(m, width);
        } else {
            stack.load(depth);
            address(m, offset, width);
        }
    }

    /** Adds the offset to the address on the JVM's stack, and checks what the array's own check would not find. */
    private static void address(JvmMethod m, long offset, int width) {
        if (offset > Integer.MAX_VALUE) {
            m.code.visitInsn(Opcodes.POP);
            m.code.visitInsn(Opcodes.ICONST_M1);
        } else if (offset != 0) {
            // base + offset | base & MIN: negative if it is beyond any array. No method, since HotSpot inlines few of
            // them.
            m.code.visitInsn(Opcodes.DUP);
            m.code.pushInt((int) offset);
            m.code.visitInsn(Opcodes.IADD);
            m.code.visitInsn(Opcodes.SWAP);
            m.code.visitLdcInsn(Integer.MIN_VALUE);
            m.code.visitInsn(Opcodes.IAND);
            m.code.visitInsn(Opcodes.IOR);
        }
        checkLimit(m, width);
    }

    /** Does the same for operators on vectors. */
    void checkedAddress(long offset, int width) {
        address(method(), offset, width);
    }

    private static void checkLimit(JvmMethod m, int width) {
        if (m.hasLimit()) {
            m.loadLimit();
            if (width > 1) {
                m.code.pushInt(width - 1);
                m.code.visitInsn(Opcodes.ISUB);
            }
            m.code.invokeStatic("java/util/Objects", "checkIndex", "(II)I");
        } else if (width == 1) {
            // So that no access to memory throws what an access to a guest's array does.
            m.loadBytes();
            m.code.visitInsn(Opcodes.ARRAYLENGTH);
            m.code.invokeStatic("java/util/Objects", "checkIndex", "(II)I");
        }
    }

    void loadMemoryObject(int memory) {
        JvmMethod m = method();
        m.loadInstance();
        m.code.getField(ModulePlan.STATE, "memories", "[" + ModulePlan.MEMORY_TYPE);
        m.code.pushInt(memory);
        m.code.visitInsn(Opcodes.AALOAD);
    }

    private char addressCarrier(int memory) {
        return method().plan.module().memory64(memory) ? 'J' : 'I';
    }

    private void anyLoad(int memory, String view) {
        String name = switch (view) {
            case "BYTES" -> "load8";
            case "SHORTS" -> "load16";
            case "INTS" -> "load32";
            case "LONGS" -> "load64";
            case "FLOATS" -> "loadFloat";
            default -> "loadDouble";
        };
        String type = switch (view) {
            case "LONGS" -> "J";
            case "FLOATS" -> "F";
            case "DOUBLES" -> "D";
            default -> "I";
        };
        operator(name, "" + addressCarrier(memory) + 'J' + ModulePlan.MEMORY_TYPE, type);
    }

    private void operator(String name, String params, String result) {
        method().code.invokeStatic(OPERATORS, name, "(" + params + ")" + result);
    }

    void store(int opcode, int memory, long offset) {
        int number = opcode - FIRST_STORE;
        char carrier = STORED.charAt(number);
        JvmMethod m = method();
        boolean isNarrow = opcode >= FIRST_NARROW_STORE;
        if (memory == 0 && m.plan.isFlat() && !m.facts.isCompact) {
            flatStore(STORED_VIEWS[number], isNarrow ? 'J' : carrier, offset);
            return;
        }
        m.stack.operands(2);
        if (isNarrow) {
            m.code.visitInsn(Opcodes.L2I);
        }
        storeOperands(STORES[number], carrier, memory, offset);
    }

    /**
     * Stores the value on top of the operand stack at the address below it. All of it is emitted here: HotSpot inlines only the
     * JDK's own methods once a method has about 50 accesses. Whether writes are marked is a constant, which costs nothing.
     */
    private void flatStore(String view, char carrier, long offset) {
        JvmMethod m = method();
        OperandStack stack = m.stack;
        m.refreshMemory();
        stack.settleComparison();
        int top = stack.size() - 1;
        if (stack.place(top) == OperandStack.JVM) {
            stack.toSlot(top);
        }
        if (stack.place(top - 1) == OperandStack.JVM) {
            stack.toSlot(top - 1);
        }
        mark(top - 1, offset);
        int width = width(view);
        if (width > 1) {
            loadView(m, view);
        }
        m.loadBytes();
        pushAddress(m, top - 1, offset, width);
        stack.load(top);
        if (carrier == 'J' && width < 8) {
            m.code.visitInsn(Opcodes.L2I);
        }
        switch (view) {
            case "BYTES" -> m.code.visitInsn(Opcodes.BASTORE);
            case "SHORTS" -> m.code.invokeVirtual(VAR_HANDLE, "set", "([BIS)V");
            case "INTS" -> m.code.invokeVirtual(VAR_HANDLE, "set", "([BII)V");
            default -> m.code.invokeVirtual(VAR_HANDLE, "set", "([BI" + carrier + ")V");
        }
        stack.drop(2);
    }

    /** Marks what a store is about to write. Before the store: if the stack overflows in between, nothing was written. */
    private void mark(int depth, long offset) {
        JvmMethod m = method();
        Label unmarked = new Label();
        m.code.visitFieldInsn(Opcodes.GETSTATIC, ModulePlan.STORES, "TRACKED", "Z");
        m.code.visitJumpInsn(Opcodes.IFEQ, unmarked);
        m.stack.load(depth);
        if (offset != 0) {
            // An address that is out of bounds marks nothing, or too much, and then traps.
            m.code.pushInt((int) offset);
            m.code.visitInsn(Opcodes.IADD);
        }
        m.loadMemory();
        m.code.invokeStatic(ModulePlan.STORES, "mark", "(I" + ModulePlan.MEMORY_TYPE + ")V");
        m.code.visitLabel(unmarked);
        m.frame(m.stack.jvmItems(m.stack.size()));
    }

    /** Stores what is on the JVM's stack: an address, and a value of this carrier. */
    void storeOperands(String name, char carrier, int memory, long offset) {
        JvmMethod m = method();
        if (memory != 0 || !m.plan.isFlat()) {
            m.code.pushLong(offset);
            loadMemoryObject(memory);
            String method = switch (name) {
                case "i8" -> "store8";
                case "i16" -> "store16";
                case "i32" -> "store32";
                case "i64" -> "store64";
                case "f32" -> "storeFloat";
                default -> "storeDouble";
            };
            operator(method, "" + addressCarrier(memory) + carrier + "J" + ModulePlan.MEMORY_TYPE, "V");
            return;
        }
        storeFlat(name, Signature.type(carrier), offset);
    }

    /** Stores what is on the JVM's stack into memory 0, which is flat: an address, and values of these types. */
    void storeFlat(String name, String types, long offset) {
        JvmMethod m = method();
        m.refreshMemory();
        m.loadBytes();
        m.loadMemory();
        m.code.pushInt(offset > Integer.MAX_VALUE ? -1 : (int) offset);
        String limit = "";
        if (m.hasLimit()) {
            m.loadLimit();
            limit = "I";
        }
        m.code.invokeStatic(ModulePlan.STORES, name, "(I" + types + "[B" + ModulePlan.MEMORY_TYPE + "I" + limit + ")V");
    }

    void size(int memory) {
        JvmMethod m = method();
        m.stack.settleBelow(m.stack.size());
        loadMemoryObject(memory);
        boolean is64 = addressCarrier(memory) == 'J';
        operator(is64 ? "size64" : "size32", ModulePlan.MEMORY_TYPE, is64 ? "J" : "I");
        m.stack.pushJvm(addressCarrier(memory));
    }

    void grow(int memory) {
        JvmMethod m = method();
        m.stack.operands(1);
        loadMemoryObject(memory);
        char address = addressCarrier(memory);
        operator("grow", address + ModulePlan.MEMORY_TYPE, String.valueOf(address));
        m.stack.pushJvm(address);
        m.memoryMayHaveMoved();
    }

    void fill(int memory) {
        JvmMethod m = method();
        m.stack.operands(3);
        loadMemoryObject(memory);
        char address = addressCarrier(memory);
        operator("fill", address + "I" + address + ModulePlan.MEMORY_TYPE, "V");
    }

    void copy(int target, int source) {
        JvmMethod m = method();
        m.stack.operands(3);
        loadMemoryObject(target);
        loadMemoryObject(source);
        char to = addressCarrier(target);
        char from = addressCarrier(source);
        char length = to == 'J' && from == 'J' ? 'J' : 'I';
        operator("copy", "" + to + from + length + ModulePlan.MEMORY_TYPE + ModulePlan.MEMORY_TYPE, "V");
    }

    void init(int data, int memory) {
        JvmMethod m = method();
        m.stack.operands(3);
        m.loadInstance();
        m.code.getField(ModulePlan.STATE, "data", "[[B");
        m.code.pushInt(data);
        m.code.visitInsn(Opcodes.AALOAD);
        loadMemoryObject(memory);
        operator("init", addressCarrier(memory) + "II[B" + ModulePlan.MEMORY_TYPE, "V");
    }

    private static final String ATOMICS = "dev/airlock/memory/linear/AtomicOperators";

    /** The types of atomic accesses, in the order that every group of them has. */
    private static final String ATOMIC_TYPES = "IJIIJJJ";

    void atomic(int opcode, int memory, long offset) {
        int number = opcode & 0xFFFF;
        char address = addressCarrier(memory);
        switch (number) {
            case 0 -> atomic("wake", address + "I", 'I', number, memory, offset);
            case 1 -> atomic("await", address + "IJ", 'I', number, memory, offset);
            case 2 -> atomic("await", address + "JJ", 'I', number, memory, offset);
            default -> {
                int group = (number - 0x10) / ATOMIC_TYPES.length();
                char type = ATOMIC_TYPES.charAt((number - 0x10) % ATOMIC_TYPES.length());
                switch (group) {
                    case 0 -> atomic(type == 'I' ? "loadInt" : "loadLong", "" + address, type, number, memory, offset);
                    case 1 -> atomic("store", "" + address + type, 'V', number, memory, offset);
                    case 8 -> atomic("exchange", "" + address + type + type, type, number, memory, offset);
                    default -> atomic("update", "" + address + type, type, number, memory, offset);
                }
            }
        }
    }

    private void atomic(String name, String operands, char result, int number, int memory, long offset) {
        JvmMethod m = method();
        m.stack.operands(operands.length());
        boolean withOpcode = number >= 0x10;
        if (withOpcode) {
            m.code.pushInt(number);
        }
        m.code.pushLong(offset);
        loadMemoryObject(memory);
        m.code.invokeStatic(
                ATOMICS, name, "(" + operands + (withOpcode ? "I" : "") + "J" + ModulePlan.MEMORY_TYPE + ")" + result);
        if (result != 'V') {
            m.stack.pushJvm(result);
        }
    }
}
