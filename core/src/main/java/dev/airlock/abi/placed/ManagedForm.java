package dev.airlock.abi.placed;

import dev.airlock.abi.EncodedBytes;
import dev.airlock.abi.Scalars;
import dev.airlock.error.TrapCode;
import dev.airlock.mapping.BlockForm;
import dev.airlock.memory.Memory;
import dev.airlock.placement.ManagedClass;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A type of values that lie in an AssemblyScript guest as managed objects, and how they are read, taken apart and made.
 *
 * <p>A value goes in by two steps. {@link #encode} does everything that can fail in Java: it returns a byte array, an
 * array of numbers, an array of such, or null for none. {@link #make} then has the guest make the objects.
 */
sealed interface ManagedForm {
    /** Describes the value that is needed, for errors. */
    String what();

    /** Reads a value. An error in it is a trap that names its place. */
    @Nullable
    Object read(ManagedReader reader, int object) throws Throwable;

    /** Takes a value apart. */
    @Nullable
    Object encode(@Nullable Object value, String name) throws Throwable;

    /** Makes the objects, and returns the pointer of the first. */
    int make(ManagedWriter writer, @Nullable Object encoded) throws Throwable;

    /** For a form that only comes out of a guest. */
    private static IllegalStateException comesOutOnly(ManagedForm form) {
        return new IllegalStateException(form + " goes into no guest");
    }

    /** A string. */
    record Text(int number) implements ManagedForm {
        @Override
        public String what() {
            return "a string";
        }

        @Override
        public Object read(ManagedReader reader, int object) {
            return reader.text(object, number);
        }

        @Override
        public Object encode(@Nullable Object value, String name) {
            byte[] units = EncodedBytes.encodeUtf16((String) value, name);
            Blocks.size(units.length, 1, 0);
            return units;
        }

        @Override
        public int make(ManagedWriter writer, @Nullable Object encoded) throws Throwable {
            return writer.block(encoded, 2, number);
        }

        @Override
        public String toString() {
            return "string of class " + number;
        }
    }

    /** A list of numbers that is an array in Java; also of bools, which are bytes. */
    record Numbers(BlockForm form, boolean bools, List<ManagedClass> classes) implements ManagedForm {
        @Override
        public String what() {
            return "a list of " + (bools ? "bools" : form.javaType().getComponentType() + "s");
        }

        @Override
        public Object read(ManagedReader reader, int object) {
            return reader.numbers(object, this);
        }

        @Override
        public Object encode(@Nullable Object value, String name) {
            Object array = form == BlockForm.BYTES && !bools
                    ? EncodedBytes.encodeBytes(value, name)
                    : Scalars.notNull(value, name);
            Object elements = array instanceof boolean[] flags ? ManagedWriter.bytes(flags) : array;
            Blocks.size(java.lang.reflect.Array.getLength(elements), form.width(), 0);
            return elements;
        }

        @Override
        public int make(ManagedWriter writer, @Nullable Object encoded) throws Throwable {
            return writer.list(encoded, form.width(), classes.get(0));
        }

        @Override
        public String toString() {
            return (bools ? "bools" : form.javaType().getComponentType() + "s") + " of "
                    + ManagedClass.text(ManagedClass.numbers(classes));
        }
    }

    /**
     * A list of numbers that are objects in Java.
     *
     * @param heap the heap that Java needs for each element, in bytes
     * @param parts {@code (Object list) -> Object[]}
     * @param list {@code (Object[]) -> Object}
     */
    record Boxes(ManagedSlot element, List<ManagedClass> classes, long heap, MethodHandle parts, MethodHandle list)
            implements ManagedForm {
        @Override
        public String what() {
            return "a list of " + element + "s";
        }

        @Override
        public Object read(ManagedReader reader, int object) throws Throwable {
            Memory memory = reader.memory();
            long found = reader.elementsOfAny(object, classes, element.size(), what());
            int pointer = (int) (found >>> 32);
            reader.take((int) found, element.size(), heap);
            var boxes = new Object[(int) found];
            for (int i = 0; i < boxes.length; i++) {
                reader.at(i);
                boxes[i] = element.read(reader, memory, pointer + i * element.size());
                reader.back();
            }
            return list.invoke(boxes);
        }

        @Override
        public Object encode(@Nullable Object value, String name) throws Throwable {
            var boxes = (Object[]) parts.invoke(Scalars.notNull(value, name));
            byte[] bytes = new byte[Blocks.size(boxes.length, element.size(), 0)];
            for (int i = 0; i < boxes.length; i++) {
                element.write(bytes, i * element.size(), boxes[i], name, i);
            }
            return bytes;
        }

        @Override
        public int make(ManagedWriter writer, @Nullable Object encoded) throws Throwable {
            return writer.list(encoded, element.size(), classes.get(0));
        }

        @Override
        public String toString() {
            return "list<" + element + "> of " + ManagedClass.text(ManagedClass.numbers(classes));
        }
    }

    /**
     * A list of objects.
     *
     * @param heap the heap that Java needs for each element, in bytes, without its strings and lists
     * @param parts {@code (Object list) -> Object[]}
     * @param list {@code (Object[]) -> Object}
     */
    record Objects(ManagedForm element, List<ManagedClass> classes, long heap, MethodHandle parts, MethodHandle list)
            implements ManagedForm {
        @Override
        public String what() {
            return "a list";
        }

        @Override
        public Object read(ManagedReader reader, int object) throws Throwable {
            Memory memory = reader.memory();
            long found = reader.elementsOfAny(object, classes, ManagedReader.POINTER, what());
            int pointer = (int) (found >>> 32);
            reader.take((int) found, ManagedReader.POINTER, heap);
            var parts = new @Nullable Object[(int) found];
            for (int i = 0; i < parts.length; i++) {
                reader.at(i);
                parts[i] = element.read(reader, memory.readInt(pointer + i * ManagedReader.POINTER));
                reader.back();
            }
            return list.invoke(parts);
        }

        @Override
        public Object encode(@Nullable Object value, String name) throws Throwable {
            var all = (Object[]) parts.invoke(Scalars.notNull(value, name));
            Blocks.size(all.length, ManagedReader.POINTER, 0);
            var encoded = new @Nullable Object[all.length];
            for (int i = 0; i < all.length; i++) {
                encoded[i] = element.encode(all[i], name + "[" + i + "]");
            }
            return encoded;
        }

        @Override
        public int make(ManagedWriter writer, @Nullable Object encoded) throws Throwable {
            var parts = (@Nullable Object[]) java.util.Objects.requireNonNull(encoded);
            var pointers = new int[parts.length];
            for (int i = 0; i < parts.length; i++) {
                pointers[i] = element.make(writer, parts[i]);
            }
            return writer.list(pointers, ManagedReader.POINTER, classes.get(0));
        }

        @Override
        public String toString() {
            return "list<" + element + "> of " + ManagedClass.text(ManagedClass.numbers(classes));
        }
    }

    /**
     * An object of one of the guest's classes, with its fields in order.
     *
     * @param name of the record
     * @param size in bytes: exactly that of the class
     * @param classes those that the object may have
     * @param make {@code (Object[] values) -> Object}
     */
    record Fields(String name, int size, List<Integer> classes, List<Field> fields, MethodHandle make)
            implements ManagedForm {
        @Override
        public String what() {
            return name;
        }

        @Override
        public Object read(ManagedReader reader, int object) throws Throwable {
            int found = reader.object(object, classes, what());
            if (found != size) {
                throw reader.trap(
                        TrapCode.WRONG_CLASS,
                        " gave an object of " + Integer.toUnsignedString(found) + " bytes at offset "
                                + Integer.toUnsignedString(object),
                        ", where " + name + " is needed, whose "
                                + (fields.size() == 1 ? "field takes " : "fields take ") + size);
            }
            var values = new @Nullable Object[fields.size()];
            for (int i = 0; i < values.length; i++) {
                Field field = fields.get(i);
                reader.in(field.name());
                values[i] = field.slot() != null
                        ? field.slot().read(reader, reader.memory(), object + field.offset())
                        : java.util.Objects.requireNonNull(field.form())
                                .read(reader, reader.memory().readInt(object + field.offset()));
                reader.back();
            }
            return make.invoke(values);
        }

        @Override
        public Object encode(@Nullable Object value, String name) {
            throw comesOutOnly(this);
        }

        @Override
        public int make(ManagedWriter writer, @Nullable Object encoded) {
            throw comesOutOnly(this);
        }

        @Override
        public String toString() {
            return name
                    + fields.stream().map(Field::toString).collect(Collectors.joining(", ", " {", "} of "))
                    + ManagedClass.text(classes);
        }
    }

    /**
     * A field of a class.
     *
     * @param offset in bytes, from the start of the object
     * @param slot a number; null for a reference
     * @param form what it refers to; null for a number
     */
    record Field(
            String name,
            int offset,
            @Nullable ManagedSlot slot,
            @Nullable ManagedForm form) {
        @Override
        public String toString() {
            return name + ": " + (slot != null ? slot : form) + " at " + offset;
        }
    }

    /**
     * A value or none, which is null in the guest.
     *
     * @param number {@code (Object value) -> int}: 0 for none
     * @param get {@code (Object value) -> Object}
     * @param none {@code () -> Object}
     * @param some {@code (Object) -> Object}
     * @param nullable whether Java's null means none, too
     */
    record Option(
            ManagedForm payload,
            MethodHandle number,
            MethodHandle get,
            MethodHandle none,
            MethodHandle some,
            boolean nullable)
            implements ManagedForm {
        @Override
        public String what() {
            return payload.what();
        }

        @Override
        public @Nullable Object read(ManagedReader reader, int object) throws Throwable {
            return object == 0 ? none.invoke() : some.invoke(payload.read(reader, object));
        }

        @Override
        public @Nullable Object encode(@Nullable Object value, String name) throws Throwable {
            Object given = nullable ? value : Scalars.notNull(value, name);
            return (int) number.invoke(given, name) == 0 ? null : payload.encode(get.invoke(given), name);
        }

        @Override
        public int make(ManagedWriter writer, @Nullable Object encoded) throws Throwable {
            return encoded == null ? 0 : payload.make(writer, encoded);
        }

        @Override
        public String toString() {
            return "option<" + payload + ">";
        }
    }

    /**
     * A value that Java holds in another type.
     *
     * @param unwrap {@code (Object value, String name) -> Object}
     * @param wrap {@code (Object) -> Object}
     */
    record Wrapped(ManagedForm inner, MethodHandle unwrap, MethodHandle wrap) implements ManagedForm {
        @Override
        public String what() {
            return inner.what();
        }

        @Override
        public Object read(ManagedReader reader, int object) throws Throwable {
            return wrap.invoke(inner.read(reader, object));
        }

        @Override
        public @Nullable Object encode(@Nullable Object value, String name) throws Throwable {
            return inner.encode(unwrap.invoke(Scalars.notNull(value, name), name), name);
        }

        @Override
        public int make(ManagedWriter writer, @Nullable Object encoded) throws Throwable {
            return inner.make(writer, encoded);
        }

        @Override
        public String toString() {
            return inner.toString();
        }
    }

    /**
     * A whole value that comes out of a guest.
     *
     * @param heap the heap that Java needs for it, in bytes, without its strings and lists
     */
    record Whole(ManagedForm inner, long heap) implements ManagedForm {
        @Override
        public String what() {
            return inner.what();
        }

        @Override
        public @Nullable Object read(ManagedReader reader, int object) throws Throwable {
            reader.take(1, 0, heap);
            return inner.read(reader, object);
        }

        @Override
        public Object encode(@Nullable Object value, String name) {
            throw comesOutOnly(this);
        }

        @Override
        public int make(ManagedWriter writer, @Nullable Object encoded) {
            throw comesOutOnly(this);
        }

        @Override
        public String toString() {
            return inner.toString();
        }
    }
}
