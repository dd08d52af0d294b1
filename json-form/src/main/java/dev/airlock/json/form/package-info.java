/**
 * How values are written and read as payloads, whichever Jackson maps the parts that are left to it.
 *
 * <p>{@link dev.airlock.json.form.Forms} makes a {@link dev.airlock.json.form.Form} for each shape. Forms see a payload as
 * tokens, and the codecs put Jackson's writers and readers behind {@link dev.airlock.json.form.TokenWriter} and
 * {@link dev.airlock.json.form.TokenReader}. These types are for the codecs, not for programs.
 */
@NullMarked
package dev.airlock.json.form;

import org.jspecify.annotations.NullMarked;
