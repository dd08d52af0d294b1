package dev.airlock.abi.placed;

import dev.airlock.error.SignatureException;
import dev.airlock.mapping.BlockForm;
import dev.airlock.placement.ManagedClass;
import dev.airlock.placement.ManagedClasses;
import dev.airlock.placement.ManagedList;
import dev.airlock.type.PrimitiveType;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the class of a list that goes into an AssemblyScript guest. It never guesses: the caller names the class, or
 * the guest does by an export, or the guest has only one such class. Bytes are an {@code ArrayBuffer} unless one of
 * these says otherwise.
 *
 * @param what the Java type, for errors
 */
record ManagedChoice(ManagedClasses classes, String what) {
    /**
     * Returns the class of a list of numbers.
     *
     * @param element the type of the elements; null if it is not known, and only their size counts
     * @param list the only kind that is allowed; null for any
     * @throws SignatureException if the guest has no such class, or several and nothing says which
     */
    ManagedClass numbers(BlockForm form, @Nullable PrimitiveType element, @Nullable ManagedList list) {
        List<String> elements = ManagedClasses.numbers(form);
        List<ManagedClass> all = classes.lists(form);
        boolean bytes = form == BlockForm.BYTES && list == null;
        boolean asked = classes.lists().contains(ManagedList.ARRAY_BUFFER);
        boolean otherwise =
                !classes.lists().isEmpty() || !exported(all, elements).isEmpty();
        if (bytes && (asked || !otherwise)) {
            return new ManagedClass(classes.buffer(), ManagedList.ARRAY_BUFFER);
        }
        String sign = element == null ? null : sign(element);
        return only(all, elements, c -> sign == null || sign.equals(signOf(c, elements)), wanted(list));
    }

    /**
     * Returns the class of a list of strings.
     *
     * @throws SignatureException as in {@link #numbers}
     */
    ManagedClass strings() {
        return only(classes.listsOfObjects(), List.of("string"), c -> true, Set.of(ManagedList.ARRAY));
    }

    private Set<ManagedList> wanted(@Nullable ManagedList list) {
        if (list != null) {
            return Set.of(list);
        }
        Set<ManagedList> wanted = EnumSet.allOf(ManagedList.class);
        if (classes.lists().stream().anyMatch(kind -> kind != ManagedList.ARRAY_BUFFER)) {
            wanted.retainAll(classes.lists());
        }
        wanted.remove(ManagedList.ARRAY_BUFFER);
        return wanted;
    }

    private ManagedClass only(
            List<ManagedClass> all, List<String> elements, Predicate<ManagedClass> closest, Set<ManagedList> wanted) {
        List<ManagedClass> left =
                all.stream().filter(c -> wanted.contains(c.list())).toList();
        left = preferring(left, exported(left, elements)::contains);
        left = preferring(left, closest);
        if (left.size() == 1) {
            return left.get(0);
        }
        String example = "`"
                + elements.stream()
                        .flatMap(element -> ManagedClasses.exportedFor(element).entrySet().stream())
                        .filter(name -> wanted.contains(name.getValue()))
                        .map(name -> export(name.getKey()))
                        .findFirst()
                        .orElseThrow()
                + "`";
        if (left.isEmpty()) {
            throw new SignatureException("a " + what + " becomes an object of a class that the guest "
                    + (classes.table().isEmpty() ? "does not give the number of" : "does not have")
                    + ": add, for example, " + example + " to it");
        }
        throw new SignatureException("a " + what + " may become an object of several of the guest's classes: "
                + left.stream().map(c -> classes.describe(c.number())).collect(Collectors.joining(", "))
                + "; choose by @GuestPlacement(lists = …), by lists(…) in the convention or by --lists, or have the guest export the one that it takes, as in "
                + example);
    }

    private static <T> List<T> preferring(List<T> all, Predicate<T> preferred) {
        List<T> found = all.stream().filter(preferred).toList();
        return found.isEmpty() ? all : found;
    }

    private List<ManagedClass> exported(List<ManagedClass> lists, List<String> elements) {
        return lists.stream()
                .filter(list -> elements.stream().anyMatch(element -> isExported(list, element)))
                .toList();
    }

    private boolean isExported(ManagedClass list, String element) {
        return ManagedClasses.exportedFor(element).entrySet().stream()
                .filter(name -> name.getValue() == list.list())
                .map(Map.Entry::getKey)
                .anyMatch(name ->
                        Integer.valueOf(list.number()).equals(classes.exported().get(name)));
    }

    private static String export(String name) {
        return "export const " + name + " = idof<" + ManagedClasses.typeOf(name) + ">();";
    }

    private static @Nullable String sign(PrimitiveType element) {
        return switch (element) {
            case S8, S16, S32, S64 -> "i";
            case U8, U16, U32, U64, BOOL, CHAR -> "u";
            case F32, F64, STRING, ERROR_CONTEXT -> null;
        };
    }

    private @Nullable String signOf(ManagedClass list, List<String> elements) {
        if (list.number() < classes.table().size()) {
            boolean signed = (classes.table().get(list.number()) & ManagedClasses.Flags.SIGNED) != 0;
            return signed ? "i" : "u";
        }
        return elements.stream()
                .filter(element -> isExported(list, element))
                .map(element -> element.substring(0, 1))
                .findFirst()
                .orElse(null);
    }
}
