/**
 * Values as the bytes of a format such as JSON or MessagePack.
 *
 * <p>Values that have no form of their own in a guest's convention cross as a payload, and so do the input and output of WASI
 * programs. {@link dev.airlock.payload.PayloadCodec} is the interface of a format; the artifacts {@code airlock-json} and
 * {@code airlock-msgpack} implement it.
 */
@NullMarked
package dev.airlock.payload;

import org.jspecify.annotations.NullMarked;
