package dev.airlock.convention;

import dev.airlock.abi.form.Flattening;
import dev.airlock.abi.placed.ManagedForms;
import dev.airlock.error.SignatureException;
import dev.airlock.mapping.BlockForm;
import dev.airlock.memory.StaticMemory;
import dev.airlock.placement.ManagedClasses;
import dev.airlock.placement.Placement;
import dev.airlock.placement.Placement.In;
import dev.airlock.placement.Placement.Out;
import dev.airlock.shape.Absence;
import dev.airlock.shape.Carrier;
import dev.airlock.shape.JavaShape;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the placement of one function by one convention.
 *
 * @param core the type that the function has in the guest
 * @param imported whether the guest imports it; else it exports it
 */
record Resolution(Convention convention, Signature signature, CoreFuncType core, ExportView exports, boolean imported) {
    /** A placement for functions of numbers, which need nothing. */
    static final Placement NUMBERS =
            new Placement(null, null, In.POINTER_COUNT, Out.PACKED, false, false, BlockForm.UTF8, null);

    private static final CoreFuncType MOVES_STACK =
            new CoreFuncType(List.of(CoreValType.I32), List.of(CoreValType.I32));

    /**
     * Returns the placement of the only form of the convention that has the function's core type: no two forms of one convention
     * flatten alike. What a method may mean besides is for {@link SpelledOut} to say.
     *
     * @throws SignatureException if there is none, or if the guest lacks what it needs
     */
    Placement placement() {
        checkPayloads();
        List<Placement> shapes = shapes();
        for (Placement shape : shapes) {
            if (flattened(shape).equals(core)) {
                return signature.onlyNumbers() ? NUMBERS : furnished(shape);
            }
        }
        throw new SignatureException(diff(shapes));
    }

    /** Another way to read the method, if there is one. */
    @Nullable
    SpelledOut spelledOut() {
        return SpelledOut.of(convention, signature, core);
    }

    private CoreFuncType flattened(Placement shape) {
        return Flattening.flatten(shape, signature.params(), signature.result());
    }

    private void checkPayloads() {
        Carrier.Block missing = signature.first(block -> block.absence() != Absence.NEVER);
        if (missing != null && !convention.nullPointers()) {
            throw new SignatureException(
                    signature + ": " + Signature.name(missing) + " may be missing, and by the convention "
                            + convention
                            + " nothing says so, since an empty string or list may have a null pointer, too: declare it"
                            + " as one that is never missing, or set nullPointers(true) if this guest's empty ones have other pointers");
        }
        Carrier.Block payload = signature.first(Signature::isPayload);
        if (payload != null && convention.payload() == null) {
            throw new SignatureException(signature + ": " + Signature.name(payload)
                    + " can only cross as a payload, and by the convention " + convention
                    + " there is none: set payload(\"JSON\"), or what the guest reads, if it reads any");
        }
    }

    /** Returns all forms that the convention allows the function, with nothing but the forms in them. */
    private List<Placement> shapes() {
        boolean params = signature.blockParams();
        boolean result = signature.blockResult();
        boolean texts = signature.firstParam(b -> !Signature.isText(b)) == null;
        boolean text = !(signature.result() instanceof Carrier.Block block) || Signature.isText(block);
        var shapes = new ArrayList<Placement>();
        for (In in : params ? convention.in() : Set.of(In.POINTER_COUNT)) {
            for (Out out : result ? convention.out() : Set.of(Out.PACKED)) {
                // A NUL ends a string; numbers and payloads have zeros of their own.
                if ((in != In.NUL_TERMINATED || texts) && (out != Out.NUL_TERMINATED || text)) {
                    shapes.add(new Placement(null, null, in, out, false, false, BlockForm.UTF8, null));
                }
            }
        }
        if (shapes.isEmpty()) {
            throw new SignatureException(signature + ": the convention " + convention
                    + " has NUL_TERMINATED only, which is for strings: allow another form by in(…) or out(…)");
        }
        return shapes;
    }

    private String diff(List<Placement> shapes) {
        var needs = new LinkedHashMap<String, String>();
        shapes.forEach(shape -> needs.merge(
                flattened(shape).toString(),
                Words.forms(shape, signature),
                (first, second) -> first + ", or " + second));
        int width = needs.keySet().stream().mapToInt(String::length).max().orElse(0);
        var text = new StringBuilder(signature + " does not fit what the guest "
                + (imported ? "imports" : "exports")
                + (signature.onlyNumbers() ? "" : ", by the convention " + convention) + ":");
        String word = "needs";
        for (var need : needs.entrySet()) {
            String line = signature.onlyNumbers()
                    ? need.getKey()
                    : need.getKey() + " ".repeat(width - need.getKey().length()) + "  for " + need.getValue();
            text.append("\n  ").append(word).append(' ').append(line);
            word = "or   ";
        }
        text.append("\n  has   ").append(core);
        for (JavaShape.OpaqueShape opaque : signature.opaque()) {
            text.append("\n  ").append(opaque.reason());
        }
        SpelledOut spelledOut = spelledOut();
        return spelledOut == null
                ? text.toString()
                : text.append("\nif ")
                        .append(spelledOut.meaning())
                        .append(", ")
                        .append(spelledOut.remedy())
                        .toString();
    }

    private Placement furnished(Placement shape) {
        Allocator allocator = allocator(shape);
        boolean hostFrees = imported
                ? convention.hostFreesImportArguments() && signature.blockParams()
                : convention.hostFreesResults().contains(shape.out())
                        && shape.out() != Out.MANAGED
                        && signature.blockResult();
        boolean guestTakes = imported
                ? signature.blockResult() && shape.out() != Out.MANAGED
                : convention.guestTakesArguments() && signature.blockParams();
        boolean roomless = !needsRoom(shape) && !hostFrees;
        boolean freesResults = hostFrees && allocator != null && allocator.free() != null;
        return new Placement(
                allocator == null || roomless ? null : allocator.allocate(),
                allocator == null || roomless ? null : allocator.free(),
                shape.in(),
                shape.out(),
                guestTakes,
                freesResults,
                signature.first(b -> Signature.isText(b) || Signature.isPayload(b)) == null
                        ? BlockForm.UTF8
                        : convention.text(),
                managed(shape),
                stackPointer(shape),
                freesResults ? statics() : StaticMemory.NONE);
    }

    private StaticMemory statics() {
        String heapBase = convention.heapBase();
        StaticMemory segments = exports.staticMemory();
        if (heapBase == null) {
            return segments;
        } else if (exports.hasConstant(heapBase)) {
            return segments.below(exports.globalValue().applyAsInt(heapBase));
        }
        OptionalInt stackTop = exports.stackTop();
        return stackTop.isEmpty() ? segments : segments.below(stackTop.getAsInt());
    }

    /** Where the guest has a shadow stack for it, a return pointer is no block. */
    private @Nullable String stackPointer(Placement shape) {
        String export = convention.stackPointer();
        boolean usable = export != null
                && !imported
                && signature.blockResult()
                && shape.out() == Out.RETURN_POINTER
                && MOVES_STACK.equals(exports.function(export));
        return usable ? export : null;
    }

    /** Returns whether the host has to set bytes aside in the guest. */
    private boolean needsRoom(Placement shape) {
        return imported
                ? signature.blockResult()
                : signature.blockParams()
                        || (signature.blockResult()
                                && shape.out() == Out.RETURN_POINTER
                                && stackPointer(shape) == null);
    }

    /** Of the convention's allocators the first that the guest has; null where it has none and needs none. */
    private @Nullable Allocator allocator(Placement shape) {
        for (Allocator allocator : convention.allocators()) {
            if (allocator.isIn(exports)) {
                return allocator;
            }
        }
        if (needsRoom(shape)) {
            throw new SignatureException(Missing.allocator(convention, signature, exports));
        }
        return null;
    }

    private Placement.@Nullable Managed managed(Placement shape) {
        ManagedObjects objects = convention.objects();
        if (objects == null || (shape.in() != In.MANAGED && shape.out() != Out.MANAGED)) {
            return null;
        }
        boolean makes = imported ? shape.out() == Out.MANAGED : shape.in() == In.MANAGED;
        if (makes && (exports.function(objects.pin()) == null || exports.function(objects.unpin()) == null)) {
            throw new SignatureException(Missing.pins(objects, signature, exports));
        }
        ManagedClasses classes = classes(objects);
        try {
            signature.params().forEach(param -> check(classes, param, !imported));
            if (signature.result() != null) {
                check(classes, signature.result(), imported);
            }
        } catch (SignatureException e) {
            throw new SignatureException(signature + ": " + e.getMessage());
        }
        return new Placement.Managed(objects.pin(), objects.unpin(), classes);
    }

    private static void check(ManagedClasses classes, Carrier carrier, boolean goingIn) {
        if (carrier instanceof Carrier.Block block) {
            ManagedForms.check(block, classes, goingIn);
        }
    }

    private ManagedClasses classes(ManagedObjects objects) {
        var numbers = new TreeMap<String, Integer>();
        for (String name : exports.globals(ManagedClasses.NUMBER)) {
            numbers.put(name, exports.globalValue().applyAsInt(name));
        }
        int string = numbers.getOrDefault("String" + ManagedClasses.NUMBER, objects.stringClass());
        List<Integer> table = exports.globals(ManagedClasses.TABLE).isEmpty()
                ? List.of()
                : ManagedClasses.readTable(
                        exports.globalValue().applyAsInt(ManagedClasses.TABLE), exports.staticBytes());
        return new ManagedClasses(string, objects.lists(), table, numbers);
    }
}
