/** Maps values to JSON payloads with Jackson 3, strictly in both directions. The codec is found on the class path. */
@NullMarked
package dev.airlock.json;

import org.jspecify.annotations.NullMarked;
