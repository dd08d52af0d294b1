package dev.airlock.convention;

import dev.airlock.mapping.BlockForm;
import dev.airlock.placement.Placement.Allocate;
import dev.airlock.placement.Placement.Free;
import dev.airlock.placement.Placement.In;
import dev.airlock.placement.Placement.Out;
import java.util.List;

/** The habits of the toolchains, as their own documentation has them. */
final class Presets {
    static final Convention C = Convention.builder("c")
            .allocator("malloc", Allocate.Form.SIZE, "free", Free.Form.POINTER)
            .in(In.POINTER_COUNT, In.NUL_TERMINATED)
            .out(Out.PACKED, Out.RETURN_POINTER, Out.TWO_RESULTS, Out.NUL_TERMINATED)
            .build();

    /** Rust itself lays down no names. These are the ones met most, with sizes first, since its allocator wants them. */
    static final Convention RUST = Convention.builder("rust")
            .allocator("alloc", Allocate.Form.SIZE, "dealloc", Free.Form.POINTER_SIZE)
            .allocator("allocate", Allocate.Form.SIZE, "deallocate", Free.Form.POINTER_SIZE)
            .allocator("alloc", Allocate.Form.SIZE, "dealloc", Free.Form.POINTER)
            .allocator("allocate", Allocate.Form.SIZE, "deallocate", Free.Form.POINTER)
            .allocator("alloc", Allocate.Form.SIZE_ALIGN, "dealloc", Free.Form.POINTER_SIZE_ALIGN)
            .allocator("malloc", Allocate.Form.SIZE, "free", Free.Form.POINTER_SIZE)
            .allocator("malloc", Allocate.Form.SIZE, "free", Free.Form.POINTER)
            .build();

    /**
     * A string that is a Go function's own result comes by return pointer and is the collector's: TinyGo's {@code free}
     * traps on what {@code malloc} did not give. One that is packed by hand was leaked with {@code malloc} so that the
     * collector would not move in, and is the host's.
     */
    static final Convention TINYGO = Convention.builder("tinygo")
            .allocator("malloc", Allocate.Form.SIZE, "free", Free.Form.POINTER)
            .in(In.POINTER_COUNT, In.SLICE)
            .out(Out.RETURN_POINTER, Out.PACKED)
            .hostFreesResults(Out.PACKED)
            .nullPointers(false)
            .build();

    /** Go exports no allocator of its own: what there is, the guest's author wrote. */
    static final Convention GO = Convention.builder("go")
            .allocator("malloc", Allocate.Form.SIZE, "free", Free.Form.POINTER)
            .allocator("malloc", Allocate.Form.SIZE, "free", Free.Form.POINTER_SIZE)
            .allocator("alloc", Allocate.Form.SIZE, "free", Free.Form.POINTER)
            .allocator("alloc", Allocate.Form.SIZE, "dealloc", Free.Form.POINTER)
            .allocator("alloc", Allocate.Form.SIZE, "dealloc", Free.Form.POINTER_SIZE)
            .allocator("allocate", Allocate.Form.SIZE, "deallocate", Free.Form.POINTER)
            .allocator("allocate", Allocate.Form.SIZE, "deallocate", Free.Form.POINTER_SIZE)
            .nullPointers(false)
            .build();

    /** What has no class of its own crosses in no way, unless the guest's JSON is asked for by {@code payload}. */
    static final Convention ASSEMBLYSCRIPT = Convention.builder("assemblyscript")
            .allocator("__new", Allocate.Form.MANAGED)
            .in(In.MANAGED)
            .out(Out.MANAGED)
            .hostFreesResults(false)
            .text(BlockForm.UTF16)
            .payload(null)
            .objects(ManagedObjects.ASSEMBLYSCRIPT)
            .build();

    /** Older releases know no alignments; the exports tell. */
    static final Convention WASM_BINDGEN = Convention.builder("wasm-bindgen")
            .allocator("__wbindgen_malloc", Allocate.Form.SIZE_ALIGN, "__wbindgen_free", Free.Form.POINTER_SIZE_ALIGN)
            .allocator("__wbindgen_malloc", Allocate.Form.SIZE, "__wbindgen_free", Free.Form.POINTER_SIZE)
            .out(Out.TWO_RESULTS, Out.RETURN_POINTER)
            .guestTakesArguments(true)
            .stackPointer("__wbindgen_add_to_stack_pointer")
            .payload(null)
            .build();

    /**
     * Ownership goes with the value, both ways: who gets a block frees it. Of the length in a fat pointer the upper 8 bits
     * are reserved.
     */
    static final Convention FP_BINDGEN = Convention.builder("fp-bindgen")
            .allocator("__fp_malloc", Allocate.Form.FAT, "__fp_free", Free.Form.FAT)
            .in(In.FAT)
            .guestTakesArguments(true)
            .hostFreesImportArguments(true)
            .payload("MessagePack")
            .payloadOnly(true)
            .payloadLimit(0xFF_FFFF)
            .functionPrefix("__fp_gen_")
            .build();

    static final List<Convention> ALL = List.of(C, RUST, TINYGO, GO, ASSEMBLYSCRIPT, WASM_BINDGEN, FP_BINDGEN);

    private Presets() {}
}
