package io.verity.estimators.rd;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.GoldenJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Elections to the United States Senate (Cattaneo, Frandsen and Titiunik 2015), and golden files beside the tests. */
final class Senate {
    private static final int STATE = 0;
    private static final int VOTE = 2;
    private static final int MARGIN = 3;

    private final List<String[]> rows = new ArrayList<>();

    private Senate() {
        try (InputStream stream = Senate.class.getResourceAsStream("senate.csv");
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(",", -1);
                if (!cells[VOTE].isEmpty() && !cells[VOTE].equals("NA")) {
                    rows.add(cells);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The elections whose next vote is known. */
    static Senate complete() {
        return new Senate();
    }

    private double[] column(int j) {
        return rows.stream().mapToDouble(r -> Double.parseDouble(r[j])).toArray();
    }

    double[] vote() {
        return column(VOTE);
    }

    double[] margin() {
        return column(MARGIN);
    }

    /** A synthetic treatment: T with non-compliance on both sides, T1 on one side. */
    double[] treatment(String name) {
        return column(name.equals("T1") ? 5 : 4);
    }

    int[] state() {
        return rows.stream().mapToInt(r -> Integer.parseInt(r[STATE])).toArray();
    }

    RdSample sample() {
        return RdSample.of(vote(), margin());
    }

    static JsonNode golden(String file) {
        return GoldenJson.read(Senate.class, file);
    }
}
