package dev.airlock.placement;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An AssemblyScript class whose objects are lists.
 *
 * @param number the class number, which each object of the class has in its header
 * @param list where the elements lie
 */
public record ManagedClass(int number, ManagedList list) {
    /**
     * Returns the numbers of classes.
     *
     * @param classes the classes
     * @return their numbers, in the same order
     */
    public static List<Integer> numbers(List<ManagedClass> classes) {
        return classes.stream().map(ManagedClass::number).toList();
    }

    /**
     * Lists class numbers for an error message, as in {@code class 4} or {@code class 4, 7 or 9}.
     *
     * @param numbers the class numbers, at least one
     * @return the text
     */
    public static String text(List<Integer> numbers) {
        int last = numbers.size() - 1;
        return "class "
                + (last < 1
                        ? numbers.stream().map(String::valueOf).collect(Collectors.joining())
                        : numbers.subList(0, last).stream().map(String::valueOf).collect(Collectors.joining(", "))
                                + " or " + numbers.get(last));
    }
}
