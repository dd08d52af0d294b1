package dev.airlock.codegen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Dumps and verifies what is generated, if system properties ask for it. For those who work on the library; both are off
 * otherwise.
 *
 * <p>The JVM verifies a hidden class when it is linked, but resolves a method or field only when an instruction that names it
 * is first run. {@link #VERIFY} resolves all of them at once, so that a wrong descriptor on a path that no test takes fails
 * too.
 */
public final class Inspection {
    /** A folder that gets each generated class as {@code Name-N.class}, and its plan, if it has one, as {@code Name-N.txt}. */
    public static final String DUMP = "airlock.dump";

    /** {@code true} verifies each plan and each generated class. */
    public static final String VERIFY = "airlock.verify";

    private static final AtomicInteger DUMPED = new AtomicInteger();

    private Inspection() {}

    /** Returns whether plans and generated classes are to be verified. */
    public static boolean verifies() {
        return Boolean.getBoolean(VERIFY);
    }

    /**
     * Inspects a class before it is defined.
     *
     * @param plan what the class does, for the dump; null for nothing
     * @throws UncheckedIOException if the dump cannot be written
     * @throws LinkageError if verification is on and the class names something that it cannot link to
     */
    static void inspect(Class<?> beside, byte[] code, @Nullable Object plan) {
        String folder = System.getProperty(DUMP);
        if (folder != null) {
            dump(Path.of(folder), code, plan);
        }
        if (verifies()) {
            new ClassReader(code).accept(new References(beside), 0);
        }
    }

    private static void dump(Path folder, byte[] code, @Nullable Object plan) {
        String name = new ClassReader(code).getClassName().replace('/', '.') + "-" + DUMPED.incrementAndGet();
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(name + ".class"), code);
            if (plan != null) {
                Files.writeString(folder.resolve(name + ".txt"), plan.toString(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a generated class cannot be dumped to " + folder + " (" + DUMP + ")", e);
        }
    }

    /** Resolves every class, method and field that a class names. */
    private static final class References extends ClassVisitor {
        private final Class<?> beside;
        private String self = "";

        References(Class<?> beside) {
            super(Opcodes.ASM9);
            this.beside = beside;
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            self = name;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String in, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitTypeInsn(int opcode, String type) {
                    load(in, type);
                }

                @Override
                public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
                    member(in, owner, name, descriptor, type -> Stream.of(type.getDeclaredFields()));
                }

                @Override
                public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean face) {
                    if (owner.equals("java/lang/invoke/MethodHandle")) {
                        return; // its methods take any type
                    }
                    member(
                            in,
                            owner,
                            name,
                            descriptor,
                            type -> name.equals("<init>")
                                    ? Stream.of(type.getDeclaredConstructors())
                                    : Stream.of(type.getDeclaredMethods()));
                }
            };
        }

        private Class<?> load(String in, String type) {
            if (type.equals(self)) {
                return beside;
            }
            String name = type.replace('/', '.');
            try {
                return Class.forName(name, false, beside.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw wrong(in, name + ", a class that its class loader does not find", e);
            }
        }

        private void member(
                String in,
                String owner,
                String name,
                String descriptor,
                Function<Class<?>, Stream<? extends Member>> members) {
            if (owner.equals(self)) {
                return; // the JVM has looked at it
            }
            Class<?> type = load(in, owner);
            Member found = supertypes(type).stream()
                    .flatMap(members)
                    .filter(member ->
                            member instanceof Constructor || member.getName().equals(name))
                    .filter(member -> descriptor.equals(descriptor(member)))
                    .findFirst()
                    .orElse(null);
            String shown = type.getName() + "." + name + descriptor;
            if (found == null) {
                throw wrong(in, shown + ", which does not exist", null);
            }
            boolean open = Modifier.isPublic(found.getModifiers())
                    && Modifier.isPublic(found.getDeclaringClass().getModifiers());
            boolean near = !Modifier.isPrivate(found.getModifiers())
                    && type.getPackageName().equals(beside.getPackageName());
            if (!open && !near) {
                throw wrong(in, shown + ", which it may not access", null);
            }
        }

        private static Set<Class<?>> supertypes(Class<?> type) {
            var found = new HashSet<Class<?>>();
            var open = new ArrayDeque<Class<?>>();
            open.add(type);
            while (!open.isEmpty()) {
                Class<?> next = open.remove();
                if (found.add(next)) {
                    open.addAll(Arrays.asList(next.getInterfaces()));
                    if (next.getSuperclass() != null) {
                        open.add(next.getSuperclass());
                    }
                }
            }
            return found;
        }

        private static String descriptor(Member member) {
            if (member instanceof Field field) {
                return Type.getDescriptor(field.getType());
            } else if (member instanceof Method method) {
                return Type.getMethodDescriptor(method);
            }
            return Type.getMethodDescriptor(
                    Type.VOID_TYPE,
                    Stream.of(((Executable) member).getParameterTypes())
                            .map(Type::getType)
                            .toArray(Type[]::new));
        }

        private LinkageError wrong(String in, String what, @Nullable Throwable cause) {
            return new LinkageError(
                    "the generated class " + self.replace('/', '.') + " refers in " + in + " to " + what, cause);
        }
    }
}
