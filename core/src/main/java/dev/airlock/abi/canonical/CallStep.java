package dev.airlock.abi.canonical;

import dev.airlock.codegen.Register;
import java.util.List;

/** A step that leaves or enters a guest, or is about the call as such. */
sealed interface CallStep extends CanonicalStep {
    /** The core function is called. */
    record CallCore(List<Register> results, List<Register> args) implements CallStep {
        public CallCore {
            results = List.copyOf(results);
            args = List.copyOf(args);
        }

        @Override
        public List<Register> in() {
            return args;
        }

        @Override
        public List<Register> out() {
            return results;
        }

        @Override
        public String toString() {
            return (results.isEmpty() ? "" : CanonicalStep.names(results) + " = ") + "call(" + CanonicalStep.names(args)
                    + ")";
        }
    }

    /** The guest may tidy up what it returned, of which nothing is read any more. */
    record PostReturn(List<Register> args) implements CallStep {
        public PostReturn {
            args = List.copyOf(args);
        }

        @Override
        public List<Register> in() {
            return args;
        }

        @Override
        public List<Register> out() {
            return List.of();
        }

        @Override
        public String toString() {
            return "post-return(" + CanonicalStep.names(args) + ")";
        }
    }

    /** The guest calls out, which it may not while it allocates or tidies up. */
    record MayLeave() implements CallStep {
        @Override
        public List<Register> in() {
            return List.of();
        }

        @Override
        public List<Register> out() {
            return List.of();
        }

        @Override
        public String toString() {
            return "the guest may leave";
        }
    }

    /** A call with borrows begins or ends. */
    record Scope(boolean begins) implements CallStep {
        @Override
        public List<Register> in() {
            return List.of();
        }

        @Override
        public List<Register> out() {
            return List.of();
        }

        @Override
        public String toString() {
            return begins ? "begin scope" : "end scope";
        }
    }

    /** Resources change hands: so that each has one owner, whatever fails on the way. */
    record Ownership(Change change) implements CallStep {
        enum Change {
            /** All that was lifted is the other side's from now on. */
            TAKEN("what was lifted is taken"),
            /** What Java has returned is no longer its own. */
            GIVING("give what was returned"),
            /** All that was returned has been lowered. */
            GIVEN("what was returned is given");

            private final String text;

            Change(String text) {
                this.text = text;
            }
        }

        @Override
        public List<Register> in() {
            return List.of();
        }

        @Override
        public List<Register> out() {
            return List.of();
        }

        @Override
        public String toString() {
            return change.text;
        }
    }
}
