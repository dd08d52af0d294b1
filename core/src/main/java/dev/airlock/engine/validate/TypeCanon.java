package dev.airlock.engine.validate;

import dev.airlock.engine.binary.ModuleDefinition.RecursionGroup;
import dev.airlock.engine.binary.ModuleDefinition.SubType;
import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.validate.DefinedType.FieldType;
import dev.airlock.engine.validate.DefinedType.Kind;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes types canonical (core specification, section 3.1.1, and "Type Definitions" in the appendix on its properties): a
 * recursion group is looked up by what it says, with types of its own by their position in it and others by their identity. So
 * a comparison costs as much as the group is long, however deep its types go.
 *
 * <p>The table is one for all modules, since instances of different modules are linked; it holds types weakly.
 */
final class TypeCanon {
    private static final Map<Key, Entry> GROUPS = new HashMap<>();
    private static final ReferenceQueue<CanonicalType[]> DEAD = new ReferenceQueue<>();

    /** Differ in each process, so that a module cannot be made of types with one hash code. */
    private static final long SEED = new SplittableRandom().nextLong();

    private static final long FACTOR = new SplittableRandom().nextLong() | 1;

    /** What a group says: see {@link #key}. */
    private static final class Key {
        private final long[] words;
        private final int hash;

        Key(long[] words) {
            this.words = words;
            long mixed = SEED;
            for (long word : words) {
                mixed = (mixed ^ word) * FACTOR;
                mixed ^= mixed >>> 29;
            }
            hash = (int) (mixed ^ mixed >>> 32);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && hash == key.hash && Arrays.equals(words, key.words);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private static final class Entry extends WeakReference<CanonicalType[]> {
        private final Key key;

        Entry(CanonicalType[] group, Key key) {
            super(group, DEAD);
            this.key = key;
        }
    }

    private TypeCanon() {}

    /**
     * Returns the types of a group.
     *
     * @param known the types before it
     */
    static CanonicalType[] group(RecursionGroup group, CanonicalType[] known) {
        Key key = new Key(key(group, known));
        synchronized (GROUPS) {
            for (var dead = DEAD.poll(); dead != null; dead = DEAD.poll()) {
                GROUPS.remove(((Entry) dead).key, dead);
            }
            Entry entry = GROUPS.get(key);
            CanonicalType[] found = entry == null ? null : entry.get();
            if (found == null) {
                found = make(group, known);
                GROUPS.put(key, new Entry(found, key));
            }
            return found;
        }
    }

    private static long[] key(RecursionGroup group, CanonicalType[] known) {
        var words = new Words();
        for (SubType type : group.types()) {
            words.add(type.kind() | (type.isFinal() ? 0x100 : 0));
            words.add(type.supertype() < 0 ? -1 : reference(type.supertype(), group, known));
            words.add((long) type.first().length << 32 | type.results().length);
            for (int i = 0; i < type.first().length; i++) {
                boolean mutable = i < type.mutable().length && type.mutable()[i];
                value(words, type.first()[i], mutable, group, known);
            }
            for (int result : type.results()) {
                value(words, result, false, group, known);
            }
        }
        return words.all();
    }

    private static void value(Words words, int code, boolean mutable, RecursionGroup group, CanonicalType[] known) {
        boolean concrete = isConcrete(code);
        int plain = concrete ? ValueTypes.reference(ValueTypes.isNullable(code), 0) : code;
        words.add((plain & 0xFFFF_FFFFL) << 1 | (mutable ? 1 : 0));
        if (concrete) {
            words.add(reference(ValueTypes.heapType(code), group, known));
        }
    }

    private static boolean isConcrete(int code) {
        return ValueTypes.isReference(code) && !ValueTypes.isAbstract(ValueTypes.heapType(code));
    }

    /** A type of the group by its position, from the top of what fits a long; another by its number. */
    private static long reference(int index, RecursionGroup group, CanonicalType[] known) {
        return index >= group.first() ? Long.MAX_VALUE - (index - group.first()) : known[index].id();
    }

    private static CanonicalType[] make(RecursionGroup group, CanonicalType[] known) {
        int count = group.types().size();
        CanonicalType[] made = new CanonicalType[count];
        for (int i = 0; i < count; i++) {
            SubType type = group.types().get(i);
            Kind kind =
                    type.kind() == SubType.FUNC ? Kind.FUNC : type.kind() == SubType.STRUCT ? Kind.STRUCT : Kind.ARRAY;
            int supertype = type.supertype();
            CanonicalType above = supertype < 0 ? null : find(supertype, group, known, made);
            made[i] = new CanonicalType(kind, type.isFinal(), above);
            made[i].group = made;
        }
        for (int i = 0; i < count; i++) {
            SubType type = group.types().get(i);
            FieldType[] first = new FieldType[type.first().length];
            for (int j = 0; j < first.length; j++) {
                first[j] = field(type.first()[j], j < type.mutable().length && type.mutable()[j], group, known, made);
            }
            FieldType[] results = new FieldType[type.results().length];
            for (int j = 0; j < results.length; j++) {
                results[j] = field(type.results()[j], false, group, known, made);
            }
            made[i].describe(first, results);
        }
        return made;
    }

    private static CanonicalType find(int index, RecursionGroup group, CanonicalType[] known, CanonicalType[] made) {
        return index >= group.first() ? made[index - group.first()] : known[index];
    }

    private static FieldType field(
            int code, boolean mutable, RecursionGroup group, CanonicalType[] known, CanonicalType[] made) {
        if (!isConcrete(code)) {
            return new FieldType(code, null, mutable);
        }
        CanonicalType defined = find(ValueTypes.heapType(code), group, known, made);
        return new FieldType(ValueTypes.reference(ValueTypes.isNullable(code), 0), defined, mutable);
    }

    private static final class Words {
        private long[] words = new long[16];
        private int count;

        void add(long word) {
            if (count == words.length) {
                words = Arrays.copyOf(words, 2 * count);
            }
            words[count++] = word;
        }

        long[] all() {
            return Arrays.copyOf(words, count);
        }
    }
}
