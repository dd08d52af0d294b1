package com.example.service;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The guest's imports. */
final class GuestLog {
    private static final Logger LOG = LoggerFactory.getLogger("guest");

    void log(String message) {
        LOG.info(message);
    }

    String answer(String question) {
        return "";
    }
}
