package dev.airlock.codegen;

import dev.airlock.shape.InterfaceMethods;
import dev.airlock.shape.UserTypes;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Makes hidden classes around one method handle each, which the JVM treats as a constant and so inlines.
 *
 * <p>The handle is the class data of its class, so nothing that it leads to needs a name in the generated code: a
 * guest's function, a user's private interface. That is why these classes can be in the package of any interface.
 */
public final class Generated {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private static final String HANDLE = Type.getInternalName(MethodHandle.class);
    private static final ConstantDynamic CLASS_DATA = new ConstantDynamic(
            "_",
            Type.getDescriptor(MethodHandle.class),
            new Handle(
                    Opcodes.H_INVOKESTATIC,
                    Type.getInternalName(MethodHandles.class),
                    "classData",
                    "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;)Ljava/lang/Object;",
                    false));

    private static final Handle CLASS_DATA_AT = new Handle(
            Opcodes.H_INVOKESTATIC,
            Type.getInternalName(MethodHandles.class),
            "classDataAt",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;I)Ljava/lang/Object;",
            false);

    /** A getter of the target of each class that was made here; empty for all others. */
    private static final ClassValue<AtomicReference<@Nullable MethodHandle>> TARGETS = new ClassValue<>() {
        @Override
        protected AtomicReference<@Nullable MethodHandle> computeValue(Class<?> type) {
            return new AtomicReference<>();
        }
    };

    private Generated() {}

    public static ClassWriter newClass(Class<?> besides, String name, Class<?>... interfaces) {
        // Frames are only needed at the start of handlers, and only Object is on the stack there.
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected String getCommonSuperClass(String a, String b) {
                return "java/lang/Object";
            }
        };
        String[] names = new String[interfaces.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = Type.getInternalName(interfaces[i]);
        }
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                internalName(besides, name),
                null,
                "java/lang/Object",
                names);
        return writer;
    }

    /** Returns the internal name of a class in the package of another, which may be the unnamed package. */
    static String internalName(Class<?> besides, String name) {
        String folder = besides.getPackageName().replace('.', '/');
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    public static void pushHandle(MethodVisitor code) {
        code.visitLdcInsn(CLASS_DATA);
    }

    public static void invokeHandle(MethodVisitor code, MethodType type) {
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, HANDLE, "invokeExact", type.toMethodDescriptorString(), false);
    }

    public static void returnResult(MethodVisitor code, Class<?> type) {
        code.visitInsn(Type.getType(type).getOpcode(Opcodes.IRETURN));
    }

    public static MethodHandles.Lookup define(MethodHandles.Lookup besides, ClassWriter writer, Object data) {
        return define(besides, writer, data, null);
    }

    /** @param plan what the class does; {@link Inspection} dumps it. Null for nothing */
    static MethodHandles.Lookup define(
            MethodHandles.Lookup besides, ClassWriter writer, Object data, @Nullable Object plan) {
        writer.visitEnd();
        byte[] code = writer.toByteArray();
        Inspection.inspect(besides.lookupClass(), code, plan);
        try {
            return besides.defineHiddenClassWithClassData(code, data, true);
        } catch (IllegalAccessException e) {
            throw new LinkageError("a class cannot be defined beside " + besides.lookupClass(), e);
        }
    }

    /**
     * A method of an interface, and its implementation.
     *
     * @param name of the method
     * @param type of the method, as its interface erases it
     * @param handle takes the target as an {@code Object}, then the parameters
     */
    public record Implementation(String name, MethodType type, MethodHandle handle) {
        MethodHandle exact() {
            return handle.asType(type.insertParameterTypes(0, Object.class));
        }
    }

    /**
     * Makes a class that implements an interface, each method by its handle.
     *
     * @return makes an instance for a target: {@code (Object target) -> Object}
     */
    public static MethodHandle implementing(Class<?> shape, List<Implementation> methods) {
        MethodHandles.Lookup besides = lookupBeside(shape);
        if (besides == null) {
            return proxying(shape, methods);
        }
        String name = "Airlock$" + shape.getSimpleName();
        ClassWriter writer = newClass(besides.lookupClass(), name, shape);
        String self = internalName(besides.lookupClass(), name);
        writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, "target", "Ljava/lang/Object;", null, null);
        constructor(writer, self);
        for (int i = 0; i < methods.size(); i++) {
            MethodType type = methods.get(i).type();
            MethodVisitor code = writer.visitMethod(
                    Opcodes.ACC_PUBLIC, methods.get(i).name(), type.toMethodDescriptorString(), null, null);
            code.visitCode();
            code.visitLdcInsn(new ConstantDynamic("_", Type.getDescriptor(MethodHandle.class), CLASS_DATA_AT, i));
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitFieldInsn(Opcodes.GETFIELD, self, "target", "Ljava/lang/Object;");
            loadParameters(code, type, 1);
            invokeHandle(code, type.insertParameterTypes(0, Object.class));
            returnResult(code, type.returnType());
            code.visitMaxs(0, 0);
            code.visitEnd();
        }
        MethodHandles.Lookup made = define(
                besides, writer, methods.stream().map(Implementation::exact).toList());
        TARGETS.get(made.lookupClass()).set(targetOf(made));
        return constructorOf(made);
    }

    private static MethodHandle targetOf(MethodHandles.Lookup made) {
        try {
            return made.findGetter(made.lookupClass(), "target", Object.class)
                    .asType(MethodType.methodType(Object.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a generated class lacks its field", e);
        }
    }

    /** Returns the target of an implementation; null for an object that {@link #implementing} did not make. */
    public static @Nullable Object target(Object implementation) {
        if (Proxy.isProxyClass(implementation.getClass())) {
            return Proxy.getInvocationHandler(implementation) instanceof Proxied proxied ? proxied.target() : null;
        }
        MethodHandle getter = TARGETS.get(implementation.getClass()).get();
        if (getter == null) {
            return null;
        }
        try {
            return (Object) getter.invokeExact(implementation);
        } catch (Throwable e) {
            throw new LinkageError("a field cannot be read", e);
        }
    }

    public static void constructor(ClassWriter writer, String self) {
        MethodVisitor code = writer.visitMethod(0, "<init>", "(Ljava/lang/Object;)V", null, null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitFieldInsn(Opcodes.PUTFIELD, self, "target", "Ljava/lang/Object;");
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    /** A constructor without parameters. */
    public static void constructor(ClassWriter writer) {
        MethodVisitor code = writer.visitMethod(0, "<init>", "()V", null, null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    public static MethodHandle constructorOf(MethodHandles.Lookup made) {
        try {
            return made.findConstructor(made.lookupClass(), MethodType.methodType(void.class, Object.class))
                    .asType(MethodType.methodType(Object.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a generated class lacks its constructor", e);
        }
    }

    public static void loadParameters(MethodVisitor code, MethodType type, int firstSlot) {
        int slot = firstSlot;
        for (Class<?> parameter : type.parameterArray()) {
            Type asm = Type.getType(parameter);
            code.visitVarInsn(asm.getOpcode(Opcodes.ILOAD), slot);
            slot += asm.getSize();
        }
    }

    /**
     * Finds a package for a class that implements an interface: that of the interface, which may be private, or this
     * one. Returns null if neither will do: for an interface of a class loader that we do not see, in a module of its
     * own.
     */
    private static MethodHandles.@Nullable Lookup lookupBeside(Class<?> shape) {
        try {
            MethodHandles.Lookup beside = UserTypes.lookup(shape);
            if (beside.hasFullPrivilegeAccess()) {
                return beside;
            }
        } catch (IllegalAccessException e) {
            // Its package is closed to us. A public interface can be implemented from here.
        }
        return isVisibleFromHere(shape) ? LOOKUP : null;
    }

    private static boolean isVisibleFromHere(Class<?> shape) {
        try {
            return Modifier.isPublic(shape.getModifiers())
                    && shape.getModule().isExported(shape.getPackageName(), Generated.class.getModule())
                    && Class.forName(shape.getName(), false, Generated.class.getClassLoader()) == shape;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Implements an interface by a proxy. This works everywhere, and boxes each argument. */
    private static MethodHandle proxying(Class<?> shape, List<Implementation> methods) {
        Map<String, MethodHandle> spreaders = new HashMap<>();
        for (Implementation method : methods) {
            spreaders.put(
                    method.name() + method.type().toMethodDescriptorString(),
                    method.exact()
                            .asSpreader(1, Object[].class, method.type().parameterCount())
                            .asType(MethodType.methodType(Object.class, Object.class, Object[].class)));
        }
        return MethodHandles.insertArguments(
                Handles.own(LOOKUP, "proxy", MethodType.methodType(Object.class, Class.class, Map.class, Object.class)),
                0,
                shape,
                spreaders);
    }

    @SuppressWarnings("unused") // by handle, above
    private static Object proxy(Class<?> shape, Map<String, MethodHandle> spreaders, Object target) {
        return Proxy.newProxyInstance(
                shape.getClassLoader(), new Class<?>[] {shape}, new Proxied(shape, spreaders, target));
    }

    private record Proxied(Class<?> shape, Map<String, MethodHandle> spreaders, Object target)
            implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] args)
                throws Throwable {
            @Nullable Object[] given = args == null ? new Object[0] : args;
            MethodHandle spread = spreaders.get(method.getName()
                    + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                            .toMethodDescriptorString());
            if (spread != null) {
                return (Object) spread.invokeExact(target, (Object[]) given);
            }
            if (method.getDeclaringClass() == Object.class) {
                return switch (method.getName()) {
                    case "equals" -> self == given[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> shape.getSimpleName() + " of " + target;
                };
            }
            return InterfaceMethods.invokeDefault(self, method, given);
        }
    }
}
