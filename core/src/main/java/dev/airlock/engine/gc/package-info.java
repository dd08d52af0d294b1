/**
 * What a guest's garbage-collected heap consists of (core specification, section 4.2.12 to 4.2.14): structs, arrays and small
 * integers, which are objects of the JVM's heap. Public for generated code and for the library itself.
 */
@NullMarked
package dev.airlock.engine.gc;

import org.jspecify.annotations.NullMarked;
