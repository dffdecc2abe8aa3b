package io.verity.estimators.onnx;

import io.verity.stats.Arguments;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Declares inner tensors of an ONNX network as outputs, without a protobuf library. A serialized protobuf message may be extended
 * by concatenation: embedded messages of the same field merge, repeated fields append. So it is enough to append one field
 * {@code ModelProto.graph} (7) that holds nothing but {@code GraphProto.output} entries (12), each a {@code ValueInfoProto} with its
 * name (1); types are inferred by the runtime (field numbers: ONNX, onnx.proto; merging: Protocol Buffers, "Encoding").
 */
final class DeclaredOutputs {
    /** Output of the embedding layer. */
    static final String EMBEDDINGS = "/embeddings/LayerNorm/Add_1_output_0";

    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_OUTPUT = 12;
    private static final int VALUE_NAME = 1;
    private static final int MOST_BLOCKS = 1000;

    private DeclaredOutputs() {}

    /** Output of the 0-based transformer block; the last one's is the network's own first output. */
    static String block(int k) {
        return "/encoder/layer." + k + "/output/LayerNorm/Add_1_output_0";
    }

    /**
     * The names of the inner layers that a network has: the embeddings, and every block but the last.
     *
     * @param onnx the network
     * @return the names, empty if it has no embedding layer of that name
     */
    static List<String> inner(byte[] onnx) {
        List<String> names = new ArrayList<>();
        if (contains(onnx, EMBEDDINGS)) {
            names.add(EMBEDDINGS);
            for (int k = 0; k < MOST_BLOCKS && contains(onnx, "/encoder/layer." + (k + 1) + "/"); k++) {
                names.add(block(k));
            }
        }
        return names;
    }

    private static boolean contains(byte[] haystack, String text) {
        byte[] needle = text.getBytes(StandardCharsets.UTF_8);
        byte first = needle[0];
        for (int i = 0; i <= haystack.length - needle.length; i++) {
            if (haystack[i] == first && matches(haystack, i, needle)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] haystack, int at, byte[] needle) {
        for (int k = 1; k < needle.length; k++) {
            if (haystack[at + k] != needle[k]) {
                return false;
            }
        }
        return true;
    }

    /**
     * @param onnx the network
     * @param names of tensors in it
     * @return the network with these tensors as further outputs
     */
    static byte[] append(byte[] onnx, List<String> names) {
        ByteArrayOutputStream graph = new ByteArrayOutputStream();
        for (String name : names) {
            ByteArrayOutputStream value = new ByteArrayOutputStream();
            field(value, VALUE_NAME, name.getBytes(StandardCharsets.UTF_8));
            field(graph, GRAPH_OUTPUT, value.toByteArray());
        }
        ByteArrayOutputStream tail = new ByteArrayOutputStream();
        field(tail, MODEL_GRAPH, graph.toByteArray());
        Arguments.require(
                (long) onnx.length + tail.size() < Integer.MAX_VALUE - 8, "the network has more than 2 GB, too much");
        byte[] whole = java.util.Arrays.copyOf(onnx, onnx.length + tail.size());
        System.arraycopy(tail.toByteArray(), 0, whole, onnx.length, tail.size());
        return whole;
    }

    /** A length-delimited field: tag (number, wire type 2), length, content. */
    private static void field(ByteArrayOutputStream out, int number, byte[] content) {
        varint(out, (number << 3) | 2);
        varint(out, content.length);
        out.writeBytes(content);
    }

    /** Seven bits a byte, the lowest first; the high bit says that more follow. */
    private static void varint(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest >>> 7 != 0) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
