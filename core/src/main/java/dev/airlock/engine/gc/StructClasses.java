package dev.airlock.engine.gc;

import dev.airlock.engine.validate.DefinedType;
import dev.airlock.limit.CollectedHeap;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The JVM classes of structs, see {@link StructShape}. Each is made when code first uses it, in a class loader of its own, and
 * unloaded when no module and no object uses it. Loaders of modules' code ask {@link #named}.
 */
public final class StructClasses {
    private static final String STRUCT = Type.getInternalName(StructObject.class);
    private static final String HEAP = Type.getInternalName(CollectedHeap.class);
    private static final String TYPE = Type.getDescriptor(DefinedType.class);
    private static final String PACKAGE = StructShape.PACKAGE.replace('/', '.');

    private static final Map<String, Known> KNOWN = new HashMap<>();
    private static final ReferenceQueue<Class<?>> UNLOADED = new ReferenceQueue<>();
    private static final Map<DefinedType, Class<?>> BY_TYPE = Collections.synchronizedMap(new WeakHashMap<>());

    private static final class Known extends WeakReference<Class<?>> {
        final String segments;

        Known(String segments, Class<?> made) {
            super(made, UNLOADED);
            this.segments = segments;
        }
    }

    /** Defines one class, whose superclass is given. */
    private static final class Loader extends ClassLoader {
        private final Class<?> parent;

        Loader(Class<?> parent) {
            super("airlock-struct", StructClasses.class.getClassLoader());
            this.parent = parent;
            Module library = StructClasses.class.getModule();
            library.addExports(StructClasses.class.getPackageName(), getUnnamedModule());
            library.addExports(DefinedType.class.getPackageName(), getUnnamedModule());
        }

        Class<?> define(String name, byte[] bytes) {
            return defineClass(name, bytes, 0, bytes.length);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.equals(parent.getName())) {
                return parent;
            }
            throw new ClassNotFoundException(name);
        }
    }

    private StructClasses() {}

    /** Returns whether a class of this name is made here. */
    public static boolean isOne(String className) {
        return className.startsWith(PACKAGE);
    }

    /**
     * Returns the class that has a name.
     *
     * @throws ClassNotFoundException if the name is none of a shape
     */
    public static Class<?> named(String className) throws ClassNotFoundException {
        String segments = className.substring(PACKAGE.length());
        if (!segments.matches("[BSIJFDRV][0-9BSIJFDRV_]*")) {
            throw new ClassNotFoundException(className);
        }
        return ofSegments(segments);
    }

    /** Returns the class of structs of a type. */
    static Class<?> of(DefinedType type) {
        Class<?> known = BY_TYPE.get(type);
        if (known == null) {
            String name = StructShape.of(type).name();
            known = name.startsWith(StructShape.PACKAGE)
                    ? ofSegments(name.substring(StructShape.PACKAGE.length()))
                    : StructObject.class;
            BY_TYPE.put(type, known);
        }
        return known;
    }

    /** From the topmost type down: a chain of supertypes has no bound that recursion would have. */
    private static synchronized Class<?> ofSegments(String segments) {
        for (Known gone = (Known) UNLOADED.poll(); gone != null; gone = (Known) UNLOADED.poll()) {
            KNOWN.remove(gone.segments, gone);
        }
        Class<?> parent = StructObject.class;
        int from = 0;
        int end = 0;
        while (end < segments.length()) {
            end = segments.indexOf('_', end + 1);
            end = end < 0 ? segments.length() : end;
            String name = segments.substring(0, end);
            Known known = KNOWN.get(name);
            Class<?> made = known == null ? null : known.get();
            String kinds = StructShape.kinds(name);
            if (made == null) {
                made = new Loader(parent).define(PACKAGE + name, bytes(parent, name, kinds, from));
                KNOWN.put(name, new Known(name, made));
            }
            parent = made;
            from = kinds.length();
        }
        return parent;
    }

    /** @param from the first field that the superclass does not have */
    private static byte[] bytes(Class<?> parent, String segments, String kinds, int from) {
        var shape = new StructShape(StructShape.PACKAGE + segments, kinds);
        var writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                shape.name(),
                null,
                Type.getInternalName(parent),
                null);
        for (int i = from; i < kinds.length(); i++) {
            String descriptor = StructShape.descriptor(kinds.charAt(i));
            writer.visitField(Opcodes.ACC_PUBLIC, StructShape.fieldName(i), descriptor, null, null);
            if (kinds.charAt(i) == 'V') {
                writer.visitField(Opcodes.ACC_PUBLIC, StructShape.highName(i), descriptor, null, null);
            }
        }
        constructor(writer, Type.getInternalName(parent));
        blank(writer, shape);
        if (shape.hasMake()) {
            make(writer, shape);
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void constructor(ClassWriter writer, String parent) {
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "(" + TYPE + ")V", null, null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, parent, "<init>", "(" + TYPE + ")V", false);
        code.visitInsn(Opcodes.RETURN);
        end(code);
    }

    /** {@code static C blank(DefinedType, CollectedHeap)}: all fields are zero or null. */
    private static void blank(ClassWriter writer, StructShape shape) {
        MethodVisitor code = writer.visitMethod(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "blank", blankDescriptor(shape.name()), null, null);
        code.visitCode();
        create(code, shape, 0);
        code.visitVarInsn(Opcodes.ASTORE, 2);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        count(code, shape, 2);
        code.visitVarInsn(Opcodes.ALOAD, 2);
        code.visitInsn(Opcodes.ARETURN);
        end(code);
    }

    /** Returns the descriptor of the method that makes a struct of zeros and nulls: {@code blank(type, heap)}. */
    public static String blankDescriptor(String name) {
        return "(" + TYPE + "L" + HEAP + ";)L" + name + ";";
    }

    /** {@code static C make(P..., DefinedType, CollectedHeap)}. */
    private static void make(ClassWriter writer, StructShape shape) {
        Type[] parameters = Type.getArgumentTypes(shape.makeDescriptor());
        int type = 0;
        for (int i = 0; i < parameters.length - 2; i++) {
            type += parameters[i].getSize();
        }
        int heap = type + 1;
        int made = type + 2;
        MethodVisitor code =
                writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "make", shape.makeDescriptor(), null, null);
        code.visitCode();
        create(code, shape, type);
        code.visitVarInsn(Opcodes.ASTORE, made);
        int slot = 0;
        for (int i = 0; i < shape.kinds().length(); i++) {
            char kind = shape.kinds().charAt(i);
            slot = field(code, shape, kind, made, slot, StructShape.fieldName(i));
            if (kind == 'V') {
                slot = field(code, shape, kind, made, slot, StructShape.highName(i));
            }
        }
        code.visitVarInsn(Opcodes.ALOAD, heap);
        count(code, shape, made);
        code.visitVarInsn(Opcodes.ALOAD, made);
        code.visitInsn(Opcodes.ARETURN);
        end(code);
    }

    private static void create(MethodVisitor code, StructShape shape, int type) {
        code.visitTypeInsn(Opcodes.NEW, shape.name());
        code.visitInsn(Opcodes.DUP);
        code.visitVarInsn(Opcodes.ALOAD, type);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, shape.name(), "<init>", "(" + TYPE + ")V", false);
    }

    private static int field(MethodVisitor code, StructShape shape, char kind, int made, int slot, String name) {
        String descriptor = StructShape.descriptor(kind);
        Type type = Type.getType(descriptor);
        code.visitVarInsn(Opcodes.ALOAD, made);
        code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), slot);
        narrow(code, kind);
        code.visitFieldInsn(Opcodes.PUTFIELD, shape.name(), name, descriptor);
        return slot + type.getSize();
    }

    /** Emits what a packed field does with its value. */
    public static void narrow(MethodVisitor code, char kind) {
        if (kind == 'B') {
            code.visitInsn(Opcodes.I2B);
        } else if (kind == 'S') {
            code.visitInsn(Opcodes.I2S);
        }
    }

    /** The account is on the stack. */
    private static void count(MethodVisitor code, StructShape shape, int made) {
        code.visitVarInsn(Opcodes.ALOAD, made);
        code.visitLdcInsn((long) shape.bytes());
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, HEAP, "made", "(Ljava/lang/Object;J)V", false);
    }

    private static void end(MethodVisitor code) {
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    /** Makes a struct of zeros and nulls, for hosts and constant expressions. */
    public static StructObject blank(DefinedType type, CollectedHeap heap) {
        Class<?> shape = of(type);
        if (shape == StructObject.class) {
            return empty(type, heap);
        }
        return StructLayout.of(shape).blank(type, heap);
    }

    /** {@code struct.new} of a type without fields. */
    public static StructObject empty(DefinedType type, CollectedHeap heap) {
        var made = new StructObject(type);
        heap.made(made, CollectedObject.BYTES);
        return made;
    }
}
