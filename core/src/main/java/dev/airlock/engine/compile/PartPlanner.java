package dev.airlock.engine.compile;

import dev.airlock.engine.simd.IdleSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Finds out whether a function is too large for one JVM method, and which of its parts become methods of their own. HotSpot
 * compiles no method of more than 8,000 bytes, and none may have more than 65,535.
 *
 * <p>In each construct, operators and inner constructs follow each other; as many as fit are put together, and what does not
 * fit is put into another part. Where there are very many parts, parts of parts are made. All sizes are estimates.
 */
final class PartPlanner extends IdleSink {
    /** About how large a method may be. Tests set the property to have even small functions in parts. */
    static final int LIMIT = Integer.getInteger("airlock.partSize", 4_500);

    /** HotSpot compiles methods of at most 8,000 bytes. */
    static final int MOST_BYTES = LIMIT * 16 / 9;

    /** A function that is estimated to be smaller stays as it is: it becomes up to a fifth more. */
    private static final int WHOLE = LIMIT + LIMIT / 3;

    /** A function that is estimated to be larger is not tried: compact code has about half as many bytes. */
    private static final int NOT_WHOLE = 2 * MOST_BYTES;

    /** The verifier compares every instruction with all handlers around it. */
    private static final int MOST_HANDLERS = 32;

    private static final int CALL = 60;
    private static final int EXIT = 12;
    private static final int NONE = Integer.MAX_VALUE;

    private final int smallest;
    private final List<Part> parts = new ArrayList<>();

    // For each open construct, what was not put into a part yet: single operators, and then what remains of them.
    private int[] starts = new int[16];
    private int[] begin = new int[16];
    private int[] cost = new int[16];
    private int[] pin = new int[16];
    private int[] exits = new int[16];
    private int[] outerBegin = new int[16];
    private int[] outerCost = new int[16];
    private int[] outerPin = new int[16];
    private int[] outerExits = new int[16];
    private int[] total = new int[16];
    private int[] lowest = new int[16];
    private int[] allExits = new int[16];
    private int[] handlers = new int[16];
    private boolean[] guards = new boolean[16];

    /** Whether it was a guard before its first handler began. */
    private boolean[] guarded = new boolean[16];

    // A nest: blocks of which each begins with the next. What has to stay where they begin; and what comes behind the
    // ends
    // of inner ones, which parts may be entered at.
    private boolean[] empty = new boolean[16];
    private boolean[] chains = new boolean[16];
    private boolean[] isNest = new boolean[16];
    private int[] nestStart = new int[16];
    private int[] head = new int[16];
    private int[] tailStart = new int[16];
    private int[] tail = new int[16];
    private int[] tailExits = new int[16];

    private int depth;
    private int position;
    private int next;
    private int estimate;
    private int deepest;

    PartPlanner(int smallest) {
        this.smallest = smallest;
    }

    /**
     * Plans the parts of a body; none if it is small enough.
     *
     * @param sizeAsOne compiles it as one method, and returns how many bytes of code that has: asked where the estimate is near
     *     the limit, since calls between parts would slow small functions that are called often, such as allocators
     */
    static List<Part> plan(Recording recording, IntSupplier sizeAsOne) {
        if (recording.size() < WHOLE / 30 && !recording.facts().handlers) {
            return List.of();
        }
        List<Part> best = List.of();
        for (int smallest : new int[] {LIMIT / 5, LIMIT / 15, LIMIT / 45}) {
            PartPlanner planner = new PartPlanner(smallest);
            recording.replay(planner, planner::at);
            if (smallest == LIMIT / 5
                    && planner.deepest <= MOST_HANDLERS
                    && (planner.estimate <= WHOLE
                            || (planner.estimate <= NOT_WHOLE && sizeAsOne.getAsInt() <= MOST_BYTES))) {
                return List.of();
            }
            best = planner.parts;
            if (planner.total[0] <= LIMIT + LIMIT / 3) {
                break;
            }
        }
        best.sort(Comparator.<Part>comparingInt(part -> part.start).thenComparingInt(part -> -part.end));
        return best;
    }

    private void at(int operatorPosition, int nextPosition, int operatorCost) {
        position = operatorPosition;
        next = nextPosition;
        estimate += operatorCost;
        pendingCost = operatorCost;
    }

    private int pendingCost;

    /** Called after the method of each operator that is no construct's. */
    void plain() {
        item(position, next, pendingCost, NONE, 0, 0);
    }

    @Override
    public void begin(int[] locals, int[] results, int parameters) {
        open(false, 0);
    }

    private void open(boolean isGuard, int at) {
        if (depth == starts.length) {
            int length = 2 * depth;
            starts = Arrays.copyOf(starts, length);
            begin = Arrays.copyOf(begin, length);
            cost = Arrays.copyOf(cost, length);
            pin = Arrays.copyOf(pin, length);
            exits = Arrays.copyOf(exits, length);
            outerBegin = Arrays.copyOf(outerBegin, length);
            outerCost = Arrays.copyOf(outerCost, length);
            outerPin = Arrays.copyOf(outerPin, length);
            outerExits = Arrays.copyOf(outerExits, length);
            total = Arrays.copyOf(total, length);
            lowest = Arrays.copyOf(lowest, length);
            allExits = Arrays.copyOf(allExits, length);
            handlers = Arrays.copyOf(handlers, length);
            guards = Arrays.copyOf(guards, length);
            guarded = Arrays.copyOf(guarded, length);
            empty = Arrays.copyOf(empty, length);
            chains = Arrays.copyOf(chains, length);
            isNest = Arrays.copyOf(isNest, length);
            nestStart = Arrays.copyOf(nestStart, length);
            head = Arrays.copyOf(head, length);
            tailStart = Arrays.copyOf(tailStart, length);
            tail = Arrays.copyOf(tail, length);
            tailExits = Arrays.copyOf(tailExits, length);
        }
        starts[depth] = at;
        cost[depth] = 0;
        outerCost[depth] = 0;
        total[depth] = 0;
        lowest[depth] = NONE;
        allExits[depth] = 0;
        handlers[depth] = 0;
        guards[depth] = isGuard;
        guarded[depth] = false;
        empty[depth] = true;
        chains[depth] = false;
        isNest[depth] = false;
        depth++;
    }

    /**
     * Adds something to the innermost construct.
     *
     * @param level the outermost construct that it needs in the same method, by depth
     * @param out how many branches leave it
     */
    private void item(int start, int end, int size, int level, int out, int height) {
        int d = depth - 1;
        handlers[d] = Math.max(handlers[d], height);
        lowest[d] = Math.min(lowest[d], level);
        allExits[d] += out;
        empty[d] &= size == 0;
        if (isNest[d]) {
            if (level == NONE) {
                behindNest(start, size, out);
                return;
            }
            asOne();
        }
        if (cost[d] > 0 && cost[d] + size > LIMIT) {
            flush(start);
        }
        if (cost[d] == 0) {
            begin[d] = start;
            pin[d] = NONE;
            exits[d] = 0;
        }
        cost[d] += size;
        pin[d] = Math.min(pin[d], level);
        exits[d] += out;
    }

    /** Adds something behind the inner blocks of a nest. */
    private void behindNest(int start, int size, int out) {
        int d = depth - 1;
        if (tail[d] + size > LIMIT) {
            tailPart(start);
        }
        tail[d] += size;
        tailExits[d] += out;
    }

    /** Makes a part of what is behind the inner blocks. */
    private void tailPart(int end) {
        int d = depth - 1;
        int call = 10 + CALL + EXIT * Math.min(tailExits[d], MOST_EXITS);
        if (tail[d] - call > smallest) {
            parts.add(new Part(tailStart[d], end));
            head[d] += call;
        } else {
            head[d] += tail[d];
        }
        tailStart[d] = end;
        tail[d] = 0;
        tailExits[d] = 0;
        if (head[d] > LIMIT) {
            parts.add(new Part(nestStart[d], end));
            head[d] = CALL + EXIT * Math.min(allExits[d], MOST_EXITS);
        }
    }

    /** More branches than this most often go to the same places. */
    private static final int MOST_EXITS = 24;

    /** Makes one thing of a nest, of which no part may be entered within. */
    private void asOne() {
        int d = depth - 1;
        isNest[d] = false;
        begin[d] = nestStart[d];
        cost[d] = head[d] + tail[d];
        pin[d] = NONE;
        exits[d] = allExits[d];
    }

    /** Makes a block part of a nest, if it is what the construct around it begins with. */
    private boolean nest(int start) {
        // The block is no longer open.
        int d = depth;
        int outer = depth - 1;
        if (!chains[d] || !empty[outer]) {
            return false;
        }
        empty[outer] = false;
        isNest[outer] = true;
        nestStart[outer] = start;
        allExits[outer] += allExits[d];
        handlers[outer] = Math.max(handlers[outer], handlers[d]);
        if (isNest[d]) {
            head[outer] = head[d] + 15;
            tailStart[outer] = tailStart[d];
            tail[outer] = tail[d] + 4;
            tailExits[outer] = tailExits[d];
        } else {
            head[outer] = total[d] + 15;
            tailStart[outer] = position;
            tail[outer] = 4;
            tailExits[outer] = 0;
        }
        return true;
    }

    /** Makes a part of what was put together, if that is worth it. */
    private void flush(int end) {
        int d = depth - 1;
        if (cost[d] == 0) {
            return;
        }
        int size = reduced(begin[d], end, cost[d], pin[d], exits[d]);
        if (outerCost[d] > 0 && outerCost[d] + size > LIMIT) {
            flushOuter(begin[d]);
        }
        if (outerCost[d] == 0) {
            outerBegin[d] = begin[d];
            outerPin[d] = NONE;
            outerExits[d] = 0;
        }
        outerCost[d] += size;
        outerPin[d] = Math.min(outerPin[d], pin[d]);
        outerExits[d] += exits[d];
        cost[d] = 0;
    }

    private void flushOuter(int end) {
        int d = depth - 1;
        if (outerCost[d] > 0) {
            total[d] += reduced(outerBegin[d], end, outerCost[d], outerPin[d], outerExits[d]);
            outerCost[d] = 0;
        }
    }

    private int reduced(int start, int end, int size, int level, int out) {
        int call = CALL + EXIT * Math.min(out, 10_000);
        if (level >= depth && size - call > smallest) {
            parts.add(new Part(start, end));
            return call;
        }
        return size;
    }

    /** Ends one arm of a construct. Returns what remains of all of its arms. */
    private int endArm() {
        int d = depth - 1;
        if (isNest[d]) {
            if (head[d] + tail[d] > LIMIT) {
                tailPart(position);
            }
            asOne();
        }
        if (total[d] + outerCost[d] + cost[d] > LIMIT) {
            flush(position);
            if (total[d] + outerCost[d] > LIMIT) {
                flushOuter(position);
            }
        }
        total[d] += outerCost[d] + cost[d];
        outerCost[d] = 0;
        cost[d] = 0;
        return total[d];
    }

    @Override
    public void block(int[] params, int[] results) {
        openChaining(params, results);
    }

    /** Opens a block or loop, which may be part of a nest if it has neither parameters nor results. */
    private void openChaining(int[] params, int[] results) {
        open(false, position);
        chains[depth - 1] = params.length == 0 && results.length == 0 && empty[depth - 2];
    }

    @Override
    public void loop(int[] params, int[] results) {
        openChaining(params, results);
    }

    @Override
    public void ifThen(int[] params, int[] results) {
        open(false, position);
    }

    @Override
    public void tryTable(int[] params, int[] results, CatchClause[] clauses) {
        open(true, position);
        allExits[depth - 1] += clauses.length;
        total[depth - 1] += 40 * clauses.length;
    }

    @Override
    public void tryLegacy(int[] params, int[] results) {
        open(true, position);
    }

    @Override
    public void otherwise(boolean reachable) {
        endArm();
    }

    @Override
    public void catchLegacy(boolean reachable, int tag) {
        endArm();
        total[depth - 1] += 40;
        guarded[depth - 1] |= guards[depth - 1];
        guards[depth - 1] = false;
    }

    @Override
    public void catchAllLegacy(boolean reachable) {
        catchLegacy(reachable, 0);
    }

    @Override
    public void delegate(boolean reachable, int out) {
        // Counted from outside of this construct, and then to what handles exceptions there.
        int target = depth - 2 - out;
        while (target > 0 && !guards[target]) {
            target--;
        }
        lowest[depth - 1] = Math.min(lowest[depth - 1], Math.max(0, target));
        end(reachable);
    }

    @Override
    public void rethrow(int out) {
        item(position, next, pendingCost, depth - 1 - out, 0, 0);
    }

    @Override
    public void end(boolean reachable) {
        boolean stays = depth > 1 && chains[depth - 1] && isNest[depth - 1] && lowest[depth - 1] == NONE;
        int size = stays ? 0 : endArm() + 12;
        if (depth == 1) {
            deepest = handlers[0];
            return;
        }
        int d = depth - 1;
        int start = starts[d];
        if (chains[d] && lowest[d] == NONE) {
            depth--;
            if (nest(start)) {
                return;
            }
            depth++;
            size = stays ? endArm() + 12 : size;
        }
        boolean isGuard = guards[d] || guarded[d];
        int height = handlers[d] + (isGuard ? 1 : 0);
        int level = lowest[d];
        int out = allExits[d];
        depth--;
        deepest = Math.max(deepest, height);
        if (isGuard && height >= MOST_HANDLERS && level >= depth) {
            parts.add(new Part(start, next));
            item(start, next, CALL + EXIT * out, level, out, 0);
        } else {
            item(start, next, size, level, out, height);
        }
    }

    private void branches(int count) {
        item(position, next, pendingCost, NONE, count, 0);
    }

    @Override
    public void br(int out) {
        branches(1);
    }

    @Override
    public void brIf(int out) {
        branches(1);
    }

    @Override
    public void brTable(int[] depths, int defaultDepth) {
        branches(1 + (int) Arrays.stream(depths).distinct().count());
    }

    @Override
    public void brOnNull(int out) {
        branches(1);
    }

    @Override
    public void brOnNonNull(int out) {
        branches(1);
    }

    @Override
    public void brOnCast(int out, int from, int to, boolean onFail) {
        branches(1);
    }

    @Override
    public void returnFromBody() {
        branches(1);
    }
}
