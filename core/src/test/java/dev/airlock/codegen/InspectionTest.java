package dev.airlock.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class InspectionTest {
    private static final MethodType TYPE = MethodType.methodType(int.class, int.class);

    private static final String OWNER = "dev/airlock/codegen/InspectionTest";

    /** {@code if (x != 0) return OWNER.method(x); return x}: the call is on a path that no test takes. */
    private static MethodHandle rarelyCalling(String owner, String method, String descriptor) {
        var made = new HiddenClass(MethodHandles.lookup(), "Rare");
        MethodVisitor code = made.method("run", TYPE);
        code.visitCode();
        var zero = new Label();
        code.visitVarInsn(Opcodes.ILOAD, 0);
        code.visitJumpInsn(Opcodes.IFEQ, zero);
        code.visitVarInsn(Opcodes.ILOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, owner, method, descriptor, false);
        code.visitInsn(Opcodes.IRETURN);
        code.visitLabel(zero);
        code.visitVarInsn(Opcodes.ILOAD, 0);
        code.visitInsn(Opcodes.IRETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
        return made.define("run", TYPE, "the plan");
    }

    static int twice(int number) {
        return 2 * number;
    }

    @SuppressWarnings("unused") // by name, below
    private static int hidden(int number) {
        return number;
    }

    private static void with(String property, String value, Runnable body) {
        String before = System.getProperty(property);
        System.setProperty(property, value);
        try {
            body.run();
        } finally {
            if (before == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, before);
            }
        }
    }

    @Test
    void dumpsClassesAndTheirPlans(@TempDir Path folder) throws Exception {
        with(Inspection.DUMP, folder.resolve("new").toString(), () -> rarelyCalling(OWNER, "twice", "(I)I"));
        List<Path> files;
        try (Stream<Path> found = Files.list(folder.resolve("new"))) {
            files = found.sorted().toList();
        }
        assertThat(files).hasSize(2);
        assertThat(files.get(0).getFileName().toString()).matches("dev\\.airlock\\.codegen\\.Rare-\\d+\\.class");
        assertThat(new ClassReader(Files.readAllBytes(files.get(0))).getClassName())
                .isEqualTo("dev/airlock/codegen/Rare");
        assertThat(files.get(1))
                .hasFileName(files.get(0).getFileName().toString().replace(".class", ".txt"));
        assertThat(files.get(1)).hasContent("the plan");
    }

    @Test
    void theJvmItselfMissesWhatIsNeverReached() throws Throwable {
        MethodHandle[] made = new MethodHandle[1];
        with(Inspection.VERIFY, "false", () -> made[0] = rarelyCalling(OWNER, "thrice", "(I)I"));
        assertThat((int) made[0].invokeExact(0)).isZero();
    }

    @Test
    void verificationResolvesWhatIsNeverReached() {
        with(Inspection.VERIFY, "true", () -> {
            rarelyCalling(OWNER, "twice", "(I)I");
            assertThatThrownBy(() -> rarelyCalling(OWNER, "thrice", "(I)I"))
                    .isInstanceOf(LinkageError.class)
                    .hasMessage("the generated class dev.airlock.codegen.Rare refers in run to"
                            + " dev.airlock.codegen.InspectionTest.thrice(I)I, which does not exist");
            assertThatThrownBy(() -> rarelyCalling(OWNER, "twice", "(J)I"))
                    .isInstanceOf(LinkageError.class)
                    .hasMessageEndingWith("twice(J)I, which does not exist");
            assertThatThrownBy(() -> rarelyCalling("no/such/Type", "twice", "(I)I"))
                    .isInstanceOf(LinkageError.class)
                    .hasMessageEndingWith("no.such.Type, a class that its class loader does not find");
            assertThatThrownBy(() -> rarelyCalling(OWNER, "hidden", "(I)I"))
                    .isInstanceOf(LinkageError.class)
                    .hasMessageEndingWith("hidden(I)I, which it may not access");
        });
    }

    @Test
    void testsAreRunWithVerification() {
        assertThat(Inspection.verifies()).isTrue();
    }
}
