package dev.airlock.binding;

import dev.airlock.abi.Crossing;
import dev.airlock.abi.PayloadCodec;
import dev.airlock.convention.Detection;
import dev.airlock.engine.Entry;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Module;
import dev.airlock.error.SignatureException;
import dev.airlock.error.ValueException;
import dev.airlock.shape.Carrier;
import dev.airlock.shape.WitType;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.FuncType;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import dev.airlock.type.ValuePath;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An exported function by its WIT type: {@link Value}s in, a {@link Value} out. For tools that learn a function's type
 * only while they run; who knows it beforehand writes an interface, see {@link Bindings}.
 *
 * <p>Numbers, bools, chars and enums cross as numbers; strings and lists of numbers as blocks of bytes; all else as a
 * payload. Belongs to its instance's thread.
 */
public final class DynamicFunction {
    private final Instance instance;
    private final FuncType type;
    private final MethodHandle handle;

    private DynamicFunction(Instance instance, FuncType type, MethodHandle handle) {
        this.instance = instance;
        this.type = type;
        this.handle = handle;
    }

    /**
     * Values to the bytes of a payload and back: what {@link PayloadCodec} is to Java types. Strict both ways, as that
     * is. It takes part in the key of what is made once for a module, so equal ones do the same.
     */
    public interface ValueCodec {
        /** What the bytes are, as in {@code "JSON"}. */
        String format();

        /**
         * Looks at a type before the first value of it crosses.
         *
         * @throws SignatureException if a part of it has no form in the format
         */
        default void check(ValType type) {}

        /** @throws ValueException if it cannot be written; the message starts with the path to the place */
        byte[] encode(Value value);

        /** @throws ValueException if the bytes are no value of the type */
        Value decode(byte[] bytes, ValType type);
    }

    /** What a function comes to in a module: its instances share the code. */
    private record Key(FuncType type, Crossing crossing) {}

    private record Payload(ValueCodec codec) implements PayloadCodec {
        @Override
        public String format() {
            return codec.format();
        }

        @Override
        public void check(Type type) {
            codec.check(((WitType) type).type());
        }

        @Override
        public byte[] encode(@Nullable Object value, Type type) {
            return codec.encode(DynamicValues.lift(((WitType) type).type(), Objects.requireNonNull(value), ""));
        }

        @Override
        public Object decode(byte[] bytes, Type type) {
            return DynamicValues.lower(codec.decode(bytes, ((WitType) type).type()));
        }
    }

    /**
     * An exported function.
     *
     * @param detection the guest's convention, found or chosen
     * @param export the function's name as the guest exports it
     * @param codec for values that cross as a payload
     * @throws SignatureException if there is no such function, or it does not fit the type
     */
    public static DynamicFunction of(
            Instance instance, Detection detection, String export, FuncType type, ValueCodec codec) {
        Module module = instance.module();
        CoreFuncType core = instance.function(export).type();
        if (type.async()) {
            throw new SignatureException(export + ": functions of core modules are not async");
        }
        List<String> names = type.params().stream().map(FuncType.Param::name).toList();
        List<Carrier> params = type.params().stream()
                .map(p -> carrier(p.type(), export + ", parameter " + p.name()))
                .toList();
        ValType result = type.result();
        Crossing crossing = BoundFunction.crossing(
                export,
                core,
                names,
                params,
                result == null ? null : carrier(result, export + ", its result"),
                detection,
                GuestExports.of(instance),
                format -> new Payload(codec));
        MethodHandle handle = Entry.once(
                module,
                new Key(type, crossing),
                () -> Entry.gated(spread(BoundFunction.inside(module, crossing, true), result, export), export));
        return new DynamicFunction(instance, type, handle);
    }

    private static Carrier carrier(ValType type, String where) {
        return DynamicValues.carrier(type, new WitType(type), where);
    }

    /** {@code (Object instance, Object[] args) -> Object}, whose result is a value already. */
    private static MethodHandle spread(MethodHandle crossing, @Nullable ValType result, String function) {
        MethodHandle generic = crossing.asType(crossing.type().generic())
                .asSpreader(Object[].class, crossing.type().parameterCount() - 1);
        if (result == null) {
            return generic;
        }
        try {
            MethodHandle lift = MethodHandles.lookup()
                    .findStatic(
                            DynamicValues.class,
                            "lift",
                            MethodType.methodType(Value.class, ValType.class, Object.class, String.class));
            MethodHandle bound = MethodHandles.insertArguments(lift.bindTo(result), 1, function);
            return MethodHandles.filterReturnValue(
                    generic, bound.asType(bound.type().generic()));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("our own method is missing", e);
        }
    }

    /** The function's type. */
    public FuncType type() {
        return type;
    }

    /**
     * Calls the function.
     *
     * @param args one for each parameter, of its type
     * @return the result; null where the function has none
     * @throws ValueException for an argument of another type, and for one that its payload cannot carry
     * @throws dev.airlock.error.Trap if the guest traps, or gives what is no value of its type
     */
    public @Nullable Value call(List<Value> args) {
        List<FuncType.Param> params = type.params();
        if (args.size() != params.size()) {
            throw new ValueException("there are " + params.size() + " parameters, got " + args.size() + " arguments");
        }
        Object[] lowered = new Object[args.size()];
        for (int i = 0; i < lowered.length; i++) {
            ValType wanted = params.get(i).type();
            Value given = args.get(i);
            if (!wanted.equals(given.type())) {
                throw ValuePath.of(params.get(i).name()).refuse(wanted + " is wanted, got " + given.type());
            }
            lowered[i] = DynamicValues.lower(given);
        }
        try {
            return (Value) (@Nullable Object) handle.invokeExact((Object) instance, lowered);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
