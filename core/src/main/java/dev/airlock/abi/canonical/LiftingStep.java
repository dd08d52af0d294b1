package dev.airlock.abi.canonical;

import dev.airlock.abi.form.Budget;
import dev.airlock.abi.form.Form;
import dev.airlock.codegen.Register;
import dev.airlock.type.ResourceType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A step by which a value comes out of a guest: checked before it is read. */
sealed interface LiftingStep extends CanonicalStep {
    /** The guest's memory as it is now, to be read until the guest runs again. */
    record View(Register memory) implements LiftingStep {
        @Override
        public List<Register> in() {
            return List.of();
        }

        @Override
        public List<Register> out() {
            return List.of(memory);
        }

        @Override
        public String toString() {
            return memory + " = the guest's memory";
        }
    }

    /** How much strings and lists may take together: see {@link Budget}. */
    record NewBudget(Register budget, Register memory) implements LiftingStep {
        @Override
        public List<Register> in() {
            return List.of(memory);
        }

        @Override
        public List<Register> out() {
            return List.of(budget);
        }

        @Override
        public String toString() {
            return budget + " = what may be lifted of " + memory;
        }
    }

    /** A pointer of the guest's to what takes so many bytes: checked. */
    record CheckArea(Register memory, Register pointer, int size, int align, String what) implements LiftingStep {
        @Override
        public List<Register> in() {
            return List.of(memory, pointer);
        }

        @Override
        public List<Register> out() {
            return List.of();
        }

        @Override
        public String toString() {
            return memory + "[" + pointer + ", " + size + "] lies inside, align " + align;
        }
    }

    /**
     * A pointer of the guest's to so many elements: checked, and what Java will have of them too.
     *
     * @param each what an element takes of Java's heap, in bytes, as far as its type says
     * @param nested whether it is within a list
     */
    record CheckList(
            Register memory,
            Register pointer,
            Register count,
            int size,
            int align,
            long each,
            @Nullable Register budget,
            boolean nested,
            String what)
            implements LiftingStep {
        @Override
        public List<Register> in() {
            return CanonicalStep.within(budget, memory, pointer, count);
        }

        @Override
        public List<Register> out() {
            return List.of();
        }

        @Override
        public String toString() {
            return memory + "[" + pointer + ", " + count + " * " + size + "] lies inside, align " + align + ", heap "
                    + count + " * " + each + CanonicalStep.of(budget);
        }
    }

    /** What Java will have of a list of fixed length, in bytes of its heap: checked. */
    record CheckLifted(Register memory, long heap, @Nullable Register budget, String what) implements LiftingStep {
        @Override
        public List<Register> in() {
            return CanonicalStep.within(budget, memory);
        }

        @Override
        public List<Register> out() {
            return List.of();
        }

        @Override
        public String toString() {
            return "heap " + heap + CanonicalStep.of(budget);
        }
    }

    /** A number of the guest's memory, from an area that has been checked. */
    record Get(Register core, Register memory, Register pointer, int offset, int width) implements LiftingStep {
        @Override
        public List<Register> in() {
            return List.of(memory, pointer);
        }

        @Override
        public List<Register> out() {
            return List.of(core);
        }

        @Override
        public String toString() {
            return core + " = " + memory + "[" + pointer + CanonicalStep.plus(offset) + ", " + width + "]";
        }
    }

    /** A string of the guest's, checked and copied. */
    record DecodeText(
            Register value,
            Register memory,
            Register pointer,
            Register count,
            StringEncoding encoding,
            @Nullable Register budget,
            boolean nested,
            String what)
            implements LiftingStep {
        @Override
        public List<Register> in() {
            return CanonicalStep.within(budget, memory, pointer, count);
        }

        @Override
        public List<Register> out() {
            return List.of(value);
        }

        @Override
        public String toString() {
            return value + " = " + encoding.name().toLowerCase(Locale.ROOT) + "(" + memory + "[" + pointer + ", "
                    + count + "])" + CanonicalStep.of(budget);
        }
    }

    /** A list of numbers of the guest's, checked and copied. */
    record DecodeArray(
            Register value,
            Register memory,
            Register pointer,
            Register count,
            Form.Elements form,
            @Nullable Register budget,
            boolean nested,
            String what)
            implements LiftingStep {
        @Override
        public List<Register> in() {
            return CanonicalStep.within(budget, memory, pointer, count);
        }

        @Override
        public List<Register> out() {
            return List.of(value);
        }

        @Override
        public String toString() {
            return value + " = " + form.name().toLowerCase(Locale.ROOT) + "(" + memory + "[" + pointer + ", " + count
                    + "])" + CanonicalStep.of(budget);
        }
    }

    /** A handle of the guest's to what it stands for. */
    record LiftHandle(Register representation, Register handle, ResourceType resource, boolean own)
            implements LiftingStep {
        @Override
        public List<Register> in() {
            return List.of(handle);
        }

        @Override
        public List<Register> out() {
            return List.of(representation);
        }

        @Override
        public String toString() {
            return representation + " = lift " + CanonicalStep.mode(own, handle);
        }
    }

    /** A representation to the Java object for it. */
    record Resource(Register value, Register representation, ResourceType resource, boolean own)
            implements LiftingStep {
        @Override
        public List<Register> in() {
            return List.of(representation);
        }

        @Override
        public List<Register> out() {
            return List.of(value);
        }

        @Override
        public String toString() {
            return value + " = resource(" + representation + ")";
        }
    }

    /** Bytes of one guest that are copied to another as they are, once there is room. */
    record Slice(Register block, Register memory, Register pointer, Register count, int size) implements LiftingStep {
        @Override
        public List<Register> in() {
            return List.of(memory, pointer, count);
        }

        @Override
        public List<Register> out() {
            return List.of(block);
        }

        @Override
        public String toString() {
            return block + " = slice(" + memory + "[" + pointer + ", " + count + " * " + size + "])";
        }
    }

    /** A string of one guest, checked, as another takes it: its bytes, if they differ, and its code units. */
    record Transcode(
            Register block,
            Register units,
            Register memory,
            Register pointer,
            Register count,
            StringEncoding from,
            StringEncoding to,
            @Nullable Register budget,
            boolean nested,
            String what)
            implements LiftingStep {
        @Override
        public List<Register> in() {
            return CanonicalStep.within(budget, memory, pointer, count);
        }

        @Override
        public List<Register> out() {
            return List.of(block, units);
        }

        @Override
        public String toString() {
            return block + ", " + units + " = " + to.name().toLowerCase(Locale.ROOT) + "("
                    + from.name().toLowerCase(Locale.ROOT) + "(" + memory + "[" + pointer + ", " + count + "]))"
                    + CanonicalStep.of(budget);
        }
    }
}
