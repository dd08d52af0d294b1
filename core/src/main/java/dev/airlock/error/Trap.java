package dev.airlock.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A guest's execution ended abruptly (core specification, section 4.1: traps). Its instance cannot be entered again.
 *
 * <p>The stack trace names guest functions, from the module's name section, in the class {@code wasm}; between them
 * stand the Java methods that called the guest or were called by it. Names that C++ and Rust compilers made are shown as
 * their authors wrote them. If a host function threw, its exception is the cause.
 */
public final class Trap extends AirlockException {
    private static final long serialVersionUID = 1L;

    /** The kind of trap. */
    private final TrapCode code;

    private final transient List<String> guestFrames;

    /**
     * Creates the trap.
     *
     * @param code the kind of trap
     * @param message what happened, and where
     * @param guestFrames the guest functions that were running, the innermost first
     * @param cause the cause, or null
     */
    public Trap(TrapCode code, String message, List<String> guestFrames, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.guestFrames = List.copyOf(guestFrames);
    }

    /**
     * Returns the kind of trap.
     *
     * @return the code
     */
    public TrapCode code() {
        return code;
    }

    /**
     * Returns the guest functions on the stack when it trapped, innermost first, named as in the trace; {@code func[12]} if a function has no name.
     *
     * @return the guest functions on the stack when it trapped, innermost first, named as in the trace
     */
    public List<String> guestFrames() {
        return guestFrames;
    }
}
