package dev.airlock.engine.binary;

import dev.airlock.error.ModuleException;

/**
 * How many local variables a module's functions declare, before anything is made of them (core specification, section
 * 5.5.13).
 *
 * <p>A few bytes declare thousands, all of which have to be set to zero by the code that is made: compiling takes time by
 * their number, and a file of 70 KB can ask for minutes. What a compiler emits has instructions to use them.
 */
public final class DeclaredLocals {
    /** As many as other engines take for one function. */
    static final int MOST_OF_ONE = 50_000;

    /** What a module may declare beyond one for each byte of its code. */
    static final int MOST_UNUSED = 1_000_000;

    private static final int REF_NULL = 0x63;
    private static final int REF = 0x64;

    private DeclaredLocals() {}

    /** @throws ModuleException if they are too many */
    public static void check(String module, BinaryLayout layout, byte[] bytes) {
        FunctionBodies bodies = layout.bodies();
        long most = MOST_UNUSED + (long) bodies.bytes();
        long total = 0;
        for (int i = 0; i < bodies.count(); i++) {
            long locals;
            try {
                locals = ofOne(new Leb128(bytes, bodies.start(i), bodies.end(i)));
            } catch (IndexOutOfBoundsException e) {
                // It is malformed; the full parse reports that better.
                return;
            }
            total += locals;
            if (locals > MOST_OF_ONE) {
                throw new ModuleException(
                        module,
                        bodies.entry(i),
                        "a function declares " + locals + " locals; at most " + MOST_OF_ONE + " are compiled",
                        null);
            }
            if (total > most) {
                throw new ModuleException(
                        module,
                        bodies.entry(i),
                        "the functions up to here declare " + total
                                + " locals; of a module with so little code at most " + most + " are compiled",
                        null);
            }
        }
    }

    private static long ofOne(Leb128 body) {
        long locals = 0;
        for (int groups = body.unsigned32(); groups > 0; groups--) {
            locals += body.unsigned32();
            int type = body.next() & 0xff;
            if (type == REF || type == REF_NULL) {
                skipHeapType(body);
            }
        }
        return locals;
    }

    private static void skipHeapType(Leb128 body) {
        byte next;
        do {
            next = body.next();
        } while (next < 0);
    }
}
