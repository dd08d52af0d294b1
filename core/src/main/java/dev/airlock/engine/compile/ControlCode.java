package dev.airlock.engine.compile;

import dev.airlock.engine.compile.Construct.Kind;
import dev.airlock.engine.compile.jvm.Comparisons;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Blocks, loops, conditionals and branches (core specification, section 4.6.5). At every label the JVM's stack is empty and the
 * operands are in slots, because HotSpot enters a running loop only then.
 */
final class ControlCode {
    private final FunctionCompiler function;
    private final List<Construct> constructs = new ArrayList<>();
    private int started;

    /** Constructs that end in a part that is not begun yet, by number. */
    private final Map<Integer, Construct> entered = new HashMap<>();

    ControlCode(FunctionCompiler function) {
        this.function = function;
    }

    private JvmMethod method() {
        return function.method();
    }

    /** Returns the body. */
    Construct bottom() {
        return constructs.get(0);
    }

    Construct top() {
        return constructs.get(constructs.size() - 1);
    }

    /** Returns the construct that a depth means. */
    Construct target(int depth) {
        return constructs.get(constructs.size() - 1 - depth);
    }

    int depth() {
        return constructs.size();
    }

    Construct pop() {
        return constructs.remove(constructs.size() - 1);
    }

    void body(String results) {
        constructs.add(new Construct(Kind.BODY, method(), false, 0, "", results));
    }

    /** Has the constructs at whose ends a part may be entered go on in its method. Returns them in their order. */
    List<Construct> enter(Part part, JvmMethod inner) {
        List<Construct> all = new ArrayList<>();
        for (int number : part.entries.keySet()) {
            Construct construct = Objects.requireNonNull(entered.remove(number));
            construct.method = inner;
            construct.endsIn = null;
            all.add(construct);
        }
        return all;
    }

    /** Jumps to a construct in this method, with nothing on the JVM's stack and all values in slots. */
    void jump(Construct target) {
        JvmMethod m = method();
        Part part = target.endsIn;
        if (part == null) {
            m.code.visitJumpInsn(Opcodes.GOTO, target.label);
            return;
        }
        m.code.pushInt(Objects.requireNonNull(part.entries.get(target.number)));
        m.code.store('I', m.entry);
        m.code.visitJumpInsn(Opcodes.GOTO, part.call);
    }

    /** Opens a construct; its parameters are on top of the operand stack. */
    Construct open(Kind kind, String params, String results) {
        boolean isTarget = function.facts().targets.get(++started);
        int height = method().stack.size() - params.length();
        Construct made = new Construct(kind, method(), isTarget, height, params, results);
        made.number = started;
        // Kept here, since looking for it outwards would take as long as constructs are nested, for each part.
        made.guardAround = top().guard();
        made.endsIn = function.facts().endsIn.get(started);
        if (made.endsIn != null) {
            entered.put(started, made);
        }
        constructs.add(made);
        return made;
    }

    void block(String params, String results) {
        Construct made = open(Kind.BLOCK, params, results);
        if (made.isTarget) {
            method().refreshMemory();
            method().stack.spill(Integer.MAX_VALUE);
        }
    }

    void loop(String params, String results) {
        Construct made = open(Kind.LOOP, params, results);
        if (!made.isTarget) {
            return;
        }
        JvmMethod m = method();
        m.refreshMemory();
        m.stack.spill(made.height);
        m.code.visitLabel(made.label);
        m.frame();
        Label goOn = new Label();
        // At the start, in a block of its own: HotSpot finds more loops that it can count than with a check at the jump
        // back.
        m.code.invokeStatic("java/lang/Thread", "currentThread", "()Ljava/lang/Thread;");
        m.code.invokeVirtual("java/lang/Thread", "isInterrupted", "()Z");
        m.code.visitJumpInsn(Opcodes.IFEQ, goOn);
        m.code.invokeStatic(ModulePlan.NUMBERS, "interrupted", "()L" + ModulePlan.TRAP + ";");
        m.code.visitInsn(Opcodes.ATHROW);
        m.code.visitLabel(goOn);
        m.frame();
    }

    void ifThen(String params, String results) {
        JvmMethod m = method();
        int condition = condition(params.length());
        m.refreshMemory();
        Construct made = open(Kind.IF, params, results);
        Label otherwise = new Label();
        made.otherwise = otherwise;
        if (condition == FROM_SCRATCH) {
            m.code.load('I', m.scratch());
            m.code.visitJumpInsn(Opcodes.IFEQ, otherwise);
        } else {
            Comparisons.jump(m.code, Comparisons.not(condition), otherwise);
        }
    }

    private static final int FROM_SCRATCH = -1;

    /**
     * Takes the condition off and empties the JVM's stack below it. Returns the comparison whose operands are on the JVM's
     * stack, or that the condition is in the scratch local.
     */
    private int condition(int params) {
        JvmMethod m = method();
        OperandStack stack = m.stack;
        int top = stack.size() - 1;
        int place = stack.place(top);
        if (place == OperandStack.COMPARISON && !stack.onJvmBelow(top)) {
            int comparison = (int) stack.value(top);
            stack.drop(1);
            stack.spillUnderJvm(top - params);
            return comparison;
        }
        if (place == OperandStack.JVM && !stack.onJvmBelow(top)) {
            stack.drop(1);
            stack.spillUnderJvm(top - params);
            return Comparisons.not(Comparisons.of(Comparisons.I32_EQZ));
        }
        stack.operands(1);
        m.code.store('I', m.scratch());
        stack.spill(top - params);
        return FROM_SCRATCH;
    }

    void otherwise(boolean reachable) {
        Construct construct = top();
        JvmMethod m = method();
        if (reachable) {
            m.refreshMemory();
            transfer(construct.height, construct.results);
            m.code.visitJumpInsn(Opcodes.GOTO, construct.label);
            construct.joined = true;
        }
        m.stack.reset(construct.height, construct.params);
        m.assumeFresh();
        m.code.visitLabel(Objects.requireNonNull(construct.otherwise));
        m.frame();
        construct.otherwise = null;
    }

    /** Ends a block, loop or conditional. */
    void end(boolean reachable) {
        Construct construct = pop();
        if (construct.kind == Kind.LOOP) {
            return;
        }
        boolean joined = construct.isTarget || construct.joined || construct.otherwise != null;
        if (!joined) {
            return;
        }
        join(construct, reachable);
    }

    /** Ends a construct at its label, with its results in slots. */
    void join(Construct construct, boolean reachable) {
        JvmMethod m = method();
        if (reachable) {
            m.refreshMemory();
            transfer(construct.height, construct.results);
        }
        m.stack.reset(construct.height, construct.results);
        m.assumeFresh();
        if (construct.otherwise != null) {
            m.code.visitLabel(construct.otherwise);
        }
        m.code.visitLabel(construct.label);
        m.frame();
    }

    void br(int depth) {
        branch(target(depth));
    }

    /** A branch that is always taken. */
    void branch(Construct target) {
        JvmMethod m = method();
        if (target.method != m) {
            function.parts().exit(target);
            return;
        }
        if (target.kind == Kind.BODY) {
            function.calls().returnResults();
            return;
        }
        m.refreshMemory();
        transfer(target.height, target.branchCarriers());
        jump(target);
    }

    void brIf(int depth) {
        OperandStack stack = method().stack;
        int comparison = Comparisons.not(Comparisons.of(Comparisons.I32_EQZ));
        int top = stack.size() - 1;
        if (stack.place(top) == OperandStack.COMPARISON) {
            comparison = (int) stack.value(top);
            stack.drop(1);
        } else {
            stack.operands(1);
        }
        branchIf(comparison, target(depth));
    }

    /** A branch that is taken if a comparison holds, whose operands are on the JVM's stack and no longer on the guest's. */
    void branchIf(int comparison, Construct target) {
        JvmMethod m = method();
        m.refreshMemory();
        Label direct = direct(target);
        if (direct != null) {
            Comparisons.jump(m.code, comparison, direct);
            return;
        }
        Label skip = new Label();
        Comparisons.jump(m.code, Comparisons.not(comparison), skip);
        branchWithCopies(target);
        m.code.visitLabel(skip);
        m.frame(m.stack.jvmItems(m.stack.size()));
    }

    /** Branches, and leaves what the operand stack says as it is. */
    void branchWithCopies(Construct target) {
        if (target.method != method()) {
            function.parts().exit(target);
        } else if (target.kind == Kind.BODY) {
            function.calls().returnCopies();
        } else {
            transfer(target.height, target.branchCarriers());
            jump(target);
        }
    }

    /** A branch that is taken if the reference on top, which is in a slot, is null; it is not for the branch to take along. */
    void branchIfNull(Construct target) {
        JvmMethod m = method();
        m.refreshMemory();
        Label skip = new Label();
        m.code.load('L', m.stack.slotOf(m.stack.size() - 1));
        m.code.visitJumpInsn(Opcodes.IFNONNULL, skip);
        m.stack.drop(1);
        branchWithCopies(target);
        m.stack.pushSlot('L');
        m.code.visitLabel(skip);
        m.frame(m.stack.jvmItems(m.stack.size()));
    }

    /** Returns where a jump goes that can be made as things are; null if something has to be done before. */
    private @Nullable Label direct(Construct target) {
        if (isInPlace(target)) {
            return target.label;
        }
        JvmMethod m = method();
        boolean leavesWithNothing = target.method != m
                && !m.stack.onJvmBelow(m.stack.size())
                && (target.kind == Kind.BODY ? function.results() : target.branchCarriers()).isEmpty();
        return leavesWithNothing ? m.passing(target) : null;
    }

    /** Whether a jump can be made as things are: the JVM's stack is empty and the values are in the target's slots. */
    private boolean isInPlace(Construct target) {
        OperandStack stack = method().stack;
        int count = target.branchCarriers().length();
        if (target.kind == Kind.BODY
                || target.method != method()
                || target.endsIn != null
                || stack.onJvmBelow(stack.size())) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            int depth = stack.size() - count + i;
            if (stack.place(depth) != OperandStack.SLOT
                    || stack.carrier(depth) != target.branchCarriers().charAt(i)) {
                return false;
            }
        }
        return count == 0 || stack.size() - count == target.height;
    }

    /**
     * Emits what a branch does before it jumps: takes everything off the JVM's stack, and puts the values on top of the operand
     * stack into the slots from a height on. What the stack says stays as it is, for the code after a branch that is not taken.
     */
    void transfer(int height, String carriers) {
        JvmMethod m = method();
        OperandStack stack = m.stack;
        stack.settleComparison();
        int first = stack.size() - carriers.length();
        for (int i = stack.size() - 1; i >= 0; i--) {
            if (stack.place(i) == OperandStack.JVM) {
                if (i >= first) {
                    m.code.store(stack.carrier(i), stack.slotOf(i));
                } else {
                    m.code.pop(stack.carrier(i));
                }
            }
        }
        for (int i = 0; i < carriers.length(); i++) {
            int from = first + i;
            char carrier = carriers.charAt(i);
            boolean inOwnSlot = stack.place(from) == OperandStack.JVM || stack.place(from) == OperandStack.SLOT;
            if (inOwnSlot && first == height && stack.carrier(from) == carrier) {
                continue;
            }
            if (stack.place(from) == OperandStack.JVM) {
                m.code.load(carrier, stack.slotOf(from));
            } else {
                stack.load(from);
            }
            storeSlot(m, height + i, carrier);
        }
    }

    private static void storeSlot(JvmMethod m, int depth, char carrier) {
        int slot = m.layout.slot(depth, carrier);
        if (carrier == 'V') {
            m.code.store('J', slot + 2);
            m.code.store('J', slot);
        } else {
            m.code.store(carrier, slot);
        }
    }

    /** Larger tables are made smaller by a map from indices to the labels that differ. */
    private static final int LARGEST_SWITCH = 1024;

    void brTable(int[] depths, int defaultDepth) {
        JvmMethod m = method();
        OperandStack stack = m.stack;
        stack.operands(1);
        m.code.store('I', m.scratch());
        m.refreshMemory();
        stack.spill(Integer.MAX_VALUE);
        Map<Integer, Label> labels = new LinkedHashMap<>();
        Map<Integer, Label> stubs = new LinkedHashMap<>();
        Label otherwise = switchLabel(defaultDepth, labels, stubs);
        Label[] all = new Label[depths.length];
        for (int i = 0; i < depths.length; i++) {
            all[i] = switchLabel(depths[i], labels, stubs);
        }
        if (depths.length <= LARGEST_SWITCH) {
            if (depths.length == 0) {
                m.code.visitJumpInsn(Opcodes.GOTO, otherwise);
            } else {
                m.code.load('I', m.scratch());
                m.code.visitTableSwitchInsn(0, depths.length - 1, otherwise, all);
            }
        } else {
            mappedSwitch(all, otherwise);
        }
        stubs.forEach((depth, label) -> {
            m.code.visitLabel(label);
            m.frame();
            branchWithCopies(target(depth));
        });
    }

    private Label switchLabel(int depth, Map<Integer, Label> labels, Map<Integer, Label> stubs) {
        return labels.computeIfAbsent(depth, key -> {
            Construct target = target(depth);
            Label direct = direct(target);
            if (direct != null) {
                return direct;
            }
            Label stub = new Label();
            stubs.put(depth, stub);
            return stub;
        });
    }

    /** Characters of a constant string, which has room for 65,535 bytes, each character taking up to 3. */
    private static final int MAP_PIECE = 20_000;

    private void mappedSwitch(Label[] all, Label otherwise) {
        JvmMethod m = method();
        List<Label> distinct = new ArrayList<>();
        Map<Label, Integer> numbers = new LinkedHashMap<>();
        distinct.add(otherwise);
        numbers.put(otherwise, 0);
        for (Label label : all) {
            if (numbers.putIfAbsent(label, distinct.size()) == null) {
                distinct.add(label);
            }
        }
        // index ─▶ number of a label; each piece of the map answers for its indices, and leaves others as they are.
        m.code.pushInt(0);
        for (int from = 0; from < all.length; from += MAP_PIECE) {
            int end = Math.min(all.length, from + MAP_PIECE);
            StringBuilder map = new StringBuilder(end - from);
            for (int i = from; i < end; i++) {
                map.append((char) (int) Objects.requireNonNull(numbers.get(all[i])));
            }
            m.code.load('I', m.scratch());
            m.code.pushInt(from);
            m.code.visitLdcInsn(map.toString());
            m.code.invokeStatic(ModulePlan.NUMBERS, "mapped", "(IIILjava/lang/String;)I");
        }
        m.code.visitTableSwitchInsn(0, distinct.size() - 1, otherwise, distinct.toArray(Label[]::new));
    }
}
