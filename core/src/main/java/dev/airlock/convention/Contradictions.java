package dev.airlock.convention;

import dev.airlock.mapping.BlockForm;
import dev.airlock.placement.Placement.Allocate;
import dev.airlock.placement.Placement.In;
import dev.airlock.placement.Placement.Out;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What cannot be true of one guest at once. */
final class Contradictions {
    private Contradictions() {}

    /** Returns the first that there is, in words; null for none. */
    static @Nullable String in(Convention convention) {
        List<Allocator> allocators = convention.allocators();
        Set<In> in = convention.in();
        if (convention.name().isBlank()) {
            return "a name is needed, for errors to say";
        }
        if (convention.payloadLimit() < 0) {
            return "a limit is not negative: " + convention.payloadLimit();
        }
        BlockForm text = convention.text();
        if (text != BlockForm.UTF8 && text != BlockForm.UTF16) {
            return "text is UTF8 or UTF16, not " + text;
        }
        if (convention.payloadOnly() && convention.payload() == null) {
            return "payloadOnly needs the format of the payload: set payload(\"JSON\"), or what it is";
        }
        boolean nul = in.contains(In.NUL_TERMINATED) || convention.out().contains(Out.NUL_TERMINATED);
        if (nul && text == BlockForm.UTF16) {
            return "NUL_TERMINATED is for UTF8: in UTF16, every other byte of an ASCII text is a NUL";
        }
        if (nul && convention.payloadOnly()) {
            return "NUL_TERMINATED is for strings, and by payloadOnly there are none";
        }
        boolean fat = allocators.stream().anyMatch(a -> a.allocate().form() == Allocate.Form.FAT);
        if (in.contains(In.FAT) && !allocators.isEmpty() && !fat) {
            return "in FAT needs an allocator that gives fat pointers, of the form FAT";
        }
        return ofObjects(convention);
    }

    private static @Nullable String ofObjects(Convention convention) {
        List<Allocator> allocators = convention.allocators();
        Set<In> in = convention.in();
        Set<Out> out = convention.out();
        boolean managed = in.contains(In.MANAGED) || out.contains(Out.MANAGED);
        boolean makes = allocators.stream().anyMatch(a -> a.allocate().form() == Allocate.Form.MANAGED);
        if (!managed) {
            return makes
                    ? "an allocator of the form MANAGED is for MANAGED in and out"
                    : convention.objects() == null ? null : "objects are for MANAGED in and out";
        }
        if (!in.equals(Set.of(In.MANAGED)) || !out.equals(Set.of(Out.MANAGED))) {
            return "MANAGED goes in and out alone, since nothing would tell a managed object from another pointer";
        }
        if (convention.objects() == null) {
            return "MANAGED needs to know the guest's objects: set objects(ManagedObjects.ASSEMBLYSCRIPT), or the guest's"
                    + " own";
        }
        if (convention.text() != BlockForm.UTF16) {
            return "MANAGED strings are UTF16";
        }
        if (convention.guestTakesArguments()) {
            return "guestTakesArguments cannot be with MANAGED: such objects are the collector's";
        }
        if (!allocators.stream().allMatch(a -> a.allocate().form() == Allocate.Form.MANAGED)) {
            return "MANAGED needs an allocator of the form MANAGED";
        }
        return null;
    }
}
