package dev.airlock.convention;

import dev.airlock.abi.form.Flattening;
import dev.airlock.mapping.BlockForm;
import dev.airlock.placement.Placement;
import dev.airlock.placement.Placement.In;
import dev.airlock.placement.Placement.Out;
import dev.airlock.shape.Carrier;
import dev.airlock.shape.ScalarForm;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A second way to read a method: some of its {@code int}s are part of a block or of the result, since the author of the
 * method wrote down what the guest's own source has, as in {@code greet(const char *ptr, size_t len)}. Airlock passes such
 * parts itself, so that nothing can be called this way; but a function's core type cannot tell it from other readings.
 *
 * @param in the form of the blocks whose count is not among the parameters
 * @param counts the indexes of the parameters that are the count of the block before them
 * @param returnPointer whether the first parameter is the return pointer
 */
record SpelledOut(Signature signature, In in, Out out, List<Integer> counts, boolean returnPointer) {
    /** Returns the first that there is with the core type of the function; null if there is none. */
    static @Nullable SpelledOut of(Convention convention, Signature signature, CoreFuncType core) {
        if (!signature.blockParams() && !signature.blockResult()) {
            return null;
        }
        boolean texts = signature.firstParam(block -> !Signature.isText(block)) == null;
        for (Out out : signature.blockResult() ? convention.out() : List.of(Out.PACKED)) {
            if (!results(signature, out).equals(core.results())) {
                continue;
            }
            for (In in : List.of(In.POINTER_COUNT, In.NUL_TERMINATED)) {
                boolean possible = convention.in().contains(in) && (in != In.NUL_TERMINATED || texts);
                if (possible) {
                    var search = new Search(convention, signature, core.params(), in, out);
                    SpelledOut found = search.found();
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }

    private static List<CoreValType> results(Signature signature, Out out) {
        Placement shape = new Placement(null, null, In.POINTER_COUNT, out, false, false, BlockForm.UTF8, null);
        return Flattening.flatten(shape, List.of(), signature.result()).results();
    }

    /** Returns the same method without what Airlock passes itself; null if some blocks have their count and others have none. */
    private @Nullable Signature without() {
        List<Carrier> params = signature.params();
        boolean uniform = in == In.POINTER_COUNT
                || IntStream.range(0, params.size())
                        .allMatch(i -> params.get(i) instanceof Carrier.Scalar || counts.contains(i + 1));
        return !uniform
                ? null
                : new Signature(
                        signature.function(),
                        IntStream.range(returnPointer ? 1 : 0, params.size())
                                .filter(i -> !counts.contains(i))
                                .mapToObj(params::get)
                                .toList(),
                        signature.result());
    }

    /** What the numbers are, as in {@code parameter 2 is the len of the String before it}. */
    String meaning() {
        Stream<String> ret = returnPointer ? Stream.of("parameter 1 is the return pointer") : Stream.of();
        Stream<String> lens = counts.stream()
                .map(i -> "parameter " + (i + 1) + " is the len of the "
                        + Signature.name(signature.params().get(i - 1)) + " before it");
        return Stream.concat(ret, lens).collect(Collectors.joining(", "));
    }

    /** What to do if it is meant. */
    String remedy() {
        Signature without = without();
        return without == null
                ? "no convention has both forms in one function: call it by Instance.function, with offsets"
                : "Airlock passes that itself: declare " + without;
    }

    String forms() {
        return Words.forms(
                new Placement(
                        null, null, counts.isEmpty() ? in : In.POINTER_COUNT, out, false, false, BlockForm.UTF8, null),
                signature);
    }

    /** Goes through parameters and core parameters side by side. */
    private static final class Search {
        private final boolean counted;
        private final Signature signature;
        private final List<CoreValType> core;
        private final In in;
        private final Out out;
        private final TreeSet<Integer> counts = new TreeSet<>();
        /** Places from which nothing was found: there may be many ways to get to one. By {@code any}. */
        private final boolean[][][] dead;

        Search(Convention convention, Signature signature, List<CoreValType> core, In in, Out out) {
            this.counted = convention.in().contains(In.POINTER_COUNT);
            this.signature = signature;
            this.core = core;
            this.in = in;
            this.out = out;
            this.dead = new boolean[2][signature.params().size() + 1][core.size() + 1];
        }

        @Nullable
        SpelledOut found() {
            boolean ret = signature.blockResult() && out == Out.RETURN_POINTER;
            if (ret && !areInts(0, 1)) {
                return null;
            }
            if (matches(0, ret ? 1 : 0, false)) {
                return new SpelledOut(signature, in, out, List.copyOf(counts), false);
            }
            boolean first = ret && isInt(0) && matches(1, 1, true);
            return first ? new SpelledOut(signature, in, out, List.copyOf(counts), true) : null;
        }

        private boolean isInt(int index) {
            return index < signature.params().size()
                    && signature.params().get(index) instanceof Carrier.Scalar scalar
                    && (scalar.form() == ScalarForm.S32 || scalar.form() == ScalarForm.U32);
        }

        /** @param any whether a number has been part of something already */
        private boolean matches(int param, int at, boolean any) {
            if (param == signature.params().size()) {
                return any && at == core.size();
            }
            if (at >= core.size() || dead[any ? 1 : 0][param][at]) {
                return false;
            }
            boolean fits = signature.params().get(param) instanceof Carrier.Scalar scalar
                    ? core.get(at) == scalar.form().core() && matches(param + 1, at + 1, any)
                    : spelled(param, at) || plain(param, at, any);
            dead[any ? 1 : 0][param][at] = !fits;
            return fits;
        }

        private boolean plain(int param, int at, boolean any) {
            int width = in == In.POINTER_COUNT ? 2 : 1;
            return areInts(at, width) && matches(param + 1, at + width, any);
        }

        private boolean areInts(int at, int count) {
            return at + count <= core.size()
                    && core.subList(at, at + count).stream().allMatch(type -> type == CoreValType.I32);
        }

        private boolean spelled(int param, int at) {
            if (!counted || !isInt(param + 1) || !areInts(at, 2)) {
                return false;
            }
            counts.add(param + 1);
            if (matches(param + 2, at + 2, true)) {
                return true;
            }
            counts.remove(param + 1);
            return false;
        }
    }
}
