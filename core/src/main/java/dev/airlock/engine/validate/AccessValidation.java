package dev.airlock.engine.validate;

import dev.airlock.engine.binary.ByteInput;
import dev.airlock.engine.binary.ModuleDefinition.Memory;
import dev.airlock.engine.binary.ModuleDefinition.Table;
import dev.airlock.engine.binary.ValueTypes;

/** Operators on memories, tables and vectors (core specification, sections 3.4.5, 3.4.8, 3.4.9; threads proposal). */
final class AccessValidation {
    private static final String[] LOADS = {
        "I2", "J3", "F2", "D3", "I0", "I0", "I1", "I1", "J0", "J0", "J1", "J1", "J2", "J2"
    };
    private static final String[] STORES = {"I2", "J3", "F2", "D3", "I0", "I1", "J0", "J1", "J2"};

    /** The types and sizes of atomic accesses, in the order that every group of them has. */
    private static final String[] ATOMICS = {"I2", "J3", "I0", "I1", "J0", "J1", "J2"};

    private final FunctionValidator function;
    private final OperandTypes stack;
    private final ByteInput in;
    private final CodeSink sink;
    private final ValidModule module;

    private int memory;
    private long offset;

    AccessValidation(FunctionValidator function) {
        this.function = function;
        this.stack = function.stack;
        this.in = function.in;
        this.sink = function.sink;
        this.module = function.module;
    }

    void operator(int opcode, int at) {
        switch (opcode) {
            case 0x25, 0x26 -> tableAccess(opcode);
            case 0x3F, 0x40 -> size(opcode == 0x40);
            case 0xFC -> prefixed(at);
            case 0xFD -> vector(at);
            case 0xFE -> atomic(at);
            default -> {
                if (opcode >= 0x28 && opcode <= 0x35) {
                    String form = LOADS[opcode - 0x28];
                    argument(form.charAt(1) - '0', at, false);
                    stack.pop(address());
                    stack.push(FunctionValidator.type(form.charAt(0)));
                    if (stack.isLive()) {
                        sink.load(opcode, memory, offset);
                    }
                } else if (opcode >= 0x36 && opcode <= 0x3E) {
                    String form = STORES[opcode - 0x36];
                    argument(form.charAt(1) - '0', at, false);
                    stack.pop(FunctionValidator.type(form.charAt(0)));
                    stack.pop(address());
                    if (stack.isLive()) {
                        sink.store(opcode, memory, offset);
                    }
                } else {
                    throw function.error(at, "illegal opcode 0x" + Integer.toHexString(opcode));
                }
            }
        }
    }

    /** Reads a memory argument (section 5.4.6). */
    private void argument(int natural, int at, boolean exact) {
        int flags = in.u32();
        if (flags < 0 || flags >= 0x80) {
            throw function.error(at, "malformed memop flags " + Integer.toUnsignedString(flags));
        }
        memory = (flags & 0x40) != 0 ? in.u32() : 0;
        int align = flags & 0x3F;
        offset = in.u64();
        Memory type = memory(memory, at);
        if (align > natural) {
            throw function.error(at, "alignment must not be larger than natural: 2^" + align + " is over 2^" + natural);
        }
        if (exact && align != natural) {
            throw function.error(at, "alignment must be equal to natural: 2^" + align + " is not 2^" + natural);
        }
        if (!type.limits().is64() && offset >>> 32 != 0) {
            throw function.error(
                    at, "offset out of range: " + Long.toUnsignedString(offset) + " in a memory of 32 bits");
        }
    }

    private Memory memory(int index, int at) {
        if (index < 0 || index >= module.memories.length) {
            throw function.error(at, "unknown memory " + Integer.toUnsignedString(index));
        }
        return module.memories[index];
    }

    private int address() {
        return address(memory);
    }

    private int address(int index) {
        return FunctionValidator.addressType(module.memories[index].limits().is64());
    }

    private int memoryIndex() {
        return function.index(module.memories.length, "memory");
    }

    private int tableIndex() {
        return function.index(module.tables.length, "table");
    }

    private int tableAddress(int index) {
        return FunctionValidator.addressType(module.tables[index].limits().is64());
    }

    private void tableAccess(int opcode) {
        int table = tableIndex();
        int element = module.tables[table].element();
        if (opcode == 0x25) {
            stack.pop(tableAddress(table));
            stack.push(element);
            if (stack.isLive()) {
                sink.tableGet(table);
            }
        } else {
            stack.pop(element);
            stack.pop(tableAddress(table));
            if (stack.isLive()) {
                sink.tableSet(table);
            }
        }
    }

    private void size(boolean grows) {
        int index = memoryIndex();
        if (grows) {
            stack.pop(address(index));
        }
        stack.push(address(index));
        if (stack.isLive()) {
            if (grows) {
                sink.memoryGrow(index);
            } else {
                sink.memorySize(index);
            }
        }
    }

    private void prefixed(int at) {
        int number = in.u32();
        String shape = Shapes.prefixed(number);
        if (shape != null) {
            function.apply(shape);
            if (stack.isLive()) {
                sink.numeric(0xFC << 16 | number);
            }
            return;
        }
        switch (number) {
            case 8 -> memoryInit(at);
            case 9 -> {
                int data = data(at);
                if (stack.isLive()) {
                    sink.dataDrop(data);
                }
            }
            case 10 -> {
                int target = memoryIndex();
                int source = memoryIndex();
                stack.pop(smaller(address(target), address(source)));
                stack.pop(address(source));
                stack.pop(address(target));
                if (stack.isLive()) {
                    sink.memoryCopy(target, source);
                }
            }
            case 11 -> {
                int index = memoryIndex();
                stack.pop(address(index));
                stack.pop(ValueTypes.I32);
                stack.pop(address(index));
                if (stack.isLive()) {
                    sink.memoryFill(index);
                }
            }
            case 12 -> tableInit(at);
            case 13 -> {
                int element = function.index(module.definition().elements().size(), "elem segment");
                if (stack.isLive()) {
                    sink.elementDrop(element);
                }
            }
            case 14 -> tableCopy(at);
            case 15 -> {
                int table = tableIndex();
                stack.pop(tableAddress(table));
                stack.pop(module.tables[table].element());
                stack.push(tableAddress(table));
                if (stack.isLive()) {
                    sink.tableGrow(table);
                }
            }
            case 16 -> {
                int table = tableIndex();
                stack.push(tableAddress(table));
                if (stack.isLive()) {
                    sink.tableSize(table);
                }
            }
            case 17 -> {
                int table = tableIndex();
                stack.pop(tableAddress(table));
                stack.pop(module.tables[table].element());
                stack.pop(tableAddress(table));
                if (stack.isLive()) {
                    sink.tableFill(table);
                }
            }
            default -> throw function.error(at, "illegal opcode 0xfc " + Integer.toUnsignedString(number));
        }
    }

    private static int smaller(int a, int b) {
        return a == ValueTypes.I64 && b == ValueTypes.I64 ? ValueTypes.I64 : ValueTypes.I32;
    }

    /** Reads the index of a data segment, whose number the code section has to know before it. */
    int data(int at) {
        int count = module.definition().dataCount();
        if (count < 0) {
            throw function.error(at, "data count section required");
        }
        return function.index(count, "data segment");
    }

    private void memoryInit(int at) {
        int data = data(at);
        int index = memoryIndex();
        stack.pop(ValueTypes.I32);
        stack.pop(ValueTypes.I32);
        stack.pop(address(index));
        if (stack.isLive()) {
            sink.memoryInit(data, index);
        }
    }

    private void tableInit(int at) {
        int element = function.index(module.definition().elements().size(), "elem segment");
        int table = tableIndex();
        int type = module.definition().elements().get(element).type();
        if (!function.types.matches(type, module.tables[table].element())) {
            throw function.error(
                    at,
                    "type mismatch: elements of " + function.types.show(type) + " for a table of "
                            + function.types.show(module.tables[table].element()));
        }
        stack.pop(ValueTypes.I32);
        stack.pop(ValueTypes.I32);
        stack.pop(tableAddress(table));
        if (stack.isLive()) {
            sink.tableInit(element, table);
        }
    }

    private void tableCopy(int at) {
        int target = tableIndex();
        int source = tableIndex();
        Table from = module.tables[source];
        if (!function.types.matches(from.element(), module.tables[target].element())) {
            throw function.error(
                    at,
                    "type mismatch: elements of " + function.types.show(from.element()) + " for a table of "
                            + function.types.show(module.tables[target].element()));
        }
        stack.pop(smaller(tableAddress(target), tableAddress(source)));
        stack.pop(tableAddress(source));
        stack.pop(tableAddress(target));
        if (stack.isLive()) {
            sink.tableCopy(target, source);
        }
    }

    private void vector(int at) {
        int number = in.u32();
        int opcode = 0xFD << 16 | number;
        if (number < 0) {
            throw function.error(at, "illegal opcode 0xfd " + Integer.toUnsignedString(number));
        }
        if (number <= 11 || number == 92 || number == 93) {
            vectorMemory(opcode, number, at);
        } else if (number == 12) {
            long low = in.fixed64();
            long high = in.fixed64();
            stack.push(ValueTypes.V128);
            if (stack.isLive()) {
                sink.v128Const(low, high);
            }
        } else if (number == 13) {
            shuffle(at);
        } else if (number >= 21 && number <= 34) {
            int lane = lane(LANES[number - 21], at);
            function.apply(shape(number, at));
            if (stack.isLive()) {
                sink.vectorLane(opcode, lane);
            }
        } else if (number >= 84 && number <= 91) {
            laneMemory(opcode, number, at);
        } else {
            function.apply(shape(number, at));
            if (stack.isLive()) {
                sink.vector(opcode);
            }
        }
    }

    private static final int[] LANES = {16, 16, 16, 8, 8, 8, 4, 4, 2, 2, 4, 4, 2, 2};

    private String shape(int number, int at) {
        String shape = Shapes.vector(number);
        if (shape == null) {
            throw function.error(at, "illegal opcode 0xfd " + number);
        }
        return shape;
    }

    private int lane(int lanes, int at) {
        int lane = in.u8();
        if (lane >= lanes) {
            throw function.error(at, "invalid lane index " + lane + ": there are " + lanes);
        }
        return lane;
    }

    private void shuffle(int at) {
        long low = 0;
        long high = 0;
        for (int i = 0; i < 16; i++) {
            long lane = lane(32, at);
            if (i < 8) {
                low |= lane << 8 * i;
            } else {
                high |= lane << 8 * (i - 8);
            }
        }
        function.apply("VV>V");
        if (stack.isLive()) {
            sink.vectorShuffle(low, high);
        }
    }

    private void vectorMemory(int opcode, int number, int at) {
        int natural = switch (number) {
            case 0, 11 -> 4;
            case 7 -> 0;
            case 8 -> 1;
            case 9, 92 -> 2;
            default -> 3;
        };
        argument(natural, at, false);
        if (number == 11) {
            stack.pop(ValueTypes.V128);
            stack.pop(address());
        } else {
            stack.pop(address());
            stack.push(ValueTypes.V128);
        }
        if (stack.isLive()) {
            sink.vectorMemory(opcode, memory, offset, 0);
        }
    }

    private void laneMemory(int opcode, int number, int at) {
        int shift = (number - 84) & 3;
        argument(shift, at, false);
        int lane = lane(16 >> shift, at);
        stack.pop(ValueTypes.V128);
        stack.pop(address());
        if (number < 88) {
            stack.push(ValueTypes.V128);
        }
        if (stack.isLive()) {
            sink.vectorMemory(opcode, memory, offset, lane);
        }
    }

    private void atomic(int at) {
        int number = in.u32();
        int opcode = 0xFE << 16 | number;
        if (number == 3) {
            int zero = in.u8();
            if (zero != 0) {
                throw function.error(at, "malformed fence: a zero byte was expected");
            }
            return;
        }
        if (number >= 0 && number <= 2) {
            argument(number == 2 ? 3 : 2, at, true);
            if (number != 0) {
                stack.pop(ValueTypes.I64);
            }
            stack.pop(number == 2 ? ValueTypes.I64 : ValueTypes.I32);
        } else if (number >= 0x10 && number <= 0x4E) {
            int group = (number - 0x10) / ATOMICS.length;
            String form = ATOMICS[(number - 0x10) % ATOMICS.length];
            int type = FunctionValidator.type(form.charAt(0));
            argument(form.charAt(1) - '0', at, true);
            for (int i = 0; i < (group == 0 ? 0 : group == 8 ? 2 : 1); i++) {
                stack.pop(type);
            }
            stack.pop(address());
            if (group != 1) {
                stack.push(type);
            }
            if (stack.isLive()) {
                sink.atomic(opcode, memory, offset);
            }
            return;
        } else if (number == 4 || number > 0x4E && number < 0x80) {
            throw function.error(
                    at, "this operator needs the proposal \"shared-everything threads\", which is not supported");
        } else {
            throw function.error(at, "illegal opcode 0xfe " + Integer.toUnsignedString(number));
        }
        stack.pop(address());
        stack.push(ValueTypes.I32);
        if (stack.isLive()) {
            sink.atomic(opcode, memory, offset);
        }
    }
}
