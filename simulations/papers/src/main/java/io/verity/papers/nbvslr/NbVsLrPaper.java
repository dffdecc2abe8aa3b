package io.verity.papers.nbvslr;

import io.verity.simulations.claims.Claim;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Paper;
import java.util.List;

/** Naive Bayes against logistic regression, and H-consistency bounds: claims, controls and findings. */
public final class NbVsLrPaper implements Paper {
    /** Called by the service loader. */
    public NbVsLrPaper() {}

    @Override
    public String name() {
        return "nb-vs-lr";
    }

    @Override
    public String title() {
        return Sources.ZHENG.title();
    }

    @Override
    public String citation() {
        return Sources.ZHENG.authors() + ", " + Sources.ZHENG.identifier();
    }

    @Override
    public List<Claim> claims() {
        return Claims.inOrder(
                // rows needed
                ParameterClaims.logarithmic(),
                GrowthClaims.naiveBayes(),
                GrowthClaims.published(),
                GrowthClaims.logistic(),
                GrowthClaims.ratio(),
                // two regimes
                RegimeClaims.regimes(),
                RegimeClaims.limit(),
                new RealDataClaims().regimes(),
                // the published simulation
                PublishedClaims.growth(),
                PublishedClaims.bayesErrors(),
                // H-consistency bounds
                CompSumClaims.bound(),
                CompSumClaims.tight(),
                CompSumClaims.loose(),
                CompSumClaims.box(),
                CompSumClaims.constrainedHinge(),
                MarginClaims.binary(),
                MarginClaims.linear(),
                MarginClaims.massart(),
                // gaps, adversaries and related losses
                GapClaims.gaps(),
                GapClaims.domination(),
                AppendixClaims.zLossInvariance(),
                AppendixClaims.softF1(),
                AppendixClaims.diceMonotone(),
                AppendixClaims.plainDiceMonotone(),
                AppendixClaims.diceF1(),
                AppendixClaims.drawnLosses(),
                AppendixClaims.ensembleAccuracy());
    }
}
