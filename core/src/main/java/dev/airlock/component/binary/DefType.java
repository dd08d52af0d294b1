package dev.airlock.component.binary;

import dev.airlock.type.PrimitiveType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code deftype}: a type as encoded, with its indices (Binary, "Type Definitions"). */
public sealed interface DefType {
    <R> R accept(Visitor<R> visitor);

    /** Visits a type, by its kind. */
    interface Visitor<R> {
        R visitPrimitive(Primitive type);

        R visitRecord(RecordOf type);

        R visitVariant(VariantOf type);

        R visitList(ListOf type);

        R visitTuple(TupleOf type);

        R visitFlags(FlagsOf type);

        R visitEnum(EnumOf type);

        R visitOption(OptionOf type);

        R visitResult(ResultOf type);

        R visitMap(MapOf type);

        R visitOwn(Own type);

        R visitBorrow(Borrow type);

        R visitStream(StreamOf type);

        R visitFuture(FutureOf type);

        R visitFunc(Func type);

        R visitComponent(ComponentOf type);

        R visitInstance(InstanceOf type);

        R visitResource(Resource type);
    }

    /** A field or a parameter. */
    record Labelled(String label, ValTypeRef type) {}

    /** A case of a variant. */
    record Case(String label, @Nullable ValTypeRef payload) {}

    record Primitive(PrimitiveType type) implements DefType {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitPrimitive(this);
        }
    }

    record RecordOf(List<Labelled> fields) implements DefType {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitRecord(this);
        }
    }

    record VariantOf(List<Case> cases) implements DefType {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitVariant(this);
        }
    }

    /** @param fixedLength null if the length varies by value */
    record ListOf(ValTypeRef element, @Nullable Integer fixedLength) implements DefType {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitList(this);
        }
    }

    record TupleOf(List<ValTypeRef> elements) implements DefType {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitTuple(this);
        }
    }

    record FlagsOf(List<String> labels) implements DefType {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitFlags(this);
        }
    }

    record EnumOf(List<String> labels) implements DefType {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitEnum(this);
        }
    }

    record OptionOf(ValTypeRef payload) implements DefType {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitOption(this);
        }
    }

    record ResultOf(@Nullable ValTypeRef ok, @Nullable ValTypeRef err) implements DefType {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitResult(this);
        }
    }

    record MapOf(ValTypeRef key, ValTypeRef value) implements DefType {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitMap(this);
        }
    }

    record Own(int resource) implements DefType {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitOwn(this);
        }
    }

    record Borrow(int resource) implements DefType {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitBorrow(this);
        }
    }

    record StreamOf(@Nullable ValTypeRef element) implements DefType {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitStream(this);
        }
    }

    record FutureOf(@Nullable ValTypeRef element) implements DefType {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitFuture(this);
        }
    }

    record Func(
            boolean async, List<Labelled> params, @Nullable ValTypeRef result) implements DefType {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitFunc(this);
        }
    }

    /** {@code (component ...)}; its declarations have separate index spaces. */
    record ComponentOf(List<Declarator> declarators) implements DefType {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitComponent(this);
        }
    }

    /** {@code (instance ...)}; its declarations have separate index spaces. */
    record InstanceOf(List<Declarator> declarators) implements DefType {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitInstance(this);
        }
    }

    /**
     * {@code (resource (rep i32) (dtor f)?)}: a type that is distinct in each instance of the component.
     *
     * @param destructor the index of a core function, or null
     */
    record Resource(@Nullable Integer destructor) implements DefType {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitResource(this);
        }
    }
}
