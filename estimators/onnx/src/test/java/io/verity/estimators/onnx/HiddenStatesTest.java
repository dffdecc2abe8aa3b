package io.verity.estimators.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.verity.estimators.procedures.Progress;
import io.verity.estimators.states.Encoding;
import io.verity.estimators.states.Pooling;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The 32-bit MiniLM against an independent forward pass (see README.md beside the golden file), and laws. */
class HiddenStatesTest {
    private static final double TOLERANCE = 2e-5;
    private static HiddenStates states;

    @BeforeAll
    static void open() {
        states = HiddenStates.fromClasspath("all-minilm-l6-v2.onnx", "all-minilm-l6-v2-tokenizer.json");
    }

    @AfterAll
    static void close() {
        states.close();
    }

    @Test
    void statesEqualAnIndependentForwardPass() throws IOException {
        JsonNode items;
        try (InputStream golden = HiddenStatesTest.class.getResourceAsStream("hidden_states.json")) {
            items = new JsonMapper().readTree(golden).path("items");
        }
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(item.path("text").asText()));
        float[][][] mean = states.encode(texts, Pooling.MEAN);
        float[][][] cls = states.encode(texts, Pooling.CLS);
        assertThat(mean).hasDimensions(7, texts.size());
        for (int i = 0; i < texts.size(); i++) {
            JsonNode item = items.get(i);
            long[] ids = states.tokens(texts.get(i), Encoding.withDefaults());
            assertThat(ids).hasSize(item.path("inputIds").size());
            for (int t = 0; t < ids.length; t++) {
                assertThat(ids[t]).isEqualTo(item.path("inputIds").get(t).asLong());
            }
            for (int layer = 0; layer < 7; layer++) {
                double norm = 0;
                for (float value : mean[layer][i]) {
                    norm += (double) value * value;
                }
                assertThat(Math.sqrt(norm))
                        .isCloseTo(item.path("norms").get(layer).asDouble(), within(TOLERANCE));
                for (int j = 0; j < 16; j++) {
                    assertThat((double) mean[layer][i][j])
                            .isCloseTo(item.path("meanPooled").get(layer).get(j).asDouble(), within(TOLERANCE));
                }
                for (int j = 0; j < 4; j++) {
                    assertThat((double) cls[layer][i][j])
                            .isCloseTo(item.path("cls").get(layer).get(j).asDouble(), within(TOLERANCE));
                }
            }
        }
    }

    /** Texts of many lengths and scripts. */
    private static final List<String> ODD = List.of(
            "!!!",
            "x",
            "Hello, world! ".repeat(60),
            "naïve café",
            "日本語のテキスト",
            "emoji 👩‍👩‍👧‍👦 🇩🇪",
            "\u0001\u0002",
            "a tab\tand a line\nbreak",
            "lone surrogate \ud83d here");

    private static double largestDifference(float[] a, float[] b) {
        double largest = 0;
        for (int j = 0; j < a.length; j++) {
            largest = Math.max(largest, Math.abs((double) a[j] - b[j]));
        }
        return largest;
    }

    @Test
    void theStatesOfATextDoNotDependOnItsNeighbours() {
        float[][][] together = states.encode(ODD, Pooling.MEAN);
        for (int i = 0; i < ODD.size(); i++) {
            float[][][] alone = states.encode(List.of(ODD.get(i)), Pooling.MEAN);
            for (int layer = 0; layer < together.length; layer++) {
                assertThat(largestDifference(together[layer][i], alone[layer][0]))
                        .isLessThan(TOLERANCE);
            }
        }
    }

    @Test
    void longTextsAreCutOffAndKeepTheirClosingToken() {
        long[] ids = states.tokens(ODD.get(2), Encoding.withDefaults());
        assertThat(ids).hasSize(128).startsWith(101, 7592).endsWith(102);
        assertThat(states.tokens(ODD.get(2), Encoding.withDefaults().withMaxTokens(5)))
                .hasSize(5)
                .endsWith(102);
        List<String> texts = List.of(ODD.get(2), "short");
        int cut = states.encode(texts, Encoding.withDefaults(), new int[] {0}, (l, f, s) -> {}, Progress.NONE);
        assertThat(cut).isEqualTo(1);
    }

    @Test
    void theLastTokenIsTheLastOneThatIsNoPadding() {
        float[][][] last = states.encode(List.of("one", "one two three four five six seven"), Pooling.LAST);
        float[][][] alone = states.encode(List.of("one"), Pooling.LAST);
        assertThat(largestDifference(last[6][0], alone[6][0])).isLessThan(TOLERANCE);
    }

    @Test
    void aPrefixIsPartOfTheText() {
        Encoding prefixed = Encoding.withDefaults().withPrefix("query: ");
        assertThat(states.tokens("cats", prefixed)).isEqualTo(states.tokens("query: cats", Encoding.withDefaults()));
    }

    @Test
    void layersArriveInTheOrderAskedForAndProgressIsTold() {
        List<String> heard = new ArrayList<>();
        float[][][] taken = new float[2][][];
        states.encode(
                List.of("a", "b", "c"),
                Encoding.withDefaults(),
                new int[] {6, 0},
                (layer, first, rows) -> taken[layer] = rows,
                (what, done, total) -> heard.add(what + " " + done + "/" + total));
        float[][][] all = states.encode(List.of("a", "b", "c"), Pooling.MEAN);
        assertThat(largestDifference(taken[0][2], all[6][2])).isLessThan(TOLERANCE);
        assertThat(largestDifference(taken[1][2], all[0][2])).isLessThan(TOLERANCE);
        assertThat(heard).endsWith("running minilm 3/3");
    }

    @Test
    void blankTextsAndUnknownLayersAreRefused() {
        assertThatThrownBy(() -> states.encode(List.of("a", " \t"), Pooling.MEAN))
                .hasMessage("the text in row 2 is blank");
        assertThatThrownBy(() -> states.encode(List.of(), Pooling.MEAN)).hasMessage("there are no texts");
        assertThatThrownBy(() -> states.encode(
                        List.of("a"), Encoding.withDefaults(), new int[] {7}, (l, f, s) -> {}, Progress.NONE))
                .hasMessage("there is no layer 7; the layers of minilm are 0 to 6");
    }
}
