package dev.airlock.component.binary;

import dev.airlock.abi.form.ValueSize;
import dev.airlock.type.PrimitiveType;
import dev.airlock.wit.Feature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads types (Binary, "Type Definitions"). */
final class TypeDecoder {
    private static final int FIRST_NEGATIVE = 0x40;
    private static final int FIRST_LONG = 0x80;
    private static final int I32 = 0x7f;
    private static final int I64 = 0x7e;

    private final DefinitionDecoder definitions;
    private int depth;

    TypeDecoder(DefinitionDecoder definitions, int depth) {
        this.definitions = definitions;
        this.depth = depth;
    }

    DefType defType(BinaryReader in) {
        int offset = in.position();
        int opcode = in.next("a type");
        PrimitiveType primitive = primitive(opcode);
        if (primitive != null) {
            return new DefType.Primitive(primitive);
        }
        return switch (opcode) {
            case 0x72 -> new DefType.RecordOf(in.vector("fields", () -> labelled(in)));
            case 0x71 -> new DefType.VariantOf(in.vector("cases", () -> variantCase(in)));
            case 0x70 -> new DefType.ListOf(valType(in), null);
            case 0x67 -> new DefType.ListOf(valType(in), fixedLength(in));
            case 0x6f -> new DefType.TupleOf(in.vector("types", () -> valType(in)));
            case 0x6e -> new DefType.FlagsOf(in.vector("flags", () -> in.name("a label")));
            case 0x6d -> new DefType.EnumOf(in.vector("cases", () -> in.name("a label")));
            case 0x6b -> new DefType.OptionOf(valType(in));
            case 0x6a -> new DefType.ResultOf(optional(in), optional(in));
            case 0x69 -> new DefType.Own(in.index("a type"));
            case 0x68 -> new DefType.Borrow(in.index("a type"));
            case 0x66 -> new DefType.StreamOf(optional(in));
            case 0x65 -> new DefType.FutureOf(optional(in));
            case 0x63 -> new DefType.MapOf(valType(in), valType(in));
            case 0x40 -> func(in, false);
            case 0x43 -> func(in, true);
            case 0x41 -> new DefType.ComponentOf(declarators(in, offset, true));
            case 0x42 -> new DefType.InstanceOf(declarators(in, offset, false));
            case 0x3f -> resource(in);
            default -> throw in.expected(offset, "the opcode of a type");
        };
    }

    private static @Nullable PrimitiveType primitive(int opcode) {
        return switch (opcode) {
            case 0x7f -> PrimitiveType.BOOL;
            case 0x7e -> PrimitiveType.S8;
            case 0x7d -> PrimitiveType.U8;
            case 0x7c -> PrimitiveType.S16;
            case 0x7b -> PrimitiveType.U16;
            case 0x7a -> PrimitiveType.S32;
            case 0x79 -> PrimitiveType.U32;
            case 0x78 -> PrimitiveType.S64;
            case 0x77 -> PrimitiveType.U64;
            case 0x76 -> PrimitiveType.F32;
            case 0x75 -> PrimitiveType.F64;
            case 0x74 -> PrimitiveType.CHAR;
            case 0x73 -> PrimitiveType.STRING;
            case 0x64 -> PrimitiveType.ERROR_CONTEXT;
            default -> null;
        };
    }

    static ValTypeRef valType(BinaryReader in) {
        int offset = in.position();
        int first = in.peek("a value type");
        if (first >= FIRST_NEGATIVE && first < FIRST_LONG) {
            PrimitiveType primitive = primitive(in.next("a value type"));
            if (primitive == null) {
                throw in.expected(offset, "a value type: the index of a type, or the opcode of a primitive");
            }
            return ValTypeRef.to(primitive);
        }
        long index = in.s33("a value type");
        if (index < 0) {
            throw in.error(offset, "malformed: a value type was expected, found " + index);
        }
        return ValTypeRef.to(in.inBounds(offset, index, "a type"));
    }

    private static @Nullable ValTypeRef optional(BinaryReader in) {
        return in.flag("a value type may follow") ? valType(in) : null;
    }

    private static DefType.Labelled labelled(BinaryReader in) {
        return new DefType.Labelled(in.name("a label"), valType(in));
    }

    private static DefType.Case variantCase(BinaryReader in) {
        String label = in.name("a label");
        ValTypeRef payload = optional(in);
        int offset = in.position();
        if (in.next("0x00, the end of a case,") != 0) {
            throw in.expected(offset, "the end of a case, 0x00");
        }
        return new DefType.Case(label, payload);
    }

    private static int fixedLength(BinaryReader in) {
        int offset = in.position();
        long length = in.u32("the length of a list");
        if (length > ValueSize.MAX) {
            throw in.error(offset, "invalid: a list of " + length + " elements is larger than a value may be");
        }
        return (int) length;
    }

    private static DefType func(BinaryReader in, boolean async) {
        List<DefType.Labelled> params = in.vector("parameters", () -> labelled(in));
        return new DefType.Func(async, params, resultList(in));
    }

    /** Reads the type of a result, or null if there is none. */
    static @Nullable ValTypeRef resultList(BinaryReader in) {
        int offset = in.position();
        return switch (in.next("a function's result")) {
            case 0x00 -> valType(in);
            case 0x01 -> {
                int zero = in.position();
                if (in.next("0x00, for no result,") != 0) {
                    throw in.expected(zero, "the number of results, 0x00: named results do not exist");
                }
                yield null;
            }
            default -> throw in.expected(offset, "a function's result: 0x00 a type, 0x01 0x00 none");
        };
    }

    private static DefType resource(BinaryReader in) {
        int offset = in.position();
        int representation = in.next("the representation of a resource");
        if (representation == I64) {
            throw in.error(offset, "a resource with the representation i64 " + Feature.MEMORY64.needed());
        }
        if (representation != I32) {
            throw in.expected(offset, "the representation of a resource: i32, 0x7f");
        }
        return new DefType.Resource(in.flag("a destructor may follow") ? in.index("a core func") : null);
    }

    private List<Declarator> declarators(BinaryReader in, int offset, boolean ofComponent) {
        if (++depth > ComponentDecoder.MAX_NESTING) {
            throw in.error(
                    offset,
                    "components and their types are nested too deeply: at most " + ComponentDecoder.MAX_NESTING
                            + " levels are allowed");
        }
        List<Declarator> declarators = in.vector("declarations", () -> declarator(in, ofComponent));
        depth--;
        return declarators;
    }

    private Declarator declarator(BinaryReader in, boolean ofComponent) {
        int offset = in.position();
        int opcode = in.next("a declaration");
        return switch (opcode) {
            case 0x00 -> new Declarator.Defines(definitions.coreType(in));
            case 0x01 -> new Declarator.Defines(definitions.type(in));
            case 0x02 -> new Declarator.Defines(alias(in));
            case 0x04 ->
                new Declarator.Exports(offset, DefinitionDecoder.nameAttributes(in), DefinitionDecoder.externDesc(in));
            default -> {
                if (opcode == 0x03 && ofComponent) {
                    yield new Declarator.Imports(
                            offset, DefinitionDecoder.nameAttributes(in), DefinitionDecoder.externDesc(in));
                }
                throw in.expected(
                        offset,
                        "a declaration: 0x00 core type, 0x01 type, 0x02 alias, " + (ofComponent ? "0x03 import, " : "")
                                + "0x04 export");
            }
        };
    }

    private ComponentDefinition alias(BinaryReader in) {
        int offset = in.position();
        ComponentDefinition alias = definitions.alias(in);
        boolean fits = alias instanceof ComponentDefinition.AliasOuter
                ? alias.adds() == Sort.TYPE || alias.adds() == Sort.CORE_TYPE
                : alias.adds() == Sort.TYPE || alias.adds() == Sort.INSTANCE;
        if (!fits) {
            throw in.error(
                    offset,
                    "invalid: inside a type, an alias must name a type, or an export of an instance that is a type or an"
                            + " instance, not a " + alias.adds());
        }
        return alias;
    }
}
