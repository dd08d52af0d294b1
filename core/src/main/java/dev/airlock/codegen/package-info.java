/**
 * Makes JVM classes at run time: hidden classes around method handles, and the code of plans.
 *
 * <p>It knows nothing of guests. {@code engine} and {@code abi} decide what the code does.
 */
@NullMarked
package dev.airlock.codegen;

import org.jspecify.annotations.NullMarked;
