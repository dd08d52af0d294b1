/** MessagePack payloads, for guests by fp-bindgen. Airlock finds it on the class path. */
@NullMarked
package dev.airlock.msgpack;

import org.jspecify.annotations.NullMarked;
