package dev.airlock.abi;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Generates one hidden class for a plan, with one static method: the plan's registers are its local variables.
 *
 * <p>What the method needs and bytecode cannot name (guest functions, codecs, enum constants) is in the class data.
 */
final class CrossingCompiler {
    private static final String SELF = Type.getInternalName(CrossingCompiler.class) + "$Code";
    private static final Handle CLASS_DATA_AT = new Handle(
            Opcodes.H_INVOKESTATIC,
            Type.getInternalName(MethodHandles.class),
            "classDataAt",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;I)Ljava/lang/Object;",
            false);

    private final Plan plan;
    private final MethodType type;
    private final List<Object> data = new ArrayList<>();
    private final Map<Register, Integer> slots = new LinkedHashMap<>();
    private final MethodVisitor code;
    private int nextSlot = 1;

    private CrossingCompiler(Plan plan, MethodType type, MethodVisitor code) {
        this.plan = plan;
        this.type = type;
        this.code = code;
    }

    /** {@code (Object guest, P…) -> R}, with the plan's registers for parameters and result, erased. */
    static MethodHandle compile(Plan plan, @Nullable PayloadCodec codec, GuestFunctions functions) {
        MethodType exact = javaType(plan);
        // Types that only the user's class loader knows must not stand in our bytecode.
        MethodType erased = MethodType.methodType(
                erase(exact.returnType()),
                exact.parameterList().stream().map(CrossingCompiler::erase).toList());
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected String getCommonSuperClass(String a, String b) {
                return "java/lang/Object";
            }
        };
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC, SELF, null, "java/lang/Object", null);
        MethodVisitor code =
                writer.visitMethod(Opcodes.ACC_STATIC, "cross", erased.toMethodDescriptorString(), null, null);
        var compiler = new CrossingCompiler(plan, erased, code);
        compiler.method(codec, functions);
        writer.visitEnd();
        try {
            MethodHandles.Lookup made =
                    MethodHandles.lookup().defineHiddenClassWithClassData(writer.toByteArray(), compiler.data, true);
            return made.findStatic(made.lookupClass(), "cross", erased);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the code of a crossing cannot be loaded", e);
        }
    }

    /** {@code (Object guest, P…) -> R}. */
    static MethodType javaType(Plan plan) {
        var params = new ArrayList<Class<?>>();
        params.add(Object.class);
        plan.params().forEach(p -> params.add(p.type()));
        return MethodType.methodType(
                plan.result() == null ? void.class : plan.result().type(), params);
    }

    static Class<?> erase(Class<?> type) {
        return type.isPrimitive() || (type.isArray() && type.getComponentType().isPrimitive()) || type == String.class
                ? type
                : Object.class;
    }

    private void method(@Nullable PayloadCodec codec, GuestFunctions functions) {
        plan.params().forEach(this::slot);
        code.visitCode();
        var emitter = new StepEmitter(plan, codec, functions, this);
        Label start = new Label();
        Label end = new Label();
        Label failed = new Label();
        emitter.prepare();
        code.visitTryCatchBlock(start, end, failed, "java/lang/Throwable");
        code.visitLabel(start);
        plan.steps().forEach(emitter::emit);
        if (plan.result() == null) {
            code.visitInsn(Opcodes.RETURN);
        } else {
            load(plan.result());
            code.visitInsn(Type.getType(type.returnType()).getOpcode(Opcodes.IRETURN));
        }
        code.visitLabel(end);
        code.visitLabel(failed);
        emitter.cleanUp();
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    MethodVisitor code() {
        return code;
    }

    /** The local variable of a register, made when it is first named. */
    int slot(Register register) {
        return slots.computeIfAbsent(register, made -> newSlot(made.type()));
    }

    int newSlot(Class<?> slotType) {
        int slot = nextSlot;
        nextSlot += Type.getType(slotType).getSize();
        return slot;
    }

    void load(Register register) {
        code.visitVarInsn(Type.getType(register.type()).getOpcode(Opcodes.ILOAD), slot(register));
    }

    void store(Register register) {
        code.visitVarInsn(Type.getType(register.type()).getOpcode(Opcodes.ISTORE), slot(register));
    }

    /** Pushes an object as a constant of the class. */
    void pushConstant(Object constant, Class<?> as) {
        int index = data.indexOf(constant);
        if (index < 0) {
            index = data.size();
            data.add(constant);
        }
        code.visitLdcInsn(new ConstantDynamic("_", Type.getDescriptor(as), CLASS_DATA_AT, index));
    }

    /** Calls a static method of ours whose arguments are on the stack. */
    void call(Class<?> owner, String method, Class<?> result, Class<?>... params) {
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                Type.getInternalName(owner),
                method,
                MethodType.methodType(result, params).toMethodDescriptorString(),
                false);
    }

    /** Calls a handle that was pushed before its arguments. */
    void invoke(MethodType handleType) {
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                Type.getInternalName(MethodHandle.class),
                "invokeExact",
                handleType.toMethodDescriptorString(),
                false);
    }
}
