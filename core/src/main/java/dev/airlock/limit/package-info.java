/**
 * How much a guest may take of its host: {@link dev.airlock.limit.Limits} says it, an {@link
 * dev.airlock.limit.Allowance} keeps the account of one instance. A {@link dev.airlock.limit.Watch}
 * keeps its time.
 */
@NullMarked
package dev.airlock.limit;

import org.jspecify.annotations.NullMarked;
