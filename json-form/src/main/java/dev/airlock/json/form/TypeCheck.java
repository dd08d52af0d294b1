package dev.airlock.json.form;

import dev.airlock.shape.JavaShape;
import dev.airlock.shape.RecordShape;
import dev.airlock.shape.UserTypes;
import dev.airlock.shape.VariantShape;
import dev.airlock.type.PrimitiveType;
import java.io.InputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the parts of a shape that have no form, before anything is called: one line for each, with the path to it.
 *
 * @param format the format's name, for messages
 * @param numbersAsKeys whether keys of maps may be numbers
 * @param mapper a class of the library that reads and writes records
 * @param path the path to the shape; empty for the whole
 */
public record TypeCheck(String format, boolean numbersAsKeys, Class<?> mapper, String path)
        implements JavaShape.Visitor<Stream<String>> {
    private Stream<String> part(String step, @Nullable JavaShape shape) {
        if (shape == null) {
            return Stream.of();
        }
        String on = path.isEmpty() && step.startsWith(".") ? step.substring(1) : path + step;
        return shape.accept(new TypeCheck(format, numbersAsKeys, mapper, on));
    }

    private Stream<String> none(JavaShape shape, String reason) {
        String type = shape.javaType().getTypeName().replaceAll("\\b[a-z0-9_]+\\.|\\w+\\$", "");
        return Stream.of((path.isEmpty() ? "" : path + ": ") + type + " has no form in " + format + ": " + reason);
    }

    @Override
    public Stream<String> visitScalar(JavaShape.ScalarShape shape) {
        return Stream.of();
    }

    @Override
    public Stream<String> visitEnum(JavaShape.EnumShape shape) {
        return Stream.of();
    }

    @Override
    public Stream<String> visitText(JavaShape.TextShape shape) {
        return Stream.of();
    }

    @Override
    public Stream<String> visitArray(JavaShape.ArrayShape shape) {
        return shape.javaType() == InputStream.class ? none(shape, "write byte[]") : Stream.of();
    }

    @Override
    public Stream<String> visitList(JavaShape.ListShape shape) {
        return part("[]", shape.element());
    }

    @Override
    public Stream<String> visitMap(JavaShape.MapShape shape) {
        Stream<String> key = numbersAsKeys || shape.key().type() == PrimitiveType.STRING
                ? Stream.of()
                : none(shape, "its keys are strings; use a list of records of key and value");
        return Stream.concat(key, part("[].value", shape.value()));
    }

    @Override
    public Stream<String> visitRecord(RecordShape shape) {
        Class<?> type = shape.rawType();
        Stream<String> access = UserTypes.isOpenTo(type, mapper)
                ? Stream.of()
                : none(shape, mapper.getModule() + " cannot read it: " + UserTypes.advice(type, mapper));
        return Stream.concat(access, shape.components().stream().flatMap(c -> part("." + c.javaName(), c.shape())));
    }

    @Override
    public Stream<String> visitVariant(VariantShape shape) {
        return shape.cases().stream().flatMap(c -> part("." + c.label(), c.payload()));
    }

    @Override
    public Stream<String> visitFlags(JavaShape.FlagsShape shape) {
        return Stream.of();
    }

    @Override
    public Stream<String> visitOption(JavaShape.OptionShape shape) {
        return shape.payload() instanceof JavaShape.OptionShape
                ? none(shape, "null would have two meanings; wrap the inner option in a Result or a record")
                : part("", shape.payload());
    }

    @Override
    public Stream<String> visitResult(JavaShape.ResultShape shape) {
        return Stream.concat(part(".ok", shape.ok()), part(".err", shape.err()));
    }

    @Override
    public Stream<String> visitResource(JavaShape.ResourceShape shape) {
        return none(shape, "it is a resource, and only components have resources");
    }

    @Override
    public Stream<String> visitOpaque(JavaShape.OpaqueShape shape) {
        return Stream.of();
    }
}
