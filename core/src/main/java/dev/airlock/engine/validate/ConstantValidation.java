package dev.airlock.engine.validate;

import dev.airlock.engine.binary.ByteInput;
import dev.airlock.engine.binary.ModuleDefinition.Element;
import dev.airlock.engine.binary.ModuleDefinition.Range;
import dev.airlock.engine.binary.TypeDecoder;
import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.error.ModuleException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Validates constant expressions and keeps their operators (core specification, section 3.4.14). */
final class ConstantValidation {
    private static final int REF_NULL = 0xD0;
    private static final int REF_FUNC = 0xD2;
    private static final int END = 0x0B;

    private final ValidModule module;
    private final ConstantSink sink;
    private final FunctionValidator validator;

    ConstantValidation(ValidModule module, int importedGlobals) {
        this.module = module;
        this.sink = new ConstantSink(module, importedGlobals);
        this.validator = new FunctionValidator(module, new Range(0, 0), sink);
    }

    /** Lets the expressions that follow read one more global. */
    void addGlobal() {
        sink.addGlobal();
    }

    ConstantExpression expression(@Nullable Range range, int type) {
        if (range == null) {
            throw new IllegalArgumentException("no expression");
        }
        return expression(range.from(), range.end(), type);
    }

    private ConstantExpression expression(int from, int end, int type) {
        validator.constant(from, end, type);
        return sink.expression();
    }

    List<ConstantExpression> items(Element element, int[] items) {
        List<ConstantExpression> made = new ArrayList<>(element.length());
        for (int i = 0; i < element.length(); i++) {
            made.add(expression(items[i], items[i + 1], element.type()));
        }
        return made;
    }

    /**
     * Validates the items of a segment that has only functions and nulls, as most have.
     *
     * @return the functions, -1 for null; null if there are other items, which have to be validated
     */
    int @Nullable [] functions(Element element, int[] items) {
        byte[] bytes = module.definition().bytes();
        int[] functions = new int[element.length()];
        var in = new ByteInput(module.name(), bytes, items[0], items[functions.length]);
        int lastType = -1;
        for (int i = 0; i < functions.length; i++) {
            in.heed(i);
            int opcode = in.u8();
            if (opcode == REF_FUNC) {
                functions[i] = function(in);
                int type = module.functions[functions[i]];
                if (type != lastType) {
                    check(ValueTypes.reference(false, type), element, items[i]);
                    lastType = type;
                }
            } else if (opcode == REF_NULL) {
                int heapAt = in.at();
                int heap = TypeDecoder.heapType(in);
                module.types.checkHeap(heap, heapAt);
                check(ValueTypes.reference(true, heap), element, items[i]);
                functions[i] = -1;
            } else {
                return null;
            }
            if (in.u8() != END) {
                return null;
            }
        }
        return functions;
    }

    private int function(ByteInput in) {
        int at = in.at();
        int index = in.u32();
        if (index < 0 || index >= module.functions.length) {
            throw in.error(at, "unknown function " + Integer.toUnsignedString(index));
        }
        module.references.set(index);
        return index;
    }

    private void check(int given, Element element, int offset) {
        if (!module.types.matches(given, element.type())) {
            throw new ModuleException(
                    module.name(),
                    offset,
                    "type mismatch: " + module.types.show(given) + " in a segment of "
                            + module.types.show(element.type()),
                    null);
        }
    }
}
