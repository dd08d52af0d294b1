package dev.airlock.abi.canonical;

import dev.airlock.abi.Frame;
import dev.airlock.abi.Operands;
import dev.airlock.abi.Step;
import dev.airlock.abi.StepCode;
import dev.airlock.abi.form.Form;
import dev.airlock.codegen.Register;
import dev.airlock.error.ValueException;
import dev.airlock.memory.Interruption;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/**
 * A step of a plan by the canonical ABI, where values are trees: some steps have steps of their own.
 *
 * <p>Values that go in are prepared in Java first: numbers in registers, and what is to lie in memory in arrays and
 * {@link Image}s. Only then is the guest asked for room.
 */
interface CanonicalStep extends Step {
    /** Emits the step's bytecode. */
    void emit(CanonicalCode code);

    /** Runs the step. */
    void run(CanonicalFrame frame) throws Throwable;

    @Override
    default void emit(StepCode code) {
        emit((CanonicalCode) code);
    }

    @Override
    default void run(Frame frame) throws Throwable {
        run((CanonicalFrame) frame);
    }

    /**
     * Calls a Java operation: an accessor, a constructor, any handle of a {@link Form}.
     *
     * @param text for reading
     */
    record Apply(Register to, String text, MethodHandle handle, List<Register> args) implements CanonicalStep {
        public Apply {
            args = List.copyOf(args);
        }

        @Override
        public void operands(Operands operands) {
            operands.reads(args).sets(to);
        }

        @Override
        public void emit(CanonicalCode code) {
            List<Class<?>> params =
                    args.stream().<Class<?>>map(arg -> code.erase(arg.type())).toList();
            code.handle(handle, MethodType.methodType(code.erase(to.type()), params), () -> args.forEach(code::load));
            code.store(to);
        }

        @Override
        public void run(CanonicalFrame frame) throws Throwable {
            frame.set(to, frame.invoke(handle, args));
        }

        @Override
        public String toString() {
            return to + " = " + text;
        }
    }

    /** Checks that a value is not null. */
    record Present(Register value) implements CanonicalStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(Object.class, value);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(value);
            code.push(value.path());
            code.call(CanonicalOperations.class, "present");
        }

        @Override
        public void run(CanonicalFrame frame) {
            CanonicalOperations.present(frame.get(value), value.path());
        }

        @Override
        public String toString() {
            return value + " is not null";
        }
    }

    /** Sets the number of a case. */
    record Number(Register to, int value) implements CanonicalStep {
        @Override
        public void operands(Operands operands) {
            operands.sets(int.class, to);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.push(value);
            code.store(to);
        }

        @Override
        public void run(CanonicalFrame frame) {
            frame.set(to, value);
        }

        @Override
        public String toString() {
            return to + " = " + value;
        }
    }

    /** Converts a number to another core type that carries it: the bits of floats, the lower half of an i64. */
    record Convert(Register to, Register from) implements CanonicalStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(from).sets(to);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(from);
            Numbers.convert(from.type(), to.type(), code);
            code.store(to);
        }

        @Override
        public void run(CanonicalFrame frame) {
            frame.set(to, Numbers.convert(frame.object(from), to.type()));
        }

        @Override
        public String toString() {
            return to + " = " + (to.type() == from.type() ? from : to.type() + "(" + from + ")");
        }
    }

    /** Checks that a number is the number of a case. Only a faulty guest gets it wrong. */
    record CheckCase(Register number, int cases, String what) implements CanonicalStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, number);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(number);
            code.push(cases);
            code.push(what);
            code.call(CanonicalOperations.class, "checkCase");
        }

        @Override
        public void run(CanonicalFrame frame) {
            CanonicalOperations.checkCase(frame.number(number), cases, what);
        }

        @Override
        public String toString() {
            return number + " < " + cases;
        }
    }

    /** Masks the valid bits: of flags, those above the last may be anything. */
    record Mask(Register to, Register from, int bits) implements CanonicalStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, from).sets(int.class, to);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(from);
            code.push(bits);
            code.asm().visitInsn(Opcodes.IAND);
            code.store(to);
        }

        @Override
        public void run(CanonicalFrame frame) {
            frame.set(to, frame.number(from) & bits);
        }

        @Override
        public String toString() {
            return to + " = " + from + " & 0x" + Integer.toHexString(bits);
        }
    }

    /** Replaces every NaN by the canonical NaN. */
    record OneNan(Register to, Register from) implements CanonicalStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(from).sets(from.type(), to);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(from);
            code.call(CanonicalOperations.class, "oneNan", to.type(), from.type());
            code.store(to);
        }

        @Override
        public void run(CanonicalFrame frame) {
            Object given = frame.object(from);
            if (given instanceof Float number) {
                frame.set(to, CanonicalOperations.oneNan((float) number));
            } else {
                frame.set(to, CanonicalOperations.oneNan((double) given));
            }
        }

        @Override
        public String toString() {
            return to + " = nan(" + from + ")";
        }
    }

    /**
     * Runs one of several lists of steps. The number is in range.
     *
     * @param first the number that selects the first list
     */
    record Match(Register number, int first, List<String> names, List<List<Step>> bodies) implements CanonicalStep {
        Match(Register number, List<String> names, List<List<Step>> bodies) {
            this(number, 0, names, bodies);
        }

        public Match {
            names = List.copyOf(names);
            bodies = bodies.stream().map(List::copyOf).toList();
        }

        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, number).oneOf(bodies);
        }

        @Override
        public boolean isBranching() {
            return true;
        }

        @Override
        public int weight() {
            return 60;
        }

        @Override
        public void emit(CanonicalCode code) {
            Branches.match(this, code);
        }

        @Override
        public void run(CanonicalFrame frame) throws Throwable {
            frame.run(bodies.get(frame.number(number) - first));
        }

        @Override
        public String toString() {
            var text = new StringBuilder("match " + number);
            for (int i = 0; i < bodies.size(); i++) {
                text.append("\n  ").append(names.get(i)).append(":").append(Step.inner(bodies.get(i), "    "));
            }
            return text.toString();
        }
    }

    /**
     * Runs steps once for each element.
     *
     * @param index counts from 0
     * @param path of the elements, as messages have it: {@code items[]}, to be replaced by {@code items[3]}
     */
    record Each(Register index, Register count, String path, List<Step> body) implements CanonicalStep {
        public Each {
            body = List.copyOf(body);
        }

        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, count).sets(int.class, index).maybe(() -> operands.once(body));
        }

        @Override
        public boolean isBranching() {
            return true;
        }

        @Override
        public int weight() {
            return 60;
        }

        @Override
        public void emit(CanonicalCode code) {
            Branches.each(this, code);
        }

        @Override
        public void run(CanonicalFrame frame) throws Throwable {
            for (int i = 0; i < frame.number(count); i++) {
                frame.set(index, i);
                try {
                    frame.run(body);
                } catch (ValueException e) {
                    throw CanonicalOperations.at(e, path, i);
                }
                if ((i & Interruption.ELEMENTS) == Interruption.ELEMENTS) {
                    Interruption.check();
                }
            }
        }

        @Override
        public String toString() {
            return "each " + index + " < " + count + ":" + Step.inner(body, "  ");
        }
    }

    /** Makes an array of objects. */
    record NewArray(Register array, Register count) implements CanonicalStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, count).sets(Object[].class, array);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(count);
            code.asm().visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
            code.store(array);
        }

        @Override
        public void run(CanonicalFrame frame) {
            frame.set(array, new Object[frame.number(count)]);
        }

        @Override
        public String toString() {
            return array + " = new [" + count + "]";
        }
    }

    record SetElement(Register array, Register index, Register value) implements CanonicalStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(Object[].class, array).reads(int.class, index).reads(Object.class, value);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(array);
            code.load(index);
            code.load(value);
            code.asm().visitInsn(Opcodes.AASTORE);
        }

        @Override
        public void run(CanonicalFrame frame) {
            ((@Nullable Object[]) frame.object(array))[frame.number(index)] = frame.get(value);
        }

        @Override
        public String toString() {
            return array + "[" + index + "] = " + value;
        }
    }

    record GetElement(Register value, Register array, Register index) implements CanonicalStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(Object[].class, array).reads(int.class, index).sets(Object.class, value);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(array);
            code.load(index);
            code.asm().visitInsn(Opcodes.AALOAD);
            code.storeCast(value);
        }

        @Override
        public void run(CanonicalFrame frame) {
            frame.set(value, ((@Nullable Object[]) frame.object(array))[frame.number(index)]);
        }

        @Override
        public String toString() {
            return value + " = " + array + "[" + index + "]";
        }
    }

    /** Counts the elements of an array. Checks the count for a list of fixed length. */
    record Length(Register count, Register array, int fixed, String name) implements CanonicalStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(Object[].class, array).sets(int.class, count);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(array);
            code.push(fixed);
            code.push(name);
            code.call(CanonicalOperations.class, "length");
            code.store(count);
        }

        @Override
        public void run(CanonicalFrame frame) {
            frame.set(count, CanonicalOperations.length((Object[]) frame.object(array), fixed, name));
        }

        @Override
        public String toString() {
            return count + " = count(" + array + ")" + (fixed < 0 ? "" : ", which is " + fixed);
        }
    }

    /** The component that a step is about. */
    enum Side {
        CALLER,
        CALLEE
    }

    /** Runs a step for one of the two components of a call. */
    record On(Side side, CanonicalStep step) implements CanonicalStep {
        @Override
        public void operands(Operands operands) {
            step.operands(operands);
        }

        @Override
        public int weight() {
            return step.weight();
        }

        @Override
        public void emit(CanonicalCode code) {
            code.on(side, step);
        }

        @Override
        public void run(CanonicalFrame frame) throws Throwable {
            frame.on(side, step);
        }

        @Override
        public String toString() {
            return side.name().toLowerCase(Locale.ROOT) + ": " + step;
        }
    }

    static String of(@Nullable Register budget) {
        return budget == null ? "" : ", of " + budget;
    }

    static String plus(int offset) {
        return offset == 0 ? "" : " + " + offset;
    }

    static String mode(boolean own, Register register) {
        return (own ? "own(" : "borrow(") + register + ")";
    }
}
