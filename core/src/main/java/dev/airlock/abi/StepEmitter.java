package dev.airlock.abi;

import dev.airlock.error.Trap;
import dev.airlock.memory.Memory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The bytecode of each step. */
final class StepEmitter {
    private final Plan plan;
    private final String giver;
    private final @Nullable PayloadCodec codec;
    private final GuestFunctions functions;
    private final CrossingCompiler to;
    private final MethodVisitor code;
    private final int memory;
    private final int inGuest;
    private final List<Step.Allocate> allocated = new ArrayList<>();
    private @Nullable Register returned;

    StepEmitter(Plan plan, @Nullable PayloadCodec codec, GuestFunctions functions, CrossingCompiler to) {
        this.plan = plan;
        this.giver = plan.giver();
        this.codec = codec;
        this.functions = functions;
        this.to = to;
        this.code = to.code();
        this.memory = to.newSlot(Memory.class);
        this.inGuest = to.newSlot(int.class);
    }

    /** Before the steps: what the clean-up reads has to be set, whenever it runs. */
    void prepare() {
        for (Step step : plan.steps()) {
            if (step instanceof Step.Free free) {
                zero(free.pointer());
                if (free.count() != null) {
                    zero(free.count());
                }
            } else if (step instanceof Step.Unpin unpin) {
                zero(unpin.pointer());
            }
        }
        code.visitInsn(Opcodes.ICONST_0);
        code.visitVarInsn(Opcodes.ISTORE, inGuest);
        if (usesMemory()) {
            to.pushConstant(functions.memory(), MethodHandle.class);
            code.visitVarInsn(Opcodes.ALOAD, 0);
            to.invoke(MethodType.methodType(Memory.class, Object.class));
        } else {
            code.visitInsn(Opcodes.ACONST_NULL);
        }
        code.visitVarInsn(Opcodes.ASTORE, memory);
    }

    private boolean usesMemory() {
        return plan.steps().stream()
                .anyMatch(s -> !(s instanceof Step.Lower
                        || s instanceof Step.Lift
                        || s instanceof Step.Call
                        || s instanceof Step.CallJava));
    }

    private void zero(Register register) {
        code.visitInsn(Opcodes.ICONST_0);
        to.store(register);
    }

    void emit(Step step) {
        if (step instanceof Step.Lower lower) {
            lower(lower);
        } else if (step instanceof Step.Lift lift) {
            lift(lift);
        } else if (step instanceof Step.Encode encode) {
            encode(encode);
        } else if (step instanceof Step.Count count) {
            to.load(count.elements());
            code.visitInsn(Opcodes.ARRAYLENGTH);
            if (count.divisor() > 1) {
                code.visitLdcInsn(count.divisor());
                code.visitInsn(Opcodes.IDIV);
            }
            to.store(count.count());
        } else if (step instanceof Step.Allocate allocate) {
            allocate(allocate);
        } else if (step instanceof Step.AllocateReturn ret) {
            allocateBlock(ret.pointer(), () -> code.visitLdcInsn(8), 4);
            returned = ret.pointer();
        } else if (step instanceof Step.AllocateManaged managed) {
            allocateManaged(
                    managed.pointer(),
                    () -> size(managed.count(), managed.width(), 0),
                    managed.width(),
                    managed.classNumber());
        } else if (step instanceof Step.AllocateView view) {
            allocateManaged(view.pointer(), () -> code.visitLdcInsn(12), 4, view.classNumber());
        } else if (step instanceof Step.Store store) {
            store(store);
        } else if (step instanceof Step.StoreView view) {
            code.visitVarInsn(Opcodes.ALOAD, memory);
            to.load(view.view());
            to.load(view.buffer());
            size(view.count(), view.width(), 0);
            to.call(Blocks.class, "storeView", void.class, Memory.class, int.class, int.class, int.class);
        } else if (step instanceof Step.Pack pack) {
            pack(() -> to.load(pack.pointer()), () -> to.load(pack.count()));
            to.store(pack.fat());
        } else if (step instanceof Step.Call call) {
            call(call);
        } else if (step instanceof Step.Unpack unpack) {
            unpack(unpack);
        } else if (step instanceof Step.Pick pick) {
            to.load(pick.results());
            code.visitLdcInsn(pick.index());
            code.visitInsn(Opcodes.LALOAD);
            code.visitInsn(Opcodes.L2I);
            to.store(pick.value());
        } else if (step instanceof Step.Load load) {
            code.visitVarInsn(Opcodes.ALOAD, memory);
            to.load(load.pointer());
            code.visitLdcInsn(load.displacement());
            code.visitLdcInsn(giver);
            to.call(Blocks.class, "load", int.class, Memory.class, int.class, int.class, String.class);
            to.store(load.value());
        } else if (step instanceof Step.LoadCount load) {
            code.visitVarInsn(Opcodes.ALOAD, memory);
            to.load(load.pointer());
            code.visitLdcInsn(load.displacement());
            code.visitLdcInsn(load.width());
            code.visitLdcInsn(giver);
            to.call(Blocks.class, "loadCount", int.class, Memory.class, int.class, int.class, int.class, String.class);
            to.store(load.count());
        } else if (step instanceof Step.Length length) {
            code.visitVarInsn(Opcodes.ALOAD, memory);
            to.load(length.pointer());
            code.visitLdcInsn(giver);
            to.call(Blocks.class, "length", int.class, Memory.class, int.class, String.class);
            to.store(length.count());
        } else if (step instanceof Step.Decode decode) {
            decode(decode);
        } else if (step instanceof Step.Apart apart) {
            apart(apart.result(), apart.other());
        } else if (step instanceof Step.Free free) {
            free(free);
        } else if (step instanceof Step.Unpin unpin) {
            unpin(unpin);
        } else if (step instanceof Step.CallJava call) {
            callJava(call);
        } else if (step instanceof Step.Move move) {
            to.load(move.from());
            to.store(move.to());
        } else if (step instanceof Step.StorePair pair) {
            code.visitVarInsn(Opcodes.ALOAD, memory);
            to.load(pair.ret());
            to.load(pair.pointer());
            to.load(pair.count());
            code.visitLdcInsn(plan.name());
            to.call(Blocks.class, "storePair", void.class, Memory.class, int.class, int.class, int.class, String.class);
        } else if (step instanceof Step.Pair pair) {
            to.load(pair.pointer());
            to.load(pair.count());
            to.call(Blocks.class, "pair", long[].class, int.class, int.class);
            to.store(pair.both());
        }
    }

    private void callJava(Step.CallJava step) {
        MethodHandle java = functions.target();
        MethodType erased = MethodType.methodType(
                CrossingCompiler.erase(java.type().returnType()),
                java.type().parameterList().stream()
                        .map(CrossingCompiler::erase)
                        .toList());
        to.pushConstant(java.asType(erased), MethodHandle.class);
        step.args().forEach(to::load);
        to.invoke(erased);
        if (step.result() != null) {
            to.store(step.result());
        }
    }

    private void lower(Step.Lower step) {
        to.load(step.value());
        Class<?> given = step.value().type();
        if (!given.isPrimitive() && step.form() != ScalarForm.ENUM) {
            given = unbox(step.value());
        }
        switch (step.form()) {
            case BOOL -> to.call(Scalars.class, "lowerBool", int.class, boolean.class);
            case U8, U16 -> {
                if (given == int.class) {
                    named(step.form() == ScalarForm.U8 ? "lowerU8" : "lowerU16", int.class, step.value(), int.class);
                } else {
                    code.visitLdcInsn(step.form() == ScalarForm.U8 ? 0xff : 0xffff);
                    code.visitInsn(Opcodes.IAND);
                }
            }
            case CHAR -> named("lowerChar", int.class, step.value(), int.class);
            case ENUM -> named("lowerEnum", int.class, step.value(), Object.class);
            case S8, S16, S32, U32, S64, U64, F32, F64 -> {}
        }
        to.store(step.core());
    }

    /** A box on the stack to its number, which is not null. */
    private Class<?> unbox(Register box) {
        Class<?> primitive = MethodType.methodType(box.type()).unwrap().returnType();
        code.visitLdcInsn(box.name());
        to.call(Blocks.class, "notNull", Object.class, Object.class, String.class);
        code.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(box.type()));
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                Type.getInternalName(box.type()),
                primitive.getName() + "Value",
                MethodType.methodType(primitive).toMethodDescriptorString(),
                false);
        return primitive;
    }

    private void box(Class<?> boxType) {
        Class<?> primitive = MethodType.methodType(boxType).unwrap().returnType();
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                Type.getInternalName(boxType),
                "valueOf",
                MethodType.methodType(boxType, primitive).toMethodDescriptorString(),
                false);
    }

    private void named(String method, Class<?> result, Register value, Class<?> param) {
        code.visitLdcInsn(value.name());
        to.call(Scalars.class, method, result, param, String.class);
    }

    private void lift(Step.Lift step) {
        to.load(step.core());
        Class<?> wanted = MethodType.methodType(step.value().type()).unwrap().returnType();
        boolean bits = wanted != int.class;
        switch (step.form()) {
            case BOOL -> to.call(Scalars.class, "liftBool", boolean.class, int.class);
            case S8 -> to.call(Scalars.class, "liftS8", byte.class, int.class);
            case S16 -> to.call(Scalars.class, "liftS16", short.class, int.class);
            case U8 -> to.call(Scalars.class, bits ? "liftS8" : "liftU8", bits ? byte.class : int.class, int.class);
            case U16 -> to.call(Scalars.class, bits ? "liftS16" : "liftU16", bits ? short.class : int.class, int.class);
            case CHAR -> {
                code.visitLdcInsn(giver);
                to.call(Scalars.class, "liftChar", int.class, int.class, String.class);
            }
            case ENUM -> {
                to.pushConstant(step.value().type().getEnumConstants(), Object[].class);
                code.visitLdcInsn(giver);
                to.call(Scalars.class, "liftEnum", Object.class, int.class, Object[].class, String.class);
            }
            case S32, U32, S64, U64, F32, F64 -> {}
        }
        if (!step.value().type().isPrimitive() && step.form() != ScalarForm.ENUM) {
            box(step.value().type());
        }
        to.store(step.value());
    }

    private void encode(Step.Encode step) {
        to.load(step.value());
        String name = step.value().name();
        switch (step.carrier().form()) {
            case UTF8, UTF16 -> {
                code.visitLdcInsn(name);
                String method = step.carrier().form() == BlockForm.UTF8 ? "encodeUtf8" : "encodeUtf16";
                to.call(Blocks.class, method, byte[].class, String.class, String.class);
                if (step.nul()) {
                    code.visitLdcInsn(name);
                    to.call(Blocks.class, "withoutNul", byte[].class, byte[].class, String.class);
                }
            }
            case BYTES -> {
                code.visitLdcInsn(name);
                to.call(Blocks.class, "encodeBytes", byte[].class, Object.class, String.class);
            }
            case PAYLOAD, PAYLOAD_UTF16 -> {
                code.visitLdcInsn(name);
                payload(step.carrier());
                to.call(
                        Blocks.class,
                        "encodePayload",
                        byte[].class,
                        Object.class,
                        String.class,
                        PayloadCodec.class,
                        java.lang.reflect.Type.class,
                        boolean.class);
            }
            case SHORTS, INTS, LONGS, FLOATS, DOUBLES -> {
                code.visitLdcInsn(name);
                to.call(Blocks.class, "notNull", Object.class, Object.class, String.class);
                code.visitTypeInsn(
                        Opcodes.CHECKCAST, Type.getInternalName(step.elements().type()));
            }
        }
        to.store(step.elements());
    }

    private void payload(Carrier.Block carrier) {
        to.pushConstant(Objects.requireNonNull(codec, "a payload needs a codec"), PayloadCodec.class);
        to.pushConstant(carrier.type(), java.lang.reflect.Type.class);
        code.visitInsn(carrier.form() == BlockForm.PAYLOAD_UTF16 ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
    }

    private void size(Register count, int width, int extra) {
        to.load(count);
        code.visitLdcInsn(width);
        code.visitLdcInsn(extra);
        to.call(Blocks.class, "size", int.class, int.class, int.class, int.class);
    }

    private void allocate(Step.Allocate step) {
        Runnable size = () -> size(step.count(), step.width(), step.extra());
        if (step.evenEmpty() || step.extra() > 0) {
            allocateBlock(step.pointer(), size, step.width());
        } else {
            Label empty = new Label();
            Label done = new Label();
            to.load(step.count());
            code.visitJumpInsn(Opcodes.IFEQ, empty);
            allocateBlock(step.pointer(), size, step.width());
            code.visitJumpInsn(Opcodes.GOTO, done);
            code.visitLabel(empty);
            code.visitLdcInsn(Blocks.EMPTY);
            to.store(step.pointer());
            code.visitLabel(done);
        }
        if (returned != null) {
            to.load(returned);
            code.visitLdcInsn(8);
            to.load(step.pointer());
            size.run();
            code.visitLdcInsn(plan.name());
            to.call(Blocks.class, "apart", void.class, int.class, int.class, int.class, int.class, String.class);
        }
        for (Step.Allocate earlier : allocated) {
            to.load(earlier.pointer());
            size(earlier.count(), earlier.width(), earlier.extra());
            to.load(step.pointer());
            size.run();
            code.visitLdcInsn(plan.name());
            to.call(Blocks.class, "apart", void.class, int.class, int.class, int.class, int.class, String.class);
        }
        allocated.add(step);
    }

    private void allocateBlock(Register pointer, Runnable size, int align) {
        code.visitVarInsn(Opcodes.ALOAD, memory);
        enterGuest();
        to.pushConstant(functions.allocate(), MethodHandle.class);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        size.run();
        switch (Objects.requireNonNull(plan.placement().allocate(), "no allocator")
                .form()) {
            case SIZE -> to.invoke(MethodType.methodType(int.class, Object.class, int.class));
            case SIZE_ALIGN -> {
                code.visitLdcInsn(align);
                to.invoke(MethodType.methodType(int.class, Object.class, int.class, int.class));
            }
            case FAT -> {
                to.invoke(MethodType.methodType(long.class, Object.class, int.class));
                code.visitLdcInsn(32);
                code.visitInsn(Opcodes.LUSHR);
                code.visitInsn(Opcodes.L2I);
            }
            case MANAGED -> throw new IllegalStateException("managed objects have a step of their own");
        }
        leaveGuest();
        checked(size, align);
        to.store(pointer);
    }

    private void checked(Runnable size, int align) {
        size.run();
        code.visitLdcInsn(align);
        code.visitLdcInsn(plan.name());
        to.call(Blocks.class, "allocated", int.class, Memory.class, int.class, int.class, int.class, String.class);
    }

    private void allocateManaged(Register pointer, Runnable size, int align, int classNumber) {
        code.visitVarInsn(Opcodes.ALOAD, memory);
        enterGuest();
        to.pushConstant(functions.allocate(), MethodHandle.class);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        size.run();
        code.visitLdcInsn(classNumber);
        to.invoke(MethodType.methodType(int.class, Object.class, int.class, int.class));
        leaveGuest();
        checked(size, align);
        to.store(pointer);
        guestCall(functions.pin(), pointer);
    }

    private void guestCall(MethodHandle handle, Register pointer) {
        enterGuest();
        to.pushConstant(handle, MethodHandle.class);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        to.load(pointer);
        to.invoke(MethodType.methodType(void.class, Object.class, int.class));
        leaveGuest();
    }

    private void store(Step.Store step) {
        code.visitVarInsn(Opcodes.ALOAD, memory);
        to.load(step.pointer());
        to.load(step.elements());
        if (step.nul()) {
            to.call(Blocks.class, "storeWithNul", void.class, Memory.class, int.class, byte[].class);
        } else {
            to.call(
                    Blocks.class,
                    "store",
                    void.class,
                    Memory.class,
                    int.class,
                    step.elements().type());
        }
    }

    private void pack(Runnable pointer, Runnable count) {
        pointer.run();
        code.visitInsn(Opcodes.I2L);
        code.visitLdcInsn(32);
        code.visitInsn(Opcodes.LSHL);
        count.run();
        code.visitInsn(Opcodes.I2L);
        code.visitLdcInsn(0xffff_ffffL);
        code.visitInsn(Opcodes.LAND);
        code.visitInsn(Opcodes.LOR);
    }

    private void call(Step.Call step) {
        enterGuest();
        MethodHandle target = functions.target();
        to.pushConstant(target, MethodHandle.class);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        step.args().forEach(to::load);
        to.invoke(target.type());
        if (step.result() != null) {
            to.store(step.result());
        }
        leaveGuest();
    }

    private void unpack(Step.Unpack step) {
        to.load(step.fat());
        code.visitLdcInsn(32);
        code.visitInsn(Opcodes.LUSHR);
        code.visitInsn(Opcodes.L2I);
        to.store(step.pointer());
        to.load(step.fat());
        code.visitInsn(Opcodes.L2I);
        to.store(step.count());
    }

    private void decode(Step.Decode step) {
        code.visitVarInsn(Opcodes.ALOAD, memory);
        to.load(step.pointer());
        to.load(step.count());
        code.visitLdcInsn(giver);
        BlockForm form = step.carrier().form();
        if (form == BlockForm.PAYLOAD || form == BlockForm.PAYLOAD_UTF16) {
            payload(step.carrier());
            to.call(
                    Blocks.class,
                    "decodePayload",
                    Object.class,
                    Memory.class,
                    int.class,
                    int.class,
                    String.class,
                    PayloadCodec.class,
                    java.lang.reflect.Type.class,
                    boolean.class);
            Class<?> erased = CrossingCompiler.erase(step.value().type());
            if (erased != Object.class) {
                code.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(erased));
            }
        } else {
            String method = switch (form) {
                case UTF8 -> "decodeUtf8";
                case UTF16 -> "decodeUtf16";
                case BYTES -> "decodeBytes";
                case SHORTS -> "decodeShorts";
                case INTS -> "decodeInts";
                case LONGS -> "decodeLongs";
                case FLOATS -> "decodeFloats";
                case DOUBLES -> "decodeDoubles";
                case PAYLOAD, PAYLOAD_UTF16 -> throw new IllegalStateException("handled above");
            };
            to.call(Blocks.class, method, form.javaType(), Memory.class, int.class, int.class, String.class);
        }
        to.store(step.value());
    }

    private void apart(Step.Free result, Step.Free other) {
        code.visitVarInsn(Opcodes.ALOAD, memory);
        to.load(result.pointer());
        to.load(Objects.requireNonNull(result.count()));
        code.visitLdcInsn(result.width());
        code.visitLdcInsn(result.extra());
        to.load(other.pointer());
        if (other.count() == null) {
            code.visitLdcInsn(8);
        } else {
            size(other.count(), other.width(), other.extra());
        }
        code.visitLdcInsn(plan.name());
        to.call(
                Blocks.class,
                "apart",
                void.class,
                Memory.class,
                int.class,
                int.class,
                int.class,
                int.class,
                int.class,
                int.class,
                String.class);
    }

    /** The register is cleared before the call: whatever happens then, the block is not freed twice. */
    private void free(Step.Free step) {
        Label nothing = new Label();
        Placement.Free.Form form = Objects.requireNonNull(plan.placement().free(), "no way to free")
                .form();
        to.load(step.pointer());
        code.visitJumpInsn(Opcodes.IFEQ, nothing);
        boolean emptyIsNothing =
                step.count() != null && step.extra() == 0 && (step.ours() || form != Placement.Free.Form.POINTER);
        if (emptyIsNothing) {
            to.load(Objects.requireNonNull(step.count()));
            code.visitJumpInsn(Opcodes.IFEQ, nothing);
        }
        enterGuest();
        to.pushConstant(functions.free(), MethodHandle.class);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        Runnable size = () -> {
            if (step.count() == null) {
                code.visitLdcInsn(8);
            } else {
                size(step.count(), step.width(), step.extra());
            }
        };
        MethodType type = form.handleType();
        switch (form) {
            case POINTER -> to.load(step.pointer());
            case POINTER_SIZE -> {
                to.load(step.pointer());
                size.run();
            }
            case POINTER_SIZE_ALIGN -> {
                to.load(step.pointer());
                size.run();
                code.visitLdcInsn(step.count() == null ? 4 : step.width());
            }
            case FAT -> pack(() -> to.load(step.pointer()), size);
        }
        zero(step.pointer());
        to.invoke(type);
        leaveGuest();
        code.visitLabel(nothing);
    }

    private void unpin(Step.Unpin step) {
        Label nothing = new Label();
        to.load(step.pointer());
        code.visitJumpInsn(Opcodes.IFEQ, nothing);
        enterGuest();
        to.pushConstant(functions.unpin(), MethodHandle.class);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        to.load(step.pointer());
        zero(step.pointer());
        to.invoke(MethodType.methodType(void.class, Object.class, int.class));
        leaveGuest();
        code.visitLabel(nothing);
    }

    private void enterGuest() {
        code.visitInsn(Opcodes.ICONST_1);
        code.visitVarInsn(Opcodes.ISTORE, inGuest);
    }

    private void leaveGuest() {
        code.visitInsn(Opcodes.ICONST_0);
        code.visitVarInsn(Opcodes.ISTORE, inGuest);
    }

    /**
     * The exception is on the stack. Where the guest itself failed, its state is not to be touched any more; else what
     * was set aside is given back.
     */
    void cleanUp() {
        int failure = to.newSlot(Throwable.class);
        Label rethrow = new Label();
        code.visitVarInsn(Opcodes.ASTORE, failure);
        code.visitVarInsn(Opcodes.ILOAD, inGuest);
        code.visitJumpInsn(Opcodes.IFNE, rethrow);
        code.visitVarInsn(Opcodes.ALOAD, failure);
        code.visitTypeInsn(Opcodes.INSTANCEOF, Type.getInternalName(Trap.class));
        code.visitJumpInsn(Opcodes.IFNE, rethrow);
        plan.steps().forEach(step -> {
            if (step instanceof Step.Free free) {
                free(free);
            } else if (step instanceof Step.Unpin unpin) {
                unpin(unpin);
            }
        });
        code.visitLabel(rethrow);
        code.visitVarInsn(Opcodes.ALOAD, failure);
        code.visitInsn(Opcodes.ATHROW);
    }
}
