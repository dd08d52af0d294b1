package dev.airlock.component.type;

import dev.airlock.abi.form.LayoutFlattening;
import dev.airlock.component.binary.BuiltIn;
import dev.airlock.component.binary.Canon;
import dev.airlock.component.binary.CanonOptions;
import dev.airlock.component.binary.Sort;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.FuncType;
import dev.airlock.type.FutureType;
import dev.airlock.type.ListType;
import dev.airlock.type.MapType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.StreamType;
import dev.airlock.type.ValType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks canonical definitions and adds the functions that they define (Canonical ABI, "Canonical Definitions"). */
final class CanonResolver implements Canon.Visitor<Boolean> {
    private static final CoreFuncType FROM_I32 = new CoreFuncType(List.of(CoreValType.I32), List.of());
    private static final CoreFuncType TO_I32 = new CoreFuncType(List.of(), List.of(CoreValType.I32));
    private static final CoreFuncType I32_TO_I32 = new CoreFuncType(List.of(CoreValType.I32), List.of(CoreValType.I32));

    private final ComponentScope scope;
    private final Validation validation;
    private final CanonOptionRules options;

    CanonResolver(ComponentScope scope) {
        this.scope = scope;
        this.validation = scope.validation;
        this.options = new CanonOptionRules(scope);
    }

    @Override
    public Boolean visitLift(Canon.Lift canon) {
        CoreFuncType callee = validation.entry(scope.coreFuncs, canon.coreFunc(), Sort.CORE_FUNC);
        FuncType type = scope.funcType(canon.type());
        validation.spend(TypeSize.of(type));
        CanonOptions given = canon.options();
        options.check(given);
        options.checkAsync(given, type);
        CoreFuncType flat = AsyncFlattening.lifted(type, given);
        if (!callee.equals(flat)) {
            throw validation.invalid("core func " + canon.coreFunc() + " is " + Validation.show(callee)
                    + "; to lift it to " + Validation.show(type) + " it must be " + Validation.show(flat));
        }
        if (given.postReturn() != null) {
            options.checkFunc(given.postReturn(), "post-return", new CoreFuncType(flat.results(), List.of()));
        }
        if (given.callback() != null) {
            options.checkFunc(given.callback(), "callback", AsyncFlattening.CALLBACK);
        }
        boolean reallocates = LayoutFlattening.paramsInMemory(type)
                || type.params().stream().anyMatch(param -> liesInMemory(param.type()));
        options.require(given.realloc(), reallocates, "realloc", "the parameters");
        boolean reads = AsyncFlattening.liftedResultInMemory(type, given)
                || (type.result() != null && liesInMemory(type.result()));
        options.require(given.memory(), reads, "memory", "the result");
        return scope.funcs.add(type);
    }

    @Override
    public Boolean visitLower(Canon.Lower canon) {
        FuncType type = validation.entry(scope.funcs, canon.func(), Sort.FUNC);
        validation.spend(TypeSize.of(type));
        CanonOptions given = canon.options();
        options.check(given);
        options.checkAsync(given, type);
        options.refuse(given.postReturn(), "post-return", "a function that is lowered");
        options.refuse(given.callback(), "callback", "a function that is lowered");
        boolean reads = AsyncFlattening.loweredUsesMemory(type, given)
                || type.params().stream().anyMatch(param -> liesInMemory(param.type()));
        options.require(given.memory(), reads, "memory", "the parameters or the result");
        options.require(given.realloc(), type.result() != null && liesInMemory(type.result()), "realloc", "the result");
        return scope.coreFuncs.add(AsyncFlattening.lowered(type, given));
    }

    /** Whether a value or a part of it is reached through a pointer. */
    private static boolean liesInMemory(ValType type) {
        if (type instanceof ListType list && list.fixedLength() == null) {
            return true;
        }
        return type == PrimitiveType.STRING
                || type instanceof MapType
                || (!(type instanceof StreamType || type instanceof FutureType)
                        && type.parts().stream().anyMatch(CanonResolver::liesInMemory));
    }

    @Override
    public Boolean visitResourceNew(Canon.ResourceNew canon) {
        requireOwn(canon.type(), "resource.new");
        return scope.coreFuncs.add(I32_TO_I32);
    }

    @Override
    public Boolean visitResourceDrop(Canon.ResourceDrop canon) {
        scope.resource(canon.type());
        return scope.coreFuncs.add(FROM_I32);
    }

    @Override
    public Boolean visitResourceRep(Canon.ResourceRep canon) {
        requireOwn(canon.type(), "resource.rep");
        return scope.coreFuncs.add(I32_TO_I32);
    }

    private void requireOwn(int type, String builtIn) {
        if (ResourceVariable.of(scope.resource(type)).origin() != ResourceVariable.Origin.DEFINED) {
            throw validation.invalid(
                    builtIn + " needs a resource that the component itself defines; type " + type + " is not one");
        }
    }

    @Override
    public Boolean visitTaskReturn(Canon.TaskReturn canon) {
        CanonOptions given = canon.options();
        options.check(given);
        options.refuse(given.realloc(), "realloc", "task.return");
        options.refuse(given.postReturn(), "post-return", "task.return");
        options.refuse(given.callback(), "callback", "task.return");
        if (given.async()) {
            throw validation.invalid("the canonical option \"async\" does not go with task.return");
        }
        ValType result = scope.optionalValType(canon.result());
        validation.spend(result == null ? 1 : TypeSize.of(result));
        List<ValType> results = result == null ? List.of() : List.of(result);
        List<CoreValType> flat = LayoutFlattening.flatten(results, LayoutFlattening.MAX_FLAT_PARAMS);
        options.require(
                given.memory(), flat == null || (result != null && liesInMemory(result)), "memory", "the result");
        return scope.coreFuncs.add(new CoreFuncType(flat == null ? List.of(CoreValType.I32) : flat, List.of()));
    }

    @Override
    public Boolean visitContextGet(Canon.ContextGet canon) {
        return scope.coreFuncs.add(TO_I32);
    }

    @Override
    public Boolean visitContextSet(Canon.ContextSet canon) {
        return scope.coreFuncs.add(FROM_I32);
    }

    @Override
    public Boolean visitBuiltIn(Canon.BuiltInFunc canon) {
        BuiltIn kind = canon.kind();
        switch (kind.immediates()) {
            case NONE, ASYNC, CANCELLABLE -> {}
            case CANCELLABLE_MEMORY -> options.check(canon.options());
            case STREAM, STREAM_ASYNC -> stream(canon);
            case FUTURE, FUTURE_ASYNC -> future(canon);
            case STREAM_OPTIONS -> checkCopy(canon, stream(canon).element(), kind == BuiltIn.STREAM_READ);
            case FUTURE_OPTIONS -> checkCopy(canon, future(canon).element(), kind == BuiltIn.FUTURE_READ);
            case OPTIONS -> checkErrorContext(canon);
            case CORE_TYPE_TABLE -> checkThread(canon);
        }
        return scope.coreFuncs.add(kind.type());
    }

    private StreamType stream(Canon.BuiltInFunc canon) {
        if (scope.type(canon.type()) instanceof DefinedType.Value value && value.type() instanceof StreamType stream) {
            return stream;
        }
        throw validation.invalid(canon.kind() + " needs a stream; type " + canon.type() + " is not one");
    }

    private FutureType future(Canon.BuiltInFunc canon) {
        if (scope.type(canon.type()) instanceof DefinedType.Value value && value.type() instanceof FutureType future) {
            return future;
        }
        throw validation.invalid(canon.kind() + " needs a future; type " + canon.type() + " is not one");
    }

    private void checkCopy(Canon.BuiltInFunc canon, @Nullable ValType element, boolean reads) {
        validation.spend(element == null ? 1 : TypeSize.of(element));
        CanonOptions given = canon.options();
        options.check(given);
        options.refuse(given.postReturn(), "post-return", canon.kind().toString());
        options.refuse(given.callback(), "callback", canon.kind().toString());
        options.require(given.memory(), element != null, "memory", "the elements");
        options.require(given.realloc(), reads && element != null && liesInMemory(element), "realloc", "the elements");
    }

    private void checkErrorContext(Canon.BuiltInFunc canon) {
        CanonOptions given = canon.options();
        options.check(given);
        if (given.async()) {
            throw validation.invalid("the canonical option \"async\" does not go with " + canon.kind());
        }
        options.refuse(given.postReturn(), "post-return", canon.kind().toString());
        options.refuse(given.callback(), "callback", canon.kind().toString());
        options.require(given.memory(), true, "memory", "the message");
        options.require(given.realloc(), canon.kind() == BuiltIn.ERROR_CONTEXT_DEBUG_MESSAGE, "realloc", "the message");
    }

    private void checkThread(Canon.BuiltInFunc canon) {
        if (!(validation.entry(scope.coreTypes, canon.type(), Sort.CORE_TYPE) instanceof CoreDefinedType.Func func
                && func.type().equals(FROM_I32))) {
            throw validation.invalid(
                    canon.kind() + " starts functions " + FROM_I32 + "; core type " + canon.type() + " is another");
        }
        if (validation.entry(scope.coreTables, canon.table(), Sort.CORE_TABLE).element() != CoreValType.FUNCREF) {
            throw validation.invalid(
                    canon.kind() + " needs a table of funcref; table " + canon.table() + " is not one");
        }
    }
}
