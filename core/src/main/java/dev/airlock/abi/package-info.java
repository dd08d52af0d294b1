/**
 * How a value crosses into a guest and back.
 *
 * <p>Today a value crosses whole, as the bytes of a payload, and {@link dev.airlock.abi.PayloadCodec} makes those bytes.
 */
@NullMarked
package dev.airlock.abi;

import org.jspecify.annotations.NullMarked;
