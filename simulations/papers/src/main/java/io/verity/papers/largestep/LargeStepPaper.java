package io.verity.papers.largestep;

import io.verity.simulations.claims.Claim;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Paper;
import java.util.List;

/** Large-step logistic regression and the perceptron limit: the claims LS-01 to LS-24 with their negative
 * controls, and two findings. */
public final class LargeStepPaper implements Paper {
    /** Called by the service loader. */
    public LargeStepPaper() {}

    @Override
    public String name() {
        return "large-step";
    }

    @Override
    public String title() {
        return Sources.TYURIN.title();
    }

    @Override
    public String citation() {
        return Sources.TYURIN.authors() + ", " + Sources.TYURIN.identifier();
    }

    @Override
    public List<Claim> claims() {
        return Claims.inOrder(
                PerceptronLimitClaims.limit(),
                PerceptronLimitClaims.limitWithTies(),
                SeparationBoundClaims.batchPerceptron(),
                SeparationBoundClaims.perceptronAndNormalized(),
                WorstCaseClaims.linearlyManySteps(),
                SeparationBoundClaims.normalizedDescent(),
                SeparationBoundClaims.anyStep(),
                UnreliableLossClaims.misleading(),
                UnreliableLossClaims.peakAndSpeed(),
                UnreliableLossClaims.monotoneAtSmallSteps(),
                LossBoundClaims.averages(),
                LossBoundClaims.endOfOscillation(),
                RateClaims.acceleration(),
                SoftmaxClaims.riskAndBurnIn(),
                ImplicitBiasClaims.direction(),
                ImplicitBiasClaims.exponentialBlowUp(),
                NonSeparableClaims.noConvergence(),
                NonSeparableClaims.stableCycle(),
                ImbalanceClaims.imbalance(),
                SoonerClaims.sooner(),
                StepSizeClaims.inverseProportion(),
                WorstCaseClaims.publishedTable(),
                StepSizeClaims.edgeOfStability(),
                RateClaims.monotoneRunsAreSlow(),
                Findings.nonlinearPerceptron(),
                Findings.hopelesslySmallMargin());
    }
}
