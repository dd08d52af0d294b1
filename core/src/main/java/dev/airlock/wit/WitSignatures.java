package dev.airlock.wit;

import dev.airlock.type.FuncType;
import dev.airlock.type.ResourceType;
import dev.airlock.type.ValType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Functions of a guest and the types they use, as WIT writes them:
 *
 * <pre>{@code
 * record request { name: string, num: s32 }
 * record names { names: list<string> }
 * repeat: func(request: request) -> names;
 * }</pre>
 *
 * <p>That is the inside of a WIT interface (WIT, "Item: interface"), with two liberties, since it describes core modules
 * too: a semicolon may be left out, and what stands in front of a function's colon is the name of the guest's export as
 * it is, {@code ReturnString}, {@code my_mod.greet} or {@code wasi:http/handler@0.2.0#handle}. Such a name is made of
 * letters, digits and {@code _ - . : / # @ $ + ! [ ] *}; any other goes in double quotes. A {@code %} in front is not
 * part of a name. Types may be declared after they are used. Doc comments are read past.
 *
 * <p>Two are equal when they declare equal types under the same names and equal functions under the same names, in
 * whatever order.
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
     * @throws dev.airlock.error.WitException where the text is not WIT, uses what it does not declare, or declares what
     *     cannot be, as a record without fields
     */
    public static WitSignatures parse(String text) {
        return parse("", text);
    }

    /**
     * Reads WIT.
     *
     * @param source the name of the file it is from, for errors
     * @throws dev.airlock.error.WitException as {@link #parse(String)}
     */
    public static WitSignatures parse(String source, String text) {
        return WitParser.parse(new Source(source, text));
    }

    /**
     * These functions, to be printed. Records, variants, enums and flags that they use become declared types, under
     * their own names; one that has none gets one, {@code record-1}, and one whose name is taken gets a number.
     *
     * @param functions by the names of the guest's exports
     * @throws dev.airlock.error.SignatureException where two resources have one name, which no text can tell apart
     */
    public static WitSignatures of(Map<String, FuncType> functions) {
        return new WitSignatures(Map.of(), Map.of(), functions);
    }

    /** The declared types in order, but for resources. An alias, as {@code type id = u32}, stands here too. */
    public Map<String, ValType> types() {
        return declarations.types();
    }

    /** The declared resources in order. */
    public Map<String, ResourceType> resources() {
        return declarations.resources();
    }

    /** The functions in order, each under the name of the guest's export. */
    public Map<String, FuncType> functions() {
        return functions;
    }

    /** As WIT, one declaration or function a line, to be read back by {@link #parse(String)} as an equal one. */
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
