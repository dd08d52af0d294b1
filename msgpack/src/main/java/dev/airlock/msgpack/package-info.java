/** MessagePack payloads, for guests by fp-bindgen. On the class path it is found by itself. */
@NullMarked
package dev.airlock.msgpack;

import org.jspecify.annotations.NullMarked;
