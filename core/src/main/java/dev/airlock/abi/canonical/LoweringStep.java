package dev.airlock.abi.canonical;

import dev.airlock.abi.Step;
import dev.airlock.abi.form.Form;
import dev.airlock.codegen.Register;
import dev.airlock.type.ResourceType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A step by which a value goes into a guest: first made ready in Java, then given room in the guest. */
sealed interface LoweringStep extends CanonicalStep {
    /** A string to its bytes, and how many code units they are, with the tag of {@link StringEncoding#LATIN1_UTF16}. */
    record EncodeText(Register bytes, Register count, Register value, StringEncoding encoding) implements LoweringStep {
        @Override
        public List<Register> in() {
            return List.of(value);
        }

        @Override
        public List<Register> out() {
            return List.of(bytes, count);
        }

        @Override
        public String toString() {
            return bytes + ", " + count + " = " + encoding.name().toLowerCase(Locale.ROOT) + "(" + value + ")";
        }
    }

    /** A list of numbers to the array that is copied, and how many they are. */
    record EncodeArray(Register elements, Register count, Register value, Form.Elements form) implements LoweringStep {
        @Override
        public List<Register> in() {
            return List.of(value);
        }

        @Override
        public List<Register> out() {
            return List.of(elements, count);
        }

        @Override
        public String toString() {
            return elements + ", " + count + " = " + form.name().toLowerCase(Locale.ROOT) + "(" + value + ")";
        }
    }

    /** Room in Java for what is to lie in the guest's memory. */
    record Stage(Register image, Register count, int size, int align, String name) implements LoweringStep {
        @Override
        public List<Register> in() {
            return List.of(count);
        }

        @Override
        public List<Register> out() {
            return List.of(image);
        }

        @Override
        public String toString() {
            return image + " = image(" + count + " * " + size + ", align " + align + ")";
        }
    }

    /** {@code to = base + index * size}. */
    record Offset(Register to, Register base, Register index, int size) implements LoweringStep {
        @Override
        public List<Register> in() {
            return List.of(base, index);
        }

        @Override
        public List<Register> out() {
            return List.of(to);
        }

        @Override
        public String toString() {
            return to + " = " + base + " + " + index + " * " + size;
        }
    }

    /** A core number into an image. */
    record Put(Register image, Register base, int offset, Register core, int width) implements LoweringStep {
        @Override
        public List<Register> in() {
            return List.of(image, base, core);
        }

        @Override
        public List<Register> out() {
            return List.of();
        }

        @Override
        public String toString() {
            return image + "[" + base + CanonicalStep.plus(offset) + ", " + width + "] = " + core;
        }
    }

    /** A block that another refers to: its count is put at once, and its pointer when there is one. */
    record Attach(Register image, Register base, int offset, Register block, Register count, int align)
            implements LoweringStep {
        @Override
        public List<Register> in() {
            return List.of(image, base, block, count);
        }

        @Override
        public List<Register> out() {
            return List.of();
        }

        @Override
        public String toString() {
            return image + "[" + base + CanonicalStep.plus(offset) + ", 8] = → " + block + ", " + count;
        }
    }

    /** A resource that an image refers to: its handle is put when there is one. */
    record AttachHandle(
            Register image, Register base, int offset, Register representation, ResourceType resource, boolean own)
            implements LoweringStep {
        @Override
        public List<Register> in() {
            return List.of(image, base, representation);
        }

        @Override
        public List<Register> out() {
            return List.of();
        }

        @Override
        public String toString() {
            return image + "[" + base + CanonicalStep.plus(offset) + ", 4] = → "
                    + CanonicalStep.mode(own, representation);
        }
    }

    /** What a Java object stands for. */
    record Represent(Register representation, Register value, ResourceType resource, boolean own)
            implements LoweringStep {
        @Override
        public List<Register> in() {
            return List.of(value);
        }

        @Override
        public List<Register> out() {
            return List.of(representation);
        }

        @Override
        public String toString() {
            return representation + " = representation(" + value + ")";
        }
    }

    /**
     * A block is set aside in the guest and filled, and the blocks that it refers to are.
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
        public List<Register> in() {
            return optional ? Stream.concat(Stream.of(block), out().stream()).toList() : List.of(block);
        }

        @Override
        public List<Register> out() {
            return Stream.concat(Stream.of(pointer), Dataflow.written(then).stream())
                    .toList();
        }

        @Override
        public List<List<Step>> bodies() {
            return List.of(then);
        }

        @Override
        public String toString() {
            return pointer + " = place(" + block + ", align " + align + ")" + (optional ? " if there is one" : "")
                    + CanonicalStep.inner(then, "  ");
        }
    }

    /** An image is written to where the guest wants it, and the blocks that it refers to are set aside and filled. */
    record PlaceAt(Register pointer, Register image, int size, int align) implements LoweringStep {
        @Override
        public List<Register> in() {
            return List.of(pointer, image);
        }

        @Override
        public List<Register> out() {
            return List.of();
        }

        @Override
        public String toString() {
            return "memory[" + pointer + ", " + size + "] = " + image + ", align " + align;
        }
    }

    /** A resource goes into the guest's table. */
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
        public List<Register> in() {
            return optional
                    ? Stream.concat(Stream.of(representation), out().stream()).toList()
                    : List.of(representation);
        }

        @Override
        public List<Register> out() {
            return Stream.concat(Stream.of(handle), Dataflow.written(then).stream())
                    .toList();
        }

        @Override
        public List<List<Step>> bodies() {
            return List.of(then);
        }

        @Override
        public String toString() {
            return handle + " = " + CanonicalStep.mode(own, representation) + (optional ? " if there is one" : "")
                    + CanonicalStep.inner(then, "  ");
        }
    }
}
