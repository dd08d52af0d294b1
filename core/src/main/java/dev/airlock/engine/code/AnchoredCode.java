package dev.airlock.engine.code;

import dev.airlock.engine.code.CodeAnchors.Anchor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;

/**
 * Compiled code that tells in stack traces where in a guest function it is. Endive makes classes without line numbers; here
 * each {@linkplain CodeAnchors anchor} gets its own number as its line.
 *
 * <p>The order of calls says which call of a method belongs to which anchor, and each pair has to fit: the callee of a call,
 * what kind of access a load is. A function of which any pair does not fit has no lines, rather than wrong ones.
 */
final class AnchoredCode {
    private static final int MOST_ANCHORS = 65_535;

    private AnchoredCode() {}

    /** @param module with the bodies of its functions */
    static CompiledCode of(CompiledCode code, WasmModule module) {
        int imported = module.importSection().count(ExternalType.FUNCTION);
        Map<String, byte[]> classes = new LinkedHashMap<>();
        code.classes()
                .forEach((name, bytes) -> classes.put(
                        name, name.contains(CompilerRun.GROUP) ? withLines(bytes, module, imported) : bytes));
        return new CompiledCode(
                code.mainClass(),
                classes,
                code.functionsPerClass(),
                code.interpreted(),
                code.large(),
                code.importedFunctions(),
                code.hasTailCalls());
    }

    /** The functions that get no lines since something does not fit, for tests. */
    static List<Integer> unfit(CompiledCode code, WasmModule module) {
        int imported = module.importSection().count(ExternalType.FUNCTION);
        var unfit = new ArrayList<Integer>();
        code.classes().forEach((name, bytes) -> {
            if (name.contains(CompilerRun.GROUP)) {
                calls(new ClassReader(bytes)).forEach((method, found) -> {
                    int function = functionOf(method.substring(0, method.indexOf('('))) - imported;
                    List<Anchor> anchors = function < 0
                            ? null
                            : CodeAnchors.of(module.codeSection().getFunctionBody(function));
                    if (anchors != null
                            && !anchors.isEmpty()
                            && lines(anchors, found).isEmpty()) {
                        unfit.add(function + imported);
                    }
                });
            }
        });
        return unfit;
    }

    private static byte[] withLines(byte[] bytes, WasmModule module, int imported) {
        var reader = new ClassReader(bytes);
        Map<String, List<Call>> calls = calls(reader);
        var writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] thrown) {
                        MethodVisitor code = super.visitMethod(access, name, descriptor, signature, thrown);
                        int function = functionOf(name) - imported;
                        List<Call> found = calls.get(name + descriptor);
                        if (function < 0 || found == null) {
                            return code;
                        }
                        Map<Integer, Integer> lines =
                                lines(CodeAnchors.of(module.codeSection().getFunctionBody(function)), found);
                        return lines.isEmpty() ? code : new LineWriter(code, lines);
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static int functionOf(String method) {
        return method.startsWith(CodeCompiler.METHOD_PREFIX)
                ? Integer.parseInt(method.substring(CodeCompiler.METHOD_PREFIX.length()))
                : -1;
    }

    /**
     * A call in compiled code that stands for an anchor.
     *
     * @param name as {@link CodeAnchors#known} gives it
     * @param first which of the method's calls is the first that belongs to it, from 0 on
     * @param beforeSwitch whether it is a check for interruption before a switch, of which {@code br_table} has one
     */
    private record Call(String name, int first, boolean beforeSwitch) {}

    private static Map<String, List<Call>> calls(ClassReader reader) {
        var calls = new HashMap<String, List<Call>>();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] thrown) {
                        var finder = new CallFinder();
                        calls.put(name + descriptor, finder.calls);
                        return finder;
                    }
                },
                ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return calls;
    }

    /** From the number of a call in the method to the line that starts there; empty if the two do not fit. */
    private static Map<Integer, Integer> lines(@Nullable List<Anchor> anchors, List<Call> calls) {
        var lines = new HashMap<Integer, Integer>();
        int next = 0;
        if (anchors == null || anchors.size() > MOST_ANCHORS) {
            return Map.of();
        }
        for (int i = 0; i < anchors.size(); i++) {
            String wanted = anchors.get(i).call();
            boolean repeated = wanted.endsWith(CodeAnchors.REPEATED);
            String name = repeated ? wanted.substring(0, wanted.length() - 1) : wanted;
            int first = next;
            while (next < calls.size()
                    && calls.get(next).name.equals(name)
                    && (next == first || (repeated && !calls.get(next).beforeSwitch))) {
                lines.put(calls.get(next).first, i + 1);
                next++;
            }
            if (next == first) {
                return Map.of();
            }
        }
        return next == calls.size() ? lines : Map.of();
    }

    /** A check for interruption that is followed by a call of a function is part of that call. */
    private static final class CallFinder extends MethodVisitor {
        private static final int NONE = -1;

        private final List<Call> calls = new ArrayList<>();
        private int count;
        private int check = NONE;

        CallFinder() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            int number = count++;
            String known = opcode == Opcodes.INVOKESTATIC ? CodeAnchors.known(name) : null;
            if (known == null) {
                return;
            }
            boolean ofFunction = known.startsWith(CodeCompiler.METHOD_PREFIX);
            int first = ofFunction && check != NONE ? check : number;
            if (!ofFunction) {
                checkAlone(false);
            }
            check = NONE;
            if (known.equals(CodeAnchors.INTERRUPTION)) {
                check = number;
            } else {
                calls.add(new Call(known, first, false));
            }
        }

        private void checkAlone(boolean beforeSwitch) {
            if (check != NONE) {
                calls.add(new Call(CodeAnchors.INTERRUPTION, check, beforeSwitch));
                check = NONE;
            }
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            checkAlone(false);
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
            checkAlone(true);
        }

        @Override
        public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
            checkAlone(false);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            checkAlone(false);
        }

        @Override
        public void visitEnd() {
            checkAlone(false);
        }
    }

    private static final class LineWriter extends MethodVisitor {
        private final Map<Integer, Integer> lines;
        private int count;

        LineWriter(MethodVisitor code, Map<Integer, Integer> lines) {
            super(Opcodes.ASM9, code);
            this.lines = lines;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            Integer line = lines.get(count++);
            if (line != null) {
                var here = new Label();
                super.visitLabel(here);
                super.visitLineNumber(line, here);
            }
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }
    }
}
