package com.example.service;

import java.util.List;

/** What crosses, as JSON: the same records that the service's clients send and get. */
public record Names(List<String> names) {
    public record Request(String name, int num) {}

    /** The guest. */
    public interface Repeater {
        String greet(String name);

        Names repeat(Request request);
    }
}
