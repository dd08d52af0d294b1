package dev.airlock.placement;

import dev.airlock.mapping.BlockForm;
import dev.airlock.memory.StaticMemory;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of values lie when one guest function is called, and who frees them. Core modules of different languages
 * differ only in this.
 *
 * @param allocate how the host asks the guest for memory; null if it cannot, so that only numbers can be passed
 * @param free how the host returns memory to the guest; null if blocks are not freed
 * @param in how a block goes in
 * @param out how a block comes back
 * @param guestTakesArguments whether the guest frees the blocks it was given; else the host does, after the call
 * @param hostFreesResults whether the host frees the blocks it was given, once it has copied them
 * @param text what strings are, {@link BlockForm#UTF8} or {@link BlockForm#UTF16}
 * @param managed what is needed for {@link In#MANAGED} and {@link Out#MANAGED}; else null
 * @param stackPointer the export that moves the pointer of the guest's shadow stack, {@code (bytes: i32) -> i32}. If it is
 *     given, the room for {@link Out#RETURN_POINTER} comes from the shadow stack; if null, from the allocator
 * @param statics the guest's static memory; the host never frees a block in it
 */
public record Placement(
        @Nullable Allocate allocate,
        @Nullable Free free,
        In in,
        Out out,
        boolean guestTakesArguments,
        boolean hostFreesResults,
        BlockForm text,
        @Nullable Managed managed,
        @Nullable String stackPointer,
        StaticMemory statics) {
    /**
     * Makes a placement for a guest whose static memory is not known.
     *
     * @param allocate how the host asks the guest for memory
     * @param free how the host returns memory to the guest
     * @param in as in the record
     * @param out as in the record
     * @param guestTakesArguments as in the record
     * @param hostFreesResults as in the record
     * @param text as in the record
     * @param managed as in the record
     * @param stackPointer as in the record
     */
    public Placement(
            @Nullable Allocate allocate,
            @Nullable Free free,
            In in,
            Out out,
            boolean guestTakesArguments,
            boolean hostFreesResults,
            BlockForm text,
            @Nullable Managed managed,
            @Nullable String stackPointer) {
        this(
                allocate,
                free,
                in,
                out,
                guestTakesArguments,
                hostFreesResults,
                text,
                managed,
                stackPointer,
                StaticMemory.NONE);
    }

    /**
     * Makes a placement for a guest that has no shadow stack the host may use.
     *
     * @param allocate how the host asks the guest for memory
     * @param free how the host returns memory to the guest
     * @param in as in the record
     * @param out as in the record
     * @param guestTakesArguments as in the record
     * @param hostFreesResults as in the record
     * @param text as in the record
     * @param managed as in the record
     */
    public Placement(
            @Nullable Allocate allocate,
            @Nullable Free free,
            In in,
            Out out,
            boolean guestTakesArguments,
            boolean hostFreesResults,
            BlockForm text,
            @Nullable Managed managed) {
        this(allocate, free, in, out, guestTakesArguments, hostFreesResults, text, managed, null);
    }

    /**
     * A guest function that allocates memory.
     *
     * @param function the name of its export
     * @param form its parameters and result
     */
    public record Allocate(String function, Form form) {
        /** The core type of an allocator. */
        public enum Form {
            /** {@code (size: i32) -> i32}. */
            SIZE,
            /** {@code (size: i32, align: i32) -> i32}. */
            SIZE_ALIGN,
            /** {@code (size: i32) -> i64}, with the pointer in the upper half of the result. */
            FAT,
            /** {@code (size: i32, class: i32) -> i32}: AssemblyScript's {@code __new}. */
            MANAGED;

            /**
             * Returns the type of a method handle for the function.
             *
             * @return the type; its first parameter is the guest
             */
            public MethodType handleType() {
                return switch (this) {
                    case SIZE -> MethodType.methodType(int.class, Object.class, int.class);
                    case SIZE_ALIGN, MANAGED -> MethodType.methodType(int.class, Object.class, int.class, int.class);
                    case FAT -> MethodType.methodType(long.class, Object.class, int.class);
                };
            }
        }
    }

    /**
     * A guest function that frees memory.
     *
     * @param function the name of its export
     * @param form its parameters
     */
    public record Free(String function, Form form) {
        /** The core type of a function that frees. */
        public enum Form {
            /** {@code (ptr: i32)}. */
            POINTER,
            /** {@code (ptr: i32, size: i32)}. */
            POINTER_SIZE,
            /** {@code (ptr: i32, size: i32, align: i32)}. */
            POINTER_SIZE_ALIGN,
            /** {@code (fat: i64)}: pointer in the upper half, size in the lower. */
            FAT;

            /**
             * Returns the type of a method handle for the function.
             *
             * @return the type; its first parameter is the guest
             */
            public MethodType handleType() {
                return switch (this) {
                    case POINTER -> MethodType.methodType(void.class, Object.class, int.class);
                    case POINTER_SIZE -> MethodType.methodType(void.class, Object.class, int.class, int.class);
                    case POINTER_SIZE_ALIGN ->
                        MethodType.methodType(void.class, Object.class, int.class, int.class, int.class);
                    case FAT -> MethodType.methodType(void.class, Object.class, long.class);
                };
            }
        }
    }

    /**
     * AssemblyScript's managed objects. Each has a header with its class and its size; docs/ASSEMBLYSCRIPT.md has a drawing.
     *
     * @param pin the export that keeps an object from the collector, {@code (ptr: i32) -> i32}
     * @param unpin the export that undoes this, {@code (ptr: i32)}
     * @param classes the guest's classes, as far as they are known
     */
    public record Managed(String pin, String unpin, ManagedClasses classes) {}

    /** How a block goes in. */
    public enum In {
        /** {@code (ptr: i32, count: i32)}. */
        POINTER_COUNT,
        /** {@code (ptr: i32, count: i32, capacity: i32)}, as a slice of Go. */
        SLICE,
        /** {@code (ptr: i32)} to bytes that end with a NUL. For strings only. */
        NUL_TERMINATED,
        /** {@code (fat: i64)}: pointer in the upper half, count in the lower. */
        FAT,
        /** {@code (ptr: i32)} to a managed object, pinned for the call. */
        MANAGED
    }

    /** How a block comes back. */
    public enum Out {
        /** {@code i64}: pointer in the upper half, count in the lower. */
        PACKED,
        /** A first parameter {@code (ret: i32)}: a pointer to eight bytes, where the guest writes pointer and count. */
        RETURN_POINTER,
        /** {@code (i32, i32)}: two results. */
        TWO_RESULTS,
        /** {@code i32}: a pointer to bytes that end with a NUL. For strings only. */
        NUL_TERMINATED,
        /** {@code i32}: a pointer to a managed object, which only the guest's collector frees. */
        MANAGED
    }
}
