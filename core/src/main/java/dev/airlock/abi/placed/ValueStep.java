package dev.airlock.abi.placed;

import dev.airlock.abi.EncodedBytes;
import dev.airlock.abi.Operands;
import dev.airlock.abi.Scalars;
import dev.airlock.abi.Step;
import dev.airlock.codegen.Register;
import dev.airlock.mapping.BlockForm;
import dev.airlock.memory.Memory;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.shape.Carrier;
import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** A step between a Java value and the elements of a block. */
interface ValueStep extends PlacedStep {
    /** Pushes the codec, and the type of a payload. */
    private static void pushPayload(PlacedCode code, Carrier.Block carrier) {
        code.push(code.abi().payloads(), PayloadCodec.class);
        code.push(carrier.type(), Type.class);
        code.push(carrier.form() == BlockForm.PAYLOAD_UTF16);
    }

    private static IllegalStateException objects() {
        return new IllegalStateException("objects have steps of their own");
    }

    /** Encodes a Java value to the array that holds its elements. If a NUL is to end them, there is none among them. */
    record Encode(Register elements, Register value, Carrier.Block carrier, boolean nul) implements ValueStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(Object.class, value).sets(Planner.arrayOf(carrier.form()), elements);
        }

        @Override
        public void emit(PlacedCode code) {
            code.load(value);
            code.push(value.path());
            switch (carrier.form()) {
                case UTF8 -> code.call(EncodedBytes.class, "encodeUtf8");
                case UTF16 -> code.call(EncodedBytes.class, "encodeUtf16");
                case BYTES -> code.call(EncodedBytes.class, "encodeBytes");
                case PAYLOAD, PAYLOAD_UTF16 -> {
                    pushPayload(code, carrier);
                    code.call(Blocks.class, "encodePayload");
                }
                case SHORTS, INTS, LONGS, FLOATS, DOUBLES -> {
                    code.call(Scalars.class, "notNull");
                    code.cast(elements.type());
                }
                case OBJECTS -> throw objects();
            }
            if (nul) {
                code.push(value.path());
                code.call(Blocks.class, "withoutNul");
            }
            code.store(elements);
        }

        @Override
        public void run(PlacedFrame frame) {
            Object given = frame.get(value);
            String name = value.path();
            BlockForm form = carrier.form();
            Object encoded = switch (form) {
                case UTF8 -> EncodedBytes.encodeUtf8((String) given, name);
                case UTF16 -> EncodedBytes.encodeUtf16((String) given, name);
                case BYTES -> EncodedBytes.encodeBytes(given, name);
                case PAYLOAD, PAYLOAD_UTF16 ->
                    Blocks.encodePayload(
                            given, name, frame.abi().payloads(), carrier.type(), form == BlockForm.PAYLOAD_UTF16);
                case SHORTS, INTS, LONGS, FLOATS, DOUBLES -> Scalars.notNull(given, name);
                case OBJECTS -> throw objects();
            };
            frame.set(elements, nul ? Blocks.withoutNul((byte[]) encoded, name) : encoded);
        }

        @Override
        public String toString() {
            return elements + " = " + carrier.form().name().toLowerCase(Locale.ROOT) + "(" + value + ")"
                    + (nul ? ", no NUL in it" : "");
        }
    }

    /** Counts the elements of an array; an array of bytes may have several bytes to an element. */
    record Count(Register count, Register elements, int divisor) implements ValueStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(elements).sets(int.class, count);
        }

        @Override
        public void emit(PlacedCode code) {
            code.load(elements);
            code.asm().visitInsn(Opcodes.ARRAYLENGTH);
            if (divisor > 1) {
                code.push(divisor);
                code.asm().visitInsn(Opcodes.IDIV);
            }
            code.store(count);
        }

        @Override
        public void run(PlacedFrame frame) {
            frame.set(count, Array.getLength(frame.object(elements)) / divisor);
        }

        @Override
        public String toString() {
            return count + " = count(" + elements + ")" + (divisor == 1 ? "" : " / " + divisor);
        }
    }

    /** Copies elements into the guest, and a NUL behind them if one is to end them. */
    record Store(Register pointer, Register elements, BlockForm form, boolean nul) implements ValueStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, pointer).reads(Planner.arrayOf(form), elements);
        }

        @Override
        public void emit(PlacedCode code) {
            code.loadMemory();
            code.load(pointer);
            code.load(elements);
            if (nul) {
                code.call(Blocks.class, "storeWithNul");
            } else {
                code.call(Blocks.class, "store", void.class, Memory.class, int.class, elements.type());
            }
        }

        @Override
        public void run(PlacedFrame frame) {
            Memory memory = frame.memory();
            int at = frame.number(pointer);
            Object given = frame.object(elements);
            if (nul) {
                Blocks.storeWithNul(memory, at, (byte[]) given);
            } else if (given instanceof byte[] bytes) {
                Blocks.store(memory, at, bytes);
            } else if (given instanceof short[] shorts) {
                Blocks.store(memory, at, shorts);
            } else if (given instanceof int[] ints) {
                Blocks.store(memory, at, ints);
            } else if (given instanceof long[] longs) {
                Blocks.store(memory, at, longs);
            } else if (given instanceof float[] floats) {
                Blocks.store(memory, at, floats);
            } else {
                Blocks.store(memory, at, (double[]) given);
            }
        }

        @Override
        public String toString() {
            return "memory[" + pointer + "…] = " + elements + (nul ? ", NUL" : "");
        }
    }

    /** Decodes a block of the guest to a Java value, copied. Checks that it lies inside the memory, aligned, well-formed. */
    record Decode(Register value, Register pointer, Register count, Carrier.Block carrier) implements ValueStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, pointer, count).sets(Object.class, value);
        }

        @Override
        public void emit(PlacedCode code) {
            code.loadMemory();
            code.load(pointer);
            code.load(count);
            code.push(code.source());
            switch (carrier.form()) {
                case UTF8 -> code.call(Blocks.class, "decodeUtf8");
                case UTF16 -> code.call(Blocks.class, "decodeUtf16");
                case BYTES -> code.call(Blocks.class, "decodeBytes");
                case SHORTS -> code.call(Blocks.class, "decodeShorts");
                case INTS -> code.call(Blocks.class, "decodeInts");
                case LONGS -> code.call(Blocks.class, "decodeLongs");
                case FLOATS -> code.call(Blocks.class, "decodeFloats");
                case DOUBLES -> code.call(Blocks.class, "decodeDoubles");
                case PAYLOAD, PAYLOAD_UTF16 -> {
                    pushPayload(code, carrier);
                    code.call(Blocks.class, "decodePayload");
                    code.cast(code.erase(value.type()));
                }
                case OBJECTS -> throw objects();
            }
            code.store(value);
        }

        @Override
        public void run(PlacedFrame frame) {
            frame.set(value, decode(frame, frame.memory(), frame.number(pointer), frame.number(count)));
        }

        private @Nullable Object decode(PlacedFrame frame, Memory memory, int at, int elements) {
            String source = frame.source();
            BlockForm form = carrier.form();
            return switch (form) {
                case UTF8 -> Blocks.decodeUtf8(memory, at, elements, source);
                case UTF16 -> Blocks.decodeUtf16(memory, at, elements, source);
                case BYTES -> Blocks.decodeBytes(memory, at, elements, source);
                case SHORTS -> Blocks.decodeShorts(memory, at, elements, source);
                case INTS -> Blocks.decodeInts(memory, at, elements, source);
                case LONGS -> Blocks.decodeLongs(memory, at, elements, source);
                case FLOATS -> Blocks.decodeFloats(memory, at, elements, source);
                case DOUBLES -> Blocks.decodeDoubles(memory, at, elements, source);
                case PAYLOAD, PAYLOAD_UTF16 ->
                    Blocks.decodePayload(
                            memory,
                            at,
                            elements,
                            source,
                            frame.abi().payloads(),
                            carrier.type(),
                            form == BlockForm.PAYLOAD_UTF16);
                case OBJECTS -> throw objects();
            };
        }

        @Override
        public String toString() {
            return value + " = " + carrier.form().name().toLowerCase(Locale.ROOT) + "(memory[" + pointer + ", " + count
                    + "])";
        }
    }

    /**
     * Runs steps for what may be missing, if a pointer or an object is not null.
     *
     * @param sets the registers that others read, which are 0 or null if the steps do not run
     */
    record IfThere(Register there, List<Step> steps, List<Register> sets) implements ValueStep {
        public IfThere {
            steps = List.copyOf(steps);
            sets = List.copyOf(sets);
        }

        @Override
        public void operands(Operands operands) {
            operands.reads(there).sets(sets).maybe(() -> operands.once(steps));
        }

        @Override
        public void emit(PlacedCode code) {
            sets.forEach(code::clear);
            Label nothing = new Label();
            code.jumpIfNothing(there, nothing);
            code.steps(steps);
            code.asm().visitLabel(nothing);
        }

        @Override
        public void run(PlacedFrame frame) throws Throwable {
            sets.forEach(register -> frame.set(register, register.type().isPrimitive() ? 0 : null));
            Object given = frame.get(there);
            if (given != null && !given.equals(0)) {
                frame.run(steps);
            }
        }

        @Override
        public String toString() {
            return "if " + there + ":" + Step.inner(steps, "  ");
        }
    }

    /** Unwraps an option to what is in it, or null. */
    record Unwrap(Register payload, Register option) implements ValueStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(Object.class, option).sets(Object.class, payload);
        }

        @Override
        public void emit(PlacedCode code) {
            code.load(option);
            code.push(option.path());
            code.call(Options.class, "unwrap");
            code.storeCast(payload);
        }

        @Override
        public void run(PlacedFrame frame) {
            frame.set(payload, Options.unwrap(frame.get(option), option.path()));
        }

        @Override
        public String toString() {
            return payload + " = " + option + ", or null";
        }
    }

    /** Wraps what may be null in an option. */
    record Wrap(Register option, Register payload, Carrier.Block carrier) implements ValueStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(Object.class, payload).sets(Object.class, option);
        }

        @Override
        public void emit(PlacedCode code) {
            code.load(payload);
            code.push(carrier, Carrier.Block.class);
            code.call(Options.class, "wrap");
            code.store(option);
        }

        @Override
        public void run(PlacedFrame frame) {
            frame.set(option, Options.wrap(frame.get(payload), carrier));
        }

        @Override
        public String toString() {
            return option + " = option(" + payload + ")";
        }
    }
}
