package dev.airlock.abi.canonical;

import dev.airlock.abi.Operands;
import dev.airlock.abi.Step;
import dev.airlock.codegen.Register;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** A step that leaves or enters a guest, or is about the call as a whole. */
interface CallStep extends CanonicalStep {
    /** Calls the core function. */
    record CallCore(List<Register> results, List<Register> args) implements CallStep {
        public CallCore {
            results = List.copyOf(results);
            args = List.copyOf(args);
        }

        @Override
        public void operands(Operands operands) {
            operands.reads(args).sets(results);
        }

        @Override
        public void emit(CanonicalCode code) {
            Class<?> result = results.isEmpty() ? void.class : results.get(0).type();
            code.callCore(code.target(), result, args);
            results.forEach(code::store);
        }

        @Override
        public void run(CanonicalFrame frame) throws Throwable {
            Object result = frame.invoke(frame.target(), frame.context(), args);
            results.forEach(register -> frame.set(register, result));
        }

        @Override
        public String toString() {
            return (results.isEmpty() ? "" : Step.names(results) + " = ") + "call(" + Step.names(args) + ")";
        }
    }

    /** Calls {@code post-return}: the guest may tidy up what it returned, of which nothing is read from here on. */
    record PostReturn(List<Register> args) implements CallStep {
        public PostReturn {
            args = List.copyOf(args);
        }

        @Override
        public void operands(Operands operands) {
            operands.reads(args);
        }

        @Override
        public void emit(CanonicalCode code) {
            MethodHandle postReturn = code.functions().postReturn();
            if (postReturn != null) {
                code.mayLeave(false);
                code.callCore(postReturn, void.class, args);
                code.mayLeave(true);
            }
        }

        @Override
        public void run(CanonicalFrame frame) throws Throwable {
            MethodHandle postReturn = frame.functions().postReturn();
            if (postReturn != null) {
                frame.context().mayLeave(false);
                frame.invoke(postReturn, frame.context(), args);
                frame.context().mayLeave(true);
            }
        }

        @Override
        public String toString() {
            return "post-return(" + Step.names(args) + ")";
        }
    }

    /** Checks that the guest may call out: it may not while it allocates or tidies up. */
    record MayLeave() implements CallStep {
        @Override
        public void operands(Operands operands) {
            // It reads no register.
        }

        @Override
        public void emit(CanonicalCode code) {
            code.pushContext();
            code.push(code.name());
            code.call(CanonicalOperations.class, "mayLeave");
        }

        @Override
        public void run(CanonicalFrame frame) {
            CanonicalOperations.mayLeave(frame.context(), frame.name());
        }

        @Override
        public String toString() {
            return "the guest may leave";
        }
    }

    /** Begins or ends a call with borrows. */
    record Scope(boolean begins) implements CallStep {
        @Override
        public void operands(Operands operands) {
            // It reads no register.
        }

        @Override
        public void emit(CanonicalCode code) {
            code.pushContext();
            code.context(begins ? "beginScope" : "endScope");
        }

        @Override
        public void run(CanonicalFrame frame) {
            if (begins) {
                frame.context().beginScope();
            } else {
                frame.context().endScope();
            }
        }

        @Override
        public String toString() {
            return begins ? "begin scope" : "end scope";
        }
    }

    /** Moves the ownership of resources, so that each has one owner if anything fails. */
    record Ownership(Change change) implements CallStep {
        enum Change {
            /** The other side owns all that was lifted. */
            TAKEN("what was lifted is taken"),
            /** Java no longer owns what it returned. */
            GIVING("give what was returned"),
            /** All that was returned has been lowered. */
            GIVEN("what was returned is given");

            private final String text;

            Change(String text) {
                this.text = text;
            }
        }

        @Override
        public void operands(Operands operands) {
            // It reads no register.
        }

        @Override
        public void emit(CanonicalCode code) {
            code.pushContext();
            code.context(
                    switch (change) {
                        case TAKEN -> "taken";
                        case GIVING -> "beginGiving";
                        case GIVEN -> "endGiving";
                    });
        }

        @Override
        public void run(CanonicalFrame frame) {
            switch (change) {
                case TAKEN -> frame.context().taken();
                case GIVING -> frame.context().beginGiving();
                case GIVEN -> frame.context().endGiving();
            }
        }

        @Override
        public String toString() {
            return change.text;
        }
    }
}
