package dev.airlock.abi.placed;

import dev.airlock.abi.Step;
import dev.airlock.codegen.Register;
import dev.airlock.placement.ManagedClass;
import dev.airlock.placement.ManagedList;
import dev.airlock.shape.Carrier;
import java.util.List;

/** A step that makes, reads or lets go managed objects of an AssemblyScript guest. */
sealed interface ManagedStep extends Step
        permits ManagedStep.New,
                ManagedStep.NewList,
                ManagedStep.StoreList,
                ManagedStep.Unpin,
                ManagedStep.Units,
                ManagedStep.Elements,
                ManagedStep.Encode,
                ManagedStep.Make,
                ManagedStep.First,
                ManagedStep.UnpinAll,
                ManagedStep.Read {
    /** An object that is its elements is made, and pinned until it is let go. */
    record New(Register pointer, Register count, int width, int classNumber) implements ManagedStep {
        @Override
        public String toString() {
            return pointer + " = new(" + Step.size(count, width, 0) + ", class " + classNumber + "), pinned";
        }
    }

    /** An object that refers to a buffer is made, with its fields not set, and pinned until it is let go. */
    record NewList(Register pointer, ManagedClass list) implements ManagedStep {
        @Override
        public String toString() {
            return pointer + " = new(" + list.list().fields() + ", class " + list.number() + "), pinned";
        }
    }

    /**
     * The fields of such an object are set: its buffer, where the elements start, how many bytes they have, and for an
     * {@code Array} how many there are.
     */
    record StoreList(Register pointer, Register buffer, Register count, int width, ManagedList list)
            implements ManagedStep {
        @Override
        public String toString() {
            return "memory[" + pointer + "…] = " + buffer + ", " + buffer + ", " + Step.size(count, width, 0)
                    + (list == ManagedList.ARRAY ? ", " + count : "");
        }
    }

    /** An object is the collector's again. */
    record Unpin(Register pointer) implements ManagedStep {
        @Override
        public String toString() {
            return "unpin(" + pointer + ")";
        }
    }

    /** How many code units a string has. Checked: not null, inside the memory, of the class of strings. */
    record Units(Register count, Register object, int classNumber) implements ManagedStep {
        @Override
        public String toString() {
            return count + " = units(" + object + ", class " + classNumber + ")";
        }
    }

    /**
     * Where the elements of a list are, and how many. Checked: not null, inside the memory, of one of these classes, the
     * elements inside its own buffer.
     */
    record Elements(Register pointer, Register count, Register object, int width, List<ManagedClass> lists)
            implements ManagedStep {
        public Elements {
            lists = List.copyOf(lists);
        }

        @Override
        public String toString() {
            return pointer + ", " + count + " = elements(" + object + ", "
                    + ManagedClass.text(ManagedClass.numbers(lists)) + ")" + (width == 1 ? "" : " / " + width);
        }
    }

    /** A Java value of several objects is taken apart: all that can fail in Java does so now. */
    record Encode(Register encoded, Register value, ManagedForm form) implements ManagedStep {
        @Override
        public String toString() {
            return encoded + " = encode(" + value + ": " + form + ")";
        }
    }

    /** Its objects are made, and pinned until they are let go: their pointers, the value's first. */
    record Make(Register objects, Register encoded, ManagedForm form) implements ManagedStep {
        @Override
        public String toString() {
            return objects + " = new(" + encoded + "), pinned";
        }
    }

    /** The pointer of a value of several objects. */
    record First(Register pointer, Register objects) implements ManagedStep {
        @Override
        public String toString() {
            return pointer + " = " + objects + "[0]";
        }
    }

    /** All objects of a value are the collector's again. */
    record UnpinAll(Register objects) implements ManagedStep {
        @Override
        public String toString() {
            return "unpin(" + objects + "…)";
        }
    }

    /** A value of several objects is read, copied. Checked as in {@link ManagedReader}. */
    record Read(Register value, Register object, ManagedForm form, Carrier.Block carrier) implements ManagedStep {
        @Override
        public String toString() {
            return value + " = read(" + object + ": " + form + ")";
        }
    }
}
