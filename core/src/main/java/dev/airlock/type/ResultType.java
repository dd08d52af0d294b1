package dev.airlock.type;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Success or failure, each with or without a value: {@code result<string, errno>}.
 *
 * @param ok the type of the value of success, or null if there is none
 * @param err the type of the value of failure, or null if there is none
 */
public record ResultType(@Nullable ValType ok, @Nullable ValType err) implements ValType {
    /**
     * Checks the depth and size.
     *
     * @param ok see the record
     * @param err see the record
     */
    public ResultType {
        TypeBounds.check("result", present(ok, err));
    }

    private static List<ValType> present(@Nullable ValType ok, @Nullable ValType err) {
        return Stream.of(ok, err).filter(Objects::nonNull).toList();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitResult(this);
    }

    /** {@return the payloads that exist, that of success first} */
    @Override
    public List<ValType> parts() {
        return present(ok, err);
    }

    @Override
    public String toString() {
        if (err == null) {
            return ok == null ? "result" : "result<" + ok + ">";
        }
        return "result<" + (ok == null ? "_" : ok) + ", " + err + ">";
    }
}
