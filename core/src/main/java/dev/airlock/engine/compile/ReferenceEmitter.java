package dev.airlock.engine.compile;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.validate.DefinedType;
import java.util.function.IntFunction;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Emits the operators on references (core specification, section 2.4.5 to 2.4.7). All operands are on the JVM's stack, in the
 * order of the specification: numbers as their carriers, a vector as two longs, low half first, references as Objects. Nothing
 * that is emitted here branches, so there are no frames.
 *
 * <p>The result is left on the JVM's stack; of a vector, the low half, and the high half in the scratch locals.
 */
final class ReferenceEmitter {
    /** How many JVM locals from the scratch one on an operator may use. */
    static final int SCRATCH = 4;

    private static final String RUNTIME = "dev/airlock/engine/runtime/";
    private static final String REFERENCES = RUNTIME + "References";
    private static final String STATE = "L" + RUNTIME + "InstanceState;";
    private static final String TYPE = "Ldev/airlock/engine/validate/DefinedType;";

    private final MethodVisitor code;
    private final IntFunction<DefinedType> types;
    private final int instance;

    /**
     * @param types the module's types by index
     * @param instance the JVM local that holds the instance
     */
    ReferenceEmitter(MethodVisitor code, IntFunction<DefinedType> types, int instance) {
        this.code = code;
        this.types = types;
        this.instance = instance;
    }

    /**
     * An operator on structs: 0xFB 0 to 5.
     *
     * @param scratch the first of {@link #SCRATCH} free JVM locals; the high half of a vector is left in the first two
     */
    void struct(int opcode, int type, int field, int scratch) {
        throw new UnsupportedOperationException();
    }

    /** An operator on arrays: 0xFB 6 to 19. */
    void array(int opcode, int type, int other, int scratch) {
        throw new UnsupportedOperationException();
    }

    /** Leaves an int: whether a reference is of a type, a code of {@link ValueTypes}. */
    void refTest(int type) {
        test(type, "test", "Z");
    }

    /** Leaves the reference, or traps if it is not of the type. */
    void refCast(int type) {
        test(type, "cast", "Ljava/lang/Object;");
    }

    /** An operator of 0xFB 26 to 30. */
    void conversion(int opcode) {
        throw new UnsupportedOperationException();
    }

    /** Leaves an int. */
    void refEq() {
        call("same", "(Ljava/lang/Object;Ljava/lang/Object;)Z");
    }

    /** Leaves an int. */
    void refIsNull() {
        call("isNull", "(Ljava/lang/Object;)Z");
    }

    /** Leaves the reference, or traps if it is null. */
    void refAsNonNull() {
        call("nonNull", "(Ljava/lang/Object;)Ljava/lang/Object;");
    }

    private void test(int type, String method, String result) {
        boolean nullable = ValueTypes.isNullable(type);
        int heapType = ValueTypes.heapType(type);
        String name = nullable ? method + "OrNull" : method;
        if (ValueTypes.isAbstract(heapType)) {
            code.visitIntInsn(Opcodes.BIPUSH, heapType & 0x7F);
            call(name, "(Ljava/lang/Object;I)" + result);
        } else {
            pushType(heapType);
            call(name, "(Ljava/lang/Object;" + TYPE + ")" + result);
        }
    }

    private void pushType(int type) {
        code.visitVarInsn(Opcodes.ALOAD, instance);
        code.visitFieldInsn(Opcodes.GETFIELD, RUNTIME + "InstanceState", "types", "[" + TYPE);
        code.visitLdcInsn(type);
        code.visitInsn(Opcodes.AALOAD);
    }

    private void call(String method, String descriptor) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, REFERENCES, method, descriptor, false);
    }
}
