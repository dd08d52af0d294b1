package dev.airlock.engine.validate;

import dev.airlock.engine.binary.ModuleDecoder;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes down which operators a sink gets. */
final class OperatorLog {
    final List<String> operators = new ArrayList<>();
    final List<Integer> offsets = new ArrayList<>();

    private final CodeSink sink = (CodeSink) Proxy.newProxyInstance(
            OperatorLog.class.getClassLoader(), new Class<?>[] {CodeSink.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("at")) {
                    offsets.add((Integer) arguments[0]);
                } else {
                    var text = new StringBuilder(method.getName());
                    for (Object argument : arguments == null ? new Object[0] : arguments) {
                        text.append(' ').append(show(argument));
                    }
                    operators.add(text.toString());
                }
                return null;
            });

    private static String show(Object argument) {
        return argument instanceof int[] numbers
                ? Arrays.toString(numbers)
                : argument instanceof Object[] objects ? Arrays.toString(objects) : String.valueOf(argument);
    }

    /** Validates a module with all of its bodies. */
    static OperatorLog of(byte[] module) {
        var log = new OperatorLog();
        ValidModule valid = valid(module);
        for (int i = valid.importedFunctions(); i < valid.functionCount(); i++) {
            valid.body(i, log.sink);
        }
        return log;
    }

    static ValidModule valid(byte[] module) {
        return ModuleValidator.validate(ModuleDecoder.decode("test.wasm", module));
    }
}
