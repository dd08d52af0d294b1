package dev.airlock.engine.compile;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.compile.Construct.Kind;
import dev.airlock.engine.compile.jvm.Comparisons;
import dev.airlock.engine.compile.jvm.GroupClasses;
import dev.airlock.engine.compile.jvm.JvmCode;
import dev.airlock.engine.compile.jvm.Signature;
import dev.airlock.engine.simd.VectorEmitter;
import dev.airlock.engine.validate.CodeSink;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Makes the JVM code of one function from its operators, in one pass; what an operator becomes is in the rooms' classes. */
final class FunctionCompiler implements CodeSink {
    private final ModulePlan plan;
    private final int index;
    private final BodyFacts facts;
    private final String results;
    private final ControlCode control = new ControlCode(this);
    private final HandlerCode handlers = new HandlerCode(this);
    private final StateCode state = new StateCode(this);
    private final MemoryCode memory = new MemoryCode(this);
    private final CallCode calls = new CallCode(this);
    private final VectorCode vectors = new VectorCode(this);
    private final TableCode tables = new TableCode(this);
    private final ReferenceCode references = new ReferenceCode(this);
    private final PartCode parts = new PartCode(this);
    private final GroupClasses classes;
    private JvmMethod method;
    private int largest;
    private long sizeInFile;
    private int partCount;
    private final Label start = new Label();

    /** Where the body begins in the module, for lines. */
    private final int from;

    /** Whether the code is not kept, so that it does not count. */
    private final boolean isTrial;

    FunctionCompiler(ModulePlan plan, int index, BodyFacts facts, GroupClasses classes, boolean isTrial) {
        this.isTrial = isTrial;
        this.plan = plan;
        this.index = index;
        this.facts = facts;
        this.results = Signature.carriers(facts.results);
        this.from = plan.module().bodyRange(index).from();
        Signature signature = plan.signatureOf(index);
        String name = facts.tailCalls ? plan.bodyNameOf(index) : plan.nameOf(index);
        JvmCode code = new JvmCode(classes.method(name, signature.descriptor(plan.instanceType())));
        this.classes = classes;
        int[] parameters =
                IntStream.range(0, signature.isWide() ? 0 : facts.parameters).toArray();
        BitSet locals = facts.used;
        if (facts.keepsLocals) {
            locals = facts.used.get(0, facts.parameters);
        }
        this.method = new JvmMethod(code, plan, facts, parameters, locals, null);
    }

    JvmMethod method() {
        return method;
    }

    BodyFacts facts() {
        return facts;
    }

    String results() {
        return results;
    }

    /** Returns how many bytes of code its largest method has, about. */
    int size() {
        return largest;
    }

    /** Returns how many bytes of class files its methods take, about: what was added to the budget. */
    long sizeInFile() {
        return sizeInFile;
    }

    /** Returns the names of its parts. */
    List<String> partNames() {
        return IntStream.range(0, partCount)
                .mapToObj(number -> plan.partNameOf(index, number))
                .toList();
    }

    /** Begins the method of a part. */
    JvmMethod newPart(String descriptor, int[] parameters, BitSet locals, Part part) {
        String name = plan.partNameOf(index, partCount++);
        JvmCode code = new JvmCode(classes.part(name, descriptor));
        JvmMethod made = new JvmMethod(code, plan, facts, parameters, locals, part);
        made.called(classes.ofLastPart(), name);
        return made;
    }

    /** Goes on in another method. */
    void enter(JvmMethod other) {
        method = other;
    }

    /** Called when a method is complete. */
    void finished(JvmCode code) {
        code.visitMaxs(0, 0);
        code.visitEnd();
        largest = Math.max(largest, code.size());
        plan.budget().check();
        if (!isTrial) {
            plan.budget().add(code.sizeInFile());
            sizeInFile += code.sizeInFile();
        }
    }

    ModulePlan plan() {
        return plan;
    }

    PartCode parts() {
        return parts;
    }

    HandlerCode handlers() {
        return handlers;
    }

    /** Whether the next operator can be reached: false at the end of a construct that ends in a branch. */
    boolean isLive() {
        return live;
    }

    private boolean live = true;

    private int uncounted;

    /** Called before each operator. Operators that cannot be reached are not passed, and ends behind them do not count. */
    void count(boolean endsBlock) {
        if (!plan.options().fuel()) {
            return;
        }
        uncounted = live ? uncounted + 1 : 0;
        if (endsBlock) {
            burn();
        }
    }

    private void burn() {
        if (uncounted > 0) {
            method.loadInstance();
            method.code.getField(ModulePlan.STATE, "spill", ModulePlan.SPILL_TYPE);
            method.code.pushInt(uncounted);
            method.code.invokeVirtual(ModulePlan.SPILL, "burn", "(I)V");
            uncounted = 0;
        }
    }

    void beginPart(Part part) {
        burn();
        parts.begin(part);
    }

    void endPart(Part part) {
        burn();
        parts.end(part);
    }

    int index() {
        return index;
    }

    ControlCode control() {
        return control;
    }

    CallCode calls() {
        return calls;
    }

    MemoryCode memory() {
        return memory;
    }

    @Override
    public void begin(int[] locals, int[] resultTypes, int parameters) {
        Signature signature = plan.signatureOf(index);
        method.code.visitCode();
        method.prologue();
        if (signature.isWide()) {
            parametersFromSpill(signature.params());
        }
        parts.keepParameters();
        control.body(results);
        if (facts.tailCalls) {
            method.code.visitLabel(start);
            method.frame();
        }
    }

    private void parametersFromSpill(String carriers) {
        SpillCode.parameters(method.code, method.instance, carriers);
        for (int i = carriers.length() - 1; i >= 0; i--) {
            if (method.has(i)) {
                StateCode.storeTo(method, i, method.atEntry(i));
            } else if (carriers.charAt(i) == 'V') {
                method.code.visitInsn(Opcodes.POP2);
                method.code.visitInsn(Opcodes.POP2);
            } else {
                method.code.pop(carriers.charAt(i));
            }
        }
    }

    /** For a function that calls itself in tail position, with its parameters set. */
    void jumpToStart() {
        method.refreshMemory();
        method.zeroLocals();
        parts.keepParameters();
        method.code.invokeStatic(ModulePlan.NUMBERS, "checkInterrupt", "()V");
        method.code.visitJumpInsn(Opcodes.GOTO, start);
    }

    @Override
    public void at(int offset) {
        int line = 1 + offset - from;
        if (line <= 0xFFFF) {
            Label here = new Label();
            method.code.visitLabel(here);
            method.code.visitLineNumber(line, here);
        }
    }

    private static String carriers(int[] types) {
        return Signature.carriers(types);
    }

    @Override
    public void block(int[] params, int[] blockResults) {
        control.block(carriers(params), carriers(blockResults));
    }

    @Override
    public void loop(int[] params, int[] blockResults) {
        control.loop(carriers(params), carriers(blockResults));
    }

    @Override
    public void ifThen(int[] params, int[] blockResults) {
        control.ifThen(carriers(params), carriers(blockResults));
    }

    @Override
    public void otherwise(boolean reachable) {
        live = true;
        control.otherwise(reachable);
    }

    @Override
    public void tryTable(int[] params, int[] blockResults, CatchClause[] clauses) {
        handlers.tryTable(carriers(params), carriers(blockResults), clauses);
    }

    @Override
    public void tryLegacy(int[] params, int[] blockResults) {
        handlers.tryLegacy(carriers(params), carriers(blockResults));
    }

    @Override
    public void catchLegacy(boolean reachable, int tag) {
        live = true;
        handlers.catchLegacy(reachable, tag);
    }

    @Override
    public void catchAllLegacy(boolean reachable) {
        live = true;
        handlers.catchLegacy(reachable, -1);
    }

    @Override
    public void delegate(boolean reachable, int depth) {
        live = reachable || control.top().isTarget;
        handlers.delegate(reachable, depth);
    }

    @Override
    public void rethrow(int depth) {
        live = false;
        handlers.rethrow(depth);
    }

    @Override
    public void end(boolean reachable) {
        Construct top = control.top();
        live = reachable || (top.kind != Kind.LOOP && (top.isTarget || top.joined || top.otherwise != null));
        switch (top.kind) {
            case BODY -> {
                if (reachable) {
                    calls.returnResults();
                }
                control.pop();
                handlers.finish();
                finished(method.code);
            }
            case TRY_TABLE -> handlers.endTable(reachable);
            case TRY -> handlers.endLegacy(reachable);
            default -> control.end(reachable);
        }
    }

    @Override
    public void unreachable() {
        live = false;
        method.code.invokeStatic(ModulePlan.NUMBERS, "unreachable", "()L" + ModulePlan.TRAP + ";");
        method.code.visitInsn(Opcodes.ATHROW);
    }

    @Override
    public void br(int depth) {
        live = false;
        control.br(depth);
    }

    @Override
    public void brIf(int depth) {
        control.brIf(depth);
    }

    @Override
    public void brTable(int[] depths, int defaultDepth) {
        live = false;
        control.brTable(depths, defaultDepth);
    }

    @Override
    public void brOnNull(int depth) {
        references.brOnNull(depth);
    }

    @Override
    public void brOnNonNull(int depth) {
        references.brOnNonNull(depth);
    }

    @Override
    public void brOnCast(int depth, int fromType, int to, boolean onFail) {
        references.brOnCast(depth, to, onFail);
    }

    @Override
    public void returnFromBody() {
        live = false;
        calls.returnResults();
    }

    @Override
    public void call(int function) {
        calls.call(function);
    }

    @Override
    public void callIndirect(int type, int table) {
        calls.callIndirect(type, table);
    }

    @Override
    public void callRef(int type) {
        calls.callRef(type);
    }

    @Override
    public void returnCall(int function) {
        live = false;
        calls.returnCall(function);
    }

    @Override
    public void returnCallIndirect(int type, int table) {
        live = false;
        calls.returnCallIndirect(type, table);
    }

    @Override
    public void returnCallRef(int type) {
        live = false;
        calls.returnCallRef(type);
    }

    @Override
    public void throwTag(int tag) {
        live = false;
        handlers.throwTag(tag);
    }

    @Override
    public void throwRef() {
        live = false;
        handlers.throwRef();
    }

    @Override
    public void drop(int type) {
        state.drop();
    }

    @Override
    public void select(int type) {
        state.select(ValueTypes.carrier(type));
    }

    @Override
    public void localGet(int local) {
        state.localGet(local);
    }

    @Override
    public void localSet(int local) {
        state.localSet(local);
    }

    @Override
    public void localTee(int local) {
        state.localTee(local);
    }

    @Override
    public void globalGet(int global) {
        state.globalGet(global);
    }

    @Override
    public void globalSet(int global) {
        state.globalSet(global);
    }

    @Override
    public void i32Const(int value) {
        method.stack.pushConstant('I', value);
    }

    @Override
    public void i64Const(long value) {
        method.stack.pushConstant('J', value);
    }

    @Override
    public void f32Const(int bits) {
        method.stack.pushConstant('F', bits);
    }

    @Override
    public void f64Const(long bits) {
        method.stack.pushConstant('D', bits);
    }

    @Override
    public void v128Const(long low, long high) {
        method.stack.pushVectorConstant(low, high);
    }

    @Override
    public void numeric(int opcode) {
        state.numeric(opcode);
    }

    @Override
    public void load(int opcode, int index, long offset) {
        memory.load(opcode, index, offset);
    }

    @Override
    public void store(int opcode, int index, long offset) {
        memory.store(opcode, index, offset);
    }

    @Override
    public void memorySize(int index) {
        memory.size(index);
    }

    @Override
    public void memoryGrow(int index) {
        memory.grow(index);
    }

    @Override
    public void memoryFill(int index) {
        memory.fill(index);
    }

    @Override
    public void memoryCopy(int target, int source) {
        memory.copy(target, source);
    }

    @Override
    public void memoryInit(int data, int index) {
        memory.init(data, index);
    }

    @Override
    public void dataDrop(int data) {
        tables.dropData(data);
    }

    @Override
    public void tableGet(int table) {
        tables.get(table);
    }

    @Override
    public void tableSet(int table) {
        tables.set(table);
    }

    @Override
    public void tableSize(int table) {
        tables.size(table);
    }

    @Override
    public void tableGrow(int table) {
        tables.grow(table);
    }

    @Override
    public void tableFill(int table) {
        tables.fill(table);
    }

    @Override
    public void tableCopy(int target, int source) {
        tables.copy(target, source);
    }

    @Override
    public void tableInit(int element, int table) {
        tables.init(element, table);
    }

    @Override
    public void elementDrop(int element) {
        tables.dropElements(element);
    }

    @Override
    public void refNull(int type) {
        method.stack.pushConstant('L', 0);
    }

    @Override
    public void refIsNull() {
        state.compare(Comparisons.REF_IS_NULL);
    }

    @Override
    public void refFunc(int function) {
        references.function(function);
    }

    @Override
    public void refAsNonNull() {
        references.asNonNull();
    }

    @Override
    public void refEq() {
        state.compare(Comparisons.REF_EQ);
    }

    @Override
    public void struct(int opcode, int type, int field) {
        references.struct(opcode, type, field);
    }

    @Override
    public void array(int opcode, int type, int other) {
        references.array(opcode, type, other);
    }

    @Override
    public void refTest(int type) {
        references.test(type);
    }

    @Override
    public void refCast(int type) {
        references.cast(type);
    }

    @Override
    public void conversion(int opcode) {
        references.conversion(opcode);
    }

    @Override
    public void vector(int opcode) {
        vectors.operator(opcode, 0, 0);
    }

    @Override
    public void vectorLane(int opcode, int lane) {
        vectors.operator(opcode, lane, 0);
    }

    @Override
    public void vectorShuffle(long low, long high) {
        vectors.operator(VectorEmitter.SHUFFLE, low, high);
    }

    @Override
    public void vectorMemory(int opcode, int index, long offset, int lane) {
        vectors.memory(opcode, index, offset, lane);
    }

    @Override
    public void atomic(int opcode, int index, long offset) {
        memory.atomic(opcode, index, offset);
    }
}
