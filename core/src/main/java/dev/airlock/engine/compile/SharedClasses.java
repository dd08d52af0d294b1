package dev.airlock.engine.compile;

import dev.airlock.engine.compile.jvm.GuestClasses;
import dev.airlock.engine.compile.jvm.JvmCode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** The classes of the methods that functions share, in the making. */
final class SharedClasses {
    private final CompileBudget budget;
    private final Map<String, ClassWriter> writers = new LinkedHashMap<>();

    SharedClasses(CompileBudget budget) {
        this.budget = budget;
    }

    JvmCode method(String owner, String name, String descriptor) {
        budget.check();
        ClassWriter writer = writers.computeIfAbsent(owner, made -> GuestClasses.begin(made, "java/lang/Object"));
        JvmCode code = new JvmCode(writer.visitMethod(Opcodes.ACC_STATIC, name, descriptor, null, null));
        code.visitCode();
        return code;
    }

    void end(JvmCode code) {
        code.visitMaxs(0, 0);
        code.visitEnd();
        budget.add(code.size());
    }

    Map<String, byte[]> finish() {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        writers.forEach((name, writer) -> {
            writer.visitEnd();
            classes.put(name, writer.toByteArray());
        });
        return classes;
    }
}
