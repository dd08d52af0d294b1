package dev.airlock.engine;

import dev.airlock.codegen.Generated;
import dev.airlock.engine.runtime.FuncRef;
import dev.airlock.engine.runtime.InstanceState;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.V128;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Makes the way from a guest to a Java method: a static method with the guest's own parameters, which counts and records the
 * call, and translates what the Java method throws. No box, and no array unless the host function takes one.
 */
final class HostAdapters {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private static final String SELF = Type.getInternalName(HostRef.class);
    private static final String CALL = Type.getInternalName(HostCall.class);
    private static final String TRACED = Type.getInternalName(TracedCall.class);
    private static final String RUNNING = Type.getInternalName(TracedCall.Running.class);
    private static final String CALLER = Type.getDescriptor(Caller.class);
    private static final String RECORDED = Type.getInternalName(RecordedCall.class);
    private static final String SPILLED = Type.getInternalName(Spilled.class);
    private static final String BOXES = "[Ljava/lang/Object;";
    private static final String VECTOR = Type.getDescriptor(V128.class);
    private static final String STATE = Type.getDescriptor(InstanceState.class);

    private HostAdapters() {}

    /**
     * Returns {@code (P..., FuncRef self, InstanceState caller) -> R}.
     *
     * @param body {@code (Object target, Caller, P...) -> R}, where {@link #given} says what the results are; null for a target
     *     that is a {@link HostCall} or takes values
     * @param takesValues whether the target is a {@link HostValues}
     */
    static MethodHandle adapter(CoreFuncType type, @Nullable MethodHandle body, boolean takesValues) {
        CallShape ofGuest = Signatures.shape(type);
        CallShape shape = ofGuest.ofHost();
        MethodType own = shape.direct().appendParameterTypes(FuncRef.class, InstanceState.class);
        int self = slots(shape.direct());
        int caller = self + 1;
        int recorded = self + 2;
        int result = self + 3;
        Class<?> given = takesValues ? Object[].class : body == null ? long[].class : given(type, own);
        ClassWriter writer = Generated.newClass(HostAdapters.class, "HostAdapter");
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "call", own.toMethodDescriptorString(), null, null);
        Label start = new Label();
        Label end = new Label();
        Label failed = new Label();
        code.visitCode();
        code.visitTryCatchBlock(start, end, failed, "java/lang/Throwable");
        code.visitVarInsn(Opcodes.ALOAD, self);
        code.visitTypeInsn(Opcodes.CHECKCAST, SELF);
        code.visitVarInsn(Opcodes.ASTORE, self);
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitVarInsn(Opcodes.ASTORE, recorded);
        code.visitLabel(start);
        onSelf(code, self, "begin", "()L" + RECORDED + ";");
        code.visitVarInsn(Opcodes.ASTORE, recorded);
        if (takesValues) {
            code.visitVarInsn(Opcodes.ALOAD, self);
            if (shape.isWide()) {
                code.visitLdcInsn(shape.params());
                code.visitVarInsn(Opcodes.ALOAD, caller);
                code.visitMethodInsn(
                        Opcodes.INVOKESTATIC, SPILLED, "arguments", "(Ljava/lang/String;" + STATE + ")" + BOXES, false);
            } else {
                box(code, shape.params());
            }
            code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, SELF, "call", "(" + BOXES + ")" + BOXES, false);
        } else if (body == null) {
            target(code, self);
            code.visitTypeInsn(Opcodes.CHECKCAST, CALL);
            onSelf(code, self, "caller", "()" + CALLER);
            if (shape.isWide()) {
                code.visitVarInsn(Opcodes.ALOAD, caller);
                code.visitLdcInsn(type.params().size());
                code.visitMethodInsn(Opcodes.INVOKESTATIC, SELF, "spilledArguments", "(" + STATE + "I)[J", false);
            } else {
                pack(code, shape.params(), 0);
            }
            code.visitMethodInsn(Opcodes.INVOKEINTERFACE, CALL, "call", "(" + CALLER + "[J)[J", true);
        } else {
            Generated.pushHandle(code);
            target(code, self);
            onSelf(code, self, "caller", "()" + CALLER);
            Generated.loadParameters(code, shape.direct(), 0);
            Generated.invokeHandle(code, bodyType(shape, given));
        }
        store(code, given, result);
        endRecorded(code, recorded);
        code.visitLabel(end);
        if (given == long[].class) {
            code.visitVarInsn(Opcodes.ALOAD, self);
            code.visitVarInsn(Opcodes.ALOAD, result);
            code.visitVarInsn(Opcodes.ALOAD, caller);
            code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, SELF, "results", "([J" + STATE + ")[J", false);
            if (own.returnType() == void.class) {
                code.visitInsn(Opcodes.POP);
            } else {
                code.visitInsn(Opcodes.ICONST_0);
                code.visitInsn(Opcodes.LALOAD);
                RawBits.fromLong(code, own.returnType());
            }
        } else if (given == Object[].class) {
            code.visitVarInsn(Opcodes.ALOAD, self);
            code.visitVarInsn(Opcodes.ALOAD, result);
            code.visitVarInsn(Opcodes.ALOAD, caller);
            code.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL, SELF, "values", "(" + BOXES + STATE + ")Ljava/lang/Object;", false);
            unbox(code, own.returnType());
        } else if (given == V128.class) {
            code.visitVarInsn(Opcodes.ALOAD, result);
            code.visitVarInsn(Opcodes.ALOAD, caller);
            code.visitMethodInsn(Opcodes.INVOKESTATIC, SPILLED, "high", "(" + VECTOR + STATE + ")J", false);
        } else if (given != void.class) {
            code.visitVarInsn(Type.getType(given).getOpcode(Opcodes.ILOAD), result);
        }
        Generated.returnResult(code, own.returnType());
        code.visitLabel(failed);
        code.visitVarInsn(Opcodes.ASTORE, result);
        endRecorded(code, recorded);
        code.visitVarInsn(Opcodes.ALOAD, self);
        code.visitVarInsn(Opcodes.ALOAD, result);
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, SELF, "failed", "(Ljava/lang/Throwable;)Ljava/lang/Throwable;", false);
        code.visitInsn(Opcodes.ATHROW);
        code.visitMaxs(0, 0);
        code.visitEnd();
        return SpilledParameters.taken(
                ofGuest, defined(writer, body == null ? type : body.asType(bodyType(shape, given)), "call", own));
    }

    /** Returns what a body returns: several results in an array of raw bits or boxes, as {@link Signatures#resultCarrier}. */
    private static Class<?> given(CoreFuncType type, MethodType own) {
        if (type.results().size() == 1) {
            return type.results().get(0) == CoreValType.V128 ? V128.class : own.returnType();
        }
        return Signatures.resultCarrier(type);
    }

    private static MethodType bodyType(CallShape shape, Class<?> given) {
        return shape.direct().changeReturnType(given).insertParameterTypes(0, Object.class, Caller.class);
    }

    /**
     * Returns the same body for a target that is a {@link TracedCall} around the real one.
     *
     * @param body {@code (Object target, Caller, P...) -> R}
     */
    static MethodHandle traced(CoreFuncType type, MethodHandle body) {
        CallShape shape = Signatures.shape(type).ofHost();
        MethodType own = bodyType(shape, given(type, shape.direct()));
        int running = slots(own);
        int result = running + 1;
        ClassWriter writer = Generated.newClass(HostAdapters.class, "TracedAdapter");
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "call", own.toMethodDescriptorString(), null, null);
        Label start = new Label();
        Label end = new Label();
        Label failed = new Label();
        code.visitCode();
        code.visitTryCatchBlock(start, end, failed, "java/lang/Throwable");
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitTypeInsn(Opcodes.CHECKCAST, TRACED);
        code.visitVarInsn(Opcodes.ASTORE, 0);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        pack(code, shape.params(), 2);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, TRACED, "begin", "(" + CALLER + "[J)L" + RUNNING + ";", false);
        code.visitVarInsn(Opcodes.ASTORE, running);
        code.visitLabel(start);
        Generated.pushHandle(code);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitFieldInsn(Opcodes.GETFIELD, TRACED, "target", "Ljava/lang/Object;");
        code.visitVarInsn(Opcodes.ALOAD, 1);
        Generated.loadParameters(code, shape.direct(), 2);
        Generated.invokeHandle(code, own);
        store(code, own.returnType(), result);
        code.visitLabel(end);
        code.visitVarInsn(Opcodes.ALOAD, running);
        if (own.returnType() == long[].class) {
            code.visitVarInsn(Opcodes.ALOAD, result);
        } else if (own.returnType() == Object[].class || own.returnType() == V128.class) {
            // The tracer shows the types of such results.
            code.visitLdcInsn(shape.results().length());
            code.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_LONG);
        } else {
            pack(code, shape.results(), result);
        }
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, RUNNING, "returned", "([J)V", false);
        if (own.returnType() != void.class) {
            code.visitVarInsn(Type.getType(own.returnType()).getOpcode(Opcodes.ILOAD), result);
        }
        Generated.returnResult(code, own.returnType());
        code.visitLabel(failed);
        code.visitVarInsn(Opcodes.ASTORE, result);
        code.visitVarInsn(Opcodes.ALOAD, running);
        code.visitVarInsn(Opcodes.ALOAD, result);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, RUNNING, "threw", "(Ljava/lang/Throwable;)V", false);
        code.visitVarInsn(Opcodes.ALOAD, result);
        code.visitInsn(Opcodes.ATHROW);
        code.visitMaxs(0, 0);
        code.visitEnd();
        return defined(writer, body.asType(own), "call", own);
    }

    /**
     * Returns {@code (P..., FuncRef self, InstanceState caller) -> R} for functions of the canonical ABI.
     *
     * @param inside {@code (Object target, P...) -> R}; the target is that of {@link CoreFunc#targetOf}
     */
    static MethodHandle ofTarget(MethodHandle inside) {
        MethodType params = inside.type().dropParameterTypes(0, 1);
        MethodType own = params.appendParameterTypes(FuncRef.class, InstanceState.class);
        ClassWriter writer = Generated.newClass(HostAdapters.class, "TargetAdapter");
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "call", own.toMethodDescriptorString(), null, null);
        code.visitCode();
        Generated.pushHandle(code);
        code.visitVarInsn(Opcodes.ALOAD, slots(params));
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                Type.getInternalName(CoreFunc.class),
                "targetOf",
                "(" + Type.getDescriptor(FuncRef.class) + ")Ljava/lang/Object;",
                false);
        Generated.loadParameters(code, params, 0);
        Generated.invokeHandle(code, inside.type());
        Generated.returnResult(code, own.returnType());
        code.visitMaxs(0, 0);
        code.visitEnd();
        return defined(writer, inside, "call", own);
    }

    private static MethodHandle defined(ClassWriter writer, Object data, String name, MethodType type) {
        MethodHandles.Lookup made = Generated.define(LOOKUP, writer, data);
        try {
            return made.findStatic(made.lookupClass(), name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a generated class lacks its method", e);
        }
    }

    private static int slots(MethodType type) {
        return (Type.getArgumentsAndReturnSizes(type.toMethodDescriptorString()) >> 2) - 1;
    }

    private static void target(MethodVisitor code, int self) {
        code.visitVarInsn(Opcodes.ALOAD, self);
        code.visitFieldInsn(Opcodes.GETFIELD, SELF, "target", "Ljava/lang/Object;");
    }

    private static void onSelf(MethodVisitor code, int self, String method, String descriptor) {
        code.visitVarInsn(Opcodes.ALOAD, self);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, SELF, method, descriptor, false);
    }

    private static void store(MethodVisitor code, Class<?> type, int slot) {
        if (type != void.class) {
            code.visitVarInsn(Type.getType(type).getOpcode(Opcodes.ISTORE), slot);
        }
    }

    /** Pushes an array with the raw bits of values in local variables. References and vectors have none. */
    private static void pack(MethodVisitor code, String carriers, int firstSlot) {
        code.visitLdcInsn(carriers.length());
        code.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_LONG);
        int slot = firstSlot;
        for (int i = 0; i < carriers.length(); i++) {
            Class<?> carrier = CallShape.type(carriers.charAt(i));
            Type type = Type.getType(carrier);
            if (carriers.charAt(i) == 'V') {
                slot += type.getSize();
            } else if (carrier.isPrimitive()) {
                code.visitInsn(Opcodes.DUP);
                code.visitLdcInsn(i);
                code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), slot);
                RawBits.toLong(code, carrier);
                code.visitInsn(Opcodes.LASTORE);
            }
            slot += type.getSize();
        }
    }

    /** Pushes an array with the arguments in their boxes, a vector as {@link V128}. */
    private static void box(MethodVisitor code, String carriers) {
        code.visitLdcInsn(carriers.length());
        code.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
        int slot = 0;
        for (int i = 0; i < carriers.length(); i++) {
            char carrier = carriers.charAt(i);
            Type type = Type.getType(CallShape.type(carrier));
            code.visitInsn(Opcodes.DUP);
            code.visitLdcInsn(i);
            code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), slot);
            slot += type.getSize();
            if (carrier == 'V') {
                code.visitVarInsn(Opcodes.LLOAD, slot);
                slot += type.getSize();
                code.visitMethodInsn(
                        Opcodes.INVOKESTATIC, Type.getInternalName(HostTypes.class), "vector", "(JJ)" + VECTOR, false);
            } else if (carrier != 'L') {
                Class<?> boxed =
                        MethodType.methodType(CallShape.type(carrier)).wrap().returnType();
                code.visitMethodInsn(
                        Opcodes.INVOKESTATIC,
                        Type.getInternalName(boxed),
                        "valueOf",
                        "(" + type.getDescriptor() + ")" + Type.getDescriptor(boxed),
                        false);
            }
            code.visitInsn(Opcodes.AASTORE);
        }
    }

    private static void unbox(MethodVisitor code, Class<?> type) {
        if (type == void.class) {
            code.visitInsn(Opcodes.POP);
        } else if (type.isPrimitive()) {
            code.visitTypeInsn(Opcodes.CHECKCAST, "java/lang/Number");
            code.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL,
                    "java/lang/Number",
                    type.getName() + "Value",
                    "()" + Type.getDescriptor(type),
                    false);
        }
    }

    private static void endRecorded(MethodVisitor code, int recorded) {
        Label unrecorded = new Label();
        code.visitVarInsn(Opcodes.ALOAD, recorded);
        code.visitJumpInsn(Opcodes.IFNULL, unrecorded);
        code.visitVarInsn(Opcodes.ALOAD, recorded);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, RECORDED, "end", "()V", false);
        code.visitLabel(unrecorded);
    }
}
