package dev.airlock.abi;

import dev.airlock.codegen.Register;
import dev.airlock.shape.ScalarForm;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The steps between Java numbers and core numbers: their bytecode, and what they do. */
final class ScalarCode {
    private ScalarCode() {}

    static void lower(Step.Lower step, StepCode to) {
        to.load(step.value());
        Class<?> given = step.value().type();
        if (!given.isPrimitive() && step.form() != ScalarForm.ENUM) {
            given = unbox(step.value(), to);
        }
        switch (step.form()) {
            case BOOL -> to.call(Scalars.class, "lowerBool");
            case U8, U16 -> {
                if (given == int.class) {
                    named(step.form() == ScalarForm.U8 ? "lowerU8" : "lowerU16", step.value(), to);
                } else {
                    to.asm().visitLdcInsn(step.form() == ScalarForm.U8 ? 0xff : 0xffff);
                    to.asm().visitInsn(Opcodes.IAND);
                }
            }
            case CHAR -> named("lowerChar", step.value(), to);
            case ENUM -> named("lowerEnum", step.value(), to);
            case S8, S16, S32, U32, S64, U64, F32, F64 -> {}
        }
        to.store(step.core());
    }

    /** Unboxes the reference on the stack, which must not be null. */
    private static Class<?> unbox(Register box, StepCode to) {
        Class<?> primitive = MethodType.methodType(box.type()).unwrap().returnType();
        to.asm().visitLdcInsn(box.path());
        to.call(Scalars.class, "notNull");
        to.asm().visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(box.type()));
        to.asm()
                .visitMethodInsn(
                        Opcodes.INVOKEVIRTUAL,
                        Type.getInternalName(box.type()),
                        primitive.getName() + "Value",
                        MethodType.methodType(primitive).toMethodDescriptorString(),
                        false);
        return primitive;
    }

    private static void box(Class<?> boxType, StepCode to) {
        Class<?> primitive = MethodType.methodType(boxType).unwrap().returnType();
        to.asm()
                .visitMethodInsn(
                        Opcodes.INVOKESTATIC,
                        Type.getInternalName(boxType),
                        "valueOf",
                        MethodType.methodType(boxType, primitive).toMethodDescriptorString(),
                        false);
    }

    private static void named(String method, Register value, StepCode to) {
        to.push(value.path());
        to.call(Scalars.class, method);
    }

    static void lift(Step.Lift step, StepCode to) {
        to.load(step.core());
        Class<?> wanted = MethodType.methodType(step.value().type()).unwrap().returnType();
        boolean bits = wanted != int.class;
        switch (step.form()) {
            case BOOL -> to.call(Scalars.class, "liftBool");
            case S8 -> to.call(Scalars.class, "liftS8");
            case S16 -> to.call(Scalars.class, "liftS16");
            case U8 -> to.call(Scalars.class, bits ? "liftS8" : "liftU8");
            case U16 -> to.call(Scalars.class, bits ? "liftS16" : "liftU16");
            case CHAR -> {
                to.push(to.source());
                to.call(Scalars.class, "liftChar");
            }
            case ENUM -> {
                to.push(step.value().type().getEnumConstants(), Object[].class);
                to.push(to.source());
                to.call(Scalars.class, "liftEnum");
            }
            case S32, U32, S64, U64, F32, F64 -> {}
        }
        if (!step.value().type().isPrimitive() && step.form() != ScalarForm.ENUM) {
            box(step.value().type(), to);
        }
        to.store(step.value());
    }

    /** Converts a Java number to a core number. */
    static Object lower(Step.Lower step, @Nullable Object given) {
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

    /** Converts a core number to a Java number. */
    static Object lift(Step.Lift step, Object core, String source) {
        boolean bits = step.value().type() != int.class && step.value().type() != Integer.class;
        return switch (step.form()) {
            case BOOL -> Scalars.liftBool((int) core);
            case S8 -> Scalars.liftS8((int) core);
            case S16 -> Scalars.liftS16((int) core);
            case U8 -> bits ? (Object) Scalars.liftS8((int) core) : (Object) Scalars.liftU8((int) core);
            case U16 -> bits ? (Object) Scalars.liftS16((int) core) : (Object) Scalars.liftU16((int) core);
            case CHAR -> Scalars.liftChar((int) core, source);
            case ENUM -> Scalars.liftEnum((int) core, step.value().type().getEnumConstants(), source);
            case S32, U32, S64, U64, F32, F64 -> core;
        };
    }
}
