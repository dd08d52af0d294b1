package dev.airlock.abi.canonical;

import dev.airlock.abi.Operands;
import dev.airlock.abi.Step;
import dev.airlock.abi.form.Form;
import dev.airlock.codegen.Register;
import dev.airlock.memory.linear.LinearMemory;
import dev.airlock.type.ResourceType;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Locale;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** A step that puts a value into a guest: it is prepared in Java, then given room in the guest. */
interface LoweringStep extends CanonicalStep {
    /**
     * Encodes a string to its bytes, and counts its code units, with the tag of {@link StringEncoding#LATIN1_UTF16}.
     */
    record EncodeText(Register bytes, Register count, Register value, StringEncoding encoding) implements LoweringStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(String.class, value).sets(Object.class, bytes).sets(int.class, count);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(value);
            code.pushContext();
            code.push(encoding);
            code.push(value.path());
            code.call(LoweringOperations.class, "encodeText");
            code.store(bytes);
            code.load(bytes);
            code.push(encoding);
            code.call(LoweringOperations.class, "countText");
            code.store(count);
        }

        @Override
        public void run(CanonicalFrame frame) {
            String text = (String) frame.get(value);
            Object encoded = LoweringOperations.encodeText(text, frame.context(), encoding, value.path());
            frame.set(bytes, encoded);
            frame.set(count, LoweringOperations.countText(encoded, encoding));
        }

        @Override
        public String toString() {
            return bytes + ", " + count + " = " + encoding.name().toLowerCase(Locale.ROOT) + "(" + value + ")";
        }
    }

    /** Encodes a list of numbers to the array that is copied, and counts them. */
    record EncodeArray(Register elements, Register count, Register value, Form.Elements form) implements LoweringStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(Object.class, value).sets(Object.class, elements).sets(int.class, count);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(value);
            switch (form) {
                case BYTES -> {
                    code.push(value.path());
                    code.call(LoweringOperations.class, "encodeBytes");
                }
                case BOOLS -> {
                    code.push(value.path());
                    code.call(LoweringOperations.class, "encodeBools");
                }
                case SHORTS, INTS, LONGS, FLOATS, DOUBLES, CHARS -> {
                    code.push(form.width());
                    code.push(value.path());
                    code.call(LoweringOperations.class, "limited");
                    code.cast(elements.type());
                }
            }
            code.store(elements);
            code.load(elements);
            code.asm().visitInsn(Opcodes.ARRAYLENGTH);
            code.store(count);
        }

        @Override
        public void run(CanonicalFrame frame) {
            Object given = frame.get(value);
            String name = value.path();
            Object encoded = switch (form) {
                case BYTES -> LoweringOperations.encodeBytes(given, name);
                case BOOLS -> LoweringOperations.encodeBools((boolean[]) given, name);
                case SHORTS, INTS, LONGS, FLOATS, DOUBLES, CHARS ->
                    LoweringOperations.limited(given, form.width(), name);
            };
            frame.set(elements, encoded);
            frame.set(count, Array.getLength(encoded));
        }

        @Override
        public String toString() {
            return elements + ", " + count + " = " + form.name().toLowerCase(Locale.ROOT) + "(" + value + ")";
        }
    }

    /** Makes an image: room in Java for what is to lie in the guest's memory. */
    record Stage(Register image, Register count, int size, int align, String name) implements LoweringStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, count).sets(Image.class, image);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(count);
            code.push(size);
            code.push(name);
            code.call(Image.class, "of");
            code.store(image);
        }

        @Override
        public void run(CanonicalFrame frame) {
            frame.set(image, Image.of(frame.number(count), size, name));
        }

        @Override
        public String toString() {
            return image + " = image(" + count + " * " + size + ", align " + align + ")";
        }
    }

    /** {@code to = base + index * size}. */
    record Offset(Register to, Register base, Register index, int size) implements LoweringStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, base, index).sets(int.class, to);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(base);
            code.load(index);
            code.push(size);
            code.asm().visitInsn(Opcodes.IMUL);
            code.asm().visitInsn(Opcodes.IADD);
            code.store(to);
        }

        @Override
        public void run(CanonicalFrame frame) {
            frame.set(to, frame.number(base) + frame.number(index) * size);
        }

        @Override
        public String toString() {
            return to + " = " + base + " + " + index + " * " + size;
        }
    }

    /** Writes a core number into an image. */
    record Put(Register image, Register base, int offset, Register core, int width) implements LoweringStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(Image.class, image).reads(int.class, base).reads(core);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(image);
            code.pushSum(base, offset);
            code.load(core);
            Class<?> type = core.type();
            if (type == float.class) {
                code.call(Image.class, "putFloat");
            } else if (type == double.class) {
                code.call(Image.class, "putDouble");
            } else if (type == long.class) {
                code.call(Image.class, "putLong");
            } else {
                code.call(Image.class, width == 1 ? "putByte" : width == 2 ? "putShort" : "putInt");
            }
        }

        @Override
        public void run(CanonicalFrame frame) {
            Image to = frame.image(image);
            int at = frame.number(base) + offset;
            Object given = frame.object(core);
            if (given instanceof Float number) {
                to.putFloat(at, number);
            } else if (given instanceof Double number) {
                to.putDouble(at, number);
            } else if (given instanceof Long number) {
                to.putLong(at, number);
            } else if (width == 1) {
                to.putByte(at, (int) given);
            } else if (width == 2) {
                to.putShort(at, (int) given);
            } else {
                to.putInt(at, (int) given);
            }
        }

        @Override
        public String toString() {
            return image + "[" + base + CanonicalStep.plus(offset) + ", " + width + "] = " + core;
        }
    }

    /** Attaches a block that an image refers to: writes its count at once, and its pointer when there is one. */
    record Attach(Register image, Register base, int offset, Register block, Register count, int align)
            implements LoweringStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(Image.class, image)
                    .reads(int.class, base)
                    .reads(Object.class, block)
                    .reads(int.class, count);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(image);
            code.pushSum(base, offset);
            code.load(block);
            code.load(count);
            code.push(align);
            code.call(Image.class, "attach");
        }

        @Override
        public void run(CanonicalFrame frame) {
            frame.image(image).attach(frame.number(base) + offset, frame.object(block), frame.number(count), align);
        }

        @Override
        public String toString() {
            return image + "[" + base + CanonicalStep.plus(offset) + ", 8] = → " + block + ", " + count;
        }
    }

    /** Attaches a resource that an image refers to: writes its handle when there is one. */
    record AttachHandle(
            Register image, Register base, int offset, Register representation, ResourceType resource, boolean own)
            implements LoweringStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(Image.class, image).reads(int.class, base).reads(Object.class, representation);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.load(image);
            code.pushSum(base, offset);
            code.load(representation);
            code.pushNumber(resource);
            code.push(own);
            code.call(Image.class, "attachHandle");
        }

        @Override
        public void run(CanonicalFrame frame) {
            frame.image(image)
                    .attachHandle(
                            frame.number(base) + offset, frame.object(representation), frame.number(resource), own);
        }

        @Override
        public String toString() {
            return image + "[" + base + CanonicalStep.plus(offset) + ", 4] = → "
                    + CanonicalStep.mode(own, representation);
        }
    }

    /** Finds the representation of a Java object. */
    record Represent(Register representation, Register value, ResourceType resource, boolean own)
            implements LoweringStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(Object.class, value).sets(Object.class, representation);
        }

        @Override
        public void emit(CanonicalCode code) {
            code.pushContext();
            code.pushNumber(resource);
            code.load(value);
            code.push(own);
            code.push(value.path());
            code.context("fromJava");
            code.store(representation);
        }

        @Override
        public void run(CanonicalFrame frame) {
            frame.set(
                    representation,
                    frame.context().fromJava(frame.number(resource), frame.object(value), own, value.path()));
        }

        @Override
        public String toString() {
            return representation + " = representation(" + value + ")";
        }
    }

    /**
     * Allocates a block in the guest and fills it, and those that it refers to.
     *
     * @param optional whether there may be no block; then nothing happens
     * @param then what else depends on the pointer
     */
    record Place(Register pointer, Register block, int align, boolean optional, List<Step> then)
            implements LoweringStep {
        public Place {
            then = List.copyOf(then);
        }

        @Override
        public void operands(Operands operands) {
            operands.reads(Object.class, block);
            Runnable placed = () -> operands.sets(int.class, pointer).once(then);
            if (optional) {
                operands.maybe(placed);
            } else {
                placed.run();
            }
        }

        @Override
        public int weight() {
            return 150;
        }

        @Override
        public void emit(CanonicalCode code) {
            Label nothing = new Label();
            if (optional) {
                code.load(block);
                code.asm().visitJumpInsn(Opcodes.IFNULL, nothing);
            }
            if (block.type() == Transcoded.class) {
                Room.placeText(this, code);
            } else {
                Room.place(this, code);
            }
            code.steps(then);
            code.asm().visitLabel(nothing);
        }

        @Override
        public void run(CanonicalFrame frame) throws Throwable {
            if (!optional || frame.get(block) != null) {
                int placed = LoweringOperations.place(
                        frame.realloc(), frame.memory(), frame.context(), frame.object(block), align, frame.name());
                frame.set(pointer, placed);
                frame.run(then);
            }
        }

        @Override
        public String toString() {
            return pointer + " = place(" + block + ", align " + align + ")" + (optional ? " if there is one" : "")
                    + Step.inner(then, "  ");
        }
    }

    /** Writes an image to where the guest wants it, and allocates and fills the blocks that it refers to. */
    record PlaceAt(Register pointer, Register image, int size, int align) implements LoweringStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, pointer).reads(Image.class, image);
        }

        @Override
        public int weight() {
            return 150;
        }

        @Override
        public void emit(CanonicalCode code) {
            Room.placeAt(this, code);
        }

        @Override
        public void run(CanonicalFrame frame) throws Throwable {
            LinearMemory memory = frame.memory();
            int at = frame.number(pointer);
            CanonicalOperations.checkArea(memory, at, size, align, "the return area of " + frame.name());
            LoweringOperations.fill(
                    frame.functions().realloc() == null ? null : frame.realloc(),
                    memory,
                    frame.context(),
                    at,
                    frame.object(image),
                    frame.name());
        }

        @Override
        public String toString() {
            return "memory[" + pointer + ", " + size + "] = " + image + ", align " + align;
        }
    }

    /** Puts a resource into the guest's table. */
    record LowerHandle(
            Register handle,
            Register representation,
            ResourceType resource,
            boolean own,
            boolean optional,
            List<Step> then)
            implements LoweringStep {
        public LowerHandle {
            then = List.copyOf(then);
        }

        @Override
        public void operands(Operands operands) {
            operands.reads(Object.class, representation);
            Runnable lowered = () -> operands.sets(int.class, handle).once(then);
            if (optional) {
                operands.maybe(lowered);
            } else {
                lowered.run();
            }
        }

        @Override
        public int weight() {
            return 60;
        }

        @Override
        public void emit(CanonicalCode code) {
            Label nothing = new Label();
            if (optional) {
                code.load(representation);
                code.asm().visitJumpInsn(Opcodes.IFNULL, nothing);
            }
            code.pushContext();
            code.pushNumber(resource);
            code.load(representation);
            code.context(own ? "lowerOwn" : "lowerBorrow");
            code.store(handle);
            code.steps(then);
            code.asm().visitLabel(nothing);
        }

        @Override
        public void run(CanonicalFrame frame) throws Throwable {
            if (!optional || frame.get(representation) != null) {
                Object given = frame.object(representation);
                frame.set(handle, LoweringOperations.lowerHandle(frame.context(), frame.number(resource), own, given));
                frame.run(then);
            }
        }

        @Override
        public String toString() {
            return handle + " = " + CanonicalStep.mode(own, representation) + (optional ? " if there is one" : "")
                    + Step.inner(then, "  ");
        }
    }
}
