package dev.airlock.json.jackson2;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.airlock.json.form.Mismatch;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Carries a mismatch through Jackson, which extends the path only of its own exceptions. */
final class JacksonMismatch extends JsonMappingException {
    private static final long serialVersionUID = 1L;

    JacksonMismatch(Mismatch mismatch) {
        super((Closeable) null, String.valueOf(mismatch.getMessage()), mismatch);
        List<Object> path = mismatch.path();
        for (int i = path.size() - 1; i >= 0; i--) {
            if (path.get(i) instanceof Integer index) {
                prependPath(path, index);
            } else {
                prependPath(path, (String) path.get(i));
            }
        }
    }

    /** Converts an exception of Jackson to the one that forms throw. */
    static Mismatch mismatch(IOException e) {
        if (!(e instanceof JsonProcessingException refusal)) {
            return new Mismatch(String.valueOf(e.getMessage()), e);
        }
        var mismatch = new Mismatch(refusal.getOriginalMessage() + place(refusal), e);
        if (refusal instanceof JsonMappingException mapping) {
            List<Reference> path = mapping.getPath();
            for (int i = path.size() - 1; i >= 0; i--) {
                String name = path.get(i).getFieldName();
                if (name == null) {
                    mismatch.within(path.get(i).getIndex());
                } else {
                    mismatch.within(name);
                }
            }
        }
        return mismatch;
    }

    private static String place(JsonProcessingException e) {
        var location = e.getLocation();
        return location == null || location.getByteOffset() < 0 ? "" : ", at byte " + location.getByteOffset();
    }
}
