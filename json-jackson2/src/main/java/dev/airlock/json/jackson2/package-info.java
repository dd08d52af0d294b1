/** JSON payloads by Jackson 2, the same as those of {@code dev.airlock.json}. On the class path they are found by themselves. */
@NullMarked
package dev.airlock.json.jackson2;

import org.jspecify.annotations.NullMarked;
