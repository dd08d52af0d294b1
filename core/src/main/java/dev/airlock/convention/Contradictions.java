package dev.airlock.convention;

import dev.airlock.abi.Placement.Allocate;
import dev.airlock.abi.Placement.In;
import dev.airlock.abi.Placement.Out;
import dev.airlock.shape.BlockForm;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What cannot be true of one guest at once. */
final class Contradictions {
    private Contradictions() {}

    /** The first that there is, in words; null for none. */
    static @Nullable String among(
            String name,
            List<Allocator> allocators,
            Set<In> in,
            Set<Out> out,
            boolean guestTakesArguments,
            BlockForm text,
            @Nullable String payload,
            boolean payloadOnly,
            @Nullable ManagedObjects objects) {
        if (name.isBlank()) {
            return "a name is needed, for errors to say";
        }
        if (in.isEmpty() || out.isEmpty()) {
            return "at least one form is needed for in and for out";
        }
        if (text != BlockForm.UTF8 && text != BlockForm.UTF16) {
            return "text is UTF8 or UTF16, not " + text;
        }
        if (payloadOnly && payload == null) {
            return "payloadOnly needs the format of the payload: set payload(\"JSON\"), or what it is";
        }
        boolean nul = in.contains(In.NUL_TERMINATED) || out.contains(Out.NUL_TERMINATED);
        if (nul && text == BlockForm.UTF16) {
            return "NUL_TERMINATED is for UTF8: in UTF16, every other byte of an ASCII text is a NUL";
        }
        if (nul && payloadOnly) {
            return "NUL_TERMINATED is for strings, and by payloadOnly there are none";
        }
        boolean fat = allocators.stream().anyMatch(a -> a.allocate().form() == Allocate.Form.FAT);
        if (in.contains(In.FAT) && !allocators.isEmpty() && !fat) {
            return "in FAT needs an allocator that gives fat pointers, of the form FAT";
        }
        return ofObjects(allocators, in, out, guestTakesArguments, text, objects);
    }

    private static @Nullable String ofObjects(
            List<Allocator> allocators,
            Set<In> in,
            Set<Out> out,
            boolean guestTakesArguments,
            BlockForm text,
            @Nullable ManagedObjects objects) {
        boolean managed = in.contains(In.MANAGED) || out.contains(Out.MANAGED);
        boolean makes = allocators.stream().anyMatch(a -> a.allocate().form() == Allocate.Form.MANAGED);
        if (!managed) {
            return makes
                    ? "an allocator of the form MANAGED is for MANAGED in and out"
                    : objects == null ? null : "objects are for MANAGED in and out";
        }
        if (!in.equals(Set.of(In.MANAGED)) || !out.equals(Set.of(Out.MANAGED))) {
            return "MANAGED goes in and out alone, since nothing would tell a managed object from another pointer";
        }
        if (objects == null) {
            return "MANAGED needs to know the guest's objects: set objects(ManagedObjects.ASSEMBLYSCRIPT), or the guest's"
                    + " own";
        }
        if (text != BlockForm.UTF16) {
            return "MANAGED strings are UTF16";
        }
        if (guestTakesArguments) {
            return "guestTakesArguments cannot be with MANAGED: such objects are the collector's";
        }
        if (!allocators.stream().allMatch(a -> a.allocate().form() == Allocate.Form.MANAGED)) {
            return "MANAGED needs an allocator of the form MANAGED";
        }
        return null;
    }
}
