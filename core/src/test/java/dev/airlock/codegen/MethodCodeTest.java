package dev.airlock.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class MethodCodeTest {
    private static final MethodType TYPE = MethodType.methodType(int.class, Object.class, int.class);

    static final class Operations {
        private Operations() {}

        /** A static method hides the instance method of its name. */
        static int negated(int number) {
            return -number;
        }

        int negated(int number, int times) {
            return times % 2 == 0 ? number : -number;
        }

        static int overloaded(int number) {
            return number;
        }

        static int overloaded(long number) {
            return (int) number;
        }
    }

    /** {@code (Object, int number) -> int}: calls an operation by its name. */
    private static MethodHandle calling(String operation) {
        var made = new HiddenClass(MethodHandles.lookup(), "Calling");
        MethodVisitor asm = made.method("run", TYPE);
        asm.visitCode();
        var number = new Register("number", int.class);
        var code = new MethodCode(asm, made.data(), List.of(number));
        code.load(number);
        code.callOnly(Operations.class, operation);
        asm.visitInsn(Opcodes.IRETURN);
        asm.visitMaxs(0, 0);
        asm.visitEnd();
        return made.define("run", TYPE, operation);
    }

    @Test
    void aStaticOperationHidesAnInstanceMethodOfItsName() throws Throwable {
        assertThat((int) calling("negated").invokeExact((Object) this, 7)).isEqualTo(-7);
    }

    @Test
    void anOperationThatIsOverloadedOrMissingIsRefused() {
        assertThatThrownBy(() -> calling("overloaded"))
                .isInstanceOf(LinkageError.class)
                .hasMessage(Operations.class.getName() + " has no method overloaded, or several");
        assertThatThrownBy(() -> calling("missing"))
                .isInstanceOf(LinkageError.class)
                .hasMessage(Operations.class.getName() + " has no method missing, or several");
    }
}
