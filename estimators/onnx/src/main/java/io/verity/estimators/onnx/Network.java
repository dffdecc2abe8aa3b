package io.verity.estimators.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.verity.estimators.states.Pooling;
import io.verity.estimators.states.TextEncoderUnavailableException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One session of ONNX Runtime over a network whose layers are all outputs. Safe for use by several threads. */
final class Network implements AutoCloseable {
    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String TYPES = "token_type_ids";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final List<String> layers;

    private Network(OrtEnvironment environment, OrtSession session, List<String> layers) {
        this.environment = environment;
        this.session = session;
        this.layers = layers;
    }

    static Network of(byte[] onnx) throws OrtException {
        List<String> inner = DeclaredOutputs.inner(onnx);
        if (inner.isEmpty()) {
            throw new TextEncoderUnavailableException(
                    "the network has no tensor " + DeclaredOutputs.EMBEDDINGS + ", so its layers cannot be read",
                    "use a BERT-like encoder as Hugging Face exports it");
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "verity");
        environment.setTelemetry(false);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1); // callers run batches side by side, which scales better
            options.setInterOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            OrtSession session = environment.createSession(DeclaredOutputs.append(onnx, inner), options);
            List<String> layers = new ArrayList<>(inner);
            // the last block's output is the network's own first output
            layers.add(session.getOutputNames().iterator().next());
            return new Network(environment, session, layers);
        }
    }

    /** Number of layers: the embeddings and every block. */
    int layers() {
        return layers.size();
    }

    /**
     * @param tokens ids of each text
     * @param wanted layers
     * @param pooling how the states of tokens become one vector
     * @return wanted layers x texts x width
     */
    float[][][] run(long[][] tokens, int[] wanted, Pooling pooling) throws OrtException {
        int longest = 0;
        for (long[] ids : tokens) {
            longest = Math.max(longest, ids.length);
        }
        long[] shape = {tokens.length, longest};
        LongBuffer ids = LongBuffer.allocate(tokens.length * longest);
        LongBuffer mask = LongBuffer.allocate(tokens.length * longest);
        for (int r = 0; r < tokens.length; r++) {
            for (int t = 0; t < tokens[r].length; t++) {
                ids.put(r * longest + t, tokens[r][t]);
                mask.put(r * longest + t, 1);
            }
        }
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        Set<String> outputs = new LinkedHashSet<>();
        for (int layer : wanted) {
            outputs.add(layers.get(layer));
        }
        try {
            inputs.put(IDS, OnnxTensor.createTensor(environment, ids, shape));
            inputs.put(MASK, OnnxTensor.createTensor(environment, mask, shape));
            if (session.getInputNames().contains(TYPES)) {
                LongBuffer types = LongBuffer.allocate(tokens.length * longest);
                inputs.put(TYPES, OnnxTensor.createTensor(environment, types, shape));
            }
            try (OrtSession.Result result = session.run(inputs, outputs)) {
                float[][][] pooled = new float[wanted.length][][];
                for (int k = 0; k < wanted.length; k++) {
                    pooled[k] = pooled((OnnxTensor) result.get(k), tokens, longest, pooling);
                }
                return pooled;
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private static float[][] pooled(OnnxTensor states, long[][] tokens, int longest, Pooling pooling) {
        int width = (int) states.getInfo().getShape()[2];
        FloatBuffer buffer = states.getFloatBuffer();
        float[][] pooled = new float[tokens.length][];
        for (int r = 0; r < tokens.length; r++) {
            int start = r * longest * width;
            int last = tokens[r].length - 1;
            pooled[r] = switch (pooling) {
                case MEAN -> mean(buffer, start, tokens[r].length, width);
                case CLS -> token(buffer, start, width);
                case LAST -> token(buffer, start + last * width, width);
            };
        }
        return pooled;
    }

    private static float[] token(FloatBuffer buffer, int at, int width) {
        float[] state = new float[width];
        buffer.get(at, state);
        return state;
    }

    private static float[] mean(FloatBuffer buffer, int start, int count, int width) {
        double[] sum = new double[width];
        float[] state = new float[width];
        for (int t = 0; t < count; t++) {
            buffer.get(start + t * width, state);
            for (int j = 0; j < width; j++) {
                sum[j] += state[j];
            }
        }
        for (int j = 0; j < width; j++) {
            state[j] = (float) (sum[j] / count);
        }
        return state;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot close its session: " + e.getMessage(), e);
        }
    }
}
