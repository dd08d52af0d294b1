package dev.airlock.type;

import dev.airlock.error.SignatureException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of values that arrive one after the other: {@code stream<u8>}.
 *
 * @param element the type of the values, or null if only their number matters; not a borrow, and not {@code char} for
 *     now
 */
public record StreamType(@Nullable ValType element) implements ValType {
    /**
     * Checks the element.
     *
     * @param element see the record
     * @throws SignatureException if the element has a borrow, or is {@code char}
     */
    public StreamType {
        if (element != null && TypeBounds.hasBorrow(element)) {
            throw new SignatureException("a stream cannot carry a borrow: it may outlive the call");
        }
        if (element == PrimitiveType.CHAR) {
            throw new SignatureException("a stream cannot carry char: the component model does not define yet how");
        }
        TypeBounds.check("stream", element == null ? List.of() : List.of(element));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitStream(this);
    }

    @Override
    public List<ValType> parts() {
        return element == null ? List.of() : List.of(element);
    }

    @Override
    public String toString() {
        return element == null ? "stream" : "stream<" + element + ">";
    }
}
