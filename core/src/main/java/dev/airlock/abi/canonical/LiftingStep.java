package dev.airlock.abi.canonical;

import dev.airlock.abi.Operands;
import dev.airlock.abi.form.Budget;
import dev.airlock.abi.form.Form;
import dev.airlock.codegen.Register;
import dev.airlock.memory.linear.LinearMemory;
import dev.airlock.type.ResourceType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A step that takes a value out of a guest: it is checked before it is read. */
interface LiftingStep extends CanonicalStep {
    private static void budget(@Nullable Register budget, Operands operands) {
        if (budget != null) {
            operands.reads(Budget.class, budget);
        }
    }

    /** Takes the guest's memory as it is now, to be read until the guest runs again. */
    record View(Register memory) implements LiftingStep {
        @Override
        public void operands(Operands operands) {
            operands.sets(LinearMemory.class, memory);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.pushMemory();
            code.store(memory);
        }

        @Override
        public void run(CanonicalFrame frame) throws Throwable {
            frame.set(memory, frame.memory());
        }

        @Override
        public String toString() {
            return memory + " = the guest's memory";
        }
    }

    /** Starts the budget of strings and lists: see {@link Budget}. */
    record NewBudget(Register budget, Register memory) implements LiftingStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(LinearMemory.class, memory).sets(Budget.class, budget);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(memory);
            code.call(Budget.class, "of");
            code.store(budget);
        }

        @Override
        public void run(CanonicalFrame frame) {
            frame.set(budget, Budget.of(frame.memory(memory)));
        }

        @Override
        public String toString() {
            return budget + " = what may be lifted of " + memory;
        }
    }

    /** Checks a pointer to an area of a known size. */
    record CheckArea(Register memory, Register pointer, int size, int align, String what) implements LiftingStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(LinearMemory.class, memory).reads(int.class, pointer);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(memory);
            code.load(pointer);
            code.push(size);
            code.push(align);
            code.push(what);
            code.call(LiftingOperations.class, "checkArea");
        }

        @Override
        public void run(CanonicalFrame frame) {
            LiftingOperations.checkArea(frame.memory(memory), frame.number(pointer), size, align, what);
        }

        @Override
        public String toString() {
            return memory + "[" + pointer + ", " + size + "] lies inside, align " + align;
        }
    }

    /**
     * Checks the pointer and count of a list, and the heap that Java needs for it.
     *
     * @param each the heap that Java needs for an element, in bytes, as far as its type tells
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
        public void operands(Operands operands) {
            operands.reads(LinearMemory.class, memory).reads(int.class, pointer, count);
            LiftingStep.budget(budget, operands);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(memory);
            code.load(pointer);
            code.load(count);
            code.push(size);
            code.push(align);
            code.asm().visitLdcInsn(each);
            code.loadOrNull(budget);
            code.push(nested);
            code.push(what);
            code.call(LiftingOperations.class, "checkList");
        }

        @Override
        public void run(CanonicalFrame frame) {
            LiftingOperations.checkList(
                    frame.memory(memory),
                    frame.number(pointer),
                    frame.number(count),
                    size,
                    align,
                    each,
                    frame.budget(budget),
                    nested,
                    what);
        }

        @Override
        public String toString() {
            return memory + "[" + pointer + ", " + count + " * " + size + "] lies inside, align " + align + ", heap "
                    + count + " * " + each + CanonicalStep.of(budget);
        }
    }

    /** Checks the heap that Java needs for a list of fixed length, in bytes. */
    record CheckLifted(Register memory, long heap, @Nullable Register budget, String what) implements LiftingStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(LinearMemory.class, memory);
            LiftingStep.budget(budget, operands);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(memory);
            code.asm().visitLdcInsn(heap);
            code.loadOrNull(budget);
            code.push(what);
            code.call(LiftingOperations.class, "checkLifted");
        }

        @Override
        public void run(CanonicalFrame frame) {
            LiftingOperations.checkLifted(frame.memory(memory), heap, frame.budget(budget), what);
        }

        @Override
        public String toString() {
            return "heap " + heap + CanonicalStep.of(budget);
        }
    }

    /** Reads a number from an area of memory that has been checked. */
    record Get(Register core, Register memory, Register pointer, int offset, int width) implements LiftingStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(LinearMemory.class, memory).reads(int.class, pointer).sets(core);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(memory);
            code.pushSum(pointer, offset);
            Class<?> type = core.type();
            if (type == int.class && width < 4) {
                code.call(LiftingOperations.class, width == 1 ? "getByte" : "getShort");
            } else {
                String method = type == int.class
                        ? "readInt"
                        : type == long.class ? "readLong" : type == float.class ? "readFloat" : "readDouble";
                code.callVirtual(LinearMemory.class, method, type, int.class);
            }
            code.store(core);
        }

        @Override
        public void run(CanonicalFrame frame) {
            LinearMemory from = frame.memory(memory);
            int at = frame.number(pointer) + offset;
            Class<?> type = core.type();
            if (type == long.class) {
                frame.set(core, from.readLong(at));
            } else if (type == float.class) {
                frame.set(core, from.readFloat(at));
            } else if (type == double.class) {
                frame.set(core, from.readDouble(at));
            } else {
                int number = width == 1
                        ? LiftingOperations.getByte(from, at)
                        : width == 2 ? LiftingOperations.getShort(from, at) : from.readInt(at);
                frame.set(core, number);
            }
        }

        @Override
        public String toString() {
            return core + " = " + memory + "[" + pointer + CanonicalStep.plus(offset) + ", " + width + "]";
        }
    }

    /** Decodes a string, checked and copied. */
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
        public void operands(Operands operands) {
            operands.reads(LinearMemory.class, memory).reads(int.class, pointer, count);
            LiftingStep.budget(budget, operands);
            operands.sets(String.class, value);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(memory);
            code.load(pointer);
            code.load(count);
            code.push(encoding);
            code.loadOrNull(budget);
            code.push(nested);
            code.push(what);
            code.call(LiftingOperations.class, "decodeText");
            code.store(value);
        }

        @Override
        public void run(CanonicalFrame frame) {
            frame.set(
                    value,
                    LiftingOperations.decodeText(
                            frame.memory(memory),
                            frame.number(pointer),
                            frame.number(count),
                            encoding,
                            frame.budget(budget),
                            nested,
                            what));
        }

        @Override
        public String toString() {
            return value + " = " + encoding.name().toLowerCase(Locale.ROOT) + "(" + memory + "[" + pointer + ", "
                    + count + "])" + CanonicalStep.of(budget);
        }
    }

    /** Decodes a list of numbers, checked and copied. */
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
        public void operands(Operands operands) {
            operands.reads(LinearMemory.class, memory).reads(int.class, pointer, count);
            LiftingStep.budget(budget, operands);
            operands.sets(Object.class, value);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(memory);
            code.load(pointer);
            code.load(count);
            code.loadOrNull(budget);
            code.push(nested);
            code.push(what);
            code.call(LiftingOperations.class, LiftingOperations.decoder(form));
            code.store(value);
        }

        @Override
        public void run(CanonicalFrame frame) {
            LinearMemory from = frame.memory(memory);
            int at = frame.number(pointer);
            int elements = frame.number(count);
            Budget within = frame.budget(budget);
            frame.set(
                    value,
                    switch (form) {
                        case BYTES -> LiftingOperations.decodeBytes(from, at, elements, within, nested, what);
                        case SHORTS -> LiftingOperations.decodeShorts(from, at, elements, within, nested, what);
                        case INTS -> LiftingOperations.decodeInts(from, at, elements, within, nested, what);
                        case LONGS -> LiftingOperations.decodeLongs(from, at, elements, within, nested, what);
                        case FLOATS -> LiftingOperations.decodeFloats(from, at, elements, within, nested, what);
                        case DOUBLES -> LiftingOperations.decodeDoubles(from, at, elements, within, nested, what);
                        case BOOLS -> LiftingOperations.decodeBools(from, at, elements, within, nested, what);
                        case CHARS -> LiftingOperations.decodeChars(from, at, elements, within, nested, what);
                    });
        }

        @Override
        public String toString() {
            return value + " = " + form.name().toLowerCase(Locale.ROOT) + "(" + memory + "[" + pointer + ", " + count
                    + "])" + CanonicalStep.of(budget);
        }
    }

    /** Lifts a handle to its representation. */
    record LiftHandle(Register representation, Register handle, ResourceType resource, boolean own)
            implements LiftingStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, handle).sets(Object.class, representation);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.pushContext();
            code.pushNumber(resource);
            code.load(handle);
            code.context(own ? "liftOwn" : "liftBorrow");
            code.store(representation);
        }

        @Override
        public void run(CanonicalFrame frame) {
            frame.set(
                    representation,
                    LiftingOperations.liftHandle(frame.context(), frame.number(resource), own, frame.number(handle)));
        }

        @Override
        public String toString() {
            return representation + " = lift " + CanonicalStep.mode(own, handle);
        }
    }

    /** Converts a representation to the Java object for it. */
    record Resource(Register value, Register representation, ResourceType resource, boolean own)
            implements LiftingStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(Object.class, representation).sets(Object.class, value);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.pushContext();
            code.pushNumber(resource);
            code.load(representation);
            code.push(own);
            code.push(value.type(), Class.class);
            code.context("toJava");
            code.store(value);
        }

        @Override
        public void run(CanonicalFrame frame) {
            frame.set(
                    value,
                    frame.context().toJava(frame.number(resource), frame.object(representation), own, value.type()));
        }

        @Override
        public String toString() {
            return value + " = resource(" + representation + ")";
        }
    }

    /** Notes bytes of one guest that are copied to another as they are, once there is room. */
    record Slice(Register block, Register memory, Register pointer, Register count, int size) implements LiftingStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(LinearMemory.class, memory)
                    .reads(int.class, pointer, count)
                    .sets(dev.airlock.abi.canonical.Slice.class, block);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(memory);
            code.load(pointer);
            code.load(count);
            code.push(size);
            code.call(dev.airlock.abi.canonical.Slice.class, "of");
            code.store(block);
        }

        @Override
        public void run(CanonicalFrame frame) {
            frame.set(
                    block,
                    dev.airlock.abi.canonical.Slice.of(
                            frame.memory(memory), frame.number(pointer), frame.number(count), size));
        }

        @Override
        public String toString() {
            return block + " = slice(" + memory + "[" + pointer + ", " + count + " * " + size + "])";
        }
    }

    /**
     * Converts a string of one guest to the encoding of another, checked: its bytes, if they differ, and its code
     * units.
     */
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
        public void operands(Operands operands) {
            operands.reads(LinearMemory.class, memory).reads(int.class, pointer, count);
            LiftingStep.budget(budget, operands);
            operands.sets(Transcoded.class, block).sets(int.class, units);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(memory);
            code.load(pointer);
            code.load(count);
            code.push(from);
            code.push(to);
            code.loadOrNull(budget);
            code.push(nested);
            code.push(what);
            code.call(Transcoded.class, "of");
            code.store(block);
            code.load(block);
            code.call(Transcoded.class, "units");
            code.store(units);
        }

        @Override
        public void run(CanonicalFrame frame) {
            Transcoded text = Transcoded.of(
                    frame.memory(memory),
                    frame.number(pointer),
                    frame.number(count),
                    from,
                    to,
                    frame.budget(budget),
                    nested,
                    what);
            frame.set(block, text);
            frame.set(units, text.units());
        }

        @Override
        public String toString() {
            return block + ", " + units + " = " + to.name().toLowerCase(Locale.ROOT) + "("
                    + from.name().toLowerCase(Locale.ROOT) + "(" + memory + "[" + pointer + ", " + count + "]))"
                    + CanonicalStep.of(budget);
        }
    }
}
