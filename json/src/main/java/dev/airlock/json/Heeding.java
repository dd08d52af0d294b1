package dev.airlock.json;

import dev.airlock.abi.PayloadCodec;
import dev.airlock.error.Trap;
import java.io.ByteArrayInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.util.JsonParserDelegate;

/** Input for Jackson that an interrupt ends: Jackson looks at nothing else, and a guest decides how much there is to read. */
final class Heeding {
    /** What is not longer is read before anybody could be late. */
    private static final int SHORT = 64 << 10;

    private Heeding() {}

    static boolean isLong(byte[] text) {
        return text.length > SHORT;
    }

    /** Text, which Jackson takes some thousand bytes at a time. */
    static final class Text extends ByteArrayInputStream {
        Text(byte[] text) {
            super(text);
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            PayloadCodec.heedInterrupt();
            return super.read(into, offset, length);
        }
    }

    /** The tokens of a tree. */
    static final class Tree extends JsonParserDelegate {
        private static final int BETWEEN_LOOKS = 0x3ff;

        private int tokens;

        Tree(JsonParser tree) {
            super(tree);
        }

        @Override
        public JsonToken nextToken() {
            if ((++tokens & BETWEEN_LOOKS) == 0) {
                PayloadCodec.heedInterrupt();
            }
            return super.nextToken();
        }
    }

    /** The interrupt, if it was one that ended the reading: Jackson wraps whatever is thrown meanwhile. */
    static @Nullable Trap interruptOf(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Trap trap) {
                return trap;
            }
        }
        return null;
    }
}
