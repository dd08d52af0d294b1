package dev.airlock.wit;

import dev.airlock.type.BorrowType;
import dev.airlock.type.EnumType;
import dev.airlock.type.FlagsType;
import dev.airlock.type.FuncType;
import dev.airlock.type.FutureType;
import dev.airlock.type.ListType;
import dev.airlock.type.MapType;
import dev.airlock.type.NamedType;
import dev.airlock.type.OptionType;
import dev.airlock.type.OwnType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.RecordType;
import dev.airlock.type.ResultType;
import dev.airlock.type.StreamType;
import dev.airlock.type.TupleType;
import dev.airlock.type.ValType;
import dev.airlock.type.VariantType;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints types where they are used, and the lines that declare them. */
final class WitPrinter implements ValType.Visitor<String> {
    private final WitSignatures signatures;
    private final Declarations declarations;
    private final StringBuilder out = new StringBuilder();

    WitPrinter(WitSignatures signatures, Declarations declarations) {
        this.signatures = signatures;
        this.declarations = declarations;
    }

    String print() {
        signatures.resources().keySet().forEach(name -> line("resource " + Keywords.escape(name) + ";"));
        signatures.types().forEach((name, type) -> line(declaration(name, type)));
        signatures.functions().forEach((name, type) -> line(ExportName.print(name) + ": " + function(type) + ";"));
        return out.toString();
    }

    private void line(String line) {
        out.append(line).append('\n');
    }

    private String declaration(String name, ValType type) {
        String escaped = Keywords.escape(name);
        if (type instanceof NamedType named && declarations.nameOf(named).equals(name)) {
            return declaring(escaped, named);
        }
        return "type " + escaped + " = " + type.accept(this) + ";";
    }

    private String declaring(String name, NamedType type) {
        if (type instanceof RecordType record) {
            return "record " + name + " { "
                    + record.fields().stream()
                            .map(f ->
                                    Keywords.escape(f.name()) + ": " + f.type().accept(this))
                            .collect(Collectors.joining(", "))
                    + " }";
        }
        if (type instanceof VariantType variant) {
            return "variant " + name + " { "
                    + variant.cases().stream().map(this::variantCase).collect(Collectors.joining(", ")) + " }";
        }
        if (type instanceof EnumType enumeration) {
            return "enum " + name + " { " + labels(enumeration.cases()) + " }";
        }
        return "flags " + name + " { " + labels(((FlagsType) type).flags()) + " }";
    }

    private String variantCase(VariantType.Case which) {
        ValType payload = which.payload();
        return Keywords.escape(which.name()) + (payload == null ? "" : "(" + payload.accept(this) + ")");
    }

    private static String labels(List<String> labels) {
        return labels.stream().map(Keywords::escape).collect(Collectors.joining(", "));
    }

    private String function(FuncType type) {
        ValType result = type.result();
        return (type.async() ? "async func" : "func")
                + type.params().stream()
                        .map(p -> Keywords.escape(p.name()) + ": " + p.type().accept(this))
                        .collect(Collectors.joining(", ", "(", ")"))
                + (result == null ? "" : " -> " + result.accept(this));
    }

    @Override
    public String visitPrimitive(PrimitiveType type) {
        return type.text();
    }

    @Override
    public String visitList(ListType type) {
        return "list<"
                + type.element().accept(this)
                + (type.fixedLength() == null ? "" : ", " + type.fixedLength())
                + ">";
    }

    @Override
    public String visitRecord(RecordType type) {
        return declared(type);
    }

    @Override
    public String visitTuple(TupleType type) {
        return type.elements().stream().map(t -> t.accept(this)).collect(Collectors.joining(", ", "tuple<", ">"));
    }

    @Override
    public String visitVariant(VariantType type) {
        return declared(type);
    }

    @Override
    public String visitEnum(EnumType type) {
        return declared(type);
    }

    @Override
    public String visitFlags(FlagsType type) {
        return declared(type);
    }

    private String declared(NamedType type) {
        return Keywords.escape(declarations.nameOf(type));
    }

    @Override
    public String visitOption(OptionType type) {
        return "option<" + type.payload().accept(this) + ">";
    }

    @Override
    public String visitResult(ResultType type) {
        ValType ok = type.ok();
        ValType err = type.err();
        if (err == null) {
            return ok == null ? "result" : "result<" + ok.accept(this) + ">";
        }
        return "result<" + (ok == null ? "_" : ok.accept(this)) + ", " + err.accept(this) + ">";
    }

    @Override
    public String visitMap(MapType type) {
        return "map<" + type.key() + ", " + type.value().accept(this) + ">";
    }

    @Override
    public String visitOwn(OwnType type) {
        return Keywords.escape(type.resource().name());
    }

    @Override
    public String visitBorrow(BorrowType type) {
        return "borrow<" + Keywords.escape(type.resource().name()) + ">";
    }

    @Override
    public String visitFuture(FutureType type) {
        return "future" + inAngles(type.element());
    }

    @Override
    public String visitStream(StreamType type) {
        return "stream" + inAngles(type.element());
    }

    private String inAngles(@Nullable ValType type) {
        return type == null ? "" : "<" + type.accept(this) + ">";
    }
}
