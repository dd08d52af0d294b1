package dev.airlock.error;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Imports that could not be satisfied, all of them at once. */
public final class LinkException extends AirlockException {
    private static final long serialVersionUID = 1L;

    /** An import of an interface of WASI, as the problem with it starts if the host has not defined it. */
    private static final Pattern WASI_IMPORT =
            Pattern.compile("wasi:[a-z0-9-]+/[a-z0-9-]+@(\\d+\\.\\d+)\\.\\S* is not defined");

    private final transient List<String> problems;

    /**
     * Creates the exception.
     *
     * @param module the name of the module or component
     * @param problems one line for each import that is missing or does not fit
     */
    public LinkException(String module, List<String> problems) {
        super(lead(module, problems) + problems.stream().map(p -> "\n  " + p).reduce("", String::concat));
        this.problems = List.copyOf(problems);
    }

    /** Returns the first line. A missing WASI version has many imports, so the line names it. */
    private static String lead(String module, List<String> problems) {
        String count =
                problems.size() == 1 ? "1 import cannot be linked" : problems.size() + " imports cannot be linked";
        List<String> versions = problems.stream()
                .map(WASI_IMPORT::matcher)
                .filter(Matcher::lookingAt)
                .map(matched -> matched.group(1))
                .toList();
        if (versions.isEmpty()) {
            return module + ": " + count;
        }
        return module + " needs WASI "
                + versions.stream().distinct().sorted().collect(Collectors.joining(" and "))
                + ", which Airlock does not offer yet: " + count
                + (versions.size() == problems.size() ? "" : ", " + versions.size() + " of them of WASI");
    }

    /**
     * One line for each import that is missing or does not fit, in the order of the module's imports.
     *
     * @return the problems
     */
    public List<String> problems() {
        return problems;
    }
}
