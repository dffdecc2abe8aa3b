package io.verity.estimators.procedures.classification;

import io.verity.estimators.classification.Classifier;
import io.verity.estimators.classification.Evaluation;
import io.verity.estimators.classification.Scores;
import io.verity.estimators.data.Classes;
import io.verity.estimators.data.RowReader;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.stats.Arguments;
import io.verity.stats.IoReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Predictions of a classifier for the rows of a file, some thousand at a time. */
public final class Predictions {
    private static final String PREDICT = "predict";
    private static final String SAVE = "save-predictions";

    /** Rows scored together. */
    private static final int BATCH = 2048;

    /** Numbers per row times rows that the result holds at most. */
    private static final long LARGEST = 2_000_000;

    private final Classifier model;
    private final Classes classes;

    private Predictions(Classifier model, Classes classes) {
        this.model = model;
        this.classes = classes;
    }

    /** @return the options {@code --predict} and {@code --save-predictions} */
    public static List<Option> options() {
        return List.of(
                Option.of(
                        PREDICT,
                        Option.Kind.FILE,
                        "file with the same feature columns whose rows are classified; compared with its labels if it has them"),
                Option.of(SAVE, Option.Kind.FILE, "CSV file to write the predictions of --predict to, row by row"));
    }

    /**
     * Checks what can be checked before the fit.
     *
     * @param inputs the options
     * @throws IllegalArgumentException if predictions are to be saved but there is nothing to predict, or a file does not exist
     */
    public static void check(Inputs inputs) {
        Arguments.require(
                !inputs.isGiven(SAVE) || inputs.isGiven(PREDICT),
                "--save-predictions needs --predict, the rows to classify");
        inputs.optionalFile(PREDICT).ifPresent(path -> Arguments.require(Files.exists(path), "no such file: %s", path));
    }

    /** Hands rows over in batches. */
    @FunctionalInterface
    private interface Batches {
        void take(DMatrixRMaj x, List<String> labels, long[] rows);
    }

    /**
     * @param model what to compare
     * @param classes the classes
     * @param reader reads the features of the model, and the labels
     * @param path the file
     * @return the model's predictions compared with the labels
     */
    public static Evaluation evaluate(Classifier model, Classes classes, RowReader reader, Path path) {
        Evaluation evaluation = Evaluation.ofClasses(model.classes());
        new Predictions(model, classes)
                .read(reader, path, (x, labels, rows) -> evaluation.add(model.scores(x), classes.indices(labels)));
        return evaluation;
    }

    private RowReader.Summary read(RowReader reader, Path path, Batches batches) {
        DMatrixRMaj x = new DMatrixRMaj(BATCH, model.features());
        List<String> labels = new ArrayList<>();
        long[] rows = new long[BATCH];
        RowReader.Summary summary = reader.read(path, columns -> (values, label, weight, row) -> {
            System.arraycopy(values, 0, x.data, labels.size() * x.numCols, x.numCols);
            rows[labels.size()] = row;
            labels.add(label);
            if (labels.size() == BATCH) {
                batches.take(x, labels, rows);
                labels.clear();
            }
        });
        if (!labels.isEmpty()) {
            int left = labels.size();
            DMatrixRMaj last = new DMatrixRMaj(left, x.numCols, true, Arrays.copyOf(x.data, left * x.numCols));
            batches.take(last, labels, rows);
        }
        return summary;
    }

    /**
     * Classifies the rows of {@code --predict}, if given: adds {@code prediction}, {@code probabilities} and {@code scores} per row,
     * and {@code test} where the file has labels.
     *
     * @param inputs the options
     * @param model the classifier
     * @param classes the classes
     * @param reader reads the features of the model
     * @param outcome takes the results
     * @return a line for the terminal, if there was something to do
     * @throws IllegalArgumentException if the file cannot be read, lacks a column, or the predictions cannot be written
     */
    public static Optional<String> add(
            Inputs inputs, Classifier model, Classes classes, RowReader reader, Outcome.Builder outcome) {
        Optional<Path> path = inputs.optionalFile(PREDICT);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        inputs.progress().update("predicting", 0, -1);
        return Optional.of(new Predictions(model, classes)
                .add(path.get(), inputs.optionalFile(SAVE).orElse(null), reader.withOptionalLabel(), outcome));
    }

    private static IllegalArgumentException unwritten(@Nullable Path save, IOException e) {
        return new IllegalArgumentException("cannot write the predictions to " + save + ": " + IoReason.of(e), e);
    }

    private String add(Path path, @Nullable Path save, RowReader reader, Outcome.Builder outcome) {
        Evaluation evaluation = Evaluation.ofClasses(model.classes());
        List<String> predicted = new ArrayList<>();
        List<double[]> probabilities = new ArrayList<>();
        List<double[]> scores = new ArrayList<>();
        long[] counts = new long[3];
        RowReader.Summary summary;
        try (Writer writer = save == null ? Writer.nullWriter() : Files.newBufferedWriter(save)) {
            header(writer);
            summary = read(reader, path, (x, labels, rows) -> {
                DMatrixRMaj s = model.scores(x);
                DMatrixRMaj p = Scores.probabilities(s);
                int[] best = Scores.largest(s);
                compare(evaluation, s, labels, counts);
                for (int i = 0; i < best.length; i++) {
                    write(writer, rows[i], best[i], p, i);
                    if ((counts[0]++ + 1) * model.classes() * 2 <= LARGEST) {
                        predicted.add(classes.names().get(best[i]));
                        probabilities.add(row(p, i));
                        scores.add(row(s, i));
                    }
                }
            });
        } catch (UncheckedIOException e) {
            throw unwritten(save, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw unwritten(save, e);
        }
        if (predicted.size() == summary.rows()) {
            outcome.result("prediction", predicted)
                    .result("probabilities", probabilities)
                    .result("scores", scores);
        } else {
            String many = "too many rows to list; --save-predictions writes them to a file";
            outcome.missing("prediction", many).missing("probabilities", many).missing("scores", many);
        }
        if (evaluation.rows() > 0) {
            outcome.result("test", EvaluationReport.facts(evaluation));
            if (counts[1] > 0) {
                outcome.warning(counts[1] + " rows of " + path
                        + " have a label that is no class of the fit; they are not in the comparison");
            }
            return String.format(
                    Locale.ROOT,
                    "%s: %d rows, error %.4f, log loss %.4f",
                    path,
                    evaluation.rows(),
                    evaluation.error(),
                    evaluation.logLoss());
        }
        outcome.missing("test", "the file has no labels of these classes");
        return path + ": " + summary.rows() + " rows classified";
    }

    private void compare(Evaluation evaluation, DMatrixRMaj scores, List<String> labels, long[] counts) {
        int[] known = new int[labels.size()];
        DMatrixRMaj theirs = new DMatrixRMaj(labels.size(), scores.numCols);
        int size = 0;
        for (int i = 0; i < known.length; i++) {
            int k = labels.get(i).isEmpty() ? -1 : classes.index(labels.get(i));
            counts[1] += k < 0 && !labels.get(i).isEmpty() ? 1 : 0;
            if (k >= 0) {
                System.arraycopy(scores.data, i * scores.numCols, theirs.data, size * scores.numCols, scores.numCols);
                known[size++] = k;
            }
        }
        theirs.reshape(size, scores.numCols, true);
        evaluation.add(theirs, Arrays.copyOf(known, size));
    }

    private static double[] row(DMatrixRMaj m, int i) {
        return Arrays.copyOfRange(m.data, i * m.numCols, (i + 1) * m.numCols);
    }

    private void header(Writer writer) throws IOException {
        writer.write("row,prediction");
        for (String name : classes.names()) {
            writer.write("," + quoted("p_" + name));
        }
        writer.write("\n");
    }

    private void write(Writer writer, long row, int best, DMatrixRMaj p, int i) {
        try {
            writer.write(row + "," + quoted(classes.names().get(best)));
            for (int k = 0; k < p.numCols; k++) {
                writer.write("," + p.get(i, k));
            }
            writer.write("\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(String cell) {
        boolean special = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return special ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
