package io.verity.estimators.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.verity.estimators.states.Encoding;
import io.verity.estimators.states.LayerSource;
import io.verity.estimators.states.ModelFiles;
import io.verity.estimators.states.Pooling;
import io.verity.estimators.states.StateSet;
import io.verity.estimators.states.TextEncoder;
import io.verity.estimators.states.TextEncoderUnavailableException;
import io.verity.estimators.states.TextEncoders;
import io.verity.estimators.states.TextModel;
import io.verity.estimators.states.TextStates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that depends on verity-onnx and on the jar of a model needs nothing else. */
class ModelsOnClassPathTest {
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    private static byte[] resource(String name) throws java.io.IOException {
        try (java.io.InputStream in = ModelsOnClassPathTest.class.getResourceAsStream("/" + name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void theServiceLoaderFindsTheRuntimeAndTheModel() {
        assertThat(TextEncoders.isAvailable("minilm-q")).isTrue();
        List<String> texts =
                List.of("It was wonderful.", "It was horrible, and far too long to be watched in one evening.");
        try (TextEncoder one = TextEncoders.open("minilm-q", 1);
                TextEncoder two = TextEncoders.open("minilm-q", 2)) {
            assertThat(one.layerNames()).hasSize(7);
            LayerSource states = one.encode(texts, Encoding.withDefaults());
            assertThat(states.load(6).getNumCols()).isEqualTo(384);
            // texts of an 8-bit network run one by one: neighbours and threads change not a bit
            LayerSource again = two.encode(List.of(texts.get(1), texts.get(0)), Encoding.withDefaults());
            for (int layer = 0; layer < 7; layer++) {
                double[] first = Arrays.copyOf(states.load(layer).data, 384);
                double[] second = Arrays.copyOfRange(again.load(layer).data, 384, 768);
                assertThat(second).isEqualTo(first);
            }
        }
    }

    /** The native libraries overrun a stack of a megabyte, which ends the JVM. */
    @Test
    void aModelRunsForAThreadWithASmallStack() throws InterruptedException {
        long[] tokens = new long[1];
        Runnable work = () -> {
            try (TextEncoder encoder = TextEncoders.open("minilm-q", 1)) {
                encoder.encode(List.of("It was wonderful."), Encoding.withDefaults());
                tokens[0] = encoder.tokens("cats", Encoding.withDefaults()).length;
            }
        };
        Thread thread = new Thread(null, work, "small", 256L << 10);
        thread.start();
        thread.join();
        assertThat(tokens[0]).isEqualTo(3);
    }

    @Test
    void filesThatAreNoModelAreRefused() throws java.io.IOException {
        TextModel model = TextModel.named("minilm-q");
        byte[] tokenizer = resource(model.tokenizer());
        assertThatThrownBy(() -> HiddenStates.of(model, new ModelFiles(NOTHING, NOTHING, "a test"), 1))
                .isInstanceOf(TextEncoderUnavailableException.class)
                .hasMessageContaining("the tokenizer of minilm-q (from a test) cannot be used here");
        assertThatThrownBy(() -> HiddenStates.of(model, new ModelFiles(NOTHING, tokenizer, "a test"), 1))
                .isInstanceOf(TextEncoderUnavailableException.class)
                .hasMessageContaining("the network has no tensor /embeddings/LayerNorm/Add_1_output_0");
        byte[] network = resource(model.onnx());
        byte[] cut = Arrays.copyOf(network, network.length / 2);
        assertThatThrownBy(() -> HiddenStates.of(model, new ModelFiles(cut, tokenizer, "a test"), 1))
                .isInstanceOf(TextEncoderUnavailableException.class)
                .hasMessageContaining("cannot be used here");
        assertThatThrownBy(() -> HiddenStates.fromClasspath("none.onnx", model.tokenizer()))
                .hasMessage("there is no resource none.onnx on the class path");
    }

    @Test
    void outputsAreDeclaredByOneFieldAppended() {
        byte[] whole = DeclaredOutputs.append(new byte[] {1}, List.of("ab"));
        // 7<<3|2, length; 12<<3|2, length; 1<<3|2, length, name
        assertThat(whole).containsExactly(1, 58, 6, 98, 4, 10, 2, 'a', 'b');
        byte[] longer = DeclaredOutputs.append(new byte[0], List.of("x".repeat(200)));
        assertThat(Arrays.copyOf(longer, 9))
                .containsExactly(58, (byte) 0xCE, 1, 98, (byte) 0xCB, 1, 10, (byte) 0xC8, 1);
    }

    @Test
    void batchesAreBoundedInTextsAndTokens() {
        int[] lengths = new int[100];
        Arrays.fill(lengths, 8);
        lengths[3] = 512;
        lengths[4] = 512;
        List<int[]> batches = Batches.of(lengths, 32);
        assertThat(batches).hasSize(4);
        assertThat(batches.stream().mapToInt(b -> b.length).sum()).isEqualTo(100);
        assertThat(batches.get(batches.size() - 1)).contains(3, 4);
        for (int[] batch : batches) {
            int longest = Arrays.stream(batch).map(i -> lengths[i]).max().orElseThrow();
            assertThat(batch.length * longest).isLessThanOrEqualTo(Batches.MOST_TOKENS);
        }
    }

    @Test
    void statesThatStandInAFolderAreNotComputedAgain(@TempDir Path folder) {
        List<String> texts = List.of("one text", "and another one");
        Map<String, List<String>> labels = Map.of("label", List.of("0", "1"));
        TextStates states = TextStates.of("minilm-q");
        assertThat(states.into(folder, texts, "0,6", labels, "")).isTrue();
        assertThat(states.into(folder, texts, "0,6", labels, "")).isFalse();
        StateSet read = StateSet.read(folder, List.of());
        assertThat(read.layers().names()).containsExactly("layer-00", "layer-06");
        assertThat(read.column("label")).containsExactly("0", "1");
        try (TextEncoder encoder = TextEncoders.open("minilm-q", 1)) {
            LayerSource direct = encoder.encode(texts, Encoding.withDefaults());
            assertThat(read.layers().load(1).data).isEqualTo(direct.load(6).data);
        }
        assertThat(states.into(folder, texts, "all", labels, "")).isTrue();
        assertThat(states.with(Encoding.withDefaults().with(Pooling.CLS)).into(folder, texts, "all", labels, ""))
                .isTrue();
        assertThat(StateSet.read(folder, List.of()).facts()).containsEntry("pooling", "cls");
        assertThatThrownBy(() -> states.into(folder, texts, "7", labels, ""))
                .hasMessage("there is no layer 7; the layers are 0 to 6");
    }
}
