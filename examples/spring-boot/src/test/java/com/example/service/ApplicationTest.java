package com.example.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ApplicationTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @Value("${local.server.port}")
    private int port;

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    @Test
    void theServiceAnswersByTheGuest() throws Exception {
        assertEquals("Hello, Ada!", client.send(request("/greet/Ada").build(), BodyHandlers.ofString()).body());
        var post = request("/names")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"Ada\",\"num\":2}"))
                .build();
        assertEquals(
                "{\"names\":[\"Ada\",\"Ada\"]}",
                client.send(post, BodyHandlers.ofString()).body());
    }

    @Test
    void manyRequestsShareThePool() {
        var answers = IntStream.range(0, 50)
                .mapToObj(i -> client.sendAsync(request("/greet/" + i).build(), BodyHandlers.ofString()))
                .toList();
        for (int i = 0; i < answers.size(); i++) {
            assertEquals("Hello, " + i + "!", answers.get(i).join().body());
        }
    }
}
