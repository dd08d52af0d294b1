package dev.airlock.engine;

import dev.airlock.codegen.Generated;
import dev.airlock.codegen.Handles;
import dev.airlock.engine.runtime.FuncRef;
import dev.airlock.engine.runtime.InstanceState;
import dev.airlock.engine.validate.DefinedType.FieldType;
import dev.airlock.error.SignatureException;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.V128;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Makes the way from Java into a guest function: through the instance's gate, straight to the compiled method, and out
 * again with every failure translated. No box, no array.
 *
 * <p>What is generated belongs to the module: all its instances share it.
 */
final class FuncCompiler {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private static final String INSTANCE = Type.getInternalName(Instance.class);
    private static final String RECORDED = Type.getInternalName(RecordedCall.class);
    private static final String INTO =
            "(" + Type.getDescriptor(Instance.class) + "Ljava/lang/String;)" + Type.getDescriptor(RecordedCall.class);

    private FuncCompiler() {}

    private record ShapeKey(int function, Class<?> shape) {}

    /** {@code (Object instance) -> Object}: makes an implementation of an interface that calls a function. */
    static MethodHandle implementation(Module module, int function, Class<?> shape, Method method) {
        return once(module, new ShapeKey(function, shape), () -> {
            MethodType wanted = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
            MethodHandle invoker = forHosts(module, function).asType(wanted.insertParameterTypes(0, Object.class));
            return Generated.implementing(
                    shape, List.of(new Generated.Implementation(method.getName(), wanted, invoker)));
        });
    }

    /** Returns the invoker with the types of {@link HostTypes}. */
    private static MethodHandle forHosts(Module module, int function) {
        CoreFuncType type = module.functionType(function);
        MethodHandle made = HostTypes.fromHost(
                invoker(module, function),
                type.params(),
                type.results(),
                "function \"" + module.callName(function) + "\"");
        return made.type().returnType() == Object[].class
                ? MethodHandles.filterReturnValue(
                        made, MethodHandles.insertArguments(TO_HOST, 1, (Object) references(type.results())))
                : made;
    }

    /** Returns the types of references; null for the others. */
    private static @Nullable FieldType[] references(List<CoreValType> types) {
        return types.stream()
                .map(type -> type.isReference() ? ApiTypes.field(type, false) : null)
                .toArray(FieldType[]::new);
    }

    /** {@code (Instance, P...) -> R} with the carriers of the function's type. */
    static MethodHandle invoker(Module module, int function) {
        return once(module, function, () -> gated(inside(module, function), module.callName(function)));
    }

    /** Two threads may make the same at once, and one of them keeps it: no lock is held while classes load. */
    static MethodHandle once(Module module, Object key, Supplier<MethodHandle> maker) {
        return once(module, MethodHandle.class, key, maker);
    }

    static <T> T once(Module module, Class<T> kind, Object key, Supplier<T> maker) {
        Object known = module.shapes().get(key);
        if (known == null) {
            Object made = maker.get();
            Object earlier = module.shapes().putIfAbsent(key, made);
            known = earlier == null ? made : earlier;
        }
        return kind.cast(known);
    }

    /**
     * Puts the gate around a way into a guest.
     *
     * @param inside {@code (Object instance, P...) -> R}, to be run by a thread that has entered
     * @param name the function's, for the flight recorder
     * @return {@code (Instance, P...) -> R}, which enters, and leaves with every failure translated
     */
    static MethodHandle gated(MethodHandle inside, String name) {
        MethodType type = inside.type().changeParameterType(0, Instance.class);
        ClassWriter writer = Generated.newClass(Instance.class, "Invoke");
        MethodVisitor code =
                writer.visitMethod(Opcodes.ACC_STATIC, "invoke", type.toMethodDescriptorString(), null, null);
        int before = Type.getArgumentsAndReturnSizes(type.toMethodDescriptorString()) >> 2;
        int recorded = before + 1;
        int result = before + 2;
        Label start = new Label();
        Label end = new Label();
        Label failed = new Label();
        code.visitCode();
        code.visitTryCatchBlock(start, end, failed, "java/lang/Throwable");
        call(code, "enter", "()I");
        code.visitVarInsn(Opcodes.ISTORE, before);
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitVarInsn(Opcodes.ASTORE, recorded);
        code.visitLabel(start);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitLdcInsn(name);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, RECORDED, "into", INTO, false);
        code.visitVarInsn(Opcodes.ASTORE, recorded);
        Generated.pushHandle(code);
        Generated.loadParameters(code, type, 0);
        Generated.invokeHandle(code, inside.type());
        Type resultType = Type.getType(type.returnType());
        if (type.returnType() != void.class) {
            code.visitVarInsn(resultType.getOpcode(Opcodes.ISTORE), result);
        }
        endRecorded(code, recorded);
        code.visitLabel(end);
        exit(code, before);
        if (type.returnType() != void.class) {
            code.visitVarInsn(resultType.getOpcode(Opcodes.ILOAD), result);
        }
        Generated.returnResult(code, type.returnType());
        code.visitLabel(failed);
        code.visitVarInsn(Opcodes.ASTORE, result);
        endRecorded(code, recorded);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, result);
        code.visitVarInsn(Opcodes.ILOAD, before);
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, INSTANCE, "leave", "(Ljava/lang/Throwable;I)Ljava/lang/Throwable;", false);
        exit(code, before);
        code.visitInsn(Opcodes.ATHROW);
        code.visitMaxs(0, 0);
        code.visitEnd();
        MethodHandles.Lookup made = Generated.define(LOOKUP, writer, inside);
        try {
            return made.findStatic(made.lookupClass(), "invoke", type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a generated class lacks its method", e);
        }
    }

    /**
     * {@code (Object instance, P...) -> R}: a function for those who have entered already. Several results come in one array,
     * as {@link Signatures#resultCarrier} says.
     */
    static MethodHandle inside(Module module, int function) {
        return once(module, new InsideKey(function), () -> new VariantSite(module, function).dynamicInvoker());
    }

    private record InsideKey(int function) {}

    /**
     * Calls a function in the code that an instance runs: instances that were made of a snapshot run a second copy of the code,
     * which marks what it writes. Each copy is linked when an instance first needs it.
     */
    private static final class VariantSite extends MutableCallSite {
        private final Module module;
        private final int function;
        private @Nullable MethodHandle plain;
        private @Nullable MethodHandle tracked;

        VariantSite(Module module, int function) {
            super(insideType(module, function));
            this.module = module;
            this.function = function;
            setTarget(MethodHandles.foldArguments(MethodHandles.exactInvoker(type()), LINK.bindTo(this)));
        }

        private synchronized MethodHandle link(Object instance) {
            boolean isTracked = isTracked(instance);
            MethodHandle made = isTracked ? tracked : plain;
            if (made == null) {
                made = own(module, function, isTracked);
            }
            if (isTracked) {
                tracked = made;
            } else {
                plain = made;
            }
            MethodHandle fallback = getTarget();
            MethodHandle ifTracked = tracked == null ? fallback : tracked;
            MethodHandle ifPlain = plain == null ? fallback : plain;
            setTarget(MethodHandles.guardWithTest(IS_TRACKED, ifTracked, ifPlain));
            return made;
        }
    }

    private static MethodType insideType(Module module, int function) {
        CoreFuncType type = module.functionType(function);
        return module.callShape(function)
                .ofHost()
                .direct()
                .changeReturnType(Signatures.resultCarrier(type))
                .insertParameterTypes(0, Object.class);
    }

    /** The same for instances that run one of the two copies. */
    private static MethodHandle own(Module module, int function, boolean tracked) {
        CallShape shape = module.callShape(function);
        if (shape.ofHost().isWide()) {
            throw new SignatureException("a function with so many parameters can only be called by call() or invoke(): "
                    + module.functionType(function));
        }
        MethodHandle target = SpilledParameters.put(shape, direct(module, function, tracked));
        int params = target.type().parameterCount() - 1;
        MethodHandle all = withAllResults(target, shape);
        MethodHandle ofInstance = MethodHandles.filterArguments(all, params, STATE_OF);
        int[] order = new int[params + 1];
        for (int i = 0; i < params; i++) {
            order[i] = i + 1;
        }
        return MethodHandles.permuteArguments(
                ofInstance,
                insideType(module, function).changeReturnType(all.type().returnType()),
                order);
    }

    /** Makes a call return all results, of which compiled code leaves those after the first in the spill. */
    private static MethodHandle withAllResults(MethodHandle target, CallShape shape) {
        String results = shape.results();
        if (results.equals("V")) {
            return withSpill(target, VECTOR);
        } else if (results.length() < 2) {
            return target;
        } else if (results.indexOf('L') >= 0 || results.indexOf('V') >= 0) {
            return withSpill(
                    target.asType(target.type().changeReturnType(Object.class)),
                    MethodHandles.insertArguments(BOXES, 0, results));
        }
        MethodHandle all = MethodHandles.filterArguments(
                NUMBERS, 1, RawBits.toLong(target.type().returnType()));
        return withSpill(target, MethodHandles.insertArguments(all, 0, results));
    }

    /**
     * Gives a result to a handle that reads the others.
     *
     * @param target {@code (P..., InstanceState) -> R}
     * @param all {@code (R, InstanceState) -> S}
     */
    private static MethodHandle withSpill(MethodHandle target, MethodHandle all) {
        MethodHandle collected = MethodHandles.collectArguments(all, 0, target);
        int params = target.type().parameterCount();
        int[] order = new int[params + 1];
        for (int i = 0; i < params; i++) {
            order[i] = i;
        }
        order[params] = params - 1;
        return MethodHandles.permuteArguments(
                collected, target.type().changeReturnType(all.type().returnType()), order);
    }

    private record BoxesKey(CallShape shape) {}

    /**
     * {@code (MethodHandle direct, Object[] slots, InstanceState) -> Object[]}: calls any function of a shape by boxes, a vector as
     * two. The handle is {@code (P..., InstanceState) -> R}; wide functions have no slots.
     */
    static MethodHandle byBoxes(Module module, CallShape shape) {
        return once(module, new BoxesKey(shape), () -> {
            MethodType called = shape.direct().appendParameterTypes(InstanceState.class);
            MethodHandle call = MethodHandles.exactInvoker(called);
            if (shape.results().isEmpty()) {
                call = MethodHandles.filterReturnValue(call, MethodHandles.constant(Object[].class, NOTHING));
            } else {
                MethodHandle all = MethodHandles.insertArguments(BOXES, 0, shape.results());
                MethodHandle first = call.asType(call.type().changeReturnType(Object.class));
                int state = called.parameterCount();
                MethodHandle collected = MethodHandles.collectArguments(all, 0, first);
                int[] order = new int[state + 2];
                for (int i = 0; i <= state; i++) {
                    order[i] = i;
                }
                order[state + 1] = state;
                call = MethodHandles.permuteArguments(collected, first.type().changeReturnType(Object[].class), order);
            }
            int slots = called.parameterCount() - 1;
            MethodType boxed = MethodType.genericMethodType(slots)
                    .changeReturnType(Object[].class)
                    .insertParameterTypes(0, MethodHandle.class)
                    .appendParameterTypes(InstanceState.class);
            return call.asType(boxed).asSpreader(1, Object[].class, slots);
        });
    }

    private static final Object[] NOTHING = {};

    private record DirectKey(int function, boolean tracked) {}

    /** {@code (P..., InstanceState) -> R}: the compiled method; of an imported function, a call of what was imported. */
    static MethodHandle direct(Module module, int function, boolean tracked) {
        return once(module, new DirectKey(function, tracked), () -> {
            if (!module.isImported(function)) {
                return module.code().function(function, tracked);
            }
            MethodType type =
                    module.callShape(function).direct().appendParameterTypes(FuncRef.class, InstanceState.class);
            MethodHandle call = MethodHandles.exactInvoker(type);
            // (MethodHandle, P..., FuncRef, InstanceState) to (P..., InstanceState)
            MethodHandle reference = MethodHandles.insertArguments(IMPORTED, 1, function);
            call = MethodHandles.filterArguments(call, 0, HANDLE_OF);
            call = MethodHandles.filterArguments(call, 0, reference);
            int last = type.parameterCount();
            call = MethodHandles.filterArguments(call, last - 1, reference);
            int[] order = new int[last + 1];
            order[0] = last - 2;
            for (int i = 1; i < last - 1; i++) {
                order[i] = i - 1;
            }
            order[last - 1] = last - 2;
            order[last] = last - 2;
            return MethodHandles.permuteArguments(
                    call, module.callShape(function).direct().appendParameterTypes(InstanceState.class), order);
        });
    }

    private record FromGuestsKey(int function, boolean tracked) {}

    /** {@code (P..., FuncRef self, InstanceState caller) -> R}: see {@link FuncRef#handle}. */
    static MethodHandle fromGuests(Module module, int function, boolean tracked) {
        return once(
                module,
                new FromGuestsKey(function, tracked),
                () -> GuestEntries.byReference(module, module.callShape(function), direct(module, function, tracked)));
    }

    private static final MethodHandle STATE_OF =
            Handles.own(LOOKUP, "stateOf", MethodType.methodType(InstanceState.class, Object.class));
    private static final MethodHandle IS_TRACKED =
            Handles.own(LOOKUP, "isTracked", MethodType.methodType(boolean.class, Object.class));
    private static final MethodHandle IMPORTED =
            Handles.own(LOOKUP, "imported", MethodType.methodType(FuncRef.class, InstanceState.class, int.class));
    private static final MethodHandle HANDLE_OF =
            Handles.ownVirtual(LOOKUP, FuncRef.class, "handle", MethodType.methodType(MethodHandle.class));
    private static final MethodHandle LINK = Handles.ownVirtual(
            LOOKUP, VariantSite.class, "link", MethodType.methodType(MethodHandle.class, Object.class));
    private static final MethodHandle NUMBERS = Handles.own(
            LOOKUP,
            Spilled.class,
            "numbers",
            MethodType.methodType(long[].class, String.class, long.class, InstanceState.class));
    private static final MethodHandle VECTOR = Handles.own(
            LOOKUP, Spilled.class, "vector", MethodType.methodType(V128.class, long.class, InstanceState.class));
    private static final MethodHandle TO_HOST =
            Handles.own(LOOKUP, "toHost", MethodType.methodType(Object[].class, Object[].class, FieldType[].class));
    private static final MethodHandle BOXES = Handles.own(
            LOOKUP,
            Spilled.class,
            "boxes",
            MethodType.methodType(Object[].class, String.class, Object.class, InstanceState.class));

    // By handle, above.

    static @Nullable Object[] toHost(@Nullable Object[] values, @Nullable FieldType[] references) {
        for (int i = 0; i < values.length; i++) {
            FieldType type = references[i];
            if (type != null) {
                values[i] = BoxedValues.toHost(values[i], type);
            }
        }
        return values;
    }

    static InstanceState stateOf(Object instance) {
        return ((Instance) instance).state();
    }

    static boolean isTracked(Object instance) {
        return ((Instance) instance).isTracked();
    }

    static FuncRef imported(InstanceState state, int function) {
        return state.functions[function];
    }

    private static void call(MethodVisitor code, String method, String descriptor) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, INSTANCE, method, descriptor, false);
    }

    static void endRecorded(MethodVisitor code, int recorded) {
        Label unrecorded = new Label();
        code.visitVarInsn(Opcodes.ALOAD, recorded);
        code.visitJumpInsn(Opcodes.IFNULL, unrecorded);
        code.visitVarInsn(Opcodes.ALOAD, recorded);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, RECORDED, "end", "()V", false);
        code.visitLabel(unrecorded);
    }

    private static void exit(MethodVisitor code, int before) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ILOAD, before);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, INSTANCE, "exit", "(I)V", false);
    }
}
