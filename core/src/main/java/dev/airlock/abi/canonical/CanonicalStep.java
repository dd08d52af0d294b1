package dev.airlock.abi.canonical;

import dev.airlock.abi.Step;
import dev.airlock.abi.form.Form;
import dev.airlock.codegen.Register;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A step of a plan by the canonical ABI, where values are trees: some steps have steps of their own, and each says which
 * registers it reads and sets, so that a long plan can be taken apart.
 *
 * <p>What goes in is made ready in Java first: numbers in registers, and what is to lie in memory in arrays and
 * {@link Image}s. Only then is the guest asked for room.
 */
interface CanonicalStep extends Step {
    /** The registers that are read, those of inner steps included unless they set them first. */
    List<Register> in();

    /** The registers that are set, those of inner steps included. */
    List<Register> out();

    /** Every step within this one. */
    default List<List<Step>> bodies() {
        return List.of();
    }

    /**
     * A Java operation: an accessor, a constructor, whatever a {@link Form} has.
     *
     * @param text for reading
     */
    record Apply(Register to, String text, MethodHandle handle, List<Register> args) implements CanonicalStep {
        public Apply {
            args = List.copyOf(args);
        }

        @Override
        public List<Register> in() {
            return args;
        }

        @Override
        public List<Register> out() {
            return List.of(to);
        }

        @Override
        public String toString() {
            return to + " = " + text;
        }
    }

    /** A value that must not be null. */
    record Present(Register value) implements CanonicalStep {
        @Override
        public List<Register> in() {
            return List.of(value);
        }

        @Override
        public List<Register> out() {
            return List.of();
        }

        @Override
        public String toString() {
            return value + " is not null";
        }
    }

    /** Zero or null. */
    record Clear(Register to) implements CanonicalStep {
        @Override
        public List<Register> in() {
            return List.of();
        }

        @Override
        public List<Register> out() {
            return List.of(to);
        }

        @Override
        public String toString() {
            return to + " = " + (to.type().isPrimitive() ? "0" : "null");
        }
    }

    /** The number of a case. */
    record Number(Register to, int value) implements CanonicalStep {
        @Override
        public List<Register> in() {
            return List.of();
        }

        @Override
        public List<Register> out() {
            return List.of(to);
        }

        @Override
        public String toString() {
            return to + " = " + value;
        }
    }

    /** A number as another core type that carries it: the bits of floats, the lower half of an i64. */
    record Convert(Register to, Register from) implements CanonicalStep {
        @Override
        public List<Register> in() {
            return List.of(from);
        }

        @Override
        public List<Register> out() {
            return List.of(to);
        }

        @Override
        public String toString() {
            return to + " = " + (to.type() == from.type() ? from : to.type() + "(" + from + ")");
        }
    }

    /** What only some guests can get wrong: a number that has to be one of so many cases. */
    record CheckCase(Register number, int cases, String what) implements CanonicalStep {
        @Override
        public List<Register> in() {
            return List.of(number);
        }

        @Override
        public List<Register> out() {
            return List.of();
        }

        @Override
        public String toString() {
            return number + " < " + cases;
        }
    }

    /** The bits that count: of flags, those above the last may be anything. */
    record Mask(Register to, Register from, int bits) implements CanonicalStep {
        @Override
        public List<Register> in() {
            return List.of(from);
        }

        @Override
        public List<Register> out() {
            return List.of(to);
        }

        @Override
        public String toString() {
            return to + " = " + from + " & 0x" + Integer.toHexString(bits);
        }
    }

    /** A float or double with the canonical NaN for every NaN. */
    record OneNan(Register to, Register from) implements CanonicalStep {
        @Override
        public List<Register> in() {
            return List.of(from);
        }

        @Override
        public List<Register> out() {
            return List.of(to);
        }

        @Override
        public String toString() {
            return to + " = nan(" + from + ")";
        }
    }

    /**
     * One of several lists of steps runs. The number is in range.
     *
     * @param first the number for which the first one does
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
        public List<Register> in() {
            return Stream.concat(Stream.of(number), bodies.stream().flatMap(b -> Dataflow.read(b).stream()))
                    .distinct()
                    .toList();
        }

        @Override
        public List<Register> out() {
            return bodies.stream()
                    .flatMap(b -> Dataflow.written(b).stream())
                    .distinct()
                    .toList();
        }

        @Override
        public String toString() {
            var text = new StringBuilder("match " + number);
            for (int i = 0; i < bodies.size(); i++) {
                text.append("\n  ").append(names.get(i)).append(":").append(inner(bodies.get(i), "    "));
            }
            return text.toString();
        }
    }

    /**
     * Steps run once for each element.
     *
     * @param index counts from 0
     * @param path of the elements, as messages have it: {@code items[]}, to be replaced by {@code items[3]}
     */
    record Each(Register index, Register count, String path, List<Step> body) implements CanonicalStep {
        public Each {
            body = List.copyOf(body);
        }

        @Override
        public List<Register> in() {
            return Stream.concat(Stream.of(count), Dataflow.read(body).stream().filter(r -> !r.equals(index)))
                    .distinct()
                    .toList();
        }

        @Override
        public List<Register> out() {
            return Stream.concat(Stream.of(index), Dataflow.written(body).stream())
                    .distinct()
                    .toList();
        }

        @Override
        public List<List<Step>> bodies() {
            return List.of(body);
        }

        @Override
        public String toString() {
            return "each " + index + " < " + count + ":" + inner(body, "  ");
        }
    }

    /** An array of objects. */
    record NewArray(Register array, Register count) implements CanonicalStep {
        @Override
        public List<Register> in() {
            return List.of(count);
        }

        @Override
        public List<Register> out() {
            return List.of(array);
        }

        @Override
        public String toString() {
            return array + " = new [" + count + "]";
        }
    }

    record SetElement(Register array, Register index, Register value) implements CanonicalStep {
        @Override
        public List<Register> in() {
            return List.of(array, index, value);
        }

        @Override
        public List<Register> out() {
            return List.of();
        }

        @Override
        public String toString() {
            return array + "[" + index + "] = " + value;
        }
    }

    record GetElement(Register value, Register array, Register index) implements CanonicalStep {
        @Override
        public List<Register> in() {
            return List.of(array, index);
        }

        @Override
        public List<Register> out() {
            return List.of(value);
        }

        @Override
        public String toString() {
            return value + " = " + array + "[" + index + "]";
        }
    }

    /** How many elements an array has. For a list of fixed length it has to be that many. */
    record Length(Register count, Register array, int fixed, String name) implements CanonicalStep {
        @Override
        public List<Register> in() {
            return List.of(array);
        }

        @Override
        public List<Register> out() {
            return List.of(count);
        }

        @Override
        public String toString() {
            return count + " = count(" + array + ")" + (fixed < 0 ? "" : ", which is " + fixed);
        }
    }

    /** Which of two components a step is about. */
    enum Side {
        CALLER,
        CALLEE
    }

    /** A step of a call between two components, of which it concerns one. */
    record On(Side side, CanonicalStep step) implements CanonicalStep {
        @Override
        public List<Register> in() {
            return step.in();
        }

        @Override
        public List<Register> out() {
            return step.out();
        }

        @Override
        public List<List<Step>> bodies() {
            return step.bodies();
        }

        @Override
        public String toString() {
            return side.name().toLowerCase(Locale.ROOT) + ": " + step;
        }
    }

    static List<Register> within(@Nullable Register budget, Register... registers) {
        return Stream.concat(Stream.of(registers), Stream.ofNullable(budget)).toList();
    }

    static String of(@Nullable Register budget) {
        return budget == null ? "" : ", of " + budget;
    }

    static String names(List<Register> registers) {
        return registers.stream().map(Register::name).collect(Collectors.joining(", "));
    }

    static String plus(int offset) {
        return offset == 0 ? "" : " + " + offset;
    }

    static String mode(boolean own, Register register) {
        return (own ? "own(" : "borrow(") + register + ")";
    }

    static String inner(List<Step> steps, String indent) {
        return steps.stream()
                .map(step -> "\n" + indent + step.toString().replace("\n", "\n" + indent))
                .collect(Collectors.joining());
    }
}
