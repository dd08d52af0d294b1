package dev.airlock.codegen;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** One method that is being generated: registers are its local variables. */
public final class MethodCode {
    /** For each class, its static methods by name, or its instance methods if none is static; none of overloaded ones. */
    private static final ClassValue<Map<String, Method>> METHODS = new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
            Map<String, List<Method>> named =
                    Stream.of(type.getDeclaredMethods()).collect(Collectors.groupingBy(Method::getName));
            var found = new HashMap<String, Method>();
            named.forEach((name, methods) -> {
                List<Method> ofClass = methods.stream()
                        .filter(method -> Modifier.isStatic(method.getModifiers()))
                        .toList();
                List<Method> candidates = ofClass.isEmpty() ? methods : ofClass;
                if (candidates.size() == 1) {
                    found.put(name, candidates.get(0));
                }
            });
            return found;
        }
    };

    private final MethodVisitor code;
    private final ClassData data;
    private final Map<Register, Integer> slots = new LinkedHashMap<>();
    private int nextSlot = 1;

    /**
     * Starts a method whose first parameter is an object.
     *
     * @param params the parameters after it
     */
    public MethodCode(MethodVisitor code, ClassData data, List<Register> params) {
        this.code = code;
        this.data = data;
        params.forEach(this::slot);
    }

    public MethodVisitor code() {
        return code;
    }

    /** Returns the local variable of a register; the first call makes it. */
    public int slot(Register register) {
        return slots.computeIfAbsent(register, made -> newSlot(made.type()));
    }

    public int newSlot(Class<?> slotType) {
        int slot = nextSlot;
        nextSlot += Type.getType(slotType).getSize();
        return slot;
    }

    public void load(Register register) {
        code.visitVarInsn(Type.getType(register.type()).getOpcode(Opcodes.ILOAD), slot(register));
    }

    public void store(Register register) {
        code.visitVarInsn(Type.getType(register.type()).getOpcode(Opcodes.ISTORE), slot(register));
    }

    /** Pushes an object as a constant of the class. */
    public void pushConstant(Object constant, Class<?> as) {
        data.push(code, constant, as);
    }

    /** Emits a call of a static method of ours, whose arguments are on the stack. */
    public void call(Class<?> owner, String method, Class<?> result, Class<?>... params) {
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                Type.getInternalName(owner),
                method,
                MethodType.methodType(result, params).toMethodDescriptorString(),
                false);
    }

    /**
     * Emits a call of a method of ours whose name is not overloaded (static methods hide others). Its receiver, if it has one,
     * and arguments are on the stack.
     */
    public void callOnly(Class<?> owner, String method) {
        Method found = METHODS.get(owner).get(method);
        if (found == null) {
            throw new LinkageError(owner.getName() + " has no method " + method + ", or several");
        }
        boolean isStatic = Modifier.isStatic(found.getModifiers());
        code.visitMethodInsn(
                isStatic ? Opcodes.INVOKESTATIC : Opcodes.INVOKEVIRTUAL,
                Type.getInternalName(owner),
                method,
                Type.getMethodDescriptor(found),
                false);
    }

    /** Emits a call of a handle, which was pushed before its arguments. */
    public void invoke(MethodType handleType) {
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                Type.getInternalName(MethodHandle.class),
                "invokeExact",
                handleType.toMethodDescriptorString(),
                false);
    }
}
