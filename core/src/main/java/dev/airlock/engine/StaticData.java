package dev.airlock.engine;

import dev.airlock.engine.binary.ModuleDefinition;
import dev.airlock.engine.binary.ModuleDefinition.Range;
import dev.airlock.engine.validate.ConstantExpression;
import dev.airlock.engine.validate.ValidModule;
import dev.airlock.memory.StaticMemory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What a module fixes before it is instantiated: constants, and the first bytes of its memory. Found once for a module. */
final class StaticData {
    private static final int I32_ADD = 0x6A;
    private static final int I32_SUB = 0x6B;
    private static final int I32_MUL = 0x6C;

    private final List<Segment> segments = new ArrayList<>();
    private final List<OptionalInt> globals;
    private final StaticMemory memory;
    private final OptionalInt stackTop;

    private final byte[] bytes;

    /** An active segment of the first memory, whose bytes are a range of the module. */
    private record Segment(long start, Range content) {
        long end() {
            return start + content.length();
        }
    }

    private StaticData(Module module) {
        ValidModule valid = module.valid();
        bytes = valid.definition().bytes();
        globals = new ArrayList<>(valid.globalCount());
        for (int i = 0; i < valid.globalCount(); i++) {
            // In order: an expression refers to globals before it only.
            boolean isConstant = i >= valid.importedGlobals() && !valid.globalMutable(i);
            globals.add(isConstant ? constant(valid.globalValue(i)) : OptionalInt.empty());
        }
        int unknown = 0;
        for (int i = 0; i < valid.definition().datas().size(); i++) {
            ModuleDefinition.Data segment = valid.definition().datas().get(i);
            ConstantExpression where = segment.memory() == 0 ? valid.dataOffset(i) : null;
            if (where != null) {
                OptionalInt offset = constant(where);
                offset.ifPresent(at -> segments.add(new Segment(Integer.toUnsignedLong(at), segment.content())));
                unknown += offset.isEmpty() ? 1 : 0;
            }
        }
        memory = StaticMemory.of(
                segments.stream()
                        .map(segment -> new StaticMemory.Range(segment.start(), segment.end()))
                        .toList(),
                unknown);
        int stackPointer = module.globalNamed("__stack_pointer");
        stackTop = stackPointer < valid.importedGlobals() || stackPointer >= valid.globalCount()
                ? OptionalInt.empty()
                : constant(valid.globalValue(stackPointer));
    }

    static StaticData of(Module module) {
        return (StaticData) module.shapes().computeIfAbsent(StaticData.class, key -> new StaticData(module));
    }

    /**
     * Evaluates a constant expression of type i32 (core specification, section 3.3.10); empty for one of another type, and if
     * it needs what only an instance has, such as an imported global.
     */
    private OptionalInt constant(ConstantExpression expression) {
        var stack = new ArrayDeque<Integer>();
        for (int i = 0; i < expression.opcodes().length; i++) {
            long argument = expression.arguments()[i];
            switch (expression.opcodes()[i]) {
                case ConstantExpression.I32_CONST -> stack.push((int) argument);
                case ConstantExpression.GLOBAL_GET -> {
                    OptionalInt value = globals.get((int) argument);
                    if (value.isEmpty()) {
                        return OptionalInt.empty();
                    }
                    stack.push(value.getAsInt());
                }
                case I32_ADD -> stack.push(stack.pop() + stack.pop());
                case I32_MUL -> stack.push(stack.pop() * stack.pop());
                case I32_SUB -> stack.push(-stack.pop() + stack.pop());
                default -> {
                    return OptionalInt.empty();
                }
            }
        }
        return stack.size() == 1 ? OptionalInt.of(stack.pop()) : OptionalInt.empty();
    }

    /** Returns the value of an exported i32 global that is a constant of the module; empty for any other export. */
    static OptionalInt constant(Module module, String exportName) {
        ModuleDefinition.Export export = module.exportEntry(exportName);
        return export.kind() == ModuleDefinition.GLOBAL ? of(module).globals.get(export.index()) : OptionalInt.empty();
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
                System.arraycopy(
                        of(module).bytes,
                        segment.content().from() + (int) (first - segment.start()),
                        found,
                        (int) (first - from),
                        (int) (end - first));
            }
        }
        return found;
    }
}
