package io.verity.estimators.largestep;

import io.verity.stats.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is noted along a run: fields, every k-th iterate (the last one always), and the iterates themselves on request.
 * Immutable.
 */
public final class Recorder {
    private static final Set<Field> NEED_MAX_MARGIN = EnumSet.of(Field.MARGIN_RATIO, Field.ANGLE_DEGREES);

    private final List<Field> fields;
    private final int every;
    private final boolean iterates;
    private final @Nullable MarginResult maxMargin;

    private Recorder(List<Field> fields, int every, boolean iterates, @Nullable MarginResult maxMargin) {
        this.fields = fields;
        this.every = every;
        this.iterates = iterates;
        this.maxMargin = maxMargin;
    }

    /** @return a recorder that notes nothing */
    public static Recorder none() {
        return new Recorder(List.of(), 1, false, null);
    }

    /**
     * @param fields what to note at every iterate; repeated fields count once
     * @return the recorder
     */
    public static Recorder of(Field... fields) {
        return new Recorder(List.copyOf(Arrays.stream(fields).distinct().toList()), 1, false, null);
    }

    /**
     * @param step note iterates 0, step, 2 step, ... and the last
     * @return this recorder with that stride
     * @throws IllegalArgumentException if the step is less than 1
     */
    public Recorder every(int step) {
        return new Recorder(fields, Arguments.atLeast("recording stride", step, 1), iterates, maxMargin);
    }

    /** @return this recorder, keeping the iterates as well (d numbers each) */
    public Recorder withIterates() {
        return new Recorder(fields, every, true, maxMargin);
    }

    /**
     * @param result the maximal margin of the same data, for {@link Field#MARGIN_RATIO} and {@link Field#ANGLE_DEGREES}
     * @return this recorder with that reference
     */
    public Recorder withMaxMargin(MarginResult result) {
        return new Recorder(fields, every, iterates, result);
    }

    /** @return what is noted, in the order given */
    public List<Field> fields() {
        return new ArrayList<>(fields);
    }

    /** @return the stride */
    public int stride() {
        return every;
    }

    /** @return whether the iterates are kept */
    public boolean keepsIterates() {
        return iterates;
    }

    boolean has(Field field) {
        return fields.contains(field);
    }

    boolean isEmpty() {
        return fields.isEmpty() && !iterates;
    }

    /** Whether something noted needs the iterate itself and not its margins alone. */
    boolean needsIterate() {
        return iterates
                || has(Field.GRADIENT_NORM)
                || has(Field.NORM)
                || has(Field.NORMALIZED_MARGIN)
                || has(Field.MARGIN_RATIO)
                || has(Field.ANGLE_DEGREES)
                || has(Field.SHARPNESS)
                || has(Field.EDGE_RATIO);
    }

    /** Whether something noted needs the loss of every iterate, recorded or not. */
    boolean needsLossHistory() {
        return has(Field.LOSS_INCREASES) || has(Field.LAST_INCREASE) || has(Field.PEAK_LOSS_BEFORE_SEPARATION);
    }

    boolean needsAverage() {
        return has(Field.AVERAGED_LOG_EXPONENTIAL_LOSS) || has(Field.AVERAGED_MIN_MARGIN);
    }

    @Nullable MarginResult maxMargin(SeparableData data) {
        for (Field field : fields) {
            Arguments.require(
                    maxMargin != null || !NEED_MAX_MARGIN.contains(field),
                    "recording %s needs the maximal margin; give the recorder one with withMaxMargin",
                    field);
        }
        Arguments.require(
                maxMargin == null || maxMargin.direction().length == data.d(),
                "the recorder's maximal margin belongs to data with %d columns, but these have %d",
                maxMargin == null ? 0 : maxMargin.direction().length,
                data.d());
        return maxMargin;
    }
}
