package dev.airlock.engine.code;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Endive's helpers, of which a copy stands beside each module's code, without those that the module has no use for: all are 47
 * KB, more than many a module's own code. What may be called is what the constant pools of the other classes name, and what that
 * calls in turn; there is no other way to a method of them.
 */
final class UsedHelpers {
    /** Endive's: what it adds to the name of the main class. */
    static final String SUFFIX = "Shaded";

    /** Of a method in a constant pool (Java Virtual Machine specification, section 4.4). */
    private static final int METHOD = 10;

    private final String owner;
    private final Map<String, Set<String>> calls = new HashMap<>();

    private UsedHelpers(String owner) {
        this.owner = owner;
    }

    /** The same code without the helpers that are never called. */
    static Map<String, byte[]> alone(Map<String, byte[]> classes, String mainClass) {
        String name = mainClass + SUFFIX;
        byte[] helpers = classes.get(name);
        if (helpers == null) {
            throw new IllegalStateException("Endive made no class " + name);
        }
        var used = new UsedHelpers(name.replace('.', '/'));
        var reader = new ClassReader(helpers);
        reader.accept(used.new CallFinder(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        Set<String> kept = new HashSet<>();
        var found = new ArrayDeque<String>();
        classes.forEach((type, bytes) -> {
            if (!type.equals(name)) {
                used.addNamed(new ClassReader(bytes), found);
            }
        });
        found.add("<clinit>()V");
        while (!found.isEmpty()) {
            String method = found.remove();
            if (kept.add(method)) {
                found.addAll(used.calls.getOrDefault(method, Set.of()));
            }
        }
        Map<String, byte[]> smaller = new HashMap<>(classes);
        smaller.put(name, only(reader, kept));
        return Map.copyOf(smaller);
    }

    /** Adds the helpers that a class names. */
    private void addNamed(ClassReader type, ArrayDeque<String> found) {
        char[] buffer = new char[type.getMaxStringLength()];
        for (int i = 1; i < type.getItemCount(); i++) {
            int item = type.getItem(i);
            // Behind a long or a double there is none.
            if (item > 0 && type.readByte(item - 1) == METHOD && owner.equals(type.readClass(item, buffer))) {
                int nameAndType = type.getItem(type.readUnsignedShort(item + 2));
                found.add(type.readUTF8(nameAndType, buffer) + type.readUTF8(nameAndType + 2, buffer));
            }
        }
    }

    /** Without lines as well: traces leave out what is not the guest's. */
    private static byte[] only(ClassReader helpers, Set<String> kept) {
        var writer = new ClassWriter(0);
        helpers.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] thrown) {
                        return kept.contains(name + descriptor)
                                ? super.visitMethod(access, name, descriptor, signature, thrown)
                                : null;
                    }
                },
                ClassReader.SKIP_DEBUG);
        return writer.toByteArray();
    }

    /** Finds which helpers a helper calls, or makes something of that does. */
    private final class CallFinder extends ClassVisitor {
        CallFinder() {
            super(Opcodes.ASM9);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, @Nullable String signature, String @Nullable [] thrown) {
            Set<String> called = calls.computeIfAbsent(name + descriptor, key -> new HashSet<>());
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(
                        int opcode, String type, String method, String methodDescriptor, boolean isInterface) {
                    if (type.equals(owner)) {
                        called.add(method + methodDescriptor);
                    }
                }

                @Override
                public void visitInvokeDynamicInsn(
                        String method, String methodDescriptor, Handle bootstrap, Object... arguments) {
                    for (Object argument : arguments) {
                        if (argument instanceof Handle handle
                                && handle.getOwner().equals(owner)) {
                            called.add(handle.getName() + handle.getDesc());
                        }
                    }
                }
            };
        }
    }
}
