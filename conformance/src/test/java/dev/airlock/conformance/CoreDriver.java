package dev.airlock.conformance;

import dev.airlock.error.TrapCode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the core suite needs of an engine. One driver is used by one thread. */
interface CoreDriver {
    /** What a reference that is not null refers to. */
    enum Kind {
        FUNCTION,
        I31,
        STRUCT,
        ARRAY,
        EXCEPTION,
        HOST
    }

    /** A guest trapped. */
    final class Trapped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** What it may have meant. */
        final transient Set<TrapCode> codes;

        Trapped(Set<TrapCode> codes, Throwable cause) {
            super(codes + ": " + cause.getMessage(), cause);
            this.codes = codes;
        }
    }

    /** An exception left the guest. */
    final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Thrown(Throwable cause) {
            super("uncaught exception", cause);
        }
    }

    Object compile(String name, byte[] bytes);

    /** @param registered instances by the names under which their exports are imported */
    Object instantiate(Object module, Map<String, Object> registered);

    List<CoreValue> invoke(Object instance, String function, List<CoreValue> arguments);

    CoreValue global(Object instance, String name);

    /** Returns the names of the exported globals. */
    List<String> globals(Object instance);

    /** Returns the bytes of the memory that is exported as {@code memory}. */
    byte[] memory(Object instance);

    Kind kind(Object reference);

    /** Returns a driver for another thread. */
    CoreDriver forThread();
}
