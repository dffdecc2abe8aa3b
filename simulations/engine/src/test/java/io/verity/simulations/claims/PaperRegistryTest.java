package io.verity.simulations.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PaperRegistryTest {
    private static final PaperRegistry REGISTRY = PaperRegistry.of(
            paper(
                    "large-step",
                    TestClaims.claim("large-step/LS-01", TestClaims.YES)
                            .control("false", "False.", TestClaims.NO)
                            .control("falser", "Falser.", TestClaims.NO),
                    TestClaims.claim("large-step/LS-02", TestClaims.YES)),
            paper("coins", TestClaims.claim("coins/C-01", TestClaims.YES).control("false", "False.", TestClaims.NO)));

    private static Paper paper(String name, ClaimBuilder... claims) {
        return TestClaims.paper(
                name, UnaryOperator.identity(), Claims.inOrder(claims).toArray(Claim[]::new));
    }

    private static List<String> selected(String... names) {
        return REGISTRY.select(List.of(names)).stream()
                .map(c -> c.id().toString())
                .toList();
    }

    @Test
    void papersStandByNameAndClaimsAsListed() {
        assertThat(selected())
                .containsExactly(
                        "coins/C-01",
                        "coins/C-01N",
                        "large-step/LS-01",
                        "large-step/LS-01N",
                        "large-step/LS-01N2",
                        "large-step/LS-02");
        assertThat(selected("large-step")).hasSize(4);
    }

    @Test
    void claimBringsItsControlsAndControlItsClaim() {
        assertThat(selected("large-step/LS-01"))
                .containsExactly("large-step/LS-01", "large-step/LS-01N", "large-step/LS-01N2");
        assertThat(selected("large-step/LS-01N2")).isEqualTo(selected("large-step/LS-01"));
        assertThat(selected("large-step/LS-02", "coins/C-01N"))
                .containsExactly("coins/C-01", "coins/C-01N", "large-step/LS-02");
    }

    @Test
    void unknownNamesSuggestTheNearest() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> selected("large-stp"))
                .withMessage("there is no paper 'large-stp'; did you mean large-step?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> selected("large-stp/LS-01"))
                .withMessage("there is no paper 'large-stp'; did you mean large-step?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> selected("large-step/LS-20"))
                .withMessage("there is no claim 'large-step/LS-20'; did you mean large-step/LS-02?");
    }

    @Test
    void claimUnderTheNameOfAnotherPaperIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PaperRegistry.of(paper("coins", TestClaims.claim("dice/D-01", TestClaims.YES))))
                .withMessage("paper coins lists the claim dice/D-01");
    }
}
