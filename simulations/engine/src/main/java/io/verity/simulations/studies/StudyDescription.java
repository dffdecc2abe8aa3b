package io.verity.simulations.studies;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a store keeps of a study beside its key, so that the run can be reported without the command that made it. */
final class StudyDescription {
    private StudyDescription() {}

    static String write(Study<?> study) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", "study");
        node.put("title", study.title());
        node.set("factors", SimulationJson.factors(study));
        return node.toString();
    }
}
