package dev.airlock.component.type;

import dev.airlock.component.binary.ComponentDecoder;
import dev.airlock.component.binary.ParsedComponent;
import dev.airlock.error.ModuleException;
import dev.airlock.error.SignatureException;
import java.util.List;
import java.util.function.Supplier;

/**
 * What all parts of one component's validation share: the file, where in it they are, and how much work is left to do.
 *
 * <p>Types are written once and used many times, and a use may be a copy: a file of a kilobyte can ask for more types than
 * a heap holds. So work is counted, and what asks for too much is refused.
 */
public final class Validation {
    /** In types looked at; the largest components met need some ten thousands. */
    static final long MAX_WORK = 2_000_000;

    /** What a copied import or export counts, since it takes that much more of the heap than a look takes time. */
    static final int COPY = 20;

    /** Each is compiled to classes of its own; components have a dozen at most. */
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

    /** From now on, errors are about what stands there. */
    void at(int position) {
        this.offset = position;
    }

    int offset() {
        return offset;
    }

    public void spend(long steps) {
        work += steps;
        if (work > MAX_WORK) {
            throw error("its types are too large: to check them takes more than " + MAX_WORK + " steps");
        }
    }

    /** Refuses what has more core modules than any component, before the first of them is compiled. */
    void checkCoreModules(ParsedComponent component) {
        long modules = component.coreModuleCount();
        if (modules > MAX_CORE_MODULES) {
            throw error("it has " + modules + " core modules, " + MAX_CORE_MODULES + " is the most");
        }
    }

    /** Bounds how deep a walk of a type may recurse: types are deep by what they refer to, too. */
    void checkDepth(int depth) {
        if (depth > ComponentDecoder.MAX_NESTING) {
            throw error("the types of instances and components go " + depth + " deep, " + ComponentDecoder.MAX_NESTING
                    + " is the most");
        }
    }

    /** A type in an error, cut where it is long. */
    static String show(Object type) {
        String text = type.toString();
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }

    /** What breaks a rule. */
    ModuleException invalid(String problem) {
        return error("invalid: " + problem);
    }

    ModuleException error(String problem) {
        return new ModuleException(file, offset, problem, null);
    }

    /** An entry of an index space. */
    <T> T entry(List<T> space, int index, Object what) {
        if (index >= space.size()) {
            throw invalid("there is no " + what + " " + index + " here, only " + space.size());
        }
        return space.get(index);
    }

    /** Makes a type whose constructor may refuse. */
    <T> T make(Supplier<T> type) {
        try {
            return type.get();
        } catch (SignatureException e) {
            throw new ModuleException(file, offset, "invalid: " + e.getMessage(), e);
        }
    }
}
