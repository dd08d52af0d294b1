package dev.airlock.wit;

import dev.airlock.error.WitException;
import dev.airlock.type.FuncType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text by which a caller names a function of a guest. It is a name, {@code greet} or {@code demo:kit/api.greet}, or
 * a signature, with declarations of the types that it uses in any order:
 *
 * <pre>{@code
 * record request { name: string, num: s32 }
 * repeat: func(request: request) -> list<string>
 * }</pre>
 *
 * @param name the function's name, without its quotes
 * @param type the type in the signature; null if there is only a name
 */
public record FunctionText(String name, @Nullable FuncType type) {
    /**
     * Reads a name or a signature, by the grammar of {@link WitSignatures}.
     *
     * @param text a name or a signature
     * @return both parts
     * @throws WitException if the text is neither, or contains no function or several
     */
    public static FunctionText parse(String text) {
        var source = new SourceText("", text);
        String name = ExportName.readAlone(source);
        if (name != null) {
            return new FunctionText(name, null);
        }
        Map<String, FuncType> functions = WitParser.parse(source).functions();
        if (functions.size() != 1) {
            throw source.error(
                    0,
                    functions.isEmpty()
                            ? "there is no function here, as in \"greet: func(name: string) -> string\""
                            : "one function is called, and these are " + functions.size() + ": "
                                    + String.join(", ", functions.keySet()));
        }
        Map.Entry<String, FuncType> function = functions.entrySet().iterator().next();
        return new FunctionText(function.getKey(), function.getValue());
    }
}
