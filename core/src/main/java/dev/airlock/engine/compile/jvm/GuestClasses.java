package dev.airlock.engine.compile.jvm;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** Beginnings of generated classes. */
public final class GuestClasses {
    private GuestClasses() {}

    /** Begins a class; frames are written by hand, so nothing is computed but the size of stacks. */
    public static ClassWriter begin(String name, String superclass) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, name, null, superclass, null);
        return writer;
    }
}
