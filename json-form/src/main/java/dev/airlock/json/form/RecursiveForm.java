package dev.airlock.json.form;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The form of a recursive type inside itself, made when it maps its first value. */
final class RecursiveForm extends Form {
    private final Supplier<Form> maker;
    private volatile @Nullable Form made;

    RecursiveForm(Supplier<Form> maker) {
        super("a value");
        this.maker = maker;
    }

    private Form form() {
        Form form = made;
        if (form == null) {
            form = maker.get();
            made = form;
        }
        return form;
    }

    @Override
    protected void write(Object value, TokenWriter out) {
        form().writeAny(value, out);
    }

    @Override
    protected @Nullable Object read(TokenReader in) {
        return form().readAny(in);
    }

    @Override
    protected void writeNull(TokenWriter out) {
        form().writeNull(out);
    }

    @Override
    public @Nullable Object readNull() {
        return form().readNull();
    }
}
