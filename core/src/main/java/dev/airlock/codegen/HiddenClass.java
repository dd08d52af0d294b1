package dev.airlock.codegen;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** A hidden class with static methods and constants. It is written method by method, then defined. */
public final class HiddenClass {
    private final MethodHandles.Lookup beside;
    private final String self;
    private final ClassWriter writer;
    private final ClassData data;

    /**
     * Starts a class.
     *
     * @param beside a lookup with full access; the class gets its package, loader and module
     * @param name the simple name of the class
     */
    public HiddenClass(MethodHandles.Lookup beside, String name) {
        this.beside = beside;
        this.writer = Generated.newClass(beside.lookupClass(), name);
        this.self = Generated.internalName(beside.lookupClass(), name);
        this.data = new ClassData(self);
    }

    /** The constants of the class. */
    public ClassData data() {
        return data;
    }

    /** Starts a static method. */
    public MethodVisitor method(String name, MethodType type) {
        return writer.visitMethod(Opcodes.ACC_STATIC, name, type.toMethodDescriptorString(), null, null);
    }

    /** Emits a call of a static method of this class, whose arguments are on the stack. */
    public void call(MethodVisitor code, String name, MethodType type) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, self, name, type.toMethodDescriptorString(), false);
    }

    /**
     * Defines the class.
     *
     * @param plan what the class does; {@link Inspection} dumps it
     * @return one of its methods
     */
    public MethodHandle define(String name, MethodType type, Object plan) {
        data.writeFields(writer);
        MethodHandles.Lookup made = Generated.define(beside, writer, data.objects(), plan);
        try {
            return made.findStatic(made.lookupClass(), name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a generated class lacks its method " + name, e);
        }
    }

    /** The instruction of a family ({@code ILOAD}, {@code ISTORE}, {@code IRETURN}, …) for a type. */
    public static int opcode(Class<?> type, int opcode) {
        return Type.getType(type).getOpcode(opcode);
    }

    /** The instruction that pushes the zero of a primitive type. */
    public static int zero(Class<?> type) {
        if (type == long.class) {
            return Opcodes.LCONST_0;
        } else if (type == float.class) {
            return Opcodes.FCONST_0;
        }
        return type == double.class ? Opcodes.DCONST_0 : Opcodes.ICONST_0;
    }
}
