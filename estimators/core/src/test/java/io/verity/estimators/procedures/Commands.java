package io.verity.estimators.procedures;

import io.verity.stats.linalg.Backends;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs procedures as a command line does. */
public final class Commands {
    private Commands() {}

    /** What options given as names and values make. */
    public static Inputs inputs(Procedure procedure, String... namesAndValues) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int k = 0; k < namesAndValues.length; k += 2) {
            given.put(namesAndValues[k], namesAndValues[k + 1]);
        }
        return Inputs.of(procedure, given, Backends.shared());
    }

    /** The same for a file of labelled rows. */
    public static Inputs onRows(Procedure procedure, String file, String label, String... more) {
        List<String> all = new ArrayList<>(List.of("data", file, "label", label));
        all.addAll(List.of(more));
        return inputs(procedure, all.toArray(String[]::new));
    }

    public static Outcome run(Procedure procedure, String... namesAndValues) {
        return procedure.run(inputs(procedure, namesAndValues));
    }
}
