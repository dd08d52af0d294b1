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
import dev.airlock.type.ResourceType;
import dev.airlock.type.ResultType;
import dev.airlock.type.StreamType;
import dev.airlock.type.TupleType;
import dev.airlock.type.ValType;
import dev.airlock.type.VariantType;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints types at their uses, and the declarations of types that have a name (WIT, "Types"). */
public final class WitTypes {
    private final Function<NamedType, String> typeNames;
    private final Function<ResourceType, String> resourceNames;
    private final Printer printer = new Printer();

    /**
     * Creates a printer.
     *
     * @param typeNames gives the names of records, variants, enums and flags, as they are declared
     * @param resourceNames gives the names of resources
     */
    public WitTypes(Function<NamedType, String> typeNames, Function<ResourceType, String> resourceNames) {
        this.typeNames = typeNames;
        this.resourceNames = resourceNames;
    }

    /**
     * Returns a label as WIT writes it: with a leading percent sign if it would be a keyword.
     *
     * @param label a label
     * @return its text
     */
    public static String label(String label) {
        return Keywords.escape(label);
    }

    /**
     * Prints a type at a use: {@code list<request>}.
     *
     * @param type the type
     * @return its text
     */
    public String use(ValType type) {
        return type.accept(printer);
    }

    /**
     * Prints a function: {@code func(name: string) -> u32}.
     *
     * @param type the type of the function
     * @return its text
     */
    public String function(FuncType type) {
        return (type.async() ? "async func" : "func") + signature(type);
    }

    /**
     * Prints a function without its first word: {@code (name: string) -> u32}.
     *
     * @param type the type of the function
     * @return its text
     */
    public String signature(FuncType type) {
        ValType result = type.result();
        return type.params().stream()
                        .map(p -> Keywords.escape(p.name()) + ": " + use(p.type()))
                        .collect(Collectors.joining(", ", "(", ")"))
                + (result == null ? "" : " -> " + use(result));
    }

    /**
     * Prints an alias: {@code type id = u32;}.
     *
     * @param name the alias
     * @param type the type that it stands for
     * @return the declaration
     */
    public String alias(String name, ValType type) {
        return "type " + Keywords.escape(name) + " = " + use(type) + ";";
    }

    /**
     * Prints a declaration: {@code record request { name: string, num: s32 }}.
     *
     * @param label the declared name
     * @param type the declared type
     * @return the declaration
     */
    public String declare(String label, NamedType type) {
        String name = Keywords.escape(label);
        if (type instanceof RecordType record) {
            return "record " + name + " { "
                    + record.fields().stream()
                            .map(f ->
                                    Keywords.escape(f.name()) + ": " + f.type().accept(printer))
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
        return Keywords.escape(which.name()) + (payload == null ? "" : "(" + payload.accept(printer) + ")");
    }

    private static String labels(List<String> labels) {
        return labels.stream().map(Keywords::escape).collect(Collectors.joining(", "));
    }

    private final class Printer implements ValType.Visitor<String> {
        @Override
        public String visitPrimitive(PrimitiveType type) {
            return type.text();
        }

        @Override
        public String visitList(ListType type) {
            return "list<"
                    + type.element().accept(printer)
                    + (type.fixedLength() == null ? "" : ", " + type.fixedLength())
                    + ">";
        }

        @Override
        public String visitRecord(RecordType type) {
            return declared(type);
        }

        @Override
        public String visitTuple(TupleType type) {
            return type.elements().stream()
                    .map(t -> t.accept(printer))
                    .collect(Collectors.joining(", ", "tuple<", ">"));
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
            return Keywords.escape(typeNames.apply(type));
        }

        @Override
        public String visitOption(OptionType type) {
            return "option<" + type.payload().accept(printer) + ">";
        }

        @Override
        public String visitResult(ResultType type) {
            ValType ok = type.ok();
            ValType err = type.err();
            if (err == null) {
                return ok == null ? "result" : "result<" + ok.accept(printer) + ">";
            }
            return "result<" + (ok == null ? "_" : ok.accept(printer)) + ", " + err.accept(printer) + ">";
        }

        @Override
        public String visitMap(MapType type) {
            return "map<" + type.key() + ", " + type.value().accept(printer) + ">";
        }

        @Override
        public String visitOwn(OwnType type) {
            return Keywords.escape(resourceNames.apply(type.resource()));
        }

        @Override
        public String visitBorrow(BorrowType type) {
            return "borrow<" + Keywords.escape(resourceNames.apply(type.resource())) + ">";
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
            return type == null ? "" : "<" + type.accept(printer) + ">";
        }
    }
}
