package dev.airlock.json;

import dev.airlock.error.SignatureException;
import dev.airlock.shape.JavaShape;
import dev.airlock.shape.RecordShape;
import dev.airlock.shape.VariantShape;
import dev.airlock.type.PrimitiveType;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Looks for parts of a shape that have no form, before anything is called. */
record Fitness(String format, boolean numbersAsKeys, String path) implements JavaShape.Visitor<@Nullable Void> {
    private void part(String step, @Nullable JavaShape shape) {
        if (shape != null) {
            String on = path.isEmpty() && step.startsWith(".") ? step.substring(1) : path + step;
            shape.accept(new Fitness(format, numbersAsKeys, on));
        }
    }

    private SignatureException refusal(JavaShape shape, String reason) {
        return new SignatureException((path.isEmpty() ? "" : path + ": ")
                + shape.javaType().getTypeName().replaceAll("\\b[a-z0-9_]+\\.|\\w+\\$", "") + " has no form in "
                + format + ": " + reason);
    }

    @Override
    public @Nullable Void visitScalar(JavaShape.ScalarShape shape) {
        return null;
    }

    @Override
    public @Nullable Void visitEnum(JavaShape.EnumShape shape) {
        return null;
    }

    @Override
    public @Nullable Void visitText(JavaShape.TextShape shape) {
        return null;
    }

    @Override
    public @Nullable Void visitArray(JavaShape.ArrayShape shape) {
        if (shape.javaType() == InputStream.class) {
            throw refusal(shape, "write byte[]");
        }
        return null;
    }

    @Override
    public @Nullable Void visitList(JavaShape.ListShape shape) {
        part("[]", shape.element());
        return null;
    }

    @Override
    public @Nullable Void visitMap(JavaShape.MapShape shape) {
        if (!numbersAsKeys && shape.key().type() != PrimitiveType.STRING) {
            throw refusal(shape, "keys are strings there; a list of a record of key and value has one");
        }
        part("[].value", shape.value());
        return null;
    }

    @Override
    public @Nullable Void visitRecord(RecordShape shape) {
        shape.components().forEach(c -> part("." + c.javaName(), c.shape()));
        return null;
    }

    @Override
    public @Nullable Void visitVariant(VariantShape shape) {
        shape.cases().forEach(c -> part("." + c.label(), c.payload()));
        return null;
    }

    @Override
    public @Nullable Void visitFlags(JavaShape.FlagsShape shape) {
        return null;
    }

    @Override
    public @Nullable Void visitOption(JavaShape.OptionShape shape) {
        if (shape.payload() instanceof JavaShape.OptionShape) {
            throw refusal(shape, "null would mean two things; a Result or a record around the inner one has one");
        }
        part("", shape.payload());
        return null;
    }

    @Override
    public @Nullable Void visitResult(JavaShape.ResultShape shape) {
        part(".ok", shape.ok());
        part(".err", shape.err());
        return null;
    }
}
