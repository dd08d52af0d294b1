package dev.airlock.engine.code;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import run.endive.compiler.internal.Shaded;

/**
 * Calls Endive's compiler, which turns each guest function into one static JVM method.
 *
 * <p>The names of classes and methods are Endive's, and others here rely on them: function 12 is the method
 * {@code func_12} of a class whose name starts with {@link #MAIN_CLASS}, with the guest's parameters, then the first
 * memory, then the instance.
 */
final class CodeCompiler {
    static final String MAIN_CLASS = "dev.airlock.guest.Code";
    static final String METHOD_PREFIX = "func_";

    private static final String CALL_INDIRECT = "([JIILrun/endive/runtime/Instance;)[J";
    private static final String CALL_INDIRECT_WITH_REFS =
            "([J[Ljava/lang/Object;IILrun/endive/runtime/Instance;)Lrun/endive/runtime/CallResult;";

    private static final String EXCEPTION_MATCHES =
            "(Lrun/endive/runtime/WasmException;ILrun/endive/runtime/Instance;)Z";

    private CodeCompiler() {}

    /** The whole of a module by one thread. */
    static CompiledCode compile(ParsedBodies module, CompileProgress progress) {
        Map<Integer, Integer> tooLarge = new TreeMap<>();
        Map<String, byte[]> classes = new CompilerRun(module.wasm(), tooLarge, progress).all();
        return finish(classes, tooLarge, module.importedFunctions(), module.hasTailCalls());
    }

    /** What is done to classes as Endive made them, one after the other. */
    private static final List<UnaryOperator<Map<String, byte[]>>> PASSES = List.of(
            classes -> IndirectSwitches.split(classes, MAIN_CLASS),
            // The last: what comes before it calls helpers too.
            classes -> UsedHelpers.alone(classes, MAIN_CLASS));

    static CompiledCode finish(
            Map<String, byte[]> made, Map<Integer, Integer> tooLarge, int importedFunctions, boolean hasTailCalls) {
        Map<String, byte[]> classes = made;
        for (UnaryOperator<Map<String, byte[]>> pass : PASSES) {
            classes = pass.apply(classes);
        }
        int functionsPerClass = Integer.MAX_VALUE;
        Map<Integer, Integer> large = new TreeMap<>();
        for (Map.Entry<String, byte[]> type : classes.entrySet()) {
            if (!type.getKey().contains(CompilerRun.GROUP)) {
                continue;
            }
            Map<Integer, Integer> sizes = MethodSizes.of(type.getValue());
            if (type.getKey().endsWith(CompilerRun.GROUP + 1)) {
                functionsPerClass = Collections.min(sizes.keySet());
            }
            sizes.forEach((function, size) -> {
                if (size > MethodSizes.HOTSPOT_LIMIT) {
                    large.put(function, size);
                }
            });
        }
        return new CompiledCode(
                MAIN_CLASS, classes, functionsPerClass, tooLarge, large, importedFunctions, hasTailCalls);
    }

    /** What goes in the place of a helper of Endive's: our method of the same name, which may want to know who calls. */
    private record Ours(String name, String descriptor, Class<?> owner, String method, boolean wantsCaller) {}

    private static final List<Ours> OURS = List.of(
            new Ours("callIndirect", CALL_INDIRECT, IndirectCalls.class, "call", true),
            new Ours("callIndirectWithRefs", CALL_INDIRECT_WITH_REFS, IndirectCalls.class, "callWithRefs", true),
            new Ours("exceptionMatches", EXCEPTION_MATCHES, Tags.class, "match", false));

    /** The start of the names of Endive's helpers that make note of a call in the place of the caller. */
    private static final String TAIL_CALL = "setTailCall";

    /** Endive looks for an interrupt before calls and jumps back, but not before these calls, which may make a loop. */
    private static MethodVisitor interruptible(MethodVisitor code) {
        return new MethodVisitor(Opcodes.ASM9, code) {
            @Override
            public void visitCode() {
                super.visitCode();
                visitMethodInsn(
                        Opcodes.INVOKESTATIC, Type.getInternalName(Shaded.class), "checkInterruption", "()V", false);
            }
        };
    }

    /** Endive puts a copy of its helpers beside each module's code; some of them are to be ours. */
    static byte[] withOurHelpers(byte[] helpers) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(helpers)
                .accept(
                        new ClassVisitor(Opcodes.ASM9, writer) {
                            @Override
                            public @Nullable MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String descriptor,
                                    @Nullable String signature,
                                    String @Nullable [] thrown) {
                                MethodVisitor code = super.visitMethod(access, name, descriptor, signature, thrown);
                                for (Ours ours : OURS) {
                                    if (ours.name.equals(name) && ours.descriptor.equals(descriptor)) {
                                        delegate(code, ours);
                                        return null;
                                    }
                                }
                                return name.startsWith(TAIL_CALL) ? interruptible(code) : code;
                            }
                        },
                        0);
        return writer.toByteArray();
    }

    private static void delegate(MethodVisitor code, Ours ours) {
        code.visitCode();
        int slot = 0;
        for (Type parameter : Type.getArgumentTypes(ours.descriptor)) {
            code.visitVarInsn(parameter.getOpcode(Opcodes.ILOAD), slot++);
        }
        if (ours.wantsCaller) {
            code.visitLdcInsn(Type.getType(Shaded.class));
        }
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                Type.getInternalName(ours.owner),
                ours.method,
                ours.wantsCaller ? ours.descriptor.replace(")", "Ljava/lang/Class;)") : ours.descriptor,
                false);
        code.visitInsn(Type.getReturnType(ours.descriptor).getOpcode(Opcodes.IRETURN));
        code.visitMaxs(slot + 1, slot);
        code.visitEnd();
    }
}
