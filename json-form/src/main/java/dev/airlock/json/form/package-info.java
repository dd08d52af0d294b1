/**
 * Writes and reads values as payloads, independently of the Jackson version that maps the remaining parts.
 *
 * <p>{@link dev.airlock.json.form.Forms} makes a {@link dev.airlock.json.form.Form} for each shape. Forms see a payload as
 * tokens; the codecs implement {@link dev.airlock.json.form.TokenWriter} and
 * {@link dev.airlock.json.form.TokenReader} with Jackson's generators and parsers. Programs do not use these types.
 */
@NullMarked
package dev.airlock.json.form;

import org.jspecify.annotations.NullMarked;
