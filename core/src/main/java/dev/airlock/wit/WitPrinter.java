package dev.airlock.wit;

import dev.airlock.type.NamedType;
import dev.airlock.type.ResourceType;
import dev.airlock.type.ValType;

/** Prints signatures, one declaration or function on each line. */
final class WitPrinter {
    private final WitSignatures signatures;
    private final Declarations declarations;
    private final WitTypes types;
    private final StringBuilder out = new StringBuilder();

    WitPrinter(WitSignatures signatures, Declarations declarations) {
        this.signatures = signatures;
        this.declarations = declarations;
        this.types = new WitTypes(declarations::nameOf, ResourceType::name);
    }

    String print() {
        signatures.resources().keySet().forEach(name -> line("resource " + Keywords.escape(name) + ";"));
        signatures.types().forEach((name, type) -> line(declaration(name, type)));
        signatures
                .functions()
                .forEach((name, type) -> line(ExportName.print(name) + ": " + types.function(type) + ";"));
        return out.toString();
    }

    private void line(String line) {
        out.append(line).append('\n');
    }

    private String declaration(String name, ValType type) {
        return type instanceof NamedType named && declarations.nameOf(named).equals(name)
                ? types.declare(name, named)
                : types.alias(name, type);
    }
}
