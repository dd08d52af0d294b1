package dev.airlock.abi;

import dev.airlock.error.ValueException;
import dev.airlock.memory.LinearMemory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The bytecode of the steps of the canonical ABI, into one method. Its first local variable is the context. */
final class CanonicalEmitter {
    private static final Class<?> OPERATIONS = CanonicalOperations.class;
    private static final String IMAGE = Type.getInternalName(Image.class);
    /** More than these share methods. */
    private static final int MANY_CASES = 16;

    private static final String CONTEXT = Type.getInternalName(CanonicalContext.class);

    private final Sides sides;
    private final String function;
    private final MethodCode to;
    private final MethodVisitor code;
    private final ScalarEmitter scalars;
    private final CanonicalCompiler compiler;
    private CanonicalFunctions functions;
    private int context;
    private int callee = -1;

    CanonicalEmitter(Sides sides, String function, String giver, MethodCode to, CanonicalCompiler compiler) {
        this.sides = sides;
        this.functions = sides.caller();
        this.function = function;
        this.to = to;
        this.code = to.code();
        this.scalars = new ScalarEmitter(giver, to);
        this.compiler = compiler;
    }

    /** Before the steps. */
    void prepare() {
        if (sides.calleeOf() != null) {
            callee = to.newSlot(CanonicalContext.class);
            MethodType type = MethodType.methodType(CanonicalContext.class, CanonicalContext.class);
            to.pushConstant(sides.calleeOf().asType(type), MethodHandle.class);
            context();
            to.invoke(type);
            code.visitVarInsn(Opcodes.ASTORE, callee);
        }
    }

    private void on(CanonicalStep.On step) {
        if (step.side() == CanonicalStep.Side.CALLEE) {
            context = callee;
            functions = sides.callee();
        }
        emit(step.step(), false);
        context = 0;
        functions = sides.caller();
    }

    private void pushMemory() {
        MethodType type = MethodType.methodType(LinearMemory.class, CanonicalContext.class);
        to.pushConstant(Objects.requireNonNull(functions.memory(), "no memory").asType(type), MethodHandle.class);
        context();
        to.invoke(type);
    }

    private void context() {
        code.visitVarInsn(Opcodes.ALOAD, context);
    }

    /** After the steps: several results in an array, numbers as the bits of longs in its first element. */
    void giveBack(List<Register> results) {
        if (results.isEmpty()) {
            code.visitInsn(Opcodes.RETURN);
        } else if (results.size() == 1) {
            Register only = results.get(0);
            to.load(only);
            code.visitInsn(CanonicalCompiler.opcode(CanonicalCompiler.erase(only.type()), Opcodes.IRETURN));
        } else {
            Several.pack(code, to, results);
            code.visitInsn(Opcodes.ARETURN);
        }
    }

    /** Calls a method that has steps. */
    void call(CanonicalCompiler.Outlined outlined) {
        context();
        outlined.in().forEach(to::load);
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                CrossingCompiler.SELF,
                outlined.name(),
                CanonicalCompiler.type(outlined).toMethodDescriptorString(),
                false);
        if (outlined.out().size() == 1) {
            to.store(outlined.out().get(0));
        } else if (!outlined.out().isEmpty()) {
            Several.unpack(code, to, outlined.out());
        }
    }

    private void steps(List<Step> steps, boolean outline) {
        if (outline && CanonicalCompiler.isWorthAMethod(steps)) {
            call(compiler.outline(steps));
        } else {
            steps.forEach(step -> emit(step, false));
        }
    }

    /** @param outline whether inner steps go to methods of their own */
    void emit(Step step, boolean outline) {
        if (step instanceof CanonicalStep.On s) {
            on(s);
        } else if (step instanceof Step.Lower s) {
            scalars.lower(s);
        } else if (step instanceof Step.Lift s) {
            scalars.lift(s);
        } else if (step instanceof CanonicalStep.Apply s) {
            List<Class<?>> params = s.args().stream()
                    .<Class<?>>map(a -> CanonicalCompiler.erase(a.type()))
                    .toList();
            handle(s.handle(), MethodType.methodType(CanonicalCompiler.erase(s.to().type()), params), false, s.args());
            to.store(s.to());
        } else if (step instanceof CanonicalStep.Present s) {
            to.load(s.value());
            code.visitLdcInsn(s.value().path());
            to.call(OPERATIONS, "present", void.class, Object.class, String.class);
        } else if (step instanceof CanonicalStep.Clear s) {
            zero(s.to().type());
            to.store(s.to());
        } else if (step instanceof CanonicalStep.Number s) {
            code.visitLdcInsn(s.value());
            to.store(s.to());
        } else if (step instanceof CanonicalStep.Convert s) {
            to.load(s.from());
            convert(s.from().type(), s.to().type());
            to.store(s.to());
        } else if (step instanceof CanonicalStep.Mask s) {
            to.load(s.from());
            code.visitLdcInsn(s.bits());
            code.visitInsn(Opcodes.IAND);
            to.store(s.to());
        } else if (step instanceof CanonicalStep.OneNan s) {
            to.load(s.from());
            to.call(OPERATIONS, "oneNan", s.to().type(), s.from().type());
            to.store(s.to());
        } else if (step instanceof CanonicalStep.CheckCase s) {
            to.load(s.number());
            code.visitLdcInsn(s.cases());
            code.visitLdcInsn(s.what());
            to.call(OPERATIONS, "checkCase", void.class, int.class, int.class, String.class);
        } else if (step instanceof CanonicalStep.Match s) {
            match(s, outline);
        } else if (step instanceof CanonicalStep.Each s) {
            each(s, outline);
        } else {
            emitMore(step);
        }
    }

    private void emitMore(Step step) {
        if (step instanceof CanonicalStep.NewArray s) {
            to.load(s.count());
            code.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
            to.store(s.array());
        } else if (step instanceof CanonicalStep.SetElement s) {
            to.load(s.array());
            to.load(s.index());
            to.load(s.value());
            code.visitInsn(Opcodes.AASTORE);
        } else if (step instanceof CanonicalStep.GetElement s) {
            to.load(s.array());
            to.load(s.index());
            code.visitInsn(Opcodes.AALOAD);
            Class<?> type = CanonicalCompiler.erase(s.value().type());
            if (type != Object.class) {
                code.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(type));
            }
            to.store(s.value());
        } else if (step instanceof CanonicalStep.Length s) {
            to.load(s.array());
            code.visitLdcInsn(s.fixed());
            code.visitLdcInsn(s.name());
            to.call(OPERATIONS, "length", int.class, Object[].class, int.class, String.class);
            to.store(s.count());
        } else if (step instanceof CanonicalStep.EncodeText s) {
            encodeText(s);
        } else if (step instanceof CanonicalStep.EncodeArray s) {
            encodeArray(s);
        } else if (step instanceof CanonicalStep.Stage s) {
            to.load(s.count());
            code.visitLdcInsn(s.size());
            code.visitLdcInsn(s.name());
            to.call(Image.class, "of", Image.class, int.class, int.class, String.class);
            to.store(s.image());
        } else if (step instanceof CanonicalStep.Offset s) {
            to.load(s.base());
            to.load(s.index());
            code.visitLdcInsn(s.size());
            code.visitInsn(Opcodes.IMUL);
            code.visitInsn(Opcodes.IADD);
            to.store(s.to());
        } else if (step instanceof CanonicalStep.Put s) {
            put(s);
        } else if (step instanceof CanonicalStep.Attach s) {
            to.load(s.image());
            sum(s.base(), s.offset());
            to.load(s.block());
            to.load(s.count());
            code.visitLdcInsn(s.align());
            image("attach", int.class, Object.class, int.class, int.class);
        } else if (step instanceof CanonicalStep.AttachHandle s) {
            to.load(s.image());
            sum(s.base(), s.offset());
            to.load(s.representation());
            code.visitLdcInsn(functions.resource().applyAsInt(s.resource()));
            flag(s.own());
            image("attachHandle", int.class, Object.class, int.class, boolean.class);
        } else {
            emitGuest(step);
        }
    }

    private void emitGuest(Step step) {
        if (step instanceof CanonicalStep.Place s) {
            place(s);
        } else if (step instanceof CanonicalStep.PlaceAt s) {
            placeAt(s);
        } else if (step instanceof CanonicalStep.Represent s) {
            context();
            code.visitLdcInsn(functions.resource().applyAsInt(s.resource()));
            to.load(s.value());
            flag(s.own());
            code.visitLdcInsn(s.value().path());
            context("fromJava", Object.class, int.class, Object.class, boolean.class, String.class);
            to.store(s.representation());
        } else if (step instanceof CanonicalStep.LowerHandle s) {
            lowerHandle(s);
        } else if (step instanceof CanonicalStep.LiftHandle s) {
            context();
            code.visitLdcInsn(functions.resource().applyAsInt(s.resource()));
            to.load(s.handle());
            context(s.own() ? "liftOwn" : "liftBorrow", Object.class, int.class, int.class);
            to.store(s.representation());
        } else if (step instanceof CanonicalStep.Resource s) {
            context();
            code.visitLdcInsn(functions.resource().applyAsInt(s.resource()));
            to.load(s.representation());
            flag(s.own());
            to.pushConstant(s.value().type(), Class.class);
            context("toJava", Object.class, int.class, Object.class, boolean.class, Class.class);
            to.store(s.value());
        } else if (step instanceof CanonicalStep.CallCore s) {
            Class<?> result =
                    s.results().isEmpty() ? void.class : s.results().get(0).type();
            List<Class<?>> params =
                    s.args().stream().<Class<?>>map(Register::type).toList();
            handle(functions.target(), MethodType.methodType(result, params), true, s.args());
            s.results().forEach(to::store);
        } else if (step instanceof CanonicalStep.PostReturn s) {
            if (functions.postReturn() != null) {
                mayLeave(false);
                List<Class<?>> params =
                        s.args().stream().<Class<?>>map(Register::type).toList();
                handle(functions.postReturn(), MethodType.methodType(void.class, params), true, s.args());
                mayLeave(true);
            }
        } else if (step instanceof Step.CallJava s) {
            List<Class<?>> params = s.args().stream()
                    .<Class<?>>map(a -> CanonicalCompiler.erase(a.type()))
                    .toList();
            Class<?> result = s.result() == null
                    ? void.class
                    : CanonicalCompiler.erase(s.result().type());
            handle(functions.target(), MethodType.methodType(result, params), false, s.args());
            if (s.result() != null) {
                to.store(s.result());
            }
        } else if (step instanceof CanonicalStep.MayLeave) {
            context();
            code.visitLdcInsn(function);
            to.call(OPERATIONS, "mayLeave", void.class, CanonicalContext.class, String.class);
        } else if (step instanceof CanonicalStep.Scope s) {
            context();
            context(s.begins() ? "beginScope" : "endScope", void.class);
        } else {
            emitLifting(step);
        }
    }

    private void emitLifting(Step step) {
        if (step instanceof CanonicalStep.View s) {
            pushMemory();
            to.store(s.memory());
        } else if (step instanceof CanonicalStep.NewBudget s) {
            code.visitTypeInsn(Opcodes.NEW, Type.getInternalName(Budget.class));
            code.visitInsn(Opcodes.DUP);
            to.load(s.memory());
            code.visitMethodInsn(
                    Opcodes.INVOKESPECIAL,
                    Type.getInternalName(Budget.class),
                    "<init>",
                    CanonicalCompiler.descriptor(void.class, LinearMemory.class),
                    false);
            to.store(s.budget());
        } else if (step instanceof CanonicalStep.CheckArea s) {
            to.load(s.memory());
            to.load(s.pointer());
            code.visitLdcInsn(s.size());
            code.visitLdcInsn(s.align());
            code.visitLdcInsn(s.what());
            to.call(
                    OPERATIONS,
                    "checkArea",
                    void.class,
                    LinearMemory.class,
                    int.class,
                    int.class,
                    int.class,
                    String.class);
        } else if (step instanceof CanonicalStep.CheckList s) {
            to.load(s.memory());
            to.load(s.pointer());
            to.load(s.count());
            code.visitLdcInsn(s.size());
            code.visitLdcInsn(s.align());
            budget(s.budget());
            code.visitLdcInsn(s.what());
            to.call(
                    OPERATIONS,
                    "checkList",
                    void.class,
                    LinearMemory.class,
                    int.class,
                    int.class,
                    int.class,
                    int.class,
                    Budget.class,
                    String.class);
        } else if (step instanceof CanonicalStep.Get s) {
            get(s);
        } else if (step instanceof CanonicalStep.DecodeText s) {
            to.load(s.memory());
            to.load(s.pointer());
            to.load(s.count());
            encoding(s.encoding());
            budget(s.budget());
            code.visitLdcInsn(s.what());
            to.call(
                    OPERATIONS,
                    "decodeText",
                    String.class,
                    LinearMemory.class,
                    int.class,
                    int.class,
                    StringEncoding.class,
                    Budget.class,
                    String.class);
            to.store(s.value());
        } else if (step instanceof CanonicalStep.DecodeArray s) {
            decodeArray(s);
        } else if (step instanceof CanonicalStep.Slice s) {
            to.load(s.memory());
            to.load(s.pointer());
            to.load(s.count());
            code.visitLdcInsn(s.size());
            to.call(Slice.class, "of", Slice.class, LinearMemory.class, int.class, int.class, int.class);
            to.store(s.block());
        } else if (step instanceof CanonicalStep.Transcode s) {
            transcode(s);
        } else {
            throw new IllegalStateException("no step of the canonical ABI: " + step);
        }
    }

    private void handle(MethodHandle handle, MethodType type, boolean withContext, List<Register> args) {
        MethodType exact = withContext ? type.insertParameterTypes(0, CanonicalContext.class) : type;
        to.pushConstant(handle.asType(exact), MethodHandle.class);
        if (withContext) {
            context();
        }
        args.forEach(to::load);
        to.invoke(exact);
    }

    private void context(String method, Class<?> result, Class<?>... params) {
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, CONTEXT, method, CanonicalCompiler.descriptor(result, params), false);
    }

    private void mayLeave(boolean may) {
        context();
        flag(may);
        context("mayLeave", void.class, boolean.class);
    }

    private void image(String method, Class<?>... params) {
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, IMAGE, method, CanonicalCompiler.descriptor(void.class, params), false);
    }

    private void flag(boolean value) {
        code.visitInsn(value ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
    }

    private void budget(@org.jspecify.annotations.Nullable Register budget) {
        if (budget == null) {
            code.visitInsn(Opcodes.ACONST_NULL);
        } else {
            to.load(budget);
        }
    }

    private void sum(Register base, int offset) {
        to.load(base);
        if (offset != 0) {
            code.visitLdcInsn(offset);
            code.visitInsn(Opcodes.IADD);
        }
    }

    private void zero(Class<?> type) {
        if (type == long.class) {
            code.visitInsn(Opcodes.LCONST_0);
        } else if (type == float.class) {
            code.visitInsn(Opcodes.FCONST_0);
        } else if (type == double.class) {
            code.visitInsn(Opcodes.DCONST_0);
        } else {
            code.visitInsn(type.isPrimitive() ? Opcodes.ICONST_0 : Opcodes.ACONST_NULL);
        }
    }

    /** A number on the stack to another core type. */
    private void convert(Class<?> from, Class<?> type) {
        if (from == type) {
            return;
        }
        Class<?> at = from;
        if (at == float.class) {
            to.call(Float.class, "floatToRawIntBits", int.class, float.class);
            at = int.class;
        } else if (at == double.class) {
            to.call(Double.class, "doubleToRawLongBits", long.class, double.class);
            at = long.class;
        }
        if (at == int.class && type == long.class) {
            code.visitInsn(Opcodes.I2L);
            code.visitLdcInsn(0xffff_ffffL);
            code.visitInsn(Opcodes.LAND);
        } else if (at == long.class && (type == int.class || type == float.class)) {
            code.visitInsn(Opcodes.L2I);
        }
        if (type == float.class) {
            to.call(Float.class, "intBitsToFloat", float.class, int.class);
        } else if (type == double.class) {
            to.call(Double.class, "longBitsToDouble", double.class, long.class);
        }
    }

    private void match(CanonicalStep.Match step, boolean outline) {
        int count = step.bodies().size();
        if (outline && count > MANY_CASES) {
            grouped(step, Math.max(MANY_CASES, (int) Math.sqrt(count)));
        } else {
            cases(step, count, i -> i, i -> steps(step.bodies().get(i), outline));
        }
    }

    /** Each method gets several cases, for to call one takes its own room. */
    private void grouped(CanonicalStep.Match step, int size) {
        int count = step.bodies().size();
        cases(step, count, i -> i / size, group -> {
            int from = group * size;
            int to = Math.min(from + size, count);
            steps(
                    List.of(new CanonicalStep.Match(
                            step.number(),
                            step.first() + from,
                            step.names().subList(from, to),
                            step.bodies().subList(from, to))),
                    true);
        });
    }

    /**
     * A switch.
     *
     * @param target from the number of a case to that of what is done, which rises with it
     */
    private void cases(CanonicalStep.Match step, int count, IntUnaryOperator target, IntConsumer done) {
        Label end = new Label();
        Label[] targets = new Label[target.applyAsInt(count - 1) + 1];
        Arrays.setAll(targets, i -> new Label());
        to.load(step.number());
        if (count == 1) {
            code.visitInsn(Opcodes.POP);
        } else if (count == 2 && step.first() == 0) {
            code.visitJumpInsn(Opcodes.IFNE, targets[1]);
        } else {
            Label[] labels = new Label[count - 1];
            Arrays.setAll(labels, i -> targets[target.applyAsInt(i)]);
            int last = step.first() + count - 2;
            code.visitTableSwitchInsn(step.first(), last, targets[targets.length - 1], labels);
        }
        for (int i = 0; i < targets.length; i++) {
            code.visitLabel(targets[i]);
            done.accept(i);
            if (i < targets.length - 1) {
                code.visitJumpInsn(Opcodes.GOTO, end);
            }
        }
        code.visitLabel(end);
    }

    private void each(CanonicalStep.Each step, boolean outline) {
        Label test = new Label();
        Label start = new Label();
        Label end = new Label();
        Label refused = new Label();
        Label done = new Label();
        code.visitInsn(Opcodes.ICONST_0);
        to.store(step.index());
        code.visitTryCatchBlock(start, end, refused, Type.getInternalName(ValueException.class));
        code.visitLabel(test);
        to.load(step.index());
        to.load(step.count());
        code.visitJumpInsn(Opcodes.IF_ICMPGE, done);
        code.visitLabel(start);
        steps(step.body(), outline);
        code.visitLabel(end);
        code.visitIincInsn(to.slot(step.index()), 1);
        code.visitJumpInsn(Opcodes.GOTO, test);
        code.visitLabel(refused);
        code.visitLdcInsn(step.path());
        to.load(step.index());
        to.call(OPERATIONS, "at", ValueException.class, ValueException.class, String.class, int.class);
        code.visitInsn(Opcodes.ATHROW);
        code.visitLabel(done);
    }

    private void encodeText(CanonicalStep.EncodeText step) {
        to.load(step.value());
        encoding(step.encoding());
        code.visitLdcInsn(step.value().path());
        to.call(OPERATIONS, "encodeText", byte[].class, String.class, StringEncoding.class, String.class);
        to.store(step.bytes());
        to.load(step.bytes());
        to.load(step.value());
        encoding(step.encoding());
        to.call(OPERATIONS, "countText", int.class, byte[].class, String.class, StringEncoding.class);
        to.store(step.count());
    }

    private void encodeArray(CanonicalStep.EncodeArray step) {
        to.load(step.value());
        String name = step.value().path();
        switch (step.form()) {
            case BYTES -> {
                code.visitLdcInsn(name);
                to.call(OPERATIONS, "encodeBytes", byte[].class, Object.class, String.class);
            }
            case BOOLS -> {
                code.visitLdcInsn(name);
                to.call(OPERATIONS, "encodeBools", byte[].class, boolean[].class, String.class);
            }
            case SHORTS, INTS, LONGS, FLOATS, DOUBLES, CHARS -> {
                code.visitLdcInsn(step.form().width());
                code.visitLdcInsn(name);
                to.call(OPERATIONS, "limited", Object.class, Object.class, int.class, String.class);
                code.visitTypeInsn(
                        Opcodes.CHECKCAST, Type.getInternalName(step.elements().type()));
            }
        }
        to.store(step.elements());
        to.load(step.elements());
        code.visitInsn(Opcodes.ARRAYLENGTH);
        to.store(step.count());
    }

    private void put(CanonicalStep.Put step) {
        to.load(step.image());
        sum(step.base(), step.offset());
        to.load(step.core());
        Class<?> core = step.core().type();
        if (core == float.class) {
            image("putFloat", int.class, float.class);
        } else if (core == double.class) {
            image("putDouble", int.class, double.class);
        } else if (core == long.class) {
            image("putLong", int.class, long.class);
        } else {
            image(step.width() == 1 ? "putByte" : step.width() == 2 ? "putShort" : "putInt", int.class, int.class);
        }
    }

    private void get(CanonicalStep.Get step) {
        to.load(step.memory());
        sum(step.pointer(), step.offset());
        Class<?> core = step.core().type();
        if (core == int.class && step.width() < 4) {
            to.call(OPERATIONS, step.width() == 1 ? "getByte" : "getShort", int.class, LinearMemory.class, int.class);
        } else {
            String method = core == int.class
                    ? "readInt"
                    : core == long.class ? "readLong" : core == float.class ? "readFloat" : "readDouble";
            code.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL,
                    Type.getInternalName(LinearMemory.class),
                    method,
                    CanonicalCompiler.descriptor(core, int.class),
                    false);
        }
        to.store(step.core());
    }

    private void decodeArray(CanonicalStep.DecodeArray step) {
        to.load(step.memory());
        to.load(step.pointer());
        to.load(step.count());
        budget(step.budget());
        code.visitLdcInsn(step.what());
        Class<?> array = step.form() == Form.Elements.BOOLS
                ? boolean[].class
                : step.form().held();
        to.call(
                OPERATIONS,
                CanonicalOperations.decoder(step.form()),
                array,
                LinearMemory.class,
                int.class,
                int.class,
                Budget.class,
                String.class);
        to.store(step.value());
    }

    private void encoding(StringEncoding encoding) {
        code.visitFieldInsn(
                Opcodes.GETSTATIC,
                Type.getInternalName(StringEncoding.class),
                encoding.name(),
                Type.getDescriptor(StringEncoding.class));
    }

    private void transcode(CanonicalStep.Transcode step) {
        to.load(step.memory());
        to.load(step.pointer());
        to.load(step.count());
        encoding(step.from());
        encoding(step.to());
        budget(step.budget());
        code.visitLdcInsn(step.what());
        to.call(
                Transcoded.class,
                "of",
                Transcoded.class,
                LinearMemory.class,
                int.class,
                int.class,
                StringEncoding.class,
                StringEncoding.class,
                Budget.class,
                String.class);
        String record = Type.getInternalName(Transcoded.class);
        code.visitInsn(Opcodes.DUP);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, record, "units", "()I", false);
        to.store(step.units());
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, record, "block", "()Ljava/lang/Object;", false);
        to.store(step.block());
    }

    private void pushRealloc() {
        to.pushConstant(
                Objects.requireNonNull(functions.realloc(), "no realloc").asType(CanonicalOperations.REALLOC),
                MethodHandle.class);
    }

    private void place(CanonicalStep.Place step) {
        Label nothing = new Label();
        if (step.optional()) {
            to.load(step.block());
            code.visitJumpInsn(Opcodes.IFNULL, nothing);
        }
        Class<?> block = step.block().type();
        int size = to.newSlot(int.class);
        to.load(step.block());
        if (block == byte[].class) {
            code.visitInsn(Opcodes.ARRAYLENGTH);
        } else {
            to.call(OPERATIONS, "size", int.class, Object.class);
        }
        code.visitVarInsn(Opcodes.ISTORE, size);
        int memory = memory();
        code.visitVarInsn(Opcodes.ALOAD, memory);
        mayLeave(false);
        pushRealloc();
        context();
        code.visitInsn(Opcodes.ICONST_0);
        code.visitInsn(Opcodes.ICONST_0);
        code.visitLdcInsn(step.align());
        code.visitVarInsn(Opcodes.ILOAD, size);
        to.invoke(CanonicalOperations.REALLOC);
        mayLeave(true);
        code.visitVarInsn(Opcodes.ILOAD, size);
        code.visitLdcInsn(step.align());
        code.visitLdcInsn(function);
        to.call(OPERATIONS, "allocated", int.class, LinearMemory.class, int.class, int.class, int.class, String.class);
        to.store(step.pointer());
        if (block == Image.class || block == Object.class) {
            fill(step.pointer(), step.block(), memory);
        } else {
            code.visitVarInsn(Opcodes.ALOAD, memory);
            to.load(step.pointer());
            to.load(step.block());
            to.call(OPERATIONS, "copy", void.class, LinearMemory.class, int.class, block);
        }
        step.then().forEach(then -> emit(then, false));
        code.visitLabel(nothing);
    }

    private void fill(Register pointer, Register block, int memory) {
        if (functions.realloc() == null) {
            code.visitInsn(Opcodes.ACONST_NULL);
        } else {
            pushRealloc();
        }
        code.visitVarInsn(Opcodes.ALOAD, memory);
        context();
        to.load(pointer);
        to.load(block);
        code.visitLdcInsn(function);
        to.call(
                OPERATIONS,
                "fill",
                void.class,
                MethodHandle.class,
                LinearMemory.class,
                CanonicalContext.class,
                int.class,
                Object.class,
                String.class);
    }

    private int memory() {
        int slot = to.newSlot(LinearMemory.class);
        pushMemory();
        code.visitVarInsn(Opcodes.ASTORE, slot);
        return slot;
    }

    private void placeAt(CanonicalStep.PlaceAt step) {
        int memory = memory();
        code.visitVarInsn(Opcodes.ALOAD, memory);
        to.load(step.pointer());
        code.visitLdcInsn(step.size());
        code.visitLdcInsn(step.align());
        code.visitLdcInsn("the return area of " + function);
        to.call(OPERATIONS, "checkArea", void.class, LinearMemory.class, int.class, int.class, int.class, String.class);
        fill(step.pointer(), step.image(), memory);
    }

    private void lowerHandle(CanonicalStep.LowerHandle step) {
        Label nothing = new Label();
        if (step.optional()) {
            to.load(step.representation());
            code.visitJumpInsn(Opcodes.IFNULL, nothing);
        }
        context();
        code.visitLdcInsn(functions.resource().applyAsInt(step.resource()));
        to.load(step.representation());
        context(step.own() ? "lowerOwn" : "lowerBorrow", int.class, int.class, Object.class);
        to.store(step.handle());
        step.then().forEach(then -> emit(then, false));
        code.visitLabel(nothing);
    }

    /** Several results of a method that is not the first: references in an array, numbers in another within it. */
    private static final class Several {
        static void pack(MethodVisitor code, MethodCode to, List<Register> results) {
            var numbers = results.stream().filter(r -> r.type().isPrimitive()).toList();
            var references = new ArrayList<>(results);
            references.removeAll(numbers);
            code.visitLdcInsn(references.size() + 1);
            code.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
            code.visitInsn(Opcodes.DUP);
            code.visitInsn(Opcodes.ICONST_0);
            code.visitLdcInsn(numbers.size());
            code.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_LONG);
            for (int i = 0; i < numbers.size(); i++) {
                Class<?> type = numbers.get(i).type();
                code.visitInsn(Opcodes.DUP);
                code.visitLdcInsn(i);
                to.load(numbers.get(i));
                if (type == float.class) {
                    to.call(Float.class, "floatToRawIntBits", int.class, float.class);
                    code.visitInsn(Opcodes.I2L);
                } else if (type == double.class) {
                    to.call(Double.class, "doubleToRawLongBits", long.class, double.class);
                } else if (type != long.class) {
                    code.visitInsn(Opcodes.I2L);
                }
                code.visitInsn(Opcodes.LASTORE);
            }
            code.visitInsn(Opcodes.AASTORE);
            for (int i = 0; i < references.size(); i++) {
                code.visitInsn(Opcodes.DUP);
                code.visitLdcInsn(i + 1);
                to.load(references.get(i));
                code.visitInsn(Opcodes.AASTORE);
            }
        }

        static void unpack(MethodVisitor code, MethodCode to, List<Register> results) {
            int all = to.newSlot(Object.class);
            int longs = to.newSlot(Object.class);
            code.visitInsn(Opcodes.DUP);
            code.visitVarInsn(Opcodes.ASTORE, all);
            code.visitInsn(Opcodes.ICONST_0);
            code.visitInsn(Opcodes.AALOAD);
            code.visitTypeInsn(Opcodes.CHECKCAST, "[J");
            code.visitVarInsn(Opcodes.ASTORE, longs);
            int number = 0;
            int reference = 1;
            for (Register result : results) {
                Class<?> type = result.type();
                if (type.isPrimitive()) {
                    code.visitVarInsn(Opcodes.ALOAD, longs);
                    code.visitLdcInsn(number++);
                    code.visitInsn(Opcodes.LALOAD);
                    if (type == double.class) {
                        to.call(Double.class, "longBitsToDouble", double.class, long.class);
                    } else if (type != long.class) {
                        code.visitInsn(Opcodes.L2I);
                    }
                    if (type == float.class) {
                        to.call(Float.class, "intBitsToFloat", float.class, int.class);
                    }
                } else {
                    code.visitVarInsn(Opcodes.ALOAD, all);
                    code.visitLdcInsn(reference++);
                    code.visitInsn(Opcodes.AALOAD);
                    Class<?> erased = CanonicalCompiler.erase(type);
                    if (erased != Object.class) {
                        code.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(erased));
                    }
                }
                to.store(result);
            }
        }
    }
}
