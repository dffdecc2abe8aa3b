package io.verity.estimators.hconsistency;

import io.verity.stats.losses.MulticlassLoss;
import java.util.List;

/** A loss of which only values and gradients are known: conditional optima are sought by {@link RiskMinimiser}. */
final class NumericSurrogate implements Surrogate {
    private final MulticlassLoss loss;

    NumericSurrogate(MulticlassLoss loss) {
        this.loss = loss;
    }

    @Override
    public String name() {
        return loss.name();
    }

    @Override
    public double risk(double[] p, double[] scores) {
        return loss.conditionalRisk(p, scores);
    }

    @Override
    public double optimum(double[] p) {
        return risk(p, new RiskMinimiser(loss, p, -1).scores());
    }

    @Override
    public double regretGivenPrediction(double[] p, int predicted) {
        return Math.max(0, risk(p, scoresGivenPrediction(p, predicted)) - optimum(p));
    }

    @Override
    public double[] scoresGivenPrediction(double[] p, int predicted) {
        return new RiskMinimiser(loss, p, predicted).scores();
    }

    /** Scores that beat the numerical optimum are themselves the better optimum. */
    @Override
    public double regret(double[] p, double[] scores) {
        double risk = risk(p, scores);
        return Math.max(0, risk - Math.min(risk, optimum(p)));
    }

    @Override
    public double confirmedRegret(double[] p, double[] scores) {
        double[] best = new RiskMinimiser(loss, p, -1).scoresFromManyStarts(List.of(scores), 60, 1);
        return Math.max(0, risk(p, scores) - risk(p, best));
    }

    @Override
    public double noise() {
        return 2e-14;
    }

    @Override
    public boolean shiftInvariant() {
        return false;
    }

    @Override
    public boolean symmetric() {
        return false;
    }

    @Override
    public boolean closedForm() {
        return false;
    }
}
