package dev.airlock.abi;

import dev.airlock.codegen.HiddenClass;
import dev.airlock.codegen.Register;
import dev.airlock.shape.ScalarForm;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/**
 * One step of a {@link Plan}. Steps run in order, and each reads registers that earlier ones have set.
 *
 * <p>A step says what it reads and sets, emits its own bytecode and runs itself. So there is one interpreter and one
 * compiler for all steps, and a new step cannot be forgotten by either.
 *
 * <p>Offsets are in bytes, from the start of the guest's first memory.
 */
public interface Step {
    /** Declares the registers that the step reads and sets, in this order, and the steps within it. */
    void operands(Operands operands);

    /** Emits the step's bytecode. */
    void emit(StepCode code);

    /** Runs the step. */
    void run(Frame frame) throws Throwable;

    /** Estimates the bytes of the step's bytecode, on the high side: without its reads and the steps within it. */
    default int weight() {
        return 30;
    }

    /** Whether the steps within this one may go to methods of their own. */
    default boolean isBranching() {
        return false;
    }

    /** Indents steps within another. */
    static String inner(List<Step> steps, String indent) {
        return steps.stream()
                .map(step -> "\n" + indent + step.toString().replace("\n", "\n" + indent))
                .collect(Collectors.joining());
    }

    /** Joins the names of registers. */
    static String names(List<Register> registers) {
        return registers.stream().map(Register::name).collect(Collectors.joining(", "));
    }

    /** Converts a Java number to a core number, checked against its range. */
    record Lower(Register core, Register value, ScalarForm form) implements Step {
        @Override
        public void operands(Operands operands) {
            operands.reads(value).sets(form.core().carrier(), core);
        }

        @Override
        public void emit(StepCode code) {
            ScalarCode.lower(this, code);
        }

        @Override
        public void run(Frame frame) {
            frame.set(core, ScalarCode.lower(this, frame.get(value)));
        }

        @Override
        public String toString() {
            return core + " = " + form.name().toLowerCase(Locale.ROOT) + "(" + value + ")";
        }
    }

    /** Converts a core number to a Java number. */
    record Lift(Register value, Register core, ScalarForm form) implements Step {
        @Override
        public void operands(Operands operands) {
            operands.reads(form.core().carrier(), core).sets(value);
        }

        @Override
        public void emit(StepCode code) {
            ScalarCode.lift(this, code);
        }

        @Override
        public void run(Frame frame) {
            frame.set(value, ScalarCode.lift(this, frame.object(core), frame.source()));
        }

        @Override
        public String toString() {
            return value + " = " + form.name().toLowerCase(Locale.ROOT) + "(" + core + ")";
        }
    }

    /**
     * Calls the Java method.
     *
     * @param givesGuest whether the method takes the guest before its arguments
     */
    record CallJava(@Nullable Register result, boolean givesGuest, List<Register> args) implements Step {
        public CallJava {
            args = List.copyOf(args);
        }

        @Override
        public void operands(Operands operands) {
            operands.reads(args);
            if (result != null) {
                operands.sets(result);
            }
        }

        @Override
        public void emit(StepCode code) {
            var params = new ArrayList<Class<?>>();
            if (givesGuest) {
                params.add(Object.class);
            }
            args.forEach(arg -> params.add(code.erase(arg.type())));
            Class<?> type = result == null ? void.class : code.erase(result.type());
            code.handle(code.target(), MethodType.methodType(type, params), () -> {
                if (givesGuest) {
                    code.asm().visitVarInsn(Opcodes.ALOAD, 0);
                }
                args.forEach(code::load);
            });
            if (result != null) {
                code.store(result);
            }
        }

        @Override
        public void run(Frame frame) throws Throwable {
            MethodHandle target = frame.target();
            Object given = givesGuest ? frame.invoke(target, frame.context(), args) : frame.invoke(target, args);
            if (result != null) {
                frame.set(result, given);
            }
        }

        @Override
        public String toString() {
            return (result == null ? "" : result + " = ")
                    + Stream.concat(
                                    givesGuest ? Stream.of("guest") : Stream.of(),
                                    args.stream().map(Register::name))
                            .collect(Collectors.joining(", ", "java(", ")"));
        }
    }

    /** Zero or null. */
    record Clear(Register to) implements Step {
        @Override
        public void operands(Operands operands) {
            operands.sets(to);
        }

        @Override
        public void emit(StepCode code) {
            Class<?> type = to.type();
            int zero = type.isPrimitive() ? HiddenClass.zero(type) : Opcodes.ACONST_NULL;
            code.asm().visitInsn(zero);
            code.store(to);
        }

        @Override
        public void run(Frame frame) {
            frame.set(
                    to,
                    to.type().isPrimitive()
                            ? java.lang.reflect.Array.get(java.lang.reflect.Array.newInstance(to.type(), 1), 0)
                            : null);
        }

        @Override
        public int weight() {
            return 4;
        }

        @Override
        public String toString() {
            return to + " = " + (to.type().isPrimitive() ? "0" : "null");
        }
    }
}
