package dev.airlock.engine;

import dev.airlock.engine.runtime.FuncRef;
import dev.airlock.engine.validate.DefinedType;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExternType;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A core function inside of a {@link Compartment}: a guest's, or one that the canonical ABI makes. Public for the room
 * {@code component} alone; no program should use it.
 */
public abstract sealed class CoreFunc extends Extern {
    private final CoreFuncType type;

    private CoreFunc(CoreFuncType type) {
        this.type = type;
    }

    /** Returns a function of an instance: one that it defines, or one that it was given. */
    static CoreFunc of(Instance instance, int index) {
        FuncRef given = instance.module().isImported(index) ? instance.state().functions[index] : null;
        if (given instanceof BodyRef body) {
            return body.function;
        }
        return given == null || given.owner == null
                ? new OfInstance(instance, index)
                : new OfInstance(Instance.of(given.owner), given.index);
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

    /** Returns the reference to it, if it is a guest's function, which has one. */
    @Nullable
    FuncRef known() {
        return null;
    }

    /** Returns a reference to it for an import of a type. */
    FuncRef reference(DefinedType asked) {
        return new BodyRef(this, asked);
    }

    /** {@code (P..., FuncRef self, InstanceState caller) -> R}, where self is a {@link BodyRef}. */
    MethodHandle handle() {
        throw new IllegalStateException("a guest's function has a handle of its own");
    }

    private static final class OfInstance extends CoreFunc {
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
        FuncRef known() {
            return instance.state().function(index);
        }
    }

    /** A reference to a function that is no guest's, as one module imports it. */
    private static final class BodyRef extends FuncRef {
        final CoreFunc function;

        BodyRef(CoreFunc function, DefinedType type) {
            super(null, 0, -1, type);
            this.function = function;
        }

        @Override
        protected MethodHandle link() {
            return function.handle();
        }
    }

    private static final class OfBody extends CoreFunc {
        private final Body body;
        private final Object target;

        OfBody(Body body, Object target) {
            super(body.type);
            this.body = body;
            this.target = target;
        }

        @Override
        public MethodHandle inside() {
            return body.inside;
        }

        @Override
        public Object target() {
            return target;
        }

        @Override
        public Object code() {
            return body.inside;
        }

        @Override
        MethodHandle handle() {
            return body.handle();
        }
    }

    private static final class Lazy extends CoreFunc {
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
        MethodHandle handle() {
            return made().handle();
        }
    }

    /** Called by generated code: see {@link HostAdapters#ofTarget}. */
    static Object targetOf(FuncRef self) {
        return ((BodyRef) self).function.target();
    }

    /** Functions of the host's with one type and one body, which differ in their target. */
    public static final class Body {
        private final CoreFuncType type;
        private final MethodHandle inside;
        private @Nullable MethodHandle handle;

        /**
         * A body.
         *
         * @param type has numbers only, and at most one result
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
            return new OfBody(this, target);
        }

        /** {@code (P..., FuncRef self, InstanceState caller) -> R}. */
        private synchronized MethodHandle handle() {
            if (handle == null) {
                handle = SpilledParameters.taken(Signatures.shape(type), HostAdapters.ofTarget(inside));
            }
            return handle;
        }
    }
}
