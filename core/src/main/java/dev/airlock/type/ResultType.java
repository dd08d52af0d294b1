package dev.airlock.type;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What went well or what did not: {@code result<string, errno>}.
 *
 * @param ok what comes with success, or null where nothing does
 * @param err what comes with failure, or null where nothing does
 */
public record ResultType(@Nullable ValType ok, @Nullable ValType err) implements ValType {
    public ResultType {
        Extent.check("result", present(ok, err));
    }

    private static List<ValType> present(@Nullable ValType ok, @Nullable ValType err) {
        return Stream.of(ok, err).filter(Objects::nonNull).toList();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitResult(this);
    }

    /** The payloads that there are, that of success first. */
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
