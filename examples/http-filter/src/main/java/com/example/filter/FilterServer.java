package com.example.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.error.AirlockException;
import dev.airlock.error.ProgramException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Sends the body of each POST through a WASI program and answers with what the program prints. */
public final class FilterServer implements AutoCloseable {
    private static final int MAX_BODY = 1 << 20;

    /** The program as a function: standard input to standard output. Each call is a fresh run. */
    interface Filter {
        byte[] filter(byte[] json);
    }

    private final Guest guest;
    private final Filter filter;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    public FilterServer(int port) throws IOException {
        guest = Airlock.open(FilterServer.class, "/repeat.wasm");
        filter = guest.as(Filter.class);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
            if (!exchange.getRequestMethod().equals("POST")) {
                answer(exchange, 405, "POST a JSON text\n".getBytes(UTF_8));
            } else if (body.length > MAX_BODY) {
                answer(exchange, 413, "the body is too large\n".getBytes(UTF_8));
            } else {
                filter(exchange, body);
            }
        }
    }

    private void filter(HttpExchange exchange, byte[] body) throws IOException {
        try {
            byte[] filtered = filter.filter(body);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            answer(exchange, 200, filtered);
        } catch (ProgramException e) {
            // The program refused the body; its standard error says why.
            answer(exchange, 400, e.stderr().getBytes(UTF_8));
        } catch (AirlockException e) {
            // The program trapped or reached a limit.
            answer(exchange, 502, "the filter failed\n".getBytes(UTF_8));
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
        guest.close();
    }

    public static void main(String[] args) throws IOException {
        var server = new FilterServer(args.length == 0 ? 8080 : Integer.parseInt(args[0]));
        System.out.println("POST a JSON text to port " + server.port());
    }
}
