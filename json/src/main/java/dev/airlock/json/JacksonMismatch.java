package dev.airlock.json;

import dev.airlock.json.form.Mismatch;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

/** Carries a mismatch through Jackson, which extends the path only of exceptions of its own type. */
final class JacksonMismatch extends DatabindException {
    private static final long serialVersionUID = 1L;

    JacksonMismatch(Mismatch mismatch) {
        super(String.valueOf(mismatch.getMessage()));
        initCause(mismatch);
        List<Object> path = mismatch.path();
        for (int i = path.size() - 1; i >= 0; i--) {
            if (path.get(i) instanceof Integer index) {
                prependPath(path, index);
            } else {
                prependPath(path, (String) path.get(i));
            }
        }
    }

    /** Converts an exception of Jackson to a mismatch with the same path. */
    static Mismatch mismatch(JacksonException e) {
        var mismatch = new Mismatch(e.getOriginalMessage() + place(e), e);
        List<JacksonException.Reference> path = e.getPath();
        for (int i = path.size() - 1; i >= 0; i--) {
            String name = path.get(i).getPropertyName();
            if (name == null) {
                mismatch.within(path.get(i).getIndex());
            } else {
                mismatch.within(name);
            }
        }
        return mismatch;
    }

    private static String place(JacksonException e) {
        var location = e.getLocation();
        return location == null || location.getByteOffset() < 0 ? "" : ", at byte " + location.getByteOffset();
    }
}
