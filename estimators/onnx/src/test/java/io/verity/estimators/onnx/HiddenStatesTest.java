package io.verity.estimators.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
}
