package dev.airlock.json;

import dev.airlock.payload.PayloadCodec;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.util.JsonParserDelegate;

/** Reads the tokens of a tree and stops with a trap when the thread is interrupted. */
final class InterruptibleTree extends JsonParserDelegate {
    private static final int BETWEEN_LOOKS = 0x3ff;

    private int tokens;

    InterruptibleTree(JsonParser tree) {
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
