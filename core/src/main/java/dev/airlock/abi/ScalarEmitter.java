package dev.airlock.abi;

import dev.airlock.codegen.MethodCode;
import dev.airlock.codegen.Register;
import dev.airlock.shape.ScalarForm;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The bytecode of the steps between Java numbers and core numbers. */
public final class ScalarEmitter {
    private final String giver;
    private final MethodCode to;
    private final MethodVisitor code;

    public ScalarEmitter(String giver, MethodCode to) {
        this.giver = giver;
        this.to = to;
        this.code = to.code();
    }

    public void lower(Step.Lower step) {
        to.load(step.value());
        Class<?> given = step.value().type();
        if (!given.isPrimitive() && step.form() != ScalarForm.ENUM) {
            given = unbox(step.value());
        }
        switch (step.form()) {
            case BOOL -> to.call(Scalars.class, "lowerBool", int.class, boolean.class);
            case U8, U16 -> {
                if (given == int.class) {
                    named(step.form() == ScalarForm.U8 ? "lowerU8" : "lowerU16", int.class, step.value(), int.class);
                } else {
                    code.visitLdcInsn(step.form() == ScalarForm.U8 ? 0xff : 0xffff);
                    code.visitInsn(Opcodes.IAND);
                }
            }
            case CHAR -> named("lowerChar", int.class, step.value(), int.class);
            case ENUM -> named("lowerEnum", int.class, step.value(), Object.class);
            case S8, S16, S32, U32, S64, U64, F32, F64 -> {}
        }
        to.store(step.core());
    }

    /** A box on the stack to its number, which is not null. */
    private Class<?> unbox(Register box) {
        Class<?> primitive = MethodType.methodType(box.type()).unwrap().returnType();
        code.visitLdcInsn(box.path());
        to.call(Scalars.class, "notNull", Object.class, Object.class, String.class);
        code.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(box.type()));
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                Type.getInternalName(box.type()),
                primitive.getName() + "Value",
                MethodType.methodType(primitive).toMethodDescriptorString(),
                false);
        return primitive;
    }

    private void box(Class<?> boxType) {
        Class<?> primitive = MethodType.methodType(boxType).unwrap().returnType();
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                Type.getInternalName(boxType),
                "valueOf",
                MethodType.methodType(boxType, primitive).toMethodDescriptorString(),
                false);
    }

    private void named(String method, Class<?> result, Register value, Class<?> param) {
        code.visitLdcInsn(value.path());
        to.call(Scalars.class, method, result, param, String.class);
    }

    public void lift(Step.Lift step) {
        to.load(step.core());
        Class<?> wanted = MethodType.methodType(step.value().type()).unwrap().returnType();
        boolean bits = wanted != int.class;
        switch (step.form()) {
            case BOOL -> to.call(Scalars.class, "liftBool", boolean.class, int.class);
            case S8 -> to.call(Scalars.class, "liftS8", byte.class, int.class);
            case S16 -> to.call(Scalars.class, "liftS16", short.class, int.class);
            case U8 -> to.call(Scalars.class, bits ? "liftS8" : "liftU8", bits ? byte.class : int.class, int.class);
            case U16 -> to.call(Scalars.class, bits ? "liftS16" : "liftU16", bits ? short.class : int.class, int.class);
            case CHAR -> {
                code.visitLdcInsn(giver);
                to.call(Scalars.class, "liftChar", int.class, int.class, String.class);
            }
            case ENUM -> {
                to.pushConstant(step.value().type().getEnumConstants(), Object[].class);
                code.visitLdcInsn(giver);
                to.call(Scalars.class, "liftEnum", Object.class, int.class, Object[].class, String.class);
            }
            case S32, U32, S64, U64, F32, F64 -> {}
        }
        if (!step.value().type().isPrimitive() && step.form() != ScalarForm.ENUM) {
            box(step.value().type());
        }
        to.store(step.value());
    }

    /** A Java number to a core number. */
    public static Object lower(Step.Lower step, @Nullable Object given) {
        String name = step.value().path();
        Object value = Scalars.notNull(given, name);
        return switch (step.form()) {
            case BOOL -> Scalars.lowerBool((boolean) value);
            case S8, S16 -> ((Number) value).intValue();
            case U8 -> value instanceof Byte bits ? bits & 0xff : (Object) Scalars.lowerU8((int) value, name);
            case U16 -> value instanceof Short bits ? bits & 0xffff : (Object) Scalars.lowerU16((int) value, name);
            case CHAR -> Scalars.lowerChar((int) value, name);
            case ENUM -> Scalars.lowerEnum(value, name);
            case S32, U32, S64, U64, F32, F64 -> value;
        };
    }

    /** A core number to a Java number. */
    public static Object lift(Step.Lift step, Object core, String giver) {
        boolean bits = step.value().type() != int.class && step.value().type() != Integer.class;
        return switch (step.form()) {
            case BOOL -> Scalars.liftBool((int) core);
            case S8 -> Scalars.liftS8((int) core);
            case S16 -> Scalars.liftS16((int) core);
            case U8 -> bits ? (Object) Scalars.liftS8((int) core) : (Object) Scalars.liftU8((int) core);
            case U16 -> bits ? (Object) Scalars.liftS16((int) core) : (Object) Scalars.liftU16((int) core);
            case CHAR -> Scalars.liftChar((int) core, giver);
            case ENUM -> Scalars.liftEnum((int) core, step.value().type().getEnumConstants(), giver);
            case S32, U32, S64, U64, F32, F64 -> core;
        };
    }
}
