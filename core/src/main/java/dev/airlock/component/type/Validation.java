package dev.airlock.component.type;

import dev.airlock.component.binary.ComponentDecoder;
import dev.airlock.component.binary.ParsedComponent;
import dev.airlock.error.ModuleException;
import dev.airlock.error.SignatureException;
import java.util.List;
import java.util.function.Supplier;

/**
 * The state of one component's validation: the file, the current offset in it, and the work that is left.
 *
 * <p>Types are written once and used many times, and a use may be a copy: a file of a kilobyte can ask for more types than
 * a heap holds. So work is counted, and a component that needs too much of it is refused.
 */
public final class Validation {
    /** In types visited. The largest known components need some ten thousands. */
    static final long MAX_WORK = 2_000_000;

    /** The work of copying an import or export, in types visited: a copy costs heap, a visit only time. */
    static final int COPY = 20;

    /** Each module is compiled to separate classes. Known components have a dozen at most. */
    static final int MAX_CORE_MODULES = 1_000;

    private static final int MOST_SHOWN = 200;

    private final String file;
    private long work;
    private int offset;

    public Validation(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    /** Sets the offset that later errors report. */
    void at(int position) {
        this.offset = position;
    }

    int offset() {
        return offset;
    }

    public void spend(long steps) {
        work += steps;
        if (work > MAX_WORK) {
            throw error("its types are too large: checking them takes more than " + MAX_WORK + " steps");
        }
    }

    /** Refuses a component with too many core modules, before the first of them is compiled. */
    void checkCoreModules(ParsedComponent component) {
        long modules = component.coreModuleCount();
        if (modules > MAX_CORE_MODULES) {
            throw error("it has " + modules + " core modules, at most " + MAX_CORE_MODULES + " are allowed");
        }
    }

    /** Bounds the recursion of visits: types are also deep through the types that they refer to. */
    void checkDepth(int depth) {
        if (depth > ComponentDecoder.MAX_NESTING) {
            throw error("the types of instances and components go " + depth + " deep, " + ComponentDecoder.MAX_NESTING
                    + " is the most");
        }
    }

    /** Shows a type in an error, shortened if it is long. */
    static String show(Object type) {
        String text = type.toString();
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }

    /** Makes the error for a broken rule. */
    ModuleException invalid(String problem) {
        return error("invalid: " + problem);
    }

    ModuleException error(String problem) {
        return new ModuleException(file, offset, problem, null);
    }

    /** Returns an entry of an index space. */
    <T> T entry(List<T> space, int index, Object what) {
        if (index >= space.size()) {
            throw invalid("there is no " + what + " " + index + " here, the index space has " + space.size());
        }
        return space.get(index);
    }

    /** Makes a type; reports a constructor's refusal as an invalid component. */
    <T> T make(Supplier<T> type) {
        try {
            return type.get();
        } catch (SignatureException e) {
            throw new ModuleException(file, offset, "invalid: " + e.getMessage(), e);
        }
    }
}
