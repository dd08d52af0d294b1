/**
 * The JVM's side of the compiler: instructions, signatures, and what operators on numbers become. Public for the packages
 * {@code compile} and {@code load}.
 */
@NullMarked
package dev.airlock.engine.compile.jvm;

import org.jspecify.annotations.NullMarked;
