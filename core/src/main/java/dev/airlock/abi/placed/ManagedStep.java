package dev.airlock.abi.placed;

import dev.airlock.abi.Operands;
import dev.airlock.codegen.Register;
import dev.airlock.placement.ManagedClass;
import dev.airlock.placement.ManagedClasses;
import dev.airlock.placement.ManagedList;
import dev.airlock.shape.Carrier;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** A step that makes, reads or unpins managed objects of an AssemblyScript guest. */
interface ManagedStep extends PlacedStep {
    private static void pushClasses(PlacedCode code) {
        code.push(code.abi().classes(), ManagedClasses.class);
    }

    /** Makes an object and pins it. */
    private static void emitNew(PlacedCode code, Register pointer, Runnable size, int align, int classNumber) {
        code.loadMemory();
        code.callGuest(
                code.functions().allocate(),
                MethodType.methodType(int.class, Object.class, int.class, int.class),
                () -> {
                    size.run();
                    code.push(classNumber);
                });
        code.checkAllocated(size, align);
        code.store(pointer);
        code.callGuest(
                code.functions().pin(),
                MethodType.methodType(void.class, Object.class, int.class),
                () -> code.load(pointer));
    }

    private static int make(PlacedFrame frame, int size, int align, int classNumber) throws Throwable {
        Object made = frame.call(frame.functions().allocate(), List.of(size, classNumber));
        int pointer = (int) Objects.requireNonNull(made);
        Blocks.allocated(frame.memory(), pointer, size, align, frame.name());
        frame.call(frame.functions().pin(), List.of(pointer));
        return pointer;
    }

    /** Makes an object that is its elements, pinned until {@link Unpin}. */
    record New(Register pointer, Register count, int width, int classNumber) implements ManagedStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, count).sets(int.class, pointer);
        }

        @Override
        public void emit(PlacedCode code) {
            emitNew(code, pointer, () -> code.pushSize(count, width, 0), width, classNumber);
        }

        @Override
        public void run(PlacedFrame frame) throws Throwable {
            frame.set(pointer, make(frame, Blocks.size(frame.number(count), width, 0), width, classNumber));
        }

        @Override
        public String toString() {
            return pointer + " = new(" + BlockStep.size(count, width, 0) + ", class " + classNumber + "), pinned";
        }
    }

    /** Makes an object that refers to a buffer, with its fields not set, pinned until {@link Unpin}. */
    record NewList(Register pointer, ManagedClass list) implements ManagedStep {
        @Override
        public void operands(Operands operands) {
            operands.sets(int.class, pointer);
        }

        @Override
        public void emit(PlacedCode code) {
            emitNew(code, pointer, () -> code.push(list.list().fields()), 4, list.number());
        }

        @Override
        public void run(PlacedFrame frame) throws Throwable {
            frame.set(pointer, make(frame, list.list().fields(), 4, list.number()));
        }

        @Override
        public String toString() {
            return pointer + " = new(" + list.list().fields() + ", class " + list.number() + "), pinned";
        }
    }

    /**
     * Sets the fields of such an object: its buffer, where the elements start, how many bytes they have, and for an
     * {@code Array} how many there are.
     */
    record StoreList(Register pointer, Register buffer, Register count, int width, ManagedList list)
            implements ManagedStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, pointer, buffer, count);
        }

        @Override
        public void emit(PlacedCode code) {
            code.loadMemory();
            code.load(pointer);
            code.load(buffer);
            code.load(count);
            code.push(width);
            code.push(list, ManagedList.class);
            code.call(ManagedWriter.class, "storeFields");
        }

        @Override
        public void run(PlacedFrame frame) throws Throwable {
            ManagedWriter.storeFields(
                    frame.memory(), frame.number(pointer), frame.number(buffer), frame.number(count), width, list);
        }

        @Override
        public String toString() {
            return "memory[" + pointer + "…] = " + buffer + ", " + buffer + ", " + BlockStep.size(count, width, 0)
                    + (list == ManagedList.ARRAY ? ", " + count : "");
        }
    }

    /** Unpins an object. The register is cleared before the call: whatever happens then, it is not unpinned twice. */
    record Unpin(Register pointer) implements ManagedStep {
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
            code.callGuest(code.functions().unpin(), MethodType.methodType(void.class, Object.class, int.class), () -> {
                code.load(pointer);
                code.clear(pointer);
            });
            code.asm().visitLabel(nothing);
        }

        @Override
        public void run(PlacedFrame frame) throws Throwable {
            int given = frame.number(pointer);
            frame.set(pointer, 0);
            if (given != 0) {
                frame.call(frame.functions().unpin(), List.of(given));
            }
        }

        @Override
        public String toString() {
            return "unpin(" + pointer + ")";
        }
    }

    /** Counts the code units of a string. Checks that it is not null, inside the memory, of the class of strings. */
    record Units(Register count, Register object, int classNumber) implements ManagedStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, object).sets(int.class, count);
        }

        @Override
        public void emit(PlacedCode code) {
            code.loadMemory();
            code.load(object);
            code.push(classNumber);
            pushClasses(code);
            code.push(code.source());
            code.call(ManagedReader.class, "units");
            code.store(count);
        }

        @Override
        public void run(PlacedFrame frame) throws Throwable {
            frame.set(
                    count,
                    ManagedReader.units(
                            frame.memory(),
                            frame.number(object),
                            classNumber,
                            frame.abi().classes(),
                            frame.source()));
        }

        @Override
        public String toString() {
            return count + " = units(" + object + ", class " + classNumber + ")";
        }
    }

    /**
     * Finds the elements of a list, and counts them. Checks that the list is not null, inside the memory, of one of these
     * classes, and that the elements lie inside its own buffer.
     */
    record Elements(Register pointer, Register count, Register object, int width, List<ManagedClass> lists)
            implements ManagedStep {
        public Elements {
            lists = List.copyOf(lists);
        }

        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, object).sets(int.class, pointer, count);
        }

        @Override
        public void emit(PlacedCode code) {
            code.loadMemory();
            code.load(object);
            code.push(lists, List.class);
            code.push(width);
            pushClasses(code);
            code.push(code.source());
            code.call(ManagedReader.class, "elements");
            code.asm().visitInsn(Opcodes.DUP2);
            code.asm().visitInsn(Opcodes.L2I);
            code.store(count);
            code.highHalf();
            code.store(pointer);
        }

        @Override
        public void run(PlacedFrame frame) throws Throwable {
            long found = ManagedReader.elements(
                    frame.memory(),
                    frame.number(object),
                    lists,
                    width,
                    frame.abi().classes(),
                    frame.source());
            frame.set(pointer, (int) (found >>> 32));
            frame.set(count, (int) found);
        }

        @Override
        public String toString() {
            return pointer + ", " + count + " = elements(" + object + ", "
                    + ManagedClass.text(ManagedClass.numbers(lists)) + ")" + (width == 1 ? "" : " / " + width);
        }
    }

    /** Takes a Java value of several objects apart: all that can fail in Java does so now. */
    record Encode(Register encoded, Register value, ManagedForm form) implements ManagedStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(Object.class, value).sets(Object.class, encoded);
        }

        @Override
        public void emit(PlacedCode code) {
            code.load(value);
            code.push(form, ManagedForm.class);
            code.push(value.path());
            code.call(ManagedWriter.class, "encode");
            code.store(encoded);
        }

        @Override
        public void run(PlacedFrame frame) throws Throwable {
            frame.set(encoded, ManagedWriter.encode(frame.get(value), form, value.path()));
        }

        @Override
        public String toString() {
            return encoded + " = encode(" + value + ": " + form + ")";
        }
    }

    /** Makes the objects of such a value, pinned until {@link UnpinAll}: their pointers, the value's first. */
    record Make(Register objects, Register encoded, ManagedForm form) implements ManagedStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(Object.class, encoded).sets(int[].class, objects);
        }

        @Override
        public void emit(PlacedCode code) {
            code.enterGuest();
            code.loadMemory();
            code.asm().visitVarInsn(Opcodes.ALOAD, 0);
            code.push(code.functions().allocate(), MethodHandle.class);
            code.push(code.functions().pin(), MethodHandle.class);
            code.push(form, ManagedForm.class);
            code.load(encoded);
            pushClasses(code);
            code.push(code.name());
            code.call(ManagedWriter.class, "make");
            code.store(objects);
            code.leaveGuest();
        }

        @Override
        public void run(PlacedFrame frame) throws Throwable {
            frame.set(
                    objects,
                    frame.inGuest(() -> ManagedWriter.make(
                            frame.memory(),
                            frame.context(),
                            frame.functions().allocate(),
                            frame.functions().pin(),
                            form,
                            frame.get(encoded),
                            frame.abi().classes(),
                            frame.name())));
        }

        @Override
        public String toString() {
            return objects + " = new(" + encoded + "), pinned";
        }
    }

    /** Takes the pointer of a value of several objects. */
    record First(Register pointer, Register objects) implements ManagedStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int[].class, objects).sets(int.class, pointer);
        }

        @Override
        public void emit(PlacedCode code) {
            code.load(objects);
            code.asm().visitInsn(Opcodes.ICONST_0);
            code.asm().visitInsn(Opcodes.IALOAD);
            code.store(pointer);
        }

        @Override
        public void run(PlacedFrame frame) throws Throwable {
            frame.set(pointer, ((int[]) frame.object(objects))[0]);
        }

        @Override
        public String toString() {
            return pointer + " = " + objects + "[0]";
        }
    }

    /** Unpins all objects of a value. */
    record UnpinAll(Register objects) implements ManagedStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int[].class, objects);
        }

        @Override
        public boolean releases() {
            return true;
        }

        @Override
        public void emit(PlacedCode code) {
            code.enterGuest();
            code.asm().visitVarInsn(Opcodes.ALOAD, 0);
            code.push(code.functions().unpin(), MethodHandle.class);
            code.load(objects);
            code.call(ManagedWriter.class, "unpin");
            code.leaveGuest();
        }

        @Override
        public void run(PlacedFrame frame) throws Throwable {
            frame.inGuest(() -> {
                ManagedWriter.unpin(frame.context(), frame.functions().unpin(), (int[]) frame.get(objects));
                return objects;
            });
        }

        @Override
        public String toString() {
            return "unpin(" + objects + "…)";
        }
    }

    /** Reads a value of several objects, copied. {@link ManagedReader} says what is checked. */
    record Read(Register value, Register object, ManagedForm form, Carrier.Block carrier) implements ManagedStep {
        @Override
        public void operands(Operands operands) {
            operands.reads(int.class, object).sets(Object.class, value);
        }

        @Override
        public void emit(PlacedCode code) {
            code.loadMemory();
            code.load(object);
            code.push(form, ManagedForm.class);
            pushClasses(code);
            code.push(code.source());
            code.push(value.path());
            code.call(ManagedReader.class, "read");
            code.storeCast(value);
        }

        @Override
        public void run(PlacedFrame frame) throws Throwable {
            frame.set(
                    value,
                    ManagedReader.read(
                            frame.memory(),
                            frame.number(object),
                            form,
                            frame.abi().classes(),
                            frame.source(),
                            value.path()));
        }

        @Override
        public String toString() {
            return value + " = read(" + object + ": " + form + ")";
        }
    }
}
