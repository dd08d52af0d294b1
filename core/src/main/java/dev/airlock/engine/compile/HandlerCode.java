package dev.airlock.engine.compile;

import dev.airlock.engine.compile.Construct.Kind;
import dev.airlock.engine.compile.jvm.Signature;
import dev.airlock.engine.validate.CodeSink.CatchClause;
import java.util.BitSet;
import java.util.Objects;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Exceptions: {@code try_table}, and the legacy {@code try} (core specification, section 4.6.5; exception handling proposal,
 * legacy). A guest's handler is a handler of the JVM for {@link dev.airlock.engine.runtime.WasmException} and nothing else.
 */
final class HandlerCode {
    private final FunctionCompiler function;

    HandlerCode(FunctionCompiler function) {
        this.function = function;
    }

    private JvmMethod method() {
        return function.method();
    }

    private ControlCode control() {
        return function.control();
    }

    void tryTable(String params, String results, CatchClause[] clauses) {
        Construct made = control().open(Kind.TRY_TABLE, params, results);
        made.clauses = clauses;
        guard(made);
    }

    void tryLegacy(String params, String results) {
        guard(control().open(Kind.TRY, params, results));
    }

    /** Begins what is guarded. Operands below stay where a handler finds them. */
    private void guard(Construct made) {
        JvmMethod m = method();
        m.refreshMemory();
        m.stack.spill(Integer.MAX_VALUE);
        Label from = new Label();
        m.code.visitLabel(from);
        // The JVM refuses a handler for no code.
        m.code.visitInsn(Opcodes.NOP);
        made.guardedFrom = from;
    }

    /** Ends what is guarded, and begins the handler, with the exception in a slot. */
    private void handler(Construct construct) {
        JvmMethod m = method();
        Label end = new Label();
        m.code.visitLabel(end);
        Label handler = new Label();
        m.code.visitTryCatchBlock(construct.guardedFrom, end, handler, ModulePlan.EXCEPTION);
        m.stack.reset(construct.height, "");
        m.code.visitLabel(handler);
        m.frame(ModulePlan.EXCEPTION);
        if (construct.exceptionSlot < 0) {
            construct.exceptionSlot = m.layout.newSlot('X');
        }
        m.code.store('L', m.layout.localOfSlot(construct.exceptionSlot));
        if (construct.dispatch != null) {
            beginHandling(construct);
            m.code.visitLabel(construct.dispatch);
            m.frame();
        } else {
            beginHandling(construct);
        }
        m.readMemoryAgain();
        m.assumeFresh();
    }

    private void beginHandling(Construct construct) {
        construct.handling = true;
        method().handling.add(construct);
    }

    private void loadException(Construct construct) {
        JvmMethod m = method();
        m.code.load('L', m.layout.localOfSlot(construct.exceptionSlot));
    }

    /** Ends a {@code try_table}: its body goes on behind the handler. */
    void endTable(boolean reachable) {
        JvmMethod m = method();
        Construct construct = control().pop();
        if (reachable) {
            m.refreshMemory();
            control().transfer(construct.height, construct.results);
            m.code.visitJumpInsn(Opcodes.GOTO, construct.label);
        }
        handler(construct);
        boolean caughtAll = false;
        BitSet caught = new BitSet();
        for (CatchClause clause : construct.clauses) {
            if (clause.tag() >= 0) {
                if (caught.get(clause.tag())) {
                    // The first clause of a tag catches, so this one is never reached.
                    continue;
                }
                caught.set(clause.tag());
            }
            clause(construct, clause);
            if (clause.tag() < 0) {
                // None of the others is ever reached.
                caughtAll = true;
                break;
            }
        }
        if (!caughtAll) {
            loadException(construct);
            m.code.visitInsn(Opcodes.ATHROW);
        }
        m.handling.remove(construct);
        if (reachable || construct.isTarget) {
            control().join(construct, false);
        }
    }

    private void clause(Construct construct, CatchClause clause) {
        JvmMethod m = method();
        Label next = new Label();
        boolean hasTag = clause.tag() >= 0;
        if (hasTag) {
            jumpIfOtherTag(construct, clause.tag(), next);
            payload(construct, clause.tag());
        }
        if (clause.kind() == CatchClause.CATCH_REF || clause.kind() == CatchClause.CATCH_ALL_REF) {
            m.stack.settleBelow(m.stack.size());
            loadException(construct);
            m.stack.pushJvm('L');
        }
        control().branch(control().target(clause.depth()));
        m.stack.reset(construct.height, "");
        if (hasTag) {
            m.code.visitLabel(next);
            m.frame();
        }
    }

    private void jumpIfOtherTag(Construct construct, int tag, Label other) {
        JvmMethod m = method();
        loadException(construct);
        m.code.getField(ModulePlan.EXCEPTION, "tag", ModulePlan.TAG_TYPE);
        m.loadInstance();
        m.code.getField(ModulePlan.STATE, "tags", "[" + ModulePlan.TAG_TYPE);
        m.code.pushInt(tag);
        m.code.visitInsn(Opcodes.AALOAD);
        m.code.visitJumpInsn(Opcodes.IF_ACMPNE, other);
    }

    /** Pushes the values of an exception. */
    private void payload(Construct construct, int tag) {
        JvmMethod m = method();
        String carriers = m.plan.signature(m.plan.module().tagTypeIndex(tag)).params();
        int n = 0;
        int r = 0;
        for (int i = 0; i < carriers.length(); i++) {
            char carrier = carriers.charAt(i);
            m.stack.settleBelow(m.stack.size());
            if (carrier == 'V') {
                m.stack.pushSlot('V');
                int slot = m.stack.slotOf(m.stack.size() - 1);
                for (int half = 0; half <= 2; half += 2) {
                    value(construct, 'n', n++);
                    m.code.store('J', slot + half);
                }
                continue;
            }
            value(construct, carrier == 'L' ? 'r' : 'n', carrier == 'L' ? r++ : n++);
            if (carrier != 'L') {
                SpillCode.fromBits(m.code, carrier);
            }
            m.stack.pushJvm(carrier);
        }
    }

    private void value(Construct construct, char array, int place) {
        JvmMethod m = method();
        loadException(construct);
        m.code.getField(ModulePlan.EXCEPTION, String.valueOf(array), array == 'n' ? "[J" : "[Ljava/lang/Object;");
        m.code.pushInt(place);
        m.code.visitInsn(array == 'n' ? Opcodes.LALOAD : Opcodes.AALOAD);
    }

    void throwTag(int tag) {
        JvmMethod m = method();
        int type = m.plan.module().tagTypeIndex(tag);
        Signature signature = m.plan.signature(type);
        function.calls().arguments(signature);
        m.code.pushInt(tag);
        m.loadInstance();
        m.plan.dispatch().makeException(m.code, signature);
        m.code.visitInsn(Opcodes.ATHROW);
    }

    void throwRef() {
        JvmMethod m = method();
        m.stack.operands(1);
        m.code.invokeStatic(ModulePlan.EXCEPTION, "thrown", "(Ljava/lang/Object;)L" + ModulePlan.EXCEPTION + ";");
        m.code.visitInsn(Opcodes.ATHROW);
    }

    // The legacy proposal.

    void catchLegacy(boolean reachable, int tag) {
        JvmMethod m = method();
        Construct construct = beginClause(reachable);
        if (tag >= 0) {
            Label next = new Label();
            construct.nextHandler = next;
            jumpIfOtherTag(construct, tag, next);
            payload(construct, tag);
        }
        m.assumeFresh();
    }

    private Construct beginClause(boolean reachable) {
        JvmMethod m = method();
        Construct construct = control().top();
        if (reachable) {
            m.refreshMemory();
            control().transfer(construct.height, construct.results);
            m.code.visitJumpInsn(Opcodes.GOTO, construct.label);
            construct.joined = true;
        }
        if (!construct.handling) {
            handler(construct);
        } else {
            m.stack.reset(construct.height, "");
            m.code.visitLabel(Objects.requireNonNull(construct.nextHandler));
            m.frame();
            construct.nextHandler = null;
        }
        return construct;
    }

    void endLegacy(boolean reachable) {
        JvmMethod m = method();
        Construct construct = control().pop();
        if (!construct.handling) {
            // Without a handler it is a block.
            if (construct.isTarget || construct.dispatch != null) {
                endUnhandled(construct, reachable);
            }
            return;
        }
        if (reachable) {
            m.refreshMemory();
            control().transfer(construct.height, construct.results);
            construct.joined = true;
            if (construct.nextHandler != null) {
                m.code.visitJumpInsn(Opcodes.GOTO, construct.label);
            }
        }
        Label next = construct.nextHandler;
        if (next != null) {
            m.stack.reset(construct.height, "");
            m.code.visitLabel(next);
            m.frame();
            loadException(construct);
            m.code.visitInsn(Opcodes.ATHROW);
        }
        m.handling.remove(construct);
        if (construct.isTarget || construct.joined) {
            control().join(construct, false);
        }
    }

    private void endUnhandled(Construct construct, boolean reachable) {
        JvmMethod m = method();
        if (construct.dispatch == null) {
            control().join(construct, reachable);
            return;
        }
        if (reachable) {
            m.refreshMemory();
            control().transfer(construct.height, construct.results);
            m.code.visitJumpInsn(Opcodes.GOTO, construct.label);
        }
        handler(construct);
        loadException(construct);
        m.code.visitInsn(Opcodes.ATHROW);
        m.handling.remove(construct);
        if (reachable || construct.isTarget) {
            control().join(construct, false);
        }
    }

    void rethrow(int depth) {
        loadException(control().target(depth));
        method().code.visitInsn(Opcodes.ATHROW);
    }

    /** Ends a try whose exceptions are handled as if thrown where another construct is. */
    void delegate(boolean reachable, int depth) {
        JvmMethod m = method();
        Construct construct = control().pop();
        if (reachable) {
            m.refreshMemory();
            control().transfer(construct.height, construct.results);
            m.code.visitJumpInsn(Opcodes.GOTO, construct.label);
        }
        Construct target = control().target(depth).guard();
        handler(construct);
        if (target == null) {
            Label out = new Label();
            m.rethrows.add(new JvmMethod.Rethrow(out, construct.exceptionSlot));
            m.code.visitJumpInsn(Opcodes.GOTO, out);
        } else {
            Label dispatch = target.dispatch;
            if (dispatch == null) {
                dispatch = new Label();
                target.dispatch = dispatch;
            }
            if (target.exceptionSlot < 0) {
                target.exceptionSlot = m.layout.newSlot('X');
            }
            loadException(construct);
            m.code.store('L', m.layout.localOfSlot(target.exceptionSlot));
            m.code.visitJumpInsn(Opcodes.GOTO, dispatch);
        }
        m.handling.remove(construct);
        if (reachable || construct.isTarget) {
            control().join(construct, false);
        }
    }

    /** Whether exceptions at this place may be caught in this function. */
    boolean isGuarded() {
        return control().depth() > 0 && control().top().guard() != null;
    }

    /** At the end of a method. */
    void finish() {
        JvmMethod m = method();
        for (JvmMethod.Rethrow rethrow : m.rethrows) {
            m.stack.reset(0, "");
            m.layout.beginFrame();
            m.layout.liveSlot(rethrow.slot(), 'X');
            m.code.visitLabel(rethrow.label());
            m.layout.endFrame(new Object[0], 0);
            m.code.load('L', m.layout.localOfSlot(rethrow.slot()));
            m.code.visitInsn(Opcodes.ATHROW);
        }
        m.rethrows.clear();
    }
}
