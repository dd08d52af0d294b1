package dev.airlock.binding;

import dev.airlock.abi.placed.Crossing;
import dev.airlock.abi.placed.GuestFunctions;
import dev.airlock.convention.Convention;
import dev.airlock.convention.Detection;
import dev.airlock.convention.ExportView;
import dev.airlock.engine.Entry;
import dev.airlock.engine.Module;
import dev.airlock.error.SignatureException;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.placement.Placement;
import dev.airlock.shape.Carrier;
import dev.airlock.shape.MethodShape;
import dev.airlock.type.CoreFuncType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The way from one Java method to one guest function. */
final class BoundFunction {
    private static final String NOTHING_TO_CALL = "this placement has no such function";

    private BoundFunction() {}

    /** What a crossing depends on: the same for all instances of a module. */
    private record Key(Crossing crossing, boolean compiled) {}

    /**
     * {@code (Object instance, P...) -> R}, gate and all.
     *
     * @param compiled whether straight-line code is to be made; else the plan is interpreted
     * @throws SignatureException if the function does not fit the method
     */
    static MethodHandle bind(
            Module module,
            String export,
            MethodShape shape,
            Detection detection,
            ExportView exports,
            boolean compiled) {
        Crossing crossing = crossing(module, export, shape, detection, exports).crossing();
        return Entry.once(
                module,
                new Key(crossing, compiled),
                () -> Entry.gated(inside(module, crossing, compiled), crossing.function()));
    }

    /** {@code (Object instance, P...) -> R}, for who has entered the instance already. */
    static MethodHandle inside(Module module, Crossing crossing, boolean compiled) {
        GuestFunctions functions = functions(module, Entry.inside(module, crossing.function()), crossing.placement());
        return compiled ? crossing.compile(functions) : erased(crossing.interpret(functions));
    }

    private static MethodHandle erased(MethodHandle interpreted) {
        MethodType type = interpreted.type();
        return interpreted.asType(type.erase());
    }

    static Resolved crossing(Module module, String export, MethodShape shape, Detection detection, ExportView exports) {
        if (shape.error() != null) {
            throw new SignatureException(
                    "it declares the checked exception " + shape.error().getSimpleName()
                            + ", which stands for WIT's result<T, E>, and nothing says what E is in a core module:"
                            + " return Result<T, E> instead, which crosses as a payload, in JSON {\"ok\": …} or"
                            + " {\"err\": …}");
        }
        CoreFuncType core = (CoreFuncType) module.export(export).orElseThrow();
        return crossing(
                export,
                core,
                shape.paramNames(),
                shape.carriers(),
                shape.resultCarrier(),
                PlacementChoice.of(shape, detection, shape.carriers()),
                exports,
                shape.method().getDeclaringClass(),
                UnaryOperator.identity());
    }

    /**
     * What a call comes to.
     *
     * @param core the function's type in the guest
     * @param names of the parameters, for errors
     * @param near whose class loader may have a codec for payloads
     * @param view what is used of that codec
     * @throws SignatureException if the function does not fit
     */
    static Resolved crossing(
            String export,
            CoreFuncType core,
            List<String> names,
            List<Carrier> params,
            @Nullable Carrier result,
            Detection detection,
            ExportView exports,
            Class<?> near,
            UnaryOperator<PayloadCodec> view) {
        Detection.Fit fit = detection.resolve(export, core, params, result, exports);
        Convention convention = fit.convention();
        List<Carrier> carried = params.stream().map(convention::carried).toList();
        Carrier carriedResult = result == null ? null : convention.carried(result);
        Crossing crossing = new Crossing(
                export,
                fit.placement(),
                names,
                carried,
                carriedResult,
                Payloads.codec(convention, carried, carriedResult, near, view));
        return new Resolved(crossing, convention);
    }

    /** What a call comes to, and the convention that says so. */
    record Resolved(Crossing crossing, Convention convention) {
        /**
         * The steps, in words, with what they call in the guest.
         *
         * @param core the function's type in the guest
         */
        String explain(CoreFuncType core) {
            Placement placement = crossing.placement();
            var text = new StringBuilder(crossing.function() + " " + core + ", by the convention " + convention);
            if (placement.allocate() != null) {
                text.append("; allocate is ").append(placement.allocate().function());
            }
            if (placement.free() != null) {
                text.append("; free is ").append(placement.free().function());
            }
            if (crossing.codec() != null) {
                text.append("; payloads are ").append(crossing.codec().format());
            }
            return text.append('\n').append(crossing.explain()).toString();
        }
    }

    /** The guest functions that a placement names. */
    static GuestFunctions functions(Module module, MethodHandle target, Placement placement) {
        return new GuestFunctions(
                target,
                allocate(module, placement.allocate()),
                free(module, placement.free()),
                pin(
                        module,
                        placement.managed() == null ? null : placement.managed().pin()),
                pin(
                        module,
                        placement.managed() == null ? null : placement.managed().unpin()),
                placement.stackPointer() == null
                        ? missing(MethodType.methodType(int.class, Object.class, int.class))
                        : Entry.inside(module, placement.stackPointer()),
                Entry.memory());
    }

    private static MethodHandle allocate(Module module, Placement.@Nullable Allocate allocate) {
        if (allocate == null) {
            return missing(MethodType.methodType(int.class, Object.class, int.class));
        }
        return inside(module, allocate.function(), allocate.form().handleType());
    }

    private static MethodHandle free(Module module, Placement.@Nullable Free free) {
        if (free == null) {
            return missing(MethodType.methodType(void.class, Object.class, int.class));
        }
        return inside(module, free.function(), free.form().handleType());
    }

    private static MethodHandle pin(Module module, @Nullable String function) {
        MethodType type = MethodType.methodType(void.class, Object.class, int.class);
        return function == null ? missing(type) : inside(module, function, type);
    }

    private static MethodHandle inside(Module module, String export, MethodType type) {
        return Entry.inside(module, export).asType(type);
    }

    /** No plan of such a placement calls it. */
    private static MethodHandle missing(MethodType type) {
        MethodHandle thrower = MethodHandles.throwException(type.returnType(), IllegalStateException.class)
                .bindTo(new IllegalStateException(NOTHING_TO_CALL));
        return MethodHandles.dropArguments(thrower, 0, type.parameterList());
    }
}
