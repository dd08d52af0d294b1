package dev.airlock.engine.simd;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.validate.ValidModule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the form of each vector of a body before its code is made. Values that reach each other through locals, bits and
 * shuffles belong together; every operator that makes or takes one in its own lanes votes for them, and votes in loops weigh
 * more. Values at labels, of calls, globals and the heap are two longs.
 *
 * <p>Only vectors are followed, so the stack here has no scalars.
 */
public final class VectorForms extends IdleSink {
    /** What of a module tells how many vectors an operator takes and gives. */
    public record Types(
            IntFunction<int[]> params,
            IntFunction<int[]> results,
            IntFunction<int[]> fields,
            IntUnaryOperator typeOfFunction,
            IntUnaryOperator typeOfTag,
            IntUnaryOperator typeOfGlobal) {
        public static Types of(ValidModule module) {
            return new Types(
                    module::params,
                    module::results,
                    module::fields,
                    module::functionTypeIndex,
                    module::tagTypeIndex,
                    module::globalType);
        }
    }

    private static final VectorForm[] FORMS = VectorForm.values();
    private static final int HEAVIEST = 4;

    /** A value, or a local, of a form that is fixed, is the number of that form; others follow. */
    private static final int FIXED = FORMS.length;

    private static final int LONGS = VectorForm.LONGS.ordinal();

    private record Scope(int height, int params, int results, boolean isLoop) {}

    private final Types types;
    private final boolean objects;
    private final List<Scope> scopes = new ArrayList<>();

    private int[] locals = {};
    private int[] parents = new int[16];
    private int[] votes = new int[16 * FIXED];
    private int nodes = FIXED;
    private int[] stack = new int[16];
    private int size;
    private int loops;

    /** The nodes of the results of operators on vectors, in order. */
    private int[] results = new int[16];

    private int resultCount;

    /** @param objects whether all vectors are objects; this needs to follow no body then */
    public VectorForms(Types types, boolean objects) {
        this.types = types;
        this.objects = objects;
    }

    public boolean areObjects() {
        return objects;
    }

    /** Returns the form of a local that is a vector. */
    public VectorForm ofLocal(int local) {
        return objects ? VectorForm.OBJECT : form(locals[local]);
    }

    /** Returns the form in which an operator takes a constant as an operand; null if any will do. */
    @Nullable
    public VectorForm ofOperand(int opcode) {
        return objects
                ? VectorForm.OBJECT
                : Wish.of(VectorOperators.of(opcode).number()).operands();
    }

    /** Returns the form in which an operator gives its result, by its number among those operators that give vectors. */
    public VectorForm ofResult(int index) {
        return objects ? VectorForm.OBJECT : form(results[index]);
    }

    private VectorForm form(int node) {
        int root = find(node);
        if (root < FIXED) {
            return FORMS[root];
        }
        int best = LONGS;
        for (int i = 0; i < FIXED; i++) {
            if (votes[root * FIXED + i] > votes[root * FIXED + best]) {
                best = i;
            }
        }
        return FORMS[best];
    }

    private int free() {
        if (nodes == parents.length) {
            parents = Arrays.copyOf(parents, 2 * nodes);
            votes = Arrays.copyOf(votes, 2 * nodes * FIXED);
        }
        parents[nodes] = nodes;
        return nodes++;
    }

    private int find(int node) {
        int root = node;
        while (root >= FIXED && parents[root] != root) {
            parents[root] = parents[parents[root]];
            root = parents[root];
        }
        return root;
    }

    /** Makes two values have one form if both can. */
    private void join(int a, int b) {
        int first = find(a);
        int second = find(b);
        if (first < FIXED) {
            vote(second, first);
        } else if (second < FIXED) {
            vote(first, second);
        } else if (first != second) {
            parents[second] = first;
            for (int i = 0; i < FIXED; i++) {
                add(first, i, votes[second * FIXED + i]);
            }
        }
    }

    private void vote(int node, int form) {
        int root = find(node);
        if (root >= FIXED) {
            add(root, form, 1 << 3 * Math.min(loops, HEAVIEST));
        }
    }

    private void add(int root, int form, int weight) {
        int index = root * FIXED + form;
        votes[index] = Math.min(votes[index] + weight, Integer.MAX_VALUE / 2);
    }

    private void push(int node) {
        if (size == stack.length) {
            stack = Arrays.copyOf(stack, 2 * size);
        }
        stack[size++] = node;
    }

    private int pop() {
        return stack[--size];
    }

    /** Takes values that leave the body's view. */
    private void popLongs(int count) {
        for (int i = 0; i < count; i++) {
            vote(pop(), LONGS);
        }
    }

    private void pushLongs(int count) {
        for (int i = 0; i < count; i++) {
            push(LONGS);
        }
    }

    private static int vectors(int[] types) {
        int count = 0;
        for (int type : types) {
            count += type == ValueTypes.V128 ? 1 : 0;
        }
        return count;
    }

    @Override
    public void begin(int[] localTypes, int[] resultTypes, int parameters) {
        locals = new int[localTypes.length];
        for (int i = 0; i < locals.length; i++) {
            if (localTypes[i] == ValueTypes.V128) {
                locals[i] = free();
                if (i < parameters) {
                    vote(locals[i], LONGS);
                }
            }
        }
        scopes.add(new Scope(0, 0, vectors(resultTypes), false));
    }

    private void open(int[] params, int[] results, boolean isLoop) {
        int count = vectors(params);
        popLongs(count);
        scopes.add(new Scope(size, count, vectors(results), isLoop));
        pushLongs(count);
        loops += isLoop ? 1 : 0;
    }

    @Override
    public void block(int[] params, int[] results) {
        open(params, results, false);
    }

    @Override
    public void loop(int[] params, int[] results) {
        open(params, results, true);
    }

    @Override
    public void ifThen(int[] params, int[] results) {
        open(params, results, false);
    }

    @Override
    public void tryTable(int[] params, int[] results, CatchClause[] clauses) {
        open(params, results, false);
    }

    @Override
    public void tryLegacy(int[] params, int[] results) {
        open(params, results, false);
    }

    private Scope top() {
        return scopes.get(scopes.size() - 1);
    }

    private void leave(boolean reachable, int height, int pushed) {
        if (reachable) {
            popLongs(top().results());
        }
        size = height;
        pushLongs(pushed);
    }

    @Override
    public void otherwise(boolean reachable) {
        leave(reachable, top().height(), top().params());
    }

    @Override
    public void catchLegacy(boolean reachable, int tag) {
        leave(
                reachable,
                top().height(),
                vectors(types.params().apply(types.typeOfTag().applyAsInt(tag))));
    }

    @Override
    public void catchAllLegacy(boolean reachable) {
        leave(reachable, top().height(), 0);
    }

    @Override
    public void delegate(boolean reachable, int depth) {
        end(reachable);
    }

    @Override
    public void end(boolean reachable) {
        Scope scope = top();
        leave(reachable, scope.height(), scope.results());
        scopes.remove(scopes.size() - 1);
        loops -= scope.isLoop() ? 1 : 0;
    }

    @Override
    public void call(int function) {
        call(types.typeOfFunction().applyAsInt(function), true);
    }

    @Override
    public void callIndirect(int type, int table) {
        call(type, true);
    }

    @Override
    public void callRef(int type) {
        call(type, true);
    }

    private void call(int type, boolean returns) {
        popLongs(vectors(types.params().apply(type)));
        if (returns) {
            pushLongs(vectors(types.results().apply(type)));
        }
    }

    @Override
    public void returnCall(int function) {
        call(types.typeOfFunction().applyAsInt(function), false);
    }

    @Override
    public void returnCallIndirect(int type, int table) {
        call(type, false);
    }

    @Override
    public void returnCallRef(int type) {
        call(type, false);
    }

    @Override
    public void drop(int type) {
        size -= type == ValueTypes.V128 ? 1 : 0;
    }

    @Override
    public void select(int type) {
        if (type == ValueTypes.V128) {
            join(stack[size - 2], stack[size - 1]);
            int second = pop();
            int first = pop();
            push(first < FIXED ? second : first);
        }
    }

    @Override
    public void localGet(int local) {
        if (locals[local] != 0) {
            push(locals[local]);
        }
    }

    @Override
    public void localSet(int local) {
        if (locals[local] != 0) {
            join(pop(), locals[local]);
        }
    }

    @Override
    public void localTee(int local) {
        localSet(local);
        localGet(local);
    }

    @Override
    public void globalGet(int global) {
        if (types.typeOfGlobal().applyAsInt(global) == ValueTypes.V128) {
            push(LONGS);
        }
    }

    @Override
    public void globalSet(int global) {
        if (types.typeOfGlobal().applyAsInt(global) == ValueTypes.V128) {
            popLongs(1);
        }
    }

    private static final int STRUCT_NEW = 0xFB << 16;
    private static final int STRUCT_SET = STRUCT_NEW | 5;
    private static final int ARRAY_NEW = STRUCT_NEW | 6;
    private static final int ARRAY_NEW_FIXED = STRUCT_NEW | 8;
    private static final int ARRAY_GET = STRUCT_NEW | 11;
    private static final int ARRAY_SET = STRUCT_NEW | 14;
    private static final int ARRAY_FILL = STRUCT_NEW | 16;

    @Override
    public void struct(int opcode, int type, int field) {
        int[] fields = types.fields().apply(type);
        if (opcode == STRUCT_NEW) {
            popLongs(vectors(fields));
        } else if (opcode > STRUCT_NEW + 1 && fields[field] == ValueTypes.V128) {
            if (opcode == STRUCT_SET) {
                popLongs(1);
            } else {
                push(LONGS);
            }
        }
    }

    @Override
    public void array(int opcode, int type, int other) {
        switch (opcode) {
            case ARRAY_NEW, ARRAY_SET, ARRAY_FILL ->
                popLongs(vectors(types.fields().apply(type)));
            case ARRAY_NEW_FIXED -> popLongs(vectors(types.fields().apply(type)) * other);
            case ARRAY_GET -> pushLongs(vectors(types.fields().apply(type)));
            default -> {
                // None of the others takes or gives an element.
            }
        }
    }

    @Override
    public void v128Const(long low, long high) {
        push(free());
    }

    @Override
    public void vector(int opcode) {
        operator(opcode);
    }

    @Override
    public void vectorLane(int opcode, int lane) {
        operator(opcode);
    }

    @Override
    public void vectorShuffle(long low, long high) {
        operator(VectorEmitter.SHUFFLE);
    }

    @Override
    public void vectorMemory(int opcode, int memory, long offset, int lane) {
        operator(opcode);
    }

    private void operator(int opcode) {
        VectorOperators.Operator operator = VectorOperators.of(opcode);
        Wish lanes = Wish.of(operator.number());
        VectorForm taken = lanes.operands();
        VectorForm given = lanes.result();
        int result = given == null ? operator.returnsVector() ? free() : LONGS : given.ordinal();
        for (int i = 0; i < operator.operands().length(); i++) {
            if (operator.operands().charAt(i) != 'V') {
                continue;
            }
            int operand = pop();
            if (taken != null) {
                vote(operand, taken.ordinal());
            }
            if (lanes.joins()) {
                join(operand, result);
            }
        }
        if (operator.returnsVector()) {
            if (resultCount == results.length) {
                results = Arrays.copyOf(results, 2 * resultCount);
            }
            results[resultCount++] = result;
            push(result);
        }
    }

    /**
     * What an operator wants.
     *
     * @param operands the form of its operands; null if it takes any
     * @param result the form of its result; null if it gives any
     * @param joins whether operands and result are better in one form, whichever that is
     */
    private record Wish(
            @Nullable VectorForm operands, @Nullable VectorForm result, boolean joins) {
        private static final Wish ANY = new Wish(null, null, false);
        private static final Wish JOINS = new Wish(null, null, true);
        private static final Wish HALVES = new Wish(VectorForm.LONGS, VectorForm.LONGS, false);

        /** @param number without the prefix */
        static Wish of(int number) {
            VectorLaneOperators.Recipe recipe = VectorLaneOperators.of(number);
            if (recipe != null) {
                return new Wish(recipe.from(), recipe.to(), false);
            }
            return switch (number) {
                case 0x00, 0x09, 0x0A, 0x0B, 0x0C, 0x53, 0x5A, 0x5C, 0x5D -> ANY;
                case 0x0D, 0x4D, 0x4E, 0x4F, 0x50, 0x51, 0x52, 0x56, 0x57 -> JOINS;
                case 0x11, 0x1B, 0x1C, 0xA3, 0xA4 -> new Wish(VectorForm.INTS, VectorForm.INTS, false);
                case 0x13, 0x1F, 0x20 -> new Wish(VectorForm.FLOATS, VectorForm.FLOATS, false);
                case 0x14, 0x21, 0x22 -> new Wish(VectorForm.DOUBLES, VectorForm.DOUBLES, false);
                case 0x5E -> new Wish(VectorForm.DOUBLES, VectorForm.FLOATS, false);
                case 0xFC, 0xFD -> new Wish(VectorForm.DOUBLES, VectorForm.INTS, false);
                case 0x5F -> new Wish(VectorForm.FLOATS, VectorForm.DOUBLES, false);
                case 0xFE, 0xFF -> new Wish(VectorForm.INTS, VectorForm.DOUBLES, false);
                case 0xA7, 0xA8, 0xA9, 0xAA, 0xBC, 0xBD, 0xBE, 0xBF ->
                    new Wish(VectorForm.LONGS, VectorForm.INTS, false);
                case 0x85, 0x86, 0xC7, 0xC8, 0xC9, 0xCA, 0xDC, 0xDD, 0xDE, 0xDF ->
                    new Wish(VectorForm.INTS, VectorForm.LONGS, false);
                default -> HALVES;
            };
        }
    }
}
