package io.verity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyWordsTest {
    @ParameterizedTest
    @CsvSource({
        "mcFaddenR2, McFadden R2",
        "aic, AIC",
        "bic, BIC",
        "trainAuc, train AUC",
        "trainBrier, train Brier score",
        "mleThreshold, MLE threshold",
        "bayesAccuracy, Bayes accuracy",
        "selectedC, selected C",
        "medianSpearman, median Spearman",
        "averageEffect, average effect",
        "pValue, p-value",
        "nOverP, n/p",
        "K, K",
        "se, s.e.",
        "nullLogLikelihood, null log likelihood"
    })
    void statisticsAreSpelledAsTheFieldSpellsThem(String key, String words) {
        assertThat(KeyWords.of(key)).isEqualTo(words);
    }

    @Test
    void wordsThatOnlyBeginLikeAnAbbreviationStayWords() {
        assertThat(KeyWords.of("selectedIndex")).isEqualTo("selected index");
        assertThat(KeyWords.of("circuit")).isEqualTo("circuit");
    }
}
