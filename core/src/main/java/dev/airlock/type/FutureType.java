package dev.airlock.type;

import dev.airlock.error.SignatureException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A single value that arrives later: {@code future<string>}.
 *
 * @param element the type of the value, or null if only the moment matters; not a borrow
 */
public record FutureType(@Nullable ValType element) implements ValType {
    /**
     * Checks the element.
     *
     * @param element see the record
     * @throws SignatureException if the element has a borrow
     */
    public FutureType {
        if (element != null && TypeBounds.hasBorrow(element)) {
            throw new SignatureException("a future cannot carry a borrow: it may outlive the call");
        }
        TypeBounds.check("future", element == null ? List.of() : List.of(element));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitFuture(this);
    }

    @Override
    public List<ValType> parts() {
        return element == null ? List.of() : List.of(element);
    }

    @Override
    public String toString() {
        return element == null ? "future" : "future<" + element + ">";
    }
}
