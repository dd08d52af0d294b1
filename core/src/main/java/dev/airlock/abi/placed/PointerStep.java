package dev.airlock.abi.placed;

import dev.airlock.abi.Operands;
import dev.airlock.codegen.Register;
import org.objectweb.asm.Opcodes;

/** A step about where a block is: pointer and count, as the guest passes them. */
interface PointerStep extends PlacedStep {
    /** Packs pointer and count into one i64. */
    record Pack(Register fat, Register pointer, Register count) implements PointerStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, pointer, count).sets(long.class, fat);
        }

        @Override
        public void emit(PlacedCode code) {
            code.pack(pointer, () -> code.load(count));
            code.store(fat);
        }

        static long pack(int pointer, int count) {
            return (long) pointer << 32 | Integer.toUnsignedLong(count);
        }

        @Override
        public void run(PlacedFrame frame) {
            frame.set(fat, pack(frame.number(pointer), frame.number(count)));
        }

        @Override
        public String toString() {
            return fat + " = " + pointer + " << 32 | " + count;
        }
    }

    /** Unpacks pointer and count from one i64. */
    record Unpack(Register pointer, Register count, Register fat) implements PointerStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(long.class, fat).sets(int.class, pointer, count);
        }

        @Override
        public void emit(PlacedCode code) {
            code.load(fat);
            code.push(code.source());
            code.call(Blocks.class, "packed");
            code.highHalf();
            code.store(pointer);
            code.load(fat);
            code.asm().visitInsn(Opcodes.L2I);
            code.store(count);
        }

        @Override
        public void run(PlacedFrame frame) {
            long packed = Blocks.packed((long) frame.object(fat), frame.source());
            frame.set(pointer, (int) (packed >>> 32));
            frame.set(count, (int) packed);
        }

        @Override
        public String toString() {
            return pointer + ", " + count + " = " + fat + " >>> 32, " + fat;
        }
    }

    /** Writes pointer and count to the eight bytes of a return pointer. */
    record StorePair(Register ret, Register pointer, Register count) implements PointerStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, ret, pointer, count);
        }

        @Override
        public void emit(PlacedCode code) {
            code.loadMemory();
            code.load(ret);
            code.load(pointer);
            code.load(count);
            code.push(code.name());
            code.call(Blocks.class, "storePair");
        }

        @Override
        public void run(PlacedFrame frame) {
            Blocks.storePair(
                    frame.memory(), frame.number(ret), frame.number(pointer), frame.number(count), frame.name());
        }

        @Override
        public String toString() {
            return "memory[" + ret + "…] = " + pointer + ", " + count;
        }
    }

    /** Makes two results of pointer and count. */
    record Pair(Register both, Register pointer, Register count) implements PointerStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, pointer, count).sets(long[].class, both);
        }

        @Override
        public void emit(PlacedCode code) {
            code.load(pointer);
            code.load(count);
            code.call(Blocks.class, "pair");
            code.store(both);
        }

        @Override
        public void run(PlacedFrame frame) {
            frame.set(both, Blocks.pair(frame.number(pointer), frame.number(count)));
        }

        @Override
        public String toString() {
            return both + " = " + pointer + ", " + count;
        }
    }

    /** Takes one of several results. */
    record Pick(Register value, Register results, int index) implements PointerStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(long[].class, results).sets(int.class, value);
        }

        @Override
        public void emit(PlacedCode code) {
            code.load(results);
            code.push(index);
            code.asm().visitInsn(Opcodes.LALOAD);
            code.asm().visitInsn(Opcodes.L2I);
            code.store(value);
        }

        @Override
        public void run(PlacedFrame frame) {
            frame.set(value, (int) ((long[]) frame.object(results))[index]);
        }

        @Override
        public String toString() {
            return value + " = " + results + "[" + index + "]";
        }
    }

    /** Copies a pointer into a register that outlives it. */
    record Move(Register to, Register from) implements PointerStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, from).sets(int.class, to);
        }

        @Override
        public void emit(PlacedCode code) {
            code.load(from);
            code.store(to);
        }

        @Override
        public void run(PlacedFrame frame) {
            frame.set(to, frame.number(from));
        }

        @Override
        public String toString() {
            return to + " = " + from;
        }
    }

    /** Reads four bytes of the guest's memory. */
    record Load(Register value, Register pointer, int displacement) implements PointerStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, pointer).sets(int.class, value);
        }

        @Override
        public void emit(PlacedCode code) {
            code.loadMemory();
            code.load(pointer);
            code.push(displacement);
            code.push(code.source());
            code.call(Blocks.class, "load");
            code.store(value);
        }

        @Override
        public void run(PlacedFrame frame) {
            frame.set(value, Blocks.load(frame.memory(), frame.number(pointer), displacement, frame.source()));
        }

        @Override
        public String toString() {
            return value + " = memory[" + pointer + " + " + displacement + "]";
        }
    }

    /** Counts the bytes before a NUL. */
    record Length(Register count, Register pointer) implements PointerStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, pointer).sets(int.class, count);
        }

        @Override
        public void emit(PlacedCode code) {
            code.loadMemory();
            code.load(pointer);
            code.push(code.source());
            code.call(Blocks.class, "length");
            code.store(count);
        }

        @Override
        public void run(PlacedFrame frame) {
            frame.set(count, Blocks.length(frame.memory(), frame.number(pointer), frame.source()));
        }

        @Override
        public String toString() {
            return count + " = length(" + pointer + ")";
        }
    }
}
