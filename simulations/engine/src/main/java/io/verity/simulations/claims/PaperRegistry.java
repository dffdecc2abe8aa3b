package io.verity.simulations.claims;

import io.verity.stats.Arguments;
import io.verity.stats.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/** The papers that are there, and their claims in registry order: papers by name, claims as each paper lists them. */
public final class PaperRegistry {
    private final Map<String, Paper> papers = new LinkedHashMap<>();
    private final Map<ClaimId, Claim> claims = new LinkedHashMap<>();

    private PaperRegistry(Collection<Paper> found) {
        found.stream().sorted(Comparator.comparing(Paper::name)).forEach(this::add);
    }

    /** @return the papers that {@link ServiceLoader} finds */
    public static PaperRegistry load() {
        List<Paper> found = new ArrayList<>();
        ServiceLoader.load(Paper.class, PaperRegistry.class.getClassLoader()).forEach(found::add);
        return new PaperRegistry(found);
    }

    /**
     * @param papers any papers
     * @return a registry of these papers alone
     * @throws IllegalArgumentException if two papers or claims have the same name, a claim names another paper, or a control
     *     does not follow its claim
     */
    public static PaperRegistry of(Paper... papers) {
        return new PaperRegistry(List.of(papers));
    }

    private void add(Paper paper) {
        Arguments.require(papers.put(paper.name(), paper) == null, "paper %s is registered twice", paper.name());
        for (Claim claim : paper.claims()) {
            ClaimId id = claim.id();
            Arguments.require(id.paper().equals(paper.name()), "paper %s lists the claim %s", paper.name(), id);
            claim.controlOf()
                    .ifPresent(parent -> Arguments.require(
                            claims.containsKey(parent), "control %s stands before its claim %s", id, parent));
            Arguments.require(claims.put(id, claim) == null, "claim %s is registered twice", id);
        }
    }

    /** @return the papers by name */
    public List<Paper> papers() {
        return List.copyOf(papers.values());
    }

    /** @return all claims and controls, in registry order */
    public List<Claim> claims() {
        return List.copyOf(claims.values());
    }

    /**
     * @param name short name
     * @return the paper
     * @throws IllegalArgumentException if there is none; the message suggests the nearest name
     */
    public Paper paper(String name) {
        Paper paper = papers.get(name);
        if (paper == null) {
            throw unknown("paper", name, papers.keySet());
        }
        return paper;
    }

    /**
     * @param id {@code paper/name}
     * @return the claim
     * @throws IllegalArgumentException if there is none; the message suggests the nearest id
     */
    public Claim claim(String id) {
        Claim claim = claims.get(ClaimId.parse(id));
        if (claim == null) {
            String name = ClaimId.parse(id).paper();
            paper(name);
            throw unknown(
                    "claim", id, claims.keySet().stream().map(ClaimId::toString).toList());
        }
        return claim;
    }

    /**
     * Finds what a user names. A claim brings its controls, and a control brings its claim (and so that claim's other
     * controls).
     *
     * @param names papers ({@code large-step}) and claims ({@code large-step/LS-05}); none for everything
     * @return what to verify, in registry order
     * @throws IllegalArgumentException if a name is unknown; the message suggests the nearest one
     */
    public List<Claim> select(Collection<String> names) {
        if (names.isEmpty()) {
            return claims();
        }
        Set<ClaimId> parents = new HashSet<>();
        for (String name : names) {
            if (name.contains("/")) {
                Claim claim = claim(name);
                parents.add(claim.controlOf().orElse(claim.id()));
            } else {
                paper(name).claims().forEach(c -> parents.add(c.controlOf().orElse(c.id())));
            }
        }
        return claims.values().stream()
                .filter(c -> parents.contains(c.controlOf().orElse(c.id())))
                .toList();
    }

    private static IllegalArgumentException unknown(String what, String name, Collection<String> known) {
        return new IllegalArgumentException(
                "there is no " + what + " '" + name + "'" + Names.suggestion(name, known, ""));
    }
}
