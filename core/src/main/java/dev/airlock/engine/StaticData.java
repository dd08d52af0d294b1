package dev.airlock.engine;

import dev.airlock.memory.StaticMemory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ActiveDataSegment;
import run.endive.wasm.types.DataSegment;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.Global;
import run.endive.wasm.types.Instruction;
import run.endive.wasm.types.MutabilityType;

/** What a module fixes before it is instantiated: constants, and the first bytes of its memory. Found once for a module. */
final class StaticData {
    private final List<Segment> segments = new ArrayList<>();
    private final List<OptionalInt> globals;
    private final StaticMemory memory;
    private final OptionalInt stackTop;

    /** An active segment of the first memory. */
    private record Segment(long start, byte[] bytes) {
        long end() {
            return start + bytes.length;
        }
    }

    private StaticData(Module module) {
        WasmModule wasm = module.wasm();
        int imported = wasm.importSection().count(ExternalType.GLOBAL);
        globals = new ArrayList<>(imported + wasm.globalSection().globalCount());
        for (int i = 0; i < imported; i++) {
            globals.add(OptionalInt.empty());
        }
        // In order: an expression refers to globals before it only.
        for (Global global : wasm.globalSection().globals()) {
            globals.add(
                    global.mutabilityType() == MutabilityType.Const
                            ? constant(global.initInstructions())
                            : OptionalInt.empty());
        }
        int unknown = 0;
        for (DataSegment segment : wasm.dataSection().dataSegments()) {
            if (segment instanceof ActiveDataSegment active && active.index() == 0) {
                OptionalInt offset = constant(active.offsetInstructions());
                offset.ifPresent(at -> segments.add(new Segment(Integer.toUnsignedLong(at), segment.data())));
                unknown += offset.isEmpty() ? 1 : 0;
            }
        }
        memory = StaticMemory.of(
                segments.stream()
                        .map(segment -> new StaticMemory.Range(segment.start(), segment.end()))
                        .toList(),
                unknown);
        int stackPointer = module.globalNamed("__stack_pointer") - imported;
        stackTop = stackPointer < 0
                ? OptionalInt.empty()
                : constant(wasm.globalSection().getGlobal(stackPointer).initInstructions());
    }

    static StaticData of(Module module) {
        return (StaticData) module.shapes().computeIfAbsent(StaticData.class, key -> new StaticData(module));
    }

    /**
     * Evaluates a constant expression of type i32 (core specification, section 3.3.10); empty for one of another type, and if
     * it needs what only an instance has, such as an imported global.
     */
    private OptionalInt constant(List<Instruction> expression) {
        var stack = new ArrayDeque<Integer>();
        for (Instruction instruction : expression) {
            switch (instruction.opcode()) {
                case I32_CONST -> stack.push((int) instruction.operand(0));
                case GLOBAL_GET -> {
                    OptionalInt value = globals.get((int) instruction.operand(0));
                    if (value.isEmpty()) {
                        return OptionalInt.empty();
                    }
                    stack.push(value.getAsInt());
                }
                case I32_ADD -> stack.push(stack.pop() + stack.pop());
                case I32_MUL -> stack.push(stack.pop() * stack.pop());
                case I32_SUB -> stack.push(-stack.pop() + stack.pop());
                case END -> {}
                default -> {
                    return OptionalInt.empty();
                }
            }
        }
        return stack.size() == 1 ? OptionalInt.of(stack.pop()) : OptionalInt.empty();
    }

    /** Returns the value of an exported i32 global that is a constant of the module; empty for any other export. */
    static OptionalInt constant(Module module, String exportName) {
        Export export = module.exportEntry(exportName);
        return export.exportType() == ExternalType.GLOBAL
                ? of(module).globals.get(export.index())
                : OptionalInt.empty();
    }

    /** Returns where active segments lie in the first memory; those whose offset is no constant are at unknown places. */
    StaticMemory memory() {
        return memory;
    }

    /**
     * Returns where the shadow stack starts, to grow downwards: the first value of the global that LLVM's linker calls {@code
     * __stack_pointer}. The linker puts the heap above it, whether the stack comes before static data or after them. Empty for
     * a module that names no such global.
     */
    OptionalInt stackTop() {
        return stackTop;
    }

    /**
     * Returns a copy of what active segments with constant offsets put into the first memory, zero where they leave gaps;
     * null if none of them reaches into the range.
     */
    static byte @Nullable [] bytes(Module module, int offset, int length) {
        byte @Nullable [] found = null;
        long from = Integer.toUnsignedLong(offset);
        for (Segment segment : of(module).segments) {
            long first = Math.max(segment.start(), from);
            long end = Math.min(segment.end(), from + length);
            if (first < end) {
                found = found == null ? new byte[length] : found;
                System.arraycopy(segment.bytes(), (int) (first - segment.start()), found, (int) (first - from), (int)
                        (end - first));
            }
        }
        return found;
    }
}
