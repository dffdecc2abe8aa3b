package io.verity.simulations.claims;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Claims that several tests use. */
final class TestClaims {
    static final Source SOURCE = new Source("A. Author", "On coins", "arXiv 1234.56789", "Theorem 1", false);

    private TestClaims() {}

    static final Verification YES = context -> Always.of("r").atMost("a", 1, 2).verdict();
    static final Verification NO = context -> Always.of("r").atMost("a", 3, 2).verdict();

    static ClaimBuilder claim(String id, Verification verification) {
        return Claims.claim(id)
                .from(SOURCE)
                .title("Title of " + id)
                .states("Statement of " + id + ".")
                .verifiedBy(verification);
    }

    static SequentialMean coin(double probability) {
        return Criteria.proportion("heads", (context, stream) -> stream.nextDouble() < probability ? 1 : 0)
                .caps(5_000, 20_000);
    }

    /** Two deterministic claims with controls, and statistical ones of every kind. */
    static List<Claim> mixture() {
        return Claims.inOrder(
                claim("coins/C-01", YES).control("false", "False.", NO),
                claim("coins/C-02", coin(0.3).between(0.2, 0.4).expecting(0.3))
                        .control("biased", "The coin is fair.", coin(0.3).within(0.5, 0.05)),
                claim(
                        "coins/C-03",
                        Criteria.boundedMean("mean", 0, 1, (context, stream) -> stream.nextDouble())
                                .within(0.5, 0.06)
                                .caps(5_000, 20_000)),
                claim(
                        "coins/C-04",
                        Criteria.mean("mean", (context, stream) -> stream.nextGaussian())
                                .below(0.2)
                                .caps(5_000, 20_000)),
                claim("coins/C-05", context -> {
                    List<Integer> items = IntStream.range(0, 50).boxed().toList();
                    List<Check> checks = context.map(
                            items,
                            i -> context
                                    .map(
                                            List.of(1, 2, 3),
                                            j -> Check.below(
                                                    "i=" + i + ", j=" + j,
                                                    context.stream(100L * i + j).nextDouble(),
                                                    1.0 + 1e-6))
                                    .stream()
                                    .max((a, b) -> Double.compare(a.left(), b.left()))
                                    .orElseThrow());
                    return Always.of("largest uniform number").addAll(checks).verdict();
                }),
                claim("coins/C-06", coin(0.499).above(0.5)));
    }

    static Paper paper(String name, UnaryOperator<String> ids, Claim... claims) {
        return new Paper() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String title() {
                return "On " + ids.apply(name);
            }

            @Override
            public String citation() {
                return "A. Author, arXiv 1234.56789";
            }

            @Override
            public List<Claim> claims() {
                return List.of(claims);
            }
        };
    }
}
