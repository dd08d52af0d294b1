package dev.airlock.engine.compile;

import dev.airlock.engine.simd.IdleSink;
import dev.airlock.engine.simd.VectorEmitter;
import dev.airlock.engine.validate.CodeSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operators of one body, kept to be passed on: what a JVM method needs to have at its start (which locals are set, which
 * labels are jumped to, how much code it will be) is known only at the end of the body.
 */
final class Recording implements CodeSink {
    private static final int AT = -1;
    private static final int BLOCK = 0;
    private static final int LOOP = 1;
    private static final int IF_THEN = 2;
    private static final int OTHERWISE = 3;
    private static final int TRY_TABLE = 4;
    private static final int TRY_LEGACY = 5;
    private static final int CATCH_LEGACY = 6;
    private static final int CATCH_ALL_LEGACY = 7;
    private static final int DELEGATE = 8;
    private static final int RETHROW = 9;
    private static final int END = 10;
    private static final int UNREACHABLE = 11;
    private static final int BR = 12;
    private static final int BR_IF = 13;
    private static final int BR_TABLE = 14;
    private static final int BR_ON_NULL = 15;
    private static final int BR_ON_NON_NULL = 16;
    private static final int BR_ON_CAST = 17;
    private static final int RETURN_FROM_BODY = 18;
    private static final int CALL = 19;
    private static final int CALL_INDIRECT = 20;
    private static final int CALL_REF = 21;
    private static final int RETURN_CALL = 22;
    private static final int RETURN_CALL_INDIRECT = 23;
    private static final int RETURN_CALL_REF = 24;
    private static final int THROW_TAG = 25;
    private static final int THROW_REF = 26;
    private static final int DROP = 27;
    private static final int SELECT = 28;
    private static final int LOCAL_GET = 29;
    private static final int LOCAL_SET = 30;
    private static final int LOCAL_TEE = 31;
    private static final int GLOBAL_GET = 32;
    private static final int GLOBAL_SET = 33;
    private static final int I32_CONST = 34;
    private static final int I64_CONST = 35;
    private static final int F32_CONST = 36;
    private static final int F64_CONST = 37;
    private static final int V128_CONST = 38;
    private static final int NUMERIC = 39;
    private static final int LOAD = 40;
    private static final int STORE = 41;
    private static final int MEMORY_SIZE = 42;
    private static final int MEMORY_GROW = 43;
    private static final int MEMORY_FILL = 44;
    private static final int MEMORY_COPY = 45;
    private static final int MEMORY_INIT = 46;
    private static final int DATA_DROP = 47;
    private static final int TABLE_GET = 48;
    private static final int TABLE_SET = 49;
    private static final int TABLE_SIZE = 50;
    private static final int TABLE_GROW = 51;
    private static final int TABLE_FILL = 52;
    private static final int TABLE_COPY = 53;
    private static final int TABLE_INIT = 54;
    private static final int ELEMENT_DROP = 55;
    private static final int REF_NULL = 56;
    private static final int REF_IS_NULL = 57;
    private static final int REF_FUNC = 58;
    private static final int REF_AS_NON_NULL = 59;
    private static final int REF_EQ = 60;
    private static final int STRUCT = 61;
    private static final int ARRAY = 62;
    private static final int REF_TEST = 63;
    private static final int REF_CAST = 64;
    private static final int CONVERSION = 65;
    private static final int VECTOR = 66;
    private static final int VECTOR_LANE = 67;
    private static final int VECTOR_SHUFFLE = 68;
    private static final int VECTOR_MEMORY = 69;
    private static final int ATOMIC = 70;

    private final BodyFacts facts = new BodyFacts();
    private final List<Object> objects = new ArrayList<>();
    private int[] code = new int[256];
    private int size;
    private int at;

    /** The numbers of the open constructs, innermost last; number 0 is the body. */
    private int[] open = new int[16];

    private int depth;
    private int constructs;
    private final boolean lines;

    /** @param lines whether the places of operators are kept */
    Recording(boolean lines) {
        this.lines = lines;
    }

    BodyFacts facts() {
        return facts;
    }

    /** How much was recorded: a measure of positions for {@link #replay}. */
    int size() {
        return size;
    }

    private void put(int value) {
        if (size == code.length) {
            code = Arrays.copyOf(code, 2 * size);
        }
        code[size++] = value;
    }

    private void putLong(long value) {
        put((int) value);
        put((int) (value >>> 32));
    }

    private void putObject(Object value) {
        put(objects.size());
        objects.add(value);
    }

    private long takeLong() {
        long low = code[at++] & 0xFFFF_FFFFL;
        return (long) code[at++] << 32 | low;
    }

    private void open() {
        if (depth == open.length) {
            open = Arrays.copyOf(open, 2 * depth);
        }
        open[depth++] = ++constructs;
    }

    private void close() {
        // The end of the body itself closes nothing.
        depth = Math.max(0, depth - 1);
    }

    /** Marks the label that many constructs out as a target. */
    private void use(int out) {
        int index = depth - 1 - out;
        facts.targets.set(index < 0 ? 0 : open[index]);
    }

    @Override
    public void begin(int[] locals, int[] results, int parameters) {
        facts.begin(locals, results, parameters);
    }

    @Override
    public void at(int offset) {
        if (lines) {
            put(AT);
            put(offset);
        }
    }

    @Override
    public void block(int[] params, int[] results) {
        put(BLOCK);
        putObject(params);
        putObject(results);
        open();
    }

    @Override
    public void loop(int[] params, int[] results) {
        put(LOOP);
        putObject(params);
        putObject(results);
        open();
    }

    @Override
    public void ifThen(int[] params, int[] results) {
        put(IF_THEN);
        putObject(params);
        putObject(results);
        open();
    }

    @Override
    public void otherwise(boolean reachable) {
        put(OTHERWISE);
        put(reachable ? 1 : 0);
    }

    @Override
    public void tryTable(int[] params, int[] results, CatchClause[] clauses) {
        put(TRY_TABLE);
        putObject(params);
        putObject(results);
        putObject(clauses);
        for (CatchClause clause : clauses) {
            use(clause.depth());
        }
        open();
        facts.handlers = true;
    }

    @Override
    public void tryLegacy(int[] params, int[] results) {
        put(TRY_LEGACY);
        putObject(params);
        putObject(results);
        open();
        facts.handlers = true;
    }

    @Override
    public void catchLegacy(boolean reachable, int tag) {
        put(CATCH_LEGACY);
        put(reachable ? 1 : 0);
        put(tag);
    }

    @Override
    public void catchAllLegacy(boolean reachable) {
        put(CATCH_ALL_LEGACY);
        put(reachable ? 1 : 0);
    }

    @Override
    public void delegate(boolean reachable, int depth) {
        put(DELEGATE);
        put(reachable ? 1 : 0);
        put(depth);
        close();
    }

    @Override
    public void rethrow(int depth) {
        put(RETHROW);
        put(depth);
    }

    @Override
    public void end(boolean reachable) {
        put(END);
        put(reachable ? 1 : 0);
        close();
    }

    @Override
    public void unreachable() {
        put(UNREACHABLE);
    }

    @Override
    public void br(int depth) {
        put(BR);
        put(depth);
        use(depth);
    }

    @Override
    public void brIf(int depth) {
        put(BR_IF);
        put(depth);
        use(depth);
    }

    @Override
    public void brTable(int[] depths, int defaultDepth) {
        put(BR_TABLE);
        putObject(depths);
        put(defaultDepth);
        for (int depth : depths) {
            use(depth);
        }
        use(defaultDepth);
    }

    @Override
    public void brOnNull(int depth) {
        put(BR_ON_NULL);
        put(depth);
        use(depth);
    }

    @Override
    public void brOnNonNull(int depth) {
        put(BR_ON_NON_NULL);
        put(depth);
        use(depth);
    }

    @Override
    public void brOnCast(int depth, int from, int to, boolean onFail) {
        put(BR_ON_CAST);
        put(depth);
        put(from);
        put(to);
        put(onFail ? 1 : 0);
        use(depth);
    }

    @Override
    public void returnFromBody() {
        put(RETURN_FROM_BODY);
    }

    @Override
    public void call(int function) {
        put(CALL);
        put(function);
        facts.calls = true;
    }

    @Override
    public void callIndirect(int type, int table) {
        put(CALL_INDIRECT);
        put(type);
        put(table);
        facts.calls = true;
    }

    @Override
    public void callRef(int type) {
        put(CALL_REF);
        put(type);
        facts.calls = true;
    }

    @Override
    public void returnCall(int function) {
        put(RETURN_CALL);
        put(function);
        facts.tailCalls = true;
    }

    @Override
    public void returnCallIndirect(int type, int table) {
        put(RETURN_CALL_INDIRECT);
        put(type);
        put(table);
        facts.tailCalls = true;
    }

    @Override
    public void returnCallRef(int type) {
        put(RETURN_CALL_REF);
        put(type);
        facts.tailCalls = true;
    }

    @Override
    public void throwTag(int tag) {
        put(THROW_TAG);
        put(tag);
    }

    @Override
    public void throwRef() {
        put(THROW_REF);
    }

    @Override
    public void drop(int type) {
        put(DROP);
        put(type);
    }

    @Override
    public void select(int type) {
        put(SELECT);
        put(type);
    }

    @Override
    public void localGet(int local) {
        facts.used.set(local);
        put(LOCAL_GET);
        put(local);
    }

    @Override
    public void localSet(int local) {
        facts.used.set(local);
        put(LOCAL_SET);
        put(local);
        facts.assigned.set(local);
    }

    @Override
    public void localTee(int local) {
        facts.used.set(local);
        put(LOCAL_TEE);
        put(local);
        facts.assigned.set(local);
    }

    @Override
    public void globalGet(int global) {
        put(GLOBAL_GET);
        put(global);
    }

    @Override
    public void globalSet(int global) {
        put(GLOBAL_SET);
        put(global);
    }

    @Override
    public void i32Const(int value) {
        put(I32_CONST);
        put(value);
    }

    @Override
    public void i64Const(long value) {
        put(I64_CONST);
        putLong(value);
    }

    @Override
    public void f32Const(int bits) {
        put(F32_CONST);
        put(bits);
    }

    @Override
    public void f64Const(long bits) {
        put(F64_CONST);
        putLong(bits);
    }

    @Override
    public void v128Const(long low, long high) {
        put(V128_CONST);
        facts.vectors = true;
        putLong(low);
        putLong(high);
    }

    @Override
    public void numeric(int opcode) {
        put(NUMERIC);
        put(opcode);
    }

    @Override
    public void load(int opcode, int memory, long offset) {
        put(LOAD);
        put(opcode);
        put(memory);
        putLong(offset);
        facts.load(memory);
    }

    @Override
    public void store(int opcode, int memory, long offset) {
        put(STORE);
        put(opcode);
        put(memory);
        putLong(offset);
        facts.store(memory);
    }

    @Override
    public void memorySize(int memory) {
        put(MEMORY_SIZE);
        put(memory);
    }

    @Override
    public void memoryGrow(int memory) {
        put(MEMORY_GROW);
        put(memory);
    }

    @Override
    public void memoryFill(int memory) {
        put(MEMORY_FILL);
        put(memory);
    }

    @Override
    public void memoryCopy(int target, int source) {
        put(MEMORY_COPY);
        put(target);
        put(source);
    }

    @Override
    public void memoryInit(int data, int memory) {
        put(MEMORY_INIT);
        put(data);
        put(memory);
    }

    @Override
    public void dataDrop(int data) {
        put(DATA_DROP);
        put(data);
    }

    @Override
    public void tableGet(int table) {
        put(TABLE_GET);
        put(table);
    }

    @Override
    public void tableSet(int table) {
        put(TABLE_SET);
        put(table);
    }

    @Override
    public void tableSize(int table) {
        put(TABLE_SIZE);
        put(table);
    }

    @Override
    public void tableGrow(int table) {
        put(TABLE_GROW);
        put(table);
    }

    @Override
    public void tableFill(int table) {
        put(TABLE_FILL);
        put(table);
    }

    @Override
    public void tableCopy(int target, int source) {
        put(TABLE_COPY);
        put(target);
        put(source);
    }

    @Override
    public void tableInit(int element, int table) {
        put(TABLE_INIT);
        put(element);
        put(table);
    }

    @Override
    public void elementDrop(int element) {
        put(ELEMENT_DROP);
        put(element);
    }

    @Override
    public void refNull(int type) {
        put(REF_NULL);
        put(type);
    }

    @Override
    public void refIsNull() {
        put(REF_IS_NULL);
    }

    @Override
    public void refFunc(int function) {
        put(REF_FUNC);
        put(function);
    }

    @Override
    public void refAsNonNull() {
        put(REF_AS_NON_NULL);
    }

    @Override
    public void refEq() {
        put(REF_EQ);
    }

    @Override
    public void struct(int opcode, int type, int field) {
        put(STRUCT);
        put(opcode);
        put(type);
        put(field);
    }

    @Override
    public void array(int opcode, int type, int other) {
        put(ARRAY);
        put(opcode);
        put(type);
        put(other);
    }

    @Override
    public void refTest(int type) {
        put(REF_TEST);
        put(type);
    }

    @Override
    public void refCast(int type) {
        put(REF_CAST);
        put(type);
    }

    @Override
    public void conversion(int opcode) {
        put(CONVERSION);
        put(opcode);
    }

    @Override
    public void vector(int opcode) {
        put(VECTOR);
        facts.vectors = true;
        put(opcode);
    }

    @Override
    public void vectorLane(int opcode, int lane) {
        put(VECTOR_LANE);
        facts.vectors = true;
        put(opcode);
        put(lane);
    }

    @Override
    public void vectorShuffle(long low, long high) {
        put(VECTOR_SHUFFLE);
        facts.vectors = true;
        putLong(low);
        putLong(high);
    }

    @Override
    public void vectorMemory(int opcode, int memory, long offset, int lane) {
        put(VECTOR_MEMORY);
        facts.vectors = true;
        put(opcode);
        put(memory);
        putLong(offset);
        put(lane);
        if (VectorEmitter.isStore(opcode)) {
            facts.store(memory);
        } else {
            facts.load(memory);
        }
    }

    @Override
    public void atomic(int opcode, int memory, long offset) {
        put(ATOMIC);
        put(opcode);
        put(memory);
        putLong(offset);
    }

    /** Passes everything on, with {@code begin} first. */
    void replay(CodeSink sink) {
        sink.begin(facts.locals, facts.results, facts.parameters);
        at = 0;
        while (at < size) {
            step(sink);
        }
    }

    /** Called before each operator is passed on. */
    interface Progress {
        /**
         * @param position where the operator is
         * @param next where the next one is
         * @param cost about how many bytes of JVM code it becomes
         */
        void at(int position, int next, int cost);
    }

    /** Passes everything on to a planner. */
    void replay(PartPlanner planner, Progress progress) {
        planner.begin(facts.locals, facts.results, facts.parameters);
        at = 0;
        while (at < size) {
            int position = at;
            int tag = code[position];
            skip();
            int next = at;
            progress.at(position, next, cost(tag, position));
            at = position;
            if (isPlain(tag)) {
                at = next;
                planner.plain();
            } else {
                step(planner);
            }
        }
    }

    private void skip() {
        step(SKIPPER);
    }

    private static final IdleSink SKIPPER = new IdleSink() {};

    /** Whether a planner need not know which operator it is. */
    private static boolean isPlain(int tag) {
        return tag == AT || (tag > BR_ON_CAST && tag != RETURN_FROM_BODY) || tag == UNREACHABLE;
    }

    private int cost(int tag, int position) {
        return switch (tag) {
            case AT -> 0;
            case LOCAL_GET, LOCAL_SET, LOCAL_TEE -> code[position + 1] < 250 ? 2 : 4;
            case I32_CONST, I64_CONST, NUMERIC -> 2;
            case LOAD -> 15;
            case STORE -> 34;
            case CALL, CALL_INDIRECT, GLOBAL_GET, GLOBAL_SET -> 10;
            case VECTOR, VECTOR_LANE, VECTOR_SHUFFLE, VECTOR_MEMORY -> 50;
            case BR_TABLE -> 20 + 12 * ((int[]) objects.get(code[position + 1])).length;
            case BLOCK, LOOP, END, OTHERWISE -> 4;
            default -> 12;
        };
    }

    /** Finds the locals that each part uses and sets. Parts are in order of their start, outer ones first. */
    void describe(List<Part> parts) {
        if (parts.isEmpty()) {
            return;
        }
        List<Part> open = new ArrayList<>();
        var constructs = new OpenConstructs();
        int upcoming = 0;
        at = 0;
        while (at < size) {
            while (!open.isEmpty() && open.get(open.size() - 1).end <= at) {
                closePart(open);
            }
            while (upcoming < parts.size() && parts.get(upcoming).start == at) {
                open.add(parts.get(upcoming++));
            }
            int tag = code[at];
            Part innermost = open.isEmpty() ? null : open.get(open.size() - 1);
            if (tag == BLOCK || tag == LOOP || tag == IF_THEN || tag == TRY_TABLE || tag == TRY_LEGACY) {
                constructs.begin(innermost, tag == BLOCK);
            } else if (tag == END || tag == DELEGATE) {
                constructs.end(innermost);
            }
            if (tag == LOCAL_GET || tag == LOCAL_SET || tag == LOCAL_TEE) {
                if (innermost != null) {
                    innermost.used.set(code[at + 1]);
                    if (tag != LOCAL_GET) {
                        innermost.assigned.set(code[at + 1]);
                    }
                }
            }
            skip();
        }
        while (!open.isEmpty()) {
            closePart(open);
        }
        facts.keepsLocals = hasManyLocals() || !facts.endsIn.isEmpty();
    }

    /** The parts in which the open constructs begin; the body has no number. */
    private final class OpenConstructs {
        private final List<@Nullable Part> parts = new ArrayList<>();
        private int[] numbers = new int[16];
        private int count;

        void begin(@Nullable Part part, boolean isBlock) {
            if (parts.size() == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * numbers.length);
            }
            count++;
            numbers[parts.size()] = isBlock ? count : 0;
            parts.add(part);
        }

        void end(@Nullable Part part) {
            if (parts.isEmpty()) {
                return;
            }
            int number = numbers[parts.size() - 1];
            if (parts.remove(parts.size() - 1) != part && part != null && number > 0 && facts.targets.get(number)) {
                part.enterAtEndOf(number);
                facts.endsIn.put(number, part);
            }
        }
    }

    /** A function with more locals does not pass them to its parts and back. */
    private static final int MOST_PASSED = Integer.getInteger("airlock.partLocals", 16);

    private void closePart(List<Part> open) {
        Part closed = open.remove(open.size() - 1);
        if (!open.isEmpty()) {
            Part outer = open.get(open.size() - 1);
            outer.hasParts = true;
            if (!hasManyLocals()) {
                outer.used.or(closed.used);
                outer.assigned.or(closed.assigned);
            }
        }
    }

    /** Whether it has more locals than are passed to parts and back; parts then use them where they are kept. */
    private boolean hasManyLocals() {
        return facts.used.cardinality() > MOST_PASSED;
    }

    /** Passes everything on, and tells where parts begin and end. */
    void replay(FunctionCompiler compiler, List<Part> parts) {
        compiler.begin(facts.locals, facts.results, facts.parameters);
        List<Part> open = new ArrayList<>();
        int upcoming = 0;
        at = 0;
        while (at < size) {
            while (!open.isEmpty() && open.get(open.size() - 1).end <= at) {
                compiler.endPart(open.remove(open.size() - 1));
            }
            while (upcoming < parts.size() && parts.get(upcoming).start == at) {
                open.add(parts.get(upcoming));
                compiler.beginPart(parts.get(upcoming++));
            }
            if (code[at] != AT) {
                compiler.count(endsBlock(code[at]));
            }
            step(compiler);
        }
    }

    /** Whether a basic block ends at an operator, so that what was counted has to be taken from the fuel. */
    private static boolean endsBlock(int tag) {
        return tag <= RETURN_FROM_BODY || (tag >= RETURN_CALL && tag <= THROW_REF);
    }

    private void step(CodeSink sink) {
        switch (code[at++]) {
            case AT -> sink.at(code[at++]);
            case BLOCK -> sink.block((int[]) objects.get(code[at++]), (int[]) objects.get(code[at++]));
            case LOOP -> sink.loop((int[]) objects.get(code[at++]), (int[]) objects.get(code[at++]));
            case IF_THEN -> sink.ifThen((int[]) objects.get(code[at++]), (int[]) objects.get(code[at++]));
            case OTHERWISE -> sink.otherwise(code[at++] != 0);
            case TRY_TABLE ->
                sink.tryTable((int[]) objects.get(code[at++]), (int[]) objects.get(code[at++]), (CatchClause[])
                        objects.get(code[at++]));
            case TRY_LEGACY -> sink.tryLegacy((int[]) objects.get(code[at++]), (int[]) objects.get(code[at++]));
            case CATCH_LEGACY -> sink.catchLegacy(code[at++] != 0, code[at++]);
            case CATCH_ALL_LEGACY -> sink.catchAllLegacy(code[at++] != 0);
            case DELEGATE -> sink.delegate(code[at++] != 0, code[at++]);
            case RETHROW -> sink.rethrow(code[at++]);
            case END -> sink.end(code[at++] != 0);
            case UNREACHABLE -> sink.unreachable();
            case BR -> sink.br(code[at++]);
            case BR_IF -> sink.brIf(code[at++]);
            case BR_TABLE -> sink.brTable((int[]) objects.get(code[at++]), code[at++]);
            case BR_ON_NULL -> sink.brOnNull(code[at++]);
            case BR_ON_NON_NULL -> sink.brOnNonNull(code[at++]);
            case BR_ON_CAST -> sink.brOnCast(code[at++], code[at++], code[at++], code[at++] != 0);
            case RETURN_FROM_BODY -> sink.returnFromBody();
            case CALL -> sink.call(code[at++]);
            case CALL_INDIRECT -> sink.callIndirect(code[at++], code[at++]);
            case CALL_REF -> sink.callRef(code[at++]);
            case RETURN_CALL -> sink.returnCall(code[at++]);
            case RETURN_CALL_INDIRECT -> sink.returnCallIndirect(code[at++], code[at++]);
            case RETURN_CALL_REF -> sink.returnCallRef(code[at++]);
            case THROW_TAG -> sink.throwTag(code[at++]);
            case THROW_REF -> sink.throwRef();
            case DROP -> sink.drop(code[at++]);
            case SELECT -> sink.select(code[at++]);
            case LOCAL_GET -> sink.localGet(code[at++]);
            case LOCAL_SET -> sink.localSet(code[at++]);
            case LOCAL_TEE -> sink.localTee(code[at++]);
            case GLOBAL_GET -> sink.globalGet(code[at++]);
            case GLOBAL_SET -> sink.globalSet(code[at++]);
            case I32_CONST -> sink.i32Const(code[at++]);
            case I64_CONST -> sink.i64Const(takeLong());
            case F32_CONST -> sink.f32Const(code[at++]);
            case F64_CONST -> sink.f64Const(takeLong());
            case V128_CONST -> sink.v128Const(takeLong(), takeLong());
            case NUMERIC -> sink.numeric(code[at++]);
            case LOAD -> sink.load(code[at++], code[at++], takeLong());
            case STORE -> sink.store(code[at++], code[at++], takeLong());
            case MEMORY_SIZE -> sink.memorySize(code[at++]);
            case MEMORY_GROW -> sink.memoryGrow(code[at++]);
            case MEMORY_FILL -> sink.memoryFill(code[at++]);
            case MEMORY_COPY -> sink.memoryCopy(code[at++], code[at++]);
            case MEMORY_INIT -> sink.memoryInit(code[at++], code[at++]);
            case DATA_DROP -> sink.dataDrop(code[at++]);
            case TABLE_GET -> sink.tableGet(code[at++]);
            case TABLE_SET -> sink.tableSet(code[at++]);
            case TABLE_SIZE -> sink.tableSize(code[at++]);
            case TABLE_GROW -> sink.tableGrow(code[at++]);
            case TABLE_FILL -> sink.tableFill(code[at++]);
            case TABLE_COPY -> sink.tableCopy(code[at++], code[at++]);
            case TABLE_INIT -> sink.tableInit(code[at++], code[at++]);
            case ELEMENT_DROP -> sink.elementDrop(code[at++]);
            case REF_NULL -> sink.refNull(code[at++]);
            case REF_IS_NULL -> sink.refIsNull();
            case REF_FUNC -> sink.refFunc(code[at++]);
            case REF_AS_NON_NULL -> sink.refAsNonNull();
            case REF_EQ -> sink.refEq();
            case STRUCT -> sink.struct(code[at++], code[at++], code[at++]);
            case ARRAY -> sink.array(code[at++], code[at++], code[at++]);
            case REF_TEST -> sink.refTest(code[at++]);
            case REF_CAST -> sink.refCast(code[at++]);
            case CONVERSION -> sink.conversion(code[at++]);
            case VECTOR -> sink.vector(code[at++]);
            case VECTOR_LANE -> sink.vectorLane(code[at++], code[at++]);
            case VECTOR_SHUFFLE -> sink.vectorShuffle(takeLong(), takeLong());
            case VECTOR_MEMORY -> sink.vectorMemory(code[at++], code[at++], takeLong(), code[at++]);
            case ATOMIC -> sink.atomic(code[at++], code[at++], takeLong());
            default -> throw new IllegalStateException("no operator: " + code[at - 1]);
        }
    }
}
