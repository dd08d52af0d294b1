package com.example.service;

import java.util.List;

/** The records that cross as JSON. The service's clients send and get the same records. */
public record Names(List<String> names) {
    public record Request(String name, int num) {}

    /** The guest's exports. */
    public interface Repeater {
        String greet(String name);

        Names repeat(Request request);
    }
}
