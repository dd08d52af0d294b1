package dev.airlock.engine.code;

import run.endive.runtime.Instance;
import run.endive.runtime.WasmException;

/**
 * Which exceptions a guest catches. Compiled guest code comes here instead of to Endive's own helper, which takes any two
 * tags of one type for the same.
 *
 * <p>Public since guest code, which has a class loader of its own, calls it; no program should.
 */
public final class Tags {
    private Tags() {}

    /** Core specification, section 4.2.11: a tag equals itself alone, under whatever names it is imported. */
    public static boolean match(WasmException exception, int tag, Instance catcher) {
        return exception.instance().tag(exception.tagIdx()) == catcher.tag(tag);
    }
}
