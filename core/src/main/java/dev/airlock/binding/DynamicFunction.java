package dev.airlock.binding;

import dev.airlock.abi.placed.Crossing;
import dev.airlock.codegen.Handles;
import dev.airlock.convention.Detection;
import dev.airlock.convention.ExportView;
import dev.airlock.engine.Entry;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Module;
import dev.airlock.error.SignatureException;
import dev.airlock.error.ValueException;
import dev.airlock.mapping.WitType;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.shape.Carrier;
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
    private final String name;
    private final FuncType type;

    /** {@code (Object instance, Object[] args) -> Object}; null for a function of plain numbers. */
    private final @Nullable MethodHandle handle;

    private DynamicFunction(Instance instance, String name, FuncType type, @Nullable MethodHandle handle) {
        this.instance = instance;
        this.name = name;
        this.type = type;
        this.handle = handle;
    }

    /** What a function comes to in a module: its instances share the code. */
    private record Key(FuncType type, Crossing crossing) {}

    /** The codec for what carries values: themselves where it is not their plain Java value. */
    private record Payload(PayloadCodec codec) implements PayloadCodec {
        @Override
        public String format() {
            return codec.format();
        }

        @Override
        public void check(Type type) {
            codec.check(type);
        }

        @Override
        public byte[] encode(@Nullable Object value, Type type) {
            return codec.encode(DynamicValues.lift(((WitType) type).type(), Objects.requireNonNull(value), ""), type);
        }

        @Override
        public Object decode(byte[] bytes, Type type) {
            return DynamicValues.lower((Value) Objects.requireNonNull(codec.decode(bytes, type)));
        }
    }

    /**
     * An exported function.
     *
     * @param detection the guest's convention, found or chosen
     * @param export the function's name as the guest exports it
     * @throws SignatureException if there is no such function, or it does not fit the type
     */
    public static DynamicFunction of(Instance instance, Detection detection, String export, FuncType type) {
        Module module = instance.module();
        CoreFuncType core = instance.function(export).type();
        Crossing crossing = crossing(core, export, type, detection, GuestExports.of(instance))
                .crossing();
        ValType result = type.result();
        MethodHandle handle = Entry.once(
                module,
                new Key(type, crossing),
                () -> Entry.gated(spread(BoundFunction.inside(module, crossing, true), result, export), export));
        return new DynamicFunction(instance, export, type, handle);
    }

    private static BoundFunction.Resolved crossing(
            CoreFuncType core, String export, FuncType type, Detection detection, ExportView exports) {
        ValType result = type.result();
        return BoundFunction.crossing(
                export,
                core,
                type.params().stream().map(FuncType.Param::name).toList(),
                carriers(export, type),
                result == null ? null : carrier(result, export + ", its result"),
                detection,
                exports,
                DynamicFunction.class,
                Payload::new);
    }

    private static List<Carrier> carriers(String export, FuncType type) {
        if (type.async()) {
            throw new SignatureException(export + ": functions of core modules are not async");
        }
        return type.params().stream()
                .map(p -> carrier(p.type(), export + ", parameter " + p.name()))
                .toList();
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
        MethodHandle lift = Handles.own(
                MethodHandles.lookup(),
                DynamicValues.class,
                "lift",
                MethodType.methodType(Value.class, ValType.class, Object.class, String.class));
        MethodHandle bound = MethodHandles.insertArguments(lift.bindTo(result), 1, function);
        return MethodHandles.filterReturnValue(
                generic, bound.asType(bound.type().generic()));
    }

    /**
     * An exported function that has nothing but numbers in its type, as it is: i32 as s32, i64 as s64. Several results are a
     * tuple.
     *
     * @param export the function's name as the guest exports it
     * @throws SignatureException if there is no such function, or it has more than numbers in its type
     */
    public static DynamicFunction plain(Instance instance, String export) {
        instance.function(export);
        return new DynamicFunction(instance, export, PlainNumbers.type(instance.module(), export), null);
    }

    /**
     * The type of a function as {@link #plain} calls it.
     *
     * @throws SignatureException if there is no such function, or it has more than numbers in its type
     */
    public static FuncType plainType(Module module, String export) {
        return PlainNumbers.type(module, export);
    }

    /**
     * Checks what can be checked of a function before there is an instance: that it is there, and that core modules have
     * values of its types.
     *
     * @param type null for a function of numbers, as it is: see {@link #plain}
     * @throws SignatureException if it cannot be called
     */
    public static void check(Module module, String export, @Nullable FuncType type) {
        PlainNumbers.core(module, export);
        if (type == null) {
            PlainNumbers.type(module, export);
        } else {
            carriers(export, type);
            if (type.result() != null) {
                carrier(type.result(), export + ", its result");
            }
        }
    }

    /**
     * The steps of a call, in words.
     *
     * @param type null for a function of numbers, as it is: see {@link #plain}
     * @throws SignatureException if there is no such function, or it does not fit the type
     */
    public static String explain(Module module, Detection detection, String export, @Nullable FuncType type) {
        CoreFuncType core = PlainNumbers.core(module, export);
        return type == null
                ? PlainNumbers.explain(module, export)
                : crossing(core, export, type, detection, GuestExports.of(module))
                        .explain(core);
    }

    /** The name that it is exported by. */
    public String name() {
        return name;
    }

    /** Its parameters and its result. */
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
    public @Nullable Value call(List<? extends Value> args) {
        List<FuncType.Param> params = type.params();
        if (args.size() != params.size()) {
            throw new ValueException(
                    name + ": there are " + params.size() + " parameters, got " + args.size() + " arguments: " + type);
        }
        for (int i = 0; i < params.size(); i++) {
            ValType wanted = params.get(i).type();
            if (!wanted.equals(args.get(i).type())) {
                throw ValuePath.of(params.get(i).name())
                        .refuse("expected " + wanted + ", got " + args.get(i).type());
            }
        }
        if (handle == null) {
            return PlainNumbers.call(instance.function(name), type, args);
        }
        Object[] lowered = args.stream().map(DynamicValues::lower).toArray();
        try {
            return (Value) (@Nullable Object) handle.invokeExact((Object) instance, lowered);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return name + ": " + type;
    }
}
