package dev.airlock.engine.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.engine.binary.BinaryLayout;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

@Tag("slow")
class UsedHelpersTest {
    private static final String HELPERS = CodeCompiler.MAIN_CLASS + UsedHelpers.SUFFIX;

    private static CompiledCode compiled(String guest) {
        byte[] bytes = Guests.bytes(guest);
        return new Compilation(guest, BinaryLayout.read(guest, bytes), bytes, CompileProgress.NONE).whole();
    }

    private static Set<String> declared(CompiledCode code) {
        var declared = new HashSet<String>();
        read(code.classes().get(HELPERS), declared, new HashSet<>());
        return declared;
    }

    /** Adds a class's methods, and the helpers that it calls. */
    private static void read(byte[] type, Set<String> methods, Set<String> called) {
        new ClassReader(type)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String descriptor,
                                    @Nullable String signature,
                                    String @Nullable [] thrown) {
                                methods.add(name + descriptor);
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitMethodInsn(
                                            int opcode,
                                            String owner,
                                            String method,
                                            String methodDescriptor,
                                            boolean isInterface) {
                                        if (owner.equals(HELPERS.replace('.', '/'))) {
                                            called.add(method + methodDescriptor);
                                        }
                                    }
                                };
                            }
                        },
                        0);
    }

    // Of each kind: calls through tables with and without great switches, functions for the interpreter, tail calls.
    @ParameterizedTest
    @ValueSource(
            strings = {"wat/numbers", "wat/tables", "wat/huge", "wat/tailcalls", "wat/memory", "c/kit", "go/words"})
    void whatIsCalledIsThereAndNothingElse(String guest) {
        CompiledCode code = compiled(guest);
        var called = new HashSet<String>();
        code.classes().values().forEach(type -> read(type, new HashSet<>(), called));
        called.add("<clinit>()V");
        assertThat(called).hasSizeGreaterThan(3);
        assertThat(declared(code)).isEqualTo(called);
    }

    @Test
    void aModuleOfNumbersHasNoHelpersForMemory() {
        assertThat(declared(compiled("wat/numbers"))).noneMatch(method -> method.startsWith("memory"));
        assertThat(declared(compiled("wat/memory"))).anyMatch(method -> method.startsWith("memory"));
        assertThat(compiled("wat/numbers").classes().get(HELPERS)).hasSizeLessThan(5_000);
    }

    @Test
    void codeOfAnotherFormIsNotGuessedAt() {
        assertThatThrownBy(() -> UsedHelpers.alone(Map.of(), CodeCompiler.MAIN_CLASS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Endive made no class dev.airlock.guest.CodeShaded");
    }
}
