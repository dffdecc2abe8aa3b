package io.verity.estimators.procedures;

import io.verity.stats.Arguments;
import io.verity.stats.Names;
import io.verity.stats.linalg.DenseBackend;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a procedure is run with: its options as text, checked against their declarations when the object is made, and read
 * through typed getters; the seed, the matrix backend, and who listens to progress.
 */
public final class Inputs {
    private final Map<String, Option> declared;
    private final Map<String, String> given;
    private final DenseBackend backend;
    private final @Nullable Long seed;
    private final Progress progress;

    private Inputs(
            Map<String, Option> declared,
            Map<String, String> given,
            DenseBackend backend,
            @Nullable Long seed,
            Progress progress) {
        this.declared = declared;
        this.given = given;
        this.backend = backend;
        this.seed = seed;
        this.progress = progress;
    }

    /**
     * @param procedure whose options are given
     * @param given option name (no dashes) to its text; a flag's text is {@code true} or {@code false}
     * @param backend does the dense products
     * @return the inputs, without a seed and with nobody listening
     * @throws IllegalArgumentException if an option is unknown (the nearest name is suggested), a required one is missing,
     *     or a value is not of its kind
     */
    public static Inputs of(Procedure procedure, Map<String, String> given, DenseBackend backend) {
        Map<String, Option> declared = new LinkedHashMap<>();
        procedure.options().forEach(o -> declared.put(o.name(), o));
        Map<String, String> copy = Collections.unmodifiableMap(new LinkedHashMap<>(given));
        for (String name : copy.keySet()) {
            Arguments.require(
                    declared.containsKey(name),
                    "unknown option --%s%s",
                    name,
                    Names.suggestion(name, List.copyOf(declared.keySet()), "--"));
        }
        Inputs inputs = new Inputs(declared, copy, backend, null, Progress.NONE);
        declared.values().forEach(inputs::check);
        return inputs;
    }

    /**
     * @param value the master seed
     * @return these inputs with that seed
     */
    public Inputs withSeed(long value) {
        return new Inputs(declared, given, backend, value, progress);
    }

    /**
     * @param listener who hears of progress
     * @return these inputs with that listener
     */
    public Inputs withProgress(Progress listener) {
        return new Inputs(declared, given, backend, seed, listener);
    }

    private void check(Option option) {
        String name = option.name();
        Arguments.require(!option.required() || given.containsKey(name), "option --%s is required", name);
        if (textOrNull(name) == null) {
            return;
        }
        switch (option.kind()) {
            case NUMBER -> number(name);
            case INTEGER -> integer(name);
            case FLAG -> flag(name);
            case CHOICE ->
                Arguments.require(
                        option.choices().contains(text(name)),
                        "option --%s is '%s', but must be one of %s",
                        name,
                        text(name),
                        String.join(", ", option.choices()));
            case TEXT, LIST, FILE -> Arguments.require(!text(name).isEmpty(), "option --%s is empty", name);
        }
    }

    private Option option(String name) {
        Option option = declared.get(name);
        if (option == null) {
            throw new IllegalStateException("the procedure does not declare an option " + name);
        }
        return option;
    }

    private @Nullable String textOrNull(String name) {
        Option option = option(name);
        String text = given.get(name);
        return text != null ? text : option.defaultValue();
    }

    /**
     * @param name of an option
     * @return whether the user gave it, rather than leaving it to its default
     */
    public boolean isGiven(String name) {
        option(name);
        return given.containsKey(name);
    }

    /**
     * @param name of an option that is required or has a default
     * @return its text
     * @throws IllegalArgumentException if it has none
     */
    public String text(String name) {
        String text = textOrNull(name);
        if (text == null) {
            throw new IllegalArgumentException("option --" + name + " is required here");
        }
        return text;
    }

    /**
     * @param name of an option
     * @return its text, if given or defaulted
     */
    public Optional<String> optionalText(String name) {
        return Optional.ofNullable(textOrNull(name));
    }

    /**
     * @param name of an option that is required or has a default
     * @return its value; NaN and infinities are refused
     */
    public double number(String name) {
        String text = text(name);
        double value;
        try {
            value = Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        Arguments.require(Double.isFinite(value), "option --%s must be a finite number, but is '%s'", name, text);
        return value;
    }

    /**
     * @param name of an option
     * @return its value, if given or defaulted
     */
    public OptionalDouble optionalNumber(String name) {
        return textOrNull(name) == null ? OptionalDouble.empty() : OptionalDouble.of(number(name));
    }

    /**
     * @param name of an option that is required or has a default
     * @return its value; {@code 1e6} and {@code 1_000_000} are not whole numbers here
     */
    public int integer(String name) {
        String text = text(name);
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "option --" + name + " must be a whole number, but is '" + text + "'", e);
        }
    }

    /**
     * @param name of an option
     * @return its value, if given or defaulted
     */
    public OptionalInt optionalInteger(String name) {
        return textOrNull(name) == null ? OptionalInt.empty() : OptionalInt.of(integer(name));
    }

    /**
     * @param name of a flag
     * @return whether it is set
     */
    public boolean flag(String name) {
        String text = textOrNull(name);
        Arguments.require(
                text == null || text.equals("true") || text.equals("false"), "option --%s takes no value", name);
        return "true".equals(text);
    }

    /**
     * @param name of an option that is required or has a default
     * @return the path
     */
    public Path file(String name) {
        return Path.of(text(name));
    }

    /**
     * @param name of an option
     * @return the path, if given or defaulted
     */
    public Optional<Path> optionalFile(String name) {
        return optionalText(name).map(Path::of);
    }

    /** @return the options in force, in their declared order, each as number, whole number, truth value or text */
    public Map<String, Object> effective() {
        Map<String, Object> values = new LinkedHashMap<>();
        declared.forEach((name, option) -> {
            if (option.kind() == Option.Kind.FLAG) {
                values.put(name, flag(name));
            } else if (textOrNull(name) != null) {
                values.put(
                        name,
                        switch (option.kind()) {
                            case NUMBER -> number(name);
                            case INTEGER -> (long) integer(name);
                            default -> text(name);
                        });
            }
        });
        return Collections.unmodifiableMap(values);
    }

    /** @return the master seed, or null when none was given */
    public @Nullable Long seed() {
        return seed;
    }

    /** @return does the dense products */
    public DenseBackend backend() {
        return backend;
    }

    /** @return who listens to progress */
    public Progress progress() {
        return progress;
    }
}
