package dev.airlock.engine.validate;

import dev.airlock.engine.binary.ByteInput;
import dev.airlock.engine.binary.ModuleDefinition.SubType;
import dev.airlock.engine.binary.TypeDecoder;
import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.validate.CodeSink.CatchClause;
import dev.airlock.engine.validate.OperandTypes.Frame;

/** Blocks, branches, calls and exceptions (core specification, section 3.4.3 and the legacy exception handling proposal). */
final class ControlValidation {
    /** The JS embedding's limit. */
    private static final int MOST_TARGETS = 65_520;

    private static final boolean[] NO_FIELDS = {};

    private static final SubType NOTHING =
            new SubType(0, true, -1, SubType.FUNC, OperandTypes.NONE, OperandTypes.NONE, NO_FIELDS);

    private final FunctionValidator function;
    private final OperandTypes stack;
    private final ByteInput in;
    private final ModuleTypes types;
    private final CodeSink sink;
    private final ValidModule module;

    ControlValidation(FunctionValidator function) {
        this.function = function;
        this.stack = function.stack;
        this.in = function.in;
        this.types = function.types;
        this.sink = function.sink;
        this.module = function.module;
    }

    private boolean live() {
        return stack.isLive();
    }

    void operator(int opcode, int at) {
        switch (opcode) {
            case 0x00 -> {
                if (live()) {
                    sink.unreachable();
                }
                stack.unreachable();
            }
            case 0x01 -> {}
            case FunctionValidator.BLOCK, FunctionValidator.LOOP, FunctionValidator.IF, FunctionValidator.TRY ->
                open(opcode);
            case FunctionValidator.TRY_TABLE -> tryTable();
            case FunctionValidator.ELSE -> otherwise(at);
            case FunctionValidator.CATCH, FunctionValidator.CATCH_ALL -> legacyCatch(opcode, at);
            case 0x18 -> delegate(at);
            case 0x09 -> rethrow(at);
            case 0x08 -> throwTag();
            case 0x0A -> {
                stack.pop(ValueTypes.EXNREF);
                if (live()) {
                    sink.throwRef();
                }
                stack.unreachable();
            }
            case 0x0B -> end(at);
            case 0x0C -> br(at);
            case 0x0D -> brIf(at);
            case 0x0E -> brTable(at);
            case 0x0F -> {
                stack.pop(frame(stack.depth() - 1, at).end);
                if (live()) {
                    sink.returnFromBody();
                }
                stack.unreachable();
            }
            case 0x10, 0x12 -> call(opcode == 0x12, at);
            case 0x11, 0x13 -> callIndirect(opcode == 0x13, at);
            case 0x14, 0x15 -> callRef(opcode == 0x15, at);
            default -> throw function.error(at, "illegal opcode 0x" + Integer.toHexString(opcode));
        }
    }

    private Frame frame(int label, int at) {
        return stack.frame(label, at);
    }

    private SubType blockType() {
        int first = in.peek();
        if (first == 0x40) {
            in.u8();
            return NOTHING;
        }
        // A negative number of one byte is a value type; an index never has that form.
        if (first < 0x80 && (first & 0x40) != 0) {
            int typeAt = in.at();
            int type = TypeDecoder.valueType(in);
            types.check(type, typeAt);
            return new SubType(0, true, -1, SubType.FUNC, OperandTypes.NONE, new int[] {type}, NO_FIELDS);
        }
        int typeAt = in.at();
        long index = in.s33();
        if (index < 0 || index >= types.count()) {
            throw function.error(typeAt, "unknown type " + index + " of a block");
        }
        return types.require((int) index, SubType.FUNC, typeAt);
    }

    private void open(int opcode) {
        SubType type = blockType();
        if (opcode == FunctionValidator.IF) {
            stack.pop(ValueTypes.I32);
        }
        stack.pop(type.first());
        if (live()) {
            switch (opcode) {
                case FunctionValidator.BLOCK -> sink.block(type.first(), type.results());
                case FunctionValidator.LOOP -> sink.loop(type.first(), type.results());
                case FunctionValidator.IF -> sink.ifThen(type.first(), type.results());
                default -> sink.tryLegacy(type.first(), type.results());
            }
        }
        function.open(opcode, type.first(), type.results());
    }

    private void tryTable() {
        SubType type = blockType();
        int clausesAt = in.at();
        int count = in.count("catch clauses");
        if (count > in.left()) {
            throw function.error(clausesAt, "unexpected end: " + count + " catch clauses");
        }
        CatchClause[] clauses = new CatchClause[count];
        for (int i = 0; i < count; i++) {
            clauses[i] = clause();
        }
        stack.pop(type.first());
        if (live()) {
            sink.tryTable(type.first(), type.results(), clauses);
        }
        function.open(FunctionValidator.TRY_TABLE, type.first(), type.results());
    }

    private CatchClause clause() {
        int at = in.at();
        int kind = in.u8();
        if (kind > CatchClause.CATCH_ALL_REF) {
            throw function.error(at, "malformed catch clause " + kind);
        }
        boolean hasTag = kind == CatchClause.CATCH || kind == CatchClause.CATCH_REF;
        int tag = hasTag ? function.index(module.tags.length, "tag") : -1;
        int label = in.u32();
        Frame target = frame(label, at);
        int[] values = hasTag ? types.type(module.tags[tag]).first() : OperandTypes.NONE;
        boolean hasReference = kind == CatchClause.CATCH_REF || kind == CatchClause.CATCH_ALL_REF;
        int[] wanted = target.label();
        if (wanted.length != values.length + (hasReference ? 1 : 0)) {
            throw function.error(at, "type mismatch: a catch clause and its label have different numbers of values");
        }
        for (int i = 0; i < wanted.length; i++) {
            int given = i < values.length ? values[i] : ValueTypes.reference(false, ValueTypes.HEAP_EXN);
            if (!types.matches(given, wanted[i])) {
                throw function.error(
                        at,
                        "type mismatch: a catch clause gives " + types.show(given) + ", but its label takes "
                                + types.show(wanted[i]));
            }
        }
        join(target);
        return new CatchClause(kind, tag, label);
    }

    private void otherwise(int at) {
        if (stack.top().opcode != FunctionValidator.IF) {
            throw function.error(at, "else without an if");
        }
        boolean reachable = live();
        Frame frame = stack.close();
        function.forgetSince(frame.initialised);
        boolean joined = frame.joined || reachable;
        if (frame.live) {
            sink.otherwise(reachable);
        }
        stack.setLive(frame.live);
        Frame next = function.open(FunctionValidator.ELSE, frame.start, frame.end);
        next.joined = joined;
    }

    private void legacyCatch(int opcode, int at) {
        Frame frame = stack.top();
        boolean inTry = frame.opcode == FunctionValidator.TRY;
        if (!inTry && frame.opcode != FunctionValidator.CATCH) {
            throw function.error(at, "catch without a try");
        }
        int tag = opcode == FunctionValidator.CATCH ? function.index(module.tags.length, "tag") : -1;
        boolean reachable = live();
        stack.close();
        function.forgetSince(frame.initialised);
        boolean joined = frame.joined || reachable;
        boolean wasLive = frame.live;
        int[] end = frame.end;
        stack.setLive(wasLive);
        if (wasLive) {
            if (tag >= 0) {
                sink.catchLegacy(reachable, tag);
            } else {
                sink.catchAllLegacy(reachable);
            }
        }
        Frame next = function.open(opcode, OperandTypes.NONE, end);
        next.joined = joined;
        if (tag >= 0) {
            stack.push(types.type(module.tags[tag]).first());
        }
    }

    private void delegate(int at) {
        if (stack.top().opcode != FunctionValidator.TRY) {
            throw function.error(at, "delegate without a try");
        }
        boolean reachable = live();
        Frame frame = stack.close();
        function.forgetSince(frame.initialised);
        int label = in.u32();
        // Counted from outside of the try; the body itself is a target as well.
        frame(label, at);
        if (frame.live) {
            sink.delegate(reachable, label);
        }
        stack.setLive(frame.live && (reachable || frame.joined));
        stack.push(frame.end);
    }

    private void rethrow(int at) {
        int label = in.u32();
        int opcode = frame(label, at).opcode;
        if (opcode != FunctionValidator.CATCH && opcode != FunctionValidator.CATCH_ALL) {
            throw function.error(at, "invalid rethrow label: " + label + " is not a catch");
        }
        if (live()) {
            sink.rethrow(label);
        }
        stack.unreachable();
    }

    private void throwTag() {
        int tag = function.index(module.tags.length, "tag");
        stack.pop(types.type(module.tags[tag]).first());
        if (live()) {
            sink.throwTag(tag);
        }
        stack.unreachable();
    }

    private void end(int at) {
        boolean reachable = live();
        Frame frame = stack.close();
        function.forgetSince(frame.initialised);
        boolean joined = frame.joined || reachable;
        if (frame.opcode == FunctionValidator.IF) {
            if (frame.start.length != frame.end.length) {
                throw function.error(
                        at, "type mismatch: an if without else has to have the results that it has as parameters");
            }
            for (int i = 0; i < frame.start.length; i++) {
                if (!types.matches(frame.start[i], frame.end[i])) {
                    throw function.error(
                            at, "type mismatch: an if without else cannot change the types of its parameters");
                }
            }
            joined = true;
        }
        if (frame.live) {
            sink.end(reachable);
        }
        stack.setLive(frame.live && joined);
        if (stack.depth() > 0) {
            stack.push(frame.end);
        }
    }

    private void join(Frame frame) {
        if (live() && frame.opcode != FunctionValidator.LOOP) {
            frame.joined = true;
        }
    }

    private void br(int at) {
        int label = in.u32();
        Frame frame = frame(label, at);
        stack.pop(frame.label());
        join(frame);
        if (live()) {
            sink.br(label);
        }
        stack.unreachable();
    }

    private void brIf(int at) {
        int label = in.u32();
        Frame frame = frame(label, at);
        stack.pop(ValueTypes.I32);
        stack.expect(frame.label());
        join(frame);
        if (live()) {
            sink.brIf(label);
        }
    }

    private void brTable(int at) {
        int count = in.count("targets of a br_table");
        if (count > MOST_TARGETS || count > in.left()) {
            throw function.error(at, "too many targets of a br_table: " + count + ", the most is " + MOST_TARGETS);
        }
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = in.u32();
        }
        int last = in.u32();
        stack.pop(ValueTypes.I32);
        Frame otherwise = frame(last, at);
        int arity = otherwise.label().length;
        for (int label : labels) {
            Frame frame = frame(label, at);
            // Tables name the same few labels again and again.
            if (frame.checkedAt != at) {
                int[] wanted = frame.label();
                if (wanted.length != arity) {
                    throw function.error(at, "type mismatch: labels of a br_table with different numbers of values");
                }
                stack.check(wanted);
                join(frame);
                frame.checkedAt = at;
            }
        }
        stack.pop(otherwise.label());
        join(otherwise);
        if (live()) {
            sink.brTable(labels, last);
        }
        stack.unreachable();
    }

    private void call(boolean isTail, int at) {
        int index = function.index(module.functions.length, "function");
        SubType type = types.type(module.functions[index]);
        stack.pop(type.first());
        if (isTail) {
            checkTail(type, at);
            if (live()) {
                sink.returnCall(index);
            }
            stack.unreachable();
        } else {
            stack.push(type.results());
            if (live()) {
                sink.call(index);
            }
        }
    }

    private void checkTail(SubType type, int at) {
        int[] wanted = frame(stack.depth() - 1, at).end;
        int[] given = type.results();
        boolean fits = wanted.length == given.length;
        for (int i = 0; fits && i < wanted.length; i++) {
            fits = types.matches(given[i], wanted[i]);
        }
        if (!fits) {
            throw function.error(
                    at,
                    "type mismatch: a tail call to a function with the results " + types.show(given) + " in one with "
                            + types.show(wanted));
        }
    }

    private void callIndirect(boolean isTail, int at) {
        int typeIndex = in.u32();
        SubType type = types.require(typeIndex, SubType.FUNC, at);
        int table = function.index(module.tables.length, "table");
        if (!types.matches(module.tables[table].element(), ValueTypes.FUNCREF)) {
            throw function.error(
                    at,
                    "type mismatch: a table of " + types.show(module.tables[table].element()) + " holds no functions");
        }
        stack.pop(function.addressType(module.tables[table].limits().is64()));
        stack.pop(type.first());
        if (isTail) {
            checkTail(type, at);
            if (live()) {
                sink.returnCallIndirect(typeIndex, table);
            }
            stack.unreachable();
        } else {
            stack.push(type.results());
            if (live()) {
                sink.callIndirect(typeIndex, table);
            }
        }
    }

    private void callRef(boolean isTail, int at) {
        int typeIndex = in.u32();
        SubType type = types.require(typeIndex, SubType.FUNC, at);
        stack.pop(ValueTypes.reference(true, typeIndex));
        stack.pop(type.first());
        if (isTail) {
            checkTail(type, at);
            if (live()) {
                sink.returnCallRef(typeIndex);
            }
            stack.unreachable();
        } else {
            stack.push(type.results());
            if (live()) {
                sink.callRef(typeIndex);
            }
        }
    }
}
