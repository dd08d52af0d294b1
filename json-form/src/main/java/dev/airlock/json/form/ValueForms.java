package dev.airlock.json.form;

import dev.airlock.binding.JavaValues;
import dev.airlock.error.SignatureException;
import dev.airlock.error.ValueException;
import dev.airlock.type.BorrowType;
import dev.airlock.type.EnumType;
import dev.airlock.type.FlagsType;
import dev.airlock.type.FutureType;
import dev.airlock.type.ListType;
import dev.airlock.type.ListValue;
import dev.airlock.type.MapType;
import dev.airlock.type.OptionType;
import dev.airlock.type.OwnType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.RecordType;
import dev.airlock.type.ResultType;
import dev.airlock.type.StreamType;
import dev.airlock.type.TupleType;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import dev.airlock.type.VariantType;
import org.jspecify.annotations.Nullable;

/**
 * Makes the forms of WIT types, for {@link Value}s. A WIT type has the same form as the Java type that stands for it, so that a
 * guest cannot distinguish a call by a signature from one through an interface. The inner forms map plain Java values, by the
 * table of {@link JavaValues}.
 */
final class ValueForms implements ValType.Visitor<Form> {
    private final Mapping mapping;

    private ValueForms(Mapping mapping) {
        this.mapping = mapping;
    }

    /** @throws SignatureException if the type has no form */
    static Form of(ValType type, Mapping mapping) {
        return new ValueForm(type, new ValueForms(mapping).of(type));
    }

    private Form of(ValType type) {
        return type.accept(this);
    }

    private @Nullable Form orNothing(@Nullable ValType type) {
        return type == null ? null : of(type);
    }

    @Override
    public Form visitPrimitive(PrimitiveType type) {
        return switch (type) {
            case S8 -> ScalarForms.of(type, byte.class);
            case S16 -> ScalarForms.of(type, short.class);
            case U8, U16, S32, U32, CHAR -> ScalarForms.of(type, int.class);
            case S64, U64 -> ScalarForms.of(type, long.class);
            case BOOL, F32, F64, STRING -> ScalarForms.of(type, Object.class);
            case ERROR_CONTEXT -> throw none(type);
        };
    }

    @Override
    public Form visitList(ListType type) {
        Class<?> array = ListValue.arrayType(type);
        if (array == null) {
            return new Containers.ListForm(of(type.element()));
        } else if (array == byte[].class || array == boolean[].class) {
            return mapping.leaf(array);
        }
        Class<?> component = array.getComponentType();
        return new Containers.ArrayForm(ScalarForms.of((PrimitiveType) type.element(), component), component);
    }

    @Override
    public Form visitRecord(RecordType type) {
        return new ValueComposites.RecordForm(
                type.fields().stream()
                        .map(field -> new ValueComposites.Field(
                                field.name(),
                                mapping.memberName(Labels.member(field.name())),
                                of(field.type()),
                                field.type() instanceof OptionType))
                        .toList(),
                mapping.refusesUnknownMembers());
    }

    @Override
    public Form visitTuple(TupleType type) {
        return new ValueComposites.TupleForm(
                type.elements().stream().map(this::of).toList());
    }

    @Override
    public Form visitVariant(VariantType type) {
        return new ValueComposites.VariantForm(type.cases().stream()
                .map(c -> new ValueComposites.Case(c.name(), orNothing(c.payload())))
                .toList());
    }

    @Override
    public Form visitEnum(EnumType type) {
        return new ValueComposites.NameForm("a case", type.cases());
    }

    @Override
    public Form visitFlags(FlagsType type) {
        return new ValueComposites.FlagsForm(type.flags());
    }

    @Override
    public Form visitOption(OptionType type) {
        if (type.payload() instanceof OptionType) {
            throw new SignatureException(type + " has no form in JSON: null would have two meanings");
        }
        return new Containers.OptionalForm(of(type.payload()));
    }

    @Override
    public Form visitResult(ResultType type) {
        return new Composites.TaggedForm(Composites.Case.ofResult(orNothing(type.ok()), orNothing(type.err())));
    }

    @Override
    public Form visitMap(MapType type) {
        Class<?> key = switch (type.key()) {
            case S8 -> byte.class;
            case S16 -> short.class;
            case S64, U64 -> long.class;
            case U8, U16, S32, U32, CHAR, BOOL, F32, F64, STRING, ERROR_CONTEXT -> int.class;
        };
        return new Containers.MapForm(new KeyForm(type.key(), key), of(type.value()));
    }

    private static SignatureException none(ValType type) {
        return new SignatureException(type + " has no form");
    }

    @Override
    public Form visitOwn(OwnType type) {
        throw none(type);
    }

    @Override
    public Form visitBorrow(BorrowType type) {
        throw none(type);
    }

    @Override
    public Form visitFuture(FutureType type) {
        throw none(type);
    }

    @Override
    public Form visitStream(StreamType type) {
        throw none(type);
    }

    /** A whole value, which the inner form maps as a plain Java value. */
    private static final class ValueForm extends Form {
        private final ValType type;
        private final Form plain;

        ValueForm(ValType type, Form plain) {
            super("a value");
            this.type = type;
            this.plain = plain;
        }

        @Override
        protected void write(Object value, TokenWriter out) {
            plain.writeAny(JavaValues.toJava((Value) value), out);
        }

        @Override
        protected Object read(TokenReader in) {
            return value(plain.read(in));
        }

        @Override
        public Object readNull() {
            return value(plain.readNull());
        }

        private Value value(@Nullable Object java) {
            try {
                return JavaValues.toValue(type, java);
            } catch (ValueException e) {
                throw new Mismatch(String.valueOf(e.getMessage()), e);
            }
        }
    }
}
