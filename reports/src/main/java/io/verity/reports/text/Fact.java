package io.verity.reports.text;

/**
 * A named fact.
 *
 * @param key what it is
 * @param value its value as text
 */
public record Fact(String key, String value) {}
