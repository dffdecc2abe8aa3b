package io.verity.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.estimators.data.ObservationReader;
import io.verity.estimators.data.Observations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class FirmsTest {
    private static final Path DATA = Path.of("data/firms.csv.gz");

    @Test
    void theFileIsWhatTheProgramMakes() throws IOException {
        StringBuilder made = new StringBuilder();
        Firms.write(made);
        try (InputStream file = new GZIPInputStream(Files.newInputStream(DATA))) {
            assertThat(new String(file.readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo(made.toString());
        }
    }

    @Test
    void wagesArePositiveAndMostFirmsObeyTheCutoff() {
        try (Observations firms = ObservationReader.of("firm", "score", "wage")
                .withTreatment("subsidy")
                .withCluster("region")
                .withUnitWeight("workers")
                .read(DATA)) {
            assertThat(firms.units()).isEqualTo(400);
            assertThat(Arrays.stream(firms.sampleSizes())).allMatch(n -> n >= 20 && n <= 60);
            firms.forEachUnit((unit, wages, weights) ->
                    assertThat(Arrays.stream(wages).min().orElseThrow()).isPositive());
            double[] score = firms.runningVariable();
            double[] subsidy = firms.treatment();
            long obedient = IntStream.range(0, score.length)
                    .filter(i -> (score[i] >= 0) == (subsidy[i] == 1))
                    .count();
            assertThat(obedient).isBetween(340L, 380L);
        }
    }
}
