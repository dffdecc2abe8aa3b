package io.verity.estimators.states;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.verity.stats.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code index.json} of a folder of states says. It is written last: a folder without it is not whole.
 *
 * @param key hash of model, texts and encoding: equal keys mean equal states
 * @param model name of the model, such as {@code minilm-q}
 * @param modelSha256 hash of network and tokenizer
 * @param encoding how texts became vectors
 * @param rows number of texts
 * @param cut number of texts that were cut off at the limit of tokens
 * @param textFile the file that the texts were read from; may be empty
 * @param textSha256 hash of the texts
 * @param layers one entry per layer, in order
 */
record StateIndex(
        String key,
        String model,
        String modelSha256,
        Encoding encoding,
        int rows,
        int cut,
        String textFile,
        String textSha256,
        List<Layer> layers) {
    private static final String SCHEMA = "verity.states/1";

    /**
     * One layer.
     *
     * @param layer its position in the model
     * @param name such as {@code layer-03}; the file is {@code layer-03.npy}
     * @param width number of columns
     */
    record Layer(int layer, String name, int width) {
        String file() {
            return name + ".npy";
        }
    }

    StateIndex {
        layers = List.copyOf(layers);
    }

    StateIndex withCut(int value) {
        return new StateIndex(key, model, modelSha256, encoding, rows, value, textFile, textSha256, layers);
    }

    static String key(String modelSha256, String textSha256, Encoding encoding) {
        return Hashes.of(List.of(
                SCHEMA,
                modelSha256,
                textSha256,
                encoding.pooling().label(),
                String.valueOf(encoding.maxTokens()),
                encoding.prefix()));
    }

    String toJson() {
        ObjectNode root = new JsonMapper().createObjectNode();
        root.put("schema", SCHEMA);
        root.put("key", key);
        root.put("model", model);
        root.put("modelSha256", modelSha256);
        root.put("pooling", encoding.pooling().label());
        root.put("maxTokens", encoding.maxTokens());
        root.put("prefix", encoding.prefix());
        root.put("rows", rows);
        root.put("cut", cut);
        root.put("textFile", textFile);
        root.put("textSha256", textSha256);
        ArrayNode array = root.putArray("layers");
        for (Layer layer : layers) {
            array.addObject()
                    .put("layer", layer.layer())
                    .put("name", layer.name())
                    .put("file", layer.file())
                    .put("width", layer.width());
        }
        return root.toPrettyString() + "\n";
    }

    /**
     * @param origin names the file in messages
     * @param json its content
     * @return what it says
     * @throws IllegalArgumentException if it is no index of this format
     */
    static StateIndex parse(String origin, String json) {
        try {
            JsonNode root = new JsonMapper().readTree(json);
            Arguments.require(
                    root.path("schema").asText().equals(SCHEMA),
                    "%s is no index of states (schema '%s' instead of '%s')",
                    origin,
                    root.path("schema").asText(),
                    SCHEMA);
            List<Layer> layers = new ArrayList<>();
            for (JsonNode node : root.path("layers")) {
                String name = node.path("name").asText();
                Arguments.require(name.matches("[A-Za-z0-9._-]+"), "%s names a layer '%s'", origin, name);
                layers.add(new Layer(
                        node.path("layer").asInt(), name, node.path("width").asInt()));
            }
            Arguments.require(!layers.isEmpty(), "%s lists no layers", origin);
            return new StateIndex(
                    root.path("key").asText(),
                    root.path("model").asText(),
                    root.path("modelSha256").asText(),
                    new Encoding(
                            Pooling.of(root.path("pooling").asText()),
                            root.path("maxTokens").asInt(),
                            root.path("prefix").asText()),
                    root.path("rows").asInt(),
                    root.path("cut").asInt(),
                    root.path("textFile").asText(),
                    root.path("textSha256").asText(),
                    layers);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : " in line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new IllegalArgumentException(origin + " is damaged: no JSON" + where, e);
        }
    }
}
