package dev.airlock.engine.compile;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.gc.StructClasses;
import dev.airlock.engine.gc.StructShape;
import dev.airlock.engine.validate.DefinedType;
import java.util.Map;
import java.util.function.IntFunction;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Emits the operators on references (core specification, section 4.6.5 to 4.6.8). All operands are on the JVM's stack, in the
 * order of the specification: numbers as their carriers, a vector as two longs, low half first, references as Objects. Nothing
 * that is emitted here branches, so there are no frames.
 *
 * <p>The result is left on the JVM's stack; of a vector, the low half, and the high half in the scratch locals.
 */
final class ReferenceEmitter {
    /** How many JVM locals from the scratch one on an operator may use. */
    static final int SCRATCH = 4;

    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String RUNTIME = "dev/airlock/engine/runtime/";
    private static final String COLLECTED = "dev/airlock/engine/gc/";
    private static final String REFERENCES = RUNTIME + "References";
    private static final String INTEGERS = COLLECTED + "I31";
    private static final String ACCESS = COLLECTED + "ArrayAccess";
    private static final String CREATION = COLLECTED + "ArrayCreation";
    private static final String BULK = RUNTIME + "ArrayBulk";
    private static final String STATE = RUNTIME + "InstanceState";
    private static final String HEAP = "Ldev/airlock/limit/CollectedHeap;";
    private static final String TYPE = "Ldev/airlock/engine/validate/DefinedType;";

    private static final Map<Character, String> ELEMENTS = Map.of(
            'B', "Bytes", 'S', "Shorts", 'I', "Ints", 'J', "Longs", 'F', "Floats", 'D', "Doubles", 'R', "References");

    private final MethodVisitor code;
    private final IntFunction<DefinedType> types;
    private final IntFunction<StructShape> shapes;
    private final int instance;

    /**
     * @param types the module's types by index
     * @param shapes of its types of structs
     * @param instance the JVM local that holds the instance
     */
    ReferenceEmitter(
            MethodVisitor code, IntFunction<DefinedType> types, IntFunction<StructShape> shapes, int instance) {
        this.code = code;
        this.types = types;
        this.shapes = shapes;
        this.instance = instance;
    }

    /**
     * An operator on structs: 0xFB 0 to 5.
     *
     * @param scratch the first of {@link #SCRATCH} free JVM locals; the high half of a vector is left in the first two
     */
    void struct(int opcode, int type, int field, int scratch) {
        StructShape shape = shapes.apply(type);
        switch (opcode & 0xFFFF) {
            case 0 -> structNew(shape, type, scratch);
            case 1 -> structNewDefault(shape, type);
            case 2, 3, 4 -> structGet(shape, field, (opcode & 0xFFFF) == 4, scratch);
            case 5 -> structSet(shape, field, scratch);
            default -> throw unknown(opcode);
        }
    }

    private static IllegalArgumentException unknown(int opcode) {
        return new IllegalArgumentException("no operator on references: " + Integer.toHexString(opcode));
    }

    private void structNew(StructShape shape, int type, int scratch) {
        if (shape.kinds().isEmpty()) {
            structNewDefault(shape, type);
        } else if (shape.hasMake()) {
            pushType(type);
            pushHeap();
            code.visitMethodInsn(Opcodes.INVOKESTATIC, shape.name(), "make", shape.makeDescriptor(), false);
        } else {
            structNewDefault(shape, type);
            code.visitVarInsn(Opcodes.ASTORE, scratch);
            for (int i = shape.kinds().length() - 1; i >= 0; i--) {
                char kind = shape.kinds().charAt(i);
                if (kind == 'V') {
                    setFromTop(shape, kind, StructShape.highName(i), scratch);
                }
                setFromTop(shape, kind, StructShape.fieldName(i), scratch);
            }
            code.visitVarInsn(Opcodes.ALOAD, scratch);
        }
    }

    /** Sets a field of the object in a local to what is on the stack. */
    private void setFromTop(StructShape shape, char kind, String field, int object) {
        code.visitVarInsn(Opcodes.ALOAD, object);
        if (isLong(kind)) {
            code.visitInsn(Opcodes.DUP_X2);
            code.visitInsn(Opcodes.POP);
        } else {
            code.visitInsn(Opcodes.SWAP);
        }
        StructClasses.narrow(code, kind);
        code.visitFieldInsn(Opcodes.PUTFIELD, shape.name(), field, StructShape.descriptor(kind));
    }

    private static boolean isLong(char kind) {
        return kind == 'J' || kind == 'D' || kind == 'V';
    }

    private void structNewDefault(StructShape shape, int type) {
        pushType(type);
        pushHeap();
        boolean isEmpty = shape.kinds().isEmpty();
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                isEmpty ? Type.getInternalName(StructClasses.class) : shape.name(),
                isEmpty ? "empty" : "blank",
                StructClasses.blankDescriptor(shape.name()),
                false);
    }

    private void structGet(StructShape shape, int field, boolean unsigned, int scratch) {
        char kind = shape.kinds().charAt(field);
        String descriptor = StructShape.descriptor(kind);
        code.visitTypeInsn(Opcodes.CHECKCAST, shape.name());
        if (kind == 'V') {
            code.visitInsn(Opcodes.DUP);
            code.visitFieldInsn(Opcodes.GETFIELD, shape.name(), StructShape.highName(field), descriptor);
            code.visitVarInsn(Opcodes.LSTORE, scratch);
        }
        code.visitFieldInsn(Opcodes.GETFIELD, shape.name(), StructShape.fieldName(field), descriptor);
        widen(kind, unsigned);
    }

    private void widen(char kind, boolean unsigned) {
        if (unsigned && (kind == 'B' || kind == 'S')) {
            code.visitLdcInsn(kind == 'B' ? 0xFF : 0xFFFF);
            code.visitInsn(Opcodes.IAND);
        }
    }

    private void structSet(StructShape shape, int field, int scratch) {
        char kind = shape.kinds().charAt(field);
        String descriptor = StructShape.descriptor(kind);
        if (!isLong(kind)) {
            code.visitInsn(Opcodes.SWAP);
            code.visitTypeInsn(Opcodes.CHECKCAST, shape.name());
            code.visitInsn(Opcodes.SWAP);
            StructClasses.narrow(code, kind);
            code.visitFieldInsn(Opcodes.PUTFIELD, shape.name(), StructShape.fieldName(field), descriptor);
            return;
        }
        Type carrier = Type.getType(descriptor);
        code.visitVarInsn(carrier.getOpcode(Opcodes.ISTORE), scratch);
        if (kind == 'V') {
            code.visitVarInsn(Opcodes.LSTORE, scratch + 2);
        }
        code.visitTypeInsn(Opcodes.CHECKCAST, shape.name());
        if (kind == 'V') {
            code.visitInsn(Opcodes.DUP);
            code.visitVarInsn(Opcodes.LLOAD, scratch);
            code.visitFieldInsn(Opcodes.PUTFIELD, shape.name(), StructShape.highName(field), descriptor);
            code.visitVarInsn(Opcodes.LLOAD, scratch + 2);
        } else {
            code.visitVarInsn(carrier.getOpcode(Opcodes.ILOAD), scratch);
        }
        code.visitFieldInsn(Opcodes.PUTFIELD, shape.name(), StructShape.fieldName(field), descriptor);
    }

    /**
     * An operator on arrays: 0xFB 6 to 19.
     *
     * @param other as in {@link dev.airlock.engine.validate.CodeSink#array}
     */
    void array(int opcode, int type, int other, int scratch) {
        int number = opcode & 0xFFFF;
        if (number == 15) {
            call(ACCESS, "length", "(" + OBJECT + ")I");
            return;
        }
        char kind = StructShape.kind(types.apply(type).first()[0].code());
        String value = value(kind);
        switch (number) {
            case 6 -> {
                pushType(type);
                pushHeap();
                call(CREATION, "new" + kind, "(" + value + "I" + TYPE + HEAP + ")" + OBJECT);
            }
            case 7 -> blank(kind, type);
            case 8 -> arrayNewFixed(kind, value, type, other, scratch);
            case 9 -> {
                code.visitVarInsn(Opcodes.ALOAD, instance);
                push(type);
                push(kind);
                push(other);
                call(BULK, "newData", "(IIL" + STATE + ";ICI)" + OBJECT);
            }
            case 10 -> {
                code.visitVarInsn(Opcodes.ALOAD, instance);
                push(type);
                push(other);
                call(BULK, "newElements", "(IIL" + STATE + ";II)" + OBJECT);
            }
            case 11, 12, 13 -> arrayGet(kind, number == 13, scratch);
            case 14 -> arraySet(kind, value, scratch);
            case 16 -> call(ACCESS, "fill" + kind, "(" + OBJECT + "I" + value + "I)V");
            case 17 -> call(BULK, "copy", "(" + OBJECT + "I" + OBJECT + "II)V");
            case 18 -> {
                code.visitVarInsn(Opcodes.ALOAD, instance);
                push(kind);
                push(other);
                call(BULK, "initData", "(" + OBJECT + "IIIL" + STATE + ";CI)V");
            }
            case 19 -> {
                code.visitVarInsn(Opcodes.ALOAD, instance);
                push(other);
                call(BULK, "initElements", "(" + OBJECT + "IIIL" + STATE + ";I)V");
            }
            default -> throw unknown(opcode);
        }
    }

    /** Returns the descriptor of a value of a kind of element. */
    private static String value(char kind) {
        return switch (kind) {
            case 'B', 'S' -> "I";
            case 'V' -> "JJ";
            default -> StructShape.descriptor(kind);
        };
    }

    /** The length is on the stack. */
    private void blank(char kind, int type) {
        push(kind);
        code.visitInsn(Opcodes.SWAP);
        pushType(type);
        pushHeap();
        call(CREATION, "blank", "(CI" + TYPE + HEAP + ")L" + COLLECTED + "ArrayObject;");
    }

    private void arrayNewFixed(char kind, String value, int type, int length, int scratch) {
        push(length);
        blank(kind, type);
        code.visitVarInsn(Opcodes.ASTORE, scratch);
        for (int i = length - 1; i >= 0; i--) {
            code.visitVarInsn(Opcodes.ALOAD, scratch);
            push(i);
            call(CREATION, "put" + kind, "(" + value + OBJECT + "I)V");
        }
        code.visitVarInsn(Opcodes.ALOAD, scratch);
    }

    /**
     * Not by a helper: HotSpot inlines no more of them once a method is large. That the JVM's exception for a wrong index is not
     * one of an access to memory is known by the position.
     */
    private void arrayGet(char kind, boolean unsigned, int scratch) {
        if (kind == 'V') {
            code.visitInsn(Opcodes.DUP2);
            call(ACCESS, "getHighV", "(" + OBJECT + "I)J");
            code.visitVarInsn(Opcodes.LSTORE, scratch);
            call(ACCESS, "getLowV", "(" + OBJECT + "I)J");
            return;
        }
        code.visitInsn(Opcodes.SWAP);
        elements(kind);
        code.visitInsn(Opcodes.SWAP);
        code.visitInsn(elementType(kind).getOpcode(Opcodes.IALOAD));
        widen(kind, unsigned);
    }

    private void arraySet(char kind, String value, int scratch) {
        if (kind == 'V') {
            call(ACCESS, "setV", "(" + OBJECT + "I" + value + ")V");
            return;
        }
        Type carrier = Type.getType(value);
        code.visitVarInsn(carrier.getOpcode(Opcodes.ISTORE), scratch);
        code.visitInsn(Opcodes.SWAP);
        elements(kind);
        code.visitInsn(Opcodes.SWAP);
        code.visitVarInsn(carrier.getOpcode(Opcodes.ILOAD), scratch);
        code.visitInsn(elementType(kind).getOpcode(Opcodes.IASTORE));
    }

    /** Replaces an array by the Java array of its elements. */
    private void elements(char kind) {
        String owner = COLLECTED + "ArrayObject$" + ELEMENTS.get(kind);
        code.visitTypeInsn(Opcodes.CHECKCAST, owner);
        code.visitFieldInsn(
                Opcodes.GETFIELD, owner, "a", "[" + elementType(kind).getDescriptor());
    }

    private static Type elementType(char kind) {
        return Type.getType(StructShape.descriptor(kind));
    }

    /** Leaves an int: whether a reference is of a type, a code of {@link ValueTypes}. */
    void refTest(int type) {
        test(type, "test", "Z");
    }

    /** Leaves the reference, or traps if it is not of the type. */
    void refCast(int type) {
        test(type, "cast", OBJECT);
    }

    /** An operator of 0xFB 26 to 30. */
    void conversion(int opcode) {
        switch (opcode & 0xFFFF) {
            case 26, 27 -> {
                // An object of the host and a value of the guest are the same Java object on either side.
            }
            case 28 -> {
                pushHeap();
                call(INTEGERS, "of", "(I" + HEAP + ")L" + INTEGERS + ";");
            }
            case 29 -> call(INTEGERS, "signed", "(" + OBJECT + ")I");
            case 30 -> call(INTEGERS, "unsigned", "(" + OBJECT + ")I");
            default -> throw unknown(opcode);
        }
    }

    /** Leaves an int. */
    void refEq() {
        call(REFERENCES, "same", "(" + OBJECT + OBJECT + ")Z");
    }

    /** Leaves an int. */
    void refIsNull() {
        call(REFERENCES, "isNull", "(" + OBJECT + ")Z");
    }

    /** Leaves the reference, or traps if it is null. */
    void refAsNonNull() {
        call(REFERENCES, "nonNull", "(" + OBJECT + ")" + OBJECT);
    }

    private void test(int type, String method, String result) {
        String name = ValueTypes.isNullable(type) ? "OrNull" : "";
        int heapType = ValueTypes.heapType(type);
        if (ValueTypes.isAbstract(heapType)) {
            push(heapType & 0x7F);
            call(REFERENCES, method + name, "(" + OBJECT + "I)" + result);
            return;
        }
        DefinedType wanted = types.apply(heapType);
        boolean exact = wanted.isFinal() && wanted.kind() != DefinedType.Kind.FUNC;
        pushType(heapType);
        call(REFERENCES, method + (exact ? "Final" : "") + name, "(" + OBJECT + TYPE + ")" + result);
    }

    private void pushType(int type) {
        code.visitVarInsn(Opcodes.ALOAD, instance);
        code.visitFieldInsn(Opcodes.GETFIELD, STATE, "types", "[" + TYPE);
        push(type);
        code.visitInsn(Opcodes.AALOAD);
    }

    private void pushHeap() {
        code.visitVarInsn(Opcodes.ALOAD, instance);
        code.visitFieldInsn(Opcodes.GETFIELD, STATE, "collected", HEAP);
    }

    private void push(int value) {
        if (value <= Byte.MAX_VALUE) {
            code.visitIntInsn(Opcodes.BIPUSH, value);
        } else if (value <= Short.MAX_VALUE) {
            code.visitIntInsn(Opcodes.SIPUSH, value);
        } else {
            code.visitLdcInsn(value);
        }
    }

    private void call(String owner, String method, String descriptor) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, owner, method, descriptor, false);
    }
}
