package dev.airlock.engine;

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
import run.endive.wasm.types.OpCode;

/** What a module fixes before it is instantiated: constants, and the first bytes of its memory. */
final class StaticData {
    private StaticData() {}

    /** Returns the value of an exported i32 global that is a constant of the module; empty for any other export. */
    static OptionalInt constant(Module module, String exportName) {
        Export export = module.exportEntry(exportName);
        WasmModule wasm = module.wasm();
        int index = export.index() - wasm.importSection().count(ExternalType.GLOBAL);
        if (export.exportType() != ExternalType.GLOBAL || index < 0) {
            return OptionalInt.empty();
        }
        Global global = wasm.globalSection().getGlobal(index);
        return global.mutabilityType() == MutabilityType.Const
                ? constant(global.initInstructions())
                : OptionalInt.empty();
    }

    private static OptionalInt constant(List<Instruction> expression) {
        List<Instruction> all = expression.stream()
                .filter(instruction -> instruction.opcode() != OpCode.END)
                .toList();
        return all.size() == 1 && all.get(0).opcode() == OpCode.I32_CONST
                ? OptionalInt.of((int) all.get(0).operand(0))
                : OptionalInt.empty();
    }

    /**
     * Returns a copy of what active segments with constant offsets put into the first memory, zero where they leave gaps;
     * null if none of them reaches into the range.
     */
    static byte @Nullable [] bytes(Module module, int offset, int length) {
        byte @Nullable [] found = null;
        long from = Integer.toUnsignedLong(offset);
        for (DataSegment segment : module.wasm().dataSection().dataSegments()) {
            OptionalInt at = segment instanceof ActiveDataSegment active && active.index() == 0
                    ? constant(active.offsetInstructions())
                    : OptionalInt.empty();
            if (at.isEmpty()) {
                continue;
            }
            long start = Integer.toUnsignedLong(at.getAsInt());
            long first = Math.max(start, from);
            long end = Math.min(start + segment.data().length, from + length);
            if (first < end) {
                found = found == null ? new byte[length] : found;
                System.arraycopy(
                        segment.data(), (int) (first - start), found, (int) (first - from), (int) (end - first));
            }
        }
        return found;
    }
}
