package dev.airlock.component.type;

import dev.airlock.component.binary.CanonOptions;
import dev.airlock.component.binary.Sort;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.FuncType;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks canonical options: each by itself, and which ones a function needs (Canonical ABI, "canonopt Validation"). */
final class CanonOptionRules {
    private static final CoreFuncType REALLOC =
            new CoreFuncType(Collections.nCopies(4, CoreValType.I32), List.of(CoreValType.I32));

    private final ComponentScope scope;
    private final Validation validation;

    CanonOptionRules(ComponentScope scope) {
        this.scope = scope;
        this.validation = scope.validation;
    }

    /** Checks what holds for each option by itself, in any canonical definition. */
    void check(CanonOptions options) {
        if (options.memory() != null
                && validation
                        .entry(scope.coreMemories, options.memory(), Sort.CORE_MEMORY)
                        .shared()) {
            throw validation.invalid("the memory of a canonical function must not be shared");
        }
        if (options.realloc() != null) {
            if (options.memory() == null) {
                throw validation.invalid("the canonical option \"realloc\" needs the option \"memory\"");
            }
            checkFunc(options.realloc(), "realloc", REALLOC);
        }
    }

    void checkFunc(int index, String option, CoreFuncType expected) {
        CoreFuncType found = validation.entry(scope.coreFuncs, index, Sort.CORE_FUNC);
        if (!found.equals(expected)) {
            throw validation.invalid("the canonical option \"" + option + "\" needs a core func "
                    + Validation.show(expected) + ", found " + Validation.show(found));
        }
    }

    /** Checks the options of a function that is lifted or lowered. */
    void checkAsync(CanonOptions options, FuncType type) {
        if (options.async() && !type.async()) {
            throw validation.invalid(
                    "the canonical option \"async\" is for async functions, not for " + Validation.show(type));
        }
        if (options.async()) {
            refuse(options.postReturn(), "post-return", "the option \"async\"");
        } else {
            refuse(options.callback(), "callback", "a function without the option \"async\"");
        }
    }

    void require(@Nullable Integer option, boolean needed, String name, String what) {
        if (needed && option == null) {
            throw validation.invalid("the canonical option \"" + name + "\" is needed for " + what);
        }
    }

    void refuse(@Nullable Integer option, String name, String what) {
        if (option != null) {
            throw validation.invalid("the canonical option \"" + name + "\" does not go with " + what);
        }
    }
}
