package dev.airlock.engine.compile.jvm;

import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The class of a group of functions, and further ones for parts of functions that are so large that all their constants and the
 * names of what they call would not fit into one: a class has at most 65,535 of them (JVM specification, section 4.1).
 */
public final class GroupClasses {
    /** A method has at most 65,535 bytes of code, so it cannot add more than there is room for behind these. */
    private static final int MOST_CONSTANTS = 20_000;

    private final String name;
    private final ClassWriter main;
    private final Map<String, ClassWriter> more = new TreeMap<>();
    private ClassWriter last;
    private String lastName;

    public GroupClasses(String name) {
        this.name = name;
        main = GuestClasses.begin(name, "java/lang/Object");
        last = main;
        lastName = name;
    }

    /** Begins a method by which a function is called. */
    public MethodVisitor method(String method, String descriptor) {
        return main.visitMethod(Opcodes.ACC_STATIC, method, descriptor, null, null);
    }

    /** Begins the method of a part, in the class that {@link #ofLastPart} returns then. */
    public MethodVisitor part(String method, String descriptor) {
        // The name is a new constant, so its index tells how many there are.
        if (last.newUTF8(method) > MOST_CONSTANTS) {
            lastName = name + "_" + (more.size() + 1);
            last = GuestClasses.begin(lastName, "java/lang/Object");
            more.put(lastName, last);
        }
        return last.visitMethod(Opcodes.ACC_STATIC, method, descriptor, null, null);
    }

    public String ofLastPart() {
        return lastName;
    }

    /** Ends all classes. Returns them by their binary names. */
    public Map<String, byte[]> finish() {
        Map<String, byte[]> classes = new TreeMap<>();
        classes.put(name.replace('/', '.'), bytes(main));
        more.forEach((other, writer) -> classes.put(other.replace('/', '.'), bytes(writer)));
        return classes;
    }

    private static byte[] bytes(ClassWriter writer) {
        writer.visitEnd();
        return writer.toByteArray();
    }
}
