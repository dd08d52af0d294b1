package dev.airlock.abi;

import dev.airlock.codegen.HiddenClass;
import dev.airlock.codegen.MethodCode;
import dev.airlock.codegen.Register;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** One method that steps emit their bytecode into. Registers are its local variables; its first one is the context. */
public abstract class StepCode {
    private final Plan plan;
    private final String source;
    private final MethodCode to;
    private final MethodVisitor asm;
    private final PlanCompiler compiler;
    /** Whether the steps within the one at hand may go to methods of their own. */
    private boolean divides;

    protected StepCode(Plan plan, MethodCode to, PlanCompiler compiler) {
        this.plan = plan;
        this.source = plan.source();
        this.to = to;
        this.asm = to.code();
        this.compiler = compiler;
    }

    /** The whole plan. */
    public final Plan plan() {
        return plan;
    }

    /** Describes whose values are read, for messages. */
    public final String source() {
        return source;
    }

    /** For single instructions. */
    public final MethodVisitor asm() {
        return asm;
    }

    /** The function that is called. */
    public abstract MethodHandle target();

    /** Returns what the code calls a type. */
    public abstract Class<?> erase(Class<?> type);

    /** Before the steps. */
    protected abstract void begin();

    /** After the steps, when the result has been returned. */
    protected abstract void end();

    /** Pushes a register. */
    public final void load(Register register) {
        to.load(register);
    }

    /** Pushes a register, or null. */
    public final void loadOrNull(@Nullable Register register) {
        if (register == null) {
            asm.visitInsn(Opcodes.ACONST_NULL);
        } else {
            to.load(register);
        }
    }

    /** Pops into a register. */
    public final void store(Register register) {
        to.store(register);
    }

    /** Casts the reference on the stack to what the code calls a register's type, and pops it into the register. */
    public final void storeCast(Register register) {
        cast(erase(register.type()));
        to.store(register);
    }

    /** Casts the reference on the stack. */
    public final void cast(Class<?> type) {
        if (type != Object.class) {
            asm.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(type));
        }
    }

    /** Makes a local variable. */
    public final int newSlot(Class<?> type) {
        return to.newSlot(type);
    }

    /** The local variable of a register. */
    public final int slot(Register register) {
        return to.slot(register);
    }

    /** Pushes a number. */
    public final void push(int number) {
        asm.visitLdcInsn(number);
    }

    /** Pushes a string. */
    public final void push(String text) {
        asm.visitLdcInsn(text);
    }

    /** Pushes a flag. */
    public final void push(boolean flag) {
        asm.visitInsn(flag ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
    }

    /** Pushes an object that is a constant of the class. */
    public final void push(Object constant, Class<?> as) {
        to.pushConstant(constant, as);
    }

    /** Pushes a constant of an enum that the class may access. */
    public final void push(Enum<?> constant) {
        Class<?> type = constant.getDeclaringClass();
        asm.visitFieldInsn(Opcodes.GETSTATIC, Type.getInternalName(type), constant.name(), Type.getDescriptor(type));
    }

    /** Pushes {@code register + offset}. */
    public final void pushSum(Register register, int offset) {
        load(register);
        if (offset != 0) {
            push(offset);
            asm.visitInsn(Opcodes.IADD);
        }
    }

    /** Calls the only method of a name that a class of ours has: its receiver, if it has one, and arguments are on the stack. */
    public final void call(Class<?> owner, String method) {
        to.callOnly(owner, method);
    }

    /** Calls a static method whose arguments are on the stack. */
    public final void call(Class<?> owner, String method, Class<?> result, Class<?>... params) {
        to.call(owner, method, result, params);
    }

    /** Calls an instance method whose receiver and arguments are on the stack. */
    public final void callVirtual(Class<?> owner, String method, Class<?> result, Class<?>... params) {
        asm.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                Type.getInternalName(owner),
                method,
                MethodType.methodType(result, params).toMethodDescriptorString(),
                false);
    }

    /** Calls a handle, as a type, with what {@code args} pushes. */
    public final void handle(MethodHandle handle, MethodType type, Runnable args) {
        push(handle.asType(type), MethodHandle.class);
        args.run();
        to.invoke(type);
    }

    /** Calls a handle that was pushed before its arguments. */
    public final void invoke(MethodType type) {
        to.invoke(type);
    }

    /** Emits the steps within the one at hand. */
    public final void steps(List<Step> steps) {
        if (divides && PlanCompiler.isWorthAMethod(steps)) {
            call(compiler.outline(steps));
            return;
        }
        boolean before = divides;
        divides = false;
        steps.forEach(step -> step.emit(this));
        divides = before;
    }

    /** Whether the steps within the one at hand may go to methods of their own. */
    public final boolean divides() {
        return divides;
    }

    /** Emits a step, and may outline the steps within it. */
    final void emitDivided(Step step) {
        divides = true;
        step.emit(this);
        divides = false;
    }

    /** Returns from the method: several results in an array. */
    final void giveBack(List<Register> results) {
        if (results.isEmpty()) {
            asm.visitInsn(Opcodes.RETURN);
        } else if (results.size() == 1) {
            load(results.get(0));
            asm.visitInsn(HiddenClass.opcode(erase(results.get(0).type()), Opcodes.IRETURN));
        } else {
            Several.pack(this, results);
            asm.visitInsn(Opcodes.ARETURN);
        }
    }

    /** Calls a method that has steps. */
    final void call(PlanCompiler.Outlined outlined) {
        asm.visitVarInsn(Opcodes.ALOAD, 0);
        outlined.in().forEach(this::load);
        compiler.call(asm, outlined);
        if (outlined.out().size() == 1) {
            store(outlined.out().get(0));
        } else if (!outlined.out().isEmpty()) {
            Several.unpack(this, outlined.out());
        }
    }
}
