package dev.airlock.engine.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.engine.Engine;
import dev.airlock.engine.Linker;
import dev.airlock.error.Trap;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import run.endive.wasm.Parser;

class DataSegmentsTest {
    private static final int PAGE = 65_536;

    private record Segment(int offset, byte[] bytes) {
        static Segment of(int offset, int... bytes) {
            byte[] all = new byte[bytes.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = (byte) bytes[i];
            }
            return new Segment(offset, all);
        }
    }

    private static byte[] section(int id, byte[] contents) {
        var out = new ByteArrayOutputStream();
        out.write(id);
        Leb128.write(out, contents.length);
        out.writeBytes(contents);
        return out.toByteArray();
    }

    /** A memory of one page, exported, and the segments. */
    private static byte[] module(List<Segment> segments) {
        var data = new ByteArrayOutputStream();
        Leb128.write(data, segments.size());
        for (Segment segment : segments) {
            data.write(0);
            data.write(0x41);
            Leb128.writeSigned(data, segment.offset);
            data.write(0x0b);
            Leb128.write(data, segment.bytes.length);
            data.writeBytes(segment.bytes);
        }
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        out.writeBytes(section(5, new byte[] {1, 0, 1}));
        out.writeBytes(section(7, new byte[] {1, 1, 'm', 2, 0}));
        out.writeBytes(section(11, data.toByteArray()));
        return out.toByteArray();
    }

    private static int count(byte[] bytes) {
        byte[] merged = DataSegments.merged(BinaryLayout.read("guest", bytes), bytes);
        return merged == null ? -1 : new Leb128(merged, 0, merged.length).unsigned32();
    }

    private static byte[] memory(byte[] module) {
        return new Linker()
                .instantiate(Engine.create().compile("guest.wasm", module))
                .memory()
                .read(0, PAGE);
    }

    @Test
    void segmentsThatFollowEachOtherBecomeOne() {
        byte[] bytes = module(List.of(Segment.of(8, 1, 2), Segment.of(10, 3), Segment.of(20, 4)));
        assertThat(count(bytes)).isEqualTo(1);
        assertThat(memory(bytes)).startsWith(0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 0);
        assertThat(memory(bytes)[20]).isEqualTo((byte) 4);
    }

    @Test
    void segmentsThatAreFarApartDoNot() {
        Segment first = new Segment(0, new byte[100]);
        assertThat(count(module(List.of(first, Segment.of(164, 1))))).isEqualTo(1);
        assertThat(count(module(List.of(first, Segment.of(165, 1))))).isEqualTo(-1);
    }

    @Test
    void aGapIsNotFilledOverWhatIsThere() {
        byte[] bytes = module(List.of(Segment.of(20, 9), Segment.of(10, 1), Segment.of(30, 2)));
        assertThat(count(bytes)).isEqualTo(-1);
        assertThat(memory(bytes)[20]).isEqualTo((byte) 9);
    }

    @Test
    void aSegmentThatDoesNotFitTraps() {
        for (List<Segment> segments : List.of(
                List.of(Segment.of(PAGE - 2, 1), Segment.of(PAGE - 1, 2, 3)),
                List.of(Segment.of(PAGE, 1), Segment.of(PAGE + 1)),
                List.of(Segment.of(-1, 1), Segment.of(0, 2)),
                List.of(Segment.of(PAGE - 1, 1), Segment.of(PAGE + 1)))) {
            assertThat(count(module(segments))).isEqualTo(-1);
            assertThatThrownBy(() -> memory(module(segments))).isInstanceOf(Trap.class);
        }
        List<Segment> atTheEdge = List.of(Segment.of(PAGE - 2, 1), Segment.of(PAGE - 1, 2), Segment.of(PAGE));
        assertThat(count(module(atTheEdge))).isEqualTo(1);
        assertThat(memory(module(atTheEdge))[PAGE - 1]).isEqualTo((byte) 2);
    }

    @Test
    void zerosDoNotMakeAModuleMoreThanTwiceAsLarge() {
        var sparse = new ArrayList<Segment>();
        for (int i = 0; i < 1000; i++) {
            sparse.add(Segment.of(i * 64));
        }
        byte[] bytes = module(sparse);
        byte[] merged = DataSegments.merged(BinaryLayout.read("guest", bytes), bytes);
        assertThat(merged).isNotNull().hasSizeLessThan(2 * bytes.length);
    }

    @Test
    void whatIsWrittenIsTheSameForAnySegments() {
        var random = new Random(29410);
        int joined = 0;
        for (int round = 0; round < 300; round++) {
            byte[] expected = new byte[PAGE];
            var segments = new ArrayList<Segment>();
            int at = random.nextInt(200);
            for (int left = 2 + random.nextInt(12); left > 0; left--) {
                byte[] bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                at = random.nextInt(4) == 0 ? random.nextInt(400) : at + random.nextInt(90);
                segments.add(new Segment(at, bytes));
                System.arraycopy(bytes, 0, expected, at, bytes.length);
                at += bytes.length;
            }
            byte[] module = module(segments);
            joined += count(module) > 0 ? 1 : 0;
            assertThat(memory(module)).as("round %d", round).isEqualTo(expected);
        }
        assertThat(joined).as("rounds with anything to join").isGreaterThan(100);
    }

    @Test
    void segmentsThatCanBeReferredToStay() {
        byte[] passive = Guests.bytes("wat/memory");
        assertThat(count(passive)).isEqualTo(-1);
        byte[] imported = Guests.bytes("wat/imports");
        assertThat(count(imported)).isEqualTo(-1);
    }

    @Test
    void aGoProgramHasFewSegmentsLeft() {
        assertThat(count(Guests.bytes("go/words"))).isBetween(1, 100);
    }

    @Test
    void sectionsThatAreNotWellFormedAreLeftToTheParser() {
        byte[] whole = module(List.of(Segment.of(8, 1, 2), Segment.of(10, 3)));
        assertThat(count(whole)).isEqualTo(1);
        BinaryLayout.Section data = BinaryLayout.read("guest", whole).sections().get(2);
        var random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            byte[] changed = whole.clone();
            int place = data.contents() + random.nextInt(data.end() - data.contents());
            changed[place] = (byte) random.nextInt(256);
            byte[] merged;
            try {
                merged = DataSegments.merged(BinaryLayout.read("guest", changed), changed);
            } catch (dev.airlock.error.ModuleException e) {
                continue;
            }
            if (merged != null) {
                // Whatever is joined, the parser takes as it is.
                Parser.parse(changed);
            }
        }
    }
}
