package dev.airlock.wit;

import dev.airlock.error.ValueException;
import dev.airlock.type.FuncType;
import dev.airlock.type.OptionType;
import dev.airlock.type.OptionValue;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import dev.airlock.type.ValuePath;
import java.util.ArrayList;
import java.util.List;

/**
 * A call as text: a function's name, and its arguments in WAVE (wasm-wave, "Function calls"): {@code greet("Ada")},
 * {@code demo:kit/api.greet("x")}, {@code f()}.
 *
 * <p>The name follows the rules of {@link WitSignatures}: quotes are needed unless all its characters may be unquoted.
 * Only the function's type tells how to read the arguments, so they are read once it is known.
 */
public final class WaveCall {
    private final SourceText source;
    private final String name;
    private final int firstArgument;
    private final List<String> argumentTexts;

    private WaveCall(SourceText source, String name, int firstArgument, List<String> argumentTexts) {
        this.source = source;
        this.name = name;
        this.firstArgument = firstArgument;
        this.argumentTexts = argumentTexts;
    }

    /**
     * Reads a name, and finds where the arguments begin and end.
     *
     * @param text one call
     * @return the call, its arguments unread
     * @throws dev.airlock.error.WitException if the text is not exactly one call
     */
    public static WaveCall parse(String text) {
        SourceText source = new SourceText("", text);
        Cursor cursor = new Cursor(source, Wave.MAX_TEXT, false);
        String name = ExportName.readBeforeParenthesis(cursor);
        cursor.expect("(");
        int firstArgument = cursor.offset();
        List<String> texts = new WaveSplitter(cursor).split();
        if (!cursor.atEnd()) {
            throw cursor.expected("the end of the text after the call");
        }
        return new WaveCall(source, name, firstArgument, List.copyOf(texts));
    }

    /** {@return the function's name as written, without a leading percent sign and without quotes} */
    public String name() {
        return name;
    }

    /** {@return the texts of the arguments, unread, in order} */
    public List<String> argumentTexts() {
        return argumentTexts;
    }

    /**
     * Returns the arguments as values. Trailing arguments that are options may be missing.
     *
     * @param type the type of the function
     * @return a value for each parameter
     * @throws dev.airlock.error.WitException if an argument is not WAVE; the place is that in the whole call
     * @throws ValueException if an argument does not fit its parameter, or the number of arguments is wrong; the path
     *     begins with the parameter's name
     */
    public List<Value> arguments(FuncType type) {
        List<FuncType.Param> params = type.params();
        if (argumentTexts.size() > params.size()) {
            throw wrongCount(params);
        }
        Cursor cursor = new Cursor(source, Wave.MAX_TEXT, false);
        cursor.moveTo(firstArgument);
        WaveReader reader = new WaveReader(cursor);
        List<Value> values = new ArrayList<>(params.size());
        for (int i = 0; i < params.size(); i++) {
            FuncType.Param param = params.get(i);
            ValType paramType = param.type();
            if (i < argumentTexts.size()) {
                values.add(reader.read(paramType, ValuePath.of(param.name())));
                if (!cursor.accept(",") && !cursor.at(")")) {
                    throw cursor.expected("\",\" or \")\"");
                }
            } else if (paramType instanceof OptionType option) {
                values.add(new OptionValue(option, null));
            } else {
                throw wrongCount(params);
            }
        }
        return List.copyOf(values);
    }

    private ValueException wrongCount(List<FuncType.Param> params) {
        String names =
                String.join(", ", params.stream().map(FuncType.Param::name).toList());
        return ValuePath.root()
                .refuse(SourceText.cut(name) + " takes " + params.size()
                        + (params.size() == 1 ? " argument" : " arguments")
                        + (params.isEmpty() ? "" : " (" + names + ")") + ", got " + argumentTexts.size());
    }
}
