package dev.airlock.abi.placed;

import dev.airlock.abi.EncodedBytes;
import dev.airlock.abi.Plan;
import dev.airlock.abi.ScalarEmitter;
import dev.airlock.abi.Scalars;
import dev.airlock.abi.Step;
import dev.airlock.codegen.MethodCode;
import dev.airlock.codegen.Register;
import dev.airlock.mapping.BlockForm;
import dev.airlock.memory.Memory;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.shape.Carrier;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
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
    private final MethodCode to;
    private final MethodVisitor code;
    private final ScalarEmitter scalars;
    private final GuestEmitter guest;

    StepEmitter(Plan plan, @Nullable PayloadCodec codec, GuestFunctions functions, MethodCode to) {
        this.plan = plan;
        this.giver = plan.giver();
        this.codec = codec;
        this.functions = functions;
        this.to = to;
        this.code = to.code();
        this.scalars = new ScalarEmitter(plan.giver(), to);
        this.guest = new GuestEmitter(plan, functions, to);
    }

    void prepare() {
        guest.prepare();
    }

    void cleanUp() {
        guest.cleanUp();
    }

    void emit(Step step) {
        if (step instanceof Step.Lower lower) {
            scalars.lower(lower);
        } else if (step instanceof Step.Lift lift) {
            scalars.lift(lift);
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
            guest.allocate(allocate);
        } else if (step instanceof Step.AllocateReturn ret) {
            guest.allocateReturn(ret);
        } else if (step instanceof Step.PushReturn push) {
            guest.push(push);
        } else if (step instanceof Step.PopReturn pop) {
            guest.pop(pop);
        } else if (step instanceof Step.Store store) {
            store(store);
        } else if (step instanceof Step.Pack pack) {
            guest.pack(() -> to.load(pack.pointer()), () -> to.load(pack.count()));
            to.store(pack.fat());
        } else if (step instanceof Step.Call call) {
            guest.call(call);
        } else if (step instanceof Step.Unpack unpack) {
            unpack(unpack);
        } else if (step instanceof Step.Pick pick) {
            to.load(pick.results());
            code.visitLdcInsn(pick.index());
            code.visitInsn(Opcodes.LALOAD);
            code.visitInsn(Opcodes.L2I);
            to.store(pick.value());
        } else if (step instanceof Step.Load load) {
            guest.loadMemory();
            to.load(load.pointer());
            code.visitLdcInsn(load.displacement());
            code.visitLdcInsn(giver);
            to.call(Blocks.class, "load", int.class, Memory.class, int.class, int.class, String.class);
            to.store(load.value());
        } else if (step instanceof Step.Length length) {
            guest.loadMemory();
            to.load(length.pointer());
            code.visitLdcInsn(giver);
            to.call(Blocks.class, "length", int.class, Memory.class, int.class, String.class);
            to.store(length.count());
        } else if (step instanceof Step.Decode decode) {
            decode(decode);
        } else if (step instanceof Step.CheckDisjoint apart) {
            guest.apart(apart.result(), apart.other());
        } else if (step instanceof Step.IfThere there) {
            ifThere(there);
        } else if (step instanceof Step.Unwrap unwrap) {
            to.load(unwrap.option());
            code.visitLdcInsn(unwrap.option().path());
            to.call(Options.class, "unwrap", Object.class, Object.class, String.class);
            storeAs(unwrap.payload());
        } else if (step instanceof Step.Wrap wrap) {
            to.load(wrap.payload());
            to.pushConstant(wrap.carrier(), Carrier.Block.class);
            to.call(Options.class, "wrap", Object.class, Object.class, Carrier.Block.class);
            to.store(wrap.option());
        } else if (step instanceof Step.SkipStatic skip) {
            guest.skipStatic(skip);
        } else if (step instanceof Step.Free free) {
            guest.free(free);
        } else if (step instanceof ManagedStep managed) {
            guest.emit(managed);
        } else if (step instanceof Step.CallJava call) {
            callJava(call);
        } else if (step instanceof Step.Move move) {
            to.load(move.from());
            to.store(move.to());
        } else if (step instanceof Step.StorePair pair) {
            guest.loadMemory();
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

    private void ifThere(Step.IfThere step) {
        for (Register register : step.sets()) {
            code.visitInsn(register.type().isPrimitive() ? Opcodes.ICONST_0 : Opcodes.ACONST_NULL);
            to.store(register);
        }
        Label nothing = new Label();
        to.load(step.there());
        code.visitJumpInsn(step.there().type().isPrimitive() ? Opcodes.IFEQ : Opcodes.IFNULL, nothing);
        step.steps().forEach(this::emit);
        code.visitLabel(nothing);
    }

    private void storeAs(Register register) {
        Class<?> erased = Scalars.erase(register.type());
        if (erased != Object.class) {
            code.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(erased));
        }
        to.store(register);
    }

    private void callJava(Step.CallJava step) {
        MethodHandle java = functions.target();
        MethodType erased = MethodType.methodType(
                Scalars.erase(java.type().returnType()),
                java.type().parameterList().stream().map(Scalars::erase).toList());
        to.pushConstant(java.asType(erased), MethodHandle.class);
        if (step.givesGuest()) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
        }
        step.args().forEach(to::load);
        to.invoke(erased);
        if (step.result() != null) {
            to.store(step.result());
        }
    }

    private void encode(Step.Encode step) {
        to.load(step.value());
        String name = step.value().path();
        switch (step.carrier().form()) {
            case UTF8, UTF16 -> {
                code.visitLdcInsn(name);
                String method = step.carrier().form() == BlockForm.UTF8 ? "encodeUtf8" : "encodeUtf16";
                to.call(EncodedBytes.class, method, byte[].class, String.class, String.class);
                if (step.nul()) {
                    code.visitLdcInsn(name);
                    to.call(Blocks.class, "withoutNul", byte[].class, byte[].class, String.class);
                }
            }
            case BYTES -> {
                code.visitLdcInsn(name);
                to.call(EncodedBytes.class, "encodeBytes", byte[].class, Object.class, String.class);
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
                to.call(Scalars.class, "notNull", Object.class, Object.class, String.class);
                code.visitTypeInsn(
                        Opcodes.CHECKCAST, Type.getInternalName(step.elements().type()));
            }
            case OBJECTS -> throw new IllegalStateException("objects have steps of their own");
        }
        to.store(step.elements());
    }

    private void payload(Carrier.Block carrier) {
        to.pushConstant(Objects.requireNonNull(codec, "a payload needs a codec"), PayloadCodec.class);
        to.pushConstant(carrier.type(), java.lang.reflect.Type.class);
        code.visitInsn(carrier.form() == BlockForm.PAYLOAD_UTF16 ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
    }

    private void store(Step.Store step) {
        guest.loadMemory();
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

    private void unpack(Step.Unpack step) {
        to.load(step.fat());
        code.visitLdcInsn(giver);
        to.call(Blocks.class, "packed", long.class, long.class, String.class);
        code.visitLdcInsn(32);
        code.visitInsn(Opcodes.LUSHR);
        code.visitInsn(Opcodes.L2I);
        to.store(step.pointer());
        to.load(step.fat());
        code.visitInsn(Opcodes.L2I);
        to.store(step.count());
    }

    private void decode(Step.Decode step) {
        guest.loadMemory();
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
            Class<?> erased = Scalars.erase(step.value().type());
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
                case PAYLOAD, PAYLOAD_UTF16, OBJECTS -> throw new IllegalStateException("not of this step: " + form);
            };
            to.call(Blocks.class, method, form.javaType(), Memory.class, int.class, int.class, String.class);
        }
        to.store(step.value());
    }
}
