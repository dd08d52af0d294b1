package dev.airlock.conformance;

import dev.airlock.engine.ArrayRef;
import dev.airlock.engine.Engine;
import dev.airlock.engine.ExternRef;
import dev.airlock.engine.Func;
import dev.airlock.engine.I31;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.engine.StructRef;
import dev.airlock.engine.Table;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.error.WasmException;
import dev.airlock.memory.Memory;
import dev.airlock.type.CoreValType;
import dev.airlock.type.ExportType;
import dev.airlock.type.GlobalType;
import dev.airlock.type.TableType;
import dev.airlock.type.V128;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the core suite by the public API. */
final class EngineDriver implements CoreDriver {
    private final Engine engine;

    /** All instances so far. Threads of one file have drivers of their own. */
    private final List<Instance> instances = new ArrayList<>();

    EngineDriver(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Object compile(String name, byte[] bytes) {
        return engine.compile(name, bytes);
    }

    @Override
    public Object instantiate(Object module, Map<String, Object> registered) {
        var linker = new Linker();
        registered.forEach((name, instance) -> linker.instance(name, (Instance) instance));
        Instance made = trapping(() -> linker.instantiate((Module) module));
        instances.add(made);
        return made;
    }

    @Override
    public List<CoreValue> invoke(Object instance, String function, List<CoreValue> arguments) {
        Func called = ((Instance) instance).function(function);
        List<CoreValType> params = called.type().params();
        @Nullable Object[] given = new Object[arguments.size()];
        for (int i = 0; i < given.length; i++) {
            given[i] = toHost(params.get(i), arguments.get(i));
        }
        List<@Nullable Object> results = trapping(() -> called.invoke(given));
        List<CoreValue> values = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            values.add(value(called.type().results().get(i), results.get(i)));
        }
        return values;
    }

    private static @Nullable Object toHost(CoreValType type, CoreValue value) {
        return switch (type.kind()) {
            case I32 -> (int) value.low();
            case I64 -> value.low();
            case F32 -> Float.intBitsToFloat((int) value.low());
            case F64 -> Double.longBitsToDouble(value.low());
            case V128 -> new V128(value.low(), value.high());
            case REF -> {
                boolean isAny = type.isSubtypeOf(CoreValType.ANYREF);
                yield value.reference() instanceof CoreValue.HostObject object && isAny
                        ? ExternRef.of(object)
                        : value.reference();
            }
        };
    }

    private static CoreValue value(CoreValType type, @Nullable Object result) {
        if (result instanceof Integer number) {
            return CoreValue.number("i32", Integer.toUnsignedLong(number));
        } else if (result instanceof Long number) {
            return CoreValue.number("i64", number);
        } else if (result instanceof Float number) {
            return CoreValue.number("f32", Integer.toUnsignedLong(Float.floatToRawIntBits(number)));
        } else if (result instanceof Double number) {
            return CoreValue.number("f64", Double.doubleToRawLongBits(number));
        } else if (result instanceof V128 vector) {
            return CoreValue.vector(vector.low(), vector.high());
        }
        if (type.kind() != CoreValType.Kind.REF) {
            throw new IllegalStateException("a " + type + " came as " + result);
        }
        return CoreValue.reference(result instanceof ExternRef object ? object.value() : result);
    }

    @Override
    public CoreValue global(Object instance, String name) {
        var global = ((Instance) instance).global(name);
        return value(global.type().value(), global.get());
    }

    @Override
    public List<String> globals(Object instance) {
        return ((Instance) instance)
                .module().exports().stream()
                        .filter(export -> export.type() instanceof GlobalType)
                        .map(ExportType::name)
                        .toList();
    }

    @Override
    public byte[] memory(Object instance) {
        Memory memory = ((Instance) instance).memory("memory");
        return memory.read(0, (int) memory.dataSize());
    }

    @Override
    public Kind kind(Object reference) {
        if (reference instanceof Func) {
            return Kind.FUNCTION;
        } else if (reference instanceof I31) {
            return Kind.I31;
        } else if (reference instanceof StructRef) {
            return Kind.STRUCT;
        } else if (reference instanceof ArrayRef) {
            return Kind.ARRAY;
        }
        return reference instanceof WasmException ? Kind.EXCEPTION : Kind.HOST;
    }

    @Override
    public CoreDriver forThread() {
        return new EngineDriver(engine);
    }

    private <T> T trapping(Supplier<T> body) {
        try {
            return body.get();
        } catch (Trap trap) {
            instances.forEach(EngineDriver::openAll);
            if (trap.code() == TrapCode.UNCAUGHT_EXCEPTION) {
                throw new Thrown(trap);
            }
            throw new Trapped(Set.of(trap.code()), trap);
        }
    }

    /**
     * The suite goes on with an instance that has trapped, which no user of the API can; even with one that trapped while it was
     * made, if its functions are in a table of another.
     */
    private static void openAll(Instance instance) {
        open(instance);
        for (ExportType export : instance.module().exports()) {
            if (export.type() instanceof TableType) {
                Table table = instance.table(export.name());
                for (int i = 0; i < table.size(); i++) {
                    if (table.getElement(i) instanceof Func function) {
                        open(function.instance());
                    }
                }
            }
        }
    }

    private static void open(Instance instance) {
        try {
            Field gate = Instance.class.getDeclaredField("gate");
            gate.setAccessible(true);
            Field shut = gate.getType().getDeclaredField("shut");
            shut.setAccessible(true);
            shut.set(gate.get(instance), null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
