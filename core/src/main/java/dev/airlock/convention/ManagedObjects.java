package dev.airlock.convention;

/**
 * What a host has to know of AssemblyScript's managed objects.
 *
 * <p>Class numbers of strings: 2 today, 1 in releases before {@code Object} became the base of all classes and took 0.
 * Exports do not tell the two apart, unless the guest says it by {@code export const String_ID = idof<string>()}, which
 * comes before the number here. Those of typed arrays are the guest's own in every build, and are read from globals such
 * as {@code Uint8Array_ID}.
 *
 * @param pin the export that keeps an object from the collector
 * @param unpin the one that lets it go
 * @param stringClass the class number of strings
 */
public record ManagedObjects(String pin, String unpin, int stringClass) {
    /** Those of an AssemblyScript of today, compiled with {@code --exportRuntime}. */
    public static final ManagedObjects ASSEMBLYSCRIPT = new ManagedObjects("__pin", "__unpin", 2);
}
