package io.verity.simulations.studies;

import io.verity.stats.Names;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The studies on the class path. */
public final class Studies {
    private Studies() {}

    /**
     * @return every registered study, by name
     * @throws IllegalStateException if two studies share a name
     */
    public static List<Study<?>> all() {
        TreeMap<String, Study<?>> byName = new TreeMap<>();
        for (StudyProvider provider : ServiceLoader.load(StudyProvider.class)) {
            for (Study<?> study : provider.studies()) {
                if (byName.put(study.name(), study) != null) {
                    throw new IllegalStateException("two studies are named " + study.name());
                }
            }
        }
        return List.copyOf(byName.values());
    }

    /**
     * @param name name of a study
     * @return the study
     * @throws IllegalArgumentException if there is none; the message suggests the nearest name
     */
    public static Study<?> find(String name) {
        List<Study<?>> all = all();
        return all.stream()
                .filter(study -> study.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no study '" + name + "'"
                        + Names.suggestion(name, all.stream().map(Study::name).toList(), "")));
    }
}
