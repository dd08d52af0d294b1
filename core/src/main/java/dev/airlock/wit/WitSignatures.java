package dev.airlock.wit;

import dev.airlock.type.FuncType;
import dev.airlock.type.ResourceType;
import dev.airlock.type.ValType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Functions of a guest and the types that they use, as WIT writes them.
 *
 * <pre>{@code
 * WitSignatures wit = WitSignatures.parse("""
 *         record request { name: string, num: s32 }
 *         record names { names: list<string> }
 *         repeat: func(request: request) -> names;
 *         """);
 * FuncType repeat = wit.functions().get("repeat");
 * }</pre>
 *
 * <p>The text is the body of a WIT interface (WIT, "Item: interface"), with two liberties, since it also describes core
 * modules. Semicolons are optional. The name before a function's colon is the name of the guest's export, such as
 * {@code ReturnString}, {@code my_mod.greet} or {@code wasi:http/handler@0.2.0#handle}. Without quotes, such a name may
 * consist of letters, digits and {@code _ - . : / # @ $ + ! [ ] *}; any other name needs double quotes. A leading
 * {@code %} is not part of a name. Types may be declared after they are used. Doc comments are skipped.
 *
 * <p>Two are equal if they declare equal types and equal functions under the same names, in any order.
 */
public final class WitSignatures {
    private final Declarations declarations;
    private final Map<String, FuncType> functions;

    WitSignatures(Map<String, ValType> types, Map<String, ResourceType> resources, Map<String, FuncType> functions) {
        this.declarations = new Declarations(types, resources);
        functions.values().forEach(declarations::add);
        this.functions = Collections.unmodifiableMap(new LinkedHashMap<>(functions));
    }

    /**
     * Reads WIT.
     *
     * @param text the body of an interface
     * @return its types and functions
     * @throws dev.airlock.error.WitException if the text is not WIT, uses a name that it does not declare, or declares
     *     something invalid, such as a record without fields
     */
    public static WitSignatures parse(String text) {
        return parse("", text);
    }

    /**
     * Reads WIT from a file.
     *
     * @param source the name of the file, for errors
     * @param text the body of an interface
     * @return its types and functions
     * @throws dev.airlock.error.WitException see {@link #parse(String)}
     */
    public static WitSignatures parse(String source, String text) {
        return WitParser.parse(new SourceText(source, text));
    }

    /**
     * Collects functions for printing. Records, variants, enums and flags that they use become declared types under
     * their own names. A type without a name gets one, {@code record-1}, and one whose name is taken gets a number.
     *
     * @param functions by the names of the guest's exports
     * @return the functions and the types that they use
     * @throws dev.airlock.error.SignatureException if two resources have the same name, which no text can tell apart
     */
    public static WitSignatures of(Map<String, FuncType> functions) {
        return new WitSignatures(Map.of(), Map.of(), functions);
    }

    /** {@return the declared types except resources, in order, including aliases such as {@code type id = u32}} */
    public Map<String, ValType> types() {
        return declarations.types();
    }

    /** {@return the declared resources, in order} */
    public Map<String, ResourceType> resources() {
        return declarations.resources();
    }

    /** {@return the functions, in order, by the names of the guest's exports} */
    public Map<String, FuncType> functions() {
        return functions;
    }

    /**
     * Prints WIT, one declaration or function on each line.
     *
     * @return a text that {@link #parse(String)} reads back as an equal one
     */
    public String print() {
        return new WitPrinter(this, declarations).print();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof WitSignatures that
                        && types().equals(that.types())
                        && resources().equals(that.resources())
                        && functions.equals(that.functions));
    }

    @Override
    public int hashCode() {
        return 31 * types().hashCode() + functions.hashCode();
    }

    @Override
    public String toString() {
        return print();
    }
}
