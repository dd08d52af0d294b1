package dev.airlock.engine.binary;

import java.util.ArrayList;
import java.util.List;

/** The {@code producers} custom section, as the tool conventions lay it down. It says what it says: nothing checks it. */
public final class Producers {
    /** Real ones have a dozen lines, and a field of a few letters. A field stands in each of its lines. */
    private static final int MOST_LINES = 256;

    private static final int LONGEST_FIELD = 256;

    private Producers() {}

    /**
     * Lines such as {@code "processed-by: rustc 1.63.0"}; empty where the section is malformed. At most 256 of them.
     *
     * @param section its contents, without the section's name
     */
    public static List<String> read(byte[] section) {
        try {
            var in = new Leb128(section, 0, section.length);
            var lines = new ArrayList<String>();
            int fields = in.unsigned32();
            for (int i = 0; i < fields && lines.size() < MOST_LINES; i++) {
                String all = in.name();
                String field = all.substring(0, Math.min(all.length(), LONGEST_FIELD));
                int values = in.unsigned32();
                for (int j = 0; j < values && lines.size() < MOST_LINES; j++) {
                    lines.add((field + ": " + in.name() + " " + in.name()).strip());
                }
            }
            return List.copyOf(lines);
        } catch (IndexOutOfBoundsException e) {
            // Nothing of a module depends on this section, so a broken one is as good as none.
            return List.of();
        }
    }
}
