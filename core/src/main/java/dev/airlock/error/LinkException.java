package dev.airlock.error;

import java.util.List;

/** Imports that could not be satisfied, all of them at once. */
public final class LinkException extends AirlockException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public LinkException(String module, List<String> problems) {
        super(module
                + ": "
                + (problems.size() == 1 ? "1 import cannot be linked" : problems.size() + " imports cannot be linked")
                + problems.stream().map(p -> "\n  " + p).reduce("", String::concat));
        this.problems = List.copyOf(problems);
    }

    /** One line for each import that is missing or does not fit, in the order of the module's imports. */
    public List<String> problems() {
        return problems;
    }
}
