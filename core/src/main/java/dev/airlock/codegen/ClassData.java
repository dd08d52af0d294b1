package dev.airlock.codegen;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The constants of a generated class that bytecode cannot name: handles, codecs, constants of enums. The class has a
 * static final field for each, filled when it is initialized.
 *
 * <p>Dynamic constants would be shorter. But HotSpot up to JDK 17 does not compile a method that contains one that was
 * never reached, such as those of a variant's other cases.
 */
public final class ClassData {
    private final String self;

    /**
     * Starts the constants of a class.
     *
     * @param self the internal name of the class
     */
    public ClassData(String self) {
        this.self = self;
    }

    private final List<Object> objects = new ArrayList<>();
    private final List<Class<?>> types = new ArrayList<>();
    private final Map<Class<?>, Map<Object, Integer>> places = new HashMap<>();

    /** Pushes an object, of the type {@code as}. */
    void push(MethodVisitor code, Object object, Class<?> as) {
        int place = places.computeIfAbsent(as, type -> new IdentityHashMap<>()).computeIfAbsent(object, added -> {
            objects.add(added);
            types.add(as);
            return objects.size() - 1;
        });
        code.visitFieldInsn(Opcodes.GETSTATIC, self, name(place), Type.getDescriptor(as));
    }

    private static String name(int place) {
        return "constant" + place;
    }

    public List<Object> objects() {
        return objects;
    }

    /** Writes the fields, and the initializer that fills them from the class data: {@link #objects} in their order. */
    public void writeFields(ClassWriter writer) {
        if (objects.isEmpty()) {
            return;
        }
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        code.visitCode();
        String handles = Type.getInternalName(MethodHandles.class);
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC, handles, "lookup", "()Ljava/lang/invoke/MethodHandles$Lookup;", false);
        code.visitLdcInsn("_");
        code.visitLdcInsn(Type.getType(List.class));
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                handles,
                "classData",
                "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;)Ljava/lang/Object;",
                false);
        String list = Type.getInternalName(List.class);
        code.visitTypeInsn(Opcodes.CHECKCAST, list);
        code.visitVarInsn(Opcodes.ASTORE, 0);
        for (int i = 0; i < types.size(); i++) {
            String descriptor = Type.getDescriptor(types.get(i));
            writer.visitField(
                            Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL,
                            name(i),
                            descriptor,
                            null,
                            null)
                    .visitEnd();
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitLdcInsn(i);
            code.visitMethodInsn(Opcodes.INVOKEINTERFACE, list, "get", "(I)Ljava/lang/Object;", true);
            code.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(types.get(i)));
            code.visitFieldInsn(Opcodes.PUTSTATIC, self, name(i), descriptor);
        }
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
