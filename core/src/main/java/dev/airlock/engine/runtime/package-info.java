/**
 * What exists while guests run (core specification, section 4.2): instances, functions, tables, globals, tags, exceptions,
 * and the operators that generated code calls. Public for generated code and for the library itself.
 */
@NullMarked
package dev.airlock.engine.runtime;

import org.jspecify.annotations.NullMarked;
