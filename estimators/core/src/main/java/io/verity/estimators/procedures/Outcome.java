package io.verity.estimators.procedures;

import io.verity.stats.result.Figure;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a procedure returns, ready to be printed or written, with nothing left to compute.
 *
 * <p>Values in {@code data}, {@code options} and {@code result} are {@code Double}, {@code Long}, {@code Boolean},
 * {@code String}, {@code double[]}, lists, ordered maps with text keys, or null. Doubles may be non-finite.
 *
 * @param estimator name of the estimator or action, such as {@code large-step}
 * @param data facts of the input: {@code file}, {@code sha256}, {@code rows}, {@code columns}, label mapping, ...
 * @param options the options in force
 * @param result the required keys of the command, then any others
 * @param diagnostics how the computation went
 * @param notes key of {@code result} to the reason why its value is null or not finite
 * @param tables tables for a report
 * @param figures figures for a report
 * @param summary a few lines for the terminal
 * @param provenance how the result came about
 */
public record Outcome(
        String estimator,
        Map<String, @Nullable Object> data,
        Map<String, @Nullable Object> options,
        Map<String, @Nullable Object> result,
        Diagnostics diagnostics,
        Map<String, String> notes,
        List<ResultTable> tables,
        List<Figure> figures,
        String summary,
        Provenance provenance) {

    /**
     * How the computation went.
     *
     * @param converged whether it reached what it was asked for
     * @param iterations how many it took, or null where nothing iterates
     * @param warnings what the user should know, one sentence each
     */
    public record Diagnostics(boolean converged, @Nullable Long iterations, List<String> warnings) {
        /** Copies. */
        public Diagnostics {
            warnings = List.copyOf(warnings);
        }
    }

    /** Checks the values and copies. */
    public Outcome {
        data = checked(data);
        options = checked(options);
        result = checked(result);
        notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
        tables = List.copyOf(tables);
        figures = List.copyOf(figures);
    }

    private static Map<String, @Nullable Object> checked(Map<String, ? extends @Nullable Object> map) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key, checkedValue(key, value)));
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object checkedValue(String key, @Nullable Object value) {
        if (value instanceof Integer i) {
            return (long) i;
        }
        if (value == null
                || value instanceof Double
                || value instanceof Long
                || value instanceof Boolean
                || value instanceof String
                || value instanceof double[]) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((k, v) -> copy.put(String.valueOf(k), checkedValue(key + "." + k, v)));
            return Collections.unmodifiableMap(copy);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(v -> copy.add(checkedValue(key, v)));
            return Collections.unmodifiableList(copy);
        }
        throw new IllegalArgumentException(
                key + " holds a " + value.getClass().getName() + ", which no writer knows how to write");
    }

    /**
     * @param estimator name of the estimator or action
     * @return an empty builder
     */
    public static Builder of(String estimator) {
        return new Builder(estimator);
    }

    /**
     * @param value a number
     * @return the number as results and tables hold it: null, their word for nothing, in place of NaN
     */
    public static @Nullable Double orNull(double value) {
        return Double.isNaN(value) ? null : (Double) value;
    }

    /** Collects the parts of an outcome. */
    public static final class Builder {
        private final String estimator;
        private final Map<String, @Nullable Object> data = new LinkedHashMap<>();
        private final Map<String, @Nullable Object> options = new LinkedHashMap<>();
        private final Map<String, @Nullable Object> result = new LinkedHashMap<>();
        private final Map<String, String> notes = new LinkedHashMap<>();
        private final List<String> warnings = new ArrayList<>();
        private final List<ResultTable> tables = new ArrayList<>();
        private final List<Figure> figures = new ArrayList<>();
        private boolean converged = true;
        private @Nullable Long iterations;
        private String summary = "";

        private Builder(String estimator) {
            this.estimator = estimator;
        }

        /**
         * @param key name of a fact of the input
         * @param value its value
         * @return this builder
         */
        public Builder data(String key, @Nullable Object value) {
            data.put(key, value);
            return this;
        }

        /**
         * @param values facts of the input
         * @return this builder
         */
        public Builder data(Map<String, ? extends @Nullable Object> values) {
            data.putAll(values);
            return this;
        }

        /**
         * @param values the options in force
         * @return this builder
         */
        public Builder options(Map<String, ? extends @Nullable Object> values) {
            options.putAll(values);
            return this;
        }

        /**
         * @param key name of a result
         * @param value its value
         * @return this builder
         */
        public Builder result(String key, @Nullable Object value) {
            result.put(key, value);
            return this;
        }

        /**
         * @param key name of a result that does not apply here
         * @param note why
         * @return this builder
         */
        public Builder missing(String key, String note) {
            result.put(key, null);
            return note(key, note);
        }

        /**
         * @param key name of a result
         * @param value its value; NaN where it does not apply
         * @param note why it does not, in that case
         * @return this builder
         */
        public Builder resultOrMissing(String key, double value, String note) {
            return Double.isNaN(value) ? missing(key, note) : result(key, value);
        }

        /**
         * @param key name of a result
         * @param note what to know about its value
         * @return this builder
         */
        public Builder note(String key, String note) {
            notes.put(key, note);
            return this;
        }

        /**
         * @param reached whether the computation reached what it was asked for
         * @param count iterations, or null where nothing iterates
         * @return this builder
         */
        public Builder converged(boolean reached, @Nullable Long count) {
            converged = reached;
            iterations = count;
            return this;
        }

        /**
         * @param sentence what the user should know
         * @return this builder
         */
        public Builder warning(String sentence) {
            warnings.add(sentence);
            return this;
        }

        /**
         * @param table for the report
         * @return this builder
         */
        public Builder table(ResultTable table) {
            tables.add(table);
            return this;
        }

        /**
         * @param figure for the report
         * @return this builder
         */
        public Builder figure(Figure figure) {
            figures.add(figure);
            return this;
        }

        /**
         * @param text a few lines for the terminal
         * @return this builder
         */
        public Builder summary(String text) {
            summary = text;
            return this;
        }

        /**
         * @param provenance how the result came about
         * @return the outcome
         */
        public Outcome build(Provenance provenance) {
            return new Outcome(
                    estimator,
                    data,
                    options,
                    result,
                    new Diagnostics(converged, iterations, warnings),
                    notes,
                    tables,
                    figures,
                    summary,
                    provenance);
        }
    }
}
