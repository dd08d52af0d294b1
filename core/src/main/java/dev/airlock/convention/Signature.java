package dev.airlock.convention;

import dev.airlock.mapping.BlockForm;
import dev.airlock.shape.Carrier;
import dev.airlock.shape.JavaShape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a function takes and gives, as Java sees it. */
record Signature(
        String function, List<Carrier> params, @Nullable Carrier result) {
    Signature {
        params = List.copyOf(params);
    }

    /** The same as a convention carries it. */
    Signature carriedBy(Convention convention) {
        return new Signature(
                function,
                params.stream().map(convention::carried).toList(),
                result == null ? null : convention.carried(result));
    }

    boolean blockParams() {
        return params.stream().anyMatch(Carrier.Block.class::isInstance);
    }

    boolean blockResult() {
        return result instanceof Carrier.Block;
    }

    boolean onlyNumbers() {
        return !blockParams() && !blockResult();
    }

    /** Returns the first block, in the order of parameters and result, of which something holds; null for none. */
    Carrier.@Nullable Block first(Predicate<Carrier.Block> holds) {
        var all = new ArrayList<>(params);
        if (result != null) {
            all.add(result);
        }
        return firstOf(all.stream(), holds);
    }

    /** Returns the first such parameter. */
    Carrier.@Nullable Block firstParam(Predicate<Carrier.Block> holds) {
        return firstOf(params.stream(), holds);
    }

    /** Returns the types that have no WIT type, and so cross as payloads. */
    List<JavaShape.OpaqueShape> opaque() {
        return Stream.concat(params.stream(), Stream.ofNullable(result))
                .filter(carrier ->
                        carrier instanceof Carrier.Block block && block.type() instanceof JavaShape.OpaqueShape)
                .map(carrier -> (JavaShape.OpaqueShape) ((Carrier.Block) carrier).type())
                .toList();
    }

    private static Carrier.@Nullable Block firstOf(Stream<Carrier> carriers, Predicate<Carrier.Block> holds) {
        return carriers.filter(Carrier.Block.class::isInstance)
                .map(Carrier.Block.class::cast)
                .filter(holds)
                .findFirst()
                .orElse(null);
    }

    static boolean isText(Carrier.Block block) {
        return block.form() == BlockForm.UTF8 || block.form() == BlockForm.UTF16;
    }

    static boolean isPayload(Carrier.Block block) {
        return block.form() == BlockForm.PAYLOAD || block.form() == BlockForm.PAYLOAD_UTF16;
    }

    /** As in {@code greet(String) -> String}. */
    @Override
    public String toString() {
        return function
                + params.stream().map(Signature::name).collect(Collectors.joining(", ", "(", ")"))
                + (result == null ? "" : " -> " + name(result));
    }

    static String name(Carrier carrier) {
        return carrier.javaType().getSimpleName();
    }
}
