package dev.airlock.convention;

import dev.airlock.error.CanIgnoreReturnValue;
import dev.airlock.error.CheckReturnValue;
import dev.airlock.error.SignatureException;
import dev.airlock.mapping.BlockForm;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.placement.ManagedList;
import dev.airlock.placement.Placement;
import dev.airlock.placement.Placement.Allocate;
import dev.airlock.placement.Placement.Free;
import dev.airlock.placement.Placement.In;
import dev.airlock.placement.Placement.Out;
import dev.airlock.shape.Carrier;
import dev.airlock.type.CoreFuncType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a guest language passes strings and lists: how blocks of bytes get in and out, and who frees them.
 *
 * <pre>{@code
 * Greeter greeter = guest.convention(Convention.tinygo()).as(Greeter.class);
 *
 * Convention mine = Convention.rust().toBuilder("mine").guestTakesArguments(true).build();
 * }</pre>
 *
 * <p>A convention is looser than a {@link Placement}: it allows several forms, and names several allocators that a guest may
 * have. {@link #resolve} finds the placement of one function by its core type and by the guest's exports.
 *
 * <p>The presets follow the documentation of each toolchain. For other guests, start from the nearest preset. {@link Builder}
 * explains each setting.
 *
 * <p>A convention is immutable. Two conventions are equal if their names and all of their settings are.
 */
@CheckReturnValue
public final class Convention {
    private final String name;
    private final List<Allocator> allocators;
    private final Set<In> in;
    private final Set<Out> out;
    private final boolean guestTakesArguments;
    private final Set<Out> hostFreesResults;
    private final boolean hostFreesImportArguments;
    private final BlockForm text;
    private final @Nullable String payload;
    private final @Nullable PayloadCodec payloadCodec;
    private final boolean payloadOnly;
    private final int payloadLimit;
    private final String functionPrefix;
    private final @Nullable String stackPointer;
    private final @Nullable String heapBase;
    private final boolean nullPointers;
    private final @Nullable ManagedObjects objects;

    private Convention(Builder from) {
        name = from.name;
        allocators = List.copyOf(from.allocators);
        in = ordered(from.in);
        out = ordered(from.out);
        guestTakesArguments = from.guestTakesArguments;
        hostFreesResults = ordered(from.hostFreesResults);
        hostFreesImportArguments = from.hostFreesImportArguments;
        text = from.text;
        payload = from.payload;
        payloadCodec = from.payloadCodec;
        payloadOnly = from.payloadOnly;
        payloadLimit = from.payloadLimit;
        functionPrefix = from.functionPrefix;
        stackPointer = from.stackPointer;
        heapBase = from.heapBase;
        nullPointers = from.nullPointers;
        objects = from.objects;
    }

    // Set.copyOf would forget the order, and with it the order of forms in messages.
    private static <T> Set<T> ordered(Set<T> set) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(set));
    }

    /**
     * Plain C, by clang: {@code malloc} and {@code free}.
     *
     * @return the new convention
     */
    public static Convention c() {
        return Presets.C;
    }

    /**
     * Rust with {@code extern "C"} functions, and others that export {@code alloc} and {@code dealloc}, as Zig.
     *
     * @return the new convention
     */
    public static Convention rust() {
        return Presets.RUST;
    }

    /**
     * TinyGo.
     *
     * @return the new convention
     */
    public static Convention tinygo() {
        return Presets.TINYGO;
    }

    /**
     * Go 1.24 and later, with {@code go:wasmexport}.
     *
     * @return the new convention
     */
    public static Convention go() {
        return Presets.GO;
    }

    /**
     * AssemblyScript, compiled with {@code --exportRuntime}.
     *
     * @return the new convention
     */
    public static Convention assemblyscript() {
        return Presets.ASSEMBLYSCRIPT;
    }

    /**
     * Rust by wasm-bindgen.
     *
     * @return the new convention
     */
    public static Convention wasmBindgen() {
        return Presets.WASM_BINDGEN;
    }

    /**
     * Rust by fp-bindgen.
     *
     * @return the new convention
     */
    public static Convention fpBindgen() {
        return Presets.FP_BINDGEN;
    }

    /**
     * Returns all presets.
     *
     * @return the presets
     */
    public static List<Convention> presets() {
        return Presets.ALL;
    }

    /**
     * Returns the preset of that name, as in {@code --convention tinygo}.
     *
     * @param name the name of a preset, such as {@code rust}
     * @return the preset of that name, as in {@code --convention tinygo}
     */
    public static Optional<Convention> named(String name) {
        return Presets.ALL.stream().filter(c -> c.name.equals(name)).findFirst();
    }

    /**
     * Returns a builder of a new convention that starts with: {@code (ptr, len)} in, {@code ptr<<32 | len} back, UTF-8, JSON, no allocator, and the
     * host frees everything, until said otherwise.
     *
     * @param name the name in errors
     * @return the builder
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /**
     * Returns a builder that starts from this convention, with its name.
     *
     * @return the builder
     */
    public Builder toBuilder() {
        return toBuilder(name);
    }

    /**
     * Returns a builder that starts from this convention, with another name.
     *
     * @param name the name of the new convention, in errors
     * @return the builder
     */
    public Builder toBuilder(String name) {
        return new Builder(name, this);
    }

    /**
     * Returns the name under which errors, {@code inspect} and {@code --convention} know this convention.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Returns the format that carries aggregates, such as {@code "JSON"}, or null if nothing carries them.
     *
     * @return the format
     */
    public @Nullable String payload() {
        return payload;
    }

    /**
     * Returns what writes and reads payloads; empty for the codec that is installed for {@link #payload()}.
     *
     * @return what writes and reads payloads
     */
    public Optional<PayloadCodec> payloadCodec() {
        return Optional.ofNullable(payloadCodec);
    }

    /**
     * Returns how many bytes a payload may have, either way; {@link Integer#MAX_VALUE} for what fits into memory.
     *
     * @return how many bytes a payload may have, either way
     */
    public int payloadLimit() {
        return payloadLimit;
    }

    /**
     * Returns what the toolchain puts before the name of every function, or {@code ""}.
     *
     * @return the prefix; empty for none
     */
    public String functionPrefix() {
        return functionPrefix;
    }

    List<Allocator> allocators() {
        return allocators;
    }

    Set<In> in() {
        return in;
    }

    Set<Out> out() {
        return out;
    }

    boolean guestTakesArguments() {
        return guestTakesArguments;
    }

    Set<Out> hostFreesResults() {
        return hostFreesResults;
    }

    /** {@return whether the host frees results in any form} */
    public boolean freesResults() {
        return !hostFreesResults.isEmpty();
    }

    boolean hostFreesImportArguments() {
        return hostFreesImportArguments;
    }

    BlockForm text() {
        return text;
    }

    boolean payloadOnly() {
        return payloadOnly;
    }

    @Nullable
    String stackPointer() {
        return stackPointer;
    }

    boolean nullPointers() {
        return nullPointers;
    }

    @Nullable
    String heapBase() {
        return heapBase;
    }

    @Nullable
    ManagedObjects objects() {
        return objects;
    }

    /** Returns the same with some of its forms, or nothing if none of them is left; empty sets stand for all forms. */
    Optional<Convention> narrowed(Set<In> someIn, Set<Out> someOut) {
        Builder builder = toBuilder();
        builder.in = common(in, someIn);
        builder.out = common(out, someOut);
        return builder.in.isEmpty() || builder.out.isEmpty() ? Optional.empty() : Optional.of(builder.build());
    }

    private static <T> Set<T> common(Set<T> all, Set<T> some) {
        var common = new LinkedHashSet<>(all);
        if (!some.isEmpty()) {
            common.retainAll(some);
        }
        return common;
    }

    /**
     * Returns the same convention for a guest that keeps what it returns, as in {@code const char *name(int i) { return
     * names[i]; }}: the host frees no result.
     *
     * <p>The host never frees a result that lies inside of an active data segment, or below the guest's {@link
     * Builder#heapBase}. This is for guests whose static results lie elsewhere, or may: in memory that starts as zeros, or that
     * the guest reserved when it started.
     *
     * @return the new convention
     */
    public Convention staticResults() {
        return toBuilder().hostFreesResults(false).build();
    }

    /**
     * Returns how this convention carries a value: as it is, or as a payload if that carries everything except numbers.
     *
     * @param carrier the carrier that the Java type asks for
     * @return the carrier by this convention
     */
    public Carrier carried(Carrier carrier) {
        if (!(carrier instanceof Carrier.Block block)) {
            return carrier;
        } else if (payloadOnly && !Signature.isPayload(block)) {
            return new Carrier.Block(BlockForm.PAYLOAD, block.javaType(), block.type());
        } else if (payloadOnly) {
            return block;
        }
        Carrier.Block missing = block.missing();
        if (objects != null && block.form() == BlockForm.PAYLOAD && (payload == null || missing != null)) {
            return new Carrier.Block(BlockForm.OBJECTS, block.javaType(), block.type());
        }
        return missing == null ? block : missing;
    }

    /**
     * Returns the placement of a function that the guest exports: the only one with which the function has the type it has. What
     * the function has no use for is left out of it, so that conventions that differ elsewhere give equal placements:
     * without a block in, {@code in} is POINTER_COUNT; without one back, {@code out} is PACKED; a guest that exports none
     * of the allocators keeps what it gives back, because the host could not free it.
     *
     * @param function the name of the exported function
     * @param core its type in the guest
     * @param params what the parameters are if this convention does not make them a payload, see {@link #carried}
     * @param result what the result is; null for none
     * @param exports what the guest exports
     * @return the placement
     * @throws SignatureException if no form has that type, if the parameters can be read in several ways, if there is no
     *     way to get room in the guest and the function needs it, or if nothing carries a value; the message says what to
     *     do
     */
    public Placement resolve(
            String function, CoreFuncType core, List<Carrier> params, @Nullable Carrier result, ExportView exports) {
        return Detection.chosen(this)
                .resolve(function, core, params, result, exports)
                .placement();
    }

    /**
     * Returns the placement of a function that the guest imports: the guest's arguments go to Java, and Java's result to the
     * guest. In it, {@code guestTakesArguments} and {@code hostFreesResults} stand for what they say of blocks: the guest
     * frees what it was given, which is the result; the host frees what it was given, which are the arguments, if
     * {@link Builder#hostFreesImportArguments}.
     *
     * @param function the name of the function
     * @param core the core type of the function
     * @param params how each parameter crosses
     * @param result how the result crosses; null if there is none
     * @param exports of the guest: Java's result needs room there
     * @return the placement
     * @throws SignatureException as in {@link #resolve}
     */
    public Placement resolveImport(
            String function, CoreFuncType core, List<Carrier> params, @Nullable Carrier result, ExportView exports) {
        return Detection.chosen(this)
                .resolveImport(function, core, params, result, exports)
                .placement();
    }

    private List<@Nullable Object> habits() {
        return Arrays.asList(
                name,
                allocators,
                in,
                out,
                guestTakesArguments,
                hostFreesResults,
                hostFreesImportArguments,
                text,
                payload,
                payloadCodec,
                payloadOnly,
                payloadLimit,
                functionPrefix,
                stackPointer,
                heapBase,
                nullPointers,
                objects);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Convention convention && habits().equals(convention.habits());
    }

    @Override
    public int hashCode() {
        return habits().hashCode();
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }

    /**
     * Describes the habits of a guest. Setting a habit again replaces it, with the exception of {@link #allocator}, which
     * adds one. A builder may go on after {@link #build}: what it has built does not change.
     */
    @CanIgnoreReturnValue
    public static final class Builder {
        private final String name;
        private final List<Allocator> allocators = new ArrayList<>();
        private Set<In> in = Set.of(In.POINTER_COUNT);
        private Set<Out> out = Set.of(Out.PACKED);
        private boolean guestTakesArguments;
        private Set<Out> hostFreesResults = EnumSet.allOf(Out.class);
        private boolean hostFreesImportArguments;
        private BlockForm text = BlockForm.UTF8;
        private @Nullable String payload = "JSON";
        private @Nullable PayloadCodec payloadCodec;
        private boolean payloadOnly;
        private int payloadLimit = Integer.MAX_VALUE;
        private String functionPrefix = "";
        private @Nullable String stackPointer;
        private @Nullable String heapBase = "__heap_base";
        private boolean nullPointers = true;
        private @Nullable ManagedObjects objects;

        private Builder(String name) {
            this.name = name;
        }

        private Builder(String name, Convention from) {
            this(name);
            allocators.addAll(from.allocators);
            in = from.in;
            out = from.out;
            guestTakesArguments = from.guestTakesArguments;
            hostFreesResults = from.hostFreesResults;
            hostFreesImportArguments = from.hostFreesImportArguments;
            text = from.text;
            payload = from.payload;
            payloadCodec = from.payloadCodec;
            payloadOnly = from.payloadOnly;
            payloadLimit = from.payloadLimit;
            functionPrefix = from.functionPrefix;
            stackPointer = from.stackPointer;
            heapBase = from.heapBase;
            nullPointers = from.nullPointers;
            objects = from.objects;
        }

        /**
         * Adds exports by which the host gets room in the guest and gives it back: looked for after those before it.
         *
         * @param allocate how the host asks the guest for memory
         * @param form its parameters and result
         * @param free how the host returns memory to the guest
         * @param freeForm the parameters of the function that frees
         * @return this builder
         */
        public Builder allocator(String allocate, Allocate.Form form, String free, Free.Form freeForm) {
            allocators.add(new Allocator(new Allocate(allocate, form), new Free(free, freeForm)));
            return this;
        }

        /**
         * Adds an export by which the host gets room in a guest where nothing is ever given back.
         *
         * @param allocate how the host asks the guest for memory
         * @param form its parameters and result
         * @return this builder
         */
        public Builder allocator(String allocate, Allocate.Form form) {
            allocators.add(new Allocator(new Allocate(allocate, form), null));
            return this;
        }

        /**
         * Forgets the allocators so far: those of the convention that this started from.
         *
         * @return this builder
         */
        public Builder noAllocators() {
            allocators.clear();
            return this;
        }

        /**
         * Sets the forms in which a block may go in. The order is that of {@link In}.
         *
         * @param first a form
         * @param others more forms
         * @return this builder
         */
        public Builder in(In first, In... others) {
            in = EnumSet.of(first, others);
            return this;
        }

        /**
         * Sets the forms in which a block may come back. The order is that of {@link Out}.
         *
         * @param first a form
         * @param others more forms
         * @return this builder
         */
        public Builder out(Out first, Out... others) {
            out = EnumSet.of(first, others);
            return this;
        }

        /**
         * Sets whether the guest frees the blocks that it is given, as one in Rust that rebuilds a {@code Vec} from them; if
         * not, the host does, after the call.
         *
         * @param takes whether the guest frees them
         * @return this builder
         */
        public Builder guestTakesArguments(boolean takes) {
            guestTakesArguments = takes;
            return this;
        }

        /**
         * Sets whether the host frees a block that came back, in any form, once it has copied it; if not, the block belongs
         * to the guest or its collector. Managed objects always belong to the collector.
         *
         * @param frees whether the host frees it
         * @return this builder
         */
        public Builder hostFreesResults(boolean frees) {
            hostFreesResults = frees ? EnumSet.allOf(Out.class) : EnumSet.noneOf(Out.class);
            return this;
        }

        /**
         * Sets the forms in which the host frees a block that came back.
         *
         * @param first a form
         * @param others more forms
         * @return this builder
         */
        public Builder hostFreesResults(Out first, Out... others) {
            hostFreesResults = EnumSet.of(first, others);
            return this;
        }

        /**
         * Sets whether the host also frees the blocks that the guest passes to an import.
         *
         * @param frees whether the host frees them
         * @return this builder
         */
        public Builder hostFreesImportArguments(boolean frees) {
            hostFreesImportArguments = frees;
            return this;
        }

        /**
         * Sets what strings are: {@link BlockForm#UTF8} or {@link BlockForm#UTF16}.
         *
         * @param text the encoding of strings
         * @return this builder
         */
        public Builder text(BlockForm text) {
            this.text = text;
            return this;
        }

        /**
         * Sets the format that carries aggregates, such as {@code "JSON"}; null for a guest that takes none.
         *
         * @param format the format; null for none
         * @return this builder
         */
        public Builder payload(@Nullable String format) {
            payload = format;
            payloadCodec = null;
            return this;
        }

        /**
         * Sets what writes and reads payloads, and by that their format.
         *
         * @param codec writes and reads the payloads
         * @return this builder
         */
        public Builder payloadCodec(PayloadCodec codec) {
            payload = codec.format();
            payloadCodec = codec;
            return this;
        }

        /**
         * Sets whether strings and lists of numbers cross as payload, too.
         *
         * @param only whether they do
         * @return this builder
         */
        public Builder payloadOnly(boolean only) {
            payloadOnly = only;
            return this;
        }

        /**
         * Sets how many bytes a payload may have, either way; {@link Integer#MAX_VALUE} for what fits into memory.
         *
         * @param bytes the number of bytes, not negative
         * @return this builder
         */
        public Builder payloadLimit(int bytes) {
            payloadLimit = bytes;
            return this;
        }

        /**
         * Sets what the toolchain puts before the name of every function; {@code ""} for nothing.
         *
         * @param prefix the prefix; empty for none
         * @return this builder
         */
        public Builder functionPrefix(String prefix) {
            functionPrefix = prefix;
            return this;
        }

        /**
         * Sets the export {@code (bytes: i32) -> i32} that moves the pointer of the guest's shadow stack. If the guest has
         * it, the room for {@link Out#RETURN_POINTER} is there; else that is a block from the allocator. Null for none.
         *
         * @param export the name of the export
         * @return this builder
         */
        public Builder stackPointer(@Nullable String export) {
            stackPointer = export;
            return this;
        }

        /**
         * Sets the export, an immutable global of type i32, that says where the guest's heap starts: by default {@code
         * __heap_base}, as LLVM's linker calls it. The host frees no result below it, since that is static. If the guest does not
         * export it but names its {@code __stack_pointer}, which the same linker puts below the heap, that serves.
         *
         * <p>Null for a guest whose allocator gives out blocks below it all the same, from an array of its own.
         *
         * @param export the name of the export
         * @return this builder
         */
        public Builder heapBase(@Nullable String export) {
            heapBase = export;
            return this;
        }

        /**
         * Sets whether a null pointer stands for a string or list that is missing: {@code none} of an {@code option}, as by default.
         * If not, as in Go, whose empty strings have null pointers, too, functions with such options are refused.
         *
         * @param are whether it does
         * @return this builder
         */
        public Builder nullPointers(boolean are) {
            nullPointers = are;
            return this;
        }

        /**
         * Sets what there is to know of managed objects, for {@link In#MANAGED} and {@link Out#MANAGED}.
         *
         * @param objects the exports and class numbers
         * @return this builder
         */
        public Builder objects(@Nullable ManagedObjects objects) {
            this.objects = objects;
            return this;
        }

        /**
         * Sets the kinds of lists that go into a guest with managed objects, if several of its classes would do: see {@link
         * ManagedObjects#lists(ManagedList, ManagedList...)}.
         *
         * @param first a kind of list
         * @param others more kinds of lists
         * @return this builder
         * @throws IllegalArgumentException if the guest has no managed objects
         */
        public Builder lists(ManagedList first, ManagedList... others) {
            if (objects == null) {
                throw new IllegalArgumentException("the convention " + name
                        + " has no managed objects, so it has no choice of" + " lists: they are for AssemblyScript");
            }
            objects = objects.lists(first, others);
            return this;
        }

        /**
         * Returns the convention.
         *
         * @return the convention
         * @throws IllegalArgumentException if its habits contradict each other; the message says which and how
         */
        public Convention build() {
            Convention made = new Convention(this);
            String problem = Contradictions.in(made);
            if (problem != null) {
                throw new IllegalArgumentException("the convention " + name + ": " + problem);
            }
            return made;
        }
    }
}
