package com.example.service;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class NamesController {
    private final Names.Repeater guest;

    NamesController(Names.Repeater guest) {
        this.guest = guest;
    }

    @GetMapping("/greet/{name}")
    String greet(@PathVariable String name) {
        return guest.greet(name);
    }

    @PostMapping("/names")
    Names names(@RequestBody Names.Request request) {
        return guest.repeat(request);
    }
}
