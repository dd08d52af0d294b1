package dev.airlock.error;

import org.jspecify.annotations.Nullable;

/**
 * Bytes that are not a WebAssembly module that this version can run: another format, cut short, malformed, invalid, or
 * of a version or kind that is not supported.
 */
public final class ModuleException extends AirlockException {
    private static final long serialVersionUID = 1L;

    /** The offset of {@link #byteOffset()} where the place is not known. */
    public static final long UNKNOWN_OFFSET = -1;

    /** The name of the module. */
    private final String module;
    /** Where in the file, in bytes, or {@link #UNKNOWN_OFFSET}. */
    private final long byteOffset;
    /** What is wrong. */
    private final String problem;

    /**
     * Creates the exception.
     *
     * @param module the name of the module or its file
     * @param byteOffset where in the file, in bytes, or {@link #UNKNOWN_OFFSET}
     * @param message what is wrong
     * @param cause the cause, or null
     */
    public ModuleException(String module, long byteOffset, String message, @Nullable Throwable cause) {
        super(module + (byteOffset == UNKNOWN_OFFSET ? "" : ", byte " + byteOffset) + ": " + message, cause);
        this.module = module;
        this.byteOffset = byteOffset;
        this.problem = message;
    }

    /**
     * Returns the same error for a module that is part of a file.
     *
     * @param file the name of the file
     * @param start the offset in the file of the module's first byte
     * @param part which part of the file the module is
     * @return the new exception
     */
    public ModuleException within(String file, long start, String part) {
        return new ModuleException(
                file, byteOffset == UNKNOWN_OFFSET ? start : start + byteOffset, part + ": " + problem, this);
    }

    /**
     * Returns the name of the module: usually the file name.
     *
     * @return the name
     */
    public String module() {
        return module;
    }

    /**
     * Where in the file, counted in bytes from its start, or {@link #UNKNOWN_OFFSET}.
     *
     * @return the offset in bytes, or {@link #UNKNOWN_OFFSET}
     */
    public long byteOffset() {
        return byteOffset;
    }
}
