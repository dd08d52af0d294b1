package dev.airlock.component.bind;

import dev.airlock.shape.JavaShape;
import dev.airlock.shape.MethodShape;
import dev.airlock.shape.RecordShape;
import dev.airlock.shape.VariantShape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the resources in the types of a method. */
final class ShapeResources implements JavaShape.Visitor<Boolean> {
    private final List<JavaShape.ResourceShape> found = new ArrayList<>();

    private ShapeResources() {}

    static List<JavaShape.ResourceShape> of(MethodShape method) {
        var resources = new ShapeResources();
        method.params().forEach(param -> resources.visit(param.shape()));
        resources.visit(method.result());
        if (method.errorShape() != null) {
            resources.visit(method.errorShape().payload());
        }
        return resources.found;
    }

    private boolean visit(@Nullable JavaShape shape) {
        return shape != null && shape.accept(this);
    }

    @Override
    public Boolean visitScalar(JavaShape.ScalarShape shape) {
        return false;
    }

    @Override
    public Boolean visitEnum(JavaShape.EnumShape shape) {
        return false;
    }

    @Override
    public Boolean visitText(JavaShape.TextShape shape) {
        return false;
    }

    @Override
    public Boolean visitArray(JavaShape.ArrayShape shape) {
        return false;
    }

    @Override
    public Boolean visitFlags(JavaShape.FlagsShape shape) {
        return false;
    }

    @Override
    public Boolean visitList(JavaShape.ListShape shape) {
        return visit(shape.element());
    }

    @Override
    public Boolean visitMap(JavaShape.MapShape shape) {
        return visit(shape.key()) | visit(shape.value());
    }

    @Override
    public Boolean visitRecord(RecordShape shape) {
        shape.components().forEach(component -> visit(component.shape()));
        return true;
    }

    @Override
    public Boolean visitVariant(VariantShape shape) {
        shape.cases().forEach(c -> visit(c.payload()));
        return true;
    }

    @Override
    public Boolean visitOption(JavaShape.OptionShape shape) {
        return visit(shape.payload());
    }

    @Override
    public Boolean visitResult(JavaShape.ResultShape shape) {
        return visit(shape.ok()) | visit(shape.err());
    }

    @Override
    public Boolean visitResource(JavaShape.ResourceShape shape) {
        return found.add(shape);
    }

    @Override
    public Boolean visitOpaque(JavaShape.OpaqueShape shape) {
        return false;
    }
}
