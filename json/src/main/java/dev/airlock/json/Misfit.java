package dev.airlock.json;

import tools.jackson.databind.DatabindException;

/** A value that does not fit, said in our own words; Jackson adds the path on the way out. */
final class Misfit extends DatabindException {
    private static final long serialVersionUID = 1L;

    Misfit(String message) {
        super(message);
    }
}
