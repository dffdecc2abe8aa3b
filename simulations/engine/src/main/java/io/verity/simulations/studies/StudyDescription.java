package io.verity.simulations.studies;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.verity.simulations.store.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a store keeps of a study beside its key, so that the run can be read without the command that made it. */
final class StudyDescription {
    private StudyDescription() {}

    static String write(Study<?> study) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", "study");
        node.put("title", study.title());
        ObjectNode settings = node.putObject("settings");
        study.settings().forEach((factor, values) -> {
            ArrayNode array = settings.putArray(factor);
            values.forEach(array::add);
        });
        return node.toString();
    }

    /** The study with the settings of the run, if that gives the run's key. */
    static Optional<Study<?>> restore(Study<?> study, Run run) {
        try {
            Study<?> restored = study;
            JsonNode settings = new JsonMapper().readTree(run.description()).path("settings");
            for (Map.Entry<String, JsonNode> factor : settings.properties()) {
                List<String> values = new ArrayList<>();
                factor.getValue().forEach(value -> values.add(value.asText()));
                restored = restored.withFactor(factor.getKey(), values);
            }
            boolean same = restored.key(run.key().seed(), run.key().backend()).equals(run.key());
            return same ? Optional.of(restored) : Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty(); // the study has other factors now, and so another key
        }
    }
}
