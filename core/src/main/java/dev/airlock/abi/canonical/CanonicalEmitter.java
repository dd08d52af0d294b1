package dev.airlock.abi.canonical;

import dev.airlock.abi.ScalarEmitter;
import dev.airlock.abi.Step;
import dev.airlock.codegen.HiddenClass;
import dev.airlock.codegen.MethodCode;
import dev.airlock.codegen.Register;
import dev.airlock.error.ValueException;
import dev.airlock.memory.Interruption;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The bytecode of the steps of the canonical ABI, into one method. Its first local variable is the context. */
final class CanonicalEmitter {
    private static final Class<?> OPERATIONS = CanonicalOperations.class;
    /** More than these share methods. */
    private static final int MANY_CASES = 16;

    private final HiddenClass made;
    private final String function;
    private final MethodCode to;
    private final MethodVisitor code;
    private final ScalarEmitter scalars;
    private final CanonicalCompiler compiler;
    private final SideCode at;
    private final LoweringEmitter lowering;
    private final LiftingEmitter lifting;

    CanonicalEmitter(
            Sides sides, String function, String giver, MethodCode to, CanonicalCompiler compiler, HiddenClass made) {
        this.made = made;
        this.function = function;
        this.to = to;
        this.code = to.code();
        this.scalars = new ScalarEmitter(giver, to);
        this.compiler = compiler;
        this.at = new SideCode(sides, to);
        this.lowering = new LoweringEmitter(function, to, at, then -> steps(then, false));
        this.lifting = new LiftingEmitter(to, at);
    }

    /** Before the steps. */
    void prepare() {
        at.prepare();
    }

    private void on(CanonicalStep.On step) {
        at.turn(step.side());
        emit(step.step(), false);
        at.turn(CanonicalStep.Side.CALLER);
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
        at.context();
        outlined.in().forEach(to::load);
        made.call(code, outlined.name(), CanonicalCompiler.type(outlined));
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
            at.handle(
                    s.handle(), MethodType.methodType(CanonicalCompiler.erase(s.to().type()), params), false, s.args());
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
            emitValue(step);
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
        to.load(step.index());
        code.visitLdcInsn(Interruption.ELEMENTS);
        code.visitInsn(Opcodes.IAND);
        code.visitJumpInsn(Opcodes.IFNE, test);
        to.call(Interruption.class, "check", void.class);
        code.visitJumpInsn(Opcodes.GOTO, test);
        code.visitLabel(refused);
        code.visitLdcInsn(step.path());
        to.load(step.index());
        to.call(OPERATIONS, "at", ValueException.class, ValueException.class, String.class, int.class);
        code.visitInsn(Opcodes.ATHROW);
        code.visitLabel(done);
    }

    private void emitValue(Step step) {
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
        } else {
            emitCall(step);
        }
    }

    private void emitCall(Step step) {
        if (step instanceof CallStep.CallCore s) {
            Class<?> result =
                    s.results().isEmpty() ? void.class : s.results().get(0).type();
            List<Class<?>> params =
                    s.args().stream().<Class<?>>map(Register::type).toList();
            at.handle(at.functions().target(), MethodType.methodType(result, params), true, s.args());
            s.results().forEach(to::store);
        } else if (step instanceof CallStep.PostReturn s) {
            if (at.functions().postReturn() != null) {
                at.mayLeave(false);
                List<Class<?>> params =
                        s.args().stream().<Class<?>>map(Register::type).toList();
                at.handle(at.functions().postReturn(), MethodType.methodType(void.class, params), true, s.args());
                at.mayLeave(true);
            }
        } else if (step instanceof Step.CallJava s) {
            List<Class<?>> params = s.args().stream()
                    .<Class<?>>map(a -> CanonicalCompiler.erase(a.type()))
                    .toList();
            Class<?> result = s.result() == null
                    ? void.class
                    : CanonicalCompiler.erase(s.result().type());
            at.handle(at.functions().target(), MethodType.methodType(result, params), false, s.args());
            if (s.result() != null) {
                to.store(s.result());
            }
        } else if (step instanceof CallStep.MayLeave) {
            at.context();
            code.visitLdcInsn(function);
            to.call(OPERATIONS, "mayLeave", void.class, CanonicalContext.class, String.class);
        } else if (step instanceof CallStep.Scope s) {
            at.context();
            at.context(s.begins() ? "beginScope" : "endScope", void.class);
        } else if (step instanceof CallStep.Ownership s) {
            at.context();
            at.context(
                    switch (s.change()) {
                        case TAKEN -> "taken";
                        case GIVING -> "beginGiving";
                        case GIVEN -> "endGiving";
                    },
                    void.class);
        } else if (step instanceof LoweringStep s) {
            lowering.emit(s);
        } else if (step instanceof LiftingStep s) {
            lifting.emit(s);
        } else {
            throw new IllegalStateException("no step of the canonical ABI: " + step);
        }
    }
}
