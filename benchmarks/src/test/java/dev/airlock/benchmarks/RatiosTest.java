package dev.airlock.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatiosTest {
    private static String result(String method, String guest, String rawData) {
        return """
                {"benchmark": "some.where.MemoryBenchmark.%s", "mode": "avgt", "params": {"guest": "%s"},
                 "primaryMetric": {"score": 0, "rawData": %s}}""".formatted(method, guest, rawData);
    }

    @Test
    void pairsForksAcrossFiles() {
        String first = "[" + result("airlock", "sort", "[[1, 2, 30]]") + "," + result("peer", "sort", "[[4, 4, 4]]")
                + "," + result("airlock", "matrix", "[[1]]") + "," + result("peer", "matrix", "[[8]]") + "]";
        String second = "[" + result("airlock", "sort", "[[1], [1]]") + "," + result("peer", "sort", "[[8], [10]]")
                + "," + result("airlock", "matrix", "[[2], [1]]") + "," + result("peer", "matrix", "[[4], [10]]") + "]";

        assertThat(Ratios.table(List.of(first, second))).isEqualTo("""
                | benchmark | parameters | peer | peer / Airlock | lowest to highest pair | pairs |
                |---|---|---|---|---|---|
                | MemoryBenchmark | guest=sort | peer | 8.00 | 2.00 to 10.00 | 3 |
                | MemoryBenchmark | guest=matrix | peer | 8.00 | 2.00 to 10.00 | 3 |
                | MemoryBenchmark | geometric mean | peer | 4.00 | 4.00 to 10.00 | 3 |
                """);
    }

    @Test
    void leavesSingleShotsOut() {
        String single = "[" + result("first", "sort", "[[1]]").replace("avgt", "ss") + "]";
        assertThat(Ratios.table(List.of(single))).hasLineCount(2);
    }

    @Test
    void refusesAPeerWithoutItsPair() {
        String alone = "[" + result("peer", "sort", "[[1]]") + "]";
        assertThatThrownBy(() -> Ratios.table(List.of(alone)))
                .hasMessage("MemoryBenchmark.peer guest=sort: not as many forks of Airlock to compare with");
    }
}
