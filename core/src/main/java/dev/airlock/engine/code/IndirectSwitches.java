package dev.airlock.engine.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Takes the great switches out of compiled code. Endive sends a call through a table to its function by one {@code
 * lookupswitch} over all functions that have the type. HotSpot compiles no method of over 8,000 bytes, which some 600
 * functions of one type make, and nearly all of a Go program's are of one: each of its indirect calls went through the
 * JVM's interpreter. Here two small switches stand for a great one: the first one finds sixteen functions, the second
 * one of them.
 */
final class IndirectSwitches {
    /** Still well under 8,000 bytes, at thirteen for each. */
    private static final int GREAT = 500;

    private static final int PART_BITS = 4;

    /** Endive's, for types with more than 1,024 functions: a class for each 4,096 of the module's functions. */
    private static final Pattern CLASS = Pattern.compile(".*Indirect_\\d+_\\d+");

    private static final String METHOD = "apply";

    private final String mainClass;
    private final Map<String, byte[]> classes = new LinkedHashMap<>();

    private IndirectSwitches(String mainClass) {
        this.mainClass = mainClass.replace('.', '/');
    }

    /** The same code without great switches. */
    static Map<String, byte[]> split(Map<String, byte[]> classes, String mainClass) {
        var split = new IndirectSwitches(mainClass);
        classes.forEach(split::add);
        return Map.copyOf(split.classes);
    }

    private void add(String name, byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        var found = new LinkedHashMap<String, Switch>();
        reader.accept(new Finder(found), ClassReader.SKIP_FRAMES | ClassReader.SKIP_DEBUG);
        if (found.isEmpty()) {
            classes.put(name, bytes);
        } else if (CLASS.matcher(name).matches()) {
            // Made again as a whole: what stands before the switch takes a parameter after a long from the wrong slot.
            found.values().forEach(great -> classes.put(name, parts(name, great)));
        } else {
            found.forEach((method, great) -> {
                String own = name + "$" + method;
                classes.put(own, parts(own, great));
            });
            classes.put(name, calling(reader, found));
        }
    }

    /**
     * A switch: the function that each key calls.
     *
     * @param descriptor like that of the functions, with the function's number at the end
     */
    private record Switch(String descriptor, NavigableMap<Integer, Target> targets) {
        int returnOpcode() {
            return Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN);
        }
    }

    private record Target(String owner, String name, String descriptor) {}

    /** The parameters of {@code call_indirect_0} are the function's, two numbers for the table, memory and instance. */
    private static String withoutTable(String callIndirect) {
        Type[] types = Type.getArgumentTypes(callIndirect);
        List<Type> kept = new ArrayList<>(List.of(types));
        kept.subList(types.length - 4, types.length - 2).clear();
        kept.add(Type.INT_TYPE);
        return Type.getMethodDescriptor(Type.getReturnType(callIndirect), kept.toArray(Type[]::new));
    }

    private static boolean isCandidate(String method) {
        return method.equals(METHOD) || method.startsWith("call_indirect_");
    }

    private static final class Finder extends ClassVisitor {
        private final Map<String, Switch> found;

        Finder(Map<String, Switch> found) {
            super(Opcodes.ASM9);
            this.found = found;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return isCandidate(name) ? new SwitchFinder(name, descriptor) : null;
        }

        private final class SwitchFinder extends MethodVisitor {
            private final String method;
            private final String descriptor;
            private final Map<Label, Integer> cases = new HashMap<>();
            private @Nullable Integer current;

            SwitchFinder(String method, String descriptor) {
                super(Opcodes.ASM9);
                this.method = method;
                this.descriptor = descriptor;
            }

            @Override
            public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
                boolean whole = METHOD.equals(method);
                if (whole || keys.length > GREAT) {
                    found.put(method, new Switch(whole ? descriptor : withoutTable(descriptor), new TreeMap<>()));
                    for (int i = 0; i < keys.length; i++) {
                        cases.put(labels[i], keys[i]);
                    }
                }
            }

            @Override
            public void visitLabel(Label label) {
                current = cases.get(label);
            }

            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
                Switch great = found.get(method);
                if (current != null && great != null) {
                    great.targets.put(current, new Target(owner, name, descriptor));
                }
            }
        }
    }

    /** The class without the cases of its great switches, which are other classes' now. */
    private static byte[] calling(ClassReader reader, Map<String, Switch> found) {
        ClassWriter writer = new ClassWriter(0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
                        Switch great = found.get(name);
                        return great == null ? code : new CaseRemover(code, great, reader.getClassName() + "$" + name);
                    }
                },
                // Frames in full: each would else be told by how it differs from one that may be left out.
                ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }

    /** Leaves out what is between a great switch and its default case, which is no longer reached. */
    private static final class CaseRemover extends MethodVisitor {
        private final MethodVisitor code;
        private final Switch great;
        private final String parts;

        CaseRemover(MethodVisitor code, Switch great, String parts) {
            super(Opcodes.ASM9, code);
            this.code = code;
            this.great = great;
            this.parts = parts;
        }

        @Override
        public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
            if (keys.length <= GREAT) {
                super.visitLookupSwitchInsn(otherwise, keys, labels);
                return;
            }
            super.visitMethodInsn(Opcodes.INVOKESTATIC, parts, METHOD, great.descriptor(), false);
            super.visitInsn(great.returnOpcode());
            mv = new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitLabel(Label label) {
                    if (label == otherwise) {
                        CaseRemover.this.mv = code;
                        code.visitLabel(label);
                    }
                }
            };
        }
    }

    private byte[] parts(String name, Switch great) {
        String owner = name.replace('.', '/');
        String descriptor = great.descriptor();
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        writer.visit(
                Opcodes.V11,
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
                owner,
                null,
                Type.getInternalName(Object.class),
                null);
        var parts = new TreeMap<Integer, NavigableMap<Integer, Target>>();
        great.targets.forEach(
                (function, target) -> parts.computeIfAbsent(function >> PART_BITS, part -> new TreeMap<>())
                        .put(function, target));
        method(writer, METHOD, great, code -> {
            int function = pushParameters(code, descriptor);
            code.visitVarInsn(Opcodes.ILOAD, function);
            code.visitVarInsn(Opcodes.ILOAD, function);
            code.visitLdcInsn(PART_BITS);
            code.visitInsn(Opcodes.ISHR);
            cases(
                    code,
                    great,
                    parts,
                    (part, targets) ->
                            code.visitMethodInsn(Opcodes.INVOKESTATIC, owner, METHOD + "_" + part, descriptor, false));
        });
        parts.forEach((part, targets) -> method(writer, METHOD + "_" + part, great, code -> {
            code.visitVarInsn(Opcodes.ILOAD, pushParameters(code, descriptor));
            cases(
                    code,
                    great,
                    targets,
                    (function, target) -> code.visitMethodInsn(
                            Opcodes.INVOKESTATIC, target.owner(), target.name(), target.descriptor(), false));
        }));
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void method(ClassWriter writer, String name, Switch great, Consumer<MethodVisitor> body) {
        MethodVisitor code =
                writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, great.descriptor(), null, null);
        code.visitCode();
        body.accept(code);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    /** @return the slot of the last one, the function's number, which is not pushed */
    private static int pushParameters(MethodVisitor code, String descriptor) {
        Type[] types = Type.getArgumentTypes(descriptor);
        int slot = 0;
        for (int i = 0; i < types.length - 1; i++) {
            code.visitVarInsn(types[i].getOpcode(Opcodes.ILOAD), slot);
            slot += types[i].getSize();
        }
        return slot;
    }

    /** A switch on the number that is on the stack. What has no case is a function of another type. */
    private <T> void cases(
            MethodVisitor code, Switch great, NavigableMap<Integer, T> keys, BiConsumer<Integer, T> call) {
        Label otherwise = new Label();
        if (keys.isEmpty()) {
            code.visitInsn(Opcodes.POP);
            mismatch(code);
            return;
        }
        Label[] labels = new Label[keys.lastKey() - keys.firstKey() + 1];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = keys.containsKey(keys.firstKey() + i) ? new Label() : otherwise;
        }
        code.visitTableSwitchInsn(keys.firstKey(), keys.lastKey(), otherwise, labels);
        keys.forEach((key, value) -> {
            code.visitLabel(labels[key - keys.firstKey()]);
            call.accept(key, value);
            code.visitInsn(great.returnOpcode());
        });
        code.visitLabel(otherwise);
        mismatch(code);
    }

    private void mismatch(MethodVisitor code) {
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                mainClass + UsedHelpers.SUFFIX,
                "throwIndirectCallTypeMismatch",
                "()Ljava/lang/RuntimeException;",
                false);
        code.visitInsn(Opcodes.ATHROW);
    }
}
