package dev.airlock.abi.placed;

import dev.airlock.abi.form.HeapCost;
import dev.airlock.limit.Allowance;
import dev.airlock.memory.Interruption;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.shape.JavaShape;
import dev.airlock.shape.RecordShape;
import java.lang.reflect.Type;

/**
 * Bounds the bytes of Java's heap that the value of a payload may take, by a scan of its bytes before anything is made
 * of them: a text of two million pairs of brackets is four megabytes, and two million lists.
 *
 * <p>It counts by the format's structure, with the largest form in Java. For a format that is not known here the bytes
 * count as they are. Public for package {@code program} only; no program should use it.
 */
public final class PayloadHeap {
    /** No byte of a payload takes more bytes of heap than this: shorter payloads need no scan. */
    private static final int WORST = 512;

    /** A list with its array, or a map with its table. */
    private static final int CONTAINER = 160;

    /** The slot of a list, an entry of a map. */
    private static final int PLACE = 16;

    private static final int ENTRY = 112;

    /** A string or number as an object of its own. */
    private static final int LEAF = 48;

    private static final int MESSAGE_PACK_TWICE = 2;

    private PayloadHeap() {}

    /**
     * Checks a payload that the guest passes.
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

    /** Returns the size of the largest record within a type: all of its components may be missing from the payload. */
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
                    // The JDK shares the objects for numbers of one or two digits.
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

    /**
     * Scans each value once, whatever is in it. A payload that is cut short ends the scan, and is an error of the
     * codec.
     */
    private static long ofMessagePack(byte[] bytes, long object) {
        long heap = LEAF;
        long at = 0;
        // The values that are still to come. Bytes after the last belong to none of them.
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
