package io.verity.estimators.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class LayerSourceTest {
    private final LayerSource layers = LayerSource.of(List.of(
            new DMatrixRMaj(new double[][] {{1, 2}, {3, 4}}),
            new DMatrixRMaj(new double[][] {{5}, {6}}),
            new DMatrixRMaj(new double[][] {{7}, {8}})));

    @Test
    void layersAreNamedByTheirPosition() {
        assertThat(layers.names()).containsExactly("layer-00", "layer-01", "layer-02");
        assertThat(LayerSource.defaultName(12)).isEqualTo("layer-12");
    }

    @Test
    void aLoadedLayerIsTheCallersOwn() {
        layers.load(0).data[0] = 99;
        assertThat(layers.load(0).get(0, 0)).isEqualTo(1);
    }

    @Test
    void layersAreSelectedByPositionAndRange() {
        assertThat(layers.select("all")).isSameAs(layers);
        assertThat(layers.select("0-2")).isSameAs(layers);
        assertThat(layers.select("2,0").names()).containsExactly("layer-02", "layer-00");
        assertThat(layers.select("last").load(0).get(1, 0)).isEqualTo(8);
        assertThatThrownBy(() -> layers.select("3")).hasMessage("there is no layer 3; the layers are 0 to 2");
        assertThatThrownBy(() -> layers.select("1,1")).hasMessageContaining("layer 1 is selected twice");
        assertThatThrownBy(() -> layers.select("2-1")).hasMessageContaining("run downwards");
        assertThatThrownBy(() -> layers.select("x")).hasMessageContaining("'x'");
    }

    @Test
    void layersMustAgreeInRows() {
        assertThatThrownBy(() -> LayerSource.of(List.of(new DMatrixRMaj(2, 1), new DMatrixRMaj(3, 1))))
                .hasMessage("layer layer-01 has 3 rows, but layer layer-00 has 2");
        assertThatThrownBy(() -> LayerSource.of(new float[][][] {{{1, 2}, {3}}}))
                .hasMessageContaining("row 2 of a layer has 1 values");
    }

    @Test
    void exampleTextsHaveLabelsSplitsAndPairs() {
        LabelledTexts sentiment = LabelledTexts.example("sentiment");
        assertThat(sentiment.rows()).isEqualTo(1986);
        assertThat(sentiment.texts().get(0)).isEqualTo("Wow... Loved this place.");
        assertThat(sentiment.splits()).containsOnly("train", "val", "test");
        assertThat(sentiment.groups()).isEmpty();
        assertThat(LabelledTexts.example("facts").rows()).isEqualTo(598);
        LabelledTexts pairs = LabelledTexts.example("sarcasm_pairs");
        assertThat(pairs.rows()).isEqualTo(351);
        List<String> groups = pairs.groups().orElseThrow();
        assertThat(groups.stream().distinct()).hasSize(176);
        for (int i = 1; i < pairs.rows(); i++) {
            if (groups.get(i).equals(groups.get(i - 1))) {
                assertThat(pairs.splits().get(i)).isEqualTo(pairs.splits().get(i - 1));
                assertThat(pairs.labels()[i]).isEqualTo(1 - pairs.labels()[i - 1]);
            }
        }
        assertThatThrownBy(() -> LabelledTexts.example("spam")).hasMessageContaining("sets: sentiment, facts");
    }
}
