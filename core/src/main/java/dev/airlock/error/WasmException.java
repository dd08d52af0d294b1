package dev.airlock.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exception of a guest (core specification, section 4.2.11) on its way through a host function: a guest function that the host
 * function called threw it. A host function may catch it, let it pass, so that the guest that called the host function may catch
 * it, or throw one by {@code Tag.exception}. An exception that leaves the outermost call ends the guest with a {@link Trap}.
 */
public abstract class WasmException extends AirlockException {
    private static final long serialVersionUID = 1L;

    /**
     * For the engine.
     *
     * @param message what happened
     */
    protected WasmException(String message) {
        super(message, null);
    }

    /**
     * Returns the values that it carries.
     *
     * @return for each value the object that stands for it in {@code Func.invoke}
     */
    public abstract List<@Nullable Object> values();
}
