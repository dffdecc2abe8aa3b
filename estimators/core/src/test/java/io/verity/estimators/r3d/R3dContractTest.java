package io.verity.estimators.r3d;

import io.verity.estimators.EstimatorContract;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.util.List;
import java.util.stream.DoubleStream;

class R3dContractTest extends EstimatorContract<QuantileMatrix, R3dFit> {
    private static final R3d R3D = R3d.withDefaults().withDraws(200);

    @Override
    protected QuantileMatrix data() {
        return R3dTest.shifted(77, 150, 30).quantiles(QuantileType.TYPE7, 0.2, 0.4, 0.6, 0.8);
    }

    @Override
    protected R3dFit fit(QuantileMatrix data, DenseBackend backend) {
        return R3D.with(backend).fit(data);
    }

    @Override
    protected double[] estimates(R3dFit fit) {
        return DoubleStream.concat(DoubleStream.of(fit.tau()), DoubleStream.of(fit.upper()))
                .toArray();
    }

    @Override
    protected ResultTable table(R3dFit fit) {
        return fit.toTable();
    }

    @Override
    protected Provenance provenance(R3dFit fit) {
        return fit.provenance();
    }

    @Override
    protected double[] contents(QuantileMatrix data) {
        return data.flat();
    }

    @Override
    protected List<BadInput> badInputs() {
        return List.of(
                new BadInput("cutoff outside", () -> R3D.withCutoff(9).fit(data()), "cutoff", "9.0"),
                new BadInput("level in percent", () -> R3D.withLevel(95), "level", "95.0"),
                new BadInput("grid outside", () -> R3D.withGrid(0.5, 1.5), "grid", "1.5"));
    }
}
