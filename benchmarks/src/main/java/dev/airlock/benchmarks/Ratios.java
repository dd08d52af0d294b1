package dev.airlock.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prints how Airlock compares with its peers, from JMH's JSON files.
 *
 * <p>A fork of a peer and the fork of Airlock that has the same number in the same file are a pair, and each pair gives
 * a ratio of times, peer / Airlock: over 1 if Airlock is faster. A fork's time is the median of its iterations, since
 * other work on the machine can only slow some of them down. The table has the median of the pairs, and the lowest and
 * the highest. Single shots have no peer, and are omitted.
 */
public final class Ratios {
    private static final String OURS = "airlock";
    private static final String SINGLE_SHOT = "ss";

    private Ratios() {}

    /** The times of one benchmark with its parameters, one for each fork, in the files' order. */
    private record Times(String question, String parameters, String peer, List<Double> forks) {}

    /** One ratio for each pair of forks; a key's second part is empty for the geometric mean over all parameters. */
    private record Line(String question, String parameters, String peer, List<Double> pairs) {
        String row() {
            DoubleSummaryStatistics spread =
                    pairs.stream().mapToDouble(Double::doubleValue).summaryStatistics();
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %.2f | %.2f to %.2f | %d |",
                    question,
                    parameters,
                    peer,
                    median(pairs.stream().mapToDouble(Double::doubleValue)),
                    spread.getMin(),
                    spread.getMax(),
                    spread.getCount());
        }
    }

    /**
     * Prints the table.
     *
     * @param args files that JMH wrote with {@code -rf json -rff FILE}, one or more of the same benchmarks
     */
    public static void main(String[] args) throws Exception {
        if (args.length == 0) {
            System.err.println("usage: Ratios JMH_RESULT.json...");
            System.exit(2);
        }
        List<String> contents = new ArrayList<>();
        for (String file : args) {
            contents.add(Files.readString(Path.of(file)));
        }
        System.out.print(table(contents));
    }

    /** Returns the table in Markdown. */
    static String table(List<String> jsonFiles) {
        Map<List<String>, Times> all = new LinkedHashMap<>();
        for (String json : jsonFiles) {
            for (JsonNode result : JsonMapper.shared().readTree(json)) {
                if (result.required("mode").asString().equals(SINGLE_SHOT)) {
                    continue;
                }
                Times read = read(result);
                all.merge(List.of(read.question, read.parameters, read.peer), read, Ratios::joined);
            }
        }
        var table = new StringBuilder("""
                | benchmark | parameters | peer | peer / Airlock | lowest to highest pair | pairs |
                |---|---|---|---|---|---|
                """);
        for (Line line : lines(all)) {
            table.append(line.row()).append('\n');
        }
        return table.toString();
    }

    private static Times read(JsonNode result) {
        String mode = result.required("mode").asString();
        if (!mode.equals("avgt")) {
            throw new IllegalArgumentException("only average times are understood, not the mode " + mode);
        }
        String name = result.required("benchmark").asString();
        int method = name.lastIndexOf('.');
        String question = name.substring(name.lastIndexOf('.', method - 1) + 1, method);
        List<String> parameters = new ArrayList<>();
        for (Map.Entry<String, JsonNode> parameter : result.path("params").properties()) {
            parameters.add(parameter.getKey() + "=" + parameter.getValue().asString());
        }
        List<Double> forks = new ArrayList<>();
        for (JsonNode fork : result.required("primaryMetric").required("rawData")) {
            forks.add(median(fork.valueStream().mapToDouble(JsonNode::asDouble)));
        }
        return new Times(question, String.join(" ", parameters), name.substring(method + 1), forks);
    }

    private static Times joined(Times first, Times second) {
        List<Double> forks = new ArrayList<>(first.forks);
        forks.addAll(second.forks);
        return new Times(first.question, first.parameters, first.peer, forks);
    }

    private static List<Line> lines(Map<List<String>, Times> all) {
        List<Line> lines = new ArrayList<>();
        Map<List<String>, List<Line>> acrossParameters =
                new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        for (Times times : all.values()) {
            if (times.peer.equals(OURS)) {
                continue;
            }
            Times ours = all.get(List.of(times.question, times.parameters, OURS));
            if (ours == null || ours.forks.size() != times.forks.size()) {
                throw new IllegalArgumentException(times.question + "." + times.peer + " " + times.parameters
                        + ": not as many forks of Airlock to compare with");
            }
            List<Double> pairs = IntStream.range(0, times.forks.size())
                    .mapToObj(i -> times.forks.get(i) / ours.forks.get(i))
                    .toList();
            Line line = new Line(times.question, times.parameters, times.peer, pairs);
            lines.add(line);
            acrossParameters
                    .computeIfAbsent(List.of(times.question, times.peer), key -> new ArrayList<>())
                    .add(line);
        }
        for (List<Line> same : acrossParameters.values()) {
            if (same.size() > 1) {
                lines.add(mean(same));
            }
        }
        return lines;
    }

    private static Line mean(List<Line> same) {
        List<Double> pairs = IntStream.range(0, same.get(0).pairs.size())
                .mapToObj(i -> geometricMean(same.stream().mapToDouble(line -> line.pairs.get(i))))
                .toList();
        return new Line(same.get(0).question, "geometric mean", same.get(0).peer, pairs);
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double geometricMean(DoubleStream values) {
        return Math.exp(values.map(Math::log).average().orElseThrow());
    }
}
