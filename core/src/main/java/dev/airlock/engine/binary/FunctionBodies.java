package dev.airlock.engine.binary;

import dev.airlock.error.ModuleException;

/** Where the bodies of a module's functions lie, by the sizes that they say they have (core specification, section 5.5.13). */
final class FunctionBodies {
    static final FunctionBodies NONE = new FunctionBodies(0, 0, new int[0], new int[0]);

    private final int contents;
    private final int first;
    private final int[] sizes;
    private final int[] ends;

    private FunctionBodies(int contents, int first, int[] sizes, int[] ends) {
        this.contents = contents;
        this.first = first;
        this.sizes = sizes;
        this.ends = ends;
    }

    /**
     * @throws ModuleException if they do not fill the section. Endive goes by what is in a body; we leave bodies out by their
     *     sizes: both have to mean the same bytes
     */
    static FunctionBodies in(BinaryLayout.Section code, String module, byte[] bytes) {
        try {
            var in = new Leb128(bytes, code.contents(), code.end());
            int[] sizes = new int[in.unsigned32()];
            int[] ends = new int[sizes.length];
            int first = in.position();
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = in.unsigned32();
                in.skip(sizes[i]);
                ends[i] = in.position();
            }
            if (!in.atEnd()) {
                throw new IndexOutOfBoundsException("something follows its last body, at byte " + in.position());
            }
            return new FunctionBodies(code.contents(), first, sizes, ends);
        } catch (IndexOutOfBoundsException e) {
            throw new ModuleException(module, code.start(), "malformed code section: " + e.getMessage(), e);
        }
    }

    int count() {
        return sizes.length;
    }

    /** How many bytes the section has. */
    int bytes() {
        return (ends.length == 0 ? first : ends[ends.length - 1]) - contents;
    }

    /** In bytes, without the number that says this. */
    int[] sizes() {
        return sizes.clone();
    }

    /** The offset of a body in the file, at the number that says its size. */
    int entry(int function) {
        return function == 0 ? first : ends[function - 1];
    }

    /** The offset of a body in the file, behind the number that says its size. */
    int start(int function) {
        return ends[function] - sizes[function];
    }

    /** The offset behind a body in the file. */
    int end(int function) {
        return ends[function];
    }

    /** The same, counted from where the contents of the code section start, as debug information counts. */
    int endInSection(int function) {
        return ends[function] - contents;
    }
}
