package io.verity.simulations.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Everything that stored results depend on. Two runs share rows only if all of it is equal.
 *
 * @param subject name of the study or claim
 * @param version its version
 * @param parameters canonical text of its conditions and parameters
 * @param seed master seed
 * @param backend id of the matrix backend
 */
public record RunKey(String subject, int version, String parameters, long seed, String backend) {

    /** @return SHA-256 of all components (each with its length, so that no two keys run together), in hexadecimal */
    public String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part :
                    new String[] {subject, Integer.toString(version), parameters, Long.toString(seed), backend}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
