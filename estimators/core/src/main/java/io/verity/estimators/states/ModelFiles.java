package io.verity.estimators.states;

import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The content of a model's artifact. Not copied: whoever makes it gives it away.
 *
 * @param onnx the network, in ONNX format
 * @param tokenizer the tokenizer, in the JSON format of Hugging Face's tokenizers
 * @param origin where they come from, for messages
 */
@SuppressWarnings("ArrayRecordComponent") // tens of megabytes that are read once; two are never compared
public record ModelFiles(byte[] onnx, byte[] tokenizer, String origin) {

    /** @return SHA-256 of network and tokenizer, lower-case hexadecimal: equal files give equal states */
    public String sha256() {
        MessageDigest digest = Hashes.sha256();
        digest.update(onnx);
        digest.update(tokenizer);
        return HexFormat.of().formatHex(digest.digest());
    }
}
