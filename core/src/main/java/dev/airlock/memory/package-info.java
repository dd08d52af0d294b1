/**
 * Where bytes lie: a guest's linear memory, offsets into it, and their bounds.
 *
 * <p>{@link dev.airlock.memory.Memory} is what a host sees of it: read, write, size, grow. {@link
 * dev.airlock.memory.linear.LinearMemory} is the same memory as the engine sees it. Both stand over one {@code byte[]}, which
 * growth may replace, or over pieces of 64 KiB: nothing here hands them out to be kept.
 *
 * <p>An <b>offset</b> is an index into linear memory, and never an address in the host: a Java {@code long}, or an unsigned
 * 32-bit number, carried in a Java {@code int} as bits. An offset of 2^31 or more is a negative {@code int}; {@link
 * java.lang.Integer#toUnsignedString(int)} shows it as the guest means it. Lengths and counts are the same. Numbers are
 * little-endian, at any alignment.
 *
 * <pre>
 *   0                    offset          offset + length            dataSize()
 *   ├─────────────────────┼───────────────────┼─────────────────────────┤
 *   │                     │▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒│                         │  pages of 65,536 bytes
 *   └─────────────────────┴───────────────────┴─────────────────────────┘
 *                          length 0 is legal up to and with dataSize()
 * </pre>
 *
 * <p>A memory never shrinks and belongs to the guest; what the host reads from it is a copy, and the host owns the copy.
 * A memory in one array has at most 32,767 pages, 2 GiB less a page, since a Java array holds no more; larger ones are in pieces.
 */
@NullMarked
package dev.airlock.memory;

import org.jspecify.annotations.NullMarked;
