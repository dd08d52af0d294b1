package dev.airlock.type;

import dev.airlock.error.SignatureException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One value that comes later: {@code future<string>}.
 *
 * @param element what it is, or null where only the moment matters; no borrow
 */
public record FutureType(@Nullable ValType element) implements ValType {
    public FutureType {
        if (element != null && Extent.hasBorrow(element)) {
            throw new SignatureException("a future cannot carry a borrow: it may outlive the call");
        }
        Extent.check("future", element == null ? List.of() : List.of(element));
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
