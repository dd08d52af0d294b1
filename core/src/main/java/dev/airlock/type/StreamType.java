package dev.airlock.type;

import dev.airlock.error.SignatureException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values that come one after the other: {@code stream<u8>}.
 *
 * @param element what they are, or null where only their number matters; no borrow, and no {@code char} for now
 */
public record StreamType(@Nullable ValType element) implements ValType {
    public StreamType {
        if (element != null && Extent.hasBorrow(element)) {
            throw new SignatureException("a stream cannot carry a borrow: it may outlive the call");
        }
        if (element == PrimitiveType.CHAR) {
            throw new SignatureException("a stream cannot carry char: the component model has yet to say how");
        }
        Extent.check("stream", element == null ? List.of() : List.of(element));
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
