package com.example.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FilterServerTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static FilterServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new FilterServer(0);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/"));
    }

    private static HttpRequest post(String json) {
        return request().POST(BodyPublishers.ofString(json)).build();
    }

    @Test
    void theGuestFiltersTheBody() throws Exception {
        HttpResponse<String> response =
                CLIENT.send(post("{\"name\":\"Ada\",\"num\":2}"), BodyHandlers.ofString());
        assertEquals(200, response.statusCode());
        assertEquals("{\"names\":[\"Ada\",\"Ada\"]}", response.body().strip());
    }

    @Test
    void aRefusedBodyIsAnErrorOfTheClient() throws Exception {
        HttpResponse<String> response = CLIENT.send(post("no JSON"), BodyHandlers.ofString());
        assertEquals(400, response.statusCode());
        assertTrue(response.body().contains("expected"), response.body());
        assertEquals(405, CLIENT.send(request().GET().build(), BodyHandlers.ofString()).statusCode());
    }

    @Test
    void manyRequestsAreServedAtOnce() {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(CLIENT.sendAsync(post("{\"name\":\"" + i + "\",\"num\":1}"), BodyHandlers.ofString()));
        }
        for (int i = 0; i < answers.size(); i++) {
            assertEquals("{\"names\":[\"" + i + "\"]}", answers.get(i).join().body().strip());
        }
    }
}
