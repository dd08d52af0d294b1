/** JSON payloads by Jackson, strict both ways. On the class path it is found by itself. */
@NullMarked
package dev.airlock.json;

import org.jspecify.annotations.NullMarked;
