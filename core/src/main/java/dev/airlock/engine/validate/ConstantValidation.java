package dev.airlock.engine.validate;

import dev.airlock.engine.binary.ModuleDefinition.Range;
import org.jspecify.annotations.Nullable;

/** Validates constant expressions and keeps their operators (core specification, section 3.4.14). */
final class ConstantValidation {
    private final ValidModule module;

    /** How many globals an expression may read now. */
    private int visibleGlobals;

    ConstantValidation(ValidModule module, int importedGlobals) {
        this.module = module;
        this.visibleGlobals = importedGlobals;
    }

    /** Lets the expressions that follow read one more global. */
    void addGlobal() {
        visibleGlobals++;
    }

    ConstantExpression expression(@Nullable Range range, int type) {
        if (range == null) {
            throw new IllegalArgumentException("no expression");
        }
        var sink = new ConstantSink(module, visibleGlobals);
        new FunctionValidator(module, range, sink).constant(type);
        return sink.expression();
    }
}
