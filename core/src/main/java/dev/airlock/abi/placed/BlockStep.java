package dev.airlock.abi.placed;

import dev.airlock.abi.Operands;
import dev.airlock.abi.Step;
import dev.airlock.codegen.Register;
import dev.airlock.memory.StaticMemory;
import dev.airlock.placement.Placement;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** A step that calls the guest: its function, its allocator, its free. */
interface BlockStep extends PlacedStep {
    /** Prints the size of a block, as in {@code count * 8 + 1}. */
    static String size(Register count, int width, int extra) {
        return count + (width == 1 ? "" : " * " + width) + (extra == 0 ? "" : " + " + extra);
    }

    /**
     * Allocates a block in the guest. Checks that it lies inside the memory, is aligned, is not null unless it is empty, and
     * shares no bytes with the blocks before it.
     *
     * @param count how many elements the block has to hold
     * @param extra bytes behind them
     * @param evenEmpty whether the allocator is asked for a block of no bytes too, since its owner will free it; else the
     *     pointer of an empty block is {@link Blocks#EMPTY}
     * @param others the blocks that the same call has allocated before
     */
    record Allocate(Register pointer, Register count, int width, int extra, boolean evenEmpty, List<Free> others)
            implements BlockStep {
        public Allocate {
            others = List.copyOf(others);
        }

        /** The block, to be freed by the host. */
        Free block() {
            return new Free(pointer, count, width, extra, true);
        }

        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, count);
            for (Free other : others) {
                other.operands(operands);
            }
            operands.sets(int.class, pointer);
        }

        @Override
        public int weight() {
            return 100 + 40 * others.size();
        }

        @Override
        public void emit(PlacedCode code) {
            Runnable size = () -> code.pushSize(count, width, extra);
            if (evenEmpty || extra > 0) {
                code.allocate(pointer, size, width);
            } else {
                Label empty = new Label();
                Label done = new Label();
                code.jumpIfNothing(count, empty);
                code.allocate(pointer, size, width);
                code.asm().visitJumpInsn(Opcodes.GOTO, done);
                code.asm().visitLabel(empty);
                code.push(Blocks.EMPTY);
                code.store(pointer);
                code.asm().visitLabel(done);
            }
            for (Free other : others) {
                code.load(other.pointer());
                code.pushSize(other);
                code.load(pointer);
                size.run();
                code.push(code.name());
                code.call(Blocks.class, "checkApart");
            }
        }

        @Override
        public void run(PlacedFrame frame) throws Throwable {
            int size = Blocks.size(frame.number(count), width, extra);
            frame.set(pointer, size == 0 && !evenEmpty ? Blocks.EMPTY : frame.allocate(size, width));
            for (Free other : others) {
                Blocks.checkApart(
                        frame.number(other.pointer()), frame.sizeOf(other), frame.number(pointer), size, frame.name());
            }
        }

        @Override
        public String toString() {
            return pointer + " = allocate(" + size(count, width, extra) + ")";
        }
    }

    /** Allocates eight bytes for a function to write where its result is. */
    record AllocateReturn(Register pointer) implements BlockStep {
        @Override
        public void operands(Operands operands) {
            operands.sets(int.class, pointer);
        }

        @Override
        public int weight() {
            return 80;
        }

        @Override
        public void emit(PlacedCode code) {
            code.allocate(pointer, () -> code.push(8), 4);
        }

        @Override
        public void run(PlacedFrame frame) throws Throwable {
            frame.set(pointer, frame.allocate(8, 4));
        }

        @Override
        public String toString() {
            return pointer + " = allocate(8)";
        }
    }

    /** Takes {@link #ROOM} bytes of the guest's shadow stack for the same: the stack stays aligned. */
    record PushReturn(Register pointer) implements BlockStep {
        static final int ROOM = 16;

        @Override
        public void operands(Operands operands) {
            operands.sets(int.class, pointer);
        }

        @Override
        public void emit(PlacedCode code) {
            code.loadMemory();
            moveStackPointer(code, -ROOM);
            code.push(ROOM);
            code.push(code.name());
            code.call(Blocks.class, "pushed");
            code.store(pointer);
        }

        static void moveStackPointer(PlacedCode code, int bytes) {
            code.callGuest(
                    code.functions().stackPointer(),
                    MethodType.methodType(int.class, Object.class, int.class),
                    () -> code.push(bytes));
        }

        @Override
        public void run(PlacedFrame frame) throws Throwable {
            Object moved = frame.call(frame.functions().stackPointer(), List.of(-ROOM));
            frame.set(pointer, Blocks.pushed(frame.memory(), (int) Objects.requireNonNull(moved), ROOM, frame.name()));
        }

        @Override
        public String toString() {
            return pointer + " = push(" + ROOM + ")";
        }
    }

    /** Moves the guest's shadow stack back to where it was before {@link PushReturn}. */
    record PopReturn(Register pointer) implements BlockStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, pointer);
        }

        @Override
        public boolean releases() {
            return true;
        }

        @Override
        public void emit(PlacedCode code) {
            Label nothing = new Label();
            code.jumpIfNothing(pointer, nothing);
            code.clear(pointer);
            PushReturn.moveStackPointer(code, PushReturn.ROOM);
            code.asm().visitInsn(Opcodes.POP);
            code.asm().visitLabel(nothing);
        }

        @Override
        public void run(PlacedFrame frame) throws Throwable {
            int given = frame.number(pointer);
            frame.set(pointer, 0);
            if (given != 0) {
                frame.call(frame.functions().stackPointer(), List.of(PushReturn.ROOM));
            }
        }

        @Override
        public String toString() {
            return "pop(" + pointer + ", " + PushReturn.ROOM + ")";
        }
    }

    /** Calls the guest function. From here on the guest owns its arguments. */
    record Call(@Nullable Register result, List<Register> args) implements BlockStep {
        public Call {
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
        public boolean usesMemory() {
            return false;
        }

        @Override
        public void emit(PlacedCode code) {
            code.enterGuest();
            code.call(code.target(), code.target().type(), () -> args.forEach(code::load));
            if (result != null) {
                code.store(result);
            }
            code.leaveGuest();
        }

        @Override
        public void run(PlacedFrame frame) throws Throwable {
            Object given =
                    frame.call(frame.target(), args.stream().map(frame::object).toList());
            if (result != null) {
                frame.set(result, given);
            }
        }

        @Override
        public String toString() {
            return (result == null ? "" : result + " = ") + "call(" + Step.names(args) + ")";
        }
    }

    /**
     * Frees a block. The register is cleared before the call: whatever happens then, the block is not freed twice.
     *
     * @param count null for the eight bytes of a return pointer
     * @param ours whether this plan allocated it; else the guest returned it
     */
    record Free(Register pointer, @Nullable Register count, int width, int extra, boolean ours) implements BlockStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, pointer);
            if (count != null) {
                operands.reads(int.class, count);
            }
        }

        @Override
        public boolean releases() {
            return true;
        }

        /** Whether the guest is not asked to free a block of no bytes. */
        private boolean skipsEmpty(Placement.Free.Form form) {
            return ours || form != Placement.Free.Form.POINTER;
        }

        private static Placement.Free.Form form(PlacedAbi abi) {
            return Objects.requireNonNull(abi.placement().free(), "no way to free")
                    .form();
        }

        @Override
        public void emit(PlacedCode code) {
            Label nothing = new Label();
            Placement.Free.Form form = form(code.abi());
            code.jumpIfNothing(pointer, nothing);
            if (count != null && extra == 0 && skipsEmpty(form)) {
                code.jumpIfNothing(count, nothing);
            }
            if (PlacedAbi.freesResult(code.plan(), this)) {
                code.enterToFreeResult();
            } else {
                code.enterGuest();
            }
            code.call(code.functions().free(), form.handleType(), () -> {
                switch (form) {
                    case POINTER -> code.load(pointer);
                    case POINTER_SIZE -> {
                        code.load(pointer);
                        code.pushSize(this);
                    }
                    case POINTER_SIZE_ALIGN -> {
                        code.load(pointer);
                        code.pushSize(this);
                        code.push(count == null ? 4 : width);
                    }
                    case FAT -> code.pack(pointer, () -> code.pushSize(this));
                }
                code.clear(pointer);
            });
            code.leaveGuest();
            code.asm().visitLabel(nothing);
        }

        @Override
        public void run(PlacedFrame frame) throws Throwable {
            Placement.Free.Form form = form(frame.abi());
            int given = frame.number(pointer);
            if (given == 0) {
                return;
            }
            int size = frame.sizeOf(this);
            if (size == 0 && skipsEmpty(form)) {
                return;
            }
            frame.set(pointer, 0);
            List<?> args = switch (form) {
                case POINTER -> List.of(given);
                case POINTER_SIZE -> List.of(given, size);
                case POINTER_SIZE_ALIGN -> List.of(given, size, count == null ? 4 : width);
                case FAT -> List.of(PointerStep.Pack.pack(given, size));
            };
            if (PlacedAbi.freesResult(frame.plan(), this)) {
                frame.freeResult(frame.functions().free(), args);
            } else {
                frame.call(frame.functions().free(), args);
            }
        }

        @Override
        public String toString() {
            return "free(" + pointer + ", " + (count == null ? "8" : size(count, width, extra)) + ")";
        }
    }

    /**
     * Sets the pointer to free: 0 if what the guest returned is static, so that its allocator never had it. If the
     * allocator's own blocks lie there too, nothing is taken for static.
     *
     * @param freed the pointer, or 0
     * @param own a block that the allocator gave for this call; null for none
     */
    record SkipStatic(
            Register freed, Register pointer, @Nullable Free own) implements BlockStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, pointer);
            if (own != null) {
                own.operands(operands);
            }
            operands.sets(int.class, freed);
        }

        @Override
        public void emit(PlacedCode code) {
            code.push(code.abi().placement().statics(), StaticMemory.class);
            code.load(pointer);
            if (own == null) {
                code.push(0);
                code.push(0);
            } else {
                code.load(own.pointer());
                code.pushSize(own);
            }
            code.call(Blocks.class, "freed");
            code.store(freed);
        }

        @Override
        public void run(PlacedFrame frame) {
            frame.set(
                    freed,
                    Blocks.freed(
                            frame.abi().placement().statics(),
                            frame.number(pointer),
                            own == null ? 0 : frame.number(own.pointer()),
                            own == null ? 0 : frame.sizeOf(own)));
        }

        @Override
        public String toString() {
            return freed + " = " + pointer + " unless static"
                    + (own == null ? "" : " and " + own.pointer() + " is not");
        }
    }

    /**
     * Checks that the result does not overlap a block that the host frees anyway. Checked before either is read, since from
     * then on both are freed whatever happens.
     */
    record CheckDisjoint(Free result, Free other) implements BlockStep {
        @Override
        public void operands(Operands operands) {
            result.operands(operands);
            other.operands(operands);
        }

        @Override
        public void emit(PlacedCode code) {
            code.loadMemory();
            code.load(result.pointer());
            code.load(Objects.requireNonNull(result.count()));
            code.push(result.width());
            code.push(result.extra());
            code.load(other.pointer());
            code.pushSize(other);
            code.push(code.name());
            code.call(Blocks.class, "checkDisjoint");
        }

        @Override
        public void run(PlacedFrame frame) {
            Blocks.checkDisjoint(
                    frame.memory(),
                    frame.number(result.pointer()),
                    frame.number(Objects.requireNonNull(result.count())),
                    result.width(),
                    result.extra(),
                    frame.number(other.pointer()),
                    frame.sizeOf(other),
                    frame.name());
        }

        @Override
        public String toString() {
            return "apart(" + block(result) + ", " + block(other) + ")";
        }

        private static String block(Free free) {
            return "memory[" + free.pointer() + ", "
                    + (free.count() == null ? "8" : size(free.count(), free.width(), free.extra())) + "]";
        }
    }
}
