/** JSON payloads by Jackson 2, the same as those of {@code dev.airlock.json}. Airlock finds them on the class path. */
@NullMarked
package dev.airlock.json.jackson2;

import org.jspecify.annotations.NullMarked;
