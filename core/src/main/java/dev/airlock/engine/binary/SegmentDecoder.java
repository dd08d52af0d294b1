package dev.airlock.engine.binary;

import dev.airlock.engine.binary.ModuleDefinition.Data;
import dev.airlock.engine.binary.ModuleDefinition.Element;
import dev.airlock.engine.binary.ModuleDefinition.Mode;
import dev.airlock.engine.binary.ModuleDefinition.Range;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes element and data segments (core specification, sections 5.5.12 and 5.5.14). */
final class SegmentDecoder {
    /** The JS embedding's limit. */
    private static final int MOST_ITEMS = 10_000_000;

    private static final int FUNCTION = ValueTypes.reference(false, ValueTypes.HEAP_FUNC);

    private final ByteInput in;

    SegmentDecoder(ByteInput in) {
        this.in = in;
    }

    List<Element> elements(int count) {
        List<Element> made = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            in.heed(i);
            made.add(element());
        }
        return made;
    }

    private Element element() {
        int at = in.at();
        int flags = in.u32();
        if (flags < 0 || flags > 7) {
            throw in.error(at, "malformed elements segment kind " + Integer.toUnsignedString(flags));
        }
        boolean active = (flags & 1) == 0;
        boolean explicit = (flags & 2) != 0;
        boolean expressions = (flags & 4) != 0;
        Mode mode = active ? Mode.ACTIVE : explicit ? Mode.DECLARED : Mode.PASSIVE;
        int table = active && explicit ? in.count("tables") : 0;
        @Nullable Range where = active ? new ExpressionSkipper(in).skip() : null;
        int type = expressions ? ValueTypes.FUNCREF : FUNCTION;
        if (!active || explicit) {
            if (expressions) {
                type = TypeDecoder.referenceType(in);
            } else {
                int kindAt = in.at();
                int kind = in.u8();
                if (kind != 0) {
                    throw in.error(kindAt, "malformed element kind " + kind);
                }
            }
        }
        int length = length();
        int itemsAt = in.at();
        if (!expressions) {
            int[] functions = new int[length];
            for (int i = 0; i < length; i++) {
                in.heed(i);
                functions[i] = in.count("functions");
            }
            return new Element(at, mode, table, where, type, itemsAt, functions, null);
        }
        int[] items = new int[length + 1];
        var skipper = new ExpressionSkipper(in);
        for (int i = 0; i < length; i++) {
            in.heed(i);
            items[i] = in.at();
            skipper.skipItem();
        }
        items[length] = in.at();
        return new Element(at, mode, table, where, type, itemsAt, null, items);
    }

    private int length() {
        int at = in.at();
        int length = in.count("elements of a segment");
        if (length > MOST_ITEMS) {
            throw in.error(at, "too many elements of a segment: " + length + ", the most is " + MOST_ITEMS);
        }
        if (length > in.left()) {
            throw in.error(at, "cut short: unexpected end: " + length + " elements in " + in.left() + " bytes");
        }
        return length;
    }

    List<Data> datas(int count) {
        List<Data> made = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            in.heed(i);
            int at = in.at();
            int flags = in.u32();
            if (flags < 0 || flags > 2) {
                throw in.error(at, "malformed data segment kind " + Integer.toUnsignedString(flags));
            }
            int memory = flags == 2 ? in.count("memories") : 0;
            @Nullable Range where = flags == 1 ? null : new ExpressionSkipper(in).skip();
            int size = in.u32();
            int from = in.skip(size, "a data segment");
            made.add(
                    new Data(at, flags == 1 ? Mode.PASSIVE : Mode.ACTIVE, memory, where, new Range(from, from + size)));
        }
        return made;
    }
}
