package dev.airlock.convention;

import dev.airlock.placement.ManagedList;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a host has to know of AssemblyScript's managed objects beside what the guest says itself.
 *
 * <p>Class numbers of strings: 2 today, 1 in releases before {@code Object} became the base of all classes and took 0.
 * Exports do not tell the two apart, unless the guest says it by {@code export const String_ID = idof<string>()}, which
 * comes before the number here. All other classes have numbers of their own in every build: docs/ASSEMBLYSCRIPT.md says
 * where they are found.
 *
 * @param pin the export that keeps an object from the collector
 * @param unpin the one that lets it go
 * @param stringClass the class number of strings
 * @param lists the kinds of lists that the host makes of numbers: see {@link #lists(ManagedList, ManagedList...)}
 */
public record ManagedObjects(String pin, String unpin, int stringClass, Set<ManagedList> lists) {
    /** Those of an AssemblyScript of today, compiled with {@code --exportRuntime}. */
    public static final ManagedObjects ASSEMBLYSCRIPT = new ManagedObjects("__pin", "__unpin", 2);

    /**
     * Copies the set.
     *
     * @param pin as in the record
     * @param unpin as in the record
     * @param stringClass as in the record
     * @param lists as in the record
     */
    public ManagedObjects {
        lists = Set.copyOf(lists);
    }

    /**
     * Those of a guest that makes clear by itself which lists it takes.
     *
     * @param pin the export that keeps an object from the collector
     * @param unpin the export that releases it
     * @param stringClass the class number of strings
     */
    public ManagedObjects(String pin, String unpin, int stringClass) {
        this(pin, unpin, stringClass, Set.of());
    }

    /**
     * Returns these with a choice of the kinds of lists that go into the guest, for guests with several classes that a list of
     * numbers could be: {@code lists(ManagedList.ARRAY)} makes an {@code Array<i64>} of a {@code long[]}, and
     * {@code lists(ManagedList.TYPED_ARRAY)} an {@code Int64Array}. What comes out of the guest says itself what it is.
     *
     * <p>{@link ManagedList#ARRAY_BUFFER} is for bytes. If it is among the kinds, bytes are always that.
     *
     * @param first a kind of list
     * @param others more kinds of lists
     * @return the new objects
     */
    public ManagedObjects lists(ManagedList first, ManagedList... others) {
        return new ManagedObjects(pin, unpin, stringClass, EnumSet.of(first, others));
    }
}
