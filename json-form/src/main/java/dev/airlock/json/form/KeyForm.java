package dev.airlock.json.form;

import dev.airlock.shape.JavaShape;
import dev.airlock.shape.JavaShape.ScalarShape;
import dev.airlock.type.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** The form of a map's key, which is text in the formats: a string as it is, a number in decimal. */
final class KeyForm {
    private static final ScalarForms.TextForm TEXT = new ScalarForms.TextForm();

    private final PrimitiveType type;
    private final ScalarForms.@Nullable WholeForm whole;

    KeyForm(JavaShape shape) {
        this((PrimitiveType) shape.type(), shape instanceof ScalarShape scalar ? scalar.javaType() : Object.class);
    }

    KeyForm(PrimitiveType type, Class<?> javaType) {
        this.type = type;
        this.whole = type == PrimitiveType.STRING || type == PrimitiveType.BOOL
                ? null
                : new ScalarForms.WholeForm(type, javaType);
    }

    String write(@Nullable Object key) {
        if (key == null) {
            throw new Mismatch("expected a key, got null");
        } else if (whole == null) {
            return TEXT.checked(key.toString());
        }
        return type == PrimitiveType.U64 ? Long.toUnsignedString((long) key) : Long.toString(whole.meant((Number) key));
    }

    Object read(String name) {
        if (whole != null) {
            return whole.parse(name);
        } else if (type == PrimitiveType.STRING) {
            return TEXT.checked(name);
        } else if (name.equals("true") || name.equals("false")) {
            return name.equals("true");
        }
        throw new Mismatch("expected true or false as the key, got \"" + ScalarForms.TextForm.cut(name) + "\"");
    }
}
