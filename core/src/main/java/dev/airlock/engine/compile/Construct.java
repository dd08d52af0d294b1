package dev.airlock.engine.compile;

import dev.airlock.engine.validate.CodeSink.CatchClause;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;

/** An open block, loop, conditional or handler of the guest, or its body. */
final class Construct {
    enum Kind {
        BODY,
        BLOCK,
        LOOP,
        IF,
        TRY_TABLE,
        TRY
    }

    final Kind kind;

    /** Its number in order of their start, from 1. */
    int number;

    /** The JVM method with its label. */
    JvmMethod method;

    /** The part in which it ends, if it begins outside of that and the part was not begun yet; else null. */
    @Nullable
    Part endsIn;

    /** Where a branch to it goes: for a loop its start, else its end. */
    final Label label = new Label();

    /** Whether any branch goes there. */
    final boolean isTarget;

    /** Whether code other than branches goes on at its label: the first arm of a conditional, a body before its handlers. */
    boolean joined;

    /** How many operands lie below it. */
    final int height;

    final String params;
    final String results;

    /** Of a conditional: where it goes on if the condition does not hold; null once that is made. */
    @Nullable
    Label otherwise;

    CatchClause[] clauses = {};

    /** Where the code begins whose exceptions are caught here. */
    @Nullable
    Label guardedFrom;

    /** Of a legacy try: the slot that holds the exception while a handler runs, or -1. */
    int exceptionSlot = -1;

    /** Of a legacy try: where handling begins, with the exception in its slot. */
    @Nullable
    Label dispatch;

    /** Of a legacy try: where the next handler begins, if the one before did not fit. */
    @Nullable
    Label nextHandler;

    /** Whether a handler, not the body, is being made. */
    boolean handling;

    /** The innermost construct around this one that catches what is thrown there; null if none does. */
    @Nullable
    Construct guardAround;

    Construct(Kind kind, JvmMethod method, boolean isTarget, int height, String params, String results) {
        this.kind = kind;
        this.method = method;
        this.isTarget = isTarget;
        this.height = height;
        this.params = params;
        this.results = results;
    }

    /** Returns the innermost construct that catches what is thrown in this one: it or one around it; null if none does. */
    @Nullable
    Construct guard() {
        boolean guards = (kind == Kind.TRY_TABLE || kind == Kind.TRY) && !handling;
        return guards ? this : guardAround;
    }

    /** The carriers of the values that a branch to it takes along. */
    String branchCarriers() {
        return kind == Kind.LOOP ? params : results;
    }
}
