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
 * <p>The name is as in {@link WitSignatures}: what may stand there bare, and quotes for the rest. Which arguments are
 * right only the function's type tells, so they are read when it is known.
 */
public final class WaveCall {
    private final Source source;
    private final String name;
    private final int firstArgument;
    private final List<String> argumentTexts;

    private WaveCall(Source source, String name, int firstArgument, List<String> argumentTexts) {
        this.source = source;
        this.name = name;
        this.firstArgument = firstArgument;
        this.argumentTexts = argumentTexts;
    }

    /**
     * Reads a name, and finds where the arguments begin and end.
     *
     * @throws dev.airlock.error.WitException where the text is not one call, with nothing after it
     */
    public static WaveCall parse(String text) {
        Source source = new Source("", text);
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

    /** The function's name as written, without the {@code %} or the quotes it may have. */
    public String name() {
        return name;
    }

    /** The arguments' texts, unread, in order. */
    public List<String> argumentTexts() {
        return argumentTexts;
    }

    /**
     * The arguments as values. Arguments at the end that are options may be missing.
     *
     * @param type of the function
     * @throws dev.airlock.error.WitException where an argument is not WAVE; the place is that in the whole call
     * @throws ValueException where an argument does not fit its parameter, or there are too many or too few; the path
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
                .refuse(Source.cut(name) + " takes " + params.size() + (params.size() == 1 ? " argument" : " arguments")
                        + (params.isEmpty() ? "" : " (" + names + ")") + ", got " + argumentTexts.size());
    }
}
