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
    private static final Map<Object, Entry> GROUPS = new HashMap<>();
    private static final ReferenceQueue<CanonicalType[]> DEAD = new ReferenceQueue<>();

    private static final FieldType[] NO_FIELDS = {};

    /** Types without an index, see {@link #plain}; guarded by {@link #GROUPS}. */
    private static final @Nullable FieldType[] PLAIN = new FieldType[0x400];

    /** Differ in each process, so that a module cannot be made of types with one hash code. */
    private static final long SEED = new SplittableRandom().nextLong();

    private static final long FACTOR = new SplittableRandom().nextLong() | 1;

    /** A group to look up: what it says, see {@link #words}. */
    private record Key(int[] words, int hash) {
        static Key of(int[] words) {
            long mixed = SEED;
            for (int word : words) {
                mixed = (mixed ^ word) * FACTOR;
                mixed ^= mixed >>> 29;
            }
            return new Key(words, (int) (mixed ^ mixed >>> 32));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Entry entry && hash == entry.hash && Arrays.equals(words, entry.words);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** A group that is known; also its own key, since there may be a million of them. */
    private static final class Entry extends WeakReference<CanonicalType[]> {
        private final int[] words;
        private final int hash;

        Entry(CanonicalType[] group, Key key) {
            super(group, DEAD);
            this.words = key.words;
            this.hash = key.hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private TypeCanon() {}

    /**
     * Returns the types of a group.
     *
     * @param known the types before it
     */
    static CanonicalType[] group(RecursionGroup group, CanonicalType[] known) {
        Key key = Key.of(words(group, known));
        synchronized (GROUPS) {
            for (var dead = DEAD.poll(); dead != null; dead = DEAD.poll()) {
                GROUPS.remove(dead);
            }
            Entry entry = GROUPS.get(key);
            CanonicalType[] found = entry == null ? null : entry.get();
            if (found == null) {
                if (entry != null) {
                    GROUPS.remove(entry);
                }
                found = make(group, known);
                entry = new Entry(found, key);
                GROUPS.put(entry, entry);
            }
            return found;
        }
    }

    private static int[] words(RecursionGroup group, CanonicalType[] known) {
        var words = new Words();
        for (SubType type : group.types()) {
            words.add(type.kind() | (type.isFinal() ? 0x100 : 0));
            if (type.supertype() < 0) {
                words.add(0);
            } else {
                reference(words, type.supertype(), group, known);
            }
            words.add(type.first().length);
            words.add(type.results().length);
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
        words.add(mutable ? ~plain : plain);
        if (concrete) {
            reference(words, ValueTypes.heapType(code), group, known);
        }
    }

    private static boolean isConcrete(int code) {
        return ValueTypes.isReference(code) && !ValueTypes.isAbstract(ValueTypes.heapType(code));
    }

    /** A type of the group by its position, negative; another by its number, in two words. */
    private static void reference(Words words, int index, RecursionGroup group, CanonicalType[] known) {
        if (index >= group.first()) {
            words.add(-1 - (index - group.first()));
        } else {
            long id = known[index].id();
            words.add((int) (id >>> 31) + 1);
            words.add((int) id & Integer.MAX_VALUE);
        }
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
            FieldType[] first = fields(type.first().length);
            for (int j = 0; j < first.length; j++) {
                first[j] = field(type.first()[j], j < type.mutable().length && type.mutable()[j], group, known, made);
            }
            FieldType[] results = fields(type.results().length);
            for (int j = 0; j < results.length; j++) {
                results[j] = field(type.results()[j], false, group, known, made);
            }
            made[i].describe(first, results);
        }
        return made;
    }

    private static FieldType[] fields(int count) {
        return count == 0 ? NO_FIELDS : new FieldType[count];
    }

    private static CanonicalType find(int index, RecursionGroup group, CanonicalType[] known, CanonicalType[] made) {
        return index >= group.first() ? made[index - group.first()] : known[index];
    }

    private static FieldType field(
            int code, boolean mutable, RecursionGroup group, CanonicalType[] known, CanonicalType[] made) {
        if (!isConcrete(code)) {
            return plain(code, mutable);
        }
        CanonicalType defined = find(ValueTypes.heapType(code), group, known, made);
        return new FieldType(ValueTypes.reference(ValueTypes.isNullable(code), 0), defined, mutable);
    }

    /** A type without an index: there are few, and millions of places that have one. */
    private static FieldType plain(int code, boolean mutable) {
        int index = (code & 0x7F)
                | (ValueTypes.isReference(code) ? 0x80 : 0)
                | (ValueTypes.isNullable(code) ? 0x100 : 0)
                | (mutable ? 0x200 : 0);
        FieldType known = PLAIN[index];
        if (known == null) {
            known = new FieldType(code, null, mutable);
            PLAIN[index] = known;
        }
        return known;
    }

    private static final class Words {
        private int[] words = new int[16];
        private int count;

        void add(int word) {
            if (count == words.length) {
                words = Arrays.copyOf(words, 2 * count);
            }
            words[count++] = word;
        }

        int[] all() {
            return Arrays.copyOf(words, count);
        }
    }
}
