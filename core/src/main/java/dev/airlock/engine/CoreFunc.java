package dev.airlock.engine;

import dev.airlock.codegen.Handles;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExternType;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.CallResult;
import run.endive.runtime.WasmFunctionHandle;

/**
 * A core function inside of a {@link Compartment}: a guest's, or one that the canonical ABI makes. Public for the room
 * {@code component} alone; no program should use it.
 */
public abstract sealed class CoreFunc extends Extern {
    private final CoreFuncType type;

    private CoreFunc(CoreFuncType type) {
        this.type = type;
    }

    /** Returns a function that an instance defines. */
    static CoreFunc of(Instance instance, int index) {
        return new OfInstance(instance, index);
    }

    /**
     * Returns a function that is made when it is first called: most imports of a large guest never are.
     *
     * @param type the type of the function
     * @param maker makes the function when it is first called
     * @return the function
     */
    public static CoreFunc lazy(CoreFuncType type, Supplier<CoreFunc> maker) {
        return new Lazy(type, maker);
    }

    @Override
    public final ExternType type() {
        return type;
    }

    /**
     * Returns its parameters and results.
     *
     * @return the parameters and results
     */
    public final CoreFuncType funcType() {
        return type;
    }

    /**
     * {@code (Object target, P...) -> R}: a call, for those who have entered the compartment. All instances of a module
     * have the same, so what is made with it serves them all.
     *
     * @return the handle
     */
    public abstract MethodHandle inside();

    /**
     * What {@link #inside} takes first.
     *
     * @return what {@link #inside} takes first
     */
    public abstract Object target();

    /**
     * What is the same for the functions that {@link #inside} is the same for, and keeps no instance alive.
     *
     * @return a key that is equal for functions with the same {@link #inside} handle; it does not retain the instance
     */
    public abstract Object code();

    /** Returns how a guest's code calls it. */
    abstract WasmFunctionHandle forGuests();

    private static final class OfInstance extends CoreFunc implements WasmFunctionHandle {
        private final Instance instance;
        private final int index;

        OfInstance(Instance instance, int index) {
            super(instance.module().functionType(index));
            this.instance = instance;
            this.index = index;
        }

        @Override
        public MethodHandle inside() {
            return FuncCompiler.inside(instance.module(), index);
        }

        @Override
        public Object target() {
            return instance;
        }

        private record Code(Module module, int index) {}

        @Override
        public Object code() {
            return new Code(instance.module(), index);
        }

        @Override
        WasmFunctionHandle forGuests() {
            return this;
        }

        @Override
        public long[] apply(run.endive.runtime.Instance guest, long... args) {
            return instance.endive().getMachine().call(index, args);
        }

        @Override
        public CallResult applyWithRefs(run.endive.runtime.Instance guest, long[] args, Object[] refArgs) {
            return instance.endive().getMachine().callWithRefs(index, args, refArgs);
        }
    }

    private static final class OfBody extends CoreFunc implements WasmFunctionHandle {
        private final MethodHandle inside;
        private final Object target;
        private final HostCall call;

        OfBody(CoreFuncType type, MethodHandle inside, Object target, HostCall call) {
            super(type);
            this.inside = inside;
            this.target = target;
            this.call = call;
        }

        @Override
        public MethodHandle inside() {
            return inside;
        }

        @Override
        public Object target() {
            return target;
        }

        @Override
        public Object code() {
            return inside;
        }

        @Override
        WasmFunctionHandle forGuests() {
            return this;
        }

        @Override
        public long[] apply(run.endive.runtime.Instance guest, long... args) {
            try {
                return call.call(GuestMachine.owner(guest).caller(), args);
            } catch (Exception e) {
                throw Handles.sneaky(e);
            }
        }
    }

    private static final class Lazy extends CoreFunc implements WasmFunctionHandle {
        private final Supplier<CoreFunc> maker;
        private @Nullable CoreFunc made;

        Lazy(CoreFuncType type, Supplier<CoreFunc> maker) {
            super(type);
            this.maker = maker;
        }

        private CoreFunc made() {
            CoreFunc known = made;
            if (known == null) {
                known = maker.get();
                made = known;
            }
            return known;
        }

        @Override
        public MethodHandle inside() {
            return made().inside();
        }

        @Override
        public Object target() {
            return made().target();
        }

        @Override
        public Object code() {
            return made().code();
        }

        @Override
        WasmFunctionHandle forGuests() {
            return made == null ? this : made.forGuests();
        }

        @Override
        public long[] apply(run.endive.runtime.Instance guest, long... args) {
            return made().forGuests().apply(guest, args);
        }
    }

    /** Functions of the host's with one type and one body, which differ in their target. */
    public static final class Body {
        private final CoreFuncType type;
        private final MethodHandle inside;
        private @Nullable MethodHandle adapter;

        /**
         * A body.
         *
         * @param type has numbers only
         * @param inside {@code (Object target, P...) -> R}, with the carriers of the type. What it throws is a failure that
         *     users may see
         */
        public Body(CoreFuncType type, MethodHandle inside) {
            this.type = type;
            this.inside = inside;
        }

        /**
         * The function of a target.
         *
         * @param target what the function belongs to
         * @return the function of that target
         */
        public CoreFunc bind(Object target) {
            return new OfBody(type, inside, target, HostAdapters.bind(adapter(), target));
        }

        private synchronized MethodHandle adapter() {
            if (adapter == null) {
                adapter = HostAdapters.ofTarget(inside, type);
            }
            return adapter;
        }
    }
}
