package dev.airlock.abi.placed;

import dev.airlock.abi.form.HeapCost;
import dev.airlock.limit.Allowance;
import dev.airlock.memory.Interruption;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.shape.JavaShape;
import dev.airlock.shape.RecordShape;
import java.lang.reflect.Type;

/**
 * How many bytes of Java's heap the value of a payload may take, from a look at its bytes before anything is made of them: a
 * text of two million pairs of brackets is four megabytes, and two million lists.
 *
 * <p>Only what the format says is counted, by its largest form in Java. Of a format that is not known here the bytes count as
 * they are. Public for the room {@code program} alone; no program should use it.
 */
public final class PayloadHeap {
    /** So many bytes of heap for each byte are more than any value takes: shorter payloads need no look. */
    private static final int WORST = 512;

    /** A list with its array, or a map with its table. */
    private static final int CONTAINER = 160;

    /** A place in a list, an entry of a map. */
    private static final int PLACE = 16;

    private static final int ENTRY = 112;

    /** A string or number as an object of its own. */
    private static final int LEAF = 48;

    private static final int MESSAGE_PACK_TWICE = 2;

    private PayloadHeap() {}

    /**
     * Checks a payload that the guest hands over.
     *
     * @param what it is, for errors
     * @throws dev.airlock.error.LimitException if its value may take more than is allowed
     */
    public static void check(Allowance allowance, String format, byte[] payload, Type type, String what) {
        if (allowance.mayLift((long) payload.length * WORST)) {
            return;
        }
        long object = CONTAINER + (type instanceof JavaShape shape ? largest(shape, 0) : 0);
        allowance.checkLifted(
                switch (format) {
                    case PayloadCodec.JSON -> ofJson(payload, object);
                    case "MessagePack" -> MESSAGE_PACK_TWICE * ofMessagePack(payload, object);
                    default -> payload.length;
                },
                what);
    }

    /** What the largest record within a type takes: all of its components may be missing from the payload. */
    private static long largest(JavaShape shape, int depth) {
        long own =
                shape instanceof RecordShape record ? (long) record.components().size() * HeapCost.REFERENCE : 0;
        if (depth > 8) {
            return own;
        }
        if (shape instanceof RecordShape record) {
            for (RecordShape.Component component : record.components()) {
                own = Math.max(own, largest(component.shape(), depth + 1));
            }
        } else if (shape instanceof JavaShape.ListShape list) {
            own = largest(list.element(), depth + 1);
        } else if (shape instanceof JavaShape.OptionShape option) {
            own = largest(option.payload(), depth + 1);
        } else if (shape instanceof JavaShape.MapShape map) {
            own = largest(map.value(), depth + 1);
        }
        return own;
    }

    private static long ofJson(byte[] json, long object) {
        long heap = LEAF;
        boolean inText = false;
        int textStart = 0;
        boolean wide = false;
        int leaf = 0;
        for (int i = 0; i < json.length; i++) {
            if ((i & 0xfffff) == 0) {
                Interruption.check();
            }
            byte b = json[i];
            if (inText) {
                if (b == '\\') {
                    wide |= i + 1 < json.length && json[i + 1] == 'u';
                    i++;
                } else if (b == '"') {
                    inText = false;
                    heap += LEAF + (wide ? 2L : 1L) * (i - textStart);
                } else {
                    wide |= b < 0;
                }
                continue;
            }
            switch (b) {
                case '"' -> {
                    inText = true;
                    wide = false;
                    textStart = i;
                }
                case '[', '{' -> {
                    heap += object;
                    leaf = 0;
                }
                case ',', ']', '}' -> {
                    // Numbers of one or two digits are objects that the JDK shares.
                    heap += PLACE + (leaf > 2 ? LEAF + (long) leaf : 0);
                    leaf = 0;
                }
                case ':' -> {
                    heap += ENTRY;
                    leaf = 0;
                }
                case ' ', '\t', '\r', '\n' -> {}
                default -> leaf++;
            }
        }
        return heap + leaf;
    }

    /** Each value is read once, whatever is in it; what is cut short ends the count, and is an error of the codec's. */
    private static long ofMessagePack(byte[] bytes, long object) {
        long heap = LEAF;
        long at = 0;
        // How many values are yet to come: what stands behind the last is none of them.
        long left = 1;
        for (int values = 0; left > 0 && at < bytes.length; values++) {
            left--;
            if ((values & 0xffff) == 0) {
                Interruption.check();
            }
            int kind = bytes[(int) at++] & 0xff;
            heap += PLACE;
            if (kind <= 0x7f || kind >= 0xe0) {
                heap += LEAF / 2;
            } else if (kind <= 0x9f) {
                heap += object;
                left += (long) (kind & 0xf) * (kind <= 0x8f ? 2 : 1);
            } else if (kind <= 0xbf) {
                heap += LEAF + 2L * (kind & 0x1f);
                at += kind & 0x1f;
            } else if (kind >= 0xca && kind <= 0xd3) {
                heap += LEAF / 2;
                at += kind == 0xca ? 4 : kind == 0xcb ? 8 : 1 << (kind & 3);
            } else if (kind == 0xc4 || kind == 0xd9) {
                long length = number(bytes, at, 1);
                heap += LEAF + 2 * length;
                at += 1 + length;
            } else if (kind == 0xc5 || kind == 0xda) {
                long length = number(bytes, at, 2);
                heap += LEAF + 2 * length;
                at += 2 + length;
            } else if (kind == 0xc6 || kind == 0xdb) {
                long length = number(bytes, at, 4);
                heap += LEAF + 2 * Math.min(length, bytes.length);
                at += 4 + length;
            } else if (kind >= 0xdc) {
                heap += object;
                int width = (kind & 1) == 0 ? 2 : 4;
                left += number(bytes, at, width) * (kind >= 0xde ? 2 : 1);
                at += width;
            }
        }
        return heap;
    }

    private static long number(byte[] bytes, long at, int width) {
        long number = 0;
        for (int i = 0; i < width; i++) {
            number = number << 8 | (at + i < bytes.length ? bytes[(int) at + i] & 0xff : 0);
        }
        return number;
    }
}
