package dev.airlock.component.binary;

import dev.airlock.wit.ExternName;
import dev.airlock.wit.ExternName.Malformed;
import dev.airlock.wit.Feature;
import dev.airlock.wit.NameAttributes;
import org.jspecify.annotations.Nullable;

/** Reads the definitions of a component one at a time, except modules and nested components. */
final class DefinitionDecoder {
    private final TypeDecoder types;

    /** @param depth how deep the component is nested in others */
    DefinitionDecoder(int depth) {
        this.types = new TypeDecoder(this, depth);
    }

    ComponentDefinition coreInstance(BinaryReader in) {
        int offset = in.position();
        int opcode = in.next("a core instance");
        if (opcode == 0x00) {
            int module = in.index("a core module");
            return new ComponentDefinition.CoreInstantiate(offset, module, in.vector("arguments", () -> coreArg(in)));
        }
        if (opcode == 0x01) {
            return new ComponentDefinition.CoreExports(offset, in.vector("exports", () -> coreItem(in)));
        }
        throw in.expected(offset, "a core instance: 0x00 instantiates, 0x01 lists exports");
    }

    private static ComponentDefinition.CoreInstantiate.Arg coreArg(BinaryReader in) {
        int offset = in.position();
        String name = in.name("an argument's name");
        int sort = in.position();
        if (in.next("0x12, for an instance,") != 0x12) {
            throw in.expected(sort, "the sort of an argument: an instance, 0x12");
        }
        return new ComponentDefinition.CoreInstantiate.Arg(offset, name, in.index("a core instance"));
    }

    private static ComponentDefinition.CoreExports.Item coreItem(BinaryReader in) {
        int offset = in.position();
        String name = in.name("an export's name");
        Sort sort = coreSort(in);
        return new ComponentDefinition.CoreExports.Item(offset, name, new SortIndex(sort, in.index("a " + sort)));
    }

    ComponentDefinition coreType(BinaryReader in) {
        int offset = in.position();
        return new ComponentDefinition.CoreType(offset, CoreTypeDecoder.defType(in));
    }

    ComponentDefinition instance(BinaryReader in) {
        int offset = in.position();
        int opcode = in.next("an instance");
        if (opcode == 0x00) {
            int component = in.index("a component");
            return new ComponentDefinition.Instantiate(offset, component, in.vector("arguments", () -> arg(in)));
        }
        if (opcode == 0x01) {
            return new ComponentDefinition.Exports(offset, in.vector("exports", () -> item(in)));
        }
        throw in.expected(offset, "an instance: 0x00 instantiates, 0x01 lists exports");
    }

    private static ComponentDefinition.Instantiate.Arg arg(BinaryReader in) {
        int offset = in.position();
        return new ComponentDefinition.Instantiate.Arg(offset, in.name("an argument's name"), sortIndex(in));
    }

    private static ComponentDefinition.Exports.Item item(BinaryReader in) {
        int offset = in.position();
        return new ComponentDefinition.Exports.Item(offset, nameAttributes(in), sortIndex(in));
    }

    ComponentDefinition alias(BinaryReader in) {
        int offset = in.position();
        Sort sort = sort(in);
        int target = in.position();
        return switch (in.next("the target of an alias")) {
            case 0x00 -> {
                requireComponentSort(in, offset, sort);
                yield new ComponentDefinition.AliasExport(
                        offset, sort, in.index("an instance"), in.name("an export's name"));
            }
            case 0x01 -> {
                if (!isCoreItem(sort)) {
                    throw in.error(offset, "malformed: a " + sort + " cannot be an export of a core instance");
                }
                yield new ComponentDefinition.AliasCoreExport(
                        offset, sort, in.index("a core instance"), in.name("an export's name"));
            }
            case 0x02 -> {
                if (sort != Sort.CORE_MODULE && sort != Sort.CORE_TYPE && sort != Sort.COMPONENT && sort != Sort.TYPE) {
                    throw in.error(
                            offset,
                            "malformed: an outer alias must name a core module, a core type, a component or a type, not a "
                                    + sort);
                }
                yield new ComponentDefinition.AliasOuter(
                        offset, sort, in.index("an enclosing component or type"), in.index("a " + sort));
            }
            default -> throw in.expected(target, "the target of an alias: 0x00 export, 0x01 core export, 0x02 outer");
        };
    }

    private static boolean isCoreItem(Sort sort) {
        return switch (sort) {
            case CORE_FUNC, CORE_TABLE, CORE_MEMORY, CORE_GLOBAL, CORE_TAG -> true;
            case CORE_TYPE, CORE_MODULE, CORE_INSTANCE, FUNC, TYPE, COMPONENT, INSTANCE -> false;
        };
    }

    /** Checks that a sort can be imported and exported by components: of the core sorts, only modules can. */
    private static void requireComponentSort(BinaryReader in, int offset, Sort sort) {
        switch (sort) {
            case CORE_MODULE, FUNC, TYPE, COMPONENT, INSTANCE -> {}
            case CORE_FUNC, CORE_TABLE, CORE_MEMORY, CORE_GLOBAL, CORE_TAG, CORE_TYPE, CORE_INSTANCE ->
                throw in.error(offset, "invalid: components cannot import or export a " + sort);
        }
    }

    ComponentDefinition type(BinaryReader in) {
        int offset = in.position();
        return new ComponentDefinition.Type(offset, types.defType(in));
    }

    ComponentDefinition canon(BinaryReader in) {
        int offset = in.position();
        return new ComponentDefinition.CanonFunc(offset, CanonDecoder.canon(in));
    }

    ComponentDefinition importOf(BinaryReader in) {
        int offset = in.position();
        return new ComponentDefinition.Import(offset, nameAttributes(in), externDesc(in));
    }

    ComponentDefinition export(BinaryReader in) {
        int offset = in.position();
        NameAttributes name = nameAttributes(in);
        int at = in.position();
        SortIndex target = sortIndex(in);
        requireComponentSort(in, at, target.sort());
        ExternDesc ascribed = in.flag("the type of an export may follow") ? externDesc(in) : null;
        return new ComponentDefinition.Export(offset, name, target, ascribed);
    }

    static SortIndex sortIndex(BinaryReader in) {
        Sort sort = sort(in);
        return new SortIndex(sort, in.index("a " + sort));
    }

    static Sort sort(BinaryReader in) {
        int offset = in.position();
        return switch (in.next("a sort")) {
            case 0x00 -> coreSort(in);
            case 0x01 -> Sort.FUNC;
            case 0x02 -> throw in.error(offset, Feature.VALUES.needed());
            case 0x03 -> Sort.TYPE;
            case 0x04 -> Sort.COMPONENT;
            case 0x05 -> Sort.INSTANCE;
            default ->
                throw in.expected(
                        offset, "a sort: 0x00 core, 0x01 func, 0x02 value, 0x03 type, 0x04 component, 0x05 instance");
        };
    }

    private static Sort coreSort(BinaryReader in) {
        int offset = in.position();
        return switch (in.next("a core sort")) {
            case 0x00 -> Sort.CORE_FUNC;
            case 0x01 -> Sort.CORE_TABLE;
            case 0x02 -> Sort.CORE_MEMORY;
            case 0x03 -> Sort.CORE_GLOBAL;
            case 0x04 -> Sort.CORE_TAG;
            case 0x10 -> Sort.CORE_TYPE;
            case 0x11 -> Sort.CORE_MODULE;
            case 0x12 -> Sort.CORE_INSTANCE;
            default ->
                throw in.expected(
                        offset,
                        "a core sort: 0x00 func, 0x01 table, 0x02 memory, 0x03 global, 0x04 tag, 0x10 type, 0x11 module,"
                                + " 0x12 instance");
        };
    }

    static ExternDesc externDesc(BinaryReader in) {
        int offset = in.position();
        return switch (in.next("the type of an import or export")) {
            case 0x00 -> {
                int sort = in.position();
                if (in.next("0x11, for a core module,") != 0x11) {
                    throw in.expected(sort, "the core sort of a component's import or export: a module, 0x11");
                }
                yield new ExternDesc.Typed(Sort.CORE_MODULE, in.index("a core type"));
            }
            case 0x01 -> new ExternDesc.Typed(Sort.FUNC, in.index("a type"));
            case 0x02 -> throw in.error(offset, Feature.VALUES.needed());
            case 0x03 -> {
                int bound = in.position();
                yield switch (in.next("the bound of a type")) {
                    case 0x00 -> new ExternDesc.TypeEq(in.index("a type"));
                    case 0x01 -> new ExternDesc.TypeSubResource();
                    default -> throw in.expected(bound, "the bound of a type: 0x00 (eq i), 0x01 (sub resource)");
                };
            }
            case 0x04 -> new ExternDesc.Typed(Sort.COMPONENT, in.index("a type"));
            case 0x05 -> new ExternDesc.Typed(Sort.INSTANCE, in.index("a type"));
            default ->
                throw in.expected(
                        offset,
                        "the sort of an import or export: 0x00 0x11 core module, 0x01 func, 0x02 value, 0x03 type,"
                                + " 0x04 component, 0x05 instance");
        };
    }

    static NameAttributes nameAttributes(BinaryReader in) {
        int offset = in.position();
        int opcode = in.next("the name of an import or export");
        if (opcode > 0x02) {
            throw in.expected(offset, "the start of a name: 0x00, 0x01, or 0x02 with attributes");
        }
        int at = in.position();
        ExternName name = externName(in, at, in.name("the name of an import or export"));
        if (opcode < 0x02) {
            return new NameAttributes(name, null, null);
        }
        var attributes = new Attributes();
        in.vector("attributes", () -> attributes.read(in));
        return new NameAttributes(name, attributes.implemented, attributes.externalId);
    }

    private static ExternName externName(BinaryReader in, int offset, String text) {
        try {
            return ExternName.parse(text);
        } catch (Malformed e) {
            throw in.error(offset, "invalid: " + e.getMessage());
        }
    }

    /** Reads the attributes of a name; each kind may occur once. */
    private static final class Attributes {
        private ExternName.@Nullable Interface implemented;
        private @Nullable String externalId;

        private boolean read(BinaryReader in) {
            int offset = in.position();
            switch (in.next("an attribute")) {
                case 0x00 -> {
                    if (implemented != null) {
                        throw in.error(offset, "invalid: a name has \"implements\" twice");
                    }
                    int at = in.position();
                    try {
                        implemented = ExternName.parseInterface(in.name("the name of an interface"));
                    } catch (Malformed e) {
                        throw in.error(at, "invalid: " + e.getMessage());
                    }
                }
                case 0x01 ->
                    throw in.error(offset, "the attribute \"versionsuffix\" " + Feature.CANONICAL_NAMES.needed());
                case 0x02 -> {
                    if (externalId != null) {
                        throw in.error(offset, "invalid: a name has \"external-id\" twice");
                    }
                    externalId = in.name("an external id");
                }
                default ->
                    throw in.expected(offset, "an attribute: 0x00 implements, 0x01 versionsuffix, 0x02 external-id");
            }
            return true;
        }
    }
}
