package dev.airlock.engine.simd;

import dev.airlock.engine.simd.VectorEmitter.Emission;
import dev.airlock.engine.simd.VectorObjectOperators.Recipe;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Emits operators of {@code jdk.incubator.vector}, whose classes are named only in generated code: the module is there if the
 * JVM was started with it. C2 makes instructions of them if they stand in the method itself, not in a helper.
 */
public final class VectorObjectCode {
    private static final String PACKAGE = "jdk/incubator/vector/";
    private static final String VECTOR = "L" + PACKAGE + "Vector;";
    private static final String MASK = "L" + PACKAGE + "VectorMask;";
    private static final String SHUFFLE = "L" + PACKAGE + "VectorShuffle;";
    private static final String SPECIES = "L" + PACKAGE + "VectorSpecies;";
    private static final String OPERATORS = PACKAGE + "VectorOperators";
    private static final String BINARY = "L" + OPERATORS + "$Binary;";
    private static final String COMPARISON = "L" + OPERATORS + "$Comparison;";

    /** The class of a vector in locals. */
    public static final String BYTES = PACKAGE + "ByteVector";

    private static final String CONSTANTS = "dev/airlock/engine/vector/VectorConstants";

    /** Whether vectors are objects: if the JVM has the module and the system property says so. */
    public static final boolean IS_CHOSEN = "module".equals(System.getProperty("airlock.vectors"))
            && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private final Emission operands;
    private final MethodVisitor code;
    private final int number;
    private final int lane;

    VectorObjectCode(Emission operands, int number, int lane) {
        this.operands = operands;
        this.code = operands.code();
        this.number = number;
        this.lane = lane;
    }

    private static String owner(char type) {
        return PACKAGE
                + switch (type) {
                    case 'B' -> "ByteVector";
                    case 'S' -> "ShortVector";
                    case 'I' -> "IntVector";
                    case 'L' -> "LongVector";
                    case 'F' -> "FloatVector";
                    default -> "DoubleVector";
                };
    }

    /** Returns the descriptor of a lane's type. */
    private static char lane(char type) {
        return type == 'L' ? 'J' : type;
    }

    private static String reference(char type) {
        return "L" + owner(type) + ";";
    }

    /** Turns a vector on the JVM's stack into one of other lanes. */
    static void reinterpret(MethodVisitor code, char from, char to) {
        if (from != to) {
            String name = switch (to) {
                case 'B' -> "reinterpretAsBytes";
                case 'S' -> "reinterpretAsShorts";
                case 'I' -> "reinterpretAsInts";
                case 'L' -> "reinterpretAsLongs";
                case 'F' -> "reinterpretAsFloats";
                default -> "reinterpretAsDoubles";
            };
            code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, owner(from), name, "()" + reference(to), false);
        }
    }

    private static void species(MethodVisitor code, char type) {
        code.visitFieldInsn(Opcodes.GETSTATIC, owner(type), "SPECIES_128", SPECIES);
    }

    /** Pushes a half of a vector in a local. */
    static void pushHalf(MethodVisitor code, int local, int half) {
        code.visitVarInsn(Opcodes.ALOAD, local);
        reinterpret(code, 'B', 'L');
        VectorEmitter.intConstant(code, half);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, owner('L'), "lane", "(I)J", false);
    }

    /** Pushes a lane of 32 bits. */
    static void pushWord(MethodVisitor code, int local, int word) {
        code.visitVarInsn(Opcodes.ALOAD, local);
        reinterpret(code, 'B', 'I');
        VectorEmitter.intConstant(code, word);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, owner('I'), "lane", "(I)I", false);
    }

    /** Makes a vector of bytes of two longs on the JVM's stack, the high half on top. */
    static void fromHalves(MethodVisitor code) {
        code.visitInsn(Opcodes.DUP2_X2);
        code.visitInsn(Opcodes.POP2);
        species(code, 'L');
        code.visitInsn(Opcodes.DUP_X2);
        code.visitInsn(Opcodes.POP);
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC, owner('L'), "broadcast", "(" + SPECIES + "J)" + reference('L'), false);
        code.visitInsn(Opcodes.DUP_X2);
        code.visitInsn(Opcodes.POP);
        code.visitInsn(Opcodes.ICONST_1);
        code.visitInsn(Opcodes.DUP_X2);
        code.visitInsn(Opcodes.POP);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, owner('L'), "withLane", "(IJ)" + reference('L'), false);
        reinterpret(code, 'L', 'B');
    }

    /**
     * Pushes a constant. It is made by an operator and is no object of the class file: where the two meet in a loop, C2 would have
     * to make an object of every vector.
     */
    static void constant(MethodVisitor code, long low, long high) {
        if (low == high) {
            species(code, 'L');
            VectorEmitter.longConstant(code, low);
            code.visitMethodInsn(
                    Opcodes.INVOKESTATIC, owner('L'), "broadcast", "(" + SPECIES + "J)" + reference('L'), false);
            reinterpret(code, 'L', 'B');
            return;
        }
        VectorEmitter.longConstant(code, low);
        VectorEmitter.longConstant(code, high);
        fromHalves(code);
    }

    private static ConstantDynamic dynamic(String name, String type, long low, long high) {
        String descriptor =
                "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;JJ)Ljava/lang/Object;";
        return new ConstantDynamic(
                name, type, new Handle(Opcodes.H_INVOKESTATIC, CONSTANTS, name, descriptor, false), low, high);
    }

    /** Pushes 16 bytes of an array on the JVM's stack, at the index on top of it. */
    public static void load(MethodVisitor code) {
        species(code, 'B');
        code.visitInsn(Opcodes.DUP_X2);
        code.visitInsn(Opcodes.POP);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, BYTES, "fromArray", "(" + SPECIES + "[BI)L" + BYTES + ";", false);
    }

    /** Stores a vector into an array; the vector, the array and the index are on the JVM's stack. */
    public static void store(MethodVisitor code) {
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, BYTES, "intoArray", "([BI)V", false);
    }

    /** Emits the operator, if it is one of that module. Returns whether it did; a vector of bytes is on the JVM's stack then. */
    boolean emit(long low, long high) {
        if (number == 0x0D) {
            shuffle(low, high);
            return true;
        }
        Recipe recipe = VectorObjectOperators.of(number);
        if (recipe == null) {
            return false;
        }
        char type = recipe.type();
        switch (recipe.kind()) {
            case UNARY -> {
                vector(0, type);
                operator(recipe);
                lanewise(type, "L" + OPERATORS + "$Unary;");
            }
            case BINARY -> {
                vector(0, type);
                operator(recipe);
                vector(1, type);
                lanewise(type, BINARY + VECTOR);
            }
            case SHIFT -> shift(recipe);
            case COMPARE -> compare(recipe, false);
            case COMPARE_UNSIGNED -> compare(recipe, true);
            case EXTREME_UNSIGNED -> {
                vector(0, type);
                vector(1, type);
                mask(recipe, true);
                blend(type);
            }
            case CHOOSE_LESS -> {
                vector(0, type);
                vector(1, type);
                mask(recipe, false);
                blend(type);
            }
            case ADD_SATURATING_UNSIGNED -> addSaturating(type);
            case SUBTRACT_SATURATING_UNSIGNED -> subtractSaturating(type);
            case SIGN_BITS -> signBits(recipe);
            case MULTIPLY_ADD -> multiplyAdd(recipe);
            case BLEND -> bitSelect();
            case AND_NOT -> {
                vector(0, 'B');
                constantOperator("AND_NOT", "Binary");
                vector(1, 'B');
                lanewise('B', BINARY + VECTOR);
            }
            case SPLAT -> splat(bitsOf(type));
            case EXTRACT -> {
                extract(recipe);
                return true;
            }
            case REPLACE -> {
                char bits = bitsOf(type);
                vector(operands.vectorIndex(0), bits);
                VectorEmitter.intConstant(code, lane);
                scalar(bits);
                code.visitMethodInsn(
                        Opcodes.INVOKEVIRTUAL,
                        owner(bits),
                        "withLane",
                        "(I" + lane(bits) + ")" + reference(bits),
                        false);
            }
        }
        reinterpret(code, resultType(recipe), 'B');
        return true;
    }

    private static char resultType(Recipe recipe) {
        return switch (recipe.kind()) {
            case SIGN_BITS, SPLAT, REPLACE -> bitsOf(recipe.type());
            default -> recipe.type();
        };
    }

    /** Pushes an operand as a vector of lanes of a type. */
    private void vector(int operand, char type) {
        VectorForm form = operands.form(operand);
        if (form == VectorForm.OBJECT) {
            code.visitVarInsn(Opcodes.ALOAD, operands.operands()[operand]);
        } else {
            operands.half(operand, 0);
            operands.half(operand, 1);
            fromHalves(code);
        }
        reinterpret(code, 'B', type);
    }

    private void operator(Recipe recipe) {
        constantOperator(recipe.name(), recipe.constantType());
    }

    private void constantOperator(String name, String type) {
        code.visitFieldInsn(Opcodes.GETSTATIC, OPERATORS, name, "L" + OPERATORS + "$" + type + ";");
    }

    private void lanewise(char type, String parameters) {
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, owner(type), "lanewise", "(" + parameters + ")" + reference(type), false);
    }

    /** The type of lanes of the same bits: the module's methods that take or give one float make NaNs canonical. */
    private static char bitsOf(char type) {
        return type == 'F' ? 'I' : type == 'D' ? 'L' : type;
    }

    /** Pushes the scalar operand as a lane of a type, which is no float. */
    private void scalar(char type) {
        char given = operands.scalarType();
        if (given == 'F' || given == 'D') {
            operands.scalarAs(given == 'F' ? VectorForm.INTS : VectorForm.LONGS);
            return;
        }
        operands.scalar();
        if (type == 'B') {
            code.visitInsn(Opcodes.I2B);
        } else if (type == 'S') {
            code.visitInsn(Opcodes.I2S);
        }
    }

    private void shift(Recipe recipe) {
        char type = recipe.type();
        vector(0, type);
        operator(recipe);
        operands.scalar();
        int bits = type == 'B' ? 8 : type == 'S' ? 16 : type == 'I' ? 32 : 64;
        VectorEmitter.intConstant(code, bits - 1);
        code.visitInsn(Opcodes.IAND);
        switch (type) {
            case 'B' -> code.visitInsn(Opcodes.I2B);
            case 'S' -> code.visitInsn(Opcodes.I2S);
            case 'L' -> code.visitInsn(Opcodes.I2L);
            default -> {
                // An int as it is.
            }
        }
        lanewise(type, BINARY + lane(type));
    }

    /** Pushes the mask of a comparison of both operands. */
    private void mask(Recipe recipe, boolean isUnsigned) {
        char type = recipe.type();
        vector(0, type);
        if (isUnsigned) {
            flipSigns(type);
        }
        operator(recipe);
        vector(1, type);
        if (isUnsigned) {
            flipSigns(type);
        }
        compareMethod(type);
    }

    private void compareMethod(char type) {
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, owner(type), "compare", "(" + COMPARISON + VECTOR + ")" + MASK, false);
    }

    private void flipSigns(char type) {
        constantOperator("XOR", "Associative");
        pushLane(type, type == 'B' ? 0x80 : type == 'S' ? 0x8000 : 0x8000_0000L);
        lanewise(type, BINARY + lane(type));
    }

    private void pushLane(char type, long value) {
        switch (type) {
            case 'B' -> VectorEmitter.intConstant(code, (byte) value);
            case 'S' -> VectorEmitter.intConstant(code, (short) value);
            case 'I' -> VectorEmitter.intConstant(code, (int) value);
            default -> VectorEmitter.longConstant(code, value);
        }
    }

    private void blend(char type) {
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, owner(type), "blend", "(" + VECTOR + MASK + ")" + reference(type), false);
    }

    /** Lanes of ones where a comparison holds: the operator's result has the type of its operands, whatever the bits mean. */
    private void compare(Recipe recipe, boolean isUnsigned) {
        char type = recipe.type();
        constant(code, 0, 0);
        reinterpret(code, 'B', type);
        constant(code, -1, -1);
        reinterpret(code, 'B', type);
        mask(recipe, isUnsigned);
        blend(type);
    }

    private void addSaturating(char type) {
        sum(type);
        constant(code, -1, -1);
        reinterpret(code, 'B', type);
        sum(type);
        flipSigns(type);
        constantOperator("LT", "Comparison");
        vector(0, type);
        flipSigns(type);
        compareMethod(type);
        blend(type);
    }

    private void sum(char type) {
        vector(0, type);
        constantOperator("ADD", "Associative");
        vector(1, type);
        lanewise(type, BINARY + VECTOR);
    }

    private void subtractSaturating(char type) {
        vector(0, type);
        constantOperator("SUB", "Binary");
        vector(1, type);
        lanewise(type, BINARY + VECTOR);
        constant(code, 0, 0);
        reinterpret(code, 'B', type);
        vector(0, type);
        flipSigns(type);
        constantOperator("LT", "Comparison");
        vector(1, type);
        flipSigns(type);
        compareMethod(type);
        blend(type);
    }

    private void signBits(Recipe recipe) {
        boolean isFloat = recipe.type() == 'F';
        boolean isAbs = recipe.name().equals("AND");
        char bits = bitsOf(recipe.type());
        vector(0, bits);
        operator(recipe);
        if (isFloat) {
            VectorEmitter.intConstant(code, isAbs ? Integer.MAX_VALUE : Integer.MIN_VALUE);
        } else {
            VectorEmitter.longConstant(code, isAbs ? Long.MAX_VALUE : Long.MIN_VALUE);
        }
        lanewise(bits, BINARY + lane(bits));
    }

    /** Not fused. A product that is subtracted from the sum is the same as its negative added. */
    private void multiplyAdd(Recipe recipe) {
        char type = recipe.type();
        if (recipe.name().equals("SUB")) {
            vector(2, type);
            constantOperator("SUB", "Binary");
            product(type);
        } else {
            product(type);
            constantOperator("ADD", "Associative");
            vector(2, type);
        }
        lanewise(type, BINARY + VECTOR);
    }

    private void product(char type) {
        vector(0, type);
        constantOperator("MUL", "Associative");
        vector(1, type);
        lanewise(type, BINARY + VECTOR);
    }

    /** {@code (a ^ b) & mask ^ b}. */
    private void bitSelect() {
        vector(0, 'B');
        bits("XOR", 1);
        bits("AND", 2);
        bits("XOR", 1);
    }

    private void bits(String name, int operand) {
        constantOperator(name, "Associative");
        vector(operand, 'B');
        lanewise('B', BINARY + VECTOR);
    }

    private void splat(char type) {
        species(code, type);
        scalar(type);
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                owner(type),
                "broadcast",
                "(" + SPECIES + lane(type) + ")" + reference(type),
                false);
    }

    private void extract(Recipe recipe) {
        char type = bitsOf(recipe.type());
        vector(0, type);
        VectorEmitter.intConstant(code, lane);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, owner(type), "lane", "(I)" + lane(type), false);
        if (type != recipe.type()) {
            VectorLaneCode.fromBits(code, type == 'I' ? VectorForm.FLOATS : VectorForm.DOUBLES);
        }
        if (recipe.name().equals("u")) {
            VectorEmitter.intConstant(code, type == 'B' ? 0xFF : 0xFFFF);
            code.visitInsn(Opcodes.IAND);
        }
    }

    private void shuffle(long low, long high) {
        long second = 0x1010_1010_1010_1010L;
        boolean isSame = operands.operands()[0] == operands.operands()[1];
        boolean isFirst = isSame || ((low | high) & second) == 0;
        if (isFirst || (low & high & second) == second) {
            vector(isFirst ? 0 : 1, 'B');
            code.visitLdcInsn(dynamic("shuffle", SHUFFLE, low & ~second, high & ~second));
            code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, BYTES, "rearrange", "(" + SHUFFLE + ")L" + BYTES + ";", false);
            return;
        }
        vector(0, 'B');
        code.visitLdcInsn(dynamic("shuffle", SHUFFLE, low, high));
        vector(1, 'B');
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, BYTES, "rearrange", "(" + SHUFFLE + VECTOR + ")L" + BYTES + ";", false);
    }
}
