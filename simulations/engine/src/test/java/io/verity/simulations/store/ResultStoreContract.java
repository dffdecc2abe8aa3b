package io.verity.simulations.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every store does, whatever keeps the rows. */
abstract class ResultStoreContract {
    static final RunKey KEY = new RunKey("a/study", 1, "n=1", 42, "java");

    abstract ResultStore open();

    static UnitRecord unit(long cell, long from, long to) {
        List<StoredRow> rows = LongStream.range(from, to)
                .mapToObj(r -> new StoredRow(r, Map.of("x", 10.0 - r, "y@2", r * 0.1)))
                .toList();
        return new UnitRecord(cell, from, to, 0.25, rows, List.of());
    }

    static List<String> rows(ResultStore store, Run run, long cell, long from, long to) {
        List<String> texts = new ArrayList<>();
        store.forEachRow(run, cell, from, to, row -> texts.add(row.replicate() + ":" + row.values()));
        return texts;
    }

    @Test
    void rowsComeBackInReplicateOrderWithMetricsInAlphabeticalOrder() {
        try (ResultStore store = open()) {
            Run run = store.open(KEY, "{}");
            store.commit(run, unit(7, 2, 4));
            store.commit(run, unit(7, 0, 2));
            assertThat(rows(store, run, 7, 0, 3))
                    .containsExactly("0:{x=10.0, y@2=0.0}", "1:{x=9.0, y@2=0.1}", "2:{x=8.0, y@2=0.2}");
            assertThat(rows(store, run, 8, 0, 3)).isEmpty();
        }
    }

    @Test
    void everyBitOfAValueComesBack() {
        double[] values = {
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            0.1,
            -1e-300,
            9007199254740993.0,
            1e18,
            -3
        };
        try (ResultStore store = open()) {
            Run run = store.open(KEY, "{}");
            List<StoredRow> stored = new ArrayList<>();
            for (int r = 0; r < values.length; r++) {
                stored.add(new StoredRow(r, Map.of("x", values[r])));
            }
            store.commit(run, new UnitRecord(-1, 0, values.length, 0, stored, List.of()));
            List<Double> found = new ArrayList<>();
            store.forEachRow(run, -1, 0, values.length, row -> found.add(row.value("x")));
            assertThat(found.stream().mapToDouble(Double::doubleValue).toArray())
                    .containsExactly(values);
        }
    }

    @Test
    void negativeZeroIsZeroInEveryStore() {
        try (ResultStore store = open()) {
            Run run = store.open(KEY, "{}");
            store.commit(run, new UnitRecord(1, 0, 1, 0, List.of(new StoredRow(0, Map.of("x", -0.0))), List.of()));
            store.forEachRow(run, 1, 0, 1, row -> assertThat(1 / row.value("x")).isEqualTo(Double.POSITIVE_INFINITY));
        }
    }

    @Test
    void sortedValuesAscendMetricByMetric() {
        try (ResultStore store = open()) {
            Run run = store.open(KEY, "{}");
            store.commit(run, unit(7, 0, 3));
            store.commit(run, unit(7, 3, 5));
            List<String> seen = new ArrayList<>();
            store.forEachSorted(run, 7, 4, (metric, value) -> seen.add(metric + "=" + value));
            assertThat(seen)
                    .containsExactly(
                            "x=7.0", "x=8.0", "x=9.0", "x=10.0", "y@2=0.0", "y@2=0.1", "y@2=0.2", "y@2=" + 3 * 0.1);
        }
    }

    @Test
    void adjacentFinishedUnitsAreMerged() {
        try (ResultStore store = open()) {
            Run run = store.open(KEY, "{}");
            store.commit(run, unit(7, 0, 3));
            store.commit(run, unit(7, 5, 6));
            store.commit(run, unit(-7, 0, 1));
            store.commit(run, unit(7, 3, 5));
            store.commit(run, unit(7, 8, 9));
            assertThat(store.finished(run))
                    .containsExactly(new StoredRange(-7, 0, 1), new StoredRange(7, 0, 6), new StoredRange(7, 8, 9));
            assertThat(store.seconds(run)).isEqualTo(1.25);
        }
    }

    @Test
    void aUnitThatOverlapsIsRefusedWhole() {
        try (ResultStore store = open()) {
            Run run = store.open(KEY, "{}");
            store.commit(run, unit(7, 0, 3));
            assertThatThrownBy(() -> store.commit(run, unit(7, 2, 5))).isInstanceOf(StoreException.class);
            assertThat(store.finished(run)).containsExactly(new StoredRange(7, 0, 3));
            assertThat(rows(store, run, 7, 0, 9)).hasSize(3);
        }
    }

    @Test
    void failuresAreKeptWithTheirCoordinates() {
        try (ResultStore store = open()) {
            Run run = store.open(KEY, "{}");
            List<StoredFailure> failures = List.of(new StoredFailure(7, 0, "first"), new StoredFailure(7, 1, "second"));
            store.commit(run, new UnitRecord(7, 0, 2, 0, List.of(), failures));
            assertThat(store.failureCount(run, 7, 1)).isEqualTo(1);
            assertThat(store.failureCount(run, 7, 2)).isEqualTo(2);
            assertThat(store.failures(run, 7, 2, 1)).containsExactly(failures.get(0));
            assertThat(store.finished(run)).containsExactly(new StoredRange(7, 0, 2));
        }
    }

    @Test
    void everyPartOfTheKeySeparatesRuns() {
        List<RunKey> keys = List.of(
                KEY,
                new RunKey("b/study", 1, "n=1", 42, "java"),
                new RunKey("a/study", 2, "n=1", 42, "java"),
                new RunKey("a/study", 1, "n=2", 42, "java"),
                new RunKey("a/study", 1, "n=1", 43, "java"),
                new RunKey("a/study", 1, "n=1", 42, "native-blas"));
        try (ResultStore store = open()) {
            for (RunKey key : keys) {
                store.commit(store.open(key, "{}"), unit(7, 0, 2));
            }
            assertThat(store.runs().stream().map(Run::key)).containsExactlyElementsOf(keys);
            store.discard(store.open(KEY, "{}"));
            assertThat(store.runs()).hasSize(keys.size() - 1);
            assertThat(store.finished(store.open(KEY, "{}"))).isEmpty();
        }
    }

    @Test
    void finishingIsRemembered() {
        try (ResultStore store = open()) {
            Run run = store.open(KEY, "{\"a\":1}");
            assertThat(run.finished()).isFalse();
            store.finish(run);
            Run again = store.open(KEY, "{}");
            assertThat(again.finished()).isTrue();
            assertThat(again.description()).isEqualTo("{\"a\":1}");
            assertThat(again.id()).isEqualTo(run.id());
        }
    }

    @Test
    void verdictsAreReplacedAndListedInTheOrderTheyCame() {
        try (ResultStore store = open()) {
            Run run = store.open(KEY, "{}");
            store.putVerdict(run, "p/B", "1");
            store.putVerdict(run, "p/A", "2");
            store.putVerdict(run, "p/B", "3");
            assertThat(new ArrayList<>(store.verdicts(run).entrySet()).toString())
                    .isEqualTo("[p/B=3, p/A=2]");
            assertThat(store.verdict(run, "p/A")).contains("2");
            assertThat(store.verdict(run, "p/C")).isEmpty();
        }
    }

    @Test
    void aStoreOfOtherStudiesIsRefused() {
        try (ResultStore store = open()) {
            store.requireSubject("b/study");
            store.open(KEY, "{}");
            store.requireSubject("a/study");
            assertThatThrownBy(() -> store.requireSubject("b/study"))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.OTHER_WORK))
                    .hasMessageContaining("was made by a/study, not by b/study");
        }
    }

    @Test
    void nanIsNoStoredValue() {
        Map<String, Double> values = new LinkedHashMap<>(Map.of("x", Double.NaN));
        assertThatThrownBy(() -> new StoredRow(0, values)).hasMessageContaining("'x'");
    }
}
