package io.verity.simulations.claims;

import io.verity.stats.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Describes a claim and its negative controls; see {@link Claims}. */
public final class ClaimBuilder {
    private final ClaimId id;
    private @Nullable Source source;
    private @Nullable String title;
    private @Nullable String statement;
    private @Nullable Verification verification;
    private boolean finding;
    private boolean refuted;
    private int version = 1;
    private final Map<String, String> assumptions = new LinkedHashMap<>();
    private final List<Control> controls = new ArrayList<>();

    private record Control(ClaimId id, String title, String statement, Verification verification) {}

    ClaimBuilder(ClaimId id) {
        this.id = id;
    }

    /**
     * @param where paper and place; shared by the controls
     * @return this builder
     */
    public ClaimBuilder from(Source where) {
        source = where;
        return this;
    }

    /**
     * @param heading a few words
     * @return this builder
     */
    public ClaimBuilder title(String heading) {
        title = heading;
        return this;
    }

    /**
     * @param sentence one or two sentences; LaTeX between {@code \(} and {@code \)} allowed
     * @return this builder
     */
    public ClaimBuilder states(String sentence) {
        statement = sentence;
        return this;
    }

    /**
     * Adds an assumption to the record's card; a value measured by the verification under the same name replaces it.
     *
     * @param name what is assumed ({@code "data"}, {@code "start"})
     * @param value in words or numbers ({@code "linearly separable"}, {@code "theta_0 = 0"})
     * @return this builder
     */
    public ClaimBuilder assuming(String name, String value) {
        assumptions.put(name, value);
        return this;
    }

    /**
     * @param experiment decides the claim; a {@link Sequential} one is found through {@link Claim#sequential()}
     * @return this builder
     */
    public ClaimBuilder verifiedBy(Verification experiment) {
        verification = experiment;
        return this;
    }

    /**
     * Marks the outcome as left open by the specification: reported, never counted for or against a run.
     *
     * @return this builder
     */
    public ClaimBuilder finding() {
        finding = true;
        return this;
    }

    /**
     * Expects the statement to be REFUTED: a published statement, or a program's rule, that is false. A control needs no such
     * mark.
     *
     * @return this builder
     */
    public ClaimBuilder expectingRefuted() {
        refuted = true;
        return this;
    }

    /**
     * @param number raised whenever the experiment changes, so that stored results of the old one are not reused
     * @return this builder
     */
    public ClaimBuilder version(int number) {
        version = Arguments.atLeast("version", number, 1);
        return this;
    }

    /**
     * Adds a deliberately false variant, which must come out REFUTED.
     *
     * @param name its id within the paper: the claim's with an N ({@code LS-05N}), or N2, N3; or one of its own that begins
     *     with NC- ({@code NC-SQRT-T})
     * @param heading a few words
     * @param sentence the false statement
     * @param experiment what refutes it
     * @return this builder
     * @throws IllegalArgumentException if the name belongs neither to the claim nor to controls, or is used twice
     */
    public ClaimBuilder control(String name, String heading, String sentence, Verification experiment) {
        Arguments.require(
                name.matches(Pattern.quote(id.name()) + "N\\d*|NC-.+"),
                "a control of %s must be called %sN, %sN2, ..., or NC- and a name of its own, but is called %s",
                id,
                id.name(),
                id.name(),
                name);
        Arguments.require(
                controls.stream().noneMatch(c -> c.id().name().equals(name)), "control %s is described twice", name);
        controls.add(new Control(new ClaimId(id.paper(), name), heading, sentence, experiment));
        return this;
    }

    /**
     * Adds a deliberately false variant called N, N2, ... in the order in which they are added.
     *
     * @param heading a few words
     * @param sentence the false statement
     * @param experiment what refutes it
     * @return this builder
     */
    public ClaimBuilder control(String heading, String sentence, Verification experiment) {
        String number = controls.isEmpty() ? "" : Integer.toString(controls.size() + 1);
        return control(id.name() + "N" + number, heading, sentence, experiment);
    }

    /**
     * @return the claim, then its controls in the order in which they were added
     * @throws IllegalArgumentException if source, title, statement or verification is missing
     */
    public List<Claim> build() {
        Source where = given(source, "source (from)");
        List<Claim> claims = new ArrayList<>();
        claims.add(new StatedClaim(
                id,
                where,
                given(title, "title"),
                given(statement, "statement (states)"),
                null,
                refuted ? Verdict.Kind.REFUTED : Verdict.Kind.SUPPORTED,
                finding,
                version,
                assumptions,
                given(verification, "verification (verifiedBy)")));
        for (Control c : controls) {
            claims.add(new StatedClaim(
                    c.id(),
                    where,
                    c.title(),
                    c.statement(),
                    id,
                    Verdict.Kind.REFUTED,
                    false,
                    version,
                    assumptions,
                    c.verification()));
        }
        return List.copyOf(claims);
    }

    private <T> T given(@Nullable T value, String what) {
        if (value == null) {
            throw new IllegalArgumentException("claim " + id + " has no " + what);
        }
        return value;
    }
}
