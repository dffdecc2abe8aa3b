package io.verity.estimators.procedures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/**
 * One command that fits or computes: its words, its options, and what it returns. Procedures are found through
 * {@link ServiceLoader} ({@code META-INF/services/io.verity.estimators.procedures.Procedure}); whoever calls them parses
 * text and prints, and computes nothing.
 */
public interface Procedure {
    /** @return the words of the command, such as {@code ["fit", "large-step"]} or {@code ["large-step", "margin"]} */
    List<String> command();

    /** @return one line for a list of commands, without a full stop */
    String summary();

    /** @return a paragraph for the help page: what is computed, when to use it, what to watch */
    String description();

    /** @return the options in the order in which the help page shows them */
    List<Option> options();

    /** @return a complete command line that works on a file with the columns it names */
    String example();

    /**
     * @param inputs the options given, the seed, the backend and who listens to progress
     * @return everything there is to print or write
     * @throws IllegalArgumentException if an option or the data is wrong; the message is one line and names the place
     * @throws io.verity.stats.EstimationException if the data are valid but hopeless
     */
    Outcome run(Inputs inputs);

    /** @return every procedure on the class path, in the order of their commands */
    static List<Procedure> all() {
        List<Procedure> found = new ArrayList<>();
        ServiceLoader.load(Procedure.class, Procedure.class.getClassLoader()).forEach(found::add);
        found.sort(Comparator.comparing(p -> String.join(" ", p.command())));
        return List.copyOf(found);
    }
}
