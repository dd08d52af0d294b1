package dev.airlock.engine.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.types.AnnotatedInstruction;
import run.endive.wasm.types.FunctionBody;
import run.endive.wasm.types.OpCode;

/**
 * The instructions of a guest function at which it can be found in a stack trace: those that call, may trap, or may be
 * interrupted. They are numbered from 1 on, in the order of the binary, which is that of the compiled code; what Endive skips,
 * since it is never reached, is skipped.
 */
final class CodeAnchors {
    /** What one that is known by several calls in a row ends with: Endive checks once or more for {@code br_table}. */
    static final String REPEATED = "*";

    static final String INTERRUPTION = "checkInterruption";

    /**
     * One of them.
     *
     * @param call the name of the method that the compiled code calls for it, or how that starts
     * @param beforeEnd how many bytes it stands before the last one of the body
     */
    record Anchor(String call, int beforeEnd) {}

    private static final Set<String> ONE_BY_ONE = Set.of(
            "throwTrapException",
            INTERRUPTION,
            "createWasmException",
            "memoryGrow",
            "memoryInit",
            "memoryCopy",
            "memoryFill",
            "tableInit",
            "tableCopy",
            "tableGet",
            "tableSet",
            "tableGrow",
            "tableFill");

    private CodeAnchors() {}

    /** Null for a function with an instruction that may trap and is not known here: its lines would be those of others. */
    static @Nullable List<Anchor> of(FunctionBody body) {
        List<AnnotatedInstruction> instructions = body.instructions();
        var anchors = new ArrayList<Anchor>();
        int end = instructions.isEmpty()
                ? 0
                : instructions.get(instructions.size() - 1).address();
        int deadBelow = -1;
        for (int i = 0; i < instructions.size(); i++) {
            AnnotatedInstruction instruction = instructions.get(i);
            OpCode code = instruction.opcode();
            if (deadBelow >= 0) {
                if (instruction.depth() > deadBelow || (code != OpCode.ELSE && code != OpCode.END)) {
                    continue;
                }
                deadBelow = -1;
            }
            if (isUnknown(code.name())) {
                return null;
            }
            String call = call(instruction, i);
            if (call != null) {
                anchors.add(new Anchor(call, end - instruction.address()));
            }
            deadBelow = switch (code) {
                case UNREACHABLE,
                        RETURN,
                        RETURN_CALL,
                        RETURN_CALL_INDIRECT,
                        RETURN_CALL_REF,
                        BR,
                        BR_TABLE,
                        THROW,
                        THROW_REF -> instruction.depth();
                default -> -1;
            };
        }
        return anchors;
    }

    private static @Nullable String call(AnnotatedInstruction instruction, int index) {
        return switch (instruction.opcode()) {
            case UNREACHABLE -> "throwTrapException";
            case CALL -> CodeCompiler.METHOD_PREFIX + instruction.operand(0);
            case CALL_INDIRECT -> "call_indirect_" + instruction.operand(0);
            case THROW -> "createWasmException";
            case MEMORY_GROW -> "memoryGrow";
            case MEMORY_INIT -> "memoryInit";
            case MEMORY_COPY -> "memoryCopy";
            case MEMORY_FILL -> "memoryFill";
            case TABLE_INIT -> "tableInit";
            case TABLE_COPY -> "tableCopy";
            case TABLE_GET -> "tableGet";
            case TABLE_SET -> "tableSet";
            case TABLE_GROW -> "tableGrow";
            case TABLE_FILL -> "tableFill";
            case BR, BR_IF -> instruction.labelTrue() <= index ? INTERRUPTION : null;
            case BR_TABLE -> {
                boolean back = instruction.labelTable().stream().anyMatch(label -> label <= index);
                yield !back ? null : instruction.labelTable().size() == 1 ? INTERRUPTION : INTERRUPTION + REPEATED;
            }
            default -> callOfMany(instruction.opcode());
        };
    }

    private static @Nullable String callOfMany(OpCode code) {
        String name = code.name();
        if (isArithmetic(name)) {
            return name;
        }
        if (name.contains("ATOMIC")) {
            return code == OpCode.ATOMIC_FENCE ? null : "memoryAtomic";
        }
        boolean isNumber = name.startsWith("I32_") || name.startsWith("I64_") || name.startsWith("F");
        return !isNumber
                ? null
                : name.contains("_LOAD") ? "memoryRead" : name.contains("_STORE") ? "memoryWrite" : null;
    }

    private static boolean isUnknown(String name) {
        return name.startsWith("STRUCT_")
                || name.startsWith("ARRAY_")
                || name.startsWith("BR_ON_")
                || name.startsWith("CAST_")
                || name.startsWith("REF_AS_")
                || name.startsWith("I31_")
                || name.startsWith("RETURN_CALL")
                || name.equals("CALL_REF")
                || name.equals("THROW_REF");
    }

    /** Whether this is an instruction on numbers that can trap. */
    private static boolean isArithmetic(String name) {
        return name.contains("_DIV_S")
                || name.contains("_DIV_U")
                || name.contains("_REM_")
                || (name.contains("_TRUNC_F") && !name.contains("_SAT_"));
    }

    /** How a method of the compiled code's helpers is known here; null for one that stands for no anchor. */
    static @Nullable String known(String method) {
        if (method.startsWith("memoryRead")) {
            return "memoryRead";
        }
        if (method.startsWith("memoryWrite")) {
            return "memoryWrite";
        }
        if (method.startsWith("memoryAtomic")) {
            return method.equals("memoryAtomicFence") ? null : "memoryAtomic";
        }
        String one = method.endsWith("Ref") ? method.substring(0, method.length() - "Ref".length()) : method;
        boolean isKnown = ONE_BY_ONE.contains(one)
                || method.startsWith(CodeCompiler.METHOD_PREFIX)
                || method.startsWith("call_indirect_")
                || isArithmetic(method);
        return isKnown ? one : null;
    }
}
