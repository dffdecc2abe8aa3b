package io.verity.cli;

import io.verity.simulations.studies.Study;
import io.verity.stats.Arguments;
import java.util.List;

/** Values of a study's factors, as written on the command line. */
final class Factors {
    private Factors() {}

    /**
     * @param settings each {@code factor=value} or {@code factor=value,value}
     * @param study any study
     * @return the study with these values
     * @throws IllegalArgumentException if a setting has another form, or the study no such factor or value
     */
    static Study<?> applied(List<String> settings, Study<?> study) {
        Study<?> changed = study;
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            Arguments.require(
                    equals > 0 && equals < setting.length() - 1,
                    "--set takes FACTOR=VALUE or FACTOR=VALUE,VALUE, but is '%s'",
                    setting);
            changed = changed.withFactor(
                    setting.substring(0, equals).strip(),
                    List.of(setting.substring(equals + 1).split(",", -1)));
        }
        return changed;
    }
}
