package dev.airlock.abi.canonical;

import dev.airlock.abi.StepCode;
import dev.airlock.error.ValueException;
import dev.airlock.memory.Interruption;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The bytecode of {@link CanonicalStep.Match} and {@link CanonicalStep.Each}. */
final class Branches {
    /** If a match has more cases, several share a method. */
    private static final int MANY_CASES = 16;

    private Branches() {}

    static void match(CanonicalStep.Match step, StepCode code) {
        int count = step.bodies().size();
        if (code.divides() && count > MANY_CASES) {
            grouped(step, Math.max(MANY_CASES, (int) Math.sqrt(count)), code);
        } else {
            cases(step, count, i -> i, i -> code.steps(step.bodies().get(i)), code);
        }
    }

    /** Each method gets several cases, since a call takes bytecode too. */
    private static void grouped(CanonicalStep.Match step, int size, StepCode code) {
        int count = step.bodies().size();
        cases(
                step,
                count,
                i -> i / size,
                group -> {
                    int from = group * size;
                    int to = Math.min(from + size, count);
                    code.steps(List.of(new CanonicalStep.Match(
                            step.number(),
                            step.first() + from,
                            step.names().subList(from, to),
                            step.bodies().subList(from, to))));
                },
                code);
    }

    /**
     * Emits a switch.
     *
     * @param target from the number of a case to that of the code it jumps to, which rises with it
     * @param done emits the code of a target
     */
    private static void cases(
            CanonicalStep.Match step, int count, IntUnaryOperator target, IntConsumer done, StepCode to) {
        MethodVisitor code = to.asm();
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

    static void each(CanonicalStep.Each step, StepCode to) {
        MethodVisitor code = to.asm();
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
        to.steps(step.body());
        code.visitLabel(end);
        code.visitIincInsn(to.slot(step.index()), 1);
        to.load(step.index());
        to.push(Interruption.ELEMENTS);
        code.visitInsn(Opcodes.IAND);
        code.visitJumpInsn(Opcodes.IFNE, test);
        to.call(Interruption.class, "check", void.class);
        code.visitJumpInsn(Opcodes.GOTO, test);
        code.visitLabel(refused);
        to.push(step.path());
        to.load(step.index());
        to.call(CanonicalOperations.class, "at");
        code.visitInsn(Opcodes.ATHROW);
        code.visitLabel(done);
    }
}
