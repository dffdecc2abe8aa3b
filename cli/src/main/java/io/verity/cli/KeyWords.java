package io.verity.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Keys of a result as a reader expects them: words, with names and abbreviations spelled as statisticians do. */
final class KeyWords {
    private static final Map<String, String> WHOLE = Map.of(
            "mcFaddenR2",
            "McFadden R2",
            "nOverP",
            "n/p",
            "pValue",
            "p-value",
            "likelihoodRatioDf",
            "likelihood ratio, degrees of freedom");

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("aic", "AIC"),
            Map.entry("aicc", "AICc"),
            Map.entry("auc", "AUC"),
            Map.entry("bayes", "Bayes"),
            Map.entry("bic", "BIC"),
            Map.entry("brier", "Brier score"),
            Map.entry("ci", "CI"),
            Map.entry("cv", "CV"),
            Map.entry("gini", "Gini"),
            Map.entry("holm", "Holm"),
            Map.entry("kkt", "KKT"),
            Map.entry("lr", "LR"),
            Map.entry("mle", "MLE"),
            Map.entry("mse", "MSE"),
            Map.entry("r2", "R2"),
            Map.entry("rmse", "RMSE"),
            Map.entry("roc", "ROC"),
            Map.entry("se", "s.e."),
            Map.entry("spearman", "Spearman"),
            Map.entry("vce", "VCE"));

    private KeyWords() {}

    /** {@code selectedC} as "selected C", {@code trainAuc} as "train AUC". */
    static String of(String key) {
        String whole = WHOLE.get(key);
        return whole != null
                ? whole
                : Arrays.stream(key.split("(?<=[a-z])(?=[A-Z])"))
                        .map(KeyWords::word)
                        .collect(Collectors.joining(" "));
    }

    private static String word(String part) {
        String lower = part.toLowerCase(Locale.ROOT);
        return part.length() == 1 ? part : WORDS.getOrDefault(lower, lower); // a letter is a symbol, such as C
    }
}
